"""``tsutatsu test``: the scenarios of the features, run."""

import contextlib
import io
import os
import tempfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, parse

from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import VARIABLE, lang, say
from tsutatsu.cli.law import open_law, placed
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out, put_json
from tsutatsu.cli.rendering import show_findings, summary
from tsutatsu.diagnostics import Severity
from tsutatsu.words import Words

_OUTCOMES: Final = {"failure": "failed", "error": "error", "skipped": "skipped"}


@command(
    "test",
    Words(
        "features/ のシナリオを、同じフォルダーの方針で実行する。先に書き方を調べ（--lint-only ならそこまで）、誤りが"
        "あれば実行しない。方針と機能文書だけが"
        "あればよく、Python は要らない。すべて通れば 0、通らなければ 1。",
        "Runs the scenarios in features/ on the policy of the same folder. The features are linted first "
        "(--lint-only stops there) and not "
        "run where that finds an error. Nothing but policy and features is needed. Exits 0 when all pass, else 1.",
    ),
    Example(
        "tsutatsu test .", Words("今いるフォルダーのシナリオをすべて実行する", "Run every scenario of this folder")
    ),
    Example("tsutatsu test -k 夜間", Words("名に「夜間」を含むものだけ実行する", "Run those with 夜間 in their names")),
)
@option(
    "-k",
    "word",
    metavar="WORD",
    ja="名にこの語を含むシナリオだけを実行する。",
    en="Run only scenarios whose names hold this word.",
)
@option("--lint-only", is_flag=True, ja="書き方を調べるだけで、実行しない。", en="Lint only; run nothing.")
@json_option
@law_argument
def command_(folder: str | None, word: str | None, lint_only: bool, as_json: bool) -> int:
    """Lints, then runs."""
    bundle = open_law(folder)
    from tsutatsu.gherkin.linting import feature_files, lint

    findings = placed(lint(bundle.root / "features", bundle), bundle.root)
    wrong = any(one.severity is Severity.ERROR for one in findings)
    if lint_only or wrong:
        if as_json:
            put_json({"clean": not wrong, "findings": [one.to_dict() for one in findings], "scenarios": []})
        else:
            paper = out()
            show_findings(paper, findings)
            if findings:
                paper.put()
                summary(paper, findings)
            if not wrong:
                count = len(feature_files(bundle.root / "features"))
                paper.put(say(f"機能文書 {count} 個に誤りはない。", f"No errors in {count} features."), style="good")
        return FINDINGS if wrong else CLEAN
    if not as_json:
        show_findings(out(), findings)
        out().stream.flush()
    with _spoken():
        arguments = ["-q", *(["-k", word] if word else [])]
        return _run_as_json(bundle.root, arguments) if as_json else _run(bundle.root, arguments)


def _run(root: Path, arguments: Sequence[str]) -> int:
    from tsutatsu.gherkin.running import run

    return run(root, arguments)


def _run_as_json(root: Path, arguments: Sequence[str]) -> int:
    """Runs quietly, and tells from pytest's own report what came of each scenario."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        with contextlib.redirect_stdout(io.StringIO()):
            code = _run(root, [*arguments, f"--junitxml={report}"])
        scenarios = list(_scenarios(report)) if report.exists() else []
    put_json({"clean": code == CLEAN, "findings": [], "scenarios": scenarios})
    return code


def _scenarios(report: Path) -> Iterator[dict[str, object]]:
    for case in parse(report).getroot().iter("testcase"):  # noqa: S314 (our own report)
        wrong = next((child for child in case if child.tag in _OUTCOMES), None)
        yield {
            "feature": case.get("classname"),
            "scenario": case.get("name"),
            "outcome": "passed" if wrong is None else _OUTCOMES[wrong.tag],
            "message": _message(wrong),
        }


def _message(wrong: Element | None) -> str | None:
    if wrong is None:
        return None
    return (wrong.text or wrong.get("message") or "").strip() or None


@contextlib.contextmanager
def _spoken() -> Generator[None]:
    """The language of this run, told to the plugin, which knows it from the environment."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = lang()
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
