"""What a person may do with a case now, until when, and why not the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from tsutatsu.cases.case import Case, DutyRow, DutyStanding, Linked, Timing
from tsutatsu.cases.deciding import Attempt, Done, Refusal, Why, in_order, sentences, weigh
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Actor, Doer, every_doer
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Event
from tsutatsu.semantics import Verdict


class Chance(Enum):
    """Whether an event may happen now."""

    MAY = "may"  # できる
    DEPENDS = "depends"  # 言う事実による
    MAY_NOT = "may_not"  # できない


@dataclass(frozen=True, slots=True)
class Option:
    """One event, for one person, now."""

    event: Event
    chance: Chance
    posts: tuple[str, ...]
    """The posts in which he may; empty where he holds none, or may in none."""
    until: datetime | None
    """The first moment that is too late for a duty which the event meets."""
    refusal: Refusal | None
    """Why not, or what it still depends on."""


@dataclass(frozen=True, slots=True)
class Options:
    """Every event of a case's workflow, the possible ones first, and what comes by itself."""

    options: tuple[Option, ...]
    timings: tuple[Timing, ...]


def options(ground: Ground, case: Case, actor: Actor, now: datetime, linked: Iterable[Linked] = ()) -> Options:
    """What ``actor`` may do with the case at ``now``."""
    others = tuple(linked)
    found = [option(ground, case, actor, one, now=now, linked=others) for one in ground.workflow.events]
    order = list(Chance)
    return Options(tuple(sorted(found, key=lambda one: order.index(one.chance))), case.timings)


def option(
    ground: Ground, case: Case, actor: Actor, event: Event, *, now: datetime, linked: Iterable[Linked] = ()
) -> Option:
    """Whether ``actor`` may do one thing with the case at ``now``."""
    who, now = Doer(actor.id, actor.name), in_order(case, now)
    return _option(ground, case, actor, Attempt(event, who, {}, now, tuple(linked), must_say=False))


def _option(ground: Ground, case: Case, actor: Actor, attempt: Attempt) -> Option:
    """The best that any of his posts gives."""
    event = attempt.event
    until = _until(ground, case.duties, event)
    tried = [
        (who.post, _weighed(ground, case, replace(attempt, who=who))) for who in every_doer(actor, attempt.now.date())
    ]
    may = [post for post, came in tried if isinstance(came, Done)]
    if may:
        return Option(event, Chance.MAY, tuple(post for post in may if post), until, None)
    refused = [(post, came) for post, came in tried if isinstance(came, Refusal)]
    open_ = [(post, came) for post, came in refused if _still_open(event, came)]
    posts = tuple(post for post, _ in open_ if post)
    chance, (_, refusal) = (Chance.DEPENDS, open_[0]) if open_ else (Chance.MAY_NOT, refused[0])
    return Option(event, chance, posts, until, refusal)


def _weighed(ground: Ground, case: Case, attempt: Attempt) -> Done | Refusal:
    """What would come of it; facts that contradict each other stand in the way like anything else."""
    try:
        return weigh(ground, case, attempt)
    except Refused as refused:
        event = attempt.event
        return Refusal(event.id, event.words, event.provision, Why.FACTS, sentences(refused))


def _still_open(event: Event, refusal: Refusal) -> bool:
    """Whether what is to be said with the event can still let it through."""
    asked = refusal.why in (Why.GUARD, Why.JUDGEMENT) and bool(event.supplied)
    return asked and refusal.answer is not None and refusal.answer.verdict is Verdict.NOT_ENOUGH


def _until(ground: Ground, duties: Iterable[DutyRow], event: Event) -> datetime | None:
    says = {*event.supplied, *(write.term for write in event.writes)}
    moments: list[datetime] = []
    for one in duties:
        norm = ground.directive.norm.get(one.key.norm)  # none of today's for a settled duty of an earlier issue
        due = None if norm is None else norm.due
        if one.standing is DutyStanding.OPEN and due is not None and due.met in says and one.due_at is not None:
            moments.append(one.due_at)
    return min(moments, default=None)
