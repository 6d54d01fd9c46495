"""What a force may lay over a circular, and everything that it may not: each refusal a small file of its own."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle, encode_files, read_bundle
from tsutatsu.calendar import Period, Unit
from tsutatsu.diagnostics import CATALOGUE, Refused
from tsutatsu.ir import FORCE, LOCAL
from tsutatsu.passes.gather import File, gather_files
from tsutatsu.sealing import digest_of, seal

HERE = Path(__file__).parent / "overlaid"
LAW = HERE / "law"
BAD = sorted((HERE / "bad").glob("*.yaml"))
MARK = re.compile(r"# error: (TS\d{3})(?: (\S+))?$")
VERSION = Path("policy/rounds/2025-04-01")
OWN = Path("policy/local/sample-force/local.yaml")
ASKED_ELSEWHERE = {"TS382", "TS383", "TS384", "TS385", "TS386", "TS387"}
"""Told of a question rather than of a file."""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the law that a test may change."""
    shutil.copytree(LAW, tmp_path / "law")
    return tmp_path / "law"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_law_and_what_is_laid_over_it_are_clean() -> None:
    assert read_bundle(LAW).findings == ()


@pytest.mark.parametrize("bad", BAD, ids=lambda p: p.stem)
def test_whatever_else_a_force_would_lay_down_is_refused(bad: Path) -> None:
    text = bad.read_text(encoding="utf-8")
    target = text.splitlines()[0].removeprefix("# file: ")
    files = [f for f in gather_files(LAW).files if f.path != target]
    files.append(File(target, text.encode()))
    findings = encode_files(tuple(sorted(files, key=lambda f: f.path))).findings
    expected = {
        (number, mark[1]): mark[2] for number, line in enumerate(text.splitlines(), 1) if (mark := MARK.search(line))
    }
    assert expected, "the bad file states no expectation"
    found = {(one.where.line, one.code): one for one in findings if one.severity.value == "error"}
    assert set(found) == set(expected)
    for place, hint in expected.items():
        assert found[place].where.file == target
        assert not hint or hint in found[place].ja + found[place].mend_ja


def test_every_finding_about_overlays_has_a_bad_file() -> None:
    stated = {m[1] for bad in BAD for line in bad.read_text(encoding="utf-8").splitlines() if (m := MARK.search(line))}
    own = {code for code in CATALOGUE if "TS370" <= code <= "TS389"}
    assert own - ASKED_ELSEWHERE == stated & own


def test_what_a_force_lays_down_is_laid_over_its_circular_and_nothing_else_changes() -> None:
    plain = Bundle.load(LAW)
    (before,) = plain.directives
    (after,) = plain.under("見本県警察").directives
    assert before.local is None and after.local is not None
    assert after.terms[: len(before.terms)] == before.terms
    assert after.norms[: len(before.norms)] == before.norms
    assert [norm.id for norm in after.norms[len(before.norms) :]] == ["two-people"]
    assert after.judgement["round"].norms == (*before.judgement["round"].norms, "two-people")
    assert after.judgement["slips"] == before.judgement["slips"]
    assert after.clock["報告期間"].length == Period(2, Unit.DAY)
    assert after.clock["間隔"].length == Period(10, Unit.DAY)
    assert after.clock["保存期間"] == before.clock["保存期間"]
    assert (after.reading["代行"].taken, after.reading["代行"].decided_by) == ("乙", "見本県警察本部長")
    assert {measure.term for measure in after.measures} == {"round.band", "round.quiet", "slip.band"}


def test_the_plain_law_and_its_digest_stay_as_they_are(law: Path) -> None:
    with_it = Bundle.load(law)
    own = digest_of(with_it.under("sample-force").encodings[0])
    shutil.rmtree(law / "policy/local")
    without = Bundle.load(law)
    assert (with_it.digest, with_it.encodings) == (without.digest, without.encodings)
    assert own != digest_of(without.encodings[0])
    assert without.forces == ()


def test_a_force_goes_by_its_id_or_either_name_and_no_other() -> None:
    plain = Bundle.load(LAW)
    assert [(one.id, one.words.ja, one.example) for one in plain.forces] == [("sample-force", "見本県警察", False)]
    assert plain.under("sample-force") is plain.under("見本県警察") is plain.under("Sample Prefecture Police")
    assert plain.under("見本県警察").under("sample-force") is plain.under("見本県警察")
    with pytest.raises(Refused, match=r"TS382.*近いもの: 「見本県警察」"):
        plain.under("見本警察")


