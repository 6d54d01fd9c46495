"""``tsutatsu demo``: two minutes on the shipped law."""

import sys
from dataclasses import dataclass
from typing import Final

from tsutatsu.cli.frame import PROGRAM, Example, command, option, tsutatsu
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import Paper, out
from tsutatsu.words import Words

_DAY: Final = "2025-01-10"


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the tour: what it shows, and the command that shows it."""

    words: Words
    line: tuple[str, ...]


_VISIT: Final = ("judge", "夜間の訪問", "--on", _DAY)
_ASKED_FOR: Final = ("--set", "夜間とする理由=訪問先の住民等の都合", "--set", "迷惑とならない時間帯=はい")

SCENES: Final = (
    Scene(
        Words(
            "通達の一つの定めを、平文で読む。夜間の巡回連絡には、あらかじめ課長の承認が要る。",
            "One rule of a circular in plain words: a night visit needs the section chief's approval beforehand.",
        ),
        ("show", "night-approval"),
    ),
    Scene(
        Words(
            "承認したのが交番所長だったら。結論、根拠の条項、適法にする道が出る。",
            "What if the head of the police box approved? The verdict, the provision it rests on, and the lawful path.",
        ),
        (*_VISIT, "--set", "承認者の職=交番所長", *_ASKED_FOR),
    ),
    Scene(
        Words(
            "警察署長が前の日に承認していたら。条文の読みが分かれるので、黙って選ばず、読みごとの結論を並べる。",
            "What if the station chief approved the day before? The text reads two ways; neither is chosen silently.",
        ),
        (*_VISIT, "--set", "承認者の職=警察署長", "--set", "承認日=2025-01-09", *_ASKED_FOR),
    ),
    Scene(
        Words(
            "分からないことがあるうちは許可にしない。何を、誰に、なぜ尋ねるかを言う。",
            "Nothing is permitted on ignorance: what to ask, whom, and why.",
        ),
        (*_VISIT, "--set", "承認者の職=地域警察担当課長", "--set", "承認日=2025-01-09"),
    ),
    Scene(
        Words("どの通達に効力があり、いつ失効するか。", "Which circulars are in force, and when they lapse."),
        ("register", "--on", _DAY),
    ),
)
"""The tour, in order."""

_NEXT: Final = (
    ("ask 夜間の訪問", Words("面談で判断する", "judge by interview")),
    ("test", Words("シナリオをすべて実行する", "run every scenario")),
    ("init 自分の方針", Words("自分の通達を書き始める", "begin a circular of your own")),
)


@command(
    "demo",
    Words(
        "備え付けの通達で、規範を読み、判断を尋ね、解釈の分かれと不足する事実を見る。端末では Enter を押すたびに進む。"
        "端末でなければ、また --fast なら、"
        "待たずに最後まで進む。",
        "Reads a norm, asks for judgements, meets an open reading and a missing fact, all on the shipped law. On a "
        "terminal Enter goes on; "
        "without one, or with --fast, it runs through.",
    ),
    Example("tsutatsu demo", Words("案内を始める", "Begin the tour")),
)
@option("--fast", is_flag=True, ja="待たずに最後まで進む。", en="Run through without waiting.")
def command_(fast: bool) -> None:
    """Shows scene after scene."""
    paper = out()
    waiting = not fast and sys.stdin.isatty() and sys.stdout.isatty()
    for number, scene in enumerate(SCENES, 1):
        _show(paper, number, scene)
        if waiting and number < len(SCENES):
            _wait(paper)
    paper.put()
    paper.put(say("つぎに:", "Next:"), style="head")
    paper.rows([(f"{PROGRAM} {line}", told(words)) for line, words in _NEXT], style="code")


def _show(paper: Paper, number: int, scene: Scene) -> None:
    if number > 1:
        paper.put()
    paper.put(f"━━ {number}/{len(SCENES)} " + "━" * 40, style="quiet")
    paper.put(told(scene.words), style="head")
    paper.raw(paper.paint(f"$ {PROGRAM} " + " ".join(scene.line), "code"))  # in one line, to be copied
    paper.put()
    paper.stream.flush()
    with tsutatsu.make_context(PROGRAM, list(scene.line)) as context:
        tsutatsu.invoke(context)


def _wait(paper: Paper) -> None:
    paper.put()
    paper.stream.write(say("Enter で次へ", "Enter to go on"))
    paper.stream.flush()
    sys.stdin.readline()
