"""The functions around a decision: one that takes typed facts, and one that takes plain values as they come."""

import unicodedata
from dataclasses import dataclass, field
from typing import assert_never

from tsutatsu.backends.compiled import plain
from tsutatsu.backends.compiled.graph import Graph
from tsutatsu.backends.compiled.nodes import Names
from tsutatsu.backends.compiled.writing import Body
from tsutatsu.calendar import FIRST_GREGORIAN_DAY
from tsutatsu.ir import Choice, Day, Hour, Length, Moment, Person, Records, Text, Truth, Type, Whole


@dataclass(slots=True)
class Frame:
    """Writes what stands around the standings. Its constants are its own: ``names`` begins where the graph's end."""

    graph: Graph
    names: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        self.names = Names(dict(self.graph.names.values), dict(self.graph.names.known))

    # ── typed facts ──────────────────────────────────────────────────────────────────────────────────────────────────

    def typed(self) -> str:
        """The text of ``answer(facts, sides)``."""
        keys = [self.names.hold(term) for term in self.graph.slots]
        sides = [f"side({self.names.hold(reading)})" for reading in self.graph.readings]
        return "\n".join(
            [
                "def answer(facts, sides):",
                " get = facts.get",
                *([" side = sides.get"] if sides else []),
                f" v0 = facts[{keys[0]}]",
                *(f" v{i} = get({key}, U)" for i, key in enumerate(keys) if i),
                f" V = ({self._values()},)",
                f" R = ({''.join(f'{side}, ' for side in sides)})",
                *self._choosing("return {}(V, R)"),
                "",
            ]
        )

    def _values(self) -> str:
        return ", ".join(f"v{i}" for i in range(len(self.graph.slots)))

    def _choosing(self, doing: str) -> list[str]:
        """The statements that choose the text for whole facts where nothing is unknown but what can be computed."""
        unknown = " or ".join(f"v{i} is U" for i in self._given())
        if not unknown:
            return [f" {doing.format('known')}"]
        return [f" if {unknown}: {doing.format('kleene')}", f" else: {doing.format('known')}"]

    def _given(self) -> list[int]:
        terms = self.graph.directive.term
        return [i for i, term in enumerate(self.graph.slots) if i and terms[term].derived is None]

    # ── plain values ─────────────────────────────────────────────────────────────────────────────────────────────────

    def quick(self, body: Body) -> str:
        """The text of ``quick(raw, on)``: whole facts read and judged in one go; all others are left to ``general``."""
        taken = self._taken()
        lines = [
            "def quick(raw, on):",
            *([" return None"] if self._never() else []),
            " if type(raw) is not dict or type(on) is not date: return None",
            # a name of a caller's own class may say that it equals another
            " for k in raw:",
            "  if type(k) is not str: return None",
            *([" return general(raw, on)"] if len(taken) > plain.MOST_FACTS else []),
            f" if len(raw) != {len(taken)}: return general(raw, on)",
            " try:",
            "  pass",
        ]
        for i in taken:
            term = self.graph.directive.term[self.graph.slots[i]]
            lines.append(f"  v{i} = raw[{self.names.hold(term.id)}]")
            lines += [f"  {line}" for line in self._read(f"v{i}", term.type)]
        rest = [i for i in self._given() if i not in taken]
        loads = [line for line in body.loads if line.startswith("g")]
        lines += [
            " except KeyError: return general(raw, on)",
            " except (TypeError, ValueError, OverflowError): return None",
            *self._absent(taken),
            f" V = ({self._values()},)",
            *(f" {line}" for line in ([*loads, *body.lines] if not rest else [])),
            f" return new(Quick, (V, {body.result if not rest else 'kleene(V, R)'}, ()))",
            "",
        ]
        return "\n".join(lines)

    def general(self, body: Body) -> str:
        """The text of ``general(raw, on)``: facts that are plainly right, or None; ``body`` judges doubtful ones."""
        taken, terms = self._taken(), self.graph.directive.term
        whole = len(taken) == len(self._given())
        loads = [line for line in body.loads if line.startswith("g")]
        kleene = [*loads, *body.lines, f"S = {body.result}"]
        lines = [
            "def general(raw, on):",
            " if type(raw) is not dict or type(on) is not date: return None",
            " get = raw.get",
            " held = len(raw)",
            f" if held > {plain.MOST_FACTS}: return None",
            " filled, missing = (), 0",
            " try:",
            "  pass",
        ]
        for i in taken:
            term = terms[self.graph.slots[i]]
            key = self.names.hold(term.id)
            lines += [f"  v{i} = get({key}, U)", f"  if v{i} is U:", "   missing += 1"]
            if term.id == self.graph.judgement.day:
                # for a moment, some moment of the day judged is meant: which one, only the careful way can leave open
                day = isinstance(term.type, Day)
                lines += [f"   v{i} = on", f"   filled += ({key},)"] if day else ["   return None"]
            lines += ["  else:", *(f"   {line}" for line in self._read(f"v{i}", term.type))]
        for name, fixed in self.graph.judgement.act:
            lines += [f"  a = get({self.names.hold(name)}, U)", "  if a is not U:", "   held -= 1"]
            lines += [f"   {line}" for line in self._read("a", terms[name].type)]
            lines.append(f"   if a != {self.names.hold(fixed)}: return None")
        lines += [
            " except (KeyError, TypeError, ValueError, OverflowError): return None",
            f" if held + missing != {len(taken)}: return None",
            *self._absent(taken),
            f" V = ({self._values()},)",
            *([" if missing > len(filled):"] if whole else [" if True:"]),
            *(f"  {line}" for line in kleene),
            *([" else: S = known(V, R)"] if whole else []),
            " return new(Quick, (V, S, filled))",
            "",
        ]
        return "\n".join(lines)

    def shaped(self, keys: frozenset[str], body: Body) -> str:
        """The text of ``shaped(raw, on)``: what ``general`` says of facts that have just these keys, but sooner."""
        taken, terms = self._taken(), self.graph.directive.term
        given = [i for i in taken if self.graph.slots[i] in keys]
        lines = ["def shaped(raw, on):", " if type(on) is not date: return None", " try:", "  pass"]
        for i in given:
            term = terms[self.graph.slots[i]]
            lines.append(f"  v{i} = raw[{self.names.hold(term.id)}]")
            lines += [f"  {line}" for line in self._read(f"v{i}", term.type)]
        for name, fixed in self.graph.judgement.act:
            if name in keys:
                lines.append(f"  a = raw[{self.names.hold(name)}]")
                lines += [f"  {line}" for line in self._read("a", terms[name].type)]
                lines.append(f"  if a != {self.names.hold(fixed)}: return None")
        filled = [i for i in taken if i not in given and self.graph.slots[i] == self.graph.judgement.day]
        names = [self.names.hold(self.graph.slots[i]) for i in filled]
        lines += [
            " except (KeyError, TypeError, ValueError, OverflowError): return None",
            *self._absent(given),
            *(f" v{i} = on" for i in filled),
            f" V = ({self._values()},)",
            *(f" {line}" for line in body.loads if line.startswith("g")),
            *(f" {line}" for line in body.lines),
            f" return new(Quick, (V, {body.result}, ({''.join(f'{name}, ' for name in names)})))",
            "",
        ]
        return "\n".join(lines)

    def _never(self) -> bool:
        """Whether every fact has to be read the careful way: the act fixes what the facts compute, so that the two may
        disagree; or ids differ from what people type, so that a key may mean another term."""
        terms = self.graph.directive.term
        computed = any(terms[term].derived is not None for term, _ in self.graph.judgement.act)
        return computed or not all(unicodedata.is_normalized("NFC", term) for term in terms)

    def _taken(self) -> list[int]:
        """The slots that plain values may fill: neither what is computed nor the list judged record by record."""
        unit = self.graph.judgement.unit
        return [i for i in self._given() if self.graph.slots[i] != unit]

    def _absent(self, taken: list[int]) -> list[str]:
        absent = [i for i in range(1, len(self.graph.slots)) if i not in taken]
        return [" v0 = on", *(f" v{i} = U" for i in absent)]

    def _read(self, v: str, kind: Type) -> list[str]:
        """The statements that check ``v`` and make it the kernel's value; the commonest shapes in place."""
        match kind:
            case Truth():
                return [f"if {v} is not True and {v} is not False: return None"]
            case Choice():
                chosen = f"{v} = {self.names.hold(plain.options(kind))}[{v}]"
                return [f"if type({v}) is not str and {v} is not None: return None", chosen]
            case Whole() | Length():
                low, high = (kind.low, kind.high) if isinstance(kind, Whole) else (0, plain.LONGEST_LENGTH)
                return [f"if {v} is not None and (type({v}) is not int or not {low} <= {v} <= {high}): return None"]
            case Day():
                first = self.names.of(FIRST_GREGORIAN_DAY)
                return [
                    f"if {v} is not None and (type({v}) is not date or {v} < {first}): {v} = {self._reader(kind)}({v})"
                ]
            case Text() | Person():
                odd = f"type({v}) is not str or not {v}.isascii() or not {v}.isprintable()"
                unsaid = self.names.of(plain.PERHAPS_UNSAID)
                odd += f" or len({v}) > {plain.LONGEST_TEXT} or {v} in {unsaid} or {v} != {v}.strip()"
                return [f"if {v} is not None and ({odd}): {v} = {self._reader(kind)}({v})"]
            case Moment() | Hour() | Records():
                return [f"if {v} is not None: {v} = {self._reader(kind)}({v})"]
            case _:
                assert_never(kind)

    def _reader(self, kind: Type) -> str:
        found = plain.reader(kind, self.graph.directive)
        return self.names.hold(found)
