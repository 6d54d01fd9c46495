"""Pages as HTML: the templates of the package, filled. Whatever the law or a text contains, it stays words."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Undefined
from markupsafe import Markup

from tsutatsu.backends import prose
from tsutatsu.bundle import shipped_root
from tsutatsu.site.nodes import Review
from tsutatsu.version import VERSION
from tsutatsu.words import Words

GENERATOR: Final = "tsutatsu review"
"""What a page names as its maker, by which a page of an earlier run is known."""


def page_of(review: Review, lang: str) -> bytes:
    """The page of one issue; ``lang`` is the language it opens in."""
    return _filled("review.j2", lang, review.on, review=review)


def index_of(reviews: Sequence[Review], on: date, lang: str) -> bytes:
    """The page that lists the others."""
    return _filled("index.j2", lang, on, reviews=reviews)


def _filled(name: str, lang: str, on: date, **values: object) -> bytes:
    templates = _templates()
    style, script = Markup(_source("style.css")), Markup(_source("script.js"))  # noqa: S704 (the package's own files)
    filled = templates.get_template(name).render(
        **values,
        lang=lang,
        made=Words(prose.tell_day(on, "ja"), prose.tell_day(on, "en")),
        generator=GENERATOR,
        version=VERSION,
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return filled.encode("utf-8")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    return made


def _finalized(value: object) -> object:
    if isinstance(value, Undefined | Markup):
        return value
    return prose.seen(value) if isinstance(value, str) else value


@cache
def _source(name: str) -> str:
    return (shipped_root() / "templates" / "site" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The digest by which the page's own style and script, and no others, may run."""
    return b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
