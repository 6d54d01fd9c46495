"""Is the circular in force (効力): from its own clock and from what has replaced it."""

from datetime import date
from typing import Final

from tsutatsu.ir import FORCE, Amended, Directive, Reading, Words
from tsutatsu.judging.parts import Caveat, CaveatKind
from tsutatsu.semantics import Verdict

IN_FORCE: Final = frozenset({Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END})
"""The verdicts on force that say yes."""


def force_on(directive: Directive, on: date) -> Verdict:
    """How the circular stands on a day; its first and last day are both in force."""
    clock = directive.clock[FORCE]
    if clock.end is not None and on > clock.end:  # asked first: what was repealed beforehand ends before it starts
        return Verdict.LAPSED if directive.superseded is None else Verdict.SUPERSEDED
    if isinstance(clock.start, date) and on < clock.start:
        return Verdict.NOT_YET
    return Verdict.IN_FORCE_NO_END if clock.end is None else Verdict.IN_FORCE


def why(directive: Directive, on: date) -> Words:
    """The same as a sentence, with the day that decides."""
    clock = directive.clock[FORCE]
    verdict = force_on(directive, on)
    match verdict:
        case Verdict.NOT_YET:
            return Words(f"{clock.start}から効力を生じる。", f"It takes effect on {clock.start}.")
        case Verdict.LAPSED:
            return Words(f"{clock.end}限りで失効した。", f"It lapsed at the end of {clock.end}.")
        case Verdict.SUPERSEDED:
            by = directive.superseded
            assert by is not None
            newer = f"{by.issued}発出の「{by.title.ja or by.by}」", f"“{by.title.say('en') or by.by}” of {by.issued}"
            if isinstance(clock.start, date) and clock.end is not None and clock.end < clock.start:
                return Words(
                    f"{newer[0]}に替わり、{clock.start}の施行を待たずに効力を失った。",
                    f"It was replaced by {newer[1]} before it took effect on {clock.start}.",
                )
            return Words(
                f"{newer[0]}に替わり、{clock.end}限りで効力を失った。",
                f"It was replaced by {newer[1]} and lapsed at the end of {clock.end}.",
            )
        case Verdict.IN_FORCE_NO_END:
            return Words("効力がある。終期は印字されていない。", "It is in force; no end is printed.")
        case _:
            return Words(f"{clock.end}まで効力がある。", f"It is in force until {clock.end}.")


def standing_caveats(directive: Directive) -> tuple[Caveat, ...]:
    """What every answer of this circular says: that no end is printed, where none is, and what hangs over the whole."""
    found = [_hanging(directive.reading[name]) for name in directive.caveats if directive.reading[name].taken is None]
    clock = directive.clock.get(FORCE)
    if clock is not None and clock.end is None:
        said = Words(
            "この通達には有効期間の終期が印字されていない。", "No end of its effect is printed in this circular."
        )
        found.append(Caveat(CaveatKind.END_NOT_PRINTED, said))
    found += [_amended(one) for one in directive.amended]
    return tuple(found)


def _amended(one: Amended) -> Caveat:
    """An amendment that this encoding does not have."""
    return Caveat(
        CaveatKind.AMENDED,
        Words(
            f"この通達は、{one.issued}発出の「{one.title.ja}」（{one.number}）により、{one.first}から改正されている。ここで"
            "判断に使ったのは、その改正の前の定めである。",
            f"“{one.title.say('en')}” of {one.issued} ({one.number}) amends this circular from {one.first} on; what is "
            "judged by here are its rules before that amendment.",
        ),
    )


def _hanging(reading: Reading) -> Caveat:
    """A reading of the whole circular that nobody has decided."""
    return Caveat(
        CaveatKind.READING_OPEN,
        Words(
            f"解釈「{reading.id}」は未定である。{reading.issue.ja}",
            f"The reading “{reading.id}” is undecided: {reading.issue.say('en')}",
        ),
    )


def out_of_force(directive: Directive, day: date) -> Caveat:
    """Why every norm has dropped out for an act of ``day``."""
    said = why(directive, day) if FORCE in directive.clock else Words("", "")
    if said.ja and force_on(directive, day) in IN_FORCE:
        first = directive.first_day
        said = Words(
            f"この通達は{first}から効力を生じ、{said.ja}判断の基準となる日がその外にある。",
            f"Its effect begins on {first}. {said.say('en')} The day they are judged on lies outside.",
        )
    return Caveat(
        CaveatKind.OUT_OF_FORCE,
        Words(
            f"判断に関わる定めはどれも効力がない。{said.ja}",
            f"None of the norms that bear on it is in force. {said.en}".strip(),
        ),
    )


def effect_over(directive: Directive, day: date) -> Caveat | None:
    """That the circular had no effect on the day of the act, where norms that outlive it decided all the same."""
    if FORCE not in directive.clock or force_on(directive, day) in IN_FORCE:
        return None
    said = why(directive, day)
    return Caveat(
        CaveatKind.EFFECT_OVER,
        Words(
            f"この通達は{day}に効力がない。{said.ja}それでも残る定めだけで判断した。",
            f"This circular had no effect on {day}. {said.en} Only what outlives it was judged by.",
        ),
    )
