"""What a page shows as wrong is found, under its own code; what it shows as right is not."""

import re

import pytest

from tsutatsu.diagnostics import Code
from tsutatsu.diagnostics.codes_yaml import CODES
from tsutatsu.syntax.yaml_reader import read_yaml

# Their examples describe a file; what no page can show is in test_hostile_bytes.py.
DESCRIBED = {"TS101", "TS102", "TS103", "TS104", "TS112", "TS113", "TS199"}
# Only the Python parser falls back on it: test_both_parsers.py.
FALLBACK = {"TS143"}


def examples(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)\n```", page, re.DOTALL)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.number)
def test_both_pages_show_one_bad_and_one_good_example(code: Code) -> None:
    assert len(examples(code.page_ja)) == len(examples(code.page_en)) == 2
    assert examples(code.page_ja) == examples(code.page_en)
    assert re.search("[ぁ-ん]", code.page_ja.split("```")[0])
    assert not re.search("[ぁ-ん]{4}", code.page_en.split("```")[0])


@pytest.mark.parametrize("code", [c for c in CODES if c.number not in DESCRIBED | FALLBACK], ids=lambda c: c.number)
def test_the_bad_example_of_a_page_is_found_and_the_good_one_is_clean(code: Code) -> None:
    bad, good = examples(code.page_ja)
    assert {finding.code for finding in read_yaml(bad.encode(), "bad.yaml").findings} == {code.number}
    read = read_yaml(good.encode(), "good.yaml")
    assert read.sound
    assert read.findings == ()


def test_numbers_and_names_are_used_once() -> None:
    assert len({code.number for code in CODES}) == len({code.name for code in CODES}) == len(CODES)
    assert all(code.number.startswith("TS1") for code in CODES)
