"""The law being run: read from a folder, placed, with its digest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding, in_file_order, near
from tsutatsu.ir import LIFE, LOCAL, TODAY, Directive
from tsutatsu.passes.gather import File, Gathered, gather_files, gather_workflows
from tsutatsu.passes.place_in_force import place_in_force
from tsutatsu.sealing import cache_key, digest_of, digest_of_law, load_cached, read_sealed, store_cached
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.ir.workflows import Workflow
    from tsutatsu.passes.lay_over import OwnProvisions
    from tsutatsu.passes.life_cycle import Life
    from tsutatsu.passes.read_folder import Folder
    from tsutatsu.passes.read_workflows import Workflows
    from tsutatsu.text.ledger import Ledger


_NOTHING = Gathered((), ())


@dataclass(frozen=True, slots=True)
class Address:
    """Where a judgement is: its directive and its own id."""

    directive: str
    judgement: str

    def __str__(self) -> str:
        return f"{self.directive}/{self.judgement}"


@dataclass(frozen=True, slots=True)
class Force:
    """A force that has laid down provisions of its own in this law folder."""

    id: str
    words: Words
    example: bool
    """An example that no force has laid down."""


@dataclass(frozen=True)
class Bundle:
    """Every directive of one law folder, in its current encoding, by id and day of issue."""

    root: Path
    encodings: tuple[Directive, ...]
    """Each directive as its own files state it: what is digested and sealed."""
    own: tuple[File, ...] = field(default=(), compare=False, repr=False)
    """The files of what forces have laid down for themselves, with those that all share; read on use."""
    plain: "Bundle | None" = field(default=None, compare=False, repr=False)
    """The same law without the provisions of any force, where those of one are laid over this."""
    force: str | None = None
    """Whose provisions those are."""
    beside: Gathered = field(default=_NOTHING, compare=False, repr=False)
    """The files of the workflows that stand beside the law, with the list of posts; read on use."""
    _known: "dict[date, Bundle]" = field(default_factory=dict[date, "Bundle"], compare=False, repr=False)
    _under: "dict[str, Bundle]" = field(default_factory=dict[str, "Bundle"], compare=False, repr=False)

    def __repr__(self) -> str:
        under = "" if self.force is None else f", under {self.force!r}"
        return f"<Bundle {str(self.root)!r}: {len(self.encodings)} directives{under}>"

    @classmethod
    def load(cls, root: Path | str) -> "Bundle":
        """The law in ``root``; refused, with every finding, when any finding is an error."""
        gathered = gather_files(Path(root))
        workflows = _beside(gathered, gather_workflows(Path(root)))
        key = cache_key({file.path: file.data for file in gathered.files})
        kept = None if gathered.findings else load_cached(key)
        if kept is not None:
            return cls(Path(root), kept, _own(gathered.files), beside=workflows)
        reading = _read(Path(root), gathered, workflows)
        if reading.bundle is None:
            raise Refused(one for one in reading.findings if one.severity is Severity.ERROR)
        store_cached(key, reading.bundle.encodings)
        return reading.bundle

    @classmethod
    def default(cls) -> "Bundle":
        """The law that ships with the package (or stands beside it in a checkout)."""
        return cls.load(shipped_root())

    @classmethod
    def of(
        cls,
        directives: Iterable[Directive],
        root: Path | None = None,
        own: tuple[File, ...] = (),
        beside: Gathered = _NOTHING,
    ) -> "Bundle":
        """A bundle of directives already in the kernel."""
        encodings = tuple(sorted(directives, key=lambda d: (d.id, d.issued)))
        return cls(root if root is not None else Path(), encodings, own, beside=beside)

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """Each directive with its effect as the others leave it: what judges."""
        return place_in_force(self.encodings)

    @cached_property
    def digest(self) -> str:
        """The digest of the law, the same wherever it was read from."""
        return digest_of_law(self.encodings)

    def encoding(self, directive: Directive) -> Directive:
        """The directive as its own files state it, whatever the others did to its effect."""
        return next((e for e in self.encodings if e.id == directive.id and e.issued == directive.issued), directive)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The directives' ids."""
        return tuple(dict.fromkeys(d.id for d in self.directives))

    def versions(self, directive: str) -> tuple[Directive, ...]:
        """The issues of one directive, oldest first."""
        return tuple(d for d in self.directives if d.id == directive)

    def directive(self, name: str) -> str:
        """The id of the directive of this id, title or English title."""
        for one in self.directives:
            if name in (one.id, one.header.title.ja, one.header.title.en):
                return one.id
        known = [w for d in self.directives for w in (d.id, d.header.title.ja)]
        raise Refused([finding("TS314", word=name, nearest=near(name, known))])

    def at(self, directive: str, on: date, known: date | None = None) -> Directive:
        """The issue to judge by on a day: the one in effect, else the latest issued by then, else the first."""
        law = self if known is None else self.known_by(known)
        versions = law.versions(directive)
        if not versions:
            if known is not None and self.versions(directive):
                raise Refused([finding("TS320", day=known.isoformat(), word=directive)])
            raise Refused([finding("TS314", word=directive, nearest=near(directive, self.ids))])
        begun = [d for d in versions if d.first_day <= on and d.takes_effect]
        return begun[-1] if begun else versions[0]

    def find(self, name: str) -> tuple[Address, ...]:
        """Every judgement of this name: directive/judgement, id, label or English label."""
        return self._addresses.get(name, ())

    def judgement(self, name: str, directive: str | None = None) -> Address:
        """The one judgement of this name; refused when there is none, or more than one."""
        found = [a for a in self.find(name) if directive is None or a.directive == self.directive(directive)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused([finding("TS316", word=name, known="、".join(str(a) for a in found))])
        raise Refused([finding("TS315", word=name, nearest=near(name, self._addresses))])

    def known_by(self, day: date) -> "Bundle":
        """The law as it had been encoded by ``day``, from the revisions sealed by then."""
        if self.plain is not None and self.force is not None:
            return self.plain.known_by(day).under(self.force)
        if day not in self._known:
            chosen: dict[tuple[str, date], Directive] = {}
            for one in (*self.encodings, *self._sealed):
                key = one.id, one.issued
                if one.revision.day <= day and (key not in chosen or chosen[key].revision.number < one.revision.number):
                    chosen[key] = one
            self._known[day] = Bundle.of(chosen.values(), self.root, self.own, self.beside)
        return self._known[day]

    @cached_property
    def workflows(self) -> "tuple[Workflow, ...]":
        """The workflows of every issue of every directive, by directive, issue and id.

        Refused with every finding where one of them cannot be read, or could not be gone through.
        """
        wrong = [one for one in self.workflow_findings if one.severity is Severity.ERROR]
        if wrong:
            raise Refused(wrong)
        return self._workflows.each

    @property
    def read_workflows(self) -> "tuple[Workflow, ...]":
        """The workflows that could be read, whatever was found in them."""
        return self._workflows.each

    @property
    def workflow_findings(self) -> tuple[Diagnostic, ...]:
        """Everything found in the workflows' files, in the drawings they make, and in what issues say of open cases."""
        found = [*self.beside.findings, *self._workflows.findings]
        found += [finding("TS801", one.source, word=one.id) for one in self._workflows.each if one.id == LIFE]
        if not any(one.severity is Severity.ERROR for one in found):
            found += self._transition_findings
        return tuple(in_file_order(found))

    @cached_property
    def _transition_findings(self) -> tuple[Diagnostic, ...]:
        if not any(one.transitions for one in self.directives):
            return ()
        from tsutatsu.passes.carry_over import find_transitions

        return tuple(find_transitions(self.directives, self._workflows.each))

    @cached_property
    def _workflows(self) -> "Workflows":
        from tsutatsu.passes.read_workflows import read_workflows

        return read_workflows(self.beside.files, self.directives)

    @cached_property
    def lives(self) -> "tuple[Life, ...]":
        """The life of every issue of every directive, drawn from what it says of itself."""
        from tsutatsu.passes.life_cycle import life_of

        return tuple(life_of(one) for one in self.directives)

    def workflow(self, name: str, on: date | None = None) -> "Workflow":
        """The one workflow of this id or label, or directive/id, in the issue in force ``on`` that day (or the latest).

        Refused when there is none, or more than one.
        """
        every = (*self.workflows, *(one.workflow for one in self.lives))
        of_issue = [one for one in every if on is None or self.at(one.directive, on).issued == one.issued]
        latest = {(one.directive, one.id): one for one in of_issue}
        found = [one for one in latest.values() if name in _names_of(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused([finding("TS831", word=name, known="、".join(f"{w.directive}/{w.id}" for w in found))])
        known = [word for one in latest.values() for word in _names_of(one)]
        raise Refused([finding("TS830", word=name, nearest=near(name, known))])

    def law_of(self, workflow: "Workflow") -> Directive:
        """The issue of the directive by whose words a workflow is written; of a life, as much as that runs by."""
        for life in self.lives if workflow.id == LIFE else ():
            if (life.workflow.directive, life.workflow.issued) == (workflow.directive, workflow.issued):
                return life.law
        return next(one for one in self.versions(workflow.directive) if one.issued == workflow.issued)

    @cached_property
    def forces(self) -> tuple[Force, ...]:
        """The forces that have laid down provisions of their own."""
        return tuple(Force(one.id, one.words, one.example) for one in self._own_provisions.forces)

    def force_called(self, name: str, where: Source = NOWHERE) -> Force:
        """The force of this id or name."""
        for one in self.forces:
            if name in (one.id, one.words.ja, one.words.en):
                return one
        known = [word for one in self.forces for word in (one.words.ja, one.id)]
        raise Refused([finding("TS382", where, word=name, nearest=near(name, known))])

    def under(self, force: str) -> "Bundle":
        """The law with the provisions laid over it that the force of this id or name has laid down for itself.

        Circulars of which it says nothing stay as they are. Refused with every finding where what it says does not fit
        (never so with the present encodings, which were read together with it).
        """
        one = self.force_called(force)
        if self.plain is not None:
            return self if self.force == one.id else self.plain.under(one.id)
        if one.id not in self._under:
            from tsutatsu.passes.lay_over import lay_over

            (said,) = (own for own in self._own_provisions.forces if own.id == one.id)
            laid = lay_over(said, self.encodings, self._own_provisions.common)
            wrong = [found for found in laid.findings if found.severity is Severity.ERROR]
            if wrong:
                raise Refused([finding("TS383", said.source, word=one.words.ja), *in_file_order(wrong)])
            law = Bundle.of(laid.directives, self.root, self.own, self.beside)
            self._under[one.id] = replace(law, plain=self, force=one.id)
        return self._under[one.id]

    def with_digest(self, digest: str) -> Directive | None:
        """The directive whose encoding, current or sealed, plain or with a force's provisions, has this digest."""
        if self.plain is not None:
            return self.plain.with_digest(digest)
        for law in self._every_law():
            for encoding, placed in zip(law.encodings, law.directives, strict=True):
                if digest_of(encoding) == digest:
                    return placed
        return None

    def _every_law(self) -> "Iterator[Bundle]":
        """The law as it is and as it was encoded at any time, then the same under each force that it fits."""
        every = [self, *(self.known_by(day) for day in sorted({d.revision.day for d in self._sealed}))]
        yield from every
        for force in self.forces:
            for law in every:
                try:
                    yield law.under(force.id)
                except Refused:
                    continue  # what the force says now does not fit what was sealed then

    @cached_property
    def _own_provisions(self) -> "Folder":
        from tsutatsu.passes.read_folder import read_folder

        return read_folder(self.own)

    def folder(self, directive: str, issued: date) -> Path:
        """Where a version's policy files stand."""
        return self.root / "policy" / directive / issued.isoformat()

    @cached_property
    def _addresses(self) -> dict[str, tuple[Address, ...]]:
        found: dict[str, dict[Address, None]] = {}
        for one in self.directives:
            for judgement in one.judgements:
                address = Address(one.id, judgement.id)
                for name in (str(address), judgement.id, judgement.words.ja, judgement.words.en):
                    if name:
                        found.setdefault(name, {})[address] = None
        return {name: tuple(addresses) for name, addresses in found.items()}

    @cached_property
    def _sealed(self) -> tuple[Directive, ...]:
        return tuple(
            sealed for one in self.directives for sealed in read_sealed(self.folder(one.id, one.issued)).directives
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a law folder: the bundle, unless an error stands in the way, and every finding."""

    bundle: Bundle | None
    findings: tuple[Diagnostic, ...]
    ledgers: "Mapping[tuple[str, date], Ledger]" = field(default_factory=dict[tuple[str, date], "Ledger"])
    """The ledger of each issue that has one, by directive and day of issue."""


def read_bundle(root: Path) -> Reading:
    """Reads the law in ``root``; never raises over what the files say."""
    gathered = gather_files(root)
    return _read(root, gathered, _beside(gathered, gather_workflows(root)))


def _read(root: Path, gathered: Gathered, workflows: Gathered) -> Reading:
    findings = list(gathered.findings)
    law = encode_files(gathered.files)
    encoded = law.directives
    findings += law.findings
    for directive in encoded:
        findings += read_sealed(root / "policy" / directive.id / directive.issued.isoformat()).findings
    findings = list(in_file_order(findings))
    if any(one.severity is Severity.ERROR for one in findings) or not encoded:
        if not findings:
            findings.append(finding("TS309", place=root))
        return Reading(None, tuple(findings), law.ledgers)
    bundle = Bundle.of(encoded, root, _own(gathered.files), workflows)
    return Reading(bundle, tuple(_less_used_in_cases(findings, bundle)), law.ledgers)


def _less_used_in_cases(findings: Iterable[Diagnostic], bundle: Bundle) -> Iterator[Diagnostic]:
    """What was found, but for terms that no norm uses and a workflow does."""
    from tsutatsu.passes.find_loose_ends import UNUSED_TERM, terms_of

    found = list(findings)
    used: set[Source] = set()
    if any(one.code == UNUSED_TERM for one in found):
        for workflow in bundle.read_workflows:
            law = bundle.law_of(workflow)
            used |= {law.term[name].source for name in terms_of(workflow, law)}
    return (one for one in found if one.code != UNUSED_TERM or one.where not in used)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the files of a law folder state."""

    directives: tuple[Directive, ...]
    findings: tuple[Diagnostic, ...]
    ledgers: "Mapping[tuple[str, date], Ledger]"


def encode_files(files: tuple[File, ...]) -> Stated:
    """The directives that the files state, with everything found in them."""
    from tsutatsu.passes.encode import encode  # what reads YAML is brought in only where the cache has no answer
    from tsutatsu.passes.find_relations import find_relations
    from tsutatsu.passes.read_folder import read_folder

    folder = read_folder(files)
    encoded = [encode(written, folder.common) for written in folder.written if written.sound]
    findings = [*folder.findings, *(one for e in encoded for one in e.findings)]
    findings += find_relations([e.directive for e in encoded])
    if not any(one.severity is Severity.ERROR for one in findings):
        findings += _of_forces(folder, [e.directive for e in encoded])
    ledgers = {(e.directive.id, e.directive.issued): e.ledger for e in encoded if e.ledger is not None}
    return Stated(tuple(e.directive for e in encoded), tuple(findings), ledgers)


def _names_of(workflow: "Workflow") -> tuple[str, ...]:
    words = workflow.words
    return tuple(word for word in (f"{workflow.directive}/{workflow.id}", workflow.id, words.ja, words.en) if word)


def _beside(law: Gathered, workflows: Gathered) -> Gathered:
    """The workflows with the list of posts that they are read with."""
    if not workflows.files:
        return workflows
    posts = (file for file in law.files if file.path == "policy/common/posts.yaml")
    return Gathered((*workflows.files, *posts), workflows.findings)


def _own(files: Iterable[File]) -> tuple[File, ...]:
    """What forces have laid down, with what all share; nothing where none has."""
    every = tuple(files)
    own = any(file.path.startswith("policy/local/") for file in every)
    return tuple(file for file in every if own and file.path.startswith(("policy/local/", "policy/common/")))


def _of_forces(folder: "Folder", directives: list[Directive]) -> Iterator[Diagnostic]:
    """What is found in what forces have laid down over these directives."""
    from tsutatsu.passes.find_clashes import sayable
    from tsutatsu.passes.lay_over import find_strays, lay_over

    named: dict[str, OwnProvisions] = {}
    for one in folder.forces:
        for word in {one.words.ja, one.words.en, one.id} - {""}:
            if named.setdefault(word, one) is not one:
                yield finding("TS388", one.source, word=word, other=named[word].source)
        yield from find_strays(one, directives)
        for word in (one.words.ja, one.words.en):
            if word and not sayable(word):
                yield finding("TS261", one.source, word=word)
        laid = lay_over(one, directives, folder.common)
        yield from laid.findings
        if not any(found.severity is Severity.ERROR for found in laid.findings):
            for directive in laid.directives:
                yield from _foregone(directive)
                yield from _overlapping(directive)


def _foregone(directive: Directive) -> Iterator[Diagnostic]:
    """Guides that hold though no fact is known, whatever the day."""
    from tsutatsu.backends.prose import tell_value
    from tsutatsu.semantics import Truth3, holds

    if directive.local is None:
        return
    days = {directive.first_day, directive.local.decided_on, directive.clock[LOCAL].end}
    for measure in directive.measures:
        term = directive.term[measure.term]
        for guide in measure.guides:
            if any(day and holds(guide.when, directive, {TODAY: day}, {}) is Truth3.TRUE for day in days):
                said, said_en = (tell_value(guide.value, term, lang) for lang in ("ja", "en"))
                yield finding("TS381", measure.source, word=term.words.ja, value=said, value_en=said_en)


def _overlapping(directive: Directive) -> Iterator[Diagnostic]:
    """Guides of one measure that a single fact shows to hold at once."""
    from tsutatsu.backends.prose import tell_value
    from tsutatsu.semantics import overlaps

    for measure in directive.measures:
        term = directive.term[measure.term]
        for found in overlaps(measure, directive):
            by, blanks = directive.term[found.term], dict[str, str]()
            for lang, suffix in (("ja", ""), ("en", "_en")):
                blanks[f"one{suffix}"], blanks[f"other{suffix}"] = (
                    tell_value(guide.value, term, lang) for guide in (found.one, found.other)
                )
                blanks[f"by{suffix}"], blanks[f"value{suffix}"] = by.words.say(lang), tell_value(found.value, by, lang)
            yield finding("TS389", measure.source, (), word=term.words.ja, word_en=term.words.say("en"), **blanks)


def shipped_root() -> Path:
    """Where the shipped law stands: inside the installed package, else at the top of the checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "_bundle"
    return inside if inside.is_dir() else package.parent.parent
