"""The canonical text: one law, one text; what is read back is what was written; nothing else is let in."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time
from typing import Any

import pytest
from drawing import directives
from hypothesis import given, settings
from specimen import AMENDED, CONDITIONS, DIRECTIVE, OVERLAID

from tsutatsu import ir
from tsutatsu.calendar import DailyWindow, Period
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import AllOf, Directive, Not, Op, RecordList, Test
from tsutatsu.sealing import decode, digest_of, digest_of_law, encode, encode_value
from tsutatsu.source import NOWHERE, Source


def with_kept(condition: ir.Condition) -> Directive:
    return replace(DIRECTIVE, norms=(replace(DIRECTIVE.norms[0], kept=condition),))


def kinds(value: object) -> set[type]:
    found = {type(value)}
    if isinstance(value, tuple):
        return found.union(*map(kinds, value))
    if is_dataclass(value):
        return found.union(*(kinds(getattr(value, field.name)) for field in fields(value)))
    return found


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.findings]


def test_the_specimen_uses_every_node_of_the_kernel():
    nodes = {node for node in vars(ir).values() if isinstance(node, type) and is_dataclass(node)} - {RecordList}
    told = (kinds(OVERLAID) | kinds(AMENDED)).union(*(kinds(condition) for condition in CONDITIONS.values()))
    assert nodes | {Period, DailyWindow, date, datetime, time} - {datetime} <= told
    assert {test.op for test in CONDITIONS.values() if isinstance(test, Test)} == set(Op)


def test_what_is_read_back_equals_what_was_written():
    everything = replace(
        DIRECTIVE, norms=tuple(replace(DIRECTIVE.norms[0], id=name, kept=one) for name, one in CONDITIONS.items())
    )
    for directive in (DIRECTIVE, everything, AMENDED, OVERLAID):
        assert decode(encode(directive)) == directive


@settings(max_examples=60)
@given(directives())
def test_every_directive_survives_the_round_trip(directive: Directive):
    text = encode(directive)
    assert decode(text) == directive
    assert encode(decode(text)) == text


def test_places_are_left_out():
    moved = replace(
        DIRECTIVE,
        source=Source("elsewhere.yaml", 9, 9),
        norms=tuple(replace(n, source=NOWHERE) for n in DIRECTIVE.norms),
    )
    assert encode(moved) == encode(DIRECTIVE)
    assert b".yaml" not in encode(DIRECTIVE)


def test_the_text_is_compact_sorted_utf8():
    text = encode(DIRECTIVE)
    document = json.loads(text)
    assert text == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert "夜間の訪問" in text.decode()
    assert document["format"] == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(DIRECTIVE, id="specimen2"),
        replace(DIRECTIVE, norms=DIRECTIVE.norms[:-1]),
        replace(DIRECTIVE, revision=replace(DIRECTIVE.revision, number=2)),
        with_kept(Not(DIRECTIVE.norms[0].kept)),
        replace(DIRECTIVE, terms=(replace(DIRECTIVE.terms[0], words=ir.Words("別の名")), *DIRECTIVE.terms[1:])),
    ],
    ids=["id", "a norm fewer", "revision", "negated", "label"],
)
def test_another_content_has_another_digest(other: Directive):
    assert digest_of(other) != digest_of(DIRECTIVE)


def test_constants_that_python_takes_for_equal_have_different_digests():
    values = [True, 1, "1", "true", date(2025, 1, 1), "2025-01-01", datetime.fromisoformat("2025-01-01T00:00")]
    made = [digest_of(with_kept(Test("t", Op.EQ, value))) for value in values]
    assert len(set(made)) == len(made)


def test_the_digest_of_the_law_does_not_depend_on_order():
    second = replace(DIRECTIVE, id="second")
    assert digest_of_law([DIRECTIVE, second]) == digest_of_law([second, DIRECTIVE])
    assert digest_of_law([DIRECTIVE, second]) != digest_of_law([DIRECTIVE])
    assert digest_of_law([DIRECTIVE]).startswith("sha256:")


def test_the_form_has_not_changed_unnoticed():
    """Old seals are read by this form: a change that fails here needs a new FORMAT, not a new digest."""
    assert digest_of(DIRECTIVE) == "sha256:8e642824e00f1f957fb71d6a82df9279859639ee36ab7464232f2cbc307f9bb8"


def tampered(change: Any) -> bytes:
    document = json.loads(encode(DIRECTIVE))
    change(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


TAMPERINGS = {
    "unknown field": lambda d: d["directive"]["norms"][0].update(sanction="x"),
    "unknown node": lambda d: d["directive"]["norms"][0]["kept"].update(node="Exec"),
    "node of another place": lambda d: d["directive"]["norms"][0]["kept"].update(node="Words"),
    "no node": lambda d: d["directive"]["norms"][0]["kept"].pop("node"),
    "missing field": lambda d: d["directive"]["norms"][0].pop("summary"),
    "a place smuggled in": lambda d: d["directive"]["norms"][0].update(source={"file": "x"}),
    "text for a number": lambda d: d["directive"]["revision"].update(number="1"),
    "true for a number": lambda d: d["directive"]["revision"].update(number=True),
    "a fraction": lambda d: d["directive"]["revision"].update(number=1.5),
    "no such day": lambda d: d["directive"]["revision"].update(day="2026-02-30"),
    "a day in another spelling": lambda d: d["directive"]["revision"].update(day="20261120"),
    "unknown strength": lambda d: d["directive"]["norms"][0].update(strength="harsh"),
    "a list for an object": lambda d: d["directive"].update(header=[]),
    "an object for a list": lambda d: d["directive"].update(norms={}),
    "a length of nothing": lambda d: d["directive"]["clocks"][1]["length"].update(n=0),
    "a pair of three": lambda d: d["directive"]["judgements"][0]["act"][0].append("x"),
    "a day as text in a choice of kinds": lambda d: d["directive"]["clocks"][0]["start"].pop("value"),
    "no directive": lambda d: d.pop("directive"),
    "more beside it": lambda d: d.update(more=1),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_text_that_states_no_kernel_is_refused(name: str):
    with pytest.raises(Refused) as refused:
        decode(tampered(TAMPERINGS[name]))
    assert codes(refused) == ["TS602"]


@pytest.mark.parametrize(
    "text",
    [
        encode(DIRECTIVE) + b" ",
        tampered(lambda d: d["directive"]["norms"][0].update(limits=False)),
        tampered(lambda d: d["directive"]["header"].update(node="Header")),
        encode(DIRECTIVE).replace("夜間".encode(), b"\\u591c\\u9593"),
        encode(DIRECTIVE).replace(b'"format":1', b'"format":1,"format":1'),
    ],
    ids=["white space", "a default spelt out", "a needless name", "escapes", "a key twice"],
)
def test_another_spelling_of_the_same_kernel_is_refused(text: bytes):
    with pytest.raises(Refused) as refused:
        decode(text)
    assert codes(refused) == ["TS603"]


def test_a_text_that_could_not_have_been_written_is_refused():
    plain = b'{"node":"Test","op":"present","term":"marker"}'
    whole = encode(with_kept(Test("marker", Op.PRESENT)))
    nested = b'{"node":"Not","part":' * 70 + plain + b"}" * 70
    for text in (whole.replace(plain, nested), whole.replace(b'"marker"', b'"\\ud800"')):
        with pytest.raises(Refused) as refused:
            decode(text)
        assert codes(refused) == ["TS603"]


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"{", b"[]", b"1", b"null", b"NaN", b"\x00", b"1" * 10_000, '{"format":1'.encode("utf-16")]
)
def test_what_is_not_a_json_object_is_refused(text: bytes):
    with pytest.raises(Refused) as refused:
        decode(text)
    assert codes(refused) == ["TS602"]


@pytest.mark.parametrize("form", [0, 2, "2", None, [1]])
def test_another_form_is_refused(form: object):
    with pytest.raises(Refused) as refused:
        decode(tampered(lambda d: d.update(format=form)))
    assert codes(refused) == ["TS605"]


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_a_text_nested_too_deeply_is_refused(depth: int):
    with pytest.raises(Refused) as refused:
        decode(b'{"format":1,"directive":' + b"[" * depth + b"]" * depth + b"}")
    assert codes(refused)[0] in {"TS602", "TS604"}
    nested = b'{"node":"Not","part":' * depth + b'{"node":"AllOf","parts":[]}' + b"}" * depth
    whole = encode(with_kept(Test("marker", Op.PRESENT)))
    plain = b'{"node":"Test","op":"present","term":"marker"}'
    assert plain in whole
    with pytest.raises(Refused) as refused:
        decode(whole.replace(plain, nested))
    assert codes(refused) == ["TS604"]


def test_a_text_too_long_is_refused():
    with pytest.raises(Refused) as refused:
        decode(b" " * (32 * 1024 * 1024 + 1))
    assert codes(refused) == ["TS604"]


def deep(levels: int) -> ir.Condition:
    condition: ir.Condition = Test("t", Op.PRESENT)
    for _ in range(levels):
        condition = AllOf((condition,))
    return condition


def test_conditions_nest_sixty_deep_and_no_endless_depth():
    assert decode(encode(with_kept(deep(60)))) == with_kept(deep(60))
    with pytest.raises(Refused) as refused:
        encode(with_kept(deep(400)))
    assert codes(refused) == ["TS601"]


@pytest.mark.parametrize(
    "wrong",
    [
        with_kept(Test("\ud800", Op.PRESENT)),
        with_kept(Test("t", Op.EQ, 1.5)),  # type: ignore[arg-type]
        with_kept(Test("t", Op.IN, ["a"])),  # type: ignore[arg-type]
        with_kept("always"),  # type: ignore[arg-type]
        replace(DIRECTIVE, id=1),
    ],
    ids=["half a character", "a fraction", "a list", "a word", "a number for an id"],
)
def test_a_kernel_that_no_text_can_hold_is_refused(wrong: Directive):
    with pytest.raises(Refused) as refused:
        encode(wrong)
    assert codes(refused) == ["TS601"]


def test_values_of_facts_have_texts_that_keep_their_kinds_apart():
    values = [
        None, True, 1, "1", "true", "", date(2025, 1, 1), "2025-01-01", datetime.fromisoformat("2025-01-01T00:00"),
        time(0, 0),
        RecordList(()), RecordList((), complete=False), RecordList(({"a": 1},)), RecordList(({"a": "1"},)),
    ]  # fmt: skip
    texts = [encode_value(value) for value in values]
    assert len(set(texts)) == len(values)
    assert encode_value(RecordList(({"a": 1, "b": 2},))) == encode_value(RecordList(({"b": 2, "a": 1},)))
