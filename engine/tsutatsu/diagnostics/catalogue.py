"""Every kind of finding there is, by its number."""

from collections.abc import Iterable

from tsutatsu.diagnostics import (
    codes_case_scenarios,
    codes_cases,
    codes_coverage,
    codes_documents,
    codes_facts,
    codes_features,
    codes_language,
    codes_law,
    codes_ledger,
    codes_moving,
    codes_new,
    codes_overlay,
    codes_relations,
    codes_review,
    codes_store,
    codes_text,
    codes_use,
    codes_workflows,
    codes_yaml,
)
from tsutatsu.diagnostics.finding import Code, Diagnostic, Related, fill
from tsutatsu.source import NOWHERE, Source

CATALOGUE: dict[str, Code] = {
    code.number: code
    for group in (
        codes_case_scenarios,
        codes_cases,
        codes_coverage,
        codes_documents,
        codes_yaml,
        codes_language,
        codes_law,
        codes_ledger,
        codes_moving,
        codes_new,
        codes_overlay,
        codes_relations,
        codes_features,
        codes_facts,
        codes_use,
        codes_review,
        codes_store,
        codes_text,
        codes_workflows,
    )
    for code in group.CODES
}


def finding(number: str, where: Source = NOWHERE, related: Iterable[Related] = (), **blanks: object) -> Diagnostic:
    """The finding ``number`` at ``where`` with its blanks filled."""
    return fill(CATALOGUE[number], where, related, **blanks)
