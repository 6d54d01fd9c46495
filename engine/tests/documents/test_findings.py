"""Every finding about documents comes up in a test of documents."""

from __future__ import annotations

import re
from pathlib import Path

from tsutatsu.diagnostics.codes_documents import CODES

HERE = Path(__file__).parent


def test_every_finding_about_documents_is_tried() -> None:
    tried = {code for file in HERE.glob("test_*.py") for code in re.findall(r"TS9[01][0-9]", file.read_text("utf-8"))}
    assert tried == {one.number for one in CODES}
