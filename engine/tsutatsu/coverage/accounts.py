"""The account of a circular: every passage of its text with what carries it, and what the ledger leaves open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from tsutatsu.bundle import Reading
from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.ir import Directive
from tsutatsu.source import Source
from tsutatsu.syntax.emitting import ledger_text
from tsutatsu.text import Document, Role, read_text
from tsutatsu.text.drafting import draft, renewed
from tsutatsu.text.ledger import CARRIED, Entry, Ledger, Treatment, compare, passages_of
from tsutatsu.text.lines import MOST_BYTES

LEDGER_CODES: Final = frozenset(f"TS{number}" for number in range(350, 370))
MOST_TEXTS: Final = 2_000


@dataclass(frozen=True)
class Account:
    """One issue of a circular: its ledger, its text where that is at hand, and every finding about the two."""

    directive: Directive
    ledger: Ledger | None
    document: Document | None
    findings: tuple[Diagnostic, ...]
    scenarios: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The scenarios that reach each norm."""

    def passage(self, entry: Entry) -> str | None:
        """The words of a passage; nothing where the text is not at hand or has other words there."""
        return self._passages.get((entry.path, entry.number, entry.digest))

    def proving(self, entry: Entry) -> tuple[str, ...]:
        """The scenarios that reach what carries a passage."""
        return tuple(dict.fromkeys(one for name in entry.carriers for one in self.scenarios.get(name, ())))

    @cached_property
    def _passages(self) -> Mapping[tuple[str, int, str], str]:
        if self.document is None:
            return {}
        return {(one.path, one.number, one.digest): one.text for one in passages_of(self.document)}


@dataclass(frozen=True, slots=True)
class Texts:
    """The circulars' texts at hand, and what could not be read."""

    documents: tuple[Document, ...]
    findings: tuple[Diagnostic, ...]


def read_texts(folder: Path) -> Texts:
    """Every text (.txt) beneath ``folder``."""
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for count, path in enumerate(sorted(folder.rglob("*.txt"))):
        shown = path.as_posix()
        if count >= MOST_TEXTS:
            why = f"> {MOST_TEXTS} files"
            findings.append(finding("TS317", Source(shown), (), file=shown, why=why))
            break
        try:
            if not path.is_file():
                continue
            with path.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
        except OSError as error:
            findings.append(finding("TS317", Source(shown), (), file=shown, why=error.strerror or type(error).__name__))
            continue
        try:
            documents.append(read_text(data, shown))
        except Refused as refused:
            findings += refused.findings
    return Texts(tuple(documents), tuple(findings))


def accounts_of(
    reading: Reading,
    texts: Texts | None,
    folder: str = "",
    scenarios: Mapping[tuple[str, date, str], Sequence[str]] | None = None,
) -> tuple[Account, ...]:
    """The account of every issue; ``scenarios`` says, by directive, issue and norm, which scenarios reach it."""
    bundle = reading.bundle
    if bundle is None:
        return ()
    at_hand = _matched(reading.ledgers, texts.documents if texts is not None else ())
    found: list[Account] = []
    for one in bundle.encodings:
        key = (one.id, one.issued)
        ledger, document = reading.ledgers.get(key), at_hand.get(key)
        own = [each for each in reading.findings if each.code in LEDGER_CODES and _stands_in(each, one)]
        if ledger is None:
            own.append(finding("TS365", one.source))
        elif document is not None:
            own += compare(ledger, document)
        elif texts is not None:
            own.append(finding("TS366", ledger.where, (), title=one.header.title.ja, place=folder))
        reach: dict[str, tuple[str, ...]] = {}
        if scenarios is not None:
            reach = {norm.id: tuple(scenarios.get((*key, norm.id), ())) for norm in one.norms}
            own += [
                finding("TS355", norm.source, (), word=norm.id, place=norm.provision)
                for norm in one.norms
                if not reach[norm.id]
            ]
        found.append(Account(one, ledger, document, tuple(own), reach))
    return tuple(found)


def strangers(accounts: Iterable[Account], texts: Texts) -> tuple[Diagnostic, ...]:
    """The texts at hand that are of none of these circulars."""
    taken = {id(one.document) for one in accounts}
    return tuple(
        finding("TS367", Source(one.file), (), file=one.file) for one in texts.documents if id(one) not in taken
    )


@dataclass(frozen=True, slots=True)
class Renewal:
    """A ledger brought up to the text at hand, as a file."""

    directive: Directive
    text: str
    reworded: int = 0
    added: int = 0
    removed: int = 0


