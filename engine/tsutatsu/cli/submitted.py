"""Facts as they come to a command: from a file, standard input or ``--set``; JSON, JSON lines, YAML, CSV or TSV."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from tsutatsu.cli.encodings import text_of
from tsutatsu.cli.language import misuse
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.source import Source
from tsutatsu.syntax.nodes import Map, Node, Scalar, Seq
from tsutatsu.words import Words

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

MOST_BYTES: Final = 64 * 1024 * 1024
STDIN: Final = "-"
NONE_WORDS: Final = frozenset({"なし", "無し", "none"})
"""What says, in words, that there is none."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The facts of one judgement as submitted, and where they stood."""

    facts: Mapping[str, object]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """All submissions of one call; ``table`` when their form is one of many records, however many came."""

    every: tuple[Submission, ...]
    table: bool = False


def read_submitted(path: str | None, assignments: Sequence[str]) -> Submitted:
    """The submissions in the file at ``path`` (``-``: standard input), each with the ``--set`` values added."""
    added = assigned(assignments)
    if path is None:
        return Submitted((Submission(added),))
    data = read_bytes(path)
    shown = "(stdin)" if path == STDIN else path
    read = _parsed(data, shown, _form(path, data))
    for one in read.every:
        for name in added:
            if name in one.facts:
                raise misuse("TS633", name=name)
    return Submitted(tuple(Submission({**one.facts, **added}, one.place) for one in read.every), read.table)


def assigned(assignments: Iterable[str]) -> dict[str, Json]:
    """``名=値`` pairs as a mapping."""
    found: dict[str, Json] = {}
    for one in assignments:
        name, mark, value = one.replace("＝", "=", 1).partition("=")
        if not mark or not name.strip():
            raise misuse("TS632", value=one, example="--set 訪問の時間帯=夜間")
        if name.strip() in found:
            raise misuse("TS633", name=name.strip())
        found[name.strip()] = _cell(value.strip())
    return found


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input; refused where they cannot be had or are too many."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        why = _WHY.get(type(error), (error.strerror or type(error).__name__,) * 2)
        raise misuse("TS627", path=path, why=why[0], why_en=why[1]) from None
    if len(data) > MOST_BYTES:
        raise misuse("TS639", most="64 MiB", most_en="64 MiB")
    return data


_WHY: Final[dict[type[OSError], tuple[str, str]]] = {
    FileNotFoundError: ("ファイルがない", "there is no such file"),
    IsADirectoryError: ("フォルダーである", "it is a folder"),
    PermissionError: ("権限がない", "permission denied"),
}


def decoded(data: bytes, shown: str) -> str:
    """The text of ``data``: UTF-8 with or without a BOM, UTF-16 with one, or cp932."""
    text = text_of(data)
    if text is None:
        raise Refused([finding("TS628", Source(shown))])
    return text


def _form(path: str, data: bytes) -> str:
    """The form of a file by its name, or by how it begins."""
    named = {
        ".json": "json",
        ".jsonl": "lines",
        ".ndjson": "lines",
        ".csv": "csv",
        ".tsv": "tsv",
        ".yaml": "yaml",
        ".yml": "yaml",
    }
    known = named.get(Path(path).suffix.lower())
    if known is not None:
        return known
    head = decoded(data, path).lstrip()
    if head.startswith(("{", "[")):
        first, _, rest = head.partition("\n")
        return "lines" if first.rstrip().endswith("}") and rest.strip().startswith("{") else "json"
    first = head.partition("\n")[0]
    if ":" in first or first.startswith(("#", "-")):
        return "yaml"
    return "tsv" if "\t" in first else "csv"


def _parsed(data: bytes, shown: str, form: str) -> Submitted:
    match form:
        case "json":
            value = parse_json(decoded(data, shown), shown)
            if isinstance(value, list):
                return Submitted(tuple(_submission(one, f"{shown}[{n}]") for n, one in enumerate(value, 1)), table=True)
            return Submitted((_submission(value, shown),))
        case "lines":
            lines = enumerate(decoded(data, shown).split("\n"), 1)  # other line ends may stand in a text
            return Submitted(
                tuple(_submission(parse_json(t, shown, n), f"{shown}:{n}") for n, t in lines if t.strip()), table=True
            )
        case "csv" | "tsv":
            return Submitted(tuple(_rows(decoded(data, shown), shown, "\t" if form == "tsv" else ",")), table=True)
        case _:
            return _yaml(decoded(data, shown), shown)


def _submission(value: Json, place: str) -> Submission:
    if not isinstance(value, dict):
        raise Refused([finding("TS515", Source(place), found="組でないもの", found_en="something else")])
    return Submission(value, place)


