"""From a sentence to what it does: every blank looked up, every table read; the same for the lint and for the run."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, assert_never

from tsutatsu.gherkin.acts import (
    Act,
    Ask,
    ByDirective,
    ByForce,
    ExpectAsked,
    ExpectDuty,
    ExpectException,
    ExpectGround,
    ExpectGroundNorm,
    ExpectNoDuty,
    ExpectNothingAsked,
    ExpectOnSide,
    ExpectStanding,
    ExpectUnit,
    ExpectUnitStanding,
    ExpectVerdict,
    ExpectWay,
    Fact,
    Presume,
    StateFacts,
    TakeSide,
)
from tsutatsu.gherkin.lexicon import Lexicon, read_day, refuse_table
from tsutatsu.gherkin.phrases import ASKABLE, STANDING_NAMES, changes_in, verdict_phrase
from tsutatsu.gherkin.saying import Phrase, Said, Say, Tabled
from tsutatsu.semantics import Question
from tsutatsu.source import Source

Table: TypeAlias = Sequence[Sequence[str]]
FindDirective: TypeAlias = Callable[[str, Source], str]
"""The id of the directive that goes by a name."""

FACTS_HEADING: Final = ("用語", "値")


def resolve(said: Said, table: Table | None, lexicon: Lexicon, find: FindDirective, where: Source) -> Act:
    """What a step about judging does; refused with a finding at ``where`` when a word is not the directive's."""
    say = said.phrase.say
    assert isinstance(say, Say)
    fit_table(said.phrase, table, where)
    b = said.blanks
    match say:
        case Say.DIRECTIVE:
            return ByDirective(find(b["directive"], where))
        case Say.LOCAL:
            return ByForce(b["force"])
        case Say.FACT:
            return StateFacts((lexicon.fact(b["term"], b["value"], where),))
        case Say.UNKNOWN:
            return StateFacts((lexicon.unknown(b["term"], where),))
        case Say.NONE:
            return StateFacts((lexicon.none(b["term"], where),))
        case Say.FACTS:
            return StateFacts(facts_in(table or (), lexicon, where))
        case Say.RECORDS:
            return StateFacts((lexicon.records(b["term"], table or (), where),))
        case Say.SIDE:
            return TakeSide(*lexicon.reading(b["reading"], b["side"], where))
        case Say.PRESUME:
            return Presume()
        case Say.ASK:
            judgement = lexicon.judgement(b["judgement"], where)
            return Ask(ASKABLE[b["question"]], lexicon.directive.id, judgement.id, read_day(b["day"], where))
        case Say.ASK_FORCE:
            return Ask(Question.FORCE, find(b["directive"], where), None, read_day(b["day"], where))
        case Say.VERDICT:
            return ExpectVerdict(verdict_phrase(b["verdict"]))
        case Say.GROUND | Say.NO_GROUND:
            return _ground(b["provision"], say is Say.GROUND, lexicon, where)
        case Say.ASKED:
            return ExpectAsked(lexicon.term(b["term"], where).id)
        case Say.NOTHING_ASKED:
            return ExpectNothingAsked()
        case Say.DUTY | Say.NOT_THIS_DUTY:
            return ExpectDuty(b["duty"], lexicon.norms_called(b["duty"], where), say is Say.DUTY)
        case Say.EFFORT | Say.NOT_THIS_EFFORT:
            return ExpectDuty(b["duty"], lexicon.efforts_called(b["duty"], where), say is Say.EFFORT, True)
        case Say.NO_DUTY:
            return ExpectNoDuty()
        case Say.WAY:
            return ExpectWay(tuple(_change(term, value, lexicon, where) for term, value in changes_in(b["changes"])))
        case Say.ON_SIDE:
            return ExpectOnSide(*lexicon.reading(b["reading"], b["side"], where), verdict_phrase(b["verdict"]))
        case Say.EXCEPTION | Say.NO_EXCEPTION:
            return ExpectException(lexicon.exception(b["provision"], where), say is Say.EXCEPTION)
        case Say.STANDING:
            return ExpectStanding(lexicon.norm(b["norm"], where), STANDING_NAMES[b["standing"]])
        case Say.UNIT:
            return ExpectUnit(int(b["number"]), verdict_phrase(b["verdict"]))
        case Say.UNIT_STANDING:
            norm = lexicon.norm(b["norm"], where)
            return ExpectUnitStanding(int(b["number"]), norm, STANDING_NAMES[b["standing"]])
        case _:
            assert_never(say)


def fit_table(phrase: Phrase, table: Table | None, where: Source) -> None:
    """Refuses a table with a sentence that takes none, and the lack of one with a sentence that needs it."""
    if table is None and phrase.table is Tabled.YES:
        refuse_table(where, _NEEDS_TABLE)
    if table is not None and phrase.table is Tabled.NO:
        refuse_table(where, _NO_TABLE)


def _ground(name: str, there: bool, lexicon: Lexicon, where: Source) -> Act:
    provision = lexicon.provision_called(name)
    if provision is not None:
        return ExpectGround(provision, there)
    if lexicon.names_a_norm(name):
        return ExpectGroundNorm(lexicon.norm(name, where), there)
    return ExpectGround(lexicon.provision(name, where), there)


def facts_in(table: Table, lexicon: Lexicon, where: Source) -> tuple[Fact, ...]:
    """The facts that a table 用語 | 値 states."""
    if len(table) < 2 or tuple(cell.strip() for cell in table[0]) != FACTS_HEADING:
        refuse_table(where, _FACTS_TABLE)
    return tuple(lexicon.cell(row[0].strip(), row[1], where) for row in table[1:])


def _change(term: str, value: str, lexicon: Lexicon, where: Source) -> Fact:
    return lexicon.cell(term, value, where)


_NEEDS_TABLE: Final = {
    "what": "このステップには表が要る。",
    "what_en": "This step needs a table.",
    "mend": "次の行から「| … | … |」で表を書く。",
    "mend_en": "Write a table (| … | … |) beneath it.",
}
_NO_TABLE: Final = {
    "what": "このステップは表を取らない。",
    "what_en": "This step takes no table.",
    "mend": "表を除くか、表を取るステップにする。",
    "mend_en": "Take the table out, or use a step that takes one.",
}
_FACTS_TABLE: Final = {
    "what": "表の見出しが「用語」「値」でないか、行がない。",
    "what_en": "The table's headings are not 用語 and 値, or it has no rows.",
    "mend": "一行目に「| 用語 | 値 |」、次の行から事実を書く。",
    "mend_en": "Write | 用語 | 値 | and then a fact to a row.",
}
