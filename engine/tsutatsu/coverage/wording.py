"""Points in words: which scenario shows them."""

from typing import assert_never

from tsutatsu.backends.prose import cite, tell_condition, tell_day
from tsutatsu.coverage.points import (
    Aspect,
    AtBound,
    ConceptMet,
    Edge,
    InForce,
    LeftOpen,
    Lifted,
    OpenCaseRead,
    Point,
    ReadSo,
    Referred,
    StandsSo,
    subject_of,
)
from tsutatsu.coverage.resting import Sort, Subject
from tsutatsu.ir import Directive, Words
from tsutatsu.judging.labels import VERDICT_WORDS, standing_words

ASPECT_WORDS = {
    Aspect.OUTCOME: Words("立ち方", "outcomes"),
    Aspect.EXCEPTION: Words("例外", "exceptions"),
    Aspect.BOUNDARY: Words("境目", "bounds"),
    Aspect.CONCEPT: Words("語", "concepts"),
    Aspect.READING: Words("解釈", "readings"),
    Aspect.REFERENCE: Words("参照", "references"),
    Aspect.FORCE: Words("効力", "effect"),
}

_SORTS = {
    Sort.NORM: Words("規範", "norm"),
    Sort.CONCEPT: Words("語", "concept"),
    Sort.CLOCK: Words("時計", "clock"),
    Sort.TERM: Words("用語", "term"),
    Sort.READING: Words("解釈", "reading"),
    Sort.DIRECTIVE: Words("通達", "directive"),
}


def tell_point(point: Point, directive: Directive) -> Words:
    """The scenario that shows the point, in a clause."""
    match point:
        case StandsSo(_, standing):
            words = standing_words(standing)
            return Words(f"「{words.ja}」になるシナリオ", f"a scenario in which it is “{words.say('en')}”")
        case LeftOpen():
            return Words(
                "この規範が見る事実だけが分からず、情報が足りないと答えるシナリオ",
                "a scenario in which only facts that it looks at are missing, and not enough is known",
            )
        case Lifted(norm, number, applies):
            place = directive.norm[norm].lifts[number].provision
            ja = "外すシナリオ" if applies else "外さないシナリオ(規範は当てはまる)"
            en = "lifts it" if applies else "does not lift it although it applies"
            return Words(
                f"{cite(place, 'ja')}の例外が{ja}", f"a scenario in which the exception of {cite(place, 'en')} {en}"
            )
        case AtBound():
            return _bound(point, directive)
        case ConceptMet(_, _, met):
            return Words(
                "語に当たるシナリオ" if met else "語に当たらないシナリオ",
                "a scenario in which it is met" if met else "a scenario in which it is not met",
            )
        case OpenCaseRead(name, number, _, met):
            case = directive.concept[name].open[number]
            when = _clause(tell_condition(case.when, directive, "ja"))
            ja = "当たるとする側" if met else "当たらないとする側"
            en = "the side on which it is met" if met else "a side on which it is not met"
            return Words(
                f"分かれる場合（{when}）を、解釈「{case.reading}」の{ja}で判断するシナリオ",
                f"a scenario of the open case ({tell_condition(case.when, directive, 'en')}) on {en} "
                f"of reading “{case.reading}”",
            )
        case ReadSo(reading, side):
            words = next(one.words for one in directive.reading[reading].sides if one.id == side)
            return Words(
                f"「{side}」（{_clause(words.ja)}）を採ると立ち方が変わるシナリオ",
                f"a scenario in which taking “{side}” ({words.say('en').rstrip('.')}) changes how a norm stands",
            )
        case Referred(_, stands, _, holds):
            ja = ("破られた" if stands.broken else "守られた") + ("場合" if holds else "といえない場合")
            en = ("is" if holds else "is not") + (" broken" if stands.broken else " kept")
            return Words(f"規範「{stands.norm}」が{ja}のシナリオ", f"a scenario in which norm “{stands.norm}” {en}")
        case InForce(verdict, on):
            words = VERDICT_WORDS[verdict]
            ja, en = ("ある日", "a day") if on is None else (tell_day(on, "ja"), tell_day(on, "en"))
            return Words(
                f"{ja}の効力を問い「{words.ja}」になるシナリオ",
                f"a scenario that asks for its force on {en}: “{words.say('en')}”",
            )
        case _:
            assert_never(point)


def tell_subject(thing: Subject, directive: Directive) -> Words:
    """A thing by its sort and name."""
    sort = _SORTS[thing.kind]
    match thing.kind:
        case Sort.TERM:
            name = directive.term[thing.id].words
        case Sort.DIRECTIVE:
            name = directive.header.title
        case Sort.CONCEPT:
            name = directive.concept[thing.id].words
        case Sort.CLOCK:
            name = directive.clock[thing.id].words
        case Sort.NORM | Sort.READING:
            name = Words(thing.id, thing.id)
    return Words(f"{sort.ja}「{name.ja}」", f"{sort.say('en')} “{name.say('en')}”")


def provision_of(point: Point, directive: Directive) -> str:
    """The provision that a point is about; nothing for a clock, a term or the circular as a whole."""
    thing = subject_of(point, directive.id)
    match thing.kind:
        case Sort.NORM:
            return directive.norm[thing.id].provision
        case Sort.CONCEPT:
            return directive.concept[thing.id].provision
        case Sort.READING:
            return directive.reading[thing.id].provision
        case Sort.TERM | Sort.CLOCK | Sort.DIRECTIVE:
            return ""


def key_of(point: Point, directive: Directive) -> str:
    """A name for the point that stays the same as long as the law does."""
    here = str(subject_of(point, directive.id))
    match point:
        case StandsSo(_, standing):
            return f"{here}/{(standing.name or '').lower()}"
        case LeftOpen():
            return f"{here}/open"
        case Lifted(_, number, applies):
            return f"{here}/exception-{number + 1}/{'applies' if applies else 'does-not-apply'}"
        case AtBound(_, test, scopes, edge, holds):
            said = tell_condition(test, directive, "en")
            place = "".join(f"{name}/" for name in dict.fromkeys(name for within in scopes for name in within))
            return f"{here}/bound/{place}{said}/{edge.value}/{'within' if holds else 'beyond'}"
        case ConceptMet(_, _, met):
            return f"{here}/{'met' if met else 'not-met'}"
        case OpenCaseRead(_, number, _, met):
            return f"{here}/open-case-{number + 1}/{'met' if met else 'not-met'}"
        case ReadSo(_, side):
            return f"{here}/{side}"
        case Referred(_, stands, _, holds):
            return (
                f"{here}/{'broken' if stands.broken else 'kept'}:{stands.norm}/{'holds' if holds else 'does-not-hold'}"
            )
        case InForce(verdict, on):
            return f"{here}/{verdict.value}/{'any' if on is None else on.isoformat()}"
        case _:
            assert_never(point)


def _bound(point: AtBound, directive: Directive) -> Words:
    ja = _clause(tell_condition(point.test, directive, "ja"))
    en = tell_condition(point.test, directive, "en")
    side = "満たす側" if point.holds else "満たさない側"
    edge = Words("上限", "upper bound") if point.edge is Edge.UPPER else Words("下限", "lower bound")
    side_en = "within" if point.holds else "beyond"
    return Words(
        f"「{ja}」の{edge.ja}のきわで、{side}のシナリオ",
        f"a scenario one unit {side_en} the {edge.en} of “{en}”",
    )


def _clause(text: str) -> str:
    return text.rstrip("。")