def parse_json(text: str, shown: str, line: int = 0) -> Json:
    """JSON as the standard has it: no NaN, no name given twice, bounded in depth."""
    try:
        read: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = Source(shown, (line or 1) + error.lineno - 1, error.colno)
        raise _not_json(where, _SLIPS.get(error.msg, Words(error.msg))) from None
    except _NotJson as error:
        raise _not_json(Source(shown, line), error.words) from None
    except ValueError:  # the only one left: a whole number of more digits than Python reads
        raise _not_json(Source(shown, line), Words("桁の多すぎる数がある", "a number has too many digits")) from None
    except RecursionError:
        raise _not_json(Source(shown, line), Words("入れ子が深すぎる", "it is nested too deeply")) from None
    return read


class _NotJson(ValueError):
    """Something that Python's reader would take and the standard does not."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def _not_json(where: Source, why: Words) -> Refused:
    return Refused([finding("TS629", where, why=why.ja, why_en=why.say("en"))])


_SLIPS: Final = {
    "Expecting value": Words("値があるはずの所にない", "a value is missing"),
    "Expecting property name enclosed in double quotes": Words(
        "引用符で囲んだ名がない", "a name in double quotes is missing"
    ),
    "Expecting ':' delimiter": Words("名の後に「:」がない", "a colon is missing after a name"),
    "Expecting ',' delimiter": Words("項目の間に「,」がない", "a comma is missing between items"),
    "Illegal trailing comma before end of object": Words(
        "最後の項目の後に「,」がある", "a comma follows the last item"
    ),
    "Illegal trailing comma before end of array": Words("最後の項目の後に「,」がある", "a comma follows the last item"),
    "Extra data": Words("終わった後に続きがある", "something follows the end"),
    "Unterminated string starting at": Words("引用符が閉じていない", "a quote is not closed"),
    "Invalid control character at": Words("文の中に制御文字がある", "there is a control character in a text"),
    "Invalid \\escape": Words("「\\」の使い方が違う", "a backslash is misused"),
    "Invalid \\uXXXX escape": Words("「\\u」の後が四桁の十六進数でない", "four hexadecimal digits must follow \\u"),
}
"""What Python's reader says, in both languages."""


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(n for n in found if names.count(n) > 1)
        raise _NotJson(Words(f"「{twice}」が二度ある", f"the name “{twice}” is given twice"))
    return found


def _no_constant(name: str) -> Json:
    raise _NotJson(Words(f"{name} は JSON の値でない", f"{name} is no value of JSON"))


def _rows(text: str, shown: str, delimiter: str) -> Iterable[Submission]:
    """The rows of a table under its heading; an empty cell says nothing."""
    import csv
    import io

    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        heading: list[str] | None = None
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if heading is None:
                heading = [cell.strip() for cell in cells]
                twice = next((name for name in heading if heading.count(name) > 1), None)
                if twice is not None:
                    raise Refused([finding("TS633", Source(shown, reader.line_num), name=twice)])
                continue
            if len(cells) != len(heading):
                where = Source(shown, reader.line_num)
                raise Refused([finding("TS631", where, line=reader.line_num, found=len(cells), expected=len(heading))])
            facts = {name: _cell(cell.strip()) for name, cell in zip(heading, cells, strict=True) if cell.strip()}
            yield Submission(facts, f"{shown}:{reader.line_num}")
    except csv.Error as error:
        why = _torn(error)
        raise Refused([finding("TS653", Source(shown, reader.line_num), why=why.ja, why_en=why.en)]) from None


def _torn(error: Exception) -> Words:
    if "field limit" in str(error):
        return Words("長すぎる欄がある", "a cell is too long")
    return Words("引用符が閉じていないか、閉じた後に続きがある", "a quote is not closed, or is followed by more")


def _cell(text: str) -> Json:
    """A cell's value: a list where it is one in JSON, none for the words that say so, otherwise its text."""
    if text.startswith("[") and text.endswith("]"):
        try:
            value: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        except ValueError:
            return text
        return value if isinstance(value, list) else text
    return None if text in NONE_WORDS else text


def _yaml(text: str, shown: str) -> Submitted:
    from tsutatsu.syntax.yaml_reader import read_yaml

    read = read_yaml(text.encode(), shown)
    if read.node is None or not read.sound:
        if not read.findings or any(one.code in ("TS107", "TS108") for one in read.findings):
            return Submitted((Submission({}, shown),))
        raise Refused(read.findings)
    value = _value(read.node)
    if isinstance(value, list):
        return Submitted(tuple(_submission(one, f"{shown}[{n}]") for n, one in enumerate(value, 1)), table=True)
    return Submitted((_submission(value, shown),))


def _value(node: Node) -> Json:
    """A node as a fact's value: words stay words, an empty value is left out."""
    match node:
        case Map(entries):
            return {e.key.text: _value(e.value) for e in entries if not (isinstance(e.value, Scalar) and e.value.empty)}
        case Seq(items):
            return [_value(item) for item in items]
        case Scalar():
            if node.plain and node.text in ("true", "false"):
                return node.text == "true"
            if node.plain and node.text in ("null", "~", *NONE_WORDS):
                return None
            return node.text