def test_a_law_is_found_by_the_digest_of_what_was_laid_over_it() -> None:
    plain = Bundle.load(LAW)
    for law in (plain, plain.under("sample-force")):
        for wanted in (plain, plain.under("sample-force")):
            found = law.with_digest(digest_of(wanted.encodings[0]))
            assert found is not None and (found.local is None) == (wanted is plain)


def test_circulars_of_which_a_force_says_nothing_stay_as_they_are(law: Path) -> None:
    shutil.copytree(law / VERSION, law / "policy/others/2025-04-01")
    edit(law / "policy/others/2025-04-01/directive.yaml", "見本第7号", "見本第8号")
    plain = Bundle.load(law)
    laid = plain.under("sample-force")
    assert laid.versions("others") == plain.versions("others")
    assert laid.versions("rounds") != plain.versions("rounds")


def test_what_is_added_holds_from_the_day_it_was_laid_down_to_the_circulars_last_day(law: Path) -> None:
    (laid,) = Bundle.load(law).under("sample-force").directives
    assert laid.norm["two-people"].force == LOCAL
    assert (laid.clock[LOCAL].start, laid.clock[LOCAL].end) == (date(2025, 5, 1), laid.clock[FORCE].end)
    shutil.copytree(law / VERSION, law / "policy/rounds/2026-04-01")
    edit(law / "policy/rounds/2026-04-01/directive.yaml", "日: 令和7年4月1日", "日: 令和8年4月1日")
    edit(law / "policy/rounds/2026-04-01/directive.yaml", "見本第7号", "見本第9号")
    edit(law / "policy/rounds/2026-04-01/directive.yaml", "まで: 令和13年", "まで: 令和14年")
    older = Bundle.load(law).under("sample-force").versions("rounds")[0]
    assert older.clock[LOCAL].end == older.clock[FORCE].end == date(2026, 3, 31)


def test_an_earlier_encoding_is_laid_over_where_the_names_fit_and_else_refused(law: Path) -> None:
    first = Bundle.load(law).encodings[0]
    seal(first, law / VERSION)
    edit(law / VERSION / "directive.yaml", "改訂: 1, 日: 2026-11-20", "改訂: 2, 日: 2026-12-01")
    edit(law / VERSION / "vocabulary.yaml", "騒がしさ", "物音")
    edit(law / VERSION / "norms/all.yaml", "騒がしさ", "物音")
    edit(law / OWN, "騒がしさ", "物音")
    plain = Bundle.load(law)
    assert plain.under("sample-force").at("rounds", date(2026, 12, 5)).local is not None
    with pytest.raises(Refused, match=r"TS383(.|\n)*TS204"):
        plain.under("sample-force").at("rounds", date(2026, 12, 5), known=date(2026, 11, 30))
    assert plain.at("rounds", date(2026, 12, 5), known=date(2026, 11, 30)) == first
    edit(law / OWN, "物音", "round.noise")
    then = Bundle.load(law).under("sample-force").at("rounds", date(2026, 12, 5), known=date(2026, 11, 30))
    assert then.local is not None and then.revision.number == 1


def test_keywords_in_english_say_the_same(law: Path) -> None:
    from tsutatsu.syntax.fmt import format_keywords

    before = digest_of(Bundle.load(law).under("sample-force").encodings[0])
    done = format_keywords((law / OWN).read_bytes(), str(OWN), "local", "en")
    assert done is not None and len(done.edits) > 40
    (law / OWN).write_bytes(done.data)
    assert "定めた者" not in (law / OWN).read_text(encoding="utf-8")
    assert digest_of(Bundle.load(law).under("sample-force").encodings[0]) == before


@pytest.mark.parametrize("stray", ["local/sample-force/other.yaml", "local/local.yaml", "local/Sample/local.yaml"])
def test_a_file_in_the_wrong_place_is_found(law: Path, stray: str) -> None:
    file = law / "policy" / stray
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes((law / OWN).read_bytes())
    assert "TS313" in {one.code for one in read_bundle(law).findings}
