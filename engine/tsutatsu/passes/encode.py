"""A directive's files → one kernel directive: the passes in their order."""

from dataclasses import dataclass, field
from datetime import date

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import FORCE, Clock, Directive, Words
from tsutatsu.passes.declare import Common, declare_clocks, declare_readings, declare_terms
from tsutatsu.passes.find_clashes import find_clashes
from tsutatsu.passes.find_cycles import find_cycles
from tsutatsu.passes.find_loose_ends import find_loose_ends
from tsutatsu.passes.find_unaccounted import find_unaccounted
from tsutatsu.passes.lower_concepts import declare_concepts, lower_concepts, lower_derived
from tsutatsu.passes.lower_header import lower_caveats, lower_header, lower_revision, lower_survivors
from tsutatsu.passes.lower_judgements import lower_judgements
from tsutatsu.passes.lower_ledger import lower_ledger
from tsutatsu.passes.lower_norms import declare_norms, lower_norms
from tsutatsu.passes.lower_transitions import lower_transitions
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Form
from tsutatsu.text.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Written:
    """One version of a directive as its files state it."""

    id: str
    issued: str
    folder: Source
    directive: Form
    vocabulary: Form
    norms: tuple[Form, ...]
    judgements: Form
    readings: Form
    ledger: Form | None = None
    sound: bool = True
    """Whether every file could be read and none is missing: else names cannot be held against each other."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The kernel of a directive (as far as it could be read) and what was found."""

    directive: Directive
    findings: tuple[Diagnostic, ...] = field(default=())
    ledger: Ledger | None = None


def encode(written: Written, common: Common) -> Encoded:
    """The directive in the kernel's words, with every finding of every pass."""
    findings: list[Diagnostic] = []
    names = Names(findings)
    norm_forms = [form for file in written.norms for form in file.forms("norms")]

    declare_terms(written.vocabulary, common, names)
    declare_readings(written.readings, names)
    declare_clocks(written.vocabulary, names)
    declare_concepts(written.vocabulary, names)
    declare_norms(norm_forms, names)

    header = lower_header(written.directive, names)
    first, last = header.effect_start or header.issued, header.effect_end
    force = Clock(
        FORCE,
        Words("有効期間", "period of effect"),
        first.day or date.min,
        end=last.day if last else None,
        source=written.directive.source,
    )
    names.clocks.setdefault(FORCE, force)
    lower_derived(written.vocabulary, names)
    concepts = lower_concepts(written.vocabulary, names)
    norms = lower_norms(norm_forms, lower_survivors(written.directive, names), names)
    judgements = lower_judgements(list(written.judgements.forms("judgements")), norm_forms, names)
    directive = Directive(
        written.id,
        header,
        lower_revision(written.directive, names),
        tuple(term for term in names.terms.values() if term.id != "on"),
        (force, *(clock for clock in names.clocks.values() if clock.id != FORCE)),
        concepts,
        tuple(names.readings.values()),
        norms,
        judgements,
        caveats=lower_caveats(written.directive, names),
        transitions=lower_transitions(written.directive, names),
        source=written.folder,
    )
    if header.issued.day is not None and header.issued.day.isoformat() != written.issued:
        findings.append(finding("TS307", written.directive.source, folder=written.issued, issued=header.issued.literal))
    if not any(one.severity.value == "error" for one in findings):
        findings += find_clashes(directive)
        findings += find_cycles(directive)
        findings += find_loose_ends(directive)
    ledger = None if written.ledger is None else lower_ledger(written.ledger, names)
    if ledger is not None:
        findings += find_unaccounted(ledger, directive)
    return Encoded(directive, tuple(findings), ledger)
