"""Words of the law, of features and of texts stay words, whatever they contain."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from bicycles import FOLDER, ON, TEXT, lay_out, mangle, review
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import Element, parsed

from tsutatsu.site import Review, index_of, page_of

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></script><h1>",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "\" onmouseover='x' x=\"",
    "--><!--",
    "&lt;b&gt;&#x3c;",
    "javascript:alert(1)",
    "]]><![CDATA[",
    "\u202eright to left\u2066\u200b\x00\x1b[31m\ufeff",
    "あ" * 10_000,
)
GENERATED = frozenset({"anchor", "directive", "form"})
"""Fields that no words of the law go into: addresses on the page, and folder names."""


def worded(value: Any, word: str) -> Any:
    """The same page with ``word`` after everything that it says."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {
            one.name: getattr(value, one.name) if one.name in GENERATED else worded(getattr(value, one.name), word)
            for one in dataclasses.fields(value)
        }
        return type(value)(**kept)
    if isinstance(value, tuple):
        return tuple(worded(one, word) for one in value)
    return value + word if isinstance(value, str) and value else value


def skeleton(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in order."""
    return [(one.tag, tuple(one.attributes)) for one in tree.walk()]


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_shown_and_change_nothing_else(bicycle_review: Review, word: str) -> None:
    plain, hostile = (parsed(page_of(one, "ja")) for one in (bicycle_review, worded(bicycle_review, word)))
    assert skeleton(hostile) == skeleton(plain)
    (title,) = hostile.all("h1")
    if word.isprintable():
        assert " ".join(word.split()) in title.words
    else:
        assert "\\u202eright to left\\u2066\\u200b\\u0000\\u001b[31m\\ufeff" in title.words
    parsed(index_of([worded(bicycle_review, word)], ON, "ja"))


@settings(max_examples=40)
@given(word=st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_no_words_at_all_become_markup(bicycle_review: Review, word: str) -> None:
    content = page_of(worded(bicycle_review, word), "ja").decode("utf-8")
    assert skeleton(parsed(content)) == skeleton(parsed(page_of(bicycle_review, "ja")))
    assert all(ch.isprintable() or ch in "\n\u3000\u00a0" or ch.isspace() for ch in content)


def test_hostile_titles_features_and_texts_reach_the_page_as_words(tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>{{ 7*7 }}</style>"
    root = lay_out(tmp_path, TEXT.replace("積んではならない。", f"積んではならない{attack}\u202e。"))
    (feature,) = (root / "features").rglob("*.feature")
    mangle(root / "policy" / FOLDER / "directive.yaml", "通達: 庁用自転車貸出要領", f"通達: '{attack}'")
    mangle(feature, "シナリオ: 通勤には使えない", f"シナリオ: 通勤には使えない{attack}")
    (one,) = review(root, texts=True).reviews
    content = page_of(one, "ja").decode("utf-8")
    tree = parsed(content)
    assert len(tree.all("script")) == 1
    assert len(tree.all("style")) == 1
    assert tree.all("h1")[0].in_language("ja") == attack
    assert tree.all("title")[0].words == attack
    assert any(attack in case.words for case in tree.all("details", "case"))
    assert any(f"{attack}\\u202e" in passage.words for passage in tree.all("blockquote"))
    assert "\u202e" not in content
