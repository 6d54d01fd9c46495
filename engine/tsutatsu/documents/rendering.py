"""A sheet as HTML: templates in a sandbox, words never markup, no name that is not there, output bounded."""

import hashlib
from base64 import b64encode
from functools import cache, lru_cache
from typing import Final

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, Undefined
from jinja2.exceptions import TemplateNotFound
from markupsafe import Markup

from tsutatsu.backends.prose import seen
from tsutatsu.bundle import shipped_root
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.documents.nodes import Document, Layout
from tsutatsu.documents.sandbox import Sandbox, TooMuch, active, bounded, charge
from tsutatsu.documents.sheet import Sheet
from tsutatsu.sealing import digest, encode_node
from tsutatsu.source import Source
from tsutatsu.version import VERSION

MOST_CHARACTERS: Final = 4_000_000
"""The longest page that a template may write."""
MOST_WORK: Final = 8
"""How much work a page may take for each of so many characters: what is put out passes several macros."""
_FILTERS: Final = ("first", "last", "length")
"""The filters that a template has, besides those of the sandbox: none of them takes escaping away."""
_SLIPS: Final = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, SyntaxError,
    MemoryError,
)  # fmt: skip
"""What comes of a template that is wrong; the last two where it nests deeper than it can be compiled."""
_SHARED: Final = ("page.j2", "fields.j2", "style.css")
_OWN: Final = "own.j2"
GENERATOR: Final = "tsutatsu document"


def html_of(sheet: Sheet, document: Document) -> str:
    """The sheet as a page that stands on its own: style within, no script, nothing fetched.

    Refused where the template cannot be used.
    """
    environment = _environment(document.template)
    file = document.source.file if not document.template else f"{document.id}.j2"
    style = Markup(_layout("style.css"))  # noqa: S704 (the package's own file)
    try:
        written = _written(environment, document, sheet, style)
        written.encode("utf-8")  # half a character, which a template can spell, is no text
    except TooMuch:
        why = f"{MOST_CHARACTERS:,}字を超える。"
        raise _unusable(file, why, f"it writes more than {MOST_CHARACTERS:,} characters.") from None
    except _SLIPS as error:
        said = seen(str(error).splitlines()[0] if str(error) else type(error).__name__)[:300]
        raise _unusable(file, said, said) from None
    found = active(written, style) if document.template else ""
    if found:
        raise _unusable(file, f"{found} は使えない。", f"{found} is not allowed.")
    return written


def _written(environment: Sandbox, document: Document, sheet: Sheet, style: Markup) -> str:
    with bounded(MOST_WORK * MOST_CHARACTERS):
        template = environment.get_template(_OWN if document.template else f"{document.layout.value}.j2")
        written: list[str] = []
        length = 0
        for part in template.generate(
            sheet=sheet,
            boxes=sheet.boxes,
            cells=sheet.cells,
            ticks=sheet.ticks,
            style=style,
            style_digest=b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
            generator=GENERATOR,
        ):
            length += len(part)
            if length > MOST_CHARACTERS:
                raise TooMuch
            written.append(part)
    return "".join(written)


def template_digest(document: Document) -> str:
    """The digest of all that decides how the document looks: declaration, template, layouts, style, this version."""
    parts = [VERSION, digest(encode_node(Document, document)), document.template]
    parts += [_layout(name) for name in (*_SHARED, f"{document.layout.value}.j2")]
    return digest("\0".join(parts).encode("utf-8"))


@lru_cache(64)
def _environment(own: str) -> Sandbox:
    """A sandbox that knows the layouts and, where there is one, the document's own template, and no other file."""
    return Sandbox(
        filters=_FILTERS,
        loader=FunctionLoader(lambda name: _source(name, own)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finalized(value: object) -> object:
    """What is put out: words with what the eye cannot see spelt out; a value of any other kind is a slip."""
    if isinstance(value, Undefined):
        return value
    if isinstance(value, str):
        charge(len(value))
        return value if isinstance(value, Markup) else seen(value)
    if type(value) is int:
        return value
    raise TypeError(f"{type(value).__name__} is no text")


def _source(name: str, own: str) -> str:
    if name == _OWN:
        return own
    known = (*_SHARED, *(f"{layout.value}.j2" for layout in Layout))
    if name not in known:
        raise TemplateNotFound(name)
    return _layout(name)


@cache
def _layout(name: str) -> str:
    return (shipped_root() / "templates" / "letters" / name).read_text(encoding="utf-8")


def _unusable(file: str, why: str, why_en: str) -> Refused:
    return Refused([finding("TS911", Source(file), (), file=file, why=why, why_en=why_en)])
