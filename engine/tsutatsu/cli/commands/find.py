"""``tsutatsu find``: a word, wherever the law speaks of it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tsutatsu.backends.prose import cite
from tsutatsu.bundle import Bundle
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument
from tsutatsu.cli.language import help_of, lang, misuse, say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.ir import Choice, Directive
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the word was found."""

    kind: Words
    directive: str
    id: str
    words: Words
    place: str = ""


@command(
    "find",
    Words(
        "規範の要約と条項、用語と選択肢、語、判断、解釈、シナリオから、言葉を含むものを並べる。全角・半角、大文字・小"
        "文字は区別しない。"
        "一つも見つからなければ 1 で終わる。",
        "Lists the norms, provisions, terms and their options, concepts, judgements, readings and scenarios in which "
        "a word occurs; width "
        "and case do not matter. Exits 1 where nothing was found.",
    ),
    Example("tsutatsu find 承認", Words("「承認」に関わるものを探す", "Look for 承認")),
    Example("tsutatsu find 第5/3 --json", Words("条項から探し、JSON で出す", "Look for a provision, as JSON")),
)
@argument("word", ja="探す言葉。", en="The word.", metavar="WORD")
@json_option
@law_argument
def command_(word: str, folder: str | None, as_json: bool) -> int:
    """Lists what was found."""
    if not word.strip():
        raise misuse("TS622", what="WORD", help=help_of("find"))
    bundle = open_law(folder)
    hits = find(bundle, word)
    if as_json:
        put_json(
            [
                {
                    "kind": _both(h.kind),
                    "directive": h.directive,
                    "id": h.id,
                    "text": _both(h.words),
                    "place": h.place or None,
                }
                for h in hits
            ]
        )
    else:
        _show(out(), hits, word)
    return CLEAN if hits else FINDINGS


def _both(words: Words) -> dict[str, str]:
    return {"ja": words.ja, "en": words.say("en")}


def find(bundle: Bundle, word: str) -> list[Hit]:
    """Everything in which ``word`` occurs, kind by kind."""
    wanted = _plain(word)
    seen: dict[tuple[str, str, str], Hit] = {}
    for directive in reversed(bundle.directives):
        for hit, texts in _texts(directive):
            if any(wanted in _plain(text) for text in texts):
                seen.setdefault((hit.kind.en, hit.directive, hit.id), hit)
    hits = [*seen.values(), *(hit for hit, text in _scenarios(bundle) if wanted in _plain(text))]
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    return sorted(hits, key=lambda hit: kinds.index(hit.kind))


def _at(provision: str, words: Words) -> Words:
    return Words(f"{cite(provision, 'ja')} {words.ja}", f"{cite(provision, 'en')} {words.say('en')}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _texts(directive: Directive) -> Iterator[tuple[Hit, tuple[str, ...]]]:
    d = directive
    for norm in d.norms:
        lifted = tuple(text for lift in norm.lifts for text in (lift.provision, lift.words.ja, lift.words.en))
        hit = Hit(
            Words("規範", "norm"),
            d.id,
            norm.id,
            _at(norm.provision, norm.summary),
        )
        yield (
            hit,
            (
                norm.id,
                norm.provision,
                cite(norm.provision, "ja"),
                norm.summary.ja,
                norm.summary.en,
                norm.bearer,
                *lifted,
            ),
        )
    for term in d.terms:
        options = (
            tuple(w for o in term.type.options for w in (o.words.ja, o.words.en))
            if isinstance(term.type, Choice)
            else ()
        )
        texts = (term.id, term.words.ja, term.words.en, term.question.ja, term.question.en, *options)
        question = Words(f"{term.words.ja} — {term.question.ja}", f"{term.words.say('en')} — {term.question.say('en')}")
        yield Hit(Words("用語", "term"), d.id, term.id, question), texts
    for concept in d.concepts:
        words = _at(concept.provision, concept.words)
        yield (
            Hit(Words("語", "concept"), d.id, concept.id, words),
            (concept.id, concept.provision, cite(concept.provision, "ja"), concept.words.ja, concept.words.en),
        )
    for judgement in d.judgements:
        yield (
            Hit(Words("判断", "judgement"), d.id, judgement.id, judgement.words),
            (judgement.id, judgement.words.ja, judgement.words.en),
        )
    for reading in d.readings:
        sides = tuple(text for side in reading.sides for text in (side.words.ja, side.words.en))
        yield (
            Hit(Words("解釈", "reading"), d.id, reading.id, _at(reading.provision, reading.issue)),
            (reading.id, reading.provision, cite(reading.provision, "ja"), reading.issue.ja, reading.issue.en, *sides),
        )


_SCENARIO = re.compile(
    r"\s*(?:シナリオ|シナリオアウトライン|シナリオテンプレート|テンプレ|Scenario(?: Outline)?)\s*[:：]\s*(.*)"
)


def _scenarios(bundle: Bundle) -> Iterator[tuple[Hit, str]]:
    """Every scenario with all its lines."""
    for file in sorted(path for path in (bundle.root / "features").rglob("*.feature") if path.is_file()):
        try:
            lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except OSError:
            continue
        shown = _shown(file)
        directive = file.relative_to(bundle.root / "features").parts[0]
        heads = [(n, found[1]) for n, line in enumerate(lines) if (found := _SCENARIO.fullmatch(line))]
        ends = [*(n for n, _ in heads[1:]), len(lines)] if heads else []
        for (start, name), end in zip(heads, ends, strict=True):
            hit = Hit(Words("シナリオ", "scenario"), directive, name, Words(name, name), f"{shown}:{start + 1}")
            yield hit, "\n".join(lines[start:end])


def _shown(file: Path) -> str:
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _show(paper: Paper, hits: list[Hit], word: str) -> None:
    if not hits:
        paper.put(say(f"「{word}」はどこにもない。", f"“{word}” occurs nowhere."))
        return
    kind: Words | None = None
    for hit in hits:
        if hit.kind != kind:
            if kind is not None:
                paper.put()
            kind = hit.kind
            count = sum(one.kind == kind for one in hits)
            paper.put(f"{told(kind)} ({count})", style="head")
        paper.entry("-", hit.words.say(lang()), indent=2)
        paper.put(hit.place or f"{hit.directive}/{hit.id}", indent=4, style="quiet")
