"""``tsutatsu text``: a circular's printed text as a tree of provisions, and what differs between two texts."""

from typing import Final

from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import help_of, misuse, say, told
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, err, out, put_json
from tsutatsu.cli.rendering import show_findings
from tsutatsu.diagnostics import near_blanks
from tsutatsu.text import Change, Difference, Document, FieldKind, Part, Provision, Sentence, diff, read_text
from tsutatsu.words import Words

_DEEDS: Final = ("tree", "diff")
_CHANGES: Final = {
    Change.CHANGED: Words("変更", "changed"),
    Change.MOVED: Words("移動", "moved"),
    Change.RENUMBERED: Words("項番変更", "renumbered"),
    Change.ADDED: Words("追加", "added"),
    Change.REMOVED: Words("削除", "removed"),
}
_FIELDS: Final = {
    FieldKind.RETENTION: Words("原議保存期間", "retention"),
    FieldKind.EFFECT: Words("有効期間", "effect"),
    FieldKind.NUMBER: Words("番号", "number"),
    FieldKind.DATE: Words("日付", "date"),
    FieldKind.ISSUER: Words("発出者", "issuer"),
    FieldKind.ADDRESSEE: Words("宛先", "to"),
    FieldKind.COPY: Words("参考送付先", "copy to"),
    FieldKind.SEAL: Words("公印", "seal"),
    FieldKind.TITLE: Words("題", "title"),
    FieldKind.UNPLACED: Words("不明", "unplaced"),
}


@command(
    "text",
    Words(
        "tree は、通達の本文のテキストを読み、前書き、前文、記、別添、様式を、条項と文の木にして示す。文には役割と指紋"
        "（改行・空白・項番によらない）が付く。"
        "置き場所の分からない行は捨てずに指摘し、1 で終わる。\n"
        "diff は、二つの本文を比べ、頭書（番号、日付、有効期間など）、条項、文の変更・移動・項番変更・追加・削除を"
        "並べる。違いがあれば 1 で終わる。\n"
        "「-」は標準入力から読む。",
        "tree reads the text of a circular and shows its header, letter, 記, attachments and forms as a tree of "
        "provisions and sentences, each sentence with its role and a fingerprint that layout and numbering do not "
        "change. Lines that cannot be placed are kept and reported, with exit 1.\n"
        "diff compares two texts: header (number, date, effect …), provisions and sentences changed, moved, "
        "renumbered, added, removed. Exits 1 where they differ.\n"
        "“-” reads standard input.",
    ),
    Example("tsutatsu text tree circular.txt", Words("本文を条項の木にする", "A text as a tree of provisions")),
    Example("tsutatsu text tree circular.txt --json", Words("文の指紋まで JSON で出す", "With fingerprints, as JSON")),
    Example("tsutatsu text diff old.txt new.txt", Words("改正の前後を比べる", "Compare before and after an amendment")),
)
@argument("deed", ja="tree か diff。", en="tree or diff.", metavar="tree|diff")
@argument(
    "files",
    ja="本文のファイル。tree は一つ、diff は旧と新の二つ。",
    en="The text: one file, or old and new.",
    metavar="FILE [NEW]",
    nargs=-1,
)
@json_option
def command_(deed: str, files: tuple[str, ...], *, as_json: bool) -> int:
    """Shows the tree of one text or the differences of two."""
    if deed not in _DEEDS:
        raise misuse("TS623", what="tree|diff", value=deed, known=", ".join(_DEEDS), **near_blanks(deed, list(_DEEDS)))
    wanted = 1 if deed == "tree" else 2
    if len(files) < wanted:
        raise misuse("TS622", what="FILE" if not files else "NEW", help=help_of("text"))
    if len(files) > wanted:
        raise misuse("TS624", what=files[wanted], help=help_of("text"))
    if deed == "tree":
        return _tree(_read(files[0]), as_json=as_json)
    return _diff(diff(_read(files[0]), _read(files[1])), as_json=as_json)


def _read(path: str) -> Document:
    from tsutatsu.cli.submitted import STDIN, read_bytes

    return read_text(read_bytes(path), "(stdin)" if path == STDIN else path)


def _tree(document: Document, *, as_json: bool) -> int:
    if as_json:
        put_json(document.to_dict())
    else:
        paper = out()
        paper.put(document.header.title or document.file, style="head")
        for one in document.header.fields:
            if one.kind is not FieldKind.TITLE:
                days = say("、", ", ").join(day.isoformat() for day in one.days)
                text = " ".join(one.text.split())
                paper.entry(told(_FIELDS[one.kind]), f"{text} → {days}" if days else text, indent=2, column=16)
        for part in document.parts:
            _part(paper, part)
        _counts(paper, document)
        if document.findings:
            show_findings(err(), document.findings)
    return FINDINGS if document.findings else CLEAN


def _part(paper: Paper, part: Part) -> None:
    paper.put()
    paper.entry(part.path, part.title, style="head")
    for sentence in part.sentences:
        _sentence(paper, sentence, 2)
    for provision in part.provisions:
        _provision(paper, provision, 2)


def _provision(paper: Paper, provision: Provision, indent: int) -> None:
    paper.entry(provision.label, provision.heading, indent=indent, style="code")
    for sentence in provision.sentences:
        _sentence(paper, sentence, indent + 2)
    for child in provision.children:
        _provision(paper, child, indent + 2)


def _sentence(paper: Paper, sentence: Sentence, indent: int) -> None:
    if sentence.number:
        text = " ".join(sentence.text.split())
        paper.entry(f"〔{sentence.role.value}{sentence.number}〕", text, indent=indent, style="quiet")


def _counts(paper: Paper, document: Document) -> None:
    provisions = sum(1 for _ in document.provisions())
    sentences = sum(1 for _, one in document.passages() if one.number)
    terms, places = len(document.definitions), len(document.references)
    paper.put()
    paper.put(
        say(
            f"条項 {provisions}、文 {sentences}、定義 {terms}、参照 {places}。",
            f"Provisions: {provisions}; sentences: {sentences}; definitions: {terms}; references: {places}.",
        ),
        style="head",
    )


def _diff(found: tuple[Difference, ...], *, as_json: bool) -> int:
    if as_json:
        put_json([one.to_dict() for one in found])
    else:
        paper = out()
        if not found:
            paper.put(say("違いはない。", "No difference."), style="good")
        for one in found:
            _difference(paper, one)
    return FINDINGS if found else CLEAN


def _difference(paper: Paper, one: Difference) -> None:
    what = say("・", ", ").join(told(_CHANGES[change]) for change in one.changes)
    where = one.new or one.old or ""
    if one.old and one.new and one.old != one.new:
        where = f"{one.old} → {one.new}"
    paper.entry(where, what, style="head")
    for each in one.sentences:
        if each.old is not None:
            to = say(f"〔{each.elsewhere} へ移動〕", f"[moved to {each.elsewhere}] ") if each.elsewhere else ""
            paper.entry("-", to + " ".join(each.old.text.split()), indent=2, style="bad")
        if each.new is not None:
            of = say(f"〔{each.elsewhere} から移動〕", f"[moved from {each.elsewhere}] ") if each.elsewhere else ""
            paper.entry("+", of + " ".join(each.new.text.split()), indent=2, style="good")
