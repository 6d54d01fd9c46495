"""The shipped law's ledgers are whole, and agree with the texts as published where those are at hand."""

from __future__ import annotations

from pathlib import Path

from tsutatsu.bundle import read_bundle, shipped_root
from tsutatsu.coverage.accounts import accounts_of, read_texts
from tsutatsu.text.ledger import Treatment


def test_no_passage_of_the_shipped_law_is_unaccounted_for() -> None:
    accounts = accounts_of(read_bundle(shipped_root()), None)
    assert len(accounts) >= 5
    assert [one for account in accounts for one in account.findings] == []


def test_no_passage_of_the_shipped_law_is_waived() -> None:
    accounts = accounts_of(read_bundle(shipped_root()), None)
    entries = [entry for one in accounts if one.ledger is not None for entry in one.ledger.entries]
    assert len(entries) > 300
    assert not [entry for entry in entries if entry.treatment is Treatment.WAIVED]


def test_every_fingerprint_agrees_with_the_texts_as_published(circulars: Path) -> None:
    accounts = accounts_of(read_bundle(shipped_root()), read_texts(circulars), "texts")
    assert [one for account in accounts for one in account.findings] == []
    assert sum(1 for account in accounts if account.document is not None) == 5
