"""What is known of a case from outside: what was accepted of it, and whether the store still says just that.

Nothing here is taken from what the program derives: states come from the events accepted, facts from what was said and
from who did what when, posts from the roster kept by the test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from by_the_text import LAPSE, Other, Step, Story, broken, first_moment_of_day_91

from tsutatsu.cases import Case, Deed, DutyStanding, Entry
from tsutatsu.ir import Value
from tsutatsu.ir.workflows import Hand, Stamp, Workflow

BY_TIME = {Deed.EVENT, Deed.BREACHED, Deed.ELAPSED, Deed.HELD}
"""What may happen to a case without anybody's hand."""
MAY_FOLLOW: Mapping[DutyStanding, set[DutyStanding]] = {
    DutyStanding.OPEN: set(DutyStanding),
    DutyStanding.MET: {DutyStanding.MET, DutyStanding.OPEN, DutyStanding.BREACHED, DutyStanding.DROPPED},
    DutyStanding.BREACHED: {DutyStanding.BREACHED, DutyStanding.MET, DutyStanding.WAIVED, DutyStanding.DROPPED},
    DutyStanding.WAIVED: {DutyStanding.WAIVED},
    DutyStanding.DROPPED: set(DutyStanding) - {DutyStanding.WAIVED},
}
"""How a duty may stand next: what is waived stays so, and a breach is never simply open again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person asked for and was told had happened."""

    number: int
    who: str
    posts: frozenset[str]
    said: Mapping[str, object]


