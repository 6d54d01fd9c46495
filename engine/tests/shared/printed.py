"""What is printed in a text, set against what its tree holds, character by character."""

from __future__ import annotations

import re

from tsutatsu.text import Document


def squeezed(text: str) -> str:
    """The characters that are not white space."""
    return "".join(text.split())


def printed_and_held(text: str, document: Document) -> tuple[str, str]:
    """The characters printed and those held, in order; page numbers, which may stand within a sentence, at the end."""
    lines = re.split(r"\r\n|\n|\r", text)
    pages = [one for one in document.pieces() if one.kind == "頁"]
    numbers = ""
    for one in pages:
        numbers += squeezed(lines[one.where.line - 1])
        lines[one.where.line - 1] = ""
    held = "".join(squeezed(one.text) for one in document.pieces() if one.kind != "頁")
    return squeezed("".join(lines)) + numbers, held + "".join(squeezed(one.text) for one in pages)
