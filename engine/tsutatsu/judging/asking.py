"""Asking the law by name: which issue of which circular answers on that day, and its judge."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast
from weakref import ref

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Refused, finding, nearest
from tsutatsu.ir import Directive
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.arguments import LAW, a_day, a_text, refused
from tsutatsu.judging.judges import Judge
from tsutatsu.sealing import digest_of
from tsutatsu.semantics import Question

MOST_JUDGES: Final = 4_096
"""Judges kept for one law; beyond, the store is begun again."""

_JUDGES: Final[dict[int, "_Judges"]] = {}
"""By the identity of the bundle: comparing whole laws would cost more than judging. Gone when the bundle is."""


class _Judges:
    """The judges of one law, by what they were asked under."""

    __slots__ = ("asked", "bundle", "made")

    def __init__(self, bundle: Bundle) -> None:
        at = id(bundle)
        self.bundle = ref(bundle, lambda _: _JUDGES.pop(at, None))
        self.asked: dict[tuple[str, str | None, date, date | None], Judge] = {}
        self.made: dict[tuple[int, str], tuple[Directive, Judge]] = {}


def any_judgement(directive: Directive) -> str:
    """The id of a judgement of ``directive``: 効力 is the same whichever is asked. Refused where it has none yet."""
    if not directive.judgements:
        raise Refused([finding("TS679", directive.source, title=directive.header.title.ja)])
    return directive.judgements[0].id


def judge(
    bundle: Bundle,
    name: str,
    facts: Mapping[str, Any],
    *,
    on: date,
    question: Question | str = Question.MAY,
    directive: str | None = None,
    known: date | None = None,
    presume: bool = False,
    engine: str = "both",
    sides: Mapping[str, str] | None = None,
) -> Answer:
    """The answer of the law to the judgement called ``name`` on ``facts``, by the issue that governs on ``on``.

    ``known`` asks by what had been encoded by that day; ``sides`` decides readings for this answer alone.
    """
    return judge_of(bundle, name, on=on, directive=directive, known=known).ask(
        facts, on=on, question=question, presume=presume, engine=engine, sides=sides
    )


def judge_of(bundle: Bundle, name: str, *, on: date, directive: str | None = None, known: date | None = None) -> Judge:
    """The judge of that judgement, as the issue that governs on ``on`` has it."""
    if type(name) is not str or type(on) is not date or directive is not None or known is not None:
        name, directive = a_text(name, "name"), None if directive is None else a_text(directive, "directive")
        on, known = a_day(on), None if known is None else a_day(known, "known")
    judges = _JUDGES.get(id(bundle))
    if judges is None or judges.bundle() is not bundle:
        if not isinstance(cast("object", bundle), Bundle):
            raise refused("bundle", LAW, bundle)
        judges = _JUDGES[id(bundle)] = _Judges(bundle)
    key = (name, directive, on, known)
    found = judges.asked.get(key)
    if found is None:
        address = bundle.judgement(name, directive)
        law = bundle.at(address.directive, on, known)
        if law.local is not None and on < law.local.decided_on:
            raise Refused([finding("TS384", word=law.local.words.ja, day=law.local.decided_on, on=on)])
        if address.judgement not in law.judgement:
            near = nearest(name, [word for one in law.judgements for word in (one.id, one.words.ja)])
            raise Refused([finding("TS315", word=name, nearest=near or "")])
        _, found = judges.made.get((id(law), address.judgement), (None, None))
        if found is None:
            view = bundle if known is None else bundle.known_by(known)
            found = Judge(law, address.judgement, digest=digest_of(view.encoding(law)))
            judges.made[id(law), address.judgement] = (law, found)
        if len(judges.asked) >= MOST_JUDGES:
            judges.asked.clear()
        judges.asked[key] = found
    return found
