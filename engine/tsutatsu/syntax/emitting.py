"""Writes policy files: ledgers, and plain text as scalars that the strict reader reads back unchanged."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tsutatsu.text.ledger import Entry, Ledger

_PLAIN: Final = re.compile(r"[^\W\d_][^\s,:#\[\]{}&*!|>'\"%@`?、：　]*", re.UNICODE)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"})
_SPECIAL: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"})


def scalar(text: str) -> str:
    """``text`` as a scalar of a policy file, quoted where it would not be read back as itself."""
    if _PLAIN.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    return '"' + text.translate(_ESCAPES) + '"'


def ledger_text(ledger: Ledger, title: str) -> str:
    """ledger.yaml: one line a passage, in the order of the text."""
    return "\n".join(_lines(ledger, title)) + "\n"


def _lines(ledger: Ledger, title: str) -> Iterator[str]:
    yield f"# {' '.join(title.split())} の台帳: 文ごとの扱いと、それを担うもの。文は置かず、指紋だけを置く。"
    yield "全文:"
    yield f"  文: {ledger.count}"
    yield f'  指紋: "{ledger.digest}"'
    yield "台帳:" if ledger.entries else "台帳: []"
    part = ""
    for entry in ledger.entries:
        head = entry.path.partition("/")[0]
        if head != part:
            yield f"  # {head}"
            part = head
        yield _line(entry)


def _line(entry: Entry) -> str:
    pairs = [
        ("条項", scalar(entry.path)),
        ("文番号", str(entry.number)),
        ("役", entry.role.value),
        ("扱い", entry.treatment.value),
    ]
    if entry.carriers:
        pairs.append(("先", _flow(entry.carriers)))
    if entry.recheck:
        pairs.append(("要確認", "true"))
    if entry.waiver is not None:
        one = entry.waiver
        day = one.day.isoformat() if one.day else ""
        pairs.append(
            (
                "免除",
                f"{{職: {scalar(one.post)}, 決めた人: {scalar(one.person)}, 日: {day}, 理由: {scalar(one.reason)}}}",
            )
        )
    pairs.append(("指紋", f'"{entry.digest}"'))
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def _flow(items: Iterable[str]) -> str:
    return "[" + ", ".join(scalar(one) for one in items) + "]"
