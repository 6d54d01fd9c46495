"""TS6xx: commands, receipts, sealed revisions."""

from tsutatsu.diagnostics.codes_commands import COMMANDS
from tsutatsu.diagnostics.finding import Code

SEALING: tuple[Code, ...] = (
    Code(
        "TS601",
        "unsealable",
        "封印できない値がある: {what}",
        "A value cannot be put into the sealed form: {what}",
        "その値を、方針の言葉で書ける値に直す(入れ子は64段まで)。",
        "Write a value that the policy language has (nesting goes 64 deep at most).",
        "封印は、方針を一つの決まった文字の並びにする。"
        "文字として成り立たない文字列、型に合わない値、64段を超える入れ子は並びにできないため、"
        "断られる。",
        "Sealing turns a policy into one fixed text. Strings that "
        "are not characters, values that do not fit their type and "
        "nesting deeper than 64 have no place in it and are refused.",
    ),
    Code(
        "TS602",
        "sealed-malformed",
        "封印された形として読めない: {what}",
        "This does not read as the sealed form: {what}",
        "配布元から、元の封印ファイルを取り直す。",
        "Fetch the sealed file again from where it was released.",
        "封印ファイルは、決められた欄と型だけを持つ。"
        "知らない欄、欠けた欄、型の違う値があれば、読まずに断る。ファイルの中身が実行されることはない。",
        "A sealed file has only the fields and types laid down. An "
        "unknown field, a missing one or a value of another type is "
        "refused. Nothing in the file is ever executed.",
    ),
    Code(
        "TS603",
        "sealed-not-canonical",
        "内容は読めるが、封印の決まった書き方になっていない。",
        "The content can be read, but it is not written in the one sealed form.",
        "手で書き直したものは使えない。元の封印ファイルに戻す。",
        "A file edited by hand cannot be used; put the released one back.",
        "同じ方針の封印は、一字まで同じになる。"
        "空白を入れる、欄を並べ替える、省かれる値を書くといった変更でも、封印とは認められない。",
        "The same policy always gives the same text to the last "
        "character. White space, reordered fields or defaults spelt "
        "out make it another text, which does not count as sealed.",
    ),
    Code(
        "TS604",
        "sealed-too-large",
        "封印ファイルが大きすぎるか、入れ子が深すぎる。",
        "The sealed file is too large or nested too deeply.",
        "正しいファイルか確かめる(32 MiB、入れ子64段まで)。",
        "Check that it is the right file (at most 32 MiB, 64 levels).",
        "読み込む量と深さには上限がある。通達一つの封印がこれに届くことはない。",
        "What is read is bounded in size and depth; the seal of one circular comes nowhere near.",
    ),
    Code(
        "TS605",
        "sealed-unknown-format",
        "封印の書式が「{found}」で、この版が読める「{known}」と違う。",
        "The sealed form is “{found}”; this version reads “{known}”.",
        "封印した版以降の tsutatsu で開く。",
        "Open it with the version of tsutatsu that sealed it, or a later one.",
        "封印ファイルには書式の番号が記される。新しい書式を古い版で読むと意味を取り違えるおそれがあるため、断る。",
        "A sealed file carries the number of its form. Reading a "
        "newer form with an older engine could change its meaning, so "
        "it is refused.",
    ),
    Code(
        "TS606",
        "revision-already-sealed",
        "改訂{revision}は既に別の内容で封印されている(封印済み {sealed}、今回 {new})。",
        "Revision {revision} is sealed already with other content (sealed {sealed}, now {new}).",
        "「符号化」の「改訂」を一つ進め、変更の内容を書いてから封印する。",
        "Raise the revision number in the header, say what changed, then seal.",
        "封印した改訂は書き換えられない。"
        "過去の答えの検証は、その改訂の封印を頼りにする。内容を変えたときは改訂を進める。",
        "A sealed revision never changes: past answers are verified "
        "against it. When the content changes, the number rises.",
    ),
    Code(
        "TS607",
        "revision-out-of-order",
        "改訂{revision}({day})は、封印済みの改訂{last}({last_day})より後になっていない。",
        "Revision {revision} ({day}) does not come after revision {last} ({last_day}), which is sealed.",
        "改訂の番号を進め、日付を封印済みの改訂以後の日にする。",
        "Raise the number, and date it on or after the revision sealed last.",
        "「ある日までに知られていた符号化」は、改訂の番号と日付の順に選ばれる。順が逆になる封印は断られる。",
        "What was known on a day is chosen by the order of numbers "
        "and dates, so a seal that would reverse it is refused.",
    ),
    Code(
        "TS608",
        "sealed-other-directive",
        "このフォルダーには別の通達「{sealed}」の封印がある(今回「{new}」)。",
        "This folder holds the seals of another directive, “{sealed}” (now “{new}”).",
        "通達ごと、発出日ごとのフォルダーに封印する。",
        "Seal into the folder of this directive and date of issue.",
        "封印のフォルダーは、一つの通達の一つの発出のものである。",
        "A folder of seals belongs to one issue of one directive.",
    ),
    Code(
        "TS609",
        "sealed-unreachable",
        "封印ファイルを読み書きできない: {why}",
        "The sealed file cannot be read or written: {why}",
        "フォルダーの権限と空き容量を確かめる。",
        "Check the folder's permissions and the free space.",
        "封印は、書き終えてから一度に置かれる。途中で失敗しても、半端なファイルは残らない。",
        "A seal is put in place in one step once it is written whole; a failure leaves no half-written file.",
    ),
    Code(
        "TS610",
        "sealed-misnamed",
        "封印ファイルの名が改訂と合わない。名は r<改訂>.json とする。",
        "The name of a sealed file does not fit its revision; it is r<revision>.json.",
        "元の名に戻すか、封印でないファイルを別の場所へ移す。",
        "Give it its own name again, or move a file that is no seal elsewhere.",
        "封印のフォルダーには r1.json、r2.json のように、改訂の番号(1以上)を名とするファイルだけを置く。",
        "A folder of seals holds only files named after their revision (from 1 up): r1.json, r2.json.",
    ),
    Code(
        "TS611",
        "sealed-altered",
        "封印の後に内容が変わっている(記録 {recorded}、実際 {actual})。",
        "The content has changed since it was sealed (recorded {recorded}, actual {actual}).",
        "配布元の封印ファイルに戻す。変更が要るときは、新しい改訂として封印する。",
        "Put the released file back. If a change is meant, seal it as a new revision.",
        "封印ファイルは自分の指紋を持つ。中身から計算した指紋と違えば、その改訂は使われない。",
        "A sealed file carries its own digest. Where the digest of its content differs, the revision is not used.",
    ),
    Code(
        "TS612",
        "sealed-not-whole",
        "封印された改訂が、法令として閉じていない: {what}",
        "The sealed revision does not hold together as law: {what}",
        "配布元から、元の封印ファイルを取り直す。",
        "Fetch the sealed file again from where it was released.",
        "指紋は合っていても、宣言のない用語や語を引いていたり、定義が巡っていたりする。これを封印したのは tsutatsu ではない。",
        "Its digest is right, yet it names terms or concepts that it does not hold, or its definitions go round. It was "
        "not sealed by tsutatsu.",
    ),
)

CODES: tuple[Code, ...] = (*SEALING, *COMMANDS)
