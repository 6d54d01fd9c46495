"""PDF, looked at as a picture: ticks where they belong, no character missing, nothing over the edge, the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from papers import document, law_of, made_of

from tsutatsu.diagnostics import Refused
from tsutatsu.documents import fonts, pdf
from tsutatsu.documents.filling import blank, filled, roster
from tsutatsu.documents.fonts import glyphs_of, japanese_font
from tsutatsu.documents.pdf import pdf_of, typesetter
from tsutatsu.documents.rendering import html_of
from tsutatsu.documents.sheet import Sheet

FORM = document("request-form")
LAW = law_of(FORM)
DOTS = 100
"""How many dots of the pictures make an inch."""


@pytest.fixture(autouse=True)
def can_set_pdfs(request: pytest.FixtureRequest) -> None:
    """Skips where the machine lacks the library or the font, but for the tests of just that."""
    if "without" in request.node.name:
        return
    try:
        typesetter()
        japanese_font()
    except Refused as refused:
        pytest.skip(refused.findings[0].en)


@dataclass(frozen=True)
class Picture:
    """A page as grey dots, 0 being black."""

    width: int
    height: int
    dots: bytes

    def dark(self, left: float, top: float, right: float, bottom: float) -> int:
        """How many dots are dark in a part of the page, its edges in millimetres."""
        x0, y0, x1, y1 = (round(one / 25.4 * DOTS) for one in (left, top, right, bottom))
        return sum(
            one < 128
            for y in range(max(y0, 0), min(y1, self.height))
            for one in self.dots[y * self.width + max(x0, 0) : y * self.width + min(x1, self.width)]
        )


def pictures(content: bytes) -> list[Picture]:
    """The pages as pictures."""
    library = pytest.importorskip("pypdfium2")
    opened = library.PdfDocument(content)
    found = []
    for page in opened:
        drawn = page.render(scale=DOTS / 72, grayscale=True)
        rows = (bytes(drawn.buffer)[y * drawn.stride :][: drawn.width] for y in range(drawn.height))
        found.append(Picture(drawn.width, drawn.height, b"".join(rows)))
        page.close()
    opened.close()
    return found


def made(sheet: Sheet, one=FORM) -> bytes:
    return pdf_of(html_of(sheet, one), sheet, one)


def placed(content: bytes) -> dict[str, tuple[float, float]]:
    """Where each line of words stands, in millimetres from the top left corner."""
    library = pytest.importorskip("pypdfium2")
    opened = library.PdfDocument(content)
    found: dict[str, tuple[float, float]] = {}
    for page in opened:
        text, height = page.get_textpage(), page.get_height()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            found.setdefault(words, (left / 72 * 25.4, (height - (top + bottom) / 2) / 72 * 25.4))
        text.close()
        page.close()
    opened.close()
    return found


LABELS = {
    "request-image": "映像の一部を収めた画像の提供",
    "request-media": "映像の外部記録媒体への出力",
    "purpose-review": "地域警察官の職務執行状況の事後的な確認",
    "purpose-evidence": "現に犯罪が行われた場合や事故が起きた場合における証拠の保全",
}


def inked(content: bytes) -> dict[str, int]:
    """The dark dots within the check box before each label."""
    (page, *_) = pictures(content)
    at = placed(content)
    found = {}
    for name, label in LABELS.items():
        left, middle = next(place for words, place in at.items() if label in words)
        found[name] = page.dark(left - 4.9, middle - 1.2, left - 2.5, middle + 1.2)
    return found


@pytest.mark.parametrize(
    ("facts", "on"),
    [
        ({"form.request": "both", "form.review": True}, {"request-image", "request-media", "purpose-review"}),
        ({"form.request": "media", "form.review": False, "form.evidence": True}, {"request-media", "purpose-evidence"}),
        ({}, set()),
    ],
)  # fmt: skip
def test_the_boxes_that_the_facts_tick_are_inked_and_no_others(facts: dict, on: set[str]) -> None:
    ink = inked(made(filled(FORM, made_of(facts))))
    assert {name for name, dots in ink.items() if dots >= 5} == on, ink
    assert all(dots == 0 for name, dots in ink.items() if name not in on), ink


def test_the_same_page_gives_the_same_bytes_with_one_japanese_font_inside() -> None:
    sheet = filled(FORM, made_of({"form.request": "both"}), {"officer-name": "髙﨑𠮷郎"})
    content = made(sheet)
    assert content == made(sheet) and content.startswith(b"%PDF-")
    library = pytest.importorskip("pypdfium2")
    opened = library.PdfDocument(content)
    words = opened[0].get_textpage().get_text_range()
    opened.close()
    assert "映像ファイル提供依頼書" in words.replace(" ", "") and "髙﨑𠮷郎" in words
    assert b"/FontFile3" in content or b"/FontFile2" in content or b"/ObjStm" in content
    assert re.search(rb"/URI|/Launch|/JavaScript", content) is None


RARE = ("髙", "﨑", "𠮷", "邉", "德", "葛\U000e0100", "葛\U000e0101", "辻\U000e0100", "辻\U000e0101")


def test_no_character_comes_out_as_an_empty_box() -> None:
    """Tofu is the same picture whatever was meant: each rare character is its own picture, and none is blank."""
    seen: dict[bytes, str] = {}
    for name in ("", *RARE):
        content = made(filled(FORM, made_of({}), {"officer-name": name, "officer-unit": "係"}))
        (page,) = pictures(content)
        left, middle = next(place for words, place in placed(content).items() if words.startswith("氏名："))
        x, y = round((left + 9) / 25.4 * DOTS), round(middle / 25.4 * DOTS)
        rows = [page.dots[line * page.width + x : line * page.width + x + 30] for line in range(y - 9, y + 10)]
        ink = b"".join(rows)
        if name:
            assert sum(one < 128 for one in ink) > 15, name
        assert seen.setdefault(ink, name) == name
    assert len(seen) == len(RARE) + 1


@pytest.mark.parametrize("character", ["\U0001f47b", "\ue000", "\U0003fffd"[:1], "山\U000e01ef", "ཀ"])
def test_a_character_that_the_font_lacks_is_named_with_its_box(character: str) -> None:
    sheet = filled(FORM, made_of({}), {"officer-name": f"山田{character}太郎"})
    if "\\u" in sheet.cells["officer-name"].text.lower():
        return  # spelt out: what nobody can see is not a character to print
    with pytest.raises(Refused) as refused:
        made(sheet)
    (one,) = refused.value.findings
    assert one.code == "TS914" and "氏名" in one.ja and f"U+{ord(character[-1]):04X}" in one.ja


def test_the_font_knows_the_forms_of_names() -> None:
    have = glyphs_of(japanese_font())
    assert {ord("髙"), ord("﨑"), 0x20BB7} <= have.characters and 0x1F47B not in have.characters


def test_a_template_with_a_character_that_the_font_lacks_is_named() -> None:
    from dataclasses import replace

    one = replace(FORM, template="<p>\U0001f47b</p>")
    with pytest.raises(Refused) as refused:
        made(blank(one, LAW), one)
    assert [each.code for each in refused.value.findings] == ["TS914"]


LONG = "あ" * 3_000
WORDS = {
    "outline": LONG,
    "addressee": "非常に長い名の警察署" * 12,
    "officer-name": "W" * 400,
    "officer-unit": "\n".join(["行"] * 90),
    "purpose-detail": "長" * 60,
    "requester-phone": "1" * 12,
    "remarks": "https://example.invalid/" + "x" * 300,
}


def test_long_words_wrap_or_go_on_further_sheets_and_nothing_goes_over_the_edge() -> None:
    content = made(filled(FORM, made_of({}), WORDS))
    pages = pictures(content)
    assert len(pages) >= 6
    for page in pages:
        width, height = page.width / DOTS * 25.4, page.height / DOTS * 25.4
        assert (round(width), round(height)) == (210, 297)
        for edge in (
            (0, 0, 17, height),
            (width - 17, 0, width, height),
            (0, 0, width, 14),
            (0, height - 7, width, height),
        ):
            assert page.dark(*edge) == 0
    library = pytest.importorskip("pypdfium2")
    opened = library.PdfDocument(content)
    words = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    plain = "".join(words.split())
    assert (
        plain.count("あ") == 3_000 and plain.count("W") == 400 and plain.count("行") >= 90 and plain.count("x") >= 300
    )


def test_the_form_itself_stays_one_page() -> None:
    full = {
        "outline": "口論" * 80,
        "addressee": "見本警察署長",
        "handled-from": "令和7年12月30日午後10時15分頃",
        "handled-until": "令和7年12月31日午前11時45分頃",
        "officer-unit": "地域第一係",
        "officer-name": "髙﨑𠮷郎",
        "requester-unit": "地域第一係",
        "requester-phone": "1234-5678",
        "remarks": "参考" * 60,
        "purpose-detail": "受傷事故の防止のための教養に用いる",
        "receiver": "佐藤花子",
        "file-number": "2025-0801-0001",
    }
    sheet = filled(FORM, made_of({"form.request": "both", "form.requester": True, "form.submitter": "yamada"}), full)
    assert sheet.further == () and len(pictures(made(sheet))) == 1


def test_every_shipped_document_can_be_set_as_pdf() -> None:
    from papers import DOCUMENTS

    for one in DOCUMENTS.each:
        if one.layout.value in ("form", "roster") or one.grounds:
            sheet = blank(one, law_of(one))
            assert len(pictures(made(sheet, one))) == 1, one


def test_a_long_roster_repeats_its_head_and_breaks_between_lines() -> None:
    one = document("liaison-list")
    sheet = roster(one, law_of(one), [made_of({})] * 60)
    content = made(sheet, one)
    assert len(pictures(content)) >= 2
    library = pytest.importorskip("pypdfium2")
    opened = library.PdfDocument(content)
    assert all("連絡員の氏名" in page.get_textpage().get_text_range() for page in opened)
    opened.close()


# ── without the library or the font ──────────────────────────────────────────────────────────────────────────────────


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def no(name: str) -> object:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", no)
    with pytest.raises(Refused) as refused:
        made(blank(FORM, LAW))
    (one,) = refused.value.findings
    assert one.code == "TS912" and "apt-get install" in one.mend_en and "tsutatsu[documents]" in one.mend_ja
    assert html_of(blank(FORM, LAW), FORM)


@pytest.mark.parametrize("how", ["nothing looks", "none is found"])
def test_without_a_font_it_says_what_to_install(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    japanese_font.cache_clear()
    if how == "nothing looks":
        monkeypatch.setattr(fonts.shutil, "which", lambda _: None)
    else:
        monkeypatch.setattr(fonts, "FAMILIES", ("No Such Mincho",))
    with pytest.raises(Refused) as refused:
        japanese_font()
    (one,) = refused.value.findings
    assert one.code == "TS913" and "fonts-noto-cjk" in one.mend_en
    japanese_font.cache_clear()


def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="file:"):
        pdf._nothing("file:///etc/passwd")
