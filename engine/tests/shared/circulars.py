"""Circulars of which nothing matters but who issued them when, how long they run, and what they say of each other."""

from __future__ import annotations

from datetime import date

from tsutatsu.ir import (
    FORCE,
    Citation,
    Clock,
    Directive,
    Header,
    Printed,
    Reading,
    ReadingSide,
    Revision,
    Side,
    Words,
)

SIDES = (ReadingSide("甲", Words("廃止した。")), ReadingSide("乙", Words("廃止していない。")))


def circular(
    name: str,
    issued: date,
    *,
    number: str = "",
    first: date | None = None,
    last: date | None = None,
    repeals: tuple[Citation, ...] = (),
    amends: tuple[Citation, ...] = (),
    cites: tuple[Citation, ...] = (),
    other_numbers: tuple[str, ...] = (),
    taken: str | None = None,
) -> Directive:
    """A circular called ``name``, numbered after itself, with one reading, 「廃止」, which ``taken`` decides."""
    head = Header(
        Words(f"{name}の手引"),
        printed(issued),
        "見本庁",
        number or f"見本{name}第1号",
        effect_end=printed(last) if last else None,
        repeals=repeals,
        amends=amends,
        cites=cites,
        other_numbers=other_numbers,
    )
    clock = Clock(FORCE, Words("有効期間"), first or issued, end=last)
    reading = Reading("廃止", "前文", Words("廃止したか。"), SIDES, taken)
    return Directive(name, head, Revision(1, issued), (), (clock,), (), (reading,), (), ())


def citing(other: Directive, side: str | None = None) -> Citation:
    """``other`` as a circular names it, on a side of its reading where one is given."""
    return Citation(other.header.number, other.header.issued, side=Side("廃止", side) if side else None)


def printed(day: date) -> Printed:
    """A day printed in numbers."""
    return Printed(day.isoformat(), day)
