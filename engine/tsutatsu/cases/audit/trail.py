"""An audit trail as a value: read from a store, written to a file, and read back without one."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tsutatsu.cases.audit.heads import Head
from tsutatsu.cases.audit.merkle import Tree
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.judging.plain import from_plain, to_plain
from tsutatsu.sealing.writing import write_over

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT: Final = "tsutatsu audit 1"
_HALVES: Final = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as it stands in the store."""

    case: str
    number: int
    deed: str
    at: str
    header: str
    commitment: str
    link: str

    def __str__(self) -> str:
        return f"entries {self.case}/{self.number}"


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as it stands in the store."""

    case: str
    number: int
    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A leaf as it stands in the store; without a place it has not been sealed."""

    case: str
    number: int
    leaf: str
    place: int | None


@dataclass(frozen=True, slots=True)
class LawText:
    """A circular or a workflow to which a case is pinned, in canonical form."""

    digest: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document of the case as its record gives it: by which declaration, at which entry, and what it says."""

    document: str
    case: str
    number: int
    template: str
    """The digest of all that decides how it looks."""
    digest: str
    html: str

    def __str__(self) -> str:
        return f"documents {self.case}/{self.number}/{self.document}"


@dataclass(frozen=True, slots=True)
class Proof:
    """How a leaf lies under the head: its place, and the digests on the way."""

    number: int
    place: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """The whole trail of a store, or, with ``proofs``, what proves one case of it."""

    format: str
    store: str
    case: str
    """The one case that it proves; nothing where it is the whole trail."""
    entries: tuple[EntryRow, ...]
    bodies: tuple[BodyRow, ...]
    leaves: tuple[LeafRow, ...]
    heads: tuple[Head, ...]
    proofs: tuple[Proof, ...]
    laws: tuple[LawText, ...]
    documents: tuple[PaperRow, ...] = ()
    """The documents that the case made, where it proves one."""

    def write(self, path: Path) -> None:
        """Writes it as JSON: all of it, or nothing."""
        write_over(path, (json.dumps(to_plain(self), ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def read_trail(path: Path) -> Trail:
    """The trail that a file holds; refused where it holds none."""
    try:
        text = path.read_text(encoding="utf-8")
        plain: object = json.loads(text)
        if _HALVES.search(text):  # half a character cannot be digested, nor written
            json.dumps(plain, ensure_ascii=False).encode("utf-8")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _unreadable(path, why, why) from None
    except (ValueError, RecursionError):
        raise _unreadable(path, "JSON でない", "it is no JSON") from None
    try:
        trail = from_plain(Trail, plain)
    except Refused:
        raise _unreadable(path, "形が違う", "it has another form") from None
    if trail.format != FORMAT:
        raise _unreadable(path, f"「{trail.format}」は知らない形である", f"“{trail.format}” is an unknown form")
    return trail


def whole_trail(connection: "Connection") -> Trail:
    """The trail of a store."""
    return _trail(connection, None)


def newest_head(connection: "Connection") -> Head | None:
    """The head that was signed last."""
    from sqlalchemy import select

    from tsutatsu.cases.store.tables import HEADS, META

    row = connection.execute(select(HEADS).order_by(HEADS.c.size.desc()).limit(1)).first()
    if row is None:
        return None
    store = connection.execute(select(META.c.value).where(META.c.name == "store")).scalar_one()
    return Head(store, row.size, row.root, row.at, row.previous, row.signature)


def proof_of(connection: "Connection", case: str) -> Trail:
    """What proves one case: its entries with their bodies, the law, the newest head, and how they lie under it.

    Refused where some of it has not been sealed.
    """
    from sqlalchemy import select

    from tsutatsu.cases.store.tables import LEAVES

    trail = _trail(connection, case)
    waiting = [one for one in trail.leaves if one.place is None]
    if waiting or not trail.heads:
        raise Refused([finding("TS865", row=f"entries {one.case}/{one.number}") for one in waiting or trail.leaves])
    asked = select(LEAVES.c.leaf).where(LEAVES.c.place < trail.heads[-1].size).order_by(LEAVES.c.place)
    tree = Tree([bytes.fromhex(leaf) for leaf in connection.execute(asked).scalars()])
    proofs = tuple(
        Proof(one.number, one.place, tuple(step.hex() for step in tree.path(one.place)))
        for one in trail.leaves
        if one.place is not None
    )
    return Trail(
        FORMAT, trail.store, case, trail.entries, trail.bodies, trail.leaves, trail.heads[-1:], proofs, trail.laws
    )


def _trail(connection: "Connection", case: str | None) -> Trail:
    from sqlalchemy import select

    from tsutatsu.cases.store.tables import BODIES, ENTRIES, HEADS, LAWS, LEAVES, META

    store = connection.execute(select(META.c.value).where(META.c.name == "store")).scalar_one()
    entries = select(ENTRIES).order_by(ENTRIES.c.case_id, ENTRIES.c.number)
    bodies = select(BODIES).order_by(BODIES.c.case_id, BODIES.c.number)
    leaves = select(LEAVES).order_by(LEAVES.c.place.is_(None), LEAVES.c.place, LEAVES.c.case_id, LEAVES.c.number)
    if case is not None:
        entries = entries.where(ENTRIES.c.case_id == case)
        bodies = bodies.where(BODIES.c.case_id == case)
        leaves = leaves.where(LEAVES.c.case_id == case)
    rows = connection.execute(entries).all()
    laws = connection.execute(select(LAWS).order_by(LAWS.c.digest)).all()
    named = "".join(row.header for row in rows) if case is not None else None
    return Trail(
        FORMAT,
        store,
        case or "",
        tuple(EntryRow(*row) for row in rows),
        tuple(BodyRow(*row) for row in connection.execute(bodies)),
        tuple(LeafRow(*row) for row in connection.execute(leaves)),
        tuple(
            Head(store, row.size, row.root, row.at, row.previous, row.signature)
            for row in connection.execute(select(HEADS).order_by(HEADS.c.size))
        ),
        (),
        tuple(LawText(*row) for row in laws if named is None or row.digest in named),
    )


def _unreadable(path: Path, why: str, why_en: str) -> Refused:
    return Refused([finding("TS869", place=path, why=why, why_en=why_en)])
