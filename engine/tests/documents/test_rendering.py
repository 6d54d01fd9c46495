"""Pages: whatever people write stays words, templates cannot leave their sandbox, and nothing is without bounds."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import document, law_of, made_of

from tsutatsu.diagnostics import Refused
from tsutatsu.documents import rendering
from tsutatsu.documents.filling import MOST, blank, filled
from tsutatsu.documents.rendering import html_of, template_digest

FORM = document("request-form")
LAW = law_of(FORM)


class Seen(HTMLParser):
    """The tags of a page, and the words of one cell."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words: dict[str, str] = {}
        self._cell: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "span":
            self._cell.append(dict(attrs).get("data-cell") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._cell.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._cell):
            self.words[name] = self.words.get(name, "") + data


PLAIN = Seen(html_of(filled(FORM, made_of({})), FORM))
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{ sheet.__class__ }}{% for a in b %}",
    "</td></tr></table><h1>不許可</h1>",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "url(file:///etc/passwd)",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_written_into_a_box_stays_words(words: str) -> None:
    page = Seen(html_of(filled(FORM, made_of({}), {"outline": words, "remarks": words}), FORM))
    assert page.words["outline"] == page.words["remarks"] == words
    assert page.tags == PLAIN.tags or page.tags.count("script") == page.tags.count("img") == 0


@given(st.text(max_size=40))
def test_any_words_come_out_as_they_are_or_spelt_out(words: str) -> None:
    page = html_of(filled(FORM, made_of({}), {"officer-name": words}), FORM)
    seen = Seen(page).words.get("officer-name", "")
    assert not any(0x202A <= ord(ch) <= 0x202E or 0x2066 <= ord(ch) <= 0x2069 for ch in page)
    if words.isprintable() and words.strip() and len(words) <= 30:
        assert seen == words


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\ufeff", "\u2028"])
def test_what_the_eye_cannot_see_is_spelt_out(mark: str) -> None:
    page = html_of(filled(FORM, made_of({}), {"officer-name": f"山田{mark}太郎"}), FORM)
    assert mark not in page and f"山田\\u{ord(mark):04x}太郎" in page


def test_a_recorded_value_is_escaped_as_well_and_bounded() -> None:
    hostile = {"form.requester": True, "form.submitter": "<b>\u202e山田</b>"}
    page = html_of(filled(FORM, made_of(hostile)), FORM)
    assert "&lt;b&gt;\\u202e山田&lt;/b&gt;" in page
    with pytest.raises(Refused) as refused:
        filled(FORM, made_of(hostile | {"form.submitter": "山" * 100_000}))
    assert [one.code for one in refused.value.findings] == ["TS915"]
    assert filled(FORM, made_of({}), {"remarks": "山" * MOST}).further


@pytest.mark.parametrize(
    "template",
    [
        "{{ cells.outline.text | safe }}",
        "{% autoescape false %}{{ cells.outline.text }}{% endautoescape %}",
        "{{ cells.outline }}",
        "{{ nothing }}",
        "{{ cells.nothing.text }}",
        "{{ sheet.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ cells.outline.text.format.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import '../site/page.j2' as p %}",
        "{% extends 'own.j2' %}",
        "{% for i in range(10) %}{{ i }}{% endfor %}",
        "{{ cycler }}",
        "{{ 1 / 0 }}",
        "{{ ticks['entered-done'].on }}",
        "{% if %}",
        "{{ boxes | map(attribute='id') | join }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ 'x' * 4000000000 }}",
        "{{ '%4000000000d' % 1 }}",
        "{{ '{:>4000000000}'.format(1) }}",
        "{{ 'x'.ljust(4000000000) }}",
        "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 32,
        "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
        "{% set a = 'x' %}" + "{% set a = [a, a, a, a, a, a, a, a] | join(a) %}" * 40,
        "{% macro m0() %}x{% endmacro %}"
        + "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(60))
        + "{{ m60() }}",
        "".join(f"{{% for a{n} in '{'x' * 200}' %}}" for n in range(7)) + "{% endfor %}" * 7,
        "{% for a in 'x' %}" * 30 + "{% endfor %}" * 30,
        "{% for a in ['x'] recursive %}{{ loop(['x']) }}{% endfor %}",
        "<script>alert(1)</script>",
        "<img src=file:///etc/passwd>",
        "<p onclick=x>",
        "<p style='width:1e30px'>",
        "<style>@import url(http://nowhere/)</style>",
        "<link rel=stylesheet href=http://nowhere/>",
        "<meta http-equiv=refresh content='0;url=http://nowhere/'>",
        "<a href=javascript:alert(1)>x</a>",
        "<svg><image href=file:///etc/passwd /></svg>",
        "<td colspan=100000000>",
        "<div>" * 5_000,
        "<!-- --!> <script> -->",
        "<img src=x",
        "\u202e山田",
        "<p>&#x202e;山田</p>",
        "<p>&rlm;山田</p>",
        "{{ '\\ud800' }}",
    ],
)
def test_a_template_cannot_do_what_it_need_not(template: str) -> None:
    one = replace(FORM, template=template)
    with pytest.raises(Refused) as refused:
        html_of(blank(one, LAW), one)
    assert [one.code for one in refused.value.findings] == ["TS911"]


def test_a_template_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MOST_CHARACTERS", 10_000)
    many = "{% for a in boxes %}{% for b in boxes %}{% for c in boxes %}{{ a }}{{ b }}{{ c }}" + "{% endfor %}" * 3
    one = replace(FORM, template=many)
    with pytest.raises(Refused) as refused:
        html_of(blank(one, LAW), one)
    assert "10,000" in refused.value.findings[0].ja


def test_a_page_stands_on_its_own() -> None:
    page = html_of(blank(FORM, LAW), FORM)
    assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")
    assert not {"script", "link", "img", "iframe", "object"} & set(Seen(page).tags)
    assert page == html_of(blank(FORM, LAW), FORM)


def test_the_digest_of_a_template_moves_with_all_that_decides_how_it_looks() -> None:
    letter = document("refusal-to-provide")
    changed = (replace(FORM, template=FORM.template + " "), replace(FORM, boxes=FORM.boxes[1:]), letter)
    digests = {template_digest(FORM), *(template_digest(one) for one in changed)}
    assert len(digests) == 4
