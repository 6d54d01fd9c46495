"""The sample law with a clock that never ends and a judgement of single slips, and the workflow of its rounds."""

from pathlib import Path
from typing import Final

from tsutatsu.bundle import encode_files
from tsutatsu.diagnostics import Diagnostic, Severity
from tsutatsu.ir import Directive
from tsutatsu.judging.workable import find_unworkable
from tsutatsu.passes.gather import File, gather_files
from tsutatsu.passes.read_workflows import POSTS, read_workflows

_TESTS: Final = Path(__file__).parent.parent
ISSUE: Final = "sample/2025-01-10"
PLACE: Final = f"workflows/{ISSUE}/rounds.yaml"
ROUNDS: Final = (_TESTS / "workflows/rounds.yaml").read_text(encoding="utf-8")
_MORE: Final = {
    "vocabulary.yaml": '  当直時間帯: {英: duty hours, 毎日: {から: "17:15", まで: "08:30"}}\n',
    "judgements.yaml": "  - {id: told, 名: 見回りの報告, 英: report of the round, 規範: [told-chief]}\n"
    "  - {id: slip, 名: 票の扱い, 英: handling a slip, 単位: 記録票, 規範: [slip-kind]}\n",
    "norms/all.yaml": "  - {id: told-chief, 条項: 第3, 力: 義務, 要件: {報告先: 課長}, 要約: 課長に報告する。,"
    " 期限: {起点: 見回りの日, 内: 報告期間, 果たした時: 報告日}}\n"
    "  - {id: slip-kind, 条項: 第4, 力: 義務, 要件: {種類: 甲票}, 要約: 甲票を使う。}\n",
}
_MORE_TERMS: Final = (
    "用語:\n  walker: {名: 見回る者, 英: who makes the round, 型: 人}\n  told: {名: 報告先, 英: reported to, 型: 職}\n"
)
LAW: Final = {
    file.path: file.data.decode().replace("用語:\n", _MORE_TERMS, 1)
    + _MORE.get(file.path.removeprefix(f"policy/{ISSUE}/"), "")
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
    posts = File(POSTS, LAW[POSTS].encode())
    read = read_workflows((*files, posts), [own])
    found = list(read.findings)
    if not found:
        found = [one for workflow in read.each for one in find_unworkable(workflow, own)]
    return found
