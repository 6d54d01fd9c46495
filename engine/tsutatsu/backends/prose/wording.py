"""How names and words are set into a sentence, whatever they contain."""

import unicodedata

MOST = 200
"""The longest name or text that a sentence carries; more is cut, and seen to be cut."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def shown(text: str) -> str:
    """``text`` on one line, with what the eye cannot see (controls, direction marks, line breaks) spelt out."""
    cut = text[:MOST]
    made = "".join(_spelt(ch) if unicodedata.category(ch) in _UNSEEN else ch for ch in cut)
    return made if len(text) <= MOST else f"{made}…"


def seen(text: str) -> str:
    """``text`` whole and with its line breaks, everything else that the eye cannot see spelt out."""
    if text.isprintable():
        return text
    return "".join(_spelt(ch) if ch != "\n" and unicodedata.category(ch) in _UNSEEN else ch for ch in text)


def quoted(text: str, lang: str) -> str:
    """``text`` in the marks of the language, such marks inside it made inner ones."""
    inside = shown(text)
    if lang == "en":
        return f"“{inside.replace('“', '‘').replace('”', '’')}”"
    return f"「{inside.replace('「', '『').replace('」', '』')}」"


def sentence(text: str) -> str:
    """``text`` without the stop that ends it."""
    return text.strip().rstrip("。．.").rstrip()


def _spelt(ch: str) -> str:
    code = ord(ch)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
