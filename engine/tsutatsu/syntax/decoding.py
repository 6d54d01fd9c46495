"""Bytes → text: size first, then the encoding, then the characters that nobody meant to write."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.syntax.limits import Limits

_BOM = b"\xef\xbb\xbf"
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_MAGIC = (
    (b"PK\x03\x04", "Excel / Word / ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel / Word (97–2003)"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
)
_SAMPLE = 20_000

# Control characters except tab and line feed; surrogates and the two code points that are never characters.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters that show nothing and change the meaning or the order of what stands around them.
_INVISIBLE = re.compile(
    "[\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
# Longer runs are no writing system's, and normalising them takes time that grows with their square (UAX #15 allows 30).
_PILE = 30
_PERHAPS_PILED = re.compile(f"[^\x00-\u02ff\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3]{{{_PILE + 1},}}")
_CONTROL_NAMES = {0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0B: "VT", 0x0C: "FF", 0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL"}
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]")
_EXPECTED = re.compile("[\t\r\n -~\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with line feeds only and no byte order mark; none where the bytes were refused."""

    text: str | None
    findings: tuple[Diagnostic, ...] = ()


def decode(data: bytes, file: str, limits: Limits) -> Decoded:
    """The text of ``data``, or every reason why it cannot be read."""
    top = Source(file, 1, 1)
    if len(data) > limits.bytes:
        return Decoded(None, (finding("TS101", Source(file), size=f"{len(data):,}", most=f"{limits.bytes:,}"),))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return Decoded(None, (finding("TS104", Source(file), kind=kind),))
    if encoding := _other_unicode(data) or (_is_jis(data) and "ISO-2022-JP (JIS)"):
        return Decoded(None, (finding("TS102", top, encoding=encoding),))
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return Decoded(None, (_not_utf8(body, error.start, file),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = tuple(islice(_unwanted(text, file), limits.findings + 1))
    return Decoded(None if found else text, found)


def unwanted_in(text: str, where: Source) -> Iterator[Diagnostic]:
    """The same refusals for one value, whose escapes (``"\\x00"``) may bring in what the file itself does not hold."""
    if text.isascii() and text.isprintable():
        return
    for found in _CONTROL.finditer(text):
        yield _control(found[0], where)
    for found in _INVISIBLE.finditer(text):
        yield _invisible(found[0], where)
    if _pile(text) is not None:
        yield finding("TS109", where, most=_PILE)


def _unwanted(text: str, file: str) -> Iterator[Diagnostic]:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(index: int) -> Source:
        line = bisect_right(starts, index)
        return Source(file, line, index - starts[line - 1] + 1)

    for found in _CONTROL.finditer(text):
        yield _control(found[0], place(found.start()))
    for found in _INVISIBLE.finditer(text):
        yield _invisible(found[0], place(found.start()))
    if (pile := _pile(text)) is not None:
        yield finding("TS109", place(pile), most=_PILE)


def _control(character: str, where: Source) -> Diagnostic:
    code = ord(character)
    return finding("TS105", where, character=f"{_CONTROL_NAMES.get(code, '')} U+{code:04X}".strip())


def _invisible(character: str, where: Source) -> Diagnostic:
    name = unicodedata.name(character, "")
    return finding("TS106", where, character=f"U+{ord(character):04X} {name}".strip())


def _pile(text: str) -> int | None:
    """Where more combining marks than any writing needs stand on one letter."""
    for found in _PERHAPS_PILED.finditer(text):
        run = 0
        for index in range(found.start(), found.end()):
            run = run + 1 if unicodedata.combining(text[index]) else 0
            if run > _PILE:
                return index - _PILE
    return None


def _other_unicode(data: bytes) -> str | None:
    """UTF-16 or UTF-32, told by its mark, or by reading as clean Japanese or ASCII text where UTF-8 would have NULs."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if b"\x00" not in sample or len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        if len(_EXPECTED.findall(text)) >= len(text) * 0.95:
            return "UTF-16"
    return None


def _is_jis(data: bytes) -> bool:
    return any(escape in data for escape in (b"\x1b$B", b"\x1b$@", b"\x1b(J"))


def _not_utf8(data: bytes, start: int, file: str) -> Diagnostic:
    """Why ``data`` is no UTF-8: another Japanese encoding, no text at all, or broken at ``start``."""
    readings = {name: _japanese(data, codec) for name, codec in (("Shift_JIS (CP932)", "cp932"), ("EUC-JP", "euc_jp"))}
    likely = max(readings, key=lambda name: readings[name])
    if readings[likely] > 0:
        return finding("TS102", Source(file, 1, 1), encoding=likely)
    if b"\x00" in data or len(_CONTROL.findall(data.decode("latin-1"))) > len(data) * 0.1 + 8:
        return finding("TS104", Source(file), kind="binary")
    before = data[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return finding("TS103", Source(file, line, column), byte=f"0x{data[start]:02X}")


def _japanese(data: bytes, codec: str) -> float:
    """How much of ``data``, read as ``codec``, is Japanese text; 0 where it cannot be read so."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    beyond_ascii = sum(1 for character in text if ord(character) > 0x7F)
    japanese = len(_JAPANESE.findall(text))
    if _CONTROL.search(text.replace("\r", "")) or not japanese:
        return 0.0
    share = (japanese + len(_HALF_WIDTH_KANA.findall(text)) / 2) / beyond_ascii
    return share if share > 0.4 else 0.0
