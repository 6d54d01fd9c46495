"""A workflow in plain words: its states, and of each event who may trigger it, what is asked, said and written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.conditions import lay_out_condition
from tsutatsu.backends.prose.japanese import Close
from tsutatsu.backends.prose.naming import bare_name, term_of
from tsutatsu.backends.prose.outline import INDENT
from tsutatsu.backends.prose.passages import Passage, tell_due
from tsutatsu.backends.prose.values import tell_clock, tell_value
from tsutatsu.backends.prose.wording import quoted, sentence, shown
from tsutatsu.calendar import Unit
from tsutatsu.ir import ALWAYS, Clock, Directive, Words
from tsutatsu.ir.workflows import Event, Hand, Stamp, State, Workflow, Write


@dataclass(frozen=True, slots=True)
class Setting:
    """What a workflow is told by, besides itself: its circular, whose its events are, what it is linked with."""

    directive: Directive
    holders: Mapping[str, str]
    """By event, whose holders may trigger it, where the law asks for a post."""
    others: Mapping[str, Workflow]
    """Workflows of the same issue, by id."""


def tell_workflow(workflow: Workflow, setting: Setting, lang: str) -> Passage:
    """The workflow with all its events."""
    name, subject = quoted(workflow.words.say(lang), lang), shown(workflow.subject.say(lang))
    head = (cite(workflow.provision, lang), name, f"({subject})" if lang == "en" else f"（{subject}）")
    lines = [_line(_STATES, _joint(lang).join(_state(one, lang) for one in workflow.states), lang)]
    for event in workflow.events:
        first, *rest = _event(event, workflow, setting, lang)
        lines += ["", first, *(f"{INDENT}{line}" for line in rest)]
    duties = list(_duties(workflow, setting.directive, lang))
    if duties:
        lines += ["", _DUTIES.say(lang), *(f"{INDENT}{line}" for line in duties)]
    if workflow.handled:
        lines += ["", _BESIDES.say(lang)]
    for handled in workflow.handled.values():
        first, *items = lay_out_condition(handled.guard, setting.directive, lang, Close.THAT)
        lines += [f"{INDENT}{_line(handled.words, first, lang)}", *(f"{INDENT}{item}" for item in items)]
    return Passage((" · " if lang == "en" else "　").join(head), tuple(lines))


def tell_timer(clock: Clock, lang: str) -> str:
    """When a timer of this clock fires."""
    name = quoted(clock.words.say(lang), lang)
    hours = clock.length is not None and clock.length.unit in (Unit.HOUR, Unit.MINUTE)
    if lang == "en":
        return f"when {name} is over" if hours else f"on the day after {name} ends"
    return f"{name}が終わった時" if hours else f"{name}が終わった次の日"


def _state(state: State, lang: str) -> str:
    name = shown(state.words.say(lang))
    marks = [words.say(lang) for words, so in ((_INITIAL, state.initial), (_FINAL, state.final)) if so]
    if not marks:
        return name
    return f"{name} ({', '.join(marks)})" if lang == "en" else f"{name}（{'、'.join(marks)}）"


def _event(event: Event, workflow: Workflow, setting: Setting, lang: str) -> Iterator[str]:
    directive, joint = setting.directive, _joint(lang)
    named = {one.id: shown(one.words.say(lang)) for one in workflow.states}
    way = f"{joint.join(named[one] for one in event.origins)} → {named[event.target]}"
    place = f"  {cite(event.provision, lang)}" if event.provision else ""
    yield f"{quoted(event.words.say(lang), lang)}  {way}{place}"
    yield _line(_BY, _hand(event, workflow, directive, lang), lang)
    holder = setting.holders.get(event.id, "")
    if holder:
        yield _line(_HOLDERS, holder, lang)
    if event.supplied:
        yield _line(_SAID, joint.join(bare_name(one, directive, lang) for one in event.supplied), lang)
    if event.writes:
        yield _line(_WRITTEN, joint.join(_write(one, directive, lang) for one in event.writes), lang)
    if event.guard != ALWAYS:
        first, *items = lay_out_condition(event.guard, directive, lang, Close.THAT)
        yield _line(_GUARD, first, lang)
        yield from items
    yield from _asked(event, setting, lang)
    if event.settled:
        yield _SETTLED.say(lang)
    if event.documents:
        yield _line(_DOCUMENTS, joint.join(map(shown, event.documents)), lang)


def _asked(event: Event, setting: Setting, lang: str) -> Iterator[str]:
    """The judgements that must permit, and how linked cases must stand."""
    for name in event.judgements:
        said = quoted(setting.directive.judgement[name].words.say(lang), lang)
        yield f"Asked: {said}, which must permit" if lang == "en" else f"判断：{said}が許可であること"
    for link in event.linked:
        other = setting.others[link.workflow]
        stands = _joint(lang).join(shown(other.state[one].words.say(lang)) for one in link.states)
        name = quoted(other.words.say(lang), lang)
        yield f"Linked case: {name} is {stands}" if lang == "en" else f"別件：{name}が{stands}であること"
    if event.alike:
        terms = _joint(lang).join(shown(setting.directive.term[one].words.say(lang)) for one in event.alike)
        yield f"The linked case has the same {terms}" if lang == "en" else f"別件と同じ：{terms}"


def _hand(event: Event, workflow: Workflow, directive: Directive, lang: str) -> str:
    match event.hand:
        case Hand.PERSON:
            return "by a person" if lang == "en" else "人"
        case Hand.MACHINE:
            return "by itself, as soon as it can" if lang == "en" else "ひとりでに（できるようになれば）"
        case Hand.CLOCK:
            fired = [directive.clock[timer.clock] for timer in workflow.timers if timer.event == event.id]
            if lang == "en":
                each = [f"{tell_timer(one, lang)} ({tell_clock(one, directive, lang)})" for one in fired]
                return f"by itself, {', '.join(each)}"
            each = [f"{tell_timer(one, lang)}（{tell_clock(one, directive, lang)}）" for one in fired]
            return f"ひとりでに、{'、'.join(each)}"
        case _:
            assert_never(event.hand)


def _write(write: Write, directive: Directive, lang: str) -> str:
    name = bare_name(write.term, directive, lang)
    match write.value:
        case Stamp() as stamp:
            said = _STAMPS[stamp].say(lang)
        case value:
            said = tell_value(value, term_of(write.term, directive), lang)
    return f"{name} = {said}" if lang == "en" else f"{name}＝{said}"


def _duties(workflow: Workflow, directive: Directive, lang: str) -> Iterator[str]:
    """The later duties that a case keeps account of, and by when each is to be met."""
    norms = dict.fromkeys(norm for name in workflow.watched for norm in directive.judgement[name].norms)
    for norm in (directive.norm[one] for one in norms):
        if norm.due is not None:
            summary = shown(sentence(norm.summary.say(lang)))
            due = tell_due(norm.due, directive, lang)
            yield f"{cite(norm.provision, lang)}  {summary}{'. ' if lang == 'en' else '。'}{_line(_DUE, due, lang)}"


def _joint(lang: str) -> str:
    return ", " if lang == "en" else "、"


def _line(label: Words, told: str, lang: str) -> str:
    return f"{label.say(lang)}{': ' if lang == 'en' else '：'}{told}"


_STATES = Words("状態", "States")
_INITIAL = Words("始め", "the first")
_FINAL = Words("終わり", "final")
_BY = Words("起こす者", "Triggered")
_HOLDERS = Words("起こせる職", "Open to")
_SAID = Words("示すこと", "To be said")
_WRITTEN = Words("記すこと", "Written")
_GUARD = Words("要件", "Only if")
_SETTLED = Words("残る義務がないこと", "Only when no duty is open")
_DOCUMENTS = Words("文書", "Documents")
_DUTIES = Words("見守る義務", "Duties kept account of")
_BESIDES = Words("事象のほかに、次の場合に限りできること", "Besides its events, only if")
_DUE = Words("期限", "Time")
_STAMPS = {
    Stamp.ACTOR: Words("起こした人", "whoever triggers it"),
    Stamp.POST: Words("起こした人の職", "the post of whoever triggers it"),
    Stamp.DAY: Words("その日", "that day"),
    Stamp.MOMENT: Words("その日時", "that moment"),
    Stamp.TIME: Words("その時刻", "that time"),
}
