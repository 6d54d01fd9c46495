"""Every finding about cases comes up in a test of cases."""

from __future__ import annotations

import re
from pathlib import Path

from tsutatsu.diagnostics import codes_cases, codes_store

HERE = Path(__file__).parent


def test_every_finding_about_cases_is_tried() -> None:
    tried = {code for file in HERE.glob("test_*.py") for code in re.findall(r"TS8[4-8][0-9]", file.read_text("utf-8"))}
    assert tried == {one.number for one in (*codes_cases.CODES, *codes_store.CODES)}
