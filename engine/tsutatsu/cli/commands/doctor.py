"""``tsutatsu doctor``: what is installed here, and whether it works."""

import os
import platform
import sys
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from tsutatsu import __version__
from tsutatsu.cli.frame import Example, command, json_option, law_argument
from tsutatsu.cli.language import say
from tsutatsu.cli.law import law_root
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.ir import Directive, Judgement, Test


class State(Enum):
    """How one part of the installation is."""

    WORKS = "works"
    WITHOUT = "without"
    """It is missing or slow, and the rest does its work."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Examined:
    """One part of the installation, how it is, and what that means."""

    part: str
    state: State
    words: Words


_MARKS: Final = {State.WORKS: ("○", "good"), State.WITHOUT: ("△", "care"), State.BROKEN: ("×", "bad")}


@command(
    "doctor",
    Words(
        "Python、規則エンジン（durable-rules）、YAML の読み取り、PDF の組版、法令の指紋、控えの置き場を、実際に動かして"
        "調べる。"
        "durable-rules が無くても、"
        "compiled と semantics が判断するので使える。",
        "Tries Python, the rule engine (durable-rules), the YAML reader, PDF typesetting, the digest of the law and "
        "the cache, each by using it. Without "
        "durable-rules all works still: compiled and semantics decide.",
    ),
    Example("tsutatsu doctor", Words("この環境を調べる", "Examine this installation")),
)
@json_option
@law_argument
def command_(folder: str | None, as_json: bool) -> int:
    """Examines every part; 1 where something that is needed does not work."""
    examined = [_python(), _engine(), _yaml(), *_libraries(), _typesetting(), _law(folder), _cache(), _output()]
    broken = any(one.state is State.BROKEN for one in examined)
    if as_json:
        parts = [
            {"part": e.part, "state": e.state.value, "words": {"ja": e.words.ja, "en": e.words.en}} for e in examined
        ]
        put_json({"version": __version__, "usable": not broken, "parts": parts})
        return FINDINGS if broken else CLEAN
    paper = out()
    paper.put(f"tsutatsu {__version__}", style="head")
    for one in examined:
        mark, style = _MARKS[one.state]
        paper.entry(f"{mark} {one.part}", say(one.words.ja, one.words.en), column=18, style=style)
    paper.put()
    if broken:
        paper.put(say("× の項目を直すまで使えない。", "Not usable until what is marked × is mended."), style="bad")
    else:
        paper.put(say("使える。", "Ready for use."), style="good")
    return FINDINGS if broken else CLEAN


def _python() -> Examined:
    told = f"{platform.python_version()} ({platform.system()})"
    if (3, 11) <= sys.version_info[:2] < (3, 13):
        return Examined("Python", State.WORKS, Words(told, told))
    return Examined(
        "Python",
        State.WITHOUT,
        Words(f"{told}。確かめてあるのは 3.11 と 3.12 である。", f"{told}; tried on 3.11 and 3.12 only."),
    )


def _engine() -> Examined:
    part = "durable-rules"
    try:
        number = version("durable-rules")
    except PackageNotFoundError:
        number = ""
    if find_spec("durable_rules_engine") is None:
        return Examined(
            part,
            State.WITHOUT,
            Words(
                "入っていない。compiled と semantics が判断し、答えにその旨が載る。入れるには C コンパイラーを用意して"
                " `pip install durable-rules`。",
                "Not installed; compiled and semantics decide, and answers say so. To have it: a C compiler, then "
                "`pip install durable-rules`.",
            ),
        )
    try:
        right = _engine_is_right()
    except Exception as wrong:  # noqa: BLE001 (a broken extension may raise anything; that is what is being asked)
        told = f"{type(wrong).__name__}: {wrong}"
        return Examined(
            part, State.BROKEN, Words(f"{number} は動かない（{told}）。", f"{number} does not run ({told}).")
        )
    if not right:
        return Examined(part, State.BROKEN, Words(f"{number} が誤った答えを出す。", f"{number} gives wrong answers."))
    return Examined(
        part,
        State.WORKS,
        Words(f"{number}。試した問いにすべて正しく答えた。", f"{number}; it answered every question tried rightly."),
    )


def _engine_is_right() -> bool:
    """Whether rete gives what the meaning gives on a small law, with a fact true, false, none and unknown."""
    from datetime import date

    from tsutatsu.ir import TODAY, Facts, Op, Test, Value
    from tsutatsu.judging.engines import engines_named

    directive, judgement = _small_law(Test("amount", Op.GT, 3), Test("approved", Op.EQ, True))
    rete, meaning = (engines_named(name, directive, judgement, "") for name in ("rete", "semantics"))
    amounts: list[dict[str, Value]] = [{}, {"amount": None}, {"amount": 3}, {"amount": 4}]
    approvals: list[dict[str, Value]] = [{}, {"approved": True}, {"approved": False}]
    for amount in amounts:
        for approval in approvals:
            facts: Facts = {TODAY: date(2025, 1, 10), **amount, **approval}
            if rete(facts, {}) != meaning(facts, {}):
                return False
    return True


def _small_law(when: "Test", kept: "Test") -> "tuple[Directive, Judgement]":
    from datetime import date

    from tsutatsu.ir import Directive, Header, Judgement, Kind, Norm, Printed, Revision, Strength, Term, Truth, Whole

    words = Words("試し", "trial")
    norm = Norm("approval", "第1", Kind.DUTY, Strength.HARD, words, when=when, kept=kept)
    judgement = Judgement("trial", words, ("approval",))
    issued = Printed("令和7年1月1日", date(2025, 1, 1))
    terms = (
        Term("amount", Words("量", "amount"), Whole(Words("個"))),
        Term("approved", Words("承認", "approval"), Truth()),
    )
    directive = Directive(
        "trial", Header(words, issued, "", ""), Revision(1, date(2025, 1, 1)), terms, (), (), (), (norm,), (judgement,)
    )
    return directive, judgement


def _yaml() -> Examined:
    import yaml

    if yaml.__with_libyaml__:
        return Examined(
            "PyYAML", State.WORKS, Words(f"{yaml.__version__}（C の読み取り）", f"{yaml.__version__} (C reader)")
        )
    return Examined(
        "PyYAML",
        State.WITHOUT,
        Words(
            f"{yaml.__version__}。C の読み取りが無く、方針の読み取りが遅い。",
            f"{yaml.__version__}, without its C reader: reading policies is slow.",
        ),
    )


def _libraries() -> list[Examined]:
    found: list[Examined] = []
    for name in ("jsonschema", "Jinja2", "pytest-bdd"):
        try:
            number = version(name)
        except PackageNotFoundError:
            mend = f"`pip install {name}`"
            found.append(Examined(name, State.BROKEN, Words(f"入っていない。{mend}", f"Not installed: {mend}")))
        else:
            found.append(Examined(name, State.WORKS, Words(number, number)))
    return found


def _typesetting() -> Examined:
    """Whether documents can be written as PDF: the library, and a Japanese font; HTML needs neither."""
    from tsutatsu.documents.fonts import japanese_font
    from tsutatsu.documents.pdf import typesetter

    part = say("PDF", "PDF")
    try:
        number, font = typesetter().__version__, japanese_font()
    except Refused as refused:
        one = refused.findings[0]
        return Examined(part, State.WITHOUT, Words(f"{one.ja}{one.mend_ja}", f"{one.en} {one.mend_en}"))
    told = f"WeasyPrint {number}, {font.family}"
    return Examined(part, State.WORKS, Words(told, told))


def _law(folder: str | None) -> Examined:
    from tsutatsu.bundle import read_bundle

    part = say("法令", "law")
    reading = read_bundle(law_root(folder))
    if reading.bundle is None:
        count = len(reading.findings)
        return Examined(
            part,
            State.BROKEN,
            Words(
                f"読めない（指摘 {count} 件）。`tsutatsu check` が示す。",
                f"Unreadable ({count} findings); see `tsutatsu check`.",
            ),
        )
    told = f"{'、'.join(reading.bundle.ids)} — {reading.bundle.digest}"
    return Examined(part, State.WORKS, Words(told, told))


def _cache() -> Examined:
    from tsutatsu.sealing import cache_key, load_cached, store_cached

    part = say("控え", "cache")
    if os.environ.get("TSUTATSU_CACHE") == "off":
        return Examined(
            part, State.WITHOUT, Words("TSUTATSU_CACHE=off で止めてある。", "Switched off by TSUTATSU_CACHE=off.")
        )
    key = cache_key({"doctor": b""})
    if store_cached(key, ()) and load_cached(key) == ():
        return Examined(part, State.WORKS, Words("書いて読める。", "Can be written and read."))
    return Examined(
        part,
        State.WITHOUT,
        Words(
            "書けない。毎回方針を読み直すので遅い。TSUTATSU_CACHE に書けるフォルダーを示す。",
            "Cannot be written; the policy is read anew each time. Point TSUTATSU_CACHE to a folder of yours.",
        ),
    )


def _output() -> Examined:
    encoding = sys.stdout.encoding or "?"
    return Examined(say("出力", "output"), State.WORKS, Words(encoding, encoding))
