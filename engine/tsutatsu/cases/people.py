"""Who acts on a case: persons with posts that are valid on a day, the machine, and the clock."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tsutatsu.diagnostics import Refused, finding, near
from tsutatsu.ir import Choice, Term
from tsutatsu.ir.workflows import Hand, as_post


@dataclass(frozen=True, slots=True)
class Holding:
    """A post that a person holds, in which unit, from when until when (both days included)."""

    post: str
    unit: str = ""
    first: date | None = None
    last: date | None = None

    def valid(self, day: date) -> bool:
        """Whether it is held on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something to a case: a person (told apart by ``id``), the machine, or the clock."""

    id: str
    name: str = ""
    holdings: tuple[Holding, ...] = ()
    hand: Hand = Hand.PERSON

    def posts(self, day: date) -> tuple[Holding, ...]:
        """The posts held on that day."""
        return tuple(one for one in self.holdings if one.valid(day))


MACHINE: Final = Actor("machine", "機械", (), Hand.MACHINE)
CLOCK: Final = Actor("clock", "時計", (), Hand.CLOCK)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did something, as recorded at the time."""

    id: str
    name: str
    post: str = ""
    """The post in which he acted; nothing for one who holds none."""
    unit: str = ""
    hand: Hand = Hand.PERSON


def doer(actor: Actor, day: date, post: str | None = None) -> Doer:
    """The actor in the post in which he acts that day: the one named, or the one he holds.

    Refused where he does not hold the post named, or holds several and names none.
    """
    held = actor.posts(day)
    if post is not None:
        called = nfc(post)
        held = tuple(one for one in held if nfc(one.post) == called)
        if not held:
            known = [one.post for one in actor.posts(day)]
            raise Refused([finding("TS845", word=post, who=actor.id, day=day, nearest=near(post, known))])
        if len({one.unit for one in held}) > 1:
            raise Refused([finding("TS846", who=actor.id, known=_listed(held))])
    if len(held) > 1 and post is None:
        raise Refused([finding("TS846", who=actor.id, known=_listed(held))])
    if not held:
        return Doer(actor.id, actor.name, hand=actor.hand)
    return Doer(actor.id, actor.name, held[0].post, held[0].unit, actor.hand)


def every_doer(actor: Actor, day: date) -> tuple[Doer, ...]:
    """The actor in each of the posts that he holds that day; once, without any, where he holds none."""
    held = actor.posts(day)
    if not held:
        return (Doer(actor.id, actor.name, hand=actor.hand),)
    return tuple(dict.fromkeys(Doer(actor.id, actor.name, one.post, one.unit, actor.hand) for one in held))


def post_as(term: Term, post: str) -> str | None:
    """A post as a value of ``term``: its option's id, その他 where it is none of those named, none for no post.

    Refused where the term can hold no such value.
    """
    if not isinstance(term.type, Choice):
        return post or None
    if not post and term.type.none:
        return None
    found = as_post(term.type, [post])
    if found is not None:
        return found
    raise Refused([finding("TS847", word=post or "—", term=term.words.ja, term_en=term.words.say("en"))])


def nfc(text: str) -> str:
    """Names as they are compared."""
    return unicodedata.normalize("NFC", text)


def _listed(held: Iterable[Holding]) -> str:
    return "、".join(f"{one.post} ({one.unit})" if one.unit else one.post for one in held)
