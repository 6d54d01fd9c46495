"""Which scenarios reach which norms: a norm is reached where an answer says how it stands, and it applied."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from tsutatsu.gherkin.performing import Performed
from tsutatsu.ir import Standing

_ASIDE: Final = Standing.OUT_OF_FORCE | Standing.NOT_APPLICABLE


def reached(performed: Iterable[Performed]) -> Mapping[tuple[str, date, str], tuple[str, ...]]:
    """The scenarios that pass and reach each norm, by directive, day of issue and norm; in the order performed."""
    found: dict[tuple[str, date, str], dict[str, None]] = {}
    for one in performed:
        if not one.passed:
            continue
        for asked in one.asked:
            for reason in asked.answer.reasons:
                if reason.standing & ~_ASIDE:
                    key = (asked.directive, asked.issued, reason.norm)
                    found.setdefault(key, {})[f"{one.file}::{one.name}"] = None
    return {key: tuple(names) for key, names in found.items()}
