"""The provisions of a page, in the order of the text, each with what carries it, hangs on it and proves it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from tsutatsu.backends import prose
from tsutatsu.coverage.accounts import Account
from tsutatsu.diagnostics import Diagnostic, Severity
from tsutatsu.ir import Directive
from tsutatsu.ir.workflows import Workflow
from tsutatsu.site.nodes import Card, Link, Mention, Norm, Part, Passage, Provision, Reading
from tsutatsu.site.points import Gap
from tsutatsu.site.proofs import Scenarios
from tsutatsu.site.telling import Teller, cited
from tsutatsu.site.words import ROLES, TREATMENTS
from tsutatsu.text.ledger import Entry, Waiver
from tsutatsu.text.nodes import Role
from tsutatsu.words import Words

_TEXT_NOT_AT_HAND: Final = "TS366"
"""No text at hand is nothing missing in the law."""
_ROLES: Final = frozenset(role.value for role in Role) | {"前段", "柱書"}


def paths_of(account: Account, workflows: Iterable[Workflow] = ()) -> tuple[str, ...]:
    """The provisions that the page shows: the ledger's in its order, then those that are cited and not in it."""
    ledger = () if account.ledger is None else tuple(dict.fromkeys(one.path for one in account.ledger.entries))
    known = set(ledger)
    d = account.directive
    rest = {bare(one) for one in (*_cited_in(d), *(one.provision for one in workflows)) if one}
    missing = sorted((one for one in rest if not _stands_under(one, known)), key=prose.in_text_order)
    return (*ledger, *missing)


def bare(provision: str) -> str:
    """A provision without the role (and number) of a sentence at its end: 第5/3/ただし書 → 第5/3."""
    path, _, last = provision.rpartition("/")
    return path if path and last.rstrip("0123456789") in _ROLES else provision


def _cited_in(directive: Directive) -> Iterator[str]:
    yield from (norm.provision for norm in directive.norms)
    yield from (concept.provision for concept in directive.concepts if concept.provision)
    yield from (reading.provision for reading in directive.readings)


def _stands_under(path: str, known: set[str]) -> bool:
    steps = path.split("/")
    return any("/".join(steps[:end]) in known for end in range(len(steps), 0, -1))


