"""Reads a law folder's files by their shapes: what all directives share, and every version of every directive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tsutatsu.diagnostics import Diagnostic, finding, near
from tsutatsu.ir import Option, Words
from tsutatsu.passes.declare import Common
from tsutatsu.passes.encode import Written
from tsutatsu.passes.gather import File
from tsutatsu.passes.lay_over import OwnProvisions, own_provisions
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Form, read_form
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.yaml_reader import read_yaml

_ISSUED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_SINGLE = ("directive", "vocabulary", "judgements", "readings", "ledger")
_NEEDED = ("directive", "vocabulary", "judgements")


@dataclass(frozen=True, slots=True)
class Folder:
    """A law folder read by shape: what all directives share, and each version as written."""

    common: Common
    written: tuple[Written, ...]
    forces: tuple[OwnProvisions, ...]
    """What forces have laid down for themselves."""
    findings: tuple[Diagnostic, ...]


def read_folder(files: tuple[File, ...]) -> Folder:
    """The versions that the files state; a file in the wrong place is found, never passed over."""
    findings: list[Diagnostic] = []
    shared: dict[str, Form] = {}
    unsound: set[tuple[str, ...]] = set()
    forces: list[OwnProvisions] = []
    versions: dict[tuple[str, str], dict[str, Form]] = {}
    for file in files:
        parts = file.path.split("/")[1:]
        kind = _kind(parts)
        if kind is None:
            known = [*(f"{stem}.yaml" for stem in _SINGLE), "norms", "common"]
            findings.append(finding("TS313", Source(file.path), file=file.path, nearest=near(parts[-1], known)))
            continue
        form, sound = _read(file, kind, findings)
        if not sound:
            unsound.add(("common",) if parts[0] == "common" else (parts[0], parts[1]))
        if kind == "local":
            forces.append(own_provisions(parts[1], form))
        elif parts[0] == "common":
            shared[kind] = form
        else:
            versions.setdefault((parts[0], parts[1]), {})[file.path] = form
    common = Common(tuple(_options(shared.get("posts"), "posts")), tuple(_options(shared.get("ranks"), "ranks")))
    written = [
        _written(key, forms, key not in unsound and ("common",) not in unsound, findings)
        for key, forms in sorted(versions.items())
    ]
    return Folder(common, tuple(one for one in written if one is not None), tuple(forces), tuple(findings))


def read_posts(file: File) -> tuple[Option, ...]:
    """The posts that the list of posts states; what is wrong with it is found when the law is read."""
    form, _ = _read(file, "posts", [])
    return tuple(_options(form, "posts"))


def _kind(parts: list[str]) -> str | None:
    """Which kind of file stands at this path below policy/."""
    match parts:
        case ["common", name] if name in ("posts.yaml", "ranks.yaml", "holidays.yaml"):
            return name.removesuffix(".yaml")
        case ["local", force, "local.yaml"] if _ID.fullmatch(force):
            return "local"
        case [directive, issued, name] if _ID.fullmatch(directive) and _ISSUED.fullmatch(issued):
            stem = name.removesuffix(".yaml")
            return stem if name.endswith(".yaml") and stem in _SINGLE else None
        case [directive, issued, "norms", name] if _ID.fullmatch(directive) and _ISSUED.fullmatch(issued):
            return "norms" if name.endswith(".yaml") else None
        case _:
            return None


def _read(file: File, kind: str, findings: list[Diagnostic]) -> tuple[Form, bool]:
    """The file as a form, and whether it is sound YAML."""
    read = read_yaml(file.data, file.path)
    findings.extend(read.findings)
    if read.node is None:
        return Form(kind, Source(file.path)), False
    return read_form(read.node, FILES[kind], findings), read.sound


def _options(form: Form | None, word: str) -> Iterator[Option]:
    if form is not None:
        for key, words in form.rows(word):
            if isinstance(words, Words):
                yield Option(key.text, words)


def _written(key: tuple[str, str], forms: dict[str, Form], sound: bool, findings: list[Diagnostic]) -> Written | None:
    directive, issued = key
    base = f"policy/{directive}/{issued}"
    single = {stem: forms.get(f"{base}/{stem}.yaml") for stem in _SINGLE}
    norms = tuple(form for path, form in sorted(forms.items()) if path.startswith(f"{base}/norms/"))
    for stem in _NEEDED:
        if single[stem] is None:
            findings.append(finding("TS308", Source(base), file=f"{base}/{stem}.yaml"))
    if not norms:
        findings.append(finding("TS319", Source(base), file=f"{base}/norms"))
    if single["directive"] is None:
        return None

    def form(stem: str) -> Form:
        return single[stem] or Form(stem, Source(f"{base}/{stem}.yaml"))

    return Written(
        directive,
        issued,
        Source(base),
        form("directive"),
        form("vocabulary"),
        norms,
        form("judgements"),
        form("readings"),
        single["ledger"],
        sound and bool(norms) and all(single[stem] is not None for stem in _NEEDED),
    )
