"""The canonical form of the kernel: one JSON text for one law, without the places it was written in.

Strings stand as the kernel has them (they became NFC when they were read), so that two kernels have one text only if
they are equal. Fields are read from the node classes themselves: a new node or field needs nothing here. A field that
holds its default is left out, so that adding a field with a default changes no digest. Changing a default, a type or a
name changes what old texts mean, and asks for a new ``FORMAT``.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import TypeVar

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.ir import Directive, Value
from tsutatsu.sealing.codecs import Codec, Json, Malformed, codec_of
from tsutatsu.source import NOWHERE, Source

FORMAT = 1
"""Which canonical form this is."""

MOST_BYTES = 32 * 1024 * 1024
"""The longest canonical text that is read."""

_CODECS: dict[object, Codec] = {}

T = TypeVar("T")


def encode(directive: Directive) -> bytes:
    """The canonical text of ``directive``; equal ones have equal texts. Refused when no text can hold it."""
    return text_of({"directive": plain(directive), "format": FORMAT})


def decode(text: bytes, where: Source = NOWHERE) -> Directive:
    """The directive that a canonical text states; refused with findings when it is not one, to the last byte."""
    document = parsed(text, where)
    if document.keys() != {"directive", "format"}:
        raise Refused([finding("TS602", where, what="directive, format")])
    directive = directive_from(document["directive"], where)
    if retold(directive, where) != text:
        raise Refused([finding("TS603", where)])
    return directive


def retold(directive: Directive, where: Source) -> bytes:
    """The text of a directive that was read from ``where``; what has none was not written by ``encode``."""
    try:
        return encode(directive)
    except Refused:
        raise Refused([finding("TS603", where)]) from None


def encode_value(value: Value) -> bytes:
    """The canonical text of one value of a fact, kinds kept apart: 1 and true, a day and its text."""
    try:
        return text_of(_codec(Value).encode(value, 0))
    except Malformed as error:
        raise Refused([finding("TS601", what=error.what)]) from None


def encode_node(kind: type, node: object) -> bytes:
    """The canonical text of one node of the kernel, such as a workflow; refused when no text can hold it."""
    try:
        return text_of({"format": FORMAT, "node": _codec(kind).encode(node, 0)})
    except Malformed as error:
        raise Refused([finding("TS601", what=error.what)]) from None


def decode_node(kind: type[T], text: bytes, where: Source = NOWHERE) -> T:
    """The node of that kind that a canonical text states; refused with findings when it is not one."""
    try:
        made: T = _codec(kind).decode(parsed(text, where).get("node"))
    except Malformed as error:
        raise Refused([finding("TS602", where, what=error.what)]) from None
    except RecursionError:
        raise Refused([finding("TS604", where)]) from None
    return made


def digest_of(directive: Directive) -> str:
    """The digest of one directive: the same wherever and in whatever notation it was written."""
    return digest(encode(directive))


def digest_of_law(directives: Iterable[Directive]) -> str:
    """The digest of a body of law: the same in whatever order its directives are given."""
    return law_digest(digest_of(directive) for directive in directives)


def law_digest(digests: Iterable[str]) -> str:
    """The digest of a body of law whose directives' digests are known already."""
    return digest("\n".join(["tsutatsu-law", str(FORMAT), *sorted(set(digests))]).encode())


def digest(text: bytes) -> str:
    """How digests are written: the algorithm, then its value in hexadecimal."""
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


def plain(directive: Directive) -> Json:
    """``directive`` as plain lists and dictionaries, ready for ``text_of``."""
    try:
        return _codec(Directive).encode(directive, 0)
    except Malformed as error:
        raise Refused([finding("TS601", what=error.what)]) from None


def directive_from(document: object, where: Source = NOWHERE) -> Directive:
    """The directive that plain lists and dictionaries state."""
    try:
        made = _codec(Directive).decode(document)
    except Malformed as error:
        raise Refused([finding("TS602", where, what=error.what)]) from None
    except RecursionError:
        raise Refused([finding("TS604", where)]) from None
    assert isinstance(made, Directive)
    return made


def text_of(document: object) -> bytes:
    """The one text of a plain document: keys sorted, no white space, UTF-8."""
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise Refused([finding("TS601", what=repr(error.object[error.start : error.end]))]) from None


def parsed(text: bytes, where: Source = NOWHERE) -> dict[str, Json]:
    """The object that ``text`` holds, of a format known here; bounded by size and depth."""
    if len(text) > MOST_BYTES:
        raise Refused([finding("TS604", where)])
    try:
        document: Json = json.loads(text.decode())
    except RecursionError:
        raise Refused([finding("TS604", where)]) from None
    except ValueError:  # not UTF-8, not JSON, or a number too long to read
        raise Refused([finding("TS602", where, what="JSON")]) from None
    if document.__class__ is not dict:
        raise Refused([finding("TS602", where, what="JSON")])
    found: dict[str, Json] = document
    if str(found.get("format")) != str(FORMAT):
        raise Refused([finding("TS605", where, known=FORMAT, found=found.get("format"))])
    return found


def _codec(kind: object) -> Codec:
    """The codec of ``kind``, made on first use and kept."""
    if kind not in _CODECS:
        _CODECS[kind] = codec_of(kind)
    return _CODECS[kind]
