"""Which commands there are, what each is for in a line, and in what order a reader meets them."""

from dataclasses import dataclass
from typing import Final

from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """A command: its section in the list, and its purpose in a line."""

    section: Words
    purpose: Words


_START = Words("はじめる", "Start")
_ASK = Words("尋ねる", "Ask")
_WRITE = Words("書く", "Write")
_PROVE = Words("確かめる", "Prove")
_KEEP = Words("残す", "Keep")

COMMANDS: Final[dict[str, Row]] = {
    "demo": Row(_START, Words("備え付けの通達で二分の案内をする。", "A two-minute tour on the shipped law.")),
    "init": Row(
        _START,
        Words(
            "自分のフォルダーを、最初の方針と最初の機能文書つきで作る。",
            "Make a folder of your own with a first policy and a first feature.",
        ),
    ),
    "doctor": Row(_START, Words("何が入っていて動くかを調べる。", "Say what is installed and works.")),
    "judge": Row(_ASK, Words("事実を渡して判断を尋ねる。", "Ask for a judgement on facts.")),
    "ask": Row(
        _ASK,
        Words(
            "まだ効く事実だけを尋ねる面談をして、答えを出す。",
            "An interview that asks only what still matters, then answers.",
        ),
    ),
    "facts": Row(
        _ASK,
        Words(
            "判断に要る事実のひな形と JSON Schema を出す。",
            "A skeleton of the facts a judgement needs, and their JSON Schema.",
        ),
    ),
    "show": Row(
        _ASK,
        Words(
            "通達・規範・語・判断・用語・時計・解釈を平文で示す。",
            "Show a directive, norm, concept, judgement, term, clock or reading in plain words.",
        ),
    ),
    "find": Row(
        _ASK,
        Words(
            "言葉を規範・用語・条項・シナリオから探す。", "Look for a word in norms, terms, provisions and scenarios."
        ),
    ),
    "register": Row(
        _ASK,
        Words(
            "ある日に効力のある通達と、失効の近い通達を並べる。",
            "What is in force on a day, what is about to lapse, what superseded what.",
        ),
    ),
    "deviations": Row(
        _ASK,
        Words(
            "組織が通達に重ねた定めを、通達の言うことと並べる。",
            "What forces have laid over the circulars, beside what the model says.",
        ),
    ),
    "new": Row(
        _WRITE,
        Words("通達の本文から、符号化の始まりを書く。", "Begin encoding a circular from its text."),
    ),
    "check": Row(
        _WRITE, Words("方針を調べ、誤りを直し方つきで並べる。", "Check the policy; list every finding with its mend.")
    ),
    "fmt": Row(_WRITE, Words("キーワードを日本語か英語に揃える。", "Write the keywords in Japanese or in English.")),
    "schema": Row(_WRITE, Words("ファイルの JSON Schema を出す。", "Print the JSON Schemas of the files.")),
    "text": Row(
        _WRITE,
        Words(
            "通達の本文を条項の木にし、改正の前後を比べる。", "A circular's text as a tree; what two texts differ in."
        ),
    ),
    "explain": Row(_WRITE, Words("指摘の番号を説明する。", "Explain a finding by its code.")),
    "test": Row(_PROVE, Words("機能文書のシナリオを実行する。", "Run the scenarios of the features.")),
    "ledger": Row(
        _PROVE, Words("文ごとの扱いと、抜け落ちを示す。", "Show what became of each passage, and what is missing.")
    ),
    "coverage": Row(
        _PROVE,
        Words(
            "シナリオが通達の何を示し、何を示していないかを数える。",
            "Count what the scenarios show of the law, and what they leave unshown.",
        ),
    ),
    "steps": Row(_PROVE, Words("シナリオで使える文を並べる。", "List the steps that scenarios can use.")),
    "review": Row(
        _PROVE,
        Words("法務の確認者が読んで署名するページを書く。", "Write the pages that a legal reviewer reads and signs."),
    ),
    "seal": Row(_KEEP, Words("公表した改訂を封印して残す。", "Keep a released revision under seal.")),
    "verify": Row(
        _KEEP, Words("受領証を封印された法令で再演して確かめる。", "Re-perform a receipt against sealed law.")
    ),
}
"""Every command; one that is not here does not exist, and a test holds the reference to this list."""
