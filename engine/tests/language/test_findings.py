"""Bad policy files, each stating its own expected finding, and the catalogue of findings itself."""

import re
from pathlib import Path

import pytest

from tsutatsu.bundle import encode_files, read_bundle
from tsutatsu.diagnostics import CATALOGUE, Diagnostic, in_file_order
from tsutatsu.passes.gather import File, gather_files

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"
BAD = sorted((HERE / "bad").glob("*.yaml"))
MARK = re.compile(r"# error: (TS\d{3})(?: (\S+))?$")


def findings_of(bad: Path) -> tuple[str, list[Diagnostic]]:
    """What is found when the bad file stands in for its namesake in the sample law."""
    text = bad.read_text(encoding="utf-8")
    target = text.splitlines()[0].removeprefix("# file: ")
    files = [f for f in gather_files(SAMPLE).files if f.path != target]
    files.append(File(target, text.encode()))
    return target, encode_files(tuple(sorted(files, key=lambda f: f.path))).findings


def test_the_sample_law_is_clean() -> None:
    assert read_bundle(SAMPLE).findings == ()


@pytest.mark.parametrize("bad", BAD, ids=lambda p: p.stem)
def test_a_bad_file_gets_exactly_the_finding_it_states(bad: Path) -> None:
    target, findings = findings_of(bad)
    expected = {
        (number, mark[1]): mark[2]
        for number, line in enumerate(bad.read_text(encoding="utf-8").splitlines(), 1)
        if (mark := MARK.search(line))
    }
    assert expected, "the bad file states no expectation"
    found = {(one.where.line, one.code): one for one in findings if one.where.file == target}
    assert set(found) == set(expected)
    for place, hint in expected.items():
        assert not hint or hint in found[place].ja + found[place].mend_ja
        assert found[place].en and found[place].mend_en and found[place].where.column >= 1


def test_every_language_finding_has_a_bad_file() -> None:
    stated = {m[1] for bad in BAD for line in bad.read_text(encoding="utf-8").splitlines() if (m := MARK.search(line))}
    elsewhere = {
        "TS308",
        "TS309",
        "TS313",
        "TS314",
        "TS315",
        "TS316",
        "TS317",
        "TS318",
        "TS319",
        "TS320",
        "TS321",
        "TS322",
        "TS393",
        "TS395",
        *(f"TS{number}" for number in range(350, 390)),  # tried by their own subjects: ledger, overlay
    }
    assert {c for c in CATALOGUE if c.startswith(("TS2", "TS3"))} - elsewhere == stated


@pytest.mark.parametrize("number", sorted(CATALOGUE))
def test_every_finding_has_sentences_and_a_page_in_both_languages(number: str) -> None:
    code = CATALOGUE[number]
    assert code.number == number and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    for text in (code.ja, code.en, code.mend_ja, code.mend_en, code.page_ja, code.page_en):
        assert text.strip()
    assert set(re.findall(r"(?<!\{)\{(\w+)\}", code.en)) or not re.findall(r"(?<!\{)\{(\w+)\}", code.ja)


def test_findings_are_told_in_file_order_and_once() -> None:
    _, findings = findings_of(HERE / "bad" / "TS201.yaml")
    told = in_file_order([*reversed(findings), *findings])
    assert len(told) == len(set(findings)) > 2
    assert [(d.where.file, d.where.line) for d in told] == sorted((d.where.file, d.where.line) for d in findings)
