"""What every deciding back end offers."""

from collections.abc import Mapping
from typing import Protocol

from tsutatsu.ir import Facts


class Engine(Protocol):
    """One judgement of one directive, made ready to be decided many times."""

    @property
    def name(self) -> str:
        """The engine's name, as answers and receipts carry it."""
        ...

    def standings(self, facts: Facts, sides: Mapping[str, str]) -> tuple[int, ...]:
        """For each norm of the judgement, in its order, the union of the standings still possible.

        Bits of ``ir.Standing``, exactly as ``semantics.standings`` says. ``facts`` are typed and hold the day judged.
        """
        ...


class EngineUnavailable(Exception):
    """An engine that cannot run here, in both languages, with what to do about it."""

    def __init__(self, name: str, ja: str, en: str) -> None:
        super().__init__(f"{ja} / {en}")
        self.name = name
        self.ja = ja
        self.en = en


class EngineFault(Exception):
    """An engine that ran and gave no usable answer: a fault of ours, never of the facts. No verdict may rest on it."""

    def __init__(self, name: str, ja: str, en: str) -> None:
        super().__init__(f"{ja} / {en}")
        self.name = name
        self.ja = ja
        self.en = en
