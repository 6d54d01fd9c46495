"""A page that is followed: its files written, its edits made, its commands run, what they print held to the page."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(
    r"(?:^<!-- (?P<deed>file|edit|fill): (?P<path>\S+) -->\n)?^```(?P<kind>[a-z]+)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
PASSING = re.compile(r"(?<=sha256:)[0-9a-f]{64}|(?<= in )[0-9.]+s$", re.MULTILINE)
"""What differs from run to run: fingerprints that hold the day, and how long it took."""
REWRITE = os.environ.get("TSUTATSU_REWRITE_SNAPSHOTS") == "1"
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One block of a page: a file to write, an edit, a draft to fill in, or commands with what they print."""

    deed: str
    path: str
    kind: str
    body: str


def steps_of(text: str) -> list[Step]:
    """The steps of a page in their order."""
    return [Step(m["deed"] or "run", m["path"] or "", m["kind"], m["body"]) for m in BLOCK.finditer(text)]


def follow(page: Path, folder: Path, lang: str) -> None:
    """Does what the page says in ``folder``; TSUTATSU_REWRITE_SNAPSHOTS=1 puts what is printed today into the page."""
    text = page.read_text(encoding="utf-8")
    fresh = text
    said: dict[str, str] = {}
    for step in steps_of(text):
        place = folder / step.path
        match step.deed:
            case "file":
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(step.body, encoding="utf-8")
            case "edit":
                place.write_text(edited(place.read_text(encoding="utf-8"), step.body), encoding="utf-8")
            case "fill":
                place.write_text(filled(place.read_text(encoding="utf-8"), step.body), encoding="utf-8")
            case _ if step.kind == "sh":
                said |= exported(step.body)
            case _:
                assert step.kind == "console", step
                shown = "".join(printed(line, folder, lang, said) for line in commands(step.body))
                if REWRITE:
                    fresh = fresh.replace(step.body, shown, 1)
                else:
                    assert step.body == shown, page.name
    if REWRITE:
        page.write_text(fresh, encoding="utf-8")


def commands(body: str) -> list[str]:
    """The command lines of a console block."""
    found = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
    assert found
    return found


def exported(body: str) -> dict[str, str]:
    """What a block of ``export NAME=VALUE …`` puts into the environment."""
    word, *pairs = shlex.split(body)
    assert word == "export"
    assert pairs
    return dict(pair.split("=", 1) for pair in pairs)


def printed(line: str, folder: Path, lang: str, said: Mapping[str, str]) -> str:
    """A command line and what it prints, … standing for what passes."""
    assert line.startswith("tsutatsu ")
    done = subprocess.run(
        [str(BIN / "tsutatsu"), *shlex.split(line)[1:]],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1", "TSUTATSU_LANG": lang, "PYTHONIOENCODING": "utf-8"} | said,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout
    return f"$ {line}\n{PASSING.sub('…', done.stdout).strip(chr(10))}\n"


def edited(text: str, diff: str) -> str:
    """The text with the lines of - replaced by those of +."""
    old = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line.startswith("-"))
    new = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line.startswith("+"))
    assert text.count(old) == 1, (old, text)
    return text.replace(old, new)


def filled(text: str, norm: str) -> str:
    """The text with the commented draft that has the norm's 条項 replaced by the norm."""
    provision = re.search(r"条項: (\S+)", norm)
    assert provision is not None
    drafts = re.findall(r"(?m)^  # ── .*\n(?:  # (?!── ).*\n)+", text)
    (draft,) = (one for one in drafts if f"#   条項: {provision[1]}\n" in one)
    return text.replace(draft, norm)
