"""``tsutatsu document check``: whether forms and circulars say the same."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tsutatsu.cli.documents import documents_read
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import say
from tsutatsu.cli.law import law_root, placed, sound_law, texts_in
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out, put_json
from tsutatsu.cli.rendering import show_findings
from tsutatsu.diagnostics import Severity
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.bundle import Reading
    from tsutatsu.documents.checking import Against


@command(
    "document check",
    Words(
        "文書の宣言とひな形を調べ、通達の台帳と照らす。手続が作る文書がすべて宣言されているか、様式の欄がすべて条項に"
        "基づくか、様式の欄、利用目的などの項目、規範が見る事実、選択肢がすべて用紙にあるか、欄が一度ずつ置かれているか。\n"
        "--text に本文のフォルダーを渡すと、見出しとチェックの言葉も本文と照らす。なければ、照らさなかったと"
        "言う。",
        "Checks the declarations and templates of documents, and holds them against the circulars' ledgers: whether "
        "every document that a workflow makes is declared, every box rests on a provision, every row, item, fact and "
        "option is on the form, and each part is placed once.\n"
        "With --text, the folder of the texts, the words of labels and check boxes are held against the text too; "
        "without it the command says that it left that out.",
    ),
    Example("tsutatsu document check", Words("備え付けの文書を調べる", "Check the shipped documents")),
    Example("tsutatsu document check . --text texts", Words("本文の言葉とも照らす", "Against the words of the texts")),
)
@option(
    "--text", "text", metavar="DIR", ja="本文（.txt）のあるフォルダー。", en="A folder that holds the texts (.txt)."
)
@json_option
@law_argument
def command_(folder: str | None, text: str | None, as_json: bool) -> int:
    """Checks them; 1 where anything is an error."""
    from tsutatsu.documents.checking import check_documents

    root = law_root(folder)
    reading = sound_law(root)
    assert reading.bundle is not None
    against = held_against(reading, text)
    documents = documents_read(root, reading.bundle)
    found = list(check_documents(documents, reading.bundle, reading.bundle.workflows, against))
    findings = placed(dict.fromkeys(found), root)
    compared = sum(bool(one.passages) for one in against.values())
    wrong = any(one.severity is Severity.ERROR for one in findings)
    if as_json:
        put_json(
            {
                "clean": not wrong,
                "documents": len(documents.each),
                "issues": len(against),
                "issues_with_text": compared,
                "findings": [one.to_dict() for one in findings],
            }
        )
        return FINDINGS if wrong else CLEAN
    paper = out()
    show_findings(paper, findings)
    left = len(against) - compared
    count = len(documents.each)
    paper.put(
        say(
            f"{'× 誤りがある。' if wrong else '○ 誤りはない。'}文書 {count} 種。",
            f"{'× There are errors.' if wrong else '○ No errors.'} {count} documents.",
        ),
        style="bad" if wrong else "good",
    )
    if left:
        paper.put(
            say(
                f"本文と照らさなかった通達 {left} 件（--text に本文のフォルダーを渡すと照らす）。",
                f"Not held against their texts: {left} circulars (--text names the folder of the texts).",
            ),
            style="care",
        )
    return FINDINGS if wrong else CLEAN


def held_against(reading: "Reading", text: str | None) -> "Mapping[tuple[str, date], Against]":
    """What the documents of each issue are held against: its ledger, and its text where that is at hand."""
    from tsutatsu.coverage.accounts import accounts_of
    from tsutatsu.documents.checking import Against

    texts = None if text is None else texts_in(text)
    found: dict[tuple[str, date], Against] = {}
    for one in accounts_of(reading, texts, text or ""):
        entries = () if one.ledger is None else one.ledger.entries
        words = {(e.path, e.number): passage for e in entries if (passage := one.passage(e)) is not None}
        found[one.directive.id, one.directive.issued] = Against(one.directive, one.ledger, words)
    return found
