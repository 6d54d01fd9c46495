"""A page as PDF: the same bytes for the same page, nothing fetched, the Japanese font within, no character missing."""

from html.parser import HTMLParser
from importlib import import_module
from typing import Any, NoReturn

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.documents.fonts import Font, japanese_font, missing
from tsutatsu.documents.nodes import Document
from tsutatsu.documents.sheet import Sheet


def pdf_of(page: str, sheet: Sheet, document: Document) -> bytes:
    """The page as PDF. Refused where the library or the font is not here, or a character is not in the font."""
    library = typesetter()
    font = japanese_font()
    lacking = missing(sheet, document, _text(page), font)
    if lacking:
        raise Refused(lacking)
    dressed = library.CSS(string=f'html {{ font-family: "{font.family}" }}', url_fetcher=_nothing)
    made = library.HTML(string=page, url_fetcher=_nothing).render(stylesheets=[dressed])
    written: bytes = made.write_pdf()
    _only(made, font)
    return written


def typesetter() -> Any:  # noqa: ANN401 (a library that may not be here)
    """The library that sets PDFs; refused where it, or what it stands on, cannot be used."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise Refused([finding("TS912", why=why)]) from None


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    """Fetches nothing: neither files nor the network are a document's."""
    raise ValueError(url)


def _only(made: Any, font: Font) -> None:  # noqa: ANN401
    """Refuses a PDF into which another font has come: some character was not in ours after all."""
    others = {one.family for one in made.fonts.values() if one.family != font.family}
    if others:
        where = "、".join(sorted(others))
        raise Refused([finding("TS914", place=where, place_en=where, character="?", point="?", font=font.family)])


class _Words(HTMLParser):
    """Gathers the words of a page: what stands between its tags, style and head aside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "style":
            self._aside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._aside -= 1

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.words.append(data)


def _text(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.words)
