"""Editor settings: JSON Schemas of a folder's policy files, and where a YAML language server finds them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.passes.offer_words import offer_words
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.schema import file_schema

SETTINGS: Final = ".vscode/settings.json"
_SCHEMAS: Final = ".vscode/schemas"
_COMMON: Final = ("posts", "ranks", "holidays")


def editor_files(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """The files that wire an editor to this law: their paths from its root, and their contents."""
    wiring: dict[str, str] = {}
    for kind in _COMMON:
        path = f"{_SCHEMAS}/common/{kind}.json"
        wiring[f"./{path}"] = f"policy/common/{kind}.yaml"
        yield path, _json(file_schema(kind))
    for directive in bundle.directives:
        issued = directive.header.issued.day
        assert issued is not None
        words = offer_words(directive)
        for kind in FILES:
            if kind in _COMMON:
                continue
            path = f"{_SCHEMAS}/{directive.id}/{issued}/{kind}.json"
            place = f"policy/{directive.id}/{issued}/" + ("norms/*.yaml" if kind == "norms" else f"{kind}.yaml")
            wiring[f"./{path}"] = place
            yield path, _json(file_schema(kind, words))
    yield (
        SETTINGS,
        _json(
            {
                "yaml.schemas": wiring,
                "yaml.completion": True,
                "yaml.hover": True,
                "yaml.validate": True,
                "yaml.format.enable": False,
                "files.encoding": "utf8",
                "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
            }
        ),
    )


def write_editor_files(bundle: Bundle, root: Path) -> list[str]:
    """Writes them beneath ``root`` (settings that stand there already are kept), and says which."""
    written: list[str] = []
    for path, content in editor_files(bundle):
        file = root / path
        if path == SETTINGS and file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
