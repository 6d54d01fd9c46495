"""``tsutatsu review``: pages for the legal reviewer, to read, print and sign."""

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tsutatsu.cli.days import day_given, today
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import Misuse, help_of, lang, misuse, say, told, unwritable
from tsutatsu.cli.law import law_root, named_directive, sound_law, texts_in
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out as standard_output
from tsutatsu.cli.paper import put_json
from tsutatsu.coverage.accounts import Texts, accounts_of
from tsutatsu.coverage.reaching import reached
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import perform_of
from tsutatsu.site import Review, index_of, page_of, place, review_of
from tsutatsu.words import Words

INDEX = "index.html"


@command(
    "review",
    Words(
        "法務の確認者のためのページを、通達の版ごとに一枚と一覧一枚、書く。条項ごとに、本文、扱い、規範の平文、解釈の両側、"
        "シナリオとその結果、承認か異議の欄がある。通信なしで開き、印刷できる。シナリオはその場で全て実行する。\n"
        "--text に本文のフォルダーを渡すと本文を示す。なければ位置と指紋だけを示す。\n"
        "--out のフォルダー（既定は review）の中だけに書き、review が前に書いたページのほかは書き替えない。"
        "不合格か欠けがあれば、ページを書いた上で 1 で終わる。",
        "Writes a page for the legal reviewer for each issue of each circular, and a page that lists them: for each "
        "provision its text, what became of it, the norms in plain words, both sides of open readings, the scenarios "
        "with their results, and a box to approve or object. The pages open without a network and can be printed; all "
        "scenarios are run on the spot.\n"
        "--text names the folder with the texts; without it places and fingerprints stand in for them.\n"
        "It writes in the folder of --out (review where none is given) and nowhere else, over nothing but its own "
        "earlier pages, and exits 1, with the pages written, where something fails or is missing.",
    ),
    Example(
        "tsutatsu review", Words("備え付けの通達のページを review に書く", "Pages of the shipped law, into review/")
    ),
    Example(
        "tsutatsu review . --text texts --on 2026-12-01 --out 確認",
        Words("本文を添え、その日の効力を示すページ", "With the texts, and the force on that day"),
    ),
)
@option(
    "--directive", metavar="NAME", ja="この通達だけ（一覧は書かない）。", en="Only this directive (no list is written)."
)
@option(
    "--text", "text", metavar="DIR", ja="本文（.txt）のあるフォルダー。", en="A folder that holds the texts (.txt)."
)
@option("--out", metavar="DIR", default="review", ja="書く先（既定は review）。", en="Where to write (review/).")
@option(
    "--on",
    metavar="DATE",
    ja="どの日のページか（既定は今日）。",
    en="The day of the pages (today where none is given).",
)
@json_option
@law_argument
def command_(
    folder: str | None, directive: str | None, text: str | None, out: str, on: str | None, *, as_json: bool
) -> int:
    """Writes the pages; 1 where something in them fails or is missing."""
    root = law_root(folder)
    _aside(out, root)
    day = day_given(on, "--on") or today()
    texts = None if text is None else texts_in(text)
    reviews = _reviews(root, directive, texts, text or "", day)
    pages = {one.file: page_of(one, lang()) for one in reviews}
    if directive is None:
        pages[INDEX] = index_of(reviews, day, lang())
    try:
        written = place(pages, Path(out))
    except Refused as refused:
        raise Misuse(refused.findings) from None
    except OSError as error:
        raise unwritable(error.filename or out, error) from None
    wanting = any(one.lacks for one in reviews)
    if as_json:
        put_json(
            {
                "clean": not wanting,
                "on": day.isoformat(),
                "pages": [*map(_to_dict, written, pages.values())],
                "directives": [_counts(one) for one in reviews],
            }
        )
    else:
        _tell(reviews, written)
    return FINDINGS if wanting else CLEAN


def _aside(out: str, root: Path) -> None:
    """Refuses to write nowhere, and into the law itself, where a page would be a stray file."""
    if not out:
        raise misuse("TS622", what="--out DIR", help=help_of("review"))
    place = Path(os.path.realpath(out))
    if any(place.is_relative_to(os.path.realpath(root / part)) for part in ("policy", "features", "workflows")):
        raise misuse("TS635", path=out, why="法令のフォルダーの中である", why_en="it is within the law's own folders")


def _reviews(root: Path, directive: str | None, texts: Texts | None, folder: str, day: date) -> tuple[Review, ...]:
    reading = sound_law(root)
    assert reading.bundle is not None
    law = Law(root, reading.bundle)
    wanted = None if directive is None else named_directive(reading.bundle, directive)
    performed = perform_of(law, wanted)
    accounts = accounts_of(reading, texts, folder, reached(performed))
    return tuple(
        review_of(one, performed, law, day) for one in accounts if wanted is None or one.directive.id == wanted
    )


def _tell(reviews: Sequence[Review], written: Sequence[Path]) -> None:
    paper = standard_output()
    for one in reviews:
        paper.put(say(one.title.ja, one.title.say("en")), style="head")
        counts = [
            f"{told(each.label)} {each.number}" + (f"/{each.of}" if each.of is not None else "") for each in one.counts
        ]
        paper.put(say("、", ", ").join(counts), indent=2, style="quiet")
        if one.lacks:
            lacks = say(f"不合格と欠け {len(one.lacks)}", f"failing or missing: {len(one.lacks)}")
            paper.put(lacks, indent=2, style="bad")
    paper.put()
    for each in written:
        paper.put(say(f"{each.as_posix()} を書いた。", f"Wrote {each.as_posix()}."), style="good")


def _to_dict(place: Path, content: bytes) -> dict[str, object]:
    return {"file": place.as_posix(), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _counts(one: Review) -> dict[str, object]:
    return {
        "id": one.directive,
        "issued": one.issued.isoformat(),
        "title": {"ja": one.title.ja, "en": one.title.say("en")},
        "file": one.file,
        "force": {"ja": one.verdict.ja, "en": one.verdict.say("en")},
        "has_text": one.has_text,
        "has_ledger": one.has_ledger,
        "counts": [
            {"label": {"ja": each.label.ja, "en": each.label.say("en")}, "number": each.number, "of": each.of}
            for each in one.counts
        ],
        "failing_or_missing": [{"ja": each.words.ja, "en": each.words.say("en")} for each in one.lacks],
    }
