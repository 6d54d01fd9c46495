"""Is the circular in force (効力): from its own clock and from what has replaced it."""

from datetime import date

from tsutatsu.ir import FORCE, Directive, Reading, Words
from tsutatsu.judging.parts import Caveat, CaveatKind
from tsutatsu.semantics import Verdict


def force_on(directive: Directive, on: date) -> Verdict:
    """How the circular stands on a day; its first and last day are both in force."""
    clock = directive.clock[FORCE]
    if isinstance(clock.start, date) and on < clock.start:
        return Verdict.NOT_YET
    if clock.end is not None and on > clock.end:
        return Verdict.LAPSED if directive.superseded is None else Verdict.SUPERSEDED
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
            return Words(
                f"{by.issued}発出の「{by.by}」に替わり、{clock.end}限りで効力を失った。",
                f"It was replaced by “{by.by}” of {by.issued} and lapsed at the end of {clock.end}.",
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
    return tuple(found)


def _hanging(reading: Reading) -> Caveat:
    """A reading of the whole circular that nobody has decided."""
    return Caveat(
        CaveatKind.READING_OPEN,
        Words(
            f"解釈「{reading.id}」は未定である。{reading.issue.ja}",
            f"The reading “{reading.id}” is undecided: {reading.issue.say('en')}",
        ),
    )


def out_of_force(directive: Directive, on: date) -> Caveat:
    """Why every norm has dropped out."""
    said = why(directive, on) if FORCE in directive.clock else Words("", "")
    return Caveat(
        CaveatKind.OUT_OF_FORCE,
        Words(
            f"判断に関わる定めはどれも効力がない。{said.ja}",
            f"None of the norms that bear on it is in force. {said.en}".strip(),
        ),
    )
