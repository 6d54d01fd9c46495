"""The door to YAML: bytes in, nodes or findings out; never an exception, whatever the bytes are.

The work is bounded by what is read, not by a clock: bytes are counted before they are decoded, nodes and depth as the
parser delivers its events, and no event is asked for after the first that goes too far.
"""

from dataclasses import dataclass

from tsutatsu.diagnostics import Diagnostic, Severity, finding, in_file_order
from tsutatsu.source import Source
from tsutatsu.syntax.building import Building
from tsutatsu.syntax.decoding import decode
from tsutatsu.syntax.events import LOADER
from tsutatsu.syntax.limits import LIMITS, Limits
from tsutatsu.syntax.nodes import Node, Scalar

__all__ = ["LIMITS", "Limits", "ReadFile", "read_yaml"]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says, and everything found wrong with it, in its order.

    There is a node wherever the whole structure could be read, also beside findings, so that more can be found in it;
    entries that were refused are not in it. A law is made only of files that are ``sound``.
    """

    node: Node | None
    findings: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the file was read and nothing in it is an error."""
        return self.node is not None and all(found.severity is not Severity.ERROR for found in self.findings)


def read_yaml(data: bytes, file: str, limits: Limits = LIMITS) -> ReadFile:
    """The nodes of ``data``, which calls itself ``file``, with their places."""
    decoded = decode(data, file, limits)
    if decoded.text is None:
        return ReadFile(None, _listed(decoded.findings, file, limits))
    lines = [line for line in decoded.text.split("\n") if line.strip()]
    if all(line.lstrip(" \t\u3000").startswith("#") for line in lines):
        return ReadFile(None, (finding("TS108" if lines else "TS107", Source(file, 1, 1)),))
    building = Building(decoded.text, file, limits)
    node = building.run(LOADER)
    findings = list(decoded.findings) + building.findings
    if isinstance(node, Scalar) and node.empty and not findings:
        return ReadFile(None, (finding("TS107", Source(file, 1, 1)),))
    return ReadFile(node, _listed(findings, file, limits))


def _listed(findings: "tuple[Diagnostic, ...] | list[Diagnostic]", file: str, limits: Limits) -> tuple[Diagnostic, ...]:
    """In file order, without repeats, and no more of them than anyone will read."""
    ordered = in_file_order(findings)
    if len(ordered) <= limits.findings:
        return ordered
    return (*ordered[: limits.findings], finding("TS199", Source(file), most=limits.findings))
