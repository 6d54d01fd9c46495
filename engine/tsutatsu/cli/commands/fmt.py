"""``tsutatsu fmt``: keywords in one language."""

from collections.abc import Sequence
from pathlib import Path

import click

from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import say, unwritable
from tsutatsu.cli.law import law_root, placed, writable_root
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import err, out, put_json
from tsutatsu.cli.rendering import show_findings
from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding
from tsutatsu.passes.gather import File, Gathered, gather_documents, gather_files, gather_workflows
from tsutatsu.source import Source
from tsutatsu.syntax.fmt import Formatted, format_keywords
from tsutatsu.syntax.yaml_reader import read_yaml
from tsutatsu.words import Words


@command(
    "fmt",
    Words(
        "方針と手続のファイルのキーワード（通達、場合、要件、以上など）を日本語か英語に揃える。書き換えるのはキーワードの文"
        "字だけで、注釈、順序、空白、用語、"
        "文はそのまま残る。書き換えるフォルダーは必ず書く。--check は書き換えずに、揃っていない所を指摘し"
        "て 1 で終わる。",
        "Writes the keywords of policy files and workflows (通達/title, 場合/when, 以上/at_least …) in Japanese or in "
        "English. Only keyword tokens change: "
        "comments, order, blanks, terms and sentences stay as they are. The folder to "
        "rewrite must be named. --check rewrites nothing and exits 1 where "
        "anything would change.",
    ),
    Example(
        "tsutatsu fmt .",
        Words("今いるフォルダーのキーワードを日本語に揃える", "Write the keywords of this folder in Japanese"),
    ),
    Example(
        "tsutatsu fmt --keywords en --check .",
        Words("英語に揃っているかを調べるだけ", "Only see whether they are in English"),
    ),
)
@option(
    "--keywords",
    type=click.Choice(["ja", "en"]),
    default="ja",
    ja="揃える言語（既定は ja）。",
    en="The language to write them in (ja, by default).",
)
@option(
    "--check",
    is_flag=True,
    ja="書き換えず、揃っていなければ 1 で終わる。",
    en="Rewrite nothing; exit 1 where something would change.",
)
@json_option
@argument(
    "folder",
    ja="policy を含むフォルダー。--check のほかは必ず書く。",
    en="The folder that holds policy/; it must be named but for --check.",
    metavar="[DIR]",
    required=False,
)
def command_(folder: str | None, keywords: str, check: bool, as_json: bool) -> int:
    """Rewrites the files that need it, or names them."""
    root = law_root(folder) if check else writable_root(folder, "fmt")
    every = (gather_files(root), gather_workflows(root), gather_documents(root))
    gathered = Gathered(
        tuple(file for one in every for file in one.files), tuple(found for one in every for found in one.findings)
    )
    changed: list[tuple[File, Formatted]] = []
    unread: list[Diagnostic] = list(gathered.findings)
    for file in gathered.files:
        kind = kind_of(file.path)
        if kind is None:
            continue
        done = format_keywords(file.data, file.path, kind, "en" if keywords == "en" else "ja")
        if done is None:
            unread += [one for one in read_yaml(file.data, file.path).findings if one.severity is Severity.ERROR]
        elif done.edits:
            changed.append((file, done))
    if unread:
        raise Refused(placed(unread, root))
    if not check:
        for file, done in changed:
            _write(root / file.path, done.data)
    if as_json:
        put_json([{"file": file.path, "keywords": len(done.edits), "written": not check} for file, done in changed])
    elif check and changed:
        show_findings(err(), placed(_would_change(changed), root))
    else:
        _show(changed)
    return FINDINGS if check and changed else CLEAN


def kind_of(path: str) -> str | None:
    """The kind of policy file that stands at ``path``."""
    from tsutatsu.syntax.grammar import FILES

    parts = path.split("/")
    name = "norms" if len(parts) > 2 and parts[-2] == "norms" else parts[-1].removesuffix(".yaml")
    beside = {"workflows": "workflow", "templates": "document"}
    if parts[0] in beside or name in beside.values():
        name = beside.get(parts[0], "")
    return name if path.endswith(".yaml") and name in FILES else None


def _would_change(changed: Sequence[tuple[File, Formatted]]) -> list[Diagnostic]:
    return [
        finding("TS643", Source(file.path, done.edits[0].line, done.edits[0].column), count=len(done.edits))
        for file, done in changed
    ]


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from None


def _show(changed: Sequence[tuple[File, Formatted]]) -> None:
    paper = out()
    for file, done in changed:
        paper.put(say(f"{file.path}: {len(done.edits)} か所", f"{file.path}: {len(done.edits)} keywords"))
    if not changed:
        paper.put(say("キーワードは揃っている。", "The keywords are in one language."), style="good")
