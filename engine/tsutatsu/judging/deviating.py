"""What a force's own provisions change in a circular, one by one: what the model says, what the force says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from tsutatsu.ir import Directive, Local, Words
from tsutatsu.judging.measuring import told_guides
from tsutatsu.judging.plain import to_plain


class DeviationKind(Enum):
    """In which way a force goes beyond the model."""

    MEASURE = "measure"  # 尺度
    ADDITION = "addition"  # 追加
    LENGTH = "length"  # 期間
    READING = "reading"  # 解釈


KIND_WORDS = {
    DeviationKind.MEASURE: Words("尺度", "measure"),
    DeviationKind.ADDITION: Words("追加", "addition"),
    DeviationKind.LENGTH: Words("期間", "length"),
    DeviationKind.READING: Words("解釈", "reading"),
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that a force has laid down over a circular."""

    kind: DeviationKind
    kind_words: Words
    directive: str
    issued: date | None
    provision: str
    """Of the model, or for what is added, of the force's own rules; nothing where it stands in none."""
    name: Words
    """The fact measured, the norm added, the clock moved, the reading decided."""
    model: Words
    own: tuple[Words, ...]
    """What the force says, guide by guide for a measure."""
    force: str
    force_words: Words
    example: bool
    decided_by: str
    decided_on: date
    ground: Words

    def to_dict(self) -> dict[str, Any]:
        """The deviation as JSON."""
        plain = to_plain(self)
        assert isinstance(plain, dict)
        return plain


def deviations(directive: Directive) -> tuple[Deviation, ...]:
    """Everything that was laid over the circular; nothing where nothing was."""
    return () if directive.local is None else tuple(_deviations(directive, directive.local))


def _deviations(directive: Directive, local: Local) -> Iterator[Deviation]:
    def one(kind: DeviationKind, provision: str, name: Words, model: Words, *own: Words) -> Deviation:
        return Deviation(
            kind,
            KIND_WORDS[kind],
            directive.id,
            directive.header.issued.day,
            provision,
            name,
            model,
            own,
            local.force,
            local.words,
            local.example,
            local.decided_by,
            local.decided_on,
            local.ground,
        )

    for measure in local.measures:
        words = directive.term[measure.term].words
        yield one(DeviationKind.MEASURE, "", words, _NO_MEASURE, *told_guides(measure, directive))
    for name in local.norms:
        norm = directive.norm[name]
        yield one(DeviationKind.ADDITION, norm.provision, Words(norm.id, norm.id), _NOT_THERE, norm.summary)
    for moved in local.moved:
        clock = directive.clock[moved.clock]
        assert clock.length is not None
        yield one(DeviationKind.LENGTH, "", clock.words, moved.length.words, clock.length.words)
    for name in local.readings:
        reading = directive.reading[name]
        side = next(side for side in reading.sides if side.id == reading.taken)
        model = Words(f"未定。{reading.issue.ja}", f"Undecided. {reading.issue.say('en')}")
        own = Words(f"{side.id}: {side.words.ja}", f"{side.id}: {side.words.say('en')}")
        yield one(DeviationKind.READING, reading.provision, Words(reading.id, reading.id), model, own)


_NO_MEASURE = Words("尺度の定めはない", "no measure is laid down")
_NOT_THERE = Words("定めはない", "nothing is laid down")
