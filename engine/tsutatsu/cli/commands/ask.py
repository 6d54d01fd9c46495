"""``tsutatsu ask``: an interview that asks only what still matters."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from tsutatsu.cli.answers import details_of, show_answer
from tsutatsu.cli.asking import Manner, ask, judge_named, manner_options
from tsutatsu.cli.days import told_day
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.layout import visible
from tsutatsu.cli.paper import Paper, err, out, put_json
from tsutatsu.cli.rendering import show_findings
from tsutatsu.cli.submitted import NONE_WORDS, Submission, assigned
from tsutatsu.diagnostics import Refused
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.facts import UNKNOWN_WORDS
from tsutatsu.judging.judges import Judge
from tsutatsu.judging.parts import Inquiry
from tsutatsu.words import Words

_UNKNOWN: Final = UNKNOWN_WORDS | {"", "わからない", "?", "？", "dont know", "don't know"}
_BACK: Final = frozenset({"戻る", "back"})
_END: Final = frozenset({"終わる", "やめる", "end", "quit"})
_MOST_QUESTIONS: Final = 500
_MOST_RECORDS: Final = 1_000


@command(
    "ask",
    Words(
        "結論をまだ変えうる事実だけを、決め手になるものから一つずつ尋ね、わけと答える人を添える。答えは言葉でも選択肢"
        "の番号でもよい。空のまま（または"
        "「分からない」）なら次へ、「なし」は無いという事実、「戻る」で一つ前へ、「終わる」で打ち切る。最後に答えを示"
        "す。端末でなければ、標準入力の一行を"
        "一つの答えとして読む。",
        "Asks, one by one, only the facts that can still change the verdict, the most decisive first, with why and "
        "who answers. Answer in "
        "words or with an option's number. Nothing (or 分からない) goes on, none says that there is none, back takes "
        "back the last answer, "
        "end stops. The answer comes last. Where there is no terminal, each line of standard input is one answer.",
    ),
    Example(
        "tsutatsu ask 夜間の訪問 --on 2025-01-10",
        Words("面談して、夜間の訪問の可否を判断する", "Interview, then judge a night visit"),
    ),
)
@argument(
    "name",
    ja="判断の名か識別子、または「通達/判断」。",
    en="A judgement's name or id, or directive/judgement.",
    metavar="NAME",
)
@option(
    "--set",
    "assignments",
    multiple=True,
    metavar="TERM=VALUE",
    ja="初めから分かっている事実（繰り返せる）。",
    en="A fact known from the start (may be repeated).",
)
@manner_options
@json_option
@law_argument
def command_(*, name: str, folder: str | None, assignments: Sequence[str], how: Manner, as_json: bool) -> None:
    """Asks until nothing matters any more, then answers."""
    judge = judge_named(open_law(folder), name, how)
    paper = err() if as_json else out()
    interview = Interview(judge, how, paper, known=assigned(assignments))
    answer = interview.run()
    if as_json:
        put_json(answer.to_dict())
        return
    paper.put()
    paper.put("─" * min(paper.width, 60), style="quiet")
    show_answer(paper, answer.record(), judge.directive)


class _NotKnown:
    """Nobody could say."""


_NOT_KNOWN: Final = _NotKnown()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer given: where it goes in the facts, and what was said (or that nobody knows)."""

    place: str
    value: object


