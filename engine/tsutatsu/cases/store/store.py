"""A store of cases: every command is taken once, whole, or not at all."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, Self, TypeAlias, cast

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from tsutatsu.cases import chances, deciding, moving, opening
from tsutatsu.cases.audit.chain import commitment, new_salt
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.audit.trail import newest_head
from tsutatsu.cases.case import Case, DutyStanding, Entry, Linked, fold
from tsutatsu.cases.chances import Options
from tsutatsu.cases.deciding import Done, Refusal
from tsutatsu.cases.ground import Ground, Grounds
from tsutatsu.cases.looking import next_look
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.passing import passed
from tsutatsu.cases.people import MACHINE, Actor
from tsutatsu.cases.store import reading, writing
from tsutatsu.cases.store.connecting import Database, connect
from tsutatsu.cases.store.failing import inconsistent
from tsutatsu.cases.store.reading import CaseRow, OwedRow
from tsutatsu.cases.store.tables import CASES, COMMANDS, LOOKS, META, PEOPLE, POSTS, WAKES
from tsutatsu.cases.store.writing import Overtaken
from tsutatsu.cases.ways import Goes, Mover, Stays
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.sealing import text_of

MOST_TRIES: Final = 100
"""How often a command is decided anew because the case moved meanwhile."""
ROSTER_LOCK: Final = 0x7375_7463
"""The advisory lock under which people are taken into the roster on PostgreSQL."""

_Seen: TypeAlias = tuple[Ground, Case, tuple[Linked, ...]]
"""A case with what it stands on and what it is linked with."""
Make: TypeAlias = Callable[[Ground, Case, tuple[Linked, ...]], Done | Refusal]


class Store:
    """Cases in one database, under the law of ``grounds``.

    With ``signer`` every command seals what it has added before it returns; without it, entries wait for ``seal``.
    Moments are passed in. A refused command adds nothing, save what time and the machine have brought by then.
    """

    def __init__(self, database: Database, grounds: Grounds, signer: Signer | None = None) -> None:
        self.database = database
        self.grounds = grounds
        self.signer = signer
        self._known_key: Signer | None = None

    @classmethod
    def new(cls, place: str | Path, grounds: Grounds, signer: Signer | None = None) -> "Store":
        """A new store at ``place``; refused where there is one already."""
        name = insert(META).values(name="store", value=secrets.token_hex(16))
        return cls(connect(str(place), fill=lambda connection: connection.execute(name)), grounds, signer)

    @classmethod
    def open(cls, place: str | Path, grounds: Grounds, signer: Signer | None = None) -> "Store":
        """The store at ``place``; refused where there is none."""
        return cls(connect(str(place)), grounds, signer)

    def close(self) -> None:
        """Lets the database go."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def case(self, name: str) -> Case:
        """The case called ``name``."""
        with self.database.reading() as connection:
            return reading.case_of(connection, name)

    def cases(
        self, *, directive: str | None = None, workflow: str | None = None, state: str | None = None
    ) -> tuple[CaseRow, ...]:
        """The cases that fit."""
        with self.database.reading() as connection:
            return reading.case_rows(connection, directive=directive, workflow=workflow, state=state)

    def duties(
        self,
        *,
        standings: Iterable[DutyStanding] = (),
        directive: str | None = None,
        case: str | None = None,
        due_by: datetime | None = None,
    ) -> tuple[OwedRow, ...]:
        """The duties that fit."""
        with self.database.reading() as connection:
            return reading.duty_rows(connection, standings=standings, directive=directive, case=case, due_by=due_by)

    def ground(self, case: Case, number: int | None = None) -> Ground:
        """What the case stands on, or stood on once its entry ``number`` had happened."""
        pin = case.pin if number is None else case.pin_at(number)
        with self.database.reading() as connection:
            return reading.ground_of(connection, self.grounds, pin)

    def next(self, name: str, actor: Actor, now: datetime) -> Options:
        """What ``actor`` may do with the case at ``now``, once time has taken its course until then."""
        self.catch_up(name, now)
        ground, case, linked = self._snapshot(name)
        _not_erased(case)
        return chances.options(ground, case, actor, now, linked)

    def person(self, name: str) -> Actor:
        """The person of that id in the roster; the machine by its own name."""
        if name in (MACHINE.id, MACHINE.name):
            return MACHINE
        with self.database.reading() as connection:
            return reading.person(connection, name)

    def people(self) -> tuple[Actor, ...]:
        """Everyone in the roster."""
        with self.database.reading() as connection:
            return reading.people(connection)

    def enrol(self, actors: Iterable[Actor]) -> None:
        """Takes people into the roster, each with exactly these posts; those not named stay as they are."""
        with self.database.writing() as connection:
            self.database.alone(connection, ROSTER_LOCK)
            for one in actors:
                connection.execute(delete(POSTS).where(POSTS.c.person == one.id))
                connection.execute(delete(PEOPLE).where(PEOPLE.c.id == one.id))
                connection.execute(insert(PEOPLE).values(id=one.id, name=one.name))
                for place, held in enumerate(one.holdings):
                    first, last = (None if day is None else day.isoformat() for day in (held.first, held.last))
                    connection.execute(
                        insert(POSTS).values(
                            person=one.id, place=place, post=held.post, unit=held.unit, first_day=first, last_day=last
                        )
                    )

    # ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(
        self,
        workflow: str,
        actor: Actor,
        now: datetime,
        *,
        name: str | None = None,
        label: str = "",
        post: str | None = None,
        sides: Mapping[str, str] | None = None,
        local: str | None = None,
        key: str = "",
    ) -> Done:
        """Opens a case; its number is drawn where none is given. ``local``: the force whose own provisions bind it."""
        said = {"name": name, "label": label, "post": post, "sides": sides, "local": local}
        request = _request("start", workflow=workflow, who=actor.id, **said)
        again = self._repeated(key, request)
        if again is not None:
            return again
        now = at_tokyo(now)
        grounds = self.grounds if local is None else self.grounds.under(local)
        ground = grounds.named(workflow, now.date())
        chosen = (name or "").strip() or f"{workflow_code(ground)}-{secrets.token_hex(5)}"
        done = opening.opened(ground, chosen, actor, now, post=post, label=label, sides=sides, key=key)
        entries = (done.entry, *passed(ground, done.case, now))
        try:
            with self.database.writing() as connection:
                if connection.execute(select(CASES.c.id).where(CASES.c.id == chosen)).first() is not None:
                    raise Refused([finding("TS878", word=chosen)])
                writing.open_row(connection, ground, done.entry)
                case = fold(entries)
                writing.append(connection, 0, case, entries, next_look(ground, case, now))
                self._note_key(connection, key, request, done.entry)
                self._seal(connection, now)
        except IntegrityError:
            again = self._repeated(key, request)
            if again is None:
                raise Refused([finding("TS878", word=chosen)]) from None
            return again
        return done

    def do(
        self,
        name: str,
        event: str,
        actor: Actor,
        said: Mapping[str, object],
        now: datetime,
        *,
        post: str | None = None,
        texts: bool = False,
        expect: int | None = None,
        key: str = "",
    ) -> Done | Refusal:
        """Has an event happen, or says why it may not."""
        request = _request("do", case=name, event=event, who=actor.id, said=said, post=post)

        def make(ground: Ground, case: Case, linked: tuple[Linked, ...]) -> Done | Refusal:
            return deciding.decide(
                ground, case, event, actor, said, now=now, post=post, linked=linked, texts=texts, key=key
            )

        return self._command(name, now, make, request, expect=expect, key=key)

    def correct(
        self,
        name: str,
        actor: Actor,
        said: Mapping[str, object],
        now: datetime,
        *,
        reason: str,
        post: str | None = None,
        texts: bool = False,
        expect: int | None = None,
        key: str = "",
    ) -> Done:
        """Puts facts right."""
        request = _request("correct", case=name, who=actor.id, said=said, post=post, reason=reason)
        return self._done(
            name,
            now,
            lambda ground, case, _: opening.corrected(
                ground, case, said, actor, now, reason=reason, post=post, texts=texts, key=key
            ),
            request,
            expect=expect,
            key=key,
        )

    def withdraw(
        self,
        name: str,
        actor: Actor,
        now: datetime,
        *,
        reason: str,
        number: int | None = None,
        post: str | None = None,
        expect: int | None = None,
        key: str = "",
    ) -> Done:
        """Takes back the last event."""
        request = _request("withdraw", case=name, who=actor.id, number=number, post=post, reason=reason)
        return self._done(
            name,
            now,
            lambda ground, case, _: opening.withdrawn(
                ground, case, actor, now, reason=reason, number=number, post=post, key=key
            ),
            request,
            expect=expect,
            key=key,
        )

    def waive(
        self,
        name: str,
        duty: str,
        actor: Actor,
        now: datetime,
        *,
        reason: str,
        post: str | None = None,
        expect: int | None = None,
        key: str = "",
    ) -> Done:
        """Waives a duty."""
        request = _request("waive", case=name, duty=duty, who=actor.id, post=post, reason=reason)
        return self._done(
            name,
            now,
            lambda ground, case, _: opening.waived(ground, case, duty, actor, now, reason=reason, post=post, key=key),
            request,
            expect=expect,
            key=key,
        )

    def link(
        self, name: str, other: str, actor: Actor, now: datetime, *, post: str | None = None, key: str = ""
    ) -> Done:
        """Links a case with another one of this store."""
        self.case(other)
        request = _request("link", case=name, other=other, who=actor.id, post=post)
        return self._done(
            name,
            now,
            lambda ground, case, _: opening.linked(ground, case, other, actor, now, post=post, key=key),
            request,
            key=key,
        )

    def erase(
        self, name: str, actor: Actor, now: datetime, *, reason: str, post: str | None = None, key: str = ""
    ) -> Done:
        """Erases the personal data of a case that has ended; its chain and its proofs stay whole."""
        request = _request("erase", case=name, who=actor.id, post=post, reason=reason)
        return self._done(
            name,
            now,
            lambda ground, case, _: opening.erased(ground, case, actor, now, reason=reason, post=post, key=key),
            request,
            key=key,
        )

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def plan_move(self, name: str, mover: Mover) -> Goes | Stays:
        """What would become of a case that is to go over to another issue; nothing is written."""
        ground, case, linked = self._snapshot(name)
        if case.erased:
            return moving.go_over(self.grounds, ground, case, mover)
        entries = passed(ground, case, mover.now, linked)
        return self._weighed(ground, fold((*case.entries, *entries)), mover)

    def _weighed(self, ground: Ground, case: Case, mover: Mover) -> Goes | Stays:
        """What becomes of a case, those considered that are linked with it."""
        came = moving.go_over(self.grounds, ground, case, mover)
        if isinstance(came, Stays):
            return came
        with self.database.reading() as connection:
            names = reading.linking_to(connection, case.id)
            pins = dict.fromkeys(reading.case_of(connection, name).pin for name in names)
            waiting = [reading.ground_of(connection, self.grounds, pin).workflow for pin in pins]
        return moving.waited_for(came, waiting) or came

    def move(self, name: str, mover: Mover) -> Goes | Stays:
        """Has a case go over to another issue, or says why it stays; once there, it stays. Refused without a reason."""
        if not mover.reason.strip():
            raise Refused([finding("TS872")])
        self.catch_up(name, mover.now)
        for _ in range(MOST_TRIES):
            ground, case, linked = self._snapshot(name)
            came = self._weighed(ground, case, mover)
            if isinstance(came, Stays):
                return came
            more = passed(came.ground, came.case, mover.now, linked)
            try:
                self._write(case, (came.entry, *more), linked, at_tokyo(mover.now), onto=came.ground)
            except Overtaken:
                continue
            return came
        raise _moved_on(name, 0, self.case(name).version)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def catch_up(self, name: str, now: datetime) -> tuple[Entry, ...]:
        """What time and the machine have brought to one case by ``now``: added, once, whoever comes first."""
        return self._caught_up(name, now)[0]

    def _caught_up(self, name: str, now: datetime) -> tuple[tuple[Entry, ...], _Seen | None]:
        """The same; with the case as it was seen, where nothing had to be added."""
        for _ in range(MOST_TRIES):
            seen = ground, case, linked = self._snapshot(name)
            entries = passed(ground, case, now, linked)
            if not entries:
                return (), seen
            try:
                self._write(case, entries, linked, at_tokyo(now))
            except Overtaken:
                continue
            return entries, None
        raise _moved_on(name, 0, self.case(name).version)

    def next_due(self) -> datetime | None:
        """When a clock of any case next runs out, or time alone may next change one."""
        with self.database.reading() as connection:
            due = select(CASES.c.next_due).where(CASES.c.next_due.is_not(None)).order_by(CASES.c.next_due).limit(1)
            looks = select(LOOKS.c.at).order_by(LOOKS.c.at).limit(1)
            found = [connection.execute(asked).scalar() for asked in (due, looks)]
        return min((datetime.fromisoformat(one) for one in found if one is not None), default=None)

    def tick(self, now: datetime) -> tuple[Entry, ...] | None:
        """What has come by ``now`` to the case whose clock ran out first; nothing where no clock has run out.

        The case is claimed, looked at and written in one transaction, so that of any number of workers one does it;
        where other cases bear on it, by its version, which only one can take on.
        """
        now = at_tokyo(now)
        with self.database.writing() as connection:
            name = self._claimed(connection, now)
            if name is None:
                return None
            woken = connection.execute(select(WAKES).where(WAKES.c.case_id == name)).all()
            case = reading.case_of(connection, name)
            if not case.links:
                ground = reading.ground_of(connection, self.grounds, case.pin)
                entries = passed(ground, case, now)
                if entries:
                    after = fold((*case.entries, *entries))
                    writing.append(connection, case.version, after, entries, next_look(ground, after, now))
                    self._seal(connection, now)
                else:
                    writing.look_at(connection, name, next_look(ground, case, now))
                return entries
        entries = self.catch_up(name, now)
        with self.database.writing() as connection:
            if not entries:
                self._look_later(connection, name, now)
            for row in woken:
                which = (WAKES.c.case_id == name) & (WAKES.c.other == row.other) & (WAKES.c.number == row.number)
                connection.execute(delete(WAKES).where(which))
        return entries

    def _look_later(self, connection: Connection, name: str, now: datetime) -> None:
        """Moves on when time alone may next change a case to which nothing has come by ``now``."""
        writing.lock(connection, (name,), postgres=self.database.postgres)
        case = reading.case_of(connection, name)
        ground = reading.ground_of(connection, self.grounds, case.pin)
        writing.look_at(connection, name, next_look(ground, case, max(now, case.last)))

    def _claimed(self, connection: Connection, now: datetime) -> str | None:
        """A case to be looked at, which no other worker is looking at."""
        due = select(CASES.c.id).where(CASES.c.next_due <= now.isoformat()).order_by(CASES.c.next_due, CASES.c.id)
        looks = select(CASES.c.id).join(LOOKS, LOOKS.c.case_id == CASES.c.id).where(LOOKS.c.at <= now.isoformat())
        woken = select(CASES.c.id).where(CASES.c.id.in_(select(WAKES.c.case_id))).order_by(CASES.c.id)
        for which in (due.limit(1), looks.order_by(LOOKS.c.at, LOOKS.c.case_id).limit(1), woken.limit(1)):
            asked = which.with_for_update(skip_locked=True, of=CASES) if self.database.postgres else which
            name: str | None = connection.execute(asked).scalar()
            if name is not None:
                return name
        return None

    def seal(self, now: datetime) -> int:
        """Seals what has not been sealed yet; how many entries that was."""
        assert self.signer is not None
        with self.database.writing() as connection:
            self._check_key(connection, self.signer)
            return writing.seal(connection, self.signer, at_tokyo(now).isoformat())

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _done(
        self, name: str, now: datetime, make: Make, request: str, *, expect: int | None = None, key: str = ""
    ) -> Done:
        came = self._command(name, now, make, request, expect=expect, key=key)
        assert isinstance(came, Done)
        return came

    def _command(
        self, name: str, now: datetime, make: Make, request: str, *, expect: int | None, key: str
    ) -> Done | Refusal:
        again = self._repeated(key, request)
        if again is not None:
            return again
        _, seen = self._caught_up(name, now)
        for _ in range(MOST_TRIES):
            ground, case, linked = seen or self._snapshot(name)
            seen = None
            again = self._repeated(key, request)  # by now another one may have brought the same command
            if again is not None:
                return again
            _not_erased(case)
            if expect is not None and case.version != expect:
                raise _moved_on(name, expect, case.version)
            came = make(ground, case, linked)
            if isinstance(came, Refusal):
                return came
            more = passed(ground, came.case, now, linked)
            try:
                self._write(case, (came.entry, *more), linked, at_tokyo(now), key=key, request=request)
            except Overtaken:
                continue
            except IntegrityError as error:
                again = self._repeated(key, request)
                if again is None:
                    raise inconsistent(self.database.place, error) from None
                return again
            return came
        raise _moved_on(name, expect or 0, self.case(name).version)

    def _snapshot(self, name: str) -> _Seen:
        """A case, what it stands on, and what it is linked with, all of one moment."""
        with self.database.reading() as connection:
            case = reading.case_of(connection, name)
            ground = reading.ground_of(connection, self.grounds, case.pin)
            return ground, case, reading.linked_with(connection, case, ground.workflow.alike)

    def _write(
        self,
        case: Case,
        entries: tuple[Entry, ...],
        linked: tuple[Linked, ...],
        now: datetime,
        *,
        key: str = "",
        request: str = "",
        onto: Ground | None = None,
    ) -> None:
        """Adds entries, unless the case or one it depends on has moved; ``onto`` is what it stands on from now."""
        with self.database.writing() as connection:
            names = (case.id, *(one.case for one in linked))
            locked = writing.lock(connection, names, postgres=self.database.postgres)
            if locked.get(case.id) != case.version or writing.overtaken(locked, linked):
                raise Overtaken
            after = fold((*case.entries, *entries))
            if onto is not None:
                writing.keep_laws(connection, onto, after.pin)
            ground = onto or reading.ground_of(connection, self.grounds, after.pin)
            writing.append(connection, case.version, after, entries, next_look(ground, after, max(now, after.last)))
            self._note_key(connection, key, request, entries[0])
            self._seal(connection, now)

    def _seal(self, connection: Connection, now: datetime) -> None:
        if self.signer is not None:
            self._check_key(connection, self.signer)
            writing.seal(connection, self.signer, now.isoformat())

    def _check_key(self, connection: Connection, signer: Signer) -> None:
        """Refused where the heads so far were signed with another key: no key would then verify all of them."""
        if self._known_key is signer:
            return
        head = newest_head(connection)
        if head is not None and not head.holds(signer.public):
            why, why_en = "この置き場のこれまでの鍵と違う。", "It is not the key of this store so far."
            raise Refused([finding("TS858", place="--key", why=why, why_en=why_en)])
        self._known_key = signer

    def _note_key(self, connection: Connection, key: str, request: str, entry: Entry) -> None:
        if key:
            salt = new_salt()
            connection.execute(
                insert(COMMANDS).values(
                    key=key, case_id=entry.case, number=entry.number, request=f"{salt}:{commitment(salt, request)}"
                )
            )

    def _repeated(self, key: str, request: str) -> Done | None:
        """What came of the command of this key when it came before; refused where it was another command."""
        if not key:
            return None
        with self.database.reading() as connection:
            row = connection.execute(select(COMMANDS).where(COMMANDS.c.key == key)).first()
            if row is None:
                return None
            salt, _, committed = row.request.partition(":")
            if row.request and commitment(salt, request) != committed:  # forgotten once personal data are erased
                raise Refused([finding("TS850", word=key, case=row.case_id, entry=row.number)])
            case = reading.case_of(connection, row.case_id)
            number = int(row.number)
        entry = case.entries[number - 1]
        return Done(entry, fold(case.entries[:number]), again=True)


def workflow_code(ground: Ground) -> str:
    """What the numbers of a workflow's cases begin with."""
    return ground.workflow.id


def _request(command: str, **said: object) -> str:
    """A command as it is compared with a repetition of it."""
    from tsutatsu.judging.plain import to_plain

    return text_of({"command": command, **{name: to_plain(_plain(value)) for name, value in said.items()}}).decode()


def _plain(value: object) -> object:
    """What was said, as far as it is told apart; other kinds of value by how they show themselves."""
    match value:
        case Mapping():
            return {str(key): _plain(one) for key, one in cast("Mapping[object, object]", value).items()}
        case list() | tuple():
            return [_plain(one) for one in cast("Iterable[object]", value)]
        case None | bool() | int() | str():
            return value
        case _:
            return repr(value)


def _not_erased(case: Case) -> None:
    if case.erased:
        raise Refused([finding("TS879", word=case.id)])


def _moved_on(name: str, expected: int, found: int) -> Refused:
    return Refused([finding("TS842", case=name, expected=expected, found=found)])
