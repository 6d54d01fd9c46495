"""Cases read back from a trail, without a store, with the law that each entry stood on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tsutatsu.cases.audit.trail import Trail
from tsutatsu.cases.case import Body, Entry, Pin
from tsutatsu.cases.ground import Ground
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Workflow
from tsutatsu.sealing import decode, decode_node, digest


@dataclass(frozen=True, slots=True)
class Replayed:
    """One case of a trail as far as its entries can be read, in order; a body that is gone or altered is none."""

    case: str
    entries: tuple[Entry, ...]

    def pin_at(self, number: int) -> Pin | None:
        """What it ran by once entry ``number`` had happened."""
        return next((one.pin for one in reversed(self.entries) if one.number <= number and one.pin is not None), None)


def replayed(trail: Trail) -> Iterator[Replayed]:
    """The cases of a trail; of one with an entry that cannot be read, those before it."""
    bodies = {(row.case, row.number): row.text for row in trail.bodies}
    found: dict[str, list[Entry]] = {}
    torn: set[str] = set()
    for row in sorted(trail.entries, key=lambda one: (one.case, one.number)):
        if row.case in torn:
            continue
        try:
            entry = decode_node(Entry, row.header.encode())
            text = bodies.get((row.case, row.number))
            body = None if text is None else decode_node(Body, text.encode())
        except Refused:
            torn.add(row.case)
            continue
        found.setdefault(row.case, []).append(replace(entry, body=body))
    for case, entries in found.items():
        yield Replayed(case, tuple(entries))


class KeptLaw:
    """The circulars and workflows that a trail carries, ready to be asked; what is not as its digest says is none."""

    def __init__(self, trail: Trail) -> None:
        self._texts = {one.digest: one.text for one in trail.laws if digest(one.text.encode()) == one.digest}
        self._grounds: dict[tuple[str, str, str], Ground | None] = {}

    def ground(self, pin: Pin) -> Ground | None:
        """What a pin stands on; nothing where the trail does not carry it, or it cannot be read."""
        key = (pin.text, pin.flow, pin.law)
        if key not in self._grounds:
            self._grounds[key] = self._read(pin)
        return self._grounds[key]

    def _read(self, pin: Pin) -> Ground | None:
        law, flow = self._texts.get(pin.text), self._texts.get(pin.flow)
        if law is None or flow is None:
            return None
        try:
            return Ground(decode(law.encode()), decode_node(Workflow, flow.encode()), law=pin.law)
        except Refused:
            return None
