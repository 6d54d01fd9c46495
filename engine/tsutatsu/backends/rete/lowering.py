"""The kernel as formulas over slots: tests become atoms, what they build becomes formulas, references are followed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from tsutatsu.backends.rete import atoms
from tsutatsu.backends.rete.atoms import Atom
from tsutatsu.backends.rete.chaining import Definitions
from tsutatsu.backends.rete.logic import FALSE, TRUE, Formula, Known, Leaf, opposite
from tsutatsu.backends.rete.references import Named, in_order
from tsutatsu.ir import (
    AllOf,
    AnyOf,
    Concept,
    Condition,
    Directive,
    Each,
    Is,
    Judgement,
    Norm,
    Not,
    Op,
    Operand,
    Side,
    Some,
    Stands,
    Strength,
    Test,
    Value,
)


@dataclass(frozen=True, slots=True)
class Bearings:
    """A norm, part by part."""

    strength: Strength
    force: Formula
    when: Formula
    lifted: Formula
    kept: Formula
    pending: Formula


@dataclass(slots=True)
class Lowering:
    """The atoms met so far (each in its slot), and what definitions come to."""

    directive: Directive
    judgement: Judgement
    definitions: Definitions
    atoms: list[Atom] = field(default_factory=list[Atom])
    _slots: dict[object, int] = field(default_factory=dict[object, int])
    _defined: dict[Named, Formula] = field(default_factory=dict[Named, Formula])
    _norms: dict[str, Bearings] = field(default_factory=dict[str, Bearings])
    _held: list[Condition] = field(default_factory=list[Condition])
    """Conditions told apart by their identity, kept alive so that it stays theirs."""

    def norm(self, name: str) -> Bearings:
        """A norm of the directive; what it refers to comes first, so that no depth of it exhausts the stack."""
        for one in in_order(Named("norm", name), self.directive):
            self._follow(one)
        return self._norms[name]

    def _follow(self, named: Named) -> None:
        match named.kind:
            case "norm":
                if named.id not in self._norms:
                    self._norms[named.id] = self._bearings(self.directive.norm[named.id])
            case "concept":
                if named not in self._defined:
                    self._defined[named] = self._concept(self.directive.concept[named.id])
            case _:
                derived = self.directive.term[named.id].derived
                if named not in self._defined and derived is not None:
                    self._defined[named] = self.formula(derived)

    def _bearings(self, norm: Norm) -> Bearings:
        return Bearings(
            norm.strength,
            self._force(norm),
            self.formula(norm.when),
            self.definitions.any_of(*(self.formula(lift.when) for lift in norm.lifts)),
            self.formula(norm.kept),
            self.formula(norm.pending),
        )

    def formula(self, condition: Condition) -> Formula:
        """A condition."""
        match condition:
            case Test():
                return self._test(condition)
            case AllOf(parts):
                return self.definitions.all_of(*(self.formula(part) for part in parts))
            case AnyOf(parts):
                return self.definitions.any_of(*(self.formula(part) for part in parts))
            case Not(part):
                return opposite(self.formula(part))
            case Each() | Some():
                self._held.append(condition)
                return self._leaf(("whole", id(condition)), lambda: atoms.whole_atom(condition, self.directive))
            case Is(name):
                return self._defined[Named("concept", name)]
            case Side(reading, side):
                return self._leaf(("side", reading, side), lambda: atoms.side_atom(condition, self.directive))
            case Stands(norm, broken):
                return self._stands(self._norms[norm], broken=broken)
            case _:
                assert_never(condition)

    def _leaf(self, key: object, make: Callable[[], Atom]) -> Leaf:
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = len(self.atoms)
            self.atoms.append(make())
        return Leaf(slot)

    def _concept(self, concept: Concept) -> Formula:
        cases = (AllOf((case.when, Side(case.reading, case.side))) for case in concept.open)
        return self.definitions.any_of(self.formula(concept.yes), *(self.formula(case) for case in cases))

    def _stands(self, norm: Bearings, *, broken: bool) -> Formula:
        """Whether a norm is surely broken or kept: as sure as all that leads to that standing."""
        if norm.strength is Strength.FREE:
            return Known(FALSE)
        end = [opposite(norm.kept), opposite(norm.pending)] if broken else [norm.kept]
        return self.definitions.all_of(norm.force, norm.when, opposite(norm.lifted), *end)

    def _force(self, norm: Norm) -> Formula:
        if not norm.force:
            return Known(TRUE)
        within, after = (
            self._leaf(("force", norm.day, norm.force, op), lambda op=op: atoms.placed_atom(norm, op, self.directive))  # type: ignore[misc]
            for op in (Op.WITHIN, Op.AFTER)
        )
        return self.definitions.any_of(within, self.definitions.all_of(after, self.formula(norm.survives)))

    def _test(self, test: Test) -> Formula:
        act: dict[str, Value] = dict(self.judgement.act)
        settled = atoms.fixed(test, self.directive, act)
        if settled is not None:
            return Known(settled)
        derived = self.directive.term[test.term].derived
        exact = (test.term, test.op, _exactly(test.operand))
        if derived is None or test.term in act:
            return self._leaf(("test", *exact), lambda: atoms.test_atom(test, self.directive))
        supplied = self._leaf(("supplied", *exact), lambda: atoms.supplied_atom(test, self.directive))
        left = self._leaf(("unsupplied", test.term), lambda: atoms.unsupplied_atom(test.term))
        computed = self._defined[Named("derived", test.term)]
        if test.op is Op.EQ and isinstance(test.operand, bool):
            answer = computed if test.operand else opposite(computed)
        else:
            answer = self._answered(test, computed)
        return self.definitions.any_of(supplied, self.definitions.all_of(left, answer))

    def _answered(self, test: Test, computed: Formula) -> Formula:
        """The test on what was computed: on true, on false, and open while that is."""
        cases: list[Formula] = []
        for value, case in ((True, computed), (False, opposite(computed))):
            settled = atoms.fixed(test, self.directive, {**dict(self.judgement.act), test.term: value})
            key = ("assumed", value, test.term, test.op, _exactly(test.operand))
            said: Formula = (
                self._leaf(key, lambda value=value: atoms.assumed_atom(test, value, self.directive))  # type: ignore[misc]
                if settled is None
                else Known(settled)
            )
            cases.append(self.definitions.all_of(case, said))
        return self.definitions.any_of(*cases, self.definitions.all_of(computed, opposite(computed)))


def _exactly(operand: Operand) -> object:
    """The operand with its kind, as true and 1 are equal in Python and not here."""
    return tuple((type(one), one) for one in operand) if isinstance(operand, tuple) else (type(operand), operand)
