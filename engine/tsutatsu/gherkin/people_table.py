"""The table of a scenario's people: a post of a person to a row."""

from datetime import date
from typing import Final

from tsutatsu.cases.people import Actor, Holding
from tsutatsu.gherkin.lexicon import NONE_WORD, read_day, refuse_table
from tsutatsu.gherkin.phrases import normal
from tsutatsu.gherkin.resolving import Table
from tsutatsu.source import Source

PEOPLE_HEADING: Final = ("者", "職", "所属", "から", "まで")


def people_in(table: Table, where: Source) -> tuple[Actor, ...]:
    """The people that a table names, each with their posts; who holds none has an empty cell."""
    headings = [cell.strip() for row in table[:1] for cell in row]
    if len(table) < 2 or headings.count("者") != 1 or not set(headings) <= set(PEOPLE_HEADING):
        refuse_table(where, _PEOPLE_TABLE)
    if len(set(headings)) < len(headings):
        refuse_table(where, _PEOPLE_TABLE)
    found: dict[str, list[Holding]] = {}
    for row in table[1:]:
        cells = {head: _cell(cell) for head, cell in zip(headings, row, strict=True)}
        name = normal(cells["者"])
        if not name:
            refuse_table(where, _NAMELESS)
        held = found.setdefault(name, [])
        if post := normal(cells.get("職", "")):
            held.append(Holding(post, cells.get("所属", ""), _day(cells, "から", where), _day(cells, "まで", where)))
    return tuple(Actor(name, name, tuple(held)) for name, held in found.items())


def _cell(text: str) -> str:
    said = text.strip()
    return "" if said == NONE_WORD else said


def _day(cells: dict[str, str], head: str, where: Source) -> date | None:
    said = cells.get(head, "")
    return read_day(said, where) if said else None


_PEOPLE_TABLE: Final = {
    "what": "表の見出しが「者」「職」「所属」「から」「まで」でないか、行がない。",
    "what_en": "The table's headings are not 者, 職, 所属, から, まで, or it has no rows.",
    "mend": "一行目に「| 者 | 職 | 所属 | から | まで |」（職より後は要るものだけ）、次の行から人を書く。",
    "mend_en": "Write | 者 | 職 | 所属 | から | まで | (after 職 only what is needed), then a person to a row.",
}
_NAMELESS: Final = {
    "what": "「者」の空いた行がある。",
    "what_en": "A row names nobody.",
    "mend": "名を書く。",
    "mend_en": "Write a name.",
}
