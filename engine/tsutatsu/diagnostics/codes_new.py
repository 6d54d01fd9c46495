"""TS67x: beginning a circular: what a text gives for it, and what is still to be written."""

from tsutatsu.diagnostics.finding import Code, Severity
from tsutatsu.diagnostics.page import explained

CODES: tuple[Code, ...] = (
    explained(
        "TS670",
        "not-written-yet",
        "「{word}」がまだ書かれていない。",
        "“{word}” is still to be written.",
        "ここに{expected}を書く。{spare}",
        "Write {expected_en} here. {spare_en}",
        why_ja="値のない項目は、まだ書かれていない項目である。`tsutatsu new` は、本文から読み取れなかったところを、推し量らずに空けて残す。",
        why_en="An entry without a value is one still to be written. `tsutatsu new` leaves empty what it could not make "
        "out from the text, and guesses nothing.",
        bad="英:",
        good="英: Lending rooms in the evening",
    ),
    explained(
        "TS671",
        "nothing-listed-yet",
        "「{word}」にまだ何も書かれていない。",
        "Nothing is listed under “{word}” yet.",
        "下書きの行頭の「# 」を外して書き進める。要らなければ、そのままでよい。",
        "Take the leading “# ” off a draft and write on; where nothing is needed, leave it.",
        why_ja="規範、用語、判断などの一覧は、空のまま置くことができる。書き始めれば、この助言は消える。",
        why_en="Lists of norms, terms, judgements and the like may stand empty. The advice goes once something is listed.",
        bad="規範:\n  # - id:",
        good="規範:\n  - id: approval",
        severity=Severity.ADVICE,
    ),
    explained(
        "TS672",
        "passages-still-open",
        "本文の {count} か所が、まだ何にも担われていない。つぎは {place}。",
        "{count} passages are carried by nothing yet. Next: {place}.",
        "規範や語を書けば、`tsutatsu ledger DIR --text 本文のフォルダー --write` が台帳の「先」に書き入れる。規範でない文は「扱い」を改める。"
        "一覧は `tsutatsu ledger DIR --missing`。",
        "Once a norm or concept is written, `tsutatsu ledger DIR --text TEXTS --write` enters it under 先; change 扱い where "
        "it is no norm. `tsutatsu ledger DIR --missing` lists them all.",
        why_ja="台帳で「規範」「定義」とした文には、それを担うものが要る。`check` は件数と次の一つだけを、`ledger` は一つずつ示す。",
        why_en="A passage treated as a norm or a definition needs something that carries it. `check` tells how many there "
        "are and the next one, `ledger` shows each.",
        bad="- {条項: 第2/1, 文番号: 1, 役: 本文, 扱い: 規範, 指紋: …}",
        good="- {条項: 第2/1, 文番号: 1, 役: 本文, 扱い: 規範, 先: [approval], 指紋: …}",
        severity=Severity.WARNING,
    ),
    explained(
        "TS673",
        "id-needed",
        "「{file}」の名からは、通達の識別子を作れない。",
        "No id can be made of the name “{file}”.",
        "--id に英小文字と数字で付ける。",
        "Give one of small letters and digits with --id.",
        why_ja="通達はフォルダーの名（英小文字、数字、ハイフン）で区別する。日本語の名から読みを推し量ることはしない。",
        why_en="A circular is told by the name of its folder (small letters, digits, hyphens). No reading of a Japanese name "
        "is guessed.",
        bad="tsutatsu new 会議室.txt",
        good="tsutatsu new 会議室.txt --id evening-rooms",
    ),
    explained(
        "TS674",
        "unusable-directive-id",
        "「{id}」は通達の識別子に使えない。",
        "“{id}” cannot be the id of a circular.",
        "英小文字と数字を、ハイフンでつないで書く（例: evening-rooms）。common と local、con や nul などは使えない。",
        "Write small letters and digits, joined by hyphens (evening-rooms); not common or local, nor con, nul and the like.",
        why_ja="識別子はフォルダーの名になる。common と local は、通達に共通のものと各組織の定めの場所である。con、nul などの"
        "名のフォルダーは Windows では作れない。",
        why_en="The id becomes the name of a folder. common and local are where shared words and a force's own provisions "
        "stand; Windows makes no folder called con, nul and the like.",
        bad="tsutatsu new rooms.txt --id 夜間貸出し",
        good="tsutatsu new rooms.txt --id evening-rooms",
    ),
    explained(
        "TS675",
        "day-of-issue-needed",
        "本文の頭に、発出の日が見つからない。",
        "No day of issue is found in the head of the text.",
        "印字された発出の日を --issued に書く（例: --issued 令和8年4月1日）。",
        "Give the day of issue as printed with --issued (such as --issued 令和8年4月1日).",
        why_ja="発出の日は、通達の版を表すフォルダーの名になる。印字がなければ、受け取った文書の記録などで確かめる。",
        why_en="The day of issue names the folder of this version of the circular. Where none is printed, look it up in the "
        "record of the document received.",
        bad="tsutatsu new rooms.txt",
        good="tsutatsu new rooms.txt --issued 2026-04-01",
    ),
    explained(
        "TS676",
        "begun-already",
        "「{path}」が既にある。何も書かなかった。",
        "“{path}” is there already; nothing was written.",
        "続きを書くなら `tsutatsu check`、本文が変わったなら `tsutatsu ledger --text DIR --write`、別の通達なら --id を変える。",
        "To go on, `tsutatsu check`; after a change of the text, `tsutatsu ledger --text DIR --write`; for another circular, "
        "another --id.",
        why_ja="new は、既にあるファイルに手を触れない。同じ識別子と発出の日のフォルダーが空でなければ、何も書かずに断る。",
        why_en="new touches no file that is there. Where the folder of this id and day holds anything, nothing is written.",
        bad="tsutatsu new rooms.txt  # policy/rooms/2026-04-01 がある",
        good="tsutatsu new rooms.txt --id evening-rooms",
    ),
    explained(
        "TS677",
        "no-sentence",
        "本文に文が一つもない。",
        "The text has no sentence.",
        "通達の本文のテキストを渡す。",
        "Give the text of a circular.",
        why_ja="題や宛先だけでは、符号化するものがない。",
        why_en="A title and addressees alone leave nothing to encode.",
        bad="# rooms.txt: 0 bytes",
        good="# rooms.txt: 会議室の夜間貸出しについて …",
    ),
    explained(
        "TS678",
        "text-does-not-fit",
        "この本文からは、読み返せる方針のファイルを作れない（{file}: {why}）。",
        "No policy file that can be read back can be made of this text ({file}: {why_en}).",
        "本文が一件の通達かを確かめ、文字として正しくないもの（制御文字など）を除く。",
        "Check that the text is one circular, and take out what is no proper character (control characters and the like).",
        why_ja="方針のファイルには大きさと文字の限りがある。それに収まらないものは、書いてから断るより、書く前に断る。",
        why_en="Policy files are bounded in size and characters. What does not fit is refused before anything is written.",
        bad="# rooms.txt: 40,000 sentences",
        good="# rooms.txt: 200 sentences",
    ),
    explained(
        "TS679",
        "no-judgement-yet",
        "「{title}」には、まだ判断がない。",
        "“{title}” has no judgement yet.",
        "judgements.yaml に判断を一つ書く。",
        "Write a judgement in judgements.yaml.",
        why_ja="可否も効力も、通達の判断のどれかについて尋ねる。規範を書いたら、それを使う判断を書く。",
        why_en="Every question, that of force too, is asked of one of a circular's judgements. Once norms are written, "
        "write a judgement that uses them.",
        bad="判断:",
        good="判断:\n  - {id: lend, 名: 会議室の貸出し, 英: lending a room, 規範: [approval]}",
    ),
)
