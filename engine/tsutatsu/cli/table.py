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
_RUN = Words("事案を動かす", "Run cases")
_PAPER = Words("文書を作る", "Make documents")

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
    "case init": Row(
        _RUN, Words("事案の置き場と監査の鍵を作る。", "Make a store of cases, and the key that signs its trail.")
    ),
    "case roster": Row(
        _RUN, Words("名簿（人、職、所属、期間）を取り込む。", "Import the roster: persons, posts, units, validity.")
    ),
    "case open": Row(_RUN, Words("事案を始める。", "Open a case.")),
    "case do": Row(_RUN, Words("事案に事象を起こす。", "Have an event happen to a case.")),
    "case next": Row(
        _RUN,
        Words(
            "今できることを、期限と、できない理由とともに並べる。",
            "What may be done now, until when, and why not the rest.",
        ),
    ),
    "case show": Row(_RUN, Words("事案の今の状態を示す。", "Show how a case stands.")),
    "case list": Row(_RUN, Words("事案を並べる。", "List the cases.")),
    "case history": Row(_RUN, Words("事案に起きたことを順に示す。", "Show what has happened to a case.")),
    "case correct": Row(_RUN, Words("記録された事実を訂正する。", "Put recorded facts right.")),
    "case withdraw": Row(_RUN, Words("自分のした最後の事象を取り消す。", "Take back one's own last event.")),
    "case waive": Row(_RUN, Words("義務を免除する。", "Waive a duty.")),
    "case link": Row(_RUN, Words("事案を別件と結び付ける。", "Link a case with another.")),
    "case migrate": Row(
        _RUN,
        Words(
            "事案を、改められた通達の経過措置により移す。",
            "Move cases to a later issue, as its transitional clauses say.",
        ),
    ),
    "case erase": Row(
        _RUN,
        Words(
            "終わった事案の個人情報を、法令に従って消去する。",
            "Erase the personal data of an ended case, as the law requires.",
        ),
    ),
    "case backup": Row(_RUN, Words("置き場の控えを一つのファイルに書く。", "Write the whole store to one file.")),
    "case restore": Row(_RUN, Words("控えから置き場を作る。", "Make a store from a backup.")),
    "duties": Row(
        _RUN, Words("義務を、期限と立場とともに並べる。", "List duties: open, overdue, met, breached, waived.")
    ),
    "clock": Row(_RUN, Words("期限の来たことを起こし、知らせを送る。", "Do what is due, and send the messages.")),
    "audit verify": Row(
        _RUN, Words("記録が書き換えられていないかを確かめる。", "Check that nobody has tampered with the records.")
    ),
    "audit export": Row(
        _RUN,
        Words(
            "記録の全部を、置き場なしで確かめられる形で書く。",
            "Write the whole trail, to be verified without the store.",
        ),
    ),
    "audit prove": Row(_RUN, Words("一つの事案の証拠を書く。", "Write the evidence of one case.")),
    "audit head": Row(
        _RUN, Words("最新の署名された頂点を出す（外に控える）。", "Print the newest signed head, to be kept outside.")
    ),
    "document list": Row(
        _PAPER, Words("作れる文書を、作る手続とともに並べる。", "List the documents, and what makes each.")
    ),
    "document blank": Row(_PAPER, Words("様式の白紙を作る。", "Make a blank form.")),
    "document make": Row(_PAPER, Words("事案の記録から文書を作る。", "Make a document from the record of a case.")),
    "document check": Row(
        _PAPER, Words("文書を通達の本文と照らす。", "Hold the documents against the circulars' texts.")
    ),
}
"""Every command; one that is not here does not exist, and a test holds the reference to this list."""
