"""``tsutatsu new``: from the text of a circular to the files in which its encoding begins."""

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

from tsutatsu.cli.days import day_given, today
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import help_of, misuse, say, unwritable
from tsutatsu.cli.layout import visible
from tsutatsu.cli.paper import Paper, err, out, put_json
from tsutatsu.cli.rendering import show_findings
from tsutatsu.cli.submitted import STDIN, read_bytes
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.sealing.writing import write_once
from tsutatsu.source import Source
from tsutatsu.syntax.skeleton import Sheet, Skeleton, skeleton_of
from tsutatsu.text import Document, Role, read_text
from tsutatsu.text.drafting import Guess
from tsutatsu.text.ledger import CARRIED, Treatment, passages_of
from tsutatsu.text.masthead import masthead_of
from tsutatsu.words import Words

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TAKEN: Final = frozenset({"common", "local"})
_DEVICES: Final = re.compile("con|prn|aux|nul|(com|lpt)[0-9]", re.ASCII)
"""What Windows takes for a device, so that no folder can have the name."""
_LONGEST: Final = 80
_PROVISO: Final = Words("ただし書", "exception")
_ITEM: Final = Words("各号", "item of a list")


@command(
    "new",
    Words(
        "通達の本文（テキスト）を読み、符号化の始まりになるファイルを書く: 頭書を写した directive.yaml、文ごとの扱いを"
        "下書きした台帳、規範の下書き（注釈）、空の用語・判断・解釈、機能文書のひな形。\n"
        "本文から読み取れなかったところは、推し量らずに空けて残し、check がそれを一つずつ示す。本文の文は写さない"
        "（台帳に指紋だけを置く）。既にあるファイルには手を触れない。",
        "Reads the text of a circular and writes the files in which its encoding begins: directive.yaml with the head "
        "as printed, a ledger with a drafted treatment for every passage, drafts of norms (commented out), empty "
        "vocabulary, judgements and readings, and a first feature.\n"
        "What cannot be made out is left empty, never guessed, and check names each gap. Sentences of the text are not "
        "copied (the ledger holds fingerprints). A file that is there already is never touched.",
    ),
    Example("tsutatsu new rooms.txt", Words("今いるフォルダーに rooms を始める", "Begin the circular rooms here")),
    Example(
        "tsutatsu new 通達.txt --id evening-rooms --into 自分の方針",
        Words("識別子とフォルダーを決めて始める", "Begin it under an id, in a folder"),
    ),
)
@argument("text", ja="本文のテキスト（「-」は標準入力）。", en="The text (“-”: standard input).", metavar="TEXTFILE")
@option(
    "--id",
    "directive",
    metavar="ID",
    ja="通達の識別子（英小文字、数字、ハイフン）。既定はファイルの名。",
    en="The circular's id: small letters, digits, hyphens (the file's name where none is given).",
)
@option(
    "--issued",
    metavar="DATE",
    ja="発出の日。本文に印字がないときに書く。",
    en="The day of issue, where the text does not print it.",
)
@option(
    "--encoded",
    metavar="DATE",
    ja="符号化の日（既定は東京の今日）。",
    en="The day of the encoding (today in Tokyo where none is given).",
)
@option(
    "--into",
    default=".",
    metavar="DIR",
    ja="policy を含む（又は作る）フォルダー。既定は今いるフォルダー。",
    en="The folder that holds, or will hold, policy/ (the current one where none is given).",
)
@json_option
def command_(
    *, text: str, directive: str | None, issued: str | None, encoded: str | None, into: str, as_json: bool
) -> None:
    """Writes the beginning of a circular into ``into``."""
    if not into:
        raise misuse("TS622", what="--into DIR", help=help_of("new"))
    data = read_bytes(text)
    document = read_text(data, "(stdin)" if text == STDIN else text)
    if not any(one.number for _, one in document.passages()):
        raise Refused([finding("TS677", Source(document.file))])
    name = _id(text, directive, asking=not as_json)
    day = _issued(document, issued, asking=not as_json)
    made = skeleton_of(document, name, day, day_given(encoded, "--encoded") or today())
    _readable(made, document)
    _write(made, Path(into))
    if as_json:
        put_json(_told(made, document, name, day))
        return
    show_findings(err(), document.findings)
    if document.findings:
        err().put()
    _show(out(), made, into, text)


