"""``tsutatsu init``: a folder of one's own, with a first policy, a first feature and editor settings."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tsutatsu.cli.editor import write_editor_files
from tsutatsu.cli.frame import Example, argument, command
from tsutatsu.cli.language import misuse, say, unwritable
from tsutatsu.cli.law import open_law
from tsutatsu.cli.layout import visible
from tsutatsu.cli.paper import out
from tsutatsu.words import Words

_RECOMMENDED = '{\n  "recommendations": ["redhat.vscode-yaml", "cucumberopen.cucumber-official"]\n}\n'


@command(
    "init",
    Words(
        "新しいフォルダーに、架空の通達「庁用自転車貸出要領」の方針、機能文書、エディターの設定を置く。そのまま "
        "check も judge も test も通る。"
        "これを書き換えて自分の通達にする。何かがあるフォルダーには書かない。",
        "Puts a made-up circular on lending bicycles into a new folder: policy, feature, editor settings. check, "
        "judge and test pass as it "
        "stands; rewrite it into your own. A folder that holds anything is left alone.",
    ),
    Example("tsutatsu init 自分の方針", Words("「自分の方針」フォルダーを作る", "Make a folder called 自分の方針")),
)
@argument(
    "folder", ja="作るフォルダー（空でなければならない）。", en="The folder to make (it must be empty).", metavar="DIR"
)
def command_(folder: str) -> None:
    """Writes the starter into ``folder``."""
    root = Path(folder)
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise misuse("TS634", path=folder)
        for path, content in sorted(starter().items()):
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        bundle = open_law(folder)
        write_editor_files(bundle, root)
        (root / ".vscode" / "extensions.json").write_text(_RECOMMENDED, encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from None
    paper = out()
    paper.put(say(f"「{folder}」を作った。", f"Made “{folder}”."), style="good")
    paper.put()
    shown = f'"{folder}"' if " " in folder else folder
    issued = bundle.directives[0].header.issued.day
    place = f"policy/{bundle.directives[0].id}/{issued}"
    paper.rows(
        [
            (
                f"{place}/",
                say(
                    "通達の方針（用語、規範、判断、解釈）", "the circular's policy: terms, norms, judgements, readings"
                ),
            ),
            ("features/", say("シナリオ（日本語）", "scenarios, in Japanese")),
            (".vscode/", say("エディターの設定と JSON Schema", "editor settings and JSON Schemas")),
        ]
    )
    paper.put()
    paper.put(say("つぎに:", "Next:"), style="head")
    shown = visible(shown)
    for line in (
        f"tsutatsu check {shown}",
        f"tsutatsu judge use {shown} --on 2026-05-11 --set {say('使用の目的=公務', 'use.purpose=duty')}",
        f"tsutatsu test {shown}",
    ):
        paper.raw(paper.paint(f"  {line}", "code"))


def starter() -> dict[str, bytes]:
    """The starter's files, by their path."""
    return dict(_walk(files("tsutatsu.cli") / "starter", ""))


def _walk(place: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in place.iterdir():
        if one.name.startswith((".", "__")):
            continue
        if one.is_dir():
            found += _walk(one, f"{path}{one.name}/")
        else:
            found.append((path + one.name, one.read_bytes()))
    return found
