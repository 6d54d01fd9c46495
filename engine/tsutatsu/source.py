"""Where something was written."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file (lines and columns count from 1), with the provision it encodes where one is known."""

    file: str
    line: int = 0
    column: int = 0
    provision: str | None = None

    def citing(self, provision: str) -> "Source":
        """The same place, said to encode ``provision``."""
        return replace(self, provision=provision)

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Source("")
"""The place of nodes that no file states (built in tests, or read back from a sealed revision)."""
