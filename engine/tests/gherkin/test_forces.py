"""A scenario that judges with what a force has laid down for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import lint_file
from tsutatsu.gherkin.performing import Outcome, perform

BY_FORCE = "    前提 「架空北署」の定めによる\n"
VIEWED = """    前提 「閲覧日」が「令和7年5月1日」である
    かつ 「承認」が「はい」である
    かつ 「承認者の職」が「課長」である
    かつ 「開始時刻」が「10:00」である
    かつ 「報告日」はない
    かつ 「映像ファイル」はない
    かつ 「立会人」が「甲野」である
"""
ASKED = "    もし 「映像の閲覧」の可否を令和7年5月1日について判断する\n"
IN_ROOM = "    かつ 「閲覧席」が「閲覧室」である\n"
AT_DESK = "    かつ 「閲覧席」が「自席」である\n"
DEPUTY = VIEWED.replace("「課長」", "「課長補佐」")

HOLDS = {
    "without": (VIEWED, "許可される"),
    "within": (BY_FORCE + VIEWED + IN_ROOM, "許可される", "規範「in-the-room」は充足である"),
    "afterwards": (VIEWED + BY_FORCE + IN_ROOM, "許可される"),
    "against": (BY_FORCE + VIEWED + AT_DESK, "許可されない", "根拠に「内規/第1」がある"),
    "not-known": (BY_FORCE + VIEWED, "情報が足りない", "「閲覧席」を尋ねられる"),
    "open-reading": (DEPUTY, "解釈による"),
    "decided-reading": (BY_FORCE + DEPUTY + IN_ROOM, "許可されない"),
}


def feature(given: str, *then: str, tags: str = "@第2") -> str:
    first, *rest = then
    told = f"    ならば {first}\n" + "".join(f"    かつ {one}\n" for one in rest)
    return f"# language: ja\n{tags}\n機能: 閲覧\n  シナリオ: 甲\n{given}{ASKED}{told}"


@pytest.fixture
def file(law: Law) -> Iterator[Path]:
    """Where features of the force stand; gone after the test."""
    path = law.root / "features/local/sample-force/eizo.feature"
    path.parent.mkdir(parents=True, exist_ok=True)
    yield path
    path.unlink(missing_ok=True)


@pytest.mark.parametrize("name", HOLDS)
def test_what_a_force_has_laid_down_is_laid_over_the_law_from_the_step_on(law: Law, file: Path, name: str) -> None:
    given, *then = HOLDS[name]
    file.write_text(feature("    前提 「映像閲覧要領」による\n" + given, *then), encoding="utf-8")
    assert lint_file(file, law) == ()
    (done,) = perform(law, file)
    assert done.outcome is Outcome.PASSED, done.trouble


def test_a_force_that_is_not_there_is_named_with_the_nearest(law: Law, file: Path) -> None:
    given = "    前提 「映像閲覧要領」による\n    かつ 「架空西署」の定めによる\n"
    file.write_text(feature(given + VIEWED, "許可される"), encoding="utf-8")
    (found,) = lint_file(file, law)
    assert (found.code, found.where.line) == ("TS382", 6) and "架空北署" in found.mend_ja


def test_the_words_of_a_force_are_known_only_where_its_step_was_said(law: Law, file: Path) -> None:
    file.write_text(feature("    前提 「映像閲覧要領」による\n" + VIEWED + IN_ROOM, "許可される"), encoding="utf-8")
    assert [one.code for one in lint_file(file, law)] == ["TS431"]


def test_a_day_before_it_was_laid_down_is_refused(law: Law, file: Path) -> None:
    given = "    前提 「映像閲覧要領」による\n" + BY_FORCE + VIEWED + IN_ROOM
    text = feature(given, "許可される").replace("令和7年5月1日について", "令和7年4月14日について")
    file.write_text(text, encoding="utf-8")
    (done,) = perform(law, file)
    assert done.outcome is Outcome.FAILED and done.trouble is not None and "令和7年" not in done.trouble.en
    assert "2025-04-15" in done.trouble.ja


@pytest.mark.parametrize(("tags", "codes"), [("@内規/第1", []), ("@内規/第2", ["TS416"]), ("@架空", ["TS415"])])
def test_features_outside_a_directives_folder_are_tagged_by_provisions_too(
    law: Law, file: Path, tags: str, codes: list[str]
) -> None:
    given = "    前提 「映像閲覧要領」による\n" + BY_FORCE + VIEWED + IN_ROOM
    file.write_text(feature(given, "許可される", tags=tags), encoding="utf-8")
    assert [one.code for one in lint_file(file, law)] == codes
