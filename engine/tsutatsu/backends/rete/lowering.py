"""The kernel as formulas over slots: tests become atoms, what they build becomes formulas, references are followed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, assert_never

from tsutatsu.backends.rete import atoms
from tsutatsu.backends.rete.atoms import Atom
from tsutatsu.backends.rete.logic import FALSE, TRUE, Formula, Known, Leaf, all_of, any_of, opposite
from tsutatsu.ir import (
    AllOf,
    AnyOf,
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

Key = TypeVar("Key")


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
    atoms: list[Atom] = field(default_factory=list[Atom])
    _slots: dict[object, int] = field(default_factory=dict[object, int])
    _defined: dict[tuple[str, str], Formula | None] = field(default_factory=dict[tuple[str, str], Formula | None])
    _norms: dict[str, Bearings] = field(default_factory=dict[str, Bearings])
    _held: list[Condition] = field(default_factory=list[Condition])
    """Conditions told apart by their identity, kept alive so that it stays theirs."""

    def norm(self, name: str) -> Bearings:
        """A norm of the directive."""
        if name not in self._norms:
            norm = self.directive.norm[name]
            self._norms[name] = Bearings(
                norm.strength,
                self._force(norm),
                self.formula(norm.when),
                any_of(self.formula(lift.when) for lift in norm.lifts),
                self.formula(norm.kept),
                self.formula(norm.pending),
            )
        return self._norms[name]

    def formula(self, condition: Condition) -> Formula:
        """A condition."""
        match condition:
            case Test():
                return self._test(condition)
            case AllOf(parts):
                return all_of(self.formula(part) for part in parts)
            case AnyOf(parts):
                return any_of(self.formula(part) for part in parts)
            case Not(part):
                return opposite(self.formula(part))
            case Each() | Some():
                self._held.append(condition)
                return self._leaf(("whole", id(condition)), lambda: atoms.whole_atom(condition, self.directive))
            case Is(name):
                return self._once("concept", name, lambda: self._concept(name))
            case Side(reading, side):
                return self._leaf(("side", reading, side), lambda: atoms.side_atom(condition, self.directive))
            case Stands(norm, broken):
                return self._once("broken" if broken else "kept", norm, lambda: self._stands(norm, broken=broken))
            case _:
                assert_never(condition)

    def _leaf(self, key: object, make: Callable[[], Atom]) -> Leaf:
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = len(self.atoms)
            self.atoms.append(make())
        return Leaf(slot)

    def _once(self, kind: str, name: str, make: Callable[[], Formula]) -> Formula:
        """A definition, followed once; one that goes round is refused (what was loaded has been checked for that)."""
        if (kind, name) not in self._defined:
            self._defined[kind, name] = None
            self._defined[kind, name] = make()
        found = self._defined[kind, name]
        if found is None:
            raise ValueError(f"「{name}」の定義が自分自身に戻る / the definition of “{name}” goes round")
        return found

    def _concept(self, name: str) -> Formula:
        concept = self.directive.concept[name]
        cases = (AllOf((case.when, Side(case.reading, case.side))) for case in concept.open)
        return any_of([self.formula(concept.yes), *(self.formula(case) for case in cases)])

    def _stands(self, name: str, *, broken: bool) -> Formula:
        """Whether a norm is surely broken or kept: as sure as all that leads to that standing."""
        norm = self.norm(name)
        if norm.strength is Strength.FREE:
            return Known(FALSE)
        end = [opposite(norm.kept), opposite(norm.pending)] if broken else [norm.kept]
        return all_of([norm.force, norm.when, opposite(norm.lifted), *end])

    def _force(self, norm: Norm) -> Formula:
        if not norm.force:
            return Known(TRUE)
        within, after = (
            self._leaf(("force", norm.day, norm.force, op), lambda op=op: atoms.placed_atom(norm, op, self.directive))  # type: ignore[misc]
            for op in (Op.WITHIN, Op.AFTER)
        )
        return any_of([within, all_of([after, self.formula(norm.survives)])])

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
        computed = self._once("derived", test.term, lambda: self.formula(derived))
        if test.op is Op.EQ and isinstance(test.operand, bool):
            answer = computed if test.operand else opposite(computed)
        else:
            answer = self._answered(test, computed)
        return any_of([supplied, all_of([left, answer])])

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
            cases.append(all_of([case, said]))
        return any_of([*cases, all_of([computed, opposite(computed)])])


def _exactly(operand: Operand) -> object:
    """The operand with its kind, as true and 1 are equal in Python and not here."""
    return tuple((type(one), one) for one in operand) if isinstance(operand, tuple) else (type(operand), operand)