@dataclass(slots=True)
class Interview:
    """One interview: what was said so far, and what nobody could say."""

    judge: Judge
    how: Manner
    paper: Paper
    known: Mapping[str, object]
    said: list[Said] = field(default_factory=list["Said"])

    def run(self) -> Answer:
        """Asks until the verdict stands, nobody knows more, or the input ends; then the answer."""
        self._greet()
        for _ in range(_MOST_QUESTIONS):
            answer = self._answer(self.said)
            asked = next((one for one in answer.questions if one.place not in self._passed()), None)
            if asked is None or not self._put(asked):
                return self._answer(self.said)
        return self._answer(self.said)

    def _greet(self) -> None:
        name = told(self.judge.law.judgement.words)
        self.paper.put(
            say(
                f"「{name}」について尋ねる。判断日は{told_day(self.how.on)}。",
                f"About “{name}”, for {told_day(self.how.on)}.",
            ),
            style="head",
        )
        self.paper.put(
            say(
                "分からなければ空のまま Enter。戻る、終わる、なし も使える。",
                "Enter alone if not known; also: back, end, none.",
            ),
            style="quiet",
        )

    def _passed(self) -> set[str]:
        return {one.place for one in self.said if one.value is _NOT_KNOWN}

    def _put(self, asked: Inquiry) -> bool:
        """Puts one question until it is answered; False where the interview is to end."""
        number = len(self.said) + 1
        self.paper.put()
        place = "" if asked.place == asked.words.ja else f"{asked.place}: "
        self.paper.entry(f"{number}.", place + told(asked.question), style="head")
        if asked.choices:
            for n, choice in enumerate(asked.choices, 1):
                self.paper.put(f"{n}) {told(choice.words)}", indent=4)
        elif asked.kind in _FORMS:
            self.paper.put(told(_FORMS[asked.kind]), indent=4, style="quiet")
        for detail in list(details_of(asked))[1 if asked.choices else 0 :]:
            self.paper.put(detail, indent=4, style="quiet")
        while True:
            line = self._read()
            if line is None or line in _END:
                return False
            if line in _BACK:
                if self.said:
                    self.said.pop()
                return True
            said = Said(asked.place, self._value(asked, line))
            try:
                self._answer([*self.said, said])
            except Refused as refused:
                self.paper.stream.flush()
                show_findings(self.paper, refused.findings)
                continue
            self.said.append(said)
            return True

    def _read(self) -> str | None:
        """The next line; nothing at the end of the input."""
        self.paper.stream.write("> ")
        self.paper.stream.flush()
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            self.paper.raw(visible(line.rstrip("\r\n")) if line else say("（入力はここまで）", "(end of input)"))
        elif not line:
            self.paper.raw("")
        return line.strip() if line else None

    def _value(self, asked: Inquiry, line: str) -> object:
        if line in _UNKNOWN:
            return _NOT_KNOWN
        if asked.choices and line.isdecimal() and 1 <= int(line) <= len(asked.choices):
            return asked.choices[int(line) - 1].id
        if asked.kind == "records":
            digits = line.removesuffix("件")
            few = digits.isdecimal() and int(digits) <= _MOST_RECORDS
            return [dict[str, object]() for _ in range(int(digits))] if few else line
        labels = {told(choice.words) for choice in asked.choices} | {choice.words.ja for choice in asked.choices}
        return None if line in NONE_WORDS and line not in labels else line

    def _answer(self, said: Sequence[Said]) -> Answer:
        facts = {self._id(name): self._copied(value) for name, value in self.known.items()}
        for one in said:
            if one.value is not _NOT_KNOWN:
                self._write(facts, one.place, self._copied(one.value))
        return ask(self.judge, Submission(facts), self.how)

    def _copied(self, value: object) -> object:
        """A value under its terms' ids, its lists copied so that answers can be written into them."""
        if isinstance(value, list):
            return [self._copied(one) for one in cast("list[object]", value)]
        if isinstance(value, dict):
            return {self._id(name): self._copied(one) for name, one in cast("dict[str, object]", value).items()}
        return value

    def _id(self, name: str) -> str:
        term = self.judge.reader.term_named(name)
        return name if term is None else term.id

    def _write(self, facts: dict[str, object], place: str, value: object) -> None:
        """Writes a value where it belongs: a term, or a record's field like 映像ファイル[2].作成日."""
        head, mark, name = place.partition("].")
        label, _, index = head.rpartition("[")
        if not mark or not index.isdecimal():
            facts[self._id(place)] = value
            return
        found = facts.setdefault(self._id(label), [])
        if not isinstance(found, list):
            return
        records = cast("list[object]", found)
        while len(records) < int(index):
            records.append(dict[str, object]())
        record = records[int(index) - 1]
        if isinstance(record, dict):
            cast("dict[str, object]", record)[self._id(name)] = value


_FORMS: Final = {
    "truth": Words("はい / いいえ", "yes / no"),
    "day": Words("日付（令和7年1月10日、2025-01-10）", "a date (2025-01-10)"),
    "moment": Words("日時（2025-01-10 21:30）", "a day and time (2025-01-10 21:30)"),
    "hour": Words("時刻（21:30）", "a time (21:30)"),
    "whole": Words("整数", "a whole number"),
    "length": Words("期間", "a length of time"),
    "person": Words("氏名か番号", "a name or number"),
    "text": Words("文字", "text"),
    "records": Words("何件あるか（数字）", "how many there are (a number)"),
}