# ── what the text does not say ───────────────────────────────────────────────────────────────────────────────────────


def _id(text: str, given: str | None, *, asking: bool) -> str:
    stem = "" if text == STDIN else Path(text).stem
    name = given
    if name is None:
        name = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-") if stem.isascii() else ""
    if not name and given is None:
        name = _asked(say("通達の識別子（英小文字と数字）", "The circular's id (small letters, digits)"), text, asking)
        if not name:
            raise misuse("TS673", file=Path(text).name if stem else text)
    if not _ID.fullmatch(name) or name in _TAKEN or _DEVICES.fullmatch(name) or len(name) > _LONGEST:
        raise misuse("TS674", id=name)
    return name


def _issued(document: Document, given: str | None, *, asking: bool) -> date:
    printed = masthead_of(document).day
    day = day_given(given, "--issued") or (printed.day if printed else None)
    if day is None:
        said = _asked(say("発出の日（令和8年4月1日 など）", "The day of issue (2026-04-01)"), document.file, asking)
        day = day_given(said, "--issued") if said else None
    if day is None:
        raise misuse("TS675")
    return day


def _asked(what: str, source: str, asking: bool) -> str:
    """What the person at the terminal answers; nothing where nobody is there to be asked."""
    if not asking or source in (STDIN, "(stdin)") or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    err().stream.write(f"{what}: ")
    err().stream.flush()
    return sys.stdin.readline().strip()


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _readable(made: Skeleton, document: Document) -> None:
    """Refuses, before anything is written, what could not be read back, with the line of the text that is at fault."""
    from tsutatsu.syntax.decoding import unwanted_in
    from tsutatsu.syntax.yaml_reader import read_yaml

    for one in made.sheets:
        if one.path.endswith(".yaml"):
            read = read_yaml(one.text.encode("utf-8", "surrogatepass"), one.path)
            if not read.sound:
                why = read.findings[0]
                lines = (each.where for each in passages_of(document) if any(unwanted_in(each.text, each.where)))
                where = next(lines, Source(document.file))
                said = {"why": why.ja.rstrip("。"), "why_en": why.en.rstrip(".")}
                raise Refused([finding("TS678", where, (), file=one.path, **said)])


def _write(made: Skeleton, root: Path) -> None:
    """Writes every file; none where one of their folders holds anything, or where one of them cannot be written.

    Links within ``root`` are not followed: what is written stands beneath it.
    """
    begun: list[Sheet] = []
    try:
        folders = dict.fromkeys("/".join(one.path.split("/")[:3]) for one in made.sheets)
        for folder in folders:
            place = root / folder
            above = (root / part for part in (Path(folder), *Path(folder).parents[:-1]))
            link = next((one for one in above if one.is_symlink()), None)
            if link is not None:
                raise misuse("TS635", path=link, why="リンクである", why_en="it is a link")
            if place.exists() and any(not one.is_dir() or one.is_symlink() for one in (place, *place.rglob("*"))):
                raise misuse("TS676", path=place.as_posix())
        for one in made.sheets:
            begun.append(one)  # before it is written: an interruption may come right after
            if not write_once(root / one.path, one.text.encode()):
                raise misuse("TS676", path=(root / one.path).as_posix())
    except BaseException as error:
        for one in begun:
            _take_back(root / one.path, one.text.encode())
        if not isinstance(error, OSError):
            raise
        raise unwritable(error.filename or root, error) from None


def _take_back(place: Path, content: bytes) -> None:
    """Removes what was written there; nothing where another's file stands."""
    if place.is_file() and not place.is_symlink() and place.read_bytes() == content:
        place.unlink()


# ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _show(paper: Paper, made: Skeleton, into: str, text: str) -> None:
    head = made.sheets[0].path.rpartition("/")[0]
    paper.put(say(f"「{head}」を始めた。", f"Began “{head}”."), style="good")
    paper.put()
    paper.rows([(sheet.path.removeprefix(f"{head}/"), _what(sheet, made)) for sheet in made.sheets])
    paper.put()
    asked = sum(one.treatment in CARRIED for one in made.guesses)
    paper.put(
        say(
            f"文など {len(made.guesses)}。そのうち、規範か定義とみたもの {asked}: {_kinds(made)}。",
            f"Passages: {len(made.guesses)}. Taken for norms or definitions: {asked} ({_kinds(made)}).",
        )
    )
    if made.gaps:
        gaps = say("、", ", ").join(made.gaps)
        paper.put(say(f"本文から読み取れなかったもの: {gaps}。", f"Not made out from the text: {gaps}."), style="care")
    paper.put()
    paper.put(say("つぎに:", "Next:"), style="head")
    folder = _quoted(into)
    texts = _quoted(str(Path(text).parent)) if text != STDIN else "DIR"
    rows: list[tuple[str, Words]] = [
        (f"tsutatsu check {folder}", Words("空いているところを示す", "names each gap")),
        (f"tsutatsu ledger {folder} --missing", Words("残りの文を、本文の順に", "what is left, in the text's order")),
        (f"tsutatsu ledger {folder} --text {texts}", Words("文を見ながら書く", "shows the sentences beside it")),
    ]
    for line, what in rows:
        paper.raw(paper.paint(f"  {line}", "code") + "   # " + say(what.ja, what.en))


def _what(sheet: Sheet, made: Skeleton) -> str:
    """What a file holds, in a few words."""
    name = sheet.path.rpartition("/")[2]
    if "/norms/" in sheet.path:
        count = sum(one.file == sheet.path for one in made.to_do)
        return say(f"規範の下書き: {count} か所", f"drafts of norms, passages: {count}")
    known: dict[str, tuple[str, str]] = {
        "directive.yaml": ("頭書", "the head"),
        "ledger.yaml": ("文ごとの扱い", "what becomes of each passage"),
        "vocabulary.yaml": ("用語、語、時計", "terms, concepts, clocks"),
        "judgements.yaml": ("尋ねられる問い", "the questions that can be asked"),
        "readings.yaml": ("解釈の分かれ", "open readings"),
    }
    return say(*known.get(name, ("シナリオ", "scenarios")))


def _kinds(made: Skeleton) -> str:
    counts = Counter(_kind(one) for one in made.guesses if one.treatment in CARRIED)
    return say("、", ", ").join(f"{say(kind.ja, kind.say('en'))} {count}" for kind, count in counts.most_common())


_FORCES: Final = {
    "義務": "duty",
    "禁止": "ban",
    "許可": "permission",
    "裁量": "discretion",
    "努力": "effort",
    "配慮": "consideration",
    "設置": "establishment",
    "充て職": "ex officio",
}


def _kind(guess: Guess) -> Words:
    if guess.treatment is Treatment.DEFINITION:
        return Words("定義", "definition")
    if guess.force:
        return Words(guess.force, _FORCES[guess.force])
    return _PROVISO if guess.passage.role is Role.PROVISO else _ITEM


def _quoted(path: str) -> str:
    shown = visible(path)
    return f'"{shown}"' if " " in shown or "　" in shown else shown


def _told(made: Skeleton, document: Document, name: str, day: date) -> dict[str, object]:
    counts = Counter(one.treatment.value for one in made.guesses)
    forces = Counter(one.force for one in made.guesses if one.force)
    return {
        "id": name,
        "issued": day.isoformat(),
        "files": [one.path for one in made.sheets],
        "gaps": list(made.gaps),
        "passages": len(made.guesses),
        "treatments": dict(counts),
        "forces": dict(forces),
        "to_do": [
            {
                "provision": one.guess.passage.path,
                "sentence": one.guess.passage.number,
                "role": one.guess.passage.role.value,
                "treatment": one.guess.treatment.value,
                "force": one.guess.force or None,
                "line": one.guess.passage.where.line,
                "file": one.file,
            }
            for one in made.to_do
        ],
        "findings": [one.to_dict() for one in document.findings],
    }
