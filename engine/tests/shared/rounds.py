"""The sample law with a clock that never ends and a judgement of single slips, and the workflow of its rounds."""

from pathlib import Path
from typing import Final

from tsutatsu.bundle import encode_files
from tsutatsu.diagnostics import Diagnostic, Severity
from tsutatsu.ir import Directive
from tsutatsu.judging.workable import find_unworkable
from tsutatsu.passes.gather import File, gather_files
from tsutatsu.passes.read_workflows import read_workflows

_TESTS: Final = Path(__file__).parent.parent
ISSUE: Final = "sample/2025-01-10"
PLACE: Final = f"workflows/{ISSUE}/rounds.yaml"
ROUNDS: Final = (_TESTS / "workflows/rounds.yaml").read_text(encoding="utf-8")
_MORE: Final = {
    "vocabulary.yaml": '  当直時間帯: {英: duty hours, 毎日: {から: "17:15", まで: "08:30"}}\n',
    "judgements.yaml": "  - {id: slip, 名: 票の扱い, 英: handling a slip, 単位: 記録票, 規範: [slip-kind]}\n",
    "norms/all.yaml": "  - {id: slip-kind, 条項: 第4, 力: 義務, 要件: {種類: 甲票}, 要約: 甲票を使う。}\n",
}
LAW: Final = {
    file.path: file.data.decode() + _MORE.get(file.path.removeprefix(f"policy/{ISSUE}/"), "")
    for file in gather_files(_TESTS / "language/sample").files
}
"""The law's files by path."""


def directive() -> Directive:
    """The circular that the law holds."""
    stated = encode_files(tuple(File(path, text.encode()) for path, text in sorted(LAW.items())))
    assert not [one for one in stated.findings if one.severity is Severity.ERROR], stated.findings
    (one,) = stated.directives
    return one


def findings_in(*files: File) -> list[Diagnostic]:
    """What is found in these workflows, the law asked where they can be read."""
    own = directive()
    read = read_workflows(files, [own])
    found = list(read.findings)
    if not found:
        found = [one for workflow in read.each for one in find_unworkable(workflow, own)]
    return found
