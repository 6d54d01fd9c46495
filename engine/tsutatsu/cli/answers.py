"""An answer as a person reads it: the verdict first, then why, what follows from it, and what it rests on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, assert_never

from tsutatsu.backends.prose import cite
from tsutatsu.cli.days import told_day, told_days
from tsutatsu.cli.language import lang, say, told
from tsutatsu.cli.layout import width
from tsutatsu.cli.paper import Paper
from tsutatsu.ir import TODAY, Choice, Day, Directive, Hour, Kind, Moment, Standing, Strength, Whole, Words
from tsutatsu.judging.labels import QUESTION_WORDS, VERDICT_WORDS, standing_words
from tsutatsu.judging.measuring import said_by
from tsutatsu.judging.parts import Change, Duty, DutyState, Inquiry, Met, Reach, Reason, Shown, SideVerdict
from tsutatsu.judging.plain import to_plain
from tsutatsu.judging.record import AnswerRecord
from tsutatsu.semantics import Verdict

_DOT: Final = "-"
_PAINTED: Final = {"○": "good", "×": "bad"}
_STANDS: Final = {
    Standing.KEPT: "○",
    Standing.LIFTED: "○",
    Standing.FREE: "○",
    Standing.BROKEN: "×",
    Standing.UNEXPLAINED: "▲",
    Standing.PENDING: "□",
    Standing.OUT_OF_FORCE: "／",
    Standing.NOT_APPLICABLE: "／",
}
_MET: Final = {
    Met.APPLIED: Words("適用", "applies"),
    Met.NOT_APPLIED: Words("適用されない", "does not apply"),
    Met.OPEN: Words("適用されるか未定", "not known whether it applies"),
    Met.NOT_REACHED: Words("", ""),
}
_DUTY: Final = {
    DutyState.DONE: Words("果たした", "done"),
    DutyState.OPEN: Words("期限前", "still in time"),
    DutyState.BREACHED: Words("違反", "breached"),
    DutyState.ARISES: Words("生じる", "arises"),
    DutyState.MAY_ARISE: Words("生じるかもしれない", "may arise"),
}
_REACH: Final = {
    Reach.NOW: Words("今からできる", "Can still be done"),
    Reach.BEFOREHAND: Words("事前でなければできなかった", "Only beforehand"),
    Reach.OTHERS: Words("本人の力では変えられない", "Not in this actor's power"),
}


def style_of(verdict: Verdict) -> str:
    """How a verdict is painted."""
    return _PAINTED.get(mark_of(verdict), "care")


def mark_of(verdict: Verdict) -> str:
    """A sign for a verdict that needs no colour, and that no other kind of verdict shares."""
    match verdict:
        case Verdict.PERMITTED | Verdict.IN_ORDER | Verdict.NOT_BOUND | Verdict.IN_FORCE | Verdict.IN_FORCE_NO_END:
            return "○"
        case Verdict.DENIED | Verdict.BREACH | Verdict.LAPSED | Verdict.SUPERSEDED:
            return "×"
        case Verdict.BY_READING:
            return "△"
        case Verdict.UNEXPLAINED:
            return "▲"
        case Verdict.OPEN:
            return "□"
        case Verdict.BOUND:
            return "●"
        case Verdict.EFFORT:
            return "◎"
        case Verdict.NOT_ENOUGH:
            return "？"
        case Verdict.NOT_YET:
            return "▽"
        case Verdict.OUT_OF_SCOPE:
            return "／"
        case Verdict.NOTHING_APPLIED:
            return "－"
        case _:
            assert_never(verdict)


def cited(provision: str) -> str:
    """A provision as every command cites it."""
    return cite(provision, lang())


def show_answer(paper: Paper, answer: AnswerRecord, directive: Directive) -> None:
    """The whole answer."""
    _verdict(paper, answer)
    _reasons(paper, answer, directive)
    _units(paper, answer)
    _duties(paper, answer.duties)
    show_questions(paper, answer.questions)
    _path(paper, answer, directive)
    _sides(paper, answer, directive)
    _caveats(paper, answer)
    _source(paper, answer)


def _head(paper: Paper, ja: str, en: str) -> None:
    paper.put()
    paper.put(say(ja, en), style="head")


def _verdict(paper: Paper, answer: AnswerRecord) -> None:
    style = style_of(answer.verdict)
    paper.entry(f"{mark_of(answer.verdict)} {told(VERDICT_WORDS[answer.verdict])}", "— " + asked(answer), style=style)
    paper.put(say("判断日: ", "Day judged: ") + told_day(answer.on))
    if answer.in_spite_of:
        names = say("、", ", ").join(told(one.words) for one in answer.in_spite_of)
        paper.put(
            say(
                f"分からない事実（{names}）がどうであっても、この結論は変わらない。",
                f"Whatever is not known ({names}), this stands.",
            )
        )


def asked(answer: AnswerRecord) -> str:
    """What was asked, in a line."""
    question, name = told(QUESTION_WORDS[answer.question]), told(answer.judgement_words)
    if answer.question.value == "force":
        return say(f"「{told(answer.version.title)}」の{question}", f"“{told(answer.version.title)}”: {question}")
    return say(f"「{name}」の{question}", f"“{name}”: {question}")


def _reasons(paper: Paper, answer: AnswerRecord, directive: Directive) -> None:
    decisive = [one for one in answer.reasons if one.decisive]
    rest = [one for one in answer.reasons if not one.decisive and one.standing is not Standing.OUT_OF_FORCE]
    act = directive.judgement[answer.judgement].act
    values = {term: value_told(directive, term, to_plain(value)) for term, value in act}
    values |= {one.term: value_told(directive, one.term, one.value) for one in answer.facts}
    unknown = {one.term for one in answer.unknown}
    if decisive:
        if answer.verdict in (Verdict.NOT_ENOUGH, Verdict.BY_READING):
            _head(paper, "結論を左右する規範", "Norms on which it turns")
        else:
            _head(paper, "根拠", "Because")
        for one in decisive:
            _reason(paper, one, directive, values, unknown)
    applied = [one for one in rest if one.standing is not Standing.NOT_APPLICABLE]
    if applied:
        _head(
            paper,
            "ほかに関わる規範" if decisive else "関わる規範",
            "Other norms that bear on it" if decisive else "Norms that bear on it",
        )
        for one in applied:
            _reason(paper, one, directive, {}, set())
    idle = [one for one in rest if one.standing is Standing.NOT_APPLICABLE]
    if idle:
        paper.put()
        names = say("、", ", ").join(dict.fromkeys(cited(one.provision) for one in idle))
        paper.put(say(f"場面に当たらない規範: {names}", f"Not applicable here: {names}"), style="quiet", hang=2)


def _reason(paper: Paper, one: Reason, directive: Directive, values: dict[str, str], unknown: set[str]) -> None:
    state = told(standing_words(one.standing))
    if one.standing is Standing.LIFTED and one.kind is Kind.BAN:
        state += say("（禁止が外れる）", " (the ban falls away)")
    soft = say("・努力", ", effort") if one.strength is Strength.SOFT else ""
    paper.entry(
        _mark(one.standing),
        f"{cited(one.provision)}  {told(one.summary)}{_bracketed(state + soft)}",
        indent=2,
        style=_style(one.standing),
    )
    known = [f"{told(directive.term[t].words)} = {values[t]}" for t in one.facts if t in values and t != TODAY]
    missing = [told(directive.term[t].words) for t in one.facts if t in unknown]
    if known:
        paper.entry(say("事実:", "Facts:"), say("、", "; ").join(known), indent=6)
    if missing:
        paper.entry(say("不明:", "Unknown:"), say("、", ", ").join(missing), indent=6)
    for exception in one.exceptions:
        met = told(_MET[exception.met])
        if met:
            words = told(exception.words)
            paper.entry(
                say("例外:", "Exception:"),
                f"{cited(exception.provision)} {words}{_bracketed(met)}".replace("  ", " "),
                indent=6,
            )


def _bracketed(text: str) -> str:
    return say(f"［{text}］", f" [{text}]")


def _mark(standing: Standing) -> str:
    return _STANDS.get(standing, "？")  # several are still possible


def _style(standing: Standing) -> str:
    return _PAINTED.get(_mark(standing), "care")


def _units(paper: Paper, answer: AnswerRecord) -> None:
    units = [one for one in answer.units if one.number]
    if len(units) < 2:
        return
    _head(paper, "一件ずつの結論（最も厳しいものが全体の結論）", "Record by record (the worst stands)")
    for one in units:
        paper.entry(
            f"[{one.number}] {mark_of(one.verdict)}",
            told(VERDICT_WORDS[one.verdict]),
            indent=2,
            style=style_of(one.verdict),
        )


def _duties(paper: Paper, duties: Sequence[Duty]) -> None:
    if not duties:
        return
    _head(paper, "義務", "Duties")
    for one in duties:
        bearer = say(f"{one.bearer}: ", "") if one.bearer else ""
        time = told(one.time)
        last = "" if one.by is None else _moment(one.by)
        by = say("、", ", ").join(part for part in (time, say(f"{last}まで", f"by {last}") if last else "") if part)
        due = say(f" 期限: {by}", f" Due: {by}") if by else ""
        paper.entry(
            _DOT,
            f"{cited(one.provision)}  {bearer}{told(one.summary)}{due}{_bracketed(told(_DUTY[one.state]))}",
            indent=2,
        )


def _moment(at: date) -> str:
    return f"{told_day(at.date())} {at:%H:%M}" if isinstance(at, datetime) else told_day(at)


def show_questions(paper: Paper, questions: Sequence[Inquiry]) -> None:
    """What is still to be asked, whom, and why."""
    if not questions:
        return
    _head(paper, "尋ねること（答えで結論が変わりうる。決め手になるものから）", "To be asked (the most decisive first)")
    for number, one in enumerate(questions, 1):
        place = told(one.words) if one.place == one.words.ja else one.place
        paper.entry(f"{number}.", f"{place}: {told(one.question)}", indent=2)
        column = 2 + len(str(number)) + 2
        for text in details_of(one):
            paper.put(text, indent=column, hang=2, style="quiet")


def details_of(one: Inquiry) -> Iterable[str]:
    """The choices, who answers, and why it is asked."""
    if one.choices:
        yield say("選択肢: ", "Choices: ") + say("、", ", ").join(told(choice.words) for choice in one.choices)
    for guide in one.guides:
        yield say("尺度: ", "Measure: ") + told(guide)
    if one.answered_by:
        yield say("答える人: ", "Answered by: ") + one.answered_by
    if one.because:
        names = say("、", ", ").join(dict.fromkeys(cited(b.provision) for b in one.because))
        yield say(f"わけ: {names} の判断に要る", f"Why: {names} turns on it")


def _change(change: Change, directive: Directive) -> str:
    name = directive.term[change.term].words
    place = told(name) if change.place == name.ja else change.place
    value = value_told(directive, change.term, change.value)
    return say(f"{place}を「{value}」にする", f"make “{place}” “{value}”")


def _path(paper: Paper, answer: AnswerRecord, directive: Directive) -> None:
    if answer.path is None:
        return
    _head(paper, "適法にする道", "The lawful path")
    if not answer.path.ways:
        paper.put(told(answer.path.words), indent=2)
    for reach in Reach:
        ways = [way for way in answer.path.ways if way.reach is reach]
        if not ways:
            continue
        paper.put(told(_REACH[reach]) + say("こと:", ":"), indent=2)
        for way in ways:
            changes = say("、かつ", ", and ").join(_change(change, directive) for change in way.changes)
            others = sorted({change.changed_by for change in way.changes if change.changed_by})
            whose = (
                say(f"（変えられるのは{'、'.join(others)}）", f" (for {', '.join(others)} to change)") if others else ""
            )
            paper.entry(_DOT, f"{changes}{whose}", indent=4)


def _sides(paper: Paper, answer: AnswerRecord, directive: Directive) -> None:
    """The verdict on each way of taking those readings on which it turns."""
    ways = turning(answer.sides)
    if not ways:
        return
    _head(paper, "解釈ごとの結論", "By reading")
    names = [taken.reading for taken in ways[0].sides]
    for name in names:
        reading = directive.reading[name]
        paper.entry("△", f"{cited(reading.provision)}  {name}: {told(reading.issue)}", indent=2, style="care")
        for side in reading.sides:
            way = next((one for one in ways if len(names) == 1 and one.sides[0].side == side.id), None)
            verdict = f"  → {_verdicts(way.verdicts)}" if way is not None else ""
            paper.entry(side.id, f"{told(side.words)}{verdict}", indent=5)
    if len(names) > 1:
        for one in ways:
            sides = say("、", ", ").join(f"{taken.reading}/{taken.side}" for taken in one.sides)
            paper.entry(say(f"{sides} なら", f"{sides}:"), _verdicts(one.verdicts), indent=5, style="quiet")


def _verdicts(verdicts: Sequence[Verdict]) -> str:
    words = [told(VERDICT_WORDS[verdict]) for verdict in verdicts]
    if len(words) == 1:
        return f"{mark_of(verdicts[0])} {words[0]}"
    return say(f"？ まだ決まらない（{'か'.join(words)}）", f"？ still open ({' or '.join(words)})")


def turning(sides: Sequence[SideVerdict]) -> tuple[SideVerdict, ...]:
    """The ways of taking those readings on which the verdict turns; none where it turns on none."""
    by_choice = {tuple((t.reading, t.side) for t in one.sides): one for one in sides}
    readings = list(dict.fromkeys(t.reading for one in sides for t in one.sides))
    for name in readings:
        without: dict[tuple[tuple[str, str], ...], set[tuple[Verdict, ...]]] = {}
        for choice, one in by_choice.items():
            without.setdefault(tuple(pair for pair in choice if pair[0] != name), set()).add(one.verdicts)
        if all(len(found) == 1 for found in without.values()):
            merged = {}
            for choice, one in by_choice.items():
                rest = tuple(t for t in one.sides if t.reading != name)
                merged[tuple(pair for pair in choice if pair[0] != name)] = SideVerdict(rest, one.verdicts)
            by_choice = merged
    return tuple(one for one in by_choice.values() if one.sides)


def _caveats(paper: Paper, answer: AnswerRecord) -> None:
    if not answer.caveats:
        return
    _head(paper, "留意", "Caveats")
    for one in answer.caveats:
        paper.entry(_DOT, told_days(told(one.words)), indent=2)


def _source(paper: Paper, answer: AnswerRecord) -> None:
    version = answer.version
    issued = told_day(version.issued) if version.issued else "—"
    engines = say("・", " + ").join(answer.engines)
    agreed = say(f"{engines} が一致", f"{engines} agree") if len(answer.engines) > 1 else engines
    paper.put()
    paper.put(
        say(
            f"法令: {told(version.title)}、{issued}発出、符号化 改訂{version.revision}",
            f"Law: {told(version.title)} (issued {issued}, encoding revision {version.revision})",
        ),
        style="quiet",
        hang=2,
    )
    if version.local is not None:
        paper.put(say("定め: ", "Provisions: ") + told(said_by(version.local)), style="quiet", hang=2)
    if agreed:
        paper.put(say(f"判定: {agreed}", f"Decided by: {agreed}"), style="quiet", hang=2)
    paper.put(say("指紋: ", "Digest: ") + version.digest, style="quiet", hang=2)


def value_told(directive: Directive, term: str, value: Shown) -> str:
    """A value as people read it."""
    kind = directive.term[term].type
    match value:
        case None:
            return say("なし", "none")
        case bool():
            return say("はい", "yes") if value else say("いいえ", "no")
        case list():
            return say(f"{len(value)}件", f"{len(value)} records")  # pyright: ignore[reportUnknownArgumentType]
        case _:
            pass
    if isinstance(kind, Choice):
        return next((told(option.words) for option in kind.options if option.id == value), str(value))
    if isinstance(kind, Whole):
        return say(f"{value}{kind.unit.ja}", f"{value} {kind.unit.say('en')}")
    if isinstance(kind, Day | Moment):
        return _day_told(str(value))
    if isinstance(kind, Hour):
        return str(value).removesuffix(":00") if str(value).count(":") == 2 else str(value)
    return str(value)


def _day_told(value: str) -> str:
    """A day, or a day and time, as JSON has it, told as people read it."""
    try:
        return _moment(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))
    except ValueError:
        return value


def show_rows(paper: Paper, rows: Sequence[tuple[str, AnswerRecord]]) -> None:
    """Many answers, a line each, and how many of each verdict."""
    column = max((width(place) for place, _ in rows), default=0) + 2
    counts: dict[Verdict, int] = {}
    for place, answer in rows:
        counts[answer.verdict] = counts.get(answer.verdict, 0) + 1
        names = say("、", ", ").join(dict.fromkeys(cited(r.provision) for r in answer.reasons if r.decisive))
        text = f"{mark_of(answer.verdict)} {told(VERDICT_WORDS[answer.verdict])}  {names}"
        paper.entry(place, text, column=column)
    paper.put()
    total = say("、", ", ").join(f"{told(VERDICT_WORDS[verdict])} {count}" for verdict, count in counts.items())
    paper.put(say(f"{len(rows)} 件: {total}", f"{len(rows)} records: {total}"), style="head")
