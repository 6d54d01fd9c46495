"""Where templates run: no file, no network, no sums, work and output bounded, and no markup that does anything."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final
from unicodedata import category

from jinja2 import TemplateError, nodes, pass_context
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from tsutatsu.backends.prose import seen

STEP: Final = 50
"""What a turn of a loop, or a call, costs; a character that is put out costs one."""
DEEPEST: Final = 100
"""How deep the markup of a page may nest."""
_VIEWS: Final = ("get", "items", "keys", "values")
_TAGS: Final = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "div", "p",
        "span", "br", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
        "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "b", "i", "em", "strong", "small",
        "u", "sub", "sup", "ruby", "rt", "rp",
    }
)  # fmt: skip
_VOID: Final = frozenset({"meta", "br", "hr", "col"})
_ATTRIBUTES: Final = frozenset({"charset", "class", "content", "http-equiv", "id", "lang", "name", "role"})
_SPANS: Final = frozenset({"colspan", "rowspan", "span"})

_left: ContextVar[list[int]] = ContextVar("what a rendering may still do")


class TooMuch(TemplateError):
    """A template that does more than one page needs."""


@contextmanager
def bounded(work: int) -> Generator[None]:
    """Within, templates may do so much in all; beyond it they are stopped."""
    before = _left.set([work])
    try:
        yield
    finally:
        _left.reset(before)


def charge(work: int) -> None:
    """Takes from what may still be done."""
    left = _left.get(None)
    if left is None:
        return
    left[0] -= work
    if left[0] < 0:
        raise TooMuch


class Sandbox(SandboxedEnvironment):
    """A sandbox in which values can be laid out, and nothing be made of them."""

    def __init__(self, *, filters: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 (the library's own)
        super().__init__(**options)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in filters}
        self.filters |= {"counted": _counted, "join": _joined}

    def is_safe_callable(self, obj: object) -> bool:
        """Macros, blocks, and the views of a mapping; no method of a value."""
        charge(STEP)
        own = getattr(obj, "__self__", None)
        return isinstance(obj, Macro | BlockReference) or (
            isinstance(own, Mapping) and getattr(obj, "__name__", "") in _VIEWS
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """A template whose loops are counted; refused where it computes, or switches escaping off."""
        hidden = next((ch for ch in source if _hidden(ch)), "")
        if hidden:
            raise TemplateError(f"U+{ord(hidden):04X}")
        parsed: Any = super()._parse(source, name, filename)
        switch = (nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)
        if parsed.find(switch):
            raise TemplateError("autoescape")
        for one in parsed.find_all((nodes.BinExpr, nodes.Concat)):
            if not isinstance(one, nodes.And | nodes.Or):
                raise TemplateError(f"{type(one).__name__.lower()} (line {one.lineno})")
        for one in list(parsed.find_all(nodes.For)):
            if one.recursive:
                raise TemplateError(f"recursive (line {one.lineno})")
            one.iter = nodes.Filter(one.iter, "counted", [], [], None, None, lineno=one.lineno, environment=self)
        return parsed  # type: ignore[no-any-return]


@pass_context
def _counted(_: Context, value: Iterable[object]) -> Iterable[object]:
    for one in value:
        charge(STEP)
        yield one


def _joined(value: Iterable[object], d: str = "") -> str:
    parts = [one if isinstance(one, str) else str(one) for one in value]
    charge(sum(STEP + len(d) + len(one) for one in parts))
    if not any(isinstance(one, Markup) for one in parts):
        return d.join(parts)
    return escape(seen(d)).join(one if isinstance(one, Markup) else escape(seen(one)) for one in parts)


def active(page: str, style: str) -> str:
    """The first thing on a page that does more than lay out words, or nothing; ``style`` is what it may have of it."""
    watch = _Watch(style)
    try:
        watch.feed(page)
        watch.close()
    except AssertionError:  # what the parser says of a declaration that it cannot follow
        return "<!"
    return watch.found


class _Watch(HTMLParser):
    """Finds what is not plain layout."""

    def __init__(self, style: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found = ""
        self._style = style
        self._open: list[str] = []
        self._begun = False

    def _find(self, what: str) -> None:
        self.found = self.found or what

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._find(f"<{tag}>")
        for name, value in attrs:
            if not _plain(name, value or ""):
                self._find(f"<{tag} {name}>")
        if tag not in _VOID:
            self._open.append(tag)
        if len(self._open) > DEEPEST:
            self._find(f"<{tag}> × {DEEPEST}")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            if data != self._style:
                self._find("<style>")
        elif "<" in data:
            self._find("<")

    def handle_charref(self, name: str) -> None:
        if _hidden(unescape(f"&#{name};")[:1]):
            self._find(f"&#{name};")

    def handle_entityref(self, name: str) -> None:
        if _hidden(unescape(f"&{name};")[:1]):
            self._find(f"&{name};")

    def handle_decl(self, decl: str) -> None:
        if self._begun or decl.lower() != "doctype html":
            self._find("<!")
        self._begun = True

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self._find("<!--")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._find("<?")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._find("<![")


def _hidden(ch: str) -> bool:
    """Whether the eye cannot see it, a line's end and a tab aside."""
    return ch not in "\n\r\t" and category(ch) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _plain(name: str, value: str) -> bool:
    if name in _SPANS:
        return value.isascii() and value.isdigit() and len(value) <= 2
    if name == "http-equiv":
        return value == "Content-Security-Policy"
    return name in _ATTRIBUTES or name.startswith(("data-", "aria-"))
