"""A station as its people work there: who holds which post when, and what they are likely to say of a term.

The roster is kept here once more, in plain lists, so that whose post is valid on a day is not asked of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Holding
from tsutatsu.ir import (
    Choice,
    Day,
    Directive,
    Hour,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    Text,
    Truth,
    Value,
    Whole,
)
from tsutatsu.ir.workflows import Event, Stamp

Term = tuple[str, date | None, date | None]
"""A post, and from when until when it is held (both days included)."""

CHANGE = date(2025, 11, 1)
"""The day of the personnel change: some posts end on the eve of it, some begin."""
EVE = CHANGE - timedelta(days=1)

STAFF: Mapping[str, tuple[Term, ...]] = {
    "課長": (("地域警察担当課長", None, None),),
    "前課長": (("地域警察担当課長", None, EVE), ("交番所長", CHANGE, None)),
    "代理": (("地域警察担当課長代理", None, None),),
    "署長": (("警察署長", None, None),),
    "受持": (("受持警察官", None, None),),
    "管理": (("運用管理者", None, None),),
    "主任": (("運用主任者", None, None),),
    "前主任": (("運用主任者", None, EVE),),
    "新主任": (("運用担当者", None, EVE), ("運用主任者", CHANGE, None)),
    "担当": (("運用担当者", None, None),),
    "二役": (("運用主任者", None, None), ("運用担当者", None, None)),
    "総括": (("総括運用管理者", None, None),),
    "新総括": (("総括運用管理者", CHANGE, None),),
    "副総括": (("副総括運用管理者", None, None),),
    "装着": (("カメラ装着警察官", None, None),),
    "市民": (),
}


@dataclass(slots=True)
class Rota:
    """Who holds which post, as it stands now."""

    held: dict[str, tuple[Term, ...]] = field(default_factory=lambda: dict(STAFF))

    def posts(self, person: str, day: date) -> frozenset[str]:
        """The posts that the person holds on that day."""
        return frozenset(
            post
            for post, first, last in self.held.get(person, ())
            if not (first is not None and day < first) and not (last is not None and day > last)
        )

    def actor(self, person: str) -> Actor:
        """The person as the roster takes him."""
        return Actor(person, f"{person}の名", tuple(Holding(post, "地域課", a, b) for post, a, b in self.held[person]))

    def actors(self) -> list[Actor]:
        """Everyone."""
        return [self.actor(one) for one in self.held]

    def with_posts_of(self, bundle: Bundle) -> Rota:
        """The same, with one more person for every post that some workflow may write down or ask for."""
        known = {post for terms in self.held.values() for post, _, _ in terms}
        for post in sorted(posts_written(bundle) - known):
            self.held[f"別の{post}"] = ((post, None, None),)
        return self


def posts_written(bundle: Bundle) -> set[str]:
    """The posts among the options of the terms into which an event writes the post of whoever acts."""
    found: set[str] = set()
    for workflow in bundle.workflows:
        directive = bundle.law_of(workflow)
        for event in workflow.events:
            for write in event.writes:
                kind = directive.term[write.term].type
                if write.value is Stamp.POST and isinstance(kind, Choice):
                    found |= {one.words.ja for one in kind.options if one.id != "other"}
    return found


@dataclass(frozen=True, slots=True)
class Saying:
    """How someone answers what an event asks: mostly as all would be in order, now and then otherwise."""

    rng: Random
    now: datetime
    people: tuple[str, ...]
    """Those who may be named, the likeliest first."""
    slips: float
    """How often an answer is just any answer."""

    def answers(self, directive: Directive, event: Event) -> dict[str, object]:
        """What the event asks, answered."""
        return {term: self.answer(directive, term) for term in event.supplied}

    def answer(self, directive: Directive, term: str) -> object:
        """One answer."""
        slip = self.rng.random() < self.slips
        return submitted(self._any(directive, term) if slip else self._orderly(directive, term))

    def _orderly(self, directive: Directive, term: str) -> Value:
        match directive.term[term].type:
            case Truth():
                return True
            case Choice(options):
                return options[0].id
            case Whole(low=low):
                return max(low, 1)
            case Length():
                return 1
            case Day():
                return self.now.date()
            case Moment():
                return self.now
            case Hour():
                return time(22, 30)
            case Text():
                return "記載のとおり"
            case Person():
                return self.people[0]
            case Records(fields):
                return RecordList(({one: self._orderly(directive, one) for one in fields},))

    def _any(self, directive: Directive, term: str) -> Value:
        pick = self.rng.choice
        match directive.term[term].type:
            case Truth():
                return pick((True, False))
            case Choice(options, none=none):
                return pick((*(one.id for one in options), *((None,) if none else ())))
            case Whole(low=low, high=high):
                return max(low, min(high, pick((0, 1, 2, 30, 90, 91))))
            case Length():
                return pick((0, 1, 30, 90, 91))
            case Day():
                return pick((None, *(self.now.date() + timedelta(days=n) for n in (-91, -90, -89, -1, 0, 1, 91))))
            case Moment():
                return pick((None, self.now - timedelta(days=1), self.now, self.now + timedelta(days=1)))
            case Hour():
                return pick((None, time(0), self.now.time(), time(12), time(23, 59)))
            case Text():
                return pick((None, "別の記載"))
            case Person():
                return pick((None, *self.people))
            case Records(fields):
                return RecordList(
                    tuple({one: self._any(directive, one) for one in fields} for _ in range(pick((0, 1, 2))))
                )


def submitted(value: Value) -> object:
    """A value as a caller says it."""
    if isinstance(value, RecordList):
        return [{term: submitted(one) for term, one in record.items()} for record in value.records]
    return value


def likeliest(first: Iterable[str], everyone: Iterable[str]) -> tuple[str, ...]:
    """Everyone, those named first in front."""
    return tuple(dict.fromkeys((*first, *everyone)))


__all__ = ["CHANGE", "EVE", "STAFF", "Rota", "Saying", "Term", "likeliest", "posts_written", "submitted"]
