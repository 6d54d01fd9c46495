"""The law that feature files speak of: found from where they stand, loaded once, asked many times."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.cases.ground import Grounds
from tsutatsu.diagnostics import Refused, finding, near_blanks
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.saying import CaseSay, Say
from tsutatsu.ir import Directive
from tsutatsu.ir.workflows import Workflow
from tsutatsu.source import Source

_ISSUED: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Law:
    """A law folder, with the words of its directives."""

    root: Path
    bundle: Bundle
    _lexicons: dict[tuple[str, str | None], Lexicon] = field(
        default_factory=dict[tuple[str, str | None], Lexicon], compare=False, repr=False
    )
    _grounds: dict[str, Grounds] = field(default_factory=dict[str, Grounds], compare=False, repr=False)
    _under: "dict[str, Law]" = field(default_factory=dict[str, "Law"], compare=False, repr=False)

    @classmethod
    def at(cls, root: Path) -> "Law":
        """The law in ``root``; refused, with every finding, where the policy has errors."""
        return cls(root, Bundle.load(root))

    @classmethod
    def shipped(cls) -> "Law":
        """The law that ships with the package."""
        bundle = Bundle.default()
        return cls(bundle.root, bundle)

    def place(self, path: Path) -> str:
        """Where a file stands, as findings name it: from the law's root where it lies beneath it."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()

    def home(self, path: Path) -> Lexicon | None:
        """The words of the directive whose folder (features/<directive>/<issued>) the file stands in."""
        folders = [folder.name for folder in path.resolve().parents]
        if "features" not in folders:
            return None
        inside = folders[: folders.index("features")][::-1]
        if not inside or inside[0] not in self.bundle.ids:
            return None
        return self.lexicon(inside[0], inside[1] if len(inside) > 1 and _ISSUED.fullmatch(inside[1]) else None)

    def lexicon(self, directive: str, issued: str | None = None) -> Lexicon | None:
        """The words of one issue of a directive (the latest, where no day is given), if there is such an issue."""
        versions = self.bundle.versions(directive)
        chosen = [d for d in versions if issued is None or str(d.header.issued.day) == issued]
        if not chosen:
            return None
        key = (directive, issued)
        if key not in self._lexicons:
            self._lexicons[key] = Lexicon(chosen[-1])
        return self._lexicons[key]

    def flows(self, directive: Directive) -> tuple[Workflow, ...]:
        """The workflows of one issue of a directive; refused, with every finding, where one cannot be read."""
        return tuple(
            one for one in self.bundle.workflows if (one.directive, one.issued) == (directive.id, directive.issued)
        )

    def grounds(self, engine: str) -> Grounds:
        """What cases are opened under, decided by the engines chosen."""
        if engine not in self._grounds:
            self._grounds[engine] = Grounds(self.bundle, self.bundle.workflows, engine=engine)
        return self._grounds[engine]

    def under(self, force: str, where: Source) -> "Law":
        """The same law with what the force that goes by ``force`` has laid down for itself."""
        name = self.bundle.force_called(force, where).id
        if name not in self._under:
            self._under[name] = Law(self.root, self.bundle.under(name))
        return self._under[name]

    def same(self, lexicon: Lexicon | None) -> Lexicon | None:
        """The words of the same issue of the same directive, as this law has it."""
        if lexicon is None:
            return None
        return self.lexicon(lexicon.directive.id, str(lexicon.directive.header.issued.day))

    def find(self, name: str, where: Source) -> str:
        """The id of the directive that goes by ``name``."""
        for one in self.bundle.directives:
            if name in (one.id, one.header.title.ja, one.header.title.en):
                return one.id
        known = [word for one in self.bundle.directives for word in (one.header.title.ja, one.id)]
        raise Refused([finding("TS438", where, (), name=name, **near_blanks(name, known))])


def lexicon_for(say: Say | CaseSay, lexicon: Lexicon | None, law: Law, where: Source) -> Lexicon:
    """The words to read a step by; refused where the step needs a directive and none has been said."""
    if lexicon is not None:
        return lexicon
    if say in (Say.DIRECTIVE, Say.LOCAL, Say.ASK_FORCE):
        return Lexicon(law.bundle.directives[0])  # these name what they speak of themselves
    raise Refused([finding("TS439", where)])


class Laws:
    """The laws of one run, each loaded once; a policy with errors is found once and told again."""

    def __init__(self) -> None:
        self._known: dict[Path | None, Law | Refused] = {}

    def at(self, root: Path | None) -> Law:
        """The law in ``root``, or the shipped law for none."""
        if root not in self._known:
            try:
                self._known[root] = Law.shipped() if root is None else Law.at(root)
            except Refused as refused:
                self._known[root] = refused
        found = self._known[root]
        if isinstance(found, Refused):
            raise Refused(
                [finding("TS447", Source((root or Path()).as_posix()), (), place=root or ""), *found.findings]
            )
        return found
