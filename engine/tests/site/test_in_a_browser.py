"""Pages as Chromium shows, switches, folds and prints them; skipped where Chromium is not on the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bicycles import ON, review
from chromium import Browser, browsing, chromium

from tsutatsu.bundle import shipped_root
from tsutatsu.site import Review, index_of, page_of

PROGRAM = chromium()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not here (apt-get install chromium)")

SEEN = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(
  [...document.querySelectorAll('{}')].filter(one => one.checkVisibility()).length))))"""
"""Counted once the page has been drawn: what was unfolded is there only then."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert PROGRAM is not None
    with browsing(PROGRAM) as one:
        yield one


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, bicycle_review: Review) -> Path:
    """A page of the shipped law and that of the bicycles, and a list of them."""
    folder = tmp_path_factory.mktemp("pages")
    reviews = (*review(shipped_root(), only="junkai-renraku").reviews, bicycle_review)
    for one in reviews:
        (folder / one.file).write_bytes(page_of(one, "ja"))
    (folder / "index.html").write_bytes(index_of(reviews, ON, "ja"))
    return folder


@pytest.fixture
def bicycles_page(tmp_path: Path, bicycle_review: Review) -> Path:
    (tmp_path / bicycle_review.file).write_bytes(page_of(bicycle_review, "ja"))
    return tmp_path / bicycle_review.file


def seen(browser: Browser, selector: str) -> int:
    """How many elements a reader sees."""
    return int(browser.run(SEEN.format(selector)))


@pytest.mark.parametrize(("width", "touch"), [(1200, False), (360, True)])
def test_no_page_is_wider_than_the_screen_and_none_asks_the_network(
    browser: Browser, pages: Path, tmp_path: Path, width: int, touch: bool
) -> None:
    for page in sorted(pages.iterdir()):
        browser.open(page, width, touch=touch)
        assert browser.run("document.documentElement.scrollWidth") == width, page.name
        assert browser.run(
            "[...document.querySelectorAll('main *')].filter(one => one.checkVisibility()"
            " && !one.closest('.wide, .unseen') && one.getBoundingClientRect().right > innerWidth + 1).length"
        ) == 0, page.name  # fmt: skip
        assert browser.asked == [page.as_uri()]
    browser.picture(tmp_path / f"{width}.png")
    assert (tmp_path / f"{width}.png").stat().st_size > 10_000


@pytest.mark.parametrize(("width", "touch"), [(1200, False), (360, True)])
def test_unfolded_and_in_both_languages_the_page_is_no_wider(
    browser: Browser, bicycles_page: Path, width: int, touch: bool
) -> None:
    browser.open(bicycles_page, width, touch=touch)
    browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
    browser.run("document.getElementById('lang-both').click()")
    assert seen(browser, ".steps") > 0
    assert browser.run("document.documentElement.scrollWidth") == width


def test_the_language_switches_without_script(browser: Browser, bicycles_page: Path) -> None:
    browser.open(bicycles_page, 1200)
    ja, en = (len_of(browser, f".{lang}") for lang in ("ja", "en"))
    assert (seen(browser, "main .norm ul.ja") > 0, seen(browser, ".en")) == (True, 0)
    browser.run("document.getElementById('lang-en').click()")
    assert (seen(browser, ".ja"), seen(browser, "main .norm ul.en") > 0) == (0, True)
    browser.run("document.getElementById('lang-both').click()")
    assert seen(browser, "main .norm ul.ja") == seen(browser, "main .norm ul.en") > 0
    assert ja > 0
    assert en > 0


def test_filters_leave_the_provisions_they_name(browser: Browser, bicycles_page: Path, bicycle_review: Review) -> None:
    browser.open(bicycles_page, 1200)
    assert seen(browser, ".provision") == bicycle_review.shown
    browser.run("document.getElementById('show-open').click()")
    assert seen(browser, ".provision") == bicycle_review.hanging > 0
    browser.run("document.getElementById('show-wanting').click()")
    assert seen(browser, ".provision") == bicycle_review.wanting > 0


def test_the_table_of_contents_is_open_beside_a_wide_page_and_folded_above_a_narrow_one(
    browser: Browser, bicycles_page: Path
) -> None:
    browser.open(bicycles_page, 1200)
    assert seen(browser, ".toc li") > 0
    browser.open(bicycles_page, 360, touch=True)
    assert seen(browser, ".toc li") == 0
    browser.run("document.querySelector('.toc summary').click()")
    assert seen(browser, ".toc li") > 0


def test_a_link_to_a_folded_scenario_unfolds_it(browser: Browser, bicycles_page: Path) -> None:
    browser.open(bicycles_page, 1200)
    assert seen(browser, "#s1 .steps") == 0
    browser.run("new Promise(done => { addEventListener('hashchange', () => setTimeout(done)); location.hash = 's1' })")
    assert seen(browser, "#s1 .steps") == 1


def test_on_paper_everything_is_unfolded_on_a4_without_controls(
    browser: Browser, bicycles_page: Path, tmp_path: Path
) -> None:
    browser.open(bicycles_page, 1200)
    browser.printed(tmp_path / "page.pdf")
    data = (tmp_path / "page.pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", data)
    assert boxes, "no page"
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
    assert len(boxes) > 3
    browser.as_paper()
    try:
        assert seen(browser, ".controls") == 0
        assert seen(browser, ".steps") == len_of(browser, ".steps") > 0
        assert seen(browser, ".sign") == len_of(browser, ".sign") > 0
        dark = "getComputedStyle(document.documentElement).backgroundColor"
        assert browser.run(dark) in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    finally:
        browser.as_screen()


def test_ink_stands_out_from_paper_by_day_and_by_night(browser: Browser, bicycles_page: Path) -> None:
    browser.open(bicycles_page, 1200)
    for dark in (False, True):
        if dark:
            browser.as_dark()
        try:
            weak = browser.run(CONTRASTS)
        finally:
            browser.as_screen()
        assert weak == []


CONTRASTS = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const rgb = text => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      known.set(text, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(text);
  };
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const paper = one => {
    for (let each = one; each; each = each.parentElement) {
      const said = rgb(getComputedStyle(each).backgroundColor);
      if (said[3] > 200) return said;
    }
    return [255, 255, 255, 255];
  };
  const found = new Set();
  for (const one of document.querySelectorAll('main *, .toc *')) {
    if (!one.checkVisibility() || ![...one.childNodes].some(each => each.nodeType === 3 && each.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(paper(one))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) found.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
  }
  return [...found];
})()"""
"""The elements whose words do not stand out from what they are written on, by the measure of WCAG (AA)."""


def len_of(browser: Browser, selector: str) -> int:
    return int(browser.run(f"document.querySelectorAll('{selector}').length"))
