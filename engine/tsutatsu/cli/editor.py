"""Editor settings: JSON Schemas of a folder's policy files, and where a YAML language server finds them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from tsutatsu.bundle import Bundle
from tsutatsu.passes.offer_words import offer_words
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.schema import file_schema

SETTINGS: Final = ".vscode/settings.json"
_SCHEMAS: Final = ".vscode/schemas"
_COMMON: Final = ("posts", "ranks", "holidays")
_LOCAL: Final = "local"
_SETTINGS: Final = {
    "yaml.completion": True,
    "yaml.hover": True,
    "yaml.validate": True,
    "yaml.format.enable": False,
    "files.encoding": "utf8",
    "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
}
"""What new settings say besides the wiring."""


@dataclass(frozen=True, slots=True)
class Written:
    """Which files were written, and the wiring where the settings that stand there could not be read to take it."""

    files: tuple[str, ...]
    unmerged: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Schema:
    """A schema's file, the policy files it is for, and its content."""

    path: str
    place: str
    content: str


def write_editor_files(bundle: Bundle, root: Path) -> Written:
    """Writes the schemas beneath ``root`` and wires them; of settings that stand already only ``yaml.schemas`` is
    written: schemas of other makers stay wired, and those of circulars that are gone do not."""
    schemas = tuple(_schemas(bundle))
    for one in schemas:
        _write(root / one.path, one.content)
    written = [one.path for one in schemas]
    wiring = {f"./{one.path}": one.place for one in schemas}
    file = root / SETTINGS
    if not file.exists():
        _write(file, _json({"yaml.schemas": wiring, **_SETTINGS}))
        return Written((*written, SETTINGS))
    before = file.read_bytes().decode("utf-8-sig", "replace")
    after = _rewired(before, wiring)
    if after is None:
        return Written(tuple(written), wiring)
    if after != before:
        _write(file, after)
        written.append(SETTINGS)
    return Written(tuple(written))


def _rewired(settings: str, wiring: dict[str, str]) -> str | None:
    """The settings with our schemas wired; the same where they are already; nothing where they are not JSON."""
    try:
        held: object = json.loads(settings or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict):
        return None
    every = cast("dict[str, object]", held)
    wired = every.get("yaml.schemas", {})
    if not isinstance(wired, dict):
        return None
    others = {
        schema: place
        for schema, place in cast("dict[str, object]", wired).items()
        if not schema.removeprefix("./").startswith(f"{_SCHEMAS}/")
    }
    if wired == {**others, **wiring}:
        return settings
    indent = re.search(r"\n([ \t]+)\S", settings)
    return _json({**every, "yaml.schemas": {**others, **wiring}}, indent[1] if indent else 2)


def _schemas(bundle: Bundle) -> Iterator[_Schema]:
    """The schema of each kind of policy file, those of a circular completing its own words."""
    for kind in _COMMON:
        yield _Schema(f"{_SCHEMAS}/common/{kind}.json", f"policy/common/{kind}.yaml", _json(file_schema(kind)))
    yield _Schema(f"{_SCHEMAS}/{_LOCAL}.json", "policy/local/*/local.yaml", _json(file_schema(_LOCAL)))
    for directive in bundle.directives:
        issued = directive.header.issued.day
        assert issued is not None
        words = offer_words(directive)
        for kind in FILES:
            if kind in (*_COMMON, _LOCAL):
                continue
            place = f"policy/{directive.id}/{issued}/" + ("norms/*.yaml" if kind == "norms" else f"{kind}.yaml")
            if kind == "workflow":
                place = f"workflows/{directive.id}/{issued}/*.yaml"
            if kind == "document":
                place = f"templates/forms/{directive.id}/{issued}/*.yaml"
            content = _json(file_schema(kind, words))
            yield _Schema(f"{_SCHEMAS}/{directive.id}/{issued}/{kind}.json", place, content)


def _write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def _json(value: object, indent: int | str = 2) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