@dataclass(slots=True)
class Sections:
    """Makes the provisions of one page; a norm stands in full where it is met first, later by a mention."""

    account: Account
    teller: Teller
    paths: Sequence[str]
    workflows: Mapping[str, Workflow] = field(default_factory=dict[str, Workflow])
    """Those of the issue, by id."""
    _norms: Mapping[str, Norm] = field(init=False)
    _readings: Mapping[str, tuple[Reading, ...]] = field(init=False)
    _loose: Mapping[str, tuple[str, ...]] = field(init=False)
    _processes: Mapping[str, tuple[Workflow, ...]] = field(init=False)
    gaps: tuple[Gap, ...] = field(init=False)
    """What is missing, in the ledger and in what the scenarios show."""
    _shown: set[str] = field(init=False)

    def __post_init__(self) -> None:
        d = self.account.directive
        self._norms = {one.id: self.teller.norm(one) for one in d.norms}
        readings: dict[str, list[Reading]] = {}
        for one in d.readings:
            readings.setdefault(self._place(one.provision), []).append(self.teller.reading(one))
        self._readings = {path: tuple(found) for path, found in readings.items()}
        carried = {name for entry in self._entries() for name in entry.carriers}
        loose: dict[str, list[str]] = {}
        for norm in d.norms:
            if norm.id not in carried:
                loose.setdefault(self._place(norm.provision), []).append(norm.id)
        self._loose = {path: tuple(found) for path, found in loose.items()}
        processes: dict[str, list[Workflow]] = {}
        for workflow in self.workflows.values():
            processes.setdefault(self._place(workflow.provision), []).append(workflow)
        self._processes = {path: tuple(found) for path, found in processes.items()}
        self.gaps = tuple(self._gaps())
        self._shown = set()

    def parts(self) -> tuple[Part, ...]:
        """Every provision, part by part."""
        made = [(path, self._provision(path, at)) for at, path in enumerate(self.paths, 1)]
        grouped = groupby(made, key=lambda pair: pair[0].split("/")[0])
        return tuple(
            Part(f"part{at}", cited(head), tuple(one for _, one in pairs))
            for at, (head, pairs) in enumerate(grouped, 1)
        )

    def anchor(self, place: str) -> str:
        """Where on the page a provision stands; empty for none."""
        return f"p{self.paths.index(place) + 1}" if place else ""

    def _gaps(self) -> Iterator[Gap]:
        """What the ledger lacks, and what the scenarios do not show."""
        for one in self.account.findings:
            if one.severity is not Severity.ADVICE and one.code != _TEXT_NOT_AT_HAND:
                yield Gap(self._about(one), Words(one.ja, one.en))
        yield from self.teller.points.gaps()

    def _about(self, one: Diagnostic) -> str:
        """The provision that a finding is about; empty where there is none."""
        if one.where.provision:
            return self._place(one.where.provision)
        here = [entry.path for entry in self._entries() if entry.where == one.where]
        here += [self._place(norm.provision) for norm in self.account.directive.norms if norm.source == one.where]
        return here[0] if here else ""

    def _provision(self, path: str, at: int) -> Provision:
        entries = [one for one in self._entries() if one.path == path]
        passages = tuple(self._passage(one) for one in entries)
        loose = tuple(self._card(name) for name in self._loose.get(path, ()))
        readings = self._readings.get(path, ())
        own = {one.anchor for one in readings}
        cards = [card for passage in passages for card in passage.cards] + list(loose)
        norms = [self._norms[card.id] for card in cards if card.id in self._norms]
        hanging = {link.anchor: link for norm in norms for link in norm.readings}
        undecided = {
            self.teller.anchors.readings[one.id] for one in self.account.directive.readings if one.taken is None
        }
        scenarios = Scenarios(self.teller.points.homes.sheets(path))
        missing = tuple(one.words for one in self.gaps if one.place == path)
        return Provision(
            f"p{at}",
            path,
            path.count("/"),
            cited(path),
            self._heading(entries),
            passages,
            loose,
            readings,
            tuple(link for anchor, link in hanging.items() if anchor not in own),
            tuple(self.teller.process(one, self.workflows) for one in self._processes.get(path, ())),
            scenarios,
            missing,
            open=bool(undecided & (own | set(hanging))),
            wanting=bool(missing or scenarios.failing) or any(not norm.proof.sound for norm in norms),
        )

    def _heading(self, entries: Iterable[Entry]) -> str:
        words = [self.account.passage(one) for one in entries if one.role is Role.HEADING]
        return "".join(one for one in words if one is not None)

    def _passage(self, entry: Entry) -> Passage:
        text = self.account.passage(entry)
        return Passage(
            ROLES[entry.role],
            entry.number,
            None if text is None else " ".join(text.split()),
            entry.digest[:8],
            TREATMENTS[entry.treatment],
            None if entry.waiver is None else _waived(entry.waiver),
            tuple(self._card(name) for name in dict.fromkeys(entry.carriers)),
        )

    def _card(self, name: str) -> Card:
        """What is called ``name``, in full where it is met for the first time."""
        d = self.account.directive
        first = name not in self._shown
        self._shown.add(name)
        if name in self._norms:
            norm = self._norms[name]
            return norm if first else Mention(name, norm.kind, self.teller.link_to_norm(d.norm[name]))
        if name in d.reading:
            return Mention(name, Words("解釈", "reading"), self.teller.link_to_reading(d.reading[name]))
        thing = self.teller.thing(name)
        if thing is None:  # the ledger's own findings say so
            return Mention(name, Words("不明", "unknown"), Link("", Words(name)))
        return thing if first else Mention(name, thing.kind, Link(thing.anchor, thing.name))

    def _entries(self) -> tuple[Entry, ...]:
        return () if self.account.ledger is None else self.account.ledger.entries

    def _place(self, provision: str) -> str:
        return self.teller.points.homes.place(bare(provision)) or ""


def _waived(one: Waiver) -> Words:
    """Who decided that a passage need not be encoded, when, and why."""

    def told(lang: str) -> str:
        day = "" if one.day is None else prose.tell_day(one.day, lang)
        parts = [part for part in (one.post, one.person, day, one.reason) if part]
        return (", " if lang == "en" else "　").join(parts)

    return Words(told("ja"), told("en"))
