"""Writes the references from the code: commands, findings, keywords.

`python engine/docs/generate.py` writes what differs; with `--check` it only compares.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from tsutatsu.cli.frame import PROGRAM, load, tsutatsu
from tsutatsu.cli.language import LANGS, Lang, speak
from tsutatsu.cli.paper import Paper
from tsutatsu.cli.table import COMMANDS
from tsutatsu.diagnostics import CATALOGUE, Severity
from tsutatsu.syntax.keywords import KEYWORDS

HERE = Path(__file__).resolve().parent
_WIDTH = 92
_SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.ADVICE: "助言"}
_MADE = "<!-- Made by engine/docs/generate.py; do not edit. -->\n"


def references() -> dict[str, str]:
    """Every reference by its file's name."""
    pages = {"language.md": _language()}
    for lang in LANGS:
        suffix = ".ja.md" if lang == "ja" else ".md"
        pages[f"cli{suffix}"] = _cli(lang)
        pages[f"findings{suffix}"] = _findings(lang)
    return pages


def _cli(lang: Lang) -> str:
    speak(lang)
    head = (
        "# コマンド一覧\n\n終了コード: 0 問題なし、1 指摘あり、2 使い方の誤り、3 こちらの不具合、130 中断。\n"
        if lang == "ja"
        else "# Command reference\n\nExit codes: 0 clean, 1 findings, 2 usage, 3 our fault, 130 interrupted.\n"
    )
    parts = [_MADE, head]
    stream = io.StringIO()
    tsutatsu.page(Paper(stream, _WIDTH, coloured=False))
    parts.append(f"```text\n{stream.getvalue().rstrip()}\n```\n")
    for name in COMMANDS:
        stream = io.StringIO()
        load(name).page(Paper(stream, _WIDTH, coloured=False), f"{PROGRAM} {name}")
        parts.append(f"## {name}\n\n```text\n{stream.getvalue().rstrip()}\n```\n")
    speak("ja")
    return "\n".join(parts)


def _findings(lang: Lang) -> str:
    ja = lang == "ja"
    parts = [_MADE, "# 指摘の一覧\n" if ja else "# Findings\n"]
    for number in sorted(CATALOGUE):
        code = CATALOGUE[number]
        said, mend, page = (code.ja, code.mend_ja, code.page_ja) if ja else (code.en, code.mend_en, code.page_en)
        severity = _SEVERITIES[code.severity] if ja else code.severity.value
        how = "直し方" if ja else "Mend"
        head = f"## {number} {code.name}\n\n*{severity}* — {_escaped(said)}"
        parts.append(f"{head}\n\n{page.rstrip()}\n\n**{how}**: {_escaped(mend)}\n")
    return "\n".join(parts)


def _escaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}").replace("<", "&lt;")


def _language() -> str:
    return "\n".join([_MADE, "# Keywords of the policy language / 方針の言葉のキーワード\n", *_rows(), ""])


def _rows() -> Iterator[str]:
    yield "| 日本語 | English | 意味 | Meaning |"
    yield "|---|---|---|---|"
    for word in KEYWORDS:
        yield f"| `{word.ja}` | `{word.en}` | {word.help_ja} | {word.help_en} |"


def main() -> int:
    """Writes what differs; with ``--check`` only names it, and gives 1."""
    stale = [name for name, text in references().items() if not _same(HERE / name, text)]
    for name in stale:
        print(name)
        if "--check" not in sys.argv:
            (HERE / name).write_text(references()[name], encoding="utf-8")
    return int("--check" in sys.argv and bool(stale))


def _same(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
