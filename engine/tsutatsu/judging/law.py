"""A judgement of a directive, with what each of its norms can depend on."""

from functools import cached_property

from tsutatsu.ir import Directive, Judgement, Norm, Value
from tsutatsu.judging.reach import Reached, binding, forceful, merged, reach_of
from tsutatsu.semantics import Question


class Law:
    """One judgement, shared by everything that looks into it."""

    def __init__(self, directive: Directive, judgement: Judgement, question: Question | None = None) -> None:
        self.directive = directive
        self.judgement = judgement
        self.norms = tuple(directive.norm[name] for name in judgement.norms)
        self.act: dict[str, Value] = dict(judgement.act)
        self.taken = {r.id: r.taken for r in directive.readings if r.taken is not None}
        self._binding = question is Question.DUTY
        """Whether only what makes norms bind matters, not whether they are kept."""
        self._merged: dict[tuple[int, ...], Reached] = {}

    @cached_property
    def reach(self) -> tuple[Reached, ...]:
        """What each norm can depend on."""
        return tuple(reach_of(norm, self.directive, kept=not self._binding) for norm in self.norms)

    @property
    def every(self) -> tuple[int, ...]:
        """All its norms."""
        return tuple(range(len(self.norms)))

    def reached(self, norms: tuple[int, ...]) -> Reached:
        """What these norms can depend on."""
        found = self._merged.get(norms)
        if found is None:
            if len(self._merged) >= 256:
                self._merged.clear()
            found = self._merged[norms] = merged(self.reach[n] for n in norms)
        return found

    @cached_property
    def seen_as(self) -> tuple[Norm, ...]:
        """The norms as far as the question looks into them."""
        return tuple(binding(norm) for norm in self.norms) if self._binding else self.norms

    @cached_property
    def forces(self) -> tuple[Norm, ...]:
        """The norms as far as they are in force or not."""
        return tuple(forceful(norm) for norm in self.norms)
