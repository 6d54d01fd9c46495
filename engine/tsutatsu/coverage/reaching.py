"""Which scenarios reach which norms: a norm is reached where an answer says how it stands, and it applied."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias

from tsutatsu.gherkin.performing import Performed
from tsutatsu.ir import Standing

_ASIDE: Final = Standing.OUT_OF_FORCE | Standing.NOT_APPLICABLE


Key: TypeAlias = tuple[str, date, str]
"""A norm: its directive, the day of issue, its id."""


def reaches(one: Performed) -> Iterator[Key]:
    """The norms that a scenario reaches, whatever came of it, as often as it does."""
    for asked in one.asked:
        for reason in asked.answer.reasons:
            if reason.standing & ~_ASIDE:
                yield asked.directive, asked.issued, reason.norm


def reached(performed: Iterable[Performed]) -> Mapping[Key, tuple[str, ...]]:
    """The scenarios that pass and reach each norm, by directive, day of issue and norm; in the order performed."""
    found: dict[Key, dict[str, None]] = {}
    for one in performed:
        if one.passed:
            for key in reaches(one):
                found.setdefault(key, {})[f"{one.file}::{one.name}"] = None
    return {key: tuple(names) for key, names in found.items()}
