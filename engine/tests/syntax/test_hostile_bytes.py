"""Files made to break a reader each get a clear finding with its place."""

from typing import Any

import pytest
import yaml

from tsutatsu.syntax import yaml_reader
from tsutatsu.syntax.yaml_reader import LIMITS, Limits, read_yaml

PILED = "か" + "\u3099" * 31


def found(data: bytes, limits: Limits = LIMITS) -> list[tuple[str, int, int]]:
    return [(d.code, d.where.line, d.where.column) for d in read_yaml(data, "x.yaml", limits).findings]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"a: 1\n" * 2_000_000, [("TS101", 0, 0)], id="10 MB"),
        pytest.param("規範: 訪問の時間帯\r\n".encode("utf-16"), [("TS102", 1, 1)], id="UTF-16 with its mark"),
        pytest.param("規範: 訪問\r\n".encode("utf-16-le"), [("TS102", 1, 1)], id="UTF-16 without a mark"),
        pytest.param("規範: 訪問\r\n".encode("utf-32"), [("TS102", 1, 1)], id="UTF-32"),
        pytest.param("規範: 訪問の時間帯\r\n".encode("cp932"), [("TS102", 1, 1)], id="cp932"),
        pytest.param("規範: 訪問の時間帯\r\n".encode("euc-jp"), [("TS102", 1, 1)], id="EUC-JP"),
        pytest.param("規範: 訪問の時間帯\r\n".encode("iso2022-jp"), [("TS102", 1, 1)], id="JIS"),
        pytest.param("名: 訪\r\n名前: 訪".encode()[:-1], [("TS103", 2, 5)], id="cut inside a character"),
        pytest.param(b"a: \xc0\x80\n", [("TS103", 1, 4)], id="overlong UTF-8"),
        pytest.param(b"a: \xed\xa0\x80\n", [("TS103", 1, 4)], id="surrogate in UTF-8"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", [("TS104", 0, 0)], id="Excel"),
        pytest.param(b"%PDF-1.7\n", [("TS104", 0, 0)], id="PDF"),
        pytest.param(bytes(range(256)) * 8, [("TS104", 0, 0)], id="binary"),
        pytest.param("名: 訪\x00問\n番号: \x07\n".encode(), [("TS105", 1, 5), ("TS105", 2, 5)], id="NUL and BEL"),
        pytest.param("a: x\x85y\n".encode(), [("TS105", 1, 5)], id="NEL"),
        pytest.param(b'a: "\\0"\n', [("TS105", 1, 4)], id="NUL by escape"),
        pytest.param("a: 訪\u200b問\nb: \u202e\n".encode(), [("TS106", 1, 5), ("TS106", 2, 4)], id="invisible"),
        pytest.param("a: 1\n\ufeffb: 2\n".encode(), [("TS106", 2, 1)], id="byte order mark inside"),
        pytest.param("a: x\u2028y\n".encode(), [("TS106", 1, 5)], id="line separator"),
        pytest.param(f"a: {PILED}\n".encode(), [("TS109", 1, 5)], id="piled marks"),
        pytest.param(("a: e" + "\u0301\u0323" * 300_000).encode(), [("TS101", 0, 0)], id="marks beyond the size"),
        pytest.param(("a: e" + "\u0301\u0323" * 200_000).encode(), [("TS109", 1, 5)], id="400,000 marks"),
        pytest.param(b"[" * 10_000, [("TS111", 1, 33)], id="depth 10,000"),
        pytest.param(b"[" * 999_999, [("TS111", 1, 33)], id="depth 999,999"),
        pytest.param(b"{" * 999_999, [("TS111", 1, 33)], id="braces 999,999"),
        pytest.param(b"- " * 200_000, [("TS111", 1, 65)], id="dashes 200,000"),
        pytest.param(b"? " * 400_000, [("TS111", 1, 65)], id="question marks 400,000"),
        pytest.param(b"[? " * 300_000, [("TS111", 1, 49)], id="brackets with question marks"),
        pytest.param(b"\n".join(b" " * i + b"a:" for i in range(1_300)), [("TS111", 33, 33)], id="indents 1,300"),
        pytest.param(b"- \n" * 300_000, [("TS112", 50_000, 2)], id="300,000 empty items"),
        pytest.param(b"[" + b"a," * 400_000 + b"]", [("TS112", 1, 100_000)], id="400,000 items"),
        pytest.param(b'a: "' + b"x" * 900_000 + b'"', [("TS113", 1, 4)], id="long value"),
        pytest.param(b"x" * 1_000 + b": " + b"y" * 10_001, [("TS113", 1, 1003)], id="long value under a long key"),
        pytest.param(b"%TAG !e! a\n" * 80_000, [("TS121", 1, 1)], id="80,000 directives"),
        pytest.param(b"a\n...\n" + b"%TAG !e! a\n" * 80_000, [("TS121", 3, 1)], id="directives after the end"),
        pytest.param(b"---\na: 1\n" * 100_000, [("TS120", 3, 1)], id="100,000 documents"),
        pytest.param(b"", [("TS107", 1, 1)], id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n \r\n", [("TS107", 1, 1)], id="blank lines"),
        pytest.param(b"---\n", [("TS107", 1, 1)], id="an empty document"),
        pytest.param("# 規範\n　# a: 1\n".encode(), [("TS108", 1, 1)], id="only comments"),
        pytest.param("が: 1\nか\u3099: 2\n".encode(), [("TS119", 2, 1)], id="keys equal after NFC"),
    ],
)
def test_hostile_bytes_are_refused_by_name_and_place(data: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert found(data) == expected


def test_another_encoding_and_kind_of_file_is_named() -> None:
    named = {
        read_yaml("規範: 訪問の時間帯\n".encode(codec), "x").findings[0].ja.split("が")[1].split("になって")[0]
        for codec in ("cp932", "euc-jp", "utf-16", "utf-32", "iso2022-jp")
    }
    assert named == {"Shift_JIS (CP932)", "EUC-JP", "UTF-16", "UTF-32", "ISO-2022-JP (JIS)"}
    assert "Excel" in read_yaml(b"PK\x03\x04", "x").findings[0].ja
    assert "NUL U+0000" in read_yaml(b"a: \x00", "x").findings[0].en


def test_a_duplicate_key_points_to_the_first() -> None:
    (duplicate,) = read_yaml(b"a: 1\nb: 2\na: 3\n", "x").findings
    (first,) = duplicate.related
    assert (first.where.line, first.where.column) == (1, 1)


def test_of_many_findings_the_first_are_listed_and_the_rest_announced() -> None:
    findings = read_yaml("- ５\n".encode() * 5_000, "x").findings
    assert len(findings) == LIMITS.findings + 1
    assert [d.code for d in findings[-2:]] == ["TS154", "TS199"]
    assert len(read_yaml(b"\x00\x00a\n" * 200_000, "x").findings) == LIMITS.findings + 1


@pytest.mark.parametrize("name", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    ("data", "most"),
    [
        (b"[" * 100_000, LIMITS.depth + 10),
        (b"- " * 200_000, LIMITS.depth + 10),
        (b"- \n" * 300_000, LIMITS.nodes + 10),
        (b"a: 1\n---\n" * 1_000, 10),
        (b"%TAG !e! a\n" * 1_000, 0),
    ],
)
def test_no_event_is_read_beyond_the_first_that_goes_too_far(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, most: int
) -> None:
    loader: Any = getattr(yaml, name)
    read = 0

    class Counting(loader):  # type: ignore[misc]
        def get_event(self) -> Any:
            nonlocal read
            read += 1
            return super().get_event()

    monkeypatch.setattr(yaml_reader, "LOADER", Counting)
    assert read_yaml(data, "x").node is None
    assert read <= most


def test_an_alias_bomb_costs_what_it_weighs() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    read = read_yaml("\n".join(lines).encode(), "x")
    assert read.node is None
    assert {d.code for d in read.findings} == {"TS114", "TS115"}
