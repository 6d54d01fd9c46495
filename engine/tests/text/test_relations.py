"""What the five circulars cite is in their headers' relations, and what their headers state is printed in them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.ir import Citation, Directive, Relation
from tsutatsu.text import FieldKind, read_text

FILES = {
    "keikai-kuhaku": "000-keikai-kuhaku.txt",
    "anzen-network": "001-chiiki-anzen-network.txt",
    "junkai-renraku": "002-junkai-renraku.txt",
    "cyber-renkei": "003-cyber-renkei.txt",
    "wearable-camera": "004-wearable-camera.txt",
}


def shipped(name: str) -> Directive:
    return Bundle.default().versions(name)[-1]


def citations(directive: Directive) -> list[Citation]:
    return [one for relation in Relation for one in directive.header.named(relation)]


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("name", FILES)
def test_every_reference_out_of_the_text_is_a_relation_at_its_place(name: str, circulars: Path) -> None:
    document = read_text((circulars / FILES[name]).read_bytes(), name)
    stated = {
        (squeezed(one.number), one.issued.day, squeezed(one.title), one.provision.partition("/なお書")[0])
        for one in citations(shipped(name))
    }
    for one in document.references:
        if one.external:
            assert (squeezed(one.number), one.date, squeezed(one.title), one.path) in stated


@pytest.mark.parametrize("name", FILES)
def test_every_relation_is_printed_where_it_is_said_to_be(name: str, circulars: Path) -> None:
    document = read_text((circulars / FILES[name]).read_bytes(), name)
    passages = [(path, squeezed(sentence.text)) for path, sentence in document.passages()]
    everything = "".join(text for _, text in passages)
    for one in citations(shipped(name)):
        here = "".join(text for path, text in passages if one.provision.startswith(path))
        if one.side is None:  # else the text itself does not name it here
            assert squeezed(one.title) in here
        assert squeezed(one.number) in everything
        assert squeezed(one.issued.literal) in everything


@pytest.mark.parametrize("name", FILES)
def test_every_number_it_bears_is_in_the_header(name: str, circulars: Path) -> None:
    header = read_text((circulars / FILES[name]).read_bytes(), name).header
    lines = [one.text for kind in (FieldKind.NUMBER, FieldKind.DATE, FieldKind.UNPLACED) for one in header.all(kind)]
    printed = [
        number
        for line in lines
        for number in re.findall(r"[^、（(\s]+?第[0-9]+号", unicodedata.normalize("NFKC", line))
    ]
    borne = [squeezed(number) for number in shipped(name).header.numbers]
    assert {re.sub(r"^.*日付け?", "", number) for number in printed} == set(borne)


def test_one_statute_is_named_in_two_spellings_and_both_are_kept() -> None:
    spellings = {one.title for one in shipped("wearable-camera").header.cites if one.number == "平成15年法律第57号"}
    assert len(spellings) == 2


def test_the_undefined_circular_hangs_on_its_reading() -> None:
    (repealed,) = shipped("anzen-network").header.repeals
    assert repealed.side is not None and shipped("anzen-network").reading[repealed.side.reading].taken is None
