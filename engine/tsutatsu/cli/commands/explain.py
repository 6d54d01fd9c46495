"""``tsutatsu explain``: the page of a finding's code."""

import re

from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import misuse, say
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import CATALOGUE, Code, near_blanks
from tsutatsu.words import Words

_BLANK = re.compile(r"\{\w+\}")


@command(
    "explain",
    Words(
        "指摘の番号（TS204 など）ごとに、何が起きたか、なぜ断るか、どう直すかを一頁で示す。番号を書かなければ一覧にな"
        "る。",
        "A page for each code (TS204 and the like): what happened, why it is refused, how to mend it. Without a "
        "code, the list.",
    ),
    Example("tsutatsu explain TS504", Words("TS504 を説明する", "Explain TS504")),
)
@argument("code", ja="指摘の番号。", en="The code of a finding.", metavar="[CODE]", required=False)
@json_option
def command_(code: str | None, as_json: bool) -> None:
    """Shows one page, or the list of all codes."""
    pages = [_found(code)] if code else [CATALOGUE[number] for number in sorted(CATALOGUE)]
    if as_json:
        put_json([to_dict(one) for one in pages])
    elif code:
        _show(pages[0])
    else:
        out().rows([(one.number, _BLANK.sub("…", say(one.ja, one.en))) for one in pages], indent=0, style="code")


def _found(name: str) -> Code:
    number = name.strip().upper()
    number = f"TS{number}" if number.isdigit() else number
    for code in CATALOGUE.values():
        if name == code.name or number == code.number:
            return code
    raise misuse("TS637", name=name, **near_blanks(number, list(CATALOGUE)))


def _show(code: Code) -> None:
    paper = out()
    paper.put(f"{code.number}  {code.name}", style="head")
    paper.put()
    paper.entry(say("指摘", "Finding"), _BLANK.sub("…", say(code.ja, code.en)), column=10, style="head")
    paper.entry(say("直し方", "Mend"), _BLANK.sub("…", say(code.mend_ja, code.mend_en)), column=10, style="head")
    paper.put()
    fenced: list[str] | None = None
    for line in say(code.page_ja, code.page_en).rstrip().split("\n"):
        if line.startswith("```"):
            if fenced is not None:
                paper.code("\n".join(fenced), "yaml")
            fenced = [] if fenced is None else None
        elif fenced is not None:
            fenced.append("    " + line)
        else:
            paper.put(line)


def to_dict(code: Code) -> dict[str, object]:
    """A code as JSON carries it."""
    return {
        "code": code.number,
        "name": code.name,
        "severity": code.severity.value,
        "message": {"ja": code.ja, "en": code.en},
        "page": {"ja": code.page_ja, "en": code.page_en},
        "mend": {"ja": code.mend_ja, "en": code.mend_en},
    }
