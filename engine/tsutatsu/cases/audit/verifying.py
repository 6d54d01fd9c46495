"""Whether a trail is whole: every row that does not fit is named, and nothing that is not signed counts as verified."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tsutatsu.cases.audit.chain import FIRST, commitment, leaf, link
from tsutatsu.cases.audit.heads import NONE_BEFORE, Head
from tsutatsu.cases.audit.keys import Checker
from tsutatsu.cases.audit.merkle import grown, led_to, root_at
from tsutatsu.cases.audit.trail import BodyRow, EntryRow, Trail
from tsutatsu.cases.case import Deed, Entry
from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.sealing import decode_node, digest

MOST_NAMED: Final = 1_000
"""How many missing rows are named one by one."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification found."""

    entries: int
    cases: int
    heads: int
    findings: tuple[Diagnostic, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(trail: Trail, checker: Checker, witness: Head | None = None) -> Verified:
    """What is wrong with a trail, by the key that must have signed it.

    ``witness`` is a head that was sent outside before: with it a trail that was rolled back as a whole is found too.
    """
    cases: dict[str, list[EntryRow]] = {}
    for row in trail.entries:
        cases.setdefault(row.case, []).append(row)
    found = [one for rows in cases.values() for one in _chain(sorted(rows, key=lambda row: row.number))]
    found += _bodies(trail, cases)
    found += _leaves(trail)
    found += _laws(trail)
    found += _documents(trail)
    if any(row.deed == Deed.MOVED.value for row in trail.entries):
        from tsutatsu.cases.audit.moves import verify_moves  # what reads law is brought in only where a case was moved

        found += verify_moves(trail)
    found += _proofs(trail) if trail.case else _heads(trail)
    found += _signatures(trail, checker)
    if witness is not None:
        found += _witnessed(trail, checker, witness)
    return Verified(len(trail.entries), len(cases), len(trail.heads), tuple(dict.fromkeys(found)))


def _wrong(code: str, row: object) -> Diagnostic:
    return finding(code, row=row)


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _chain(rows: list[EntryRow]) -> Iterator[Diagnostic]:
    """One case: its numbers without a gap, each entry as its link says, each after the one before."""
    before, at, number = FIRST, "", 0
    for row in rows:
        for missing in _absent(number + 1, row.number):
            yield _wrong("TS861", f"entries {row.case}/{missing}")
        gap = row.number != number + 1
        entry = _read(row)
        if entry is None or (entry.case, entry.deed.value, entry.at.isoformat()) != (row.case, row.deed, row.at):
            yield _wrong("TS860", row)
        elif entry.number != row.number or row.at < at:
            yield _wrong("TS863", row)
        elif not gap and link(before, row.header, row.commitment) != row.link:
            yield _wrong("TS860", row)
        before, at, number = row.link, row.at, row.number


def _absent(first: int, beyond: int) -> Iterator[str]:
    """The numbers from ``first`` to before ``beyond``: one by one, and what are too many to list as a range."""
    named = min(beyond, first + MOST_NAMED)
    yield from map(str, range(first, named))
    if named < beyond:
        yield f"{named}–{beyond - 1}"


def _read(row: EntryRow) -> Entry | None:
    try:
        return decode_node(Entry, row.header.encode())
    except Refused:
        return None


def _bodies(trail: Trail, cases: Mapping[str, list[EntryRow]]) -> Iterator[Diagnostic]:
    """Every body as it was committed to; those that are gone, gone by an erasure on record."""
    bodies: dict[tuple[str, int], BodyRow] = {(row.case, row.number): row for row in trail.bodies}
    for rows in cases.values():
        erasures = [row.number for row in rows if row.deed == Deed.ERASED.value]
        for row in rows:
            body = bodies.pop((row.case, row.number), None)
            gone = body is None and any(row.number < number for number in erasures)
            if not gone and (body is None or commitment(body.salt, body.text) != row.commitment):
                yield _wrong("TS868", f"bodies {row.case}/{row.number}")
    for case, number in bodies:
        yield _wrong("TS862", f"bodies {case}/{number}")


def _laws(trail: Trail) -> Iterator[Diagnostic]:
    """The law and the workflow to which each case is pinned, as their digests say."""
    kept = {one.digest: one.text for one in trail.laws}
    for one in trail.laws:
        if digest(one.text.encode()) != one.digest:
            yield _wrong("TS860", f"laws {one.digest}")
    for row in trail.entries:
        entry = _read(row)
        if entry is not None and entry.pin is not None:
            for wanted in (entry.pin.text, entry.pin.flow):
                if wanted not in kept:
                    yield _wrong("TS861", f"laws {wanted}")


def _documents(trail: Trail) -> Iterator[Diagnostic]:
    """Every document as its digest says, made at an entry of the case."""
    entries = {(row.case, row.number) for row in trail.entries}
    for one in trail.documents:
        if digest(one.html.encode("utf-8", "surrogatepass")) != one.digest or (one.case, one.number) not in entries:
            yield _wrong("TS919", one)


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _leaves(trail: Trail) -> Iterator[Diagnostic]:
    """For each entry a leaf, for each leaf an entry, numbered without a gap."""
    entries = {(row.case, row.number): row for row in trail.entries}
    leaves = {(row.case, row.number): row for row in trail.leaves}
    for at, row in entries.items():
        if at not in leaves:
            yield _wrong("TS862", row)
        elif leaves[at].leaf != leaf(row.case, row.number, row.link):
            yield _wrong("TS860", f"leaves {row.case}/{row.number}")
        elif leaves[at].place is None:
            yield _wrong("TS865", row)
    for case, number in leaves.keys() - entries.keys():
        yield _wrong("TS861", f"entries {case}/{number}")
    if not trail.case:
        yield from _places([row.place for row in trail.leaves if row.place is not None])


def _places(places: Iterable[int]) -> Iterator[Diagnostic]:
    expected = 0
    for place in sorted(places):
        for missing in _absent(expected, place):
            yield _wrong("TS861", f"leaves #{missing}")
        if place < expected:
            yield _wrong("TS862", f"leaves #{place}")
        expected = max(expected, place + 1)


def _heads(trail: Trail) -> Iterator[Diagnostic]:
    """Every head over the leaves up to its size, each carrying the one before; no leaf beyond the last."""
    leaves = sorted((row.place, row.leaf) for row in trail.leaves if row.place is not None)
    frontier: tuple[bytes, ...] = ()
    size, previous = 0, NONE_BEFORE
    for head in sorted(trail.heads, key=lambda one: one.size):
        row = f"heads {head.size}"
        if head.size > len(leaves):
            yield _wrong("TS866", row)
            return
        frontier = grown(frontier, size, [_bytes(digest) for _, digest in leaves[size : head.size]])
        size = head.size
        if head.previous != previous or root_at(frontier).hex() != head.root:
            yield _wrong("TS864", f"{row} (leaves #{size - 1})")
        previous = head.digest
    for place, _ in leaves[size:]:
        yield _wrong("TS865", f"leaves #{place}")


def _bytes(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""


def _proofs(trail: Trail) -> Iterator[Diagnostic]:
    """Each entry of the one case under the one head."""
    head = trail.heads[-1] if trail.heads else None
    proofs = {one.number: one for one in trail.proofs}
    for row in trail.entries:
        if row.case != trail.case:
            yield _wrong("TS862", row)
            continue
        proof = proofs.get(row.number)
        own = bytes.fromhex(leaf(row.case, row.number, row.link))
        if head is None or proof is None:
            yield _wrong("TS865", row)
        elif led_to(own, proof.place, head.size, [_bytes(step) for step in proof.path]) != _bytes(head.root):
            yield _wrong("TS864", row)


def _signatures(trail: Trail, checker: Checker) -> Iterator[Diagnostic]:
    if trail.entries and not trail.heads:
        yield _wrong("TS865", "heads")
    for head in trail.heads:
        if head.store != trail.store or not head.holds(checker):
            yield _wrong("TS865", f"heads {head.size}")


def _witnessed(trail: Trail, checker: Checker, witness: Head) -> Iterator[Diagnostic]:
    """The trail still holds all that a head sent outside covers."""
    row = f"witness {witness.size}"
    leaves = sorted((one.place, one.leaf) for one in trail.leaves if one.place is not None)
    if witness.store != trail.store or not witness.holds(checker):
        yield _wrong("TS865", row)
    elif trail.case:
        if witness.size > max((one.size for one in trail.heads), default=0):
            yield _wrong("TS866", row)
    elif witness.size > len(leaves):
        yield _wrong("TS866", row)
    elif root_at(grown((), 0, [_bytes(one) for _, one in leaves[: witness.size]])).hex() != witness.root:
        yield _wrong("TS864", row)
