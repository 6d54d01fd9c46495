"""TS10x: the bytes of a file and the characters they make."""

from tsutatsu.diagnostics.finding import Code
from tsutatsu.diagnostics.page import explained

CODES: tuple[Code, ...] = (
    explained(
        "TS101",
        "file-too-large",
        "ファイルが大きすぎる（{size}バイト。上限は{most}バイト）。",
        "The file is too large ({size} bytes; at most {most}).",
        "ファイルを分ける。規範は通達の章ごとに別のファイルにできる。",
        "Split the file; norms may stand in one file per chapter of the circular.",
        why_ja="大きさは中身を読む前に確かめる。人が書いた規程のファイルが上限に近づくことはなく、超えるのは別のファ"
        "イルを渡したときである。",
        why_en="Size is checked before anything is read. No policy written by people comes near the bound; a file "
        "that exceeds it is usually some other file.",
        bad="# norms/all.yaml: 1,200,000 bytes",
        good="# norms/chapter-1.yaml: 9,000 bytes\n# norms/chapter-2.yaml: 7,000 bytes",
    ),
    explained(
        "TS102",
        "not-utf-8",
        "文字コードが{encoding}になっている。UTF-8だけを読む。",
        "The file is encoded in {encoding}; only UTF-8 is read.",
        "エディターの「名前を付けて保存」で文字コードに「UTF-8」を選んで保存し直す（BOMはあってもなくてもよい）。",
        "Save it again as UTF-8 (with or without a byte order mark).",
        why_ja="古いメモ帳やExcelは、日本語をShift_JIS（CP932）やUTF-16で保存することがある。推測で読むと別の文字に"
        "化けることがあるので、読まない。",
        why_en="Older editors and Excel may save Japanese as Shift_JIS (CP932) or UTF-16. Guessing can turn one "
        "character into another, so it is not read.",
        bad="# directive.yaml: Shift_JIS (CP932), CRLF",
        good="# directive.yaml: UTF-8, CRLF",
    ),
    explained(
        "TS103",
        "broken-utf-8",
        "ここのバイト{byte}はUTF-8の文字になっていない。",
        "The byte {byte} here is not part of a UTF-8 character.",
        "この場所の文字を書き直し、UTF-8で保存する。",
        "Write the character at this place again and save as UTF-8.",
        why_ja="文字の途中でファイルが切れたか、文字コードの違う文が貼り付けられている。",
        why_en="The file was cut inside a character, or text in another encoding was pasted into it.",
        bad="# 名: 0xE8 0xA8 (two of a character's three bytes)",
        good="# 名: 0xE8 0xA8 0xAA (訪)",
    ),
    explained(
        "TS104",
        "binary-file",
        "文書のテキストではない（{kind}）。",
        "This is not a text file ({kind}).",
        "YAMLのテキストファイルを渡す。表計算や文書のファイルは、内容をテキストに写す。",
        "Give a YAML text file; copy the contents of a spreadsheet or document into text.",
        why_ja="拡張子が.yamlでも、中身がExcelやPDFなど別の種類のファイルのことがある。",
        why_en="A file named .yaml may still hold a spreadsheet, a PDF or something else.",
        bad="# norms.yaml: PK 03 04 ... (Excel)",
        good="# norms.yaml: 規範: ... (text)",
    ),
    explained(
        "TS105",
        "control-character",
        "制御文字（{character}）がある。",
        "There is a control character ({character}).",
        "その文字を消す。改行は改行そのものか、複数行の書き方（|）で書く。",
        "Delete it; for a line break use a real one, or a block of text (|).",
        why_ja="目に見えない制御文字は、別のソフトからの貼り付けで混じる。読む人と機械とで文が違って見えるので、読ま"
        "ない。",
        why_en="Control characters come in by pasting. They make the text look different to people and to programs, "
        "so the file is refused.",
        bad='名: "訪問\\x00時間"',
        good="名: 訪問時間",
    ),
    explained(
        "TS106",
        "invisible-character",
        "目に見えない文字（{character}）がある。",
        "There is an invisible character ({character}).",
        "その文字を消す。見えないときは、前後の文字ごと打ち直す。",
        "Delete it; where it cannot be seen, retype the characters around it.",
        why_ja="幅のない空白や書字方向を変える文字は、同じに見える二つの語を別の語にし、文の順を違って見せる。",
        why_en="Zero-width spaces and marks that change the direction of writing make two words that look alike "
        "different, or show a sentence in another order.",
        bad='名: "訪問\\u200b時間"',
        good='名: "訪問時間"',
    ),
    explained(
        "TS107",
        "empty-file",
        "ファイルに何も書かれていない。",
        "The file is empty.",
        "内容を書くか、要らないファイルなら消す。",
        "Write its contents, or delete the file if it is not needed.",
        why_ja="保存し損ねたファイルと、わざと空にしたファイルとは区別できない。空のまま「決まりなし」とは読まない。",
        why_en="A file that failed to save cannot be told from one left empty on purpose, so it is not read as no "
        "rules.",
        bad="---",
        good="規範: []",
    ),
    explained(
        "TS108",
        "only-comments",
        "コメント（#の行）だけで、内容がない。",
        "There are only comments (lines with #) and no contents.",
        "内容を書くか、行頭の「#」を外す。",
        "Write the contents, or take the # off.",
        why_ja="全部の行がコメントになっていると、空のファイルと同じになる。",
        why_en="A file in which every line is a comment is an empty file.",
        bad="# 規範: []",
        good="規範: []",
    ),
    explained(
        "TS109",
        "piled-marks",
        "一つの文字に結合文字（濁点やアクセント）が{most}個を超えて付いている。",
        "More than {most} combining marks are piled on one letter.",
        "余分な結合文字を消す。",
        "Delete the superfluous marks.",
        why_ja="どの言語でもこれほど重ねることはない。壊れた文か、処理を遅らせるための文である。",
        why_en="No language piles up so many. The text is broken, or meant to slow its reader down.",
        bad='名: "' + "か" + "\\u3099" * 31 + '"',
        good='名: "が"',
    ),
)
