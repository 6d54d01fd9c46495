"""The files with which encoding a circular begins: what its text gives, and marked gaps for the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tsutatsu.syntax.emitting import ledger_text, scalar
from tsutatsu.syntax.stubs import drafts_of, norms_text
from tsutatsu.text.drafting import Guess, draft, guesses
from tsutatsu.text.ledger import CARRIED, Treatment
from tsutatsu.text.masthead import Cited, Masthead, Span, masthead_of
from tsutatsu.text.nodes import Document, PartKind, Role

_SLUGS: Final = {
    PartKind.COVERING: "preamble",
    PartKind.BELOW: "below",
    PartKind.MAIN: "main",
    PartKind.ATTACHMENT: "annex",
    PartKind.SHEET: "sheet",
    PartKind.TABLE: "table",
    PartKind.FORM: "form",
}
_MOST_FILES: Final = 60
"""A part of more provisions than these has one norms file for all."""
_EMPTY: Final = {
    "judgements": (
        "# 尋ねられる問い / the questions to be asked",
        "判断:",
        "  # - id:",
        "  #   名:",
        "  #   英:",
        "  #   行為の日:   # 行為の日の用語。なければ消す / the term for the day of the act, if there is one",
        "  #   規範:       # [規範の id, …] / ids of norms",
    ),
    "readings": (
        "# 二通りに読める箇所 / where the text can be read in two ways",
        "解釈:",
        "  # - id:",
        "  #   条項:",
        "  #   争点:",
        "  #   読み:   # {甲: …, 乙: …}",
        "  #   採る: 未定",
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to be written: its path from the law folder, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """A passage that something must carry, and the file in which its draft stands."""

    guess: Guess
    file: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A circular begun: its files, what the text left open in its head, and the passages in the order of the text."""

    sheets: tuple[Sheet, ...]
    gaps: tuple[str, ...]
    guesses: tuple[Guess, ...]
    to_do: tuple[ToDo, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of provisions: the file for its norms, its heading, its passages."""

    path: str
    head: str
    guesses: list[Guess] = field(default_factory=list[Guess])


def skeleton_of(document: Document, directive: str, issued: date, encoded: date) -> Skeleton:
    """The files of the issue ``issued`` of the circular ``directive``, of which ``encoded`` is the day of encoding."""
    folder = f"policy/{directive}/{issued.isoformat()}"
    head = masthead_of(document)
    guessed = tuple(guesses(document))
    groups = _groups(document, folder, guessed)
    drafts = {one.path: drafts_of(one.guesses) for one in groups}
    written = [one for one in groups if drafts[one.path]] or groups[:1]
    top = list(_directive(head, issued, encoded))
    title = head.title or directive
    vocabulary = f"{folder}/vocabulary.yaml"
    sheets = [
        Sheet(f"{folder}/directive.yaml", "\n".join(top) + "\n"),
        Sheet(f"{folder}/ledger.yaml", ledger_text(draft(document), _shown(title))),
        Sheet(vocabulary, "\n".join(_vocabulary(document)) + "\n"),
        *(Sheet(f"{folder}/{stem}.yaml", "\n".join(lines) + "\n") for stem, lines in _EMPTY.items()),
        *(Sheet(one.path, norms_text(one.head, drafts[one.path])) for one in written),
        Sheet(f"features/{directive}/{issued.isoformat()}/{directive}.feature", _feature(directive, _shown(title))),
    ]
    return Skeleton(tuple(sheets), tuple(_gaps(top)), guessed, tuple(_to_do(groups, vocabulary)))


def _feature(directive: str, title: str) -> str:
    lines = (
        "# language: ja",
        f"@{directive}",
        f"機能: {title}",
        "",
        "  # 使える文は `tsutatsu steps` が並べる。 / `tsutatsu steps` lists the sentences that can be used.",
        "  # シナリオ:",
        "  #   前提 「…」が「…」である",
        "  #   もし 「…」の可否を令和…年…月…日について判断する",
        "  #   ならば 許可される",
    )
    return "\n".join(lines) + "\n"


def _groups(document: Document, folder: str, guessed: Sequence[Guess]) -> list[_Group]:
    """The passages by the provision group they stand in, in the order of the text."""
    found: list[_Group] = []
    home: dict[str, _Group] = {}
    first = 0 if any(part.kind is PartKind.COVERING for part in document.parts) else 1
    for n, part in enumerate(document.parts, first):
        stem = f"{folder}/norms/{n}-{_SLUGS[part.kind]}"
        found.append(_Group(f"{stem}.yaml", _shown(f"{part.path} {part.title}")))
        home[part.path] = found[-1]
        for m, top in enumerate(part.provisions, 1):
            if len(part.provisions) <= _MOST_FILES:
                found.append(_Group(f"{stem}-{m:02}.yaml", _shown(f"{top.path} {top.heading}")))
            home |= {each.path: found[-1] for each in top.walk()}
    for one in guessed:
        if one.passage.path in home:
            home[one.passage.path].guesses.append(one)
    return found


def _to_do(groups: Sequence[_Group], vocabulary: str) -> Iterator[ToDo]:
    for group in groups:
        for one in group.guesses:
            if one.treatment in CARRIED:
                yield ToDo(one, group.path if one.treatment is Treatment.NORM else vocabulary)


# ── directive.yaml ───────────────────────────────────────────────────────────────────────────────────────────────────


def _directive(head: Masthead, issued: date, encoded: date) -> Iterator[str]:
    yield "# 印字のとおりに書く。「未記入」は、本文の頭から読み取れなかったところ。"
    yield "# As printed. 未記入 marks what could not be made out from the head of the text."
    yield _said("通達", head.title, "題 / the title")
    yield _said("英", "", "英語での呼び方 / a name in English")
    yield "発出:"
    yield _said("  日", head.day.text if head.day and head.day.day == issued else issued.isoformat(), "")
    yield _said("  者", "、".join(head.issuers), "発出者 / who issued it")
    yield _said("  番号", head.numbers[0] if head.numbers else "", "文書番号 / its number")
    if head.numbers[1:]:
        yield f"  ほかの番号: [{', '.join(scalar(one) for one in head.numbers[1:])}]"
    yield from _list("宛先", head.addressees, "to whom it is addressed")
    yield "# 適用範囲: {組織の種別: […]}   # 必要なら書く / which bodies it binds, where that is to be said"
    yield from _span("有効期間", head.effect, "the period of effect")
    yield from _span("原議保存期間", head.retention, "how long the original is kept")
    yield from _citations("廃止", head.repeals, head.repeals_unnamed)
    yield from _citations("参照", head.cites, ())
    yield f"符号化: {{改訂: 1, 日: {encoded.isoformat()}, 内容: 初版}}"


def _said(key: str, value: str, what: str) -> str:
    return f"{key}: {scalar(value)}" if value else f"{key}:   # 未記入: {what}"


def _list(key: str, values: Sequence[str], what: str) -> Iterator[str]:
    if not values:
        yield f"# {key}:   # 印字が見つからない。あれば書く / not found; write it where it is printed ({what})"
        return
    yield f"{key}:"
    yield from (f"  - {scalar(one)}" for one in values)


def _span(key: str, span: Span | None, what: str) -> Iterator[str]:
    """A period; one whose line is printed but cannot be made out is a gap."""
    if span is None:
        yield f"# {key}:   # 印字が見つからない。あれば書く / not found; write it where it is printed ({what})"
        return
    yield f"{key}:"
    if span.kind:
        yield f"  種別: {scalar(span.kind)}"
    if span.years is not None:
        yield f"  年: {span.years}"
    if span.start is not None:
        yield f"  から: {scalar(span.start.text)}"
    if span.end is not None or key == "有効期間" or span.years is None:
        yield _said("  まで", span.end.text if span.end else "", "終わりの日 / the last day")


def _citations(key: str, cited: Sequence[Cited], unnamed: Sequence[str]) -> Iterator[str]:
    if cited or unnamed:
        yield f"{key}:"
    for one in cited:
        number, title = one.reference.number, one.reference.title
        yield _said("  - 番号", number, "番号 / its number")
        if one.day or key == "廃止":
            yield _said("    日", one.day, "日 / its day")
        if title:
            yield f"    題: {scalar(title)}"
        place = one.reference.path if one.role is Role.MAIN else f"{one.reference.path}/{one.role.value}"
        yield f"    条項: {scalar(place)}"
    for place in unnamed:
        yield "  - 番号:   # 未記入: 廃止される通達の番号 / the number of what is repealed"
        yield "    日:   # 未記入: その日 / its day"
        yield f"    条項: {scalar(place)}"


def _gaps(lines: Sequence[str]) -> Iterator[str]:
    """The keys left open, each under the one that holds it."""
    above = ""
    for line in lines:
        key = line.partition(":")[0]
        if not key.startswith((" ", "#")):
            above = key
        if "# 未記入" in line:
            inner = key.strip(" -")
            yield inner if inner == above else f"{above}/{inner}"


# ── vocabulary.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────


def _vocabulary(document: Document) -> Iterator[str]:
    yield "# 事実の言葉: 一つの事実を一度だけ名付ける / the words for facts: each is named once"
    yield "用語:"
    yield "  # purpose:   # 識別子 / its id"
    yield "  #   名:"
    yield "  #   英:"
    yield "  #   型:     # 真偽、日、日時、文字列、人、職、{選択: {id: 名}}、{整数: 単位} など / its type"
    yield "  #   問:     # この事実を尋ねる文 / the question that asks for it"
    yield "  #   答える人:"
    yield "# 定義と、尺度のない語 / definitions, and words without a measure"
    yield "語:"
    for one in document.definitions:
        yield f"  # {scalar(_shown(one.term))}:"
        yield "  #   英:"
        yield f"  #   条項: {scalar(_shown(one.path))}"
        yield "  #   当たる:"
    yield "# 期間と時間帯 / periods and daily windows"
    yield "時計:"


def _shown(text: str) -> str:
    """Words fit for a comment."""
    return "".join(ch for ch in text if ch.isprintable()).strip()
