"""``tsutatsu check``: every finding in the policy, its workflows, its documents and its features."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tsutatsu.bundle import Bundle, Reading, read_bundle
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import say
from tsutatsu.cli.law import law_root, placed
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out, put_json
from tsutatsu.cli.rendering import forget_sources, show_findings, summary
from tsutatsu.cli.workflows import workflow_findings
from tsutatsu.diagnostics import Diagnostic, Related, Severity, finding, in_file_order
from tsutatsu.sealing import digest_of, read_sealed
from tsutatsu.source import Source
from tsutatsu.words import Words

_POLL_SECONDS = 0.5
_WATCHED = ("policy", "features", "workflows", "templates")


@command(
    "check",
    Words(
        "方針、手続、文書のファイルと機能文書をすべて読み、誤りを一度に、場所・行・近い名・直し方とともに並べる。"
        "誤りがなければ 0、あれば 1 で終わる。封印した後に改訂を進めず"
        "に変えた通達も知らせる。",
        "Reads every policy file, workflow, document and feature and lists all findings at once: place, line, nearest "
        "name, mend. Exits 0 when there is no error, 1 when there is. A directive changed after it was sealed without "
        "a new revision number is named too.",
    ),
    Example("tsutatsu check", Words("備え付けの通達を調べる", "Check the shipped law")),
    Example(
        "tsutatsu check . --watch", Words("今いるフォルダーを、保存のたびに調べる", "Check this folder at every save")
    ),
)
@option(
    "--watch",
    is_flag=True,
    ja="ファイルが変わるたびに調べ直す（Ctrl-C で終わる）。",
    en="Check again whenever a file changes (Ctrl-C ends it).",
)
@option(
    "--verbose", is_flag=True, ja="助言も一つずつ示す（既定は件数だけ）。", en="Show advice too, not only how much."
)
@json_option
@law_argument
def command_(folder: str | None, watch: bool, verbose: bool, as_json: bool) -> int:
    """Checks once, or at every change."""
    root = law_root(folder)
    if not watch:
        return check(root, verbose=verbose, as_json=as_json)
    code = CLEAN
    for _ in changes(root, lambda: time.sleep(_POLL_SECONDS)):
        forget_sources()
        code = check(root, verbose=verbose, as_json=as_json)
        if not as_json:
            out().put(
                say("変更を待っている（Ctrl-C で終わる）。", "Waiting for changes (Ctrl-C ends it)."), style="quiet"
            )
    return code


def check(root: Path, *, verbose: bool, as_json: bool) -> int:
    """Shows what is found in ``root``, read anew from its files; 1 where anything is an error."""
    reading = read_bundle(root)
    law = reading.bundle
    found = [*reading.findings, *seal_findings(law), *workflow_findings(law), *document_findings(root, reading)]
    found += feature_findings(root, law)
    findings = placed(still_open(found), root)
    wrong = any(one.severity is Severity.ERROR for one in findings)
    if as_json:
        put_json({"clean": not wrong, "findings": [one.to_dict() for one in findings], **_counts(reading.bundle)})
        return FINDINGS if wrong else CLEAN
    paper = out()
    shown = [one for one in findings if verbose or one.severity is not Severity.ADVICE]
    show_findings(paper, shown)
    if shown:
        paper.raw("")
    if findings:
        summary(paper, findings)
    if len(shown) < len(findings):
        paper.put(say("助言は --verbose で示す。", "--verbose shows the advice."), style="quiet")
    if reading.bundle is not None and not wrong:
        counts = _counts(reading.bundle)
        more = counts["workflows"]
        also = Words(f"、手続 {more}", f", {more} workflows") if more else Words("")
        paper.put(
            say(
                f"誤りはない。通達 {counts['directives']}、規範 {counts['norms']}、用語 {counts['terms']}、判断 "
                f"{counts['judgements']}{also.ja}。",
                f"No errors: {counts['directives']} directives, {counts['norms']} norms, {counts['terms']} terms, "
                f"{counts['judgements']} judgements{also.en}.",
            ),
            style="good",
        )
        paper.put(say("法令の指紋: ", "Digest of the law: ") + str(counts["digest"]), style="quiet")
    return FINDINGS if wrong else CLEAN


def still_open(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, those about passages that nothing carries yet as one for each ledger: how many, and the next."""
    kept: list[Diagnostic] = []
    waiting: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.code == "TS359":
            waiting.setdefault(one.where.file, []).append(one)
        else:
            kept.append(one)
    for each in waiting.values():
        where = min((one.where for one in each), key=lambda source: source.line)
        kept.append(finding("TS672", where, (), count=len(each), place=where.provision or ""))
    return list(in_file_order(kept))


def seal_findings(bundle: Bundle | None) -> list[Diagnostic]:
    """Where an encoding is no longer what was sealed under its number: receipts made by it could not be redone."""
    found: list[Diagnostic] = []
    if bundle is None:
        return found
    for one in bundle.encodings:
        issued = one.header.issued.day
        assert issued is not None
        folder = bundle.folder(one.id, issued)
        where, actual = Source((folder / "directive.yaml").as_posix()), digest_of(one)
        for sealed in read_sealed(folder).revisions:
            number = sealed.directive.revision.number
            if number == one.revision.number and sealed.digest != actual:
                there = Related(Source(sealed.file.as_posix()), "封印された改訂", "the sealed revision")
                said = finding("TS606", where, (there,), revision=number, sealed=sealed.digest, new=actual)
                found.append(replace(said, severity=Severity.WARNING))
    return found


def document_findings(root: Path, reading: Reading) -> list[Diagnostic]:
    """What is found in the documents and between them and the ledgers; nothing while the law cannot be read."""
    law = reading.bundle
    if law is None or any(one.severity is Severity.ERROR for one in law.workflow_findings):
        return []
    if not (root / "templates" / "forms").is_dir() and not any(e.documents for w in law.workflows for e in w.events):
        return []
    from tsutatsu.documents.checking import Against, check_documents
    from tsutatsu.documents.reading import read_documents

    against = {(one.id, one.issued): Against(one, reading.ledgers.get((one.id, one.issued))) for one in law.directives}
    return list(check_documents(read_documents(root, law), law, law.workflows, against))


def feature_findings(root: Path, bundle: Bundle | None) -> list[Diagnostic]:
    """What is found in the features; nothing while the law itself cannot be read."""
    if bundle is None or not (root / "features").is_dir():
        return []
    from tsutatsu.gherkin.linting import lint

    return list(lint(root / "features", bundle))


def _counts(bundle: Bundle | None) -> dict[str, object]:
    if bundle is None:
        return {}
    unread = any(one.severity is Severity.ERROR for one in bundle.workflow_findings)
    return {
        "directives": len(bundle.directives),
        "norms": sum(len(one.norms) for one in bundle.directives),
        "terms": sum(len(one.terms) for one in bundle.directives),
        "judgements": sum(len(one.judgements) for one in bundle.directives),
        "workflows": 0 if unread else len(bundle.workflows),
        "forces": len(bundle.forces),
        "digest": bundle.digest,
    }


def changes(root: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Comes once at the start and once after each change to the files of ``root``."""
    seen: dict[str, tuple[int, int]] | None = None
    while True:
        now = _state(root)
        if now != seen:
            seen = now
            yield
        wait()


def _state(root: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for folder in _WATCHED:
        for path in (root / folder).rglob("*"):
            try:
                state = path.stat()
            except OSError:
                continue
            found[str(path)] = state.st_mtime_ns, state.st_size
    return found