@dataclass(slots=True)
class Watch:
    """One case, as it is known from what was accepted."""

    name: str
    workflow: Workflow
    sides: Mapping[str, str]
    entries: list[Entry] = field(default_factory=list)
    steps: dict[int, Step] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    state: str = ""
    links: list[str] = field(default_factory=list)
    standings: dict[str, DutyStanding] = field(default_factory=dict)
    erased: bool = False

    def look(self, case: Case, claim: Claim | None, linked: Iterable[Other], seen: Counter[str]) -> None:
        """Takes in what is new, by the rules of the text; ``claim`` is the only thing that a person may have done."""
        before = len(self.entries)
        self._as_it_was(case)
        for entry in case.entries[before:]:
            mine = claim if claim is not None and entry.number == claim.number else None
            self._take_in(entry, mine)
            self._duties(entry)
            told = self._story(entry, tuple(linked))
            if told is None:
                continue
            for name, wrong in broken(told):
                seen[name] += 1
                assert not wrong, f"{name}: {self.name} entry {entry.number} ({entry.event}) {told.sides} {told.steps}"
        if claim is not None:
            assert before < claim.number <= case.version, "what was acknowledged is not there"
        self._is_the_fold(case)

    def _as_it_was(self, case: Case) -> None:
        """What was accepted before is there unchanged, save for personal data that the law had erased."""
        erasures = [one.number for one in case.entries if one.deed is Deed.ERASED]
        for mine, there in zip(self.entries, case.entries, strict=False):
            bare = there.body is None and any(there.number < number for number in erasures)
            assert there == mine or (
                bare and (there.number, there.at, there.target) == (mine.number, mine.at, mine.target)
            )
        assert len(case.entries) >= len(self.entries), "an entry was lost"
        assert [one.number for one in case.entries] == list(range(1, case.version + 1))
        assert [one.at for one in case.entries] == sorted(one.at for one in case.entries)

    def _take_in(self, entry: Entry, claim: Claim | None) -> None:
        body = entry.body
        assert body is not None and entry.number == len(self.entries) + 1
        assert (entry.origin == self.state) or entry.number == 1
        if claim is None:
            assert entry.deed in BY_TIME and body.doer.hand is not Hand.PERSON, f"{entry.deed} by nobody's hand"
            assert not body.supplied and not body.doer.post
        else:
            assert body.doer.id == claim.who and body.doer.hand is Hand.PERSON
            assert body.doer.post in claim.posts or not (body.doer.post or claim.posts), "a post not held that day"
            assert dict(body.supplied) == dict(claim.said), "what was said is not what stands there"
        match entry.deed:
            case Deed.OPENED:
                self.state = self.workflow.start.id
            case Deed.EVENT:
                event = self.workflow.event[entry.event]
                assert self.state in event.origins and event.hand is body.doer.hand
                self._stamps(entry)
                self.state = event.target
            case Deed.WITHDRAWN:
                events = [one for one in self.entries if one.deed is Deed.EVENT and one.number not in self.gone]
                assert entry.refers == events[-1].number and events[-1].body is not None
                assert events[-1].body.doer.id == body.doer.id, "an event of another was taken back"
                self.gone.add(entry.refers)
                self.state = events[-1].origin
            case Deed.LINKED:
                self.links.append(entry.other)
            case Deed.ERASED:
                assert self.workflow.state[self.state].final
                self.erased = True
            case _:
                pass
        assert entry.target == self.state
        self.entries.append(entry)
        if entry.deed in (Deed.EVENT, Deed.CORRECTED):
            posts = frozenset() if claim is None else claim.posts
            at, who = entry.at, body.doer
            self.steps[entry.number] = Step(
                entry.number, entry.event, entry.target, at, who.id, who.post, posts, dict(body.supplied)
            )

    def _stamps(self, entry: Entry) -> None:
        """What the event wrote of itself is who did it and when, to the second."""
        body = entry.body
        assert body is not None
        event = self.workflow.event[entry.event]
        assert {one.term for one in event.writes} == set(body.written)
        for write in event.writes:
            value = body.written[write.term]
            match write.value:
                case Stamp.ACTOR:
                    assert value == body.doer.id
                case Stamp.DAY:
                    assert value == entry.at.date()
                case Stamp.MOMENT:
                    assert value == entry.at
                case Stamp.TIME:
                    assert value == entry.at.time()
                case Stamp.POST:
                    assert value is None or bool(body.doer.post) or value == "other"
                case other:
                    assert value == other

    def _duties(self, entry: Entry) -> None:
        """Duties never vanish, move only as they may, and an effort is never breached."""
        for row in entry.duties:
            was = self.standings.get(str(row.key))
            assert was is None or row.standing in MAY_FOLLOW[was], f"{row.key}: {was} → {row.standing}"
            assert row.standing is not DutyStanding.BREACHED or row.strength.value == "hard", "an effort was breached"
            if row.standing is DutyStanding.WAIVED and was is not DutyStanding.WAIVED:
                assert entry.deed is Deed.WAIVED
            self.standings[str(row.key)] = row.standing

    def _story(self, entry: Entry, linked: tuple[Other, ...]) -> Story | None:
        if entry.number not in self.steps:
            return None
        steps = tuple(step for number, step in self.steps.items() if number not in self.gone)
        owed = {key.split("/")[1]: standing.value for key, standing in self.standings.items()}
        return Story(self.name, self.workflow.id, self.sides, steps, linked, owed)

    @property
    def said(self) -> dict[str, object]:
        """All that has been said of the case and stands."""
        found: dict[str, object] = {}
        for number, step in self.steps.items():
            found |= step.said if number not in self.gone else {}
        return found

    def _is_the_fold(self, case: Case) -> None:
        assert (case.state, case.version, list(case.links)) == (self.state, len(self.entries), self.links)
        assert {str(one.key): one.standing for one in case.duties} == self.standings, "a duty vanished"
        facts: dict[str, Value] = {}
        for entry in case.entries:
            if entry.body is not None and entry.number not in self.gone:
                facts |= {**entry.body.supplied, **entry.body.written}
        assert dict(case.facts) == facts

    def in_time(self, case: Case, now: datetime) -> None:
        """Once time has taken its course until ``now``: nothing is due any more, and no file is kept past its day."""
        assert case.erased or case.next_due is None or case.next_due > now, "something due has not come"
        for one in case.duties:
            overdue = one.due_at is not None and one.due_at <= now and one.strength.value == "hard"
            assert case.erased or not overdue or one.standing is not DutyStanding.OPEN, "overdue, and not on record"
        if self.workflow.id == "footage-file" and self.state == "kept":
            self._is_kept_in_time(case, now)

    def _is_kept_in_time(self, case: Case, now: datetime) -> None:
        """No file is kept past its ninety days, as long as the circular surely binds."""
        standing = (one for number, one in reversed(self.steps.items()) if number not in self.gone)
        made = next(one.at.date() for one in standing if one.event == "make")
        day_91 = first_moment_of_day_91(made)
        binds = day_91.date() <= LAPSE or (made <= LAPSE and self.sides.get("義務の存続") == "甲")
        assert now < day_91 or not binds, f"{self.name} is kept past its ninety days"
        due = [one for one in case.timings if one.due_at == day_91 and (now < day_91 or one.held)]
        assert due, "its erasure neither comes on day 91 nor waits"


__all__ = ["Claim", "Watch"]
