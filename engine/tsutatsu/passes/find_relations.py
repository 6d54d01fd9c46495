"""Finds what is wrong, or merely unknown, in what circulars say of each other."""

from collections.abc import Sequence

from tsutatsu.diagnostics import Diagnostic, Related, finding
from tsutatsu.ir import Citation, Directive, Relation
from tsutatsu.passes.relate import bears, meant, plain


def find_relations(directives: Sequence[Directive]) -> list[Diagnostic]:
    """Every finding on the relations; a circular or statute that is only cited may be unknown without one."""
    findings = _twins(directives)
    for one in directives:
        for relation in Relation:
            for citation in one.header.named(relation):
                findings += _about(one, relation, citation, directives)
    return findings + _two_titles(directives)


def _twins(directives: Sequence[Directive]) -> list[Diagnostic]:
    """Circulars of one number and day: a finding for each number that another bore first."""
    findings: list[Diagnostic] = []
    first: dict[tuple[str, str], Directive] = {}
    for one in directives:
        for number in one.header.numbers:
            earlier = first.setdefault((plain(number), str(one.header.issued.day)), one)
            if earlier is not one:
                findings.append(finding("TS321", one.source, word=number, other=str(earlier.source)))
    return findings


def _about(one: Directive, relation: Relation, citation: Citation, directives: Sequence[Directive]) -> list[Diagnostic]:
    """What is wrong with a circular's naming another, or what it is good to know of it."""
    where, word = citation.source, f"{citation.number} {citation.issued.literal}".strip() or citation.title
    if not plain(citation.number) and not plain(citation.title):
        return [finding("TS390", where)]
    issued, day, known = one.header.issued.day, citation.issued.day, meant(citation, directives)
    if issued is not None and day is not None and (day >= issued or known is one):
        match relation:
            case Relation.REPEALS:
                return [finding("TS322", where, word=word)]
            case Relation.AMENDS:
                return [finding("TS391", where, word=word)]
            case Relation.CITES if day > issued or known is one:
                return [finding("TS392", where, word=word)]
            case _:
                pass
    if known is not None:
        undecided = citation.side is not None and one.reading[citation.side.reading].taken is None
        return (
            [finding("TS395", where, word=word, reading=citation.side.reading)] if undecided and citation.side else []
        )
    near = next((other for other in directives if other is not one and _nearly(other, citation)), None)
    if near is not None:
        there = Related(near.source, "この通達のことか。", "is this one meant?")
        said = f"{near.header.number} {near.header.issued.literal}"
        return [finding("TS393", where, (there,), word=word, near_word=said)]
    match relation:
        case Relation.REPEALS:
            return [finding("TS318", where, word=word)]
        case Relation.AMENDS:
            return [finding("TS394", where, word=word)]
        case Relation.CITES:
            return []


def _nearly(directive: Directive, citation: Citation) -> bool:
    """Whether a slip of the pen lies between them: one number but another day, or one day and half the number."""
    number = plain(citation.number)
    if not number or citation.issued.day is None or bears(directive, citation):
        return False
    numbers = [plain(each) for each in directive.header.numbers]
    if citation.issued.day != directive.header.issued.day:
        return number in numbers
    return any(each.endswith(number) or number.endswith(each) for each in numbers)


def _two_titles(directives: Sequence[Directive]) -> list[Diagnostic]:
    """Where one number and day is given two titles, by one circular or by several."""
    findings: list[Diagnostic] = []
    first: dict[tuple[str, str], Citation] = {}
    for one in directives:
        for relation in Relation:
            for citation in one.header.named(relation):
                if not citation.number or not citation.title:
                    continue
                day = citation.issued.day
                before = first.setdefault((plain(citation.number), day.isoformat() if day else ""), citation)
                if plain(before.title) != plain(citation.title):
                    there = Related(before.source, f"ここでは「{before.title}」。", f"“{before.title}” here.")
                    findings.append(
                        finding(
                            "TS396",
                            citation.source,
                            (there,),
                            word=citation.number,
                            title=citation.title,
                            other=before.title,
                        )
                    )
    return findings