def renewals(reading: Reading, texts: Texts) -> tuple[Renewal, ...]:
    """The ledger of each issue whose text is at hand: kept where passages are the same, drafted where they are new."""
    bundle = reading.bundle
    if bundle is None:
        return ()
    at_hand = _matched(reading.ledgers, texts.documents)
    taken = {id(one) for one in at_hand.values()}
    free = [one for one in texts.documents if id(one) not in taken]
    found: list[Renewal] = []
    for one in bundle.encodings:
        key = (one.id, one.issued)
        document = at_hand.get(key) or _by_its_head(one, free)
        if document is None:
            continue
        old = reading.ledgers.get(key)
        if old is None:
            found.append(Renewal(one, ledger_text(drafted(document, one), one.header.title.ja)))
        else:
            found.append(_renewal(one, old, linked(renewed(old, document), one)))
    return tuple(found)


def _renewal(directive: Directive, old: Ledger, new: Ledger) -> Renewal:
    text = ledger_text(new, directive.header.title.ja)
    before = {one.digest for one in old.entries}
    fresh = [one for one in new.entries if one.digest not in before]
    places = {(one.path, one.number) for one in old.entries}
    reworded = sum(1 for one in fresh if (one.path, one.number) in places and one.recheck)
    gone = len(before - {one.digest for one in new.entries})
    return Renewal(directive, text, reworded, len(fresh) - reworded, max(gone - reworded, 0))


def drafted(document: Document, directive: Directive) -> Ledger:
    """A first ledger, with the norms, concepts and readings that cite a passage as what carries it."""
    ledger, carriers = draft(document), _citing(directive)
    return replace(ledger, entries=tuple(_carried(one, carriers, directive) for one in ledger.entries))


def linked(ledger: Ledger, directive: Directive) -> Ledger:
    """The ledger with what cites a passage as its carrier, where it is to be carried and nothing carries it yet."""
    carriers = _citing(directive)
    entries = (
        _carried(one, carriers, directive) if one.treatment in CARRIED and not one.carriers and not one.recheck else one
        for one in ledger.entries
    )
    return replace(ledger, entries=tuple(entries))


def _citing(directive: Directive) -> dict[str, list[str]]:
    """By provision, the norms (for their exceptions too) and concepts that cite it."""
    found: dict[str, list[str]] = {}
    cited = [(norm.provision, norm.id) for norm in directive.norms]
    cited += [(lift.provision, norm.id) for norm in directive.norms for lift in norm.lifts]
    cited += [(concept.provision, concept.id) for concept in directive.concepts]
    for provision, name in cited:
        found.setdefault(provision, []).append(name)
    return found


def _carried(entry: Entry, carriers: Mapping[str, Sequence[str]], directive: Directive) -> Entry:
    if entry.role is Role.HEADING:
        return entry
    role = entry.role.value
    places = (entry.path, f"{entry.path}/{role}", f"{entry.path}/{role}{entry.number}")
    names = tuple(dict.fromkeys(name for place in places for name in carriers.get(place, ())))
    if not names:
        return entry
    norms = any(name in directive.norm for name in names)
    return replace(entry, treatment=Treatment.NORM if norms else Treatment.DEFINITION, carriers=names)


def _by_its_head(directive: Directive, documents: Sequence[Document]) -> Document | None:
    """The text whose title is the directive's, where no fingerprint is known yet."""
    title = "".join(directive.header.title.ja.split())
    return next((one for one in documents if title and title in "".join(one.header.title.split())), None)


def _matched(
    ledgers: Mapping[tuple[str, date], Ledger], documents: Sequence[Document]
) -> dict[tuple[str, date], Document]:
    """The text of each ledger: the one that shares the most fingerprints with it, each text going to one ledger."""
    printed = [{one.digest for one in passages_of(document)} for document in documents]
    stated = {key: {one.digest for one in ledger.entries} for key, ledger in ledgers.items()}
    pairs = sorted(
        ((len(known & digests), key, n) for key, known in stated.items() for n, digests in enumerate(printed)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[tuple[str, date], Document] = {}
    taken: set[int] = set()
    for count, key, n in pairs:
        if count and key not in found and n not in taken:
            found[key] = documents[n]
            taken.add(n)
    return found


def _stands_in(one: Diagnostic, directive: Directive) -> bool:
    return one.where.file.startswith(f"{directive.source.file}/")
