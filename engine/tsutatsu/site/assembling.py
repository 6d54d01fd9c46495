"""One issue of a circular put together as a page for review."""

from collections.abc import Sequence
from datetime import date

from tsutatsu.backends import prose
from tsutatsu.backends.prose.tables import VERDICTS
from tsutatsu.bundle import Bundle
from tsutatsu.coverage.accounts import Account
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import Outcome, Performed
from tsutatsu.ir import FORCE, Directive, Strength
from tsutatsu.judging.force import force_on, standing_caveats
from tsutatsu.sealing import digest_of
from tsutatsu.semantics import Verdict
from tsutatsu.site.nodes import Count, Fact, Lack, Review
from tsutatsu.site.points import Points
from tsutatsu.site.proofs import Scenarios
from tsutatsu.site.provisions import Sections, paths_of
from tsutatsu.site.scenarios import Homes, told_of
from tsutatsu.site.telling import Anchors, Teller
from tsutatsu.site.words import OUTCOMES
from tsutatsu.version import VERSION
from tsutatsu.words import Words


def review_of(account: Account, performed: Sequence[Performed], law: Law, on: date) -> Review:
    """The page of one issue, with the results of its scenarios and its force on a day."""
    encoding = account.directive
    placed = next(d for d in law.bundle.directives if (d.id, d.issued) == (encoding.id, encoding.issued))
    workflows = {one.id: one for one in law.flows(encoding)}
    paths, anchors = paths_of(account, workflows.values()), Anchors.of(encoding, workflows.values())
    homes = Homes(encoding, told_of(encoding, performed, law), paths)
    points = Points.of(homes)
    teller = Teller(encoding, anchors, points)
    sections = Sections(account, teller, paths, workflows)
    parts = sections.parts()
    verdict = force_on(placed, on)
    title = encoding.header.title
    return Review(
        encoding.id,
        encoding.issued,
        title,
        on,
        VERDICTS[verdict],
        verdict in (Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END),
        _head(placed, law.bundle, verdict, on),
        _counts(account, points, len(workflows)),
        (*(one.words for one in standing_caveats(placed)), *_own_provisions(law.bundle, encoding)),
        (*_lacks(sections), *_failing(homes)),
        tuple(teller.link_to_reading(one) for one in encoding.readings if one.taken is None),
        parts,
        Scenarios(homes.sheets("")),
        tuple(one for each in encoding.judgements if (one := teller.thing(each.id)) is not None),
        has_text=account.document is not None,
        has_ledger=account.ledger is not None,
    )


def _head(d: Directive, bundle: Bundle, verdict: Verdict, on: date) -> tuple[Fact, ...]:
    head, encoding = d.header, bundle.encoding(d)
    found = [
        Fact(Words("番号", "Number"), tuple(Words(one) for one in head.numbers)),
        Fact(Words("発出", "Issued"), (_issued(d), Words(head.issuer))),
        Fact(Words("宛先", "To"), tuple(Words(one) for one in head.addressees)),
        Fact(Words("適用範囲", "Applies to"), tuple(Words(one) for one in head.scope)),
        Fact(
            Words("効力", "Effect"),
            (_force_on(verdict, on), *_period(d), *_replaced(d)),
            grave=verdict is not Verdict.IN_FORCE,
        ),
        Fact(Words("原議の保存", "Original kept"), tuple(_kept(d))),
        Fact(
            Words("符号化", "Encoding"),
            (
                Words(
                    f"改訂{encoding.revision.number}　{prose.tell_day(encoding.revision.day, 'ja')}",
                    f"revision {encoding.revision.number}, {prose.tell_day(encoding.revision.day, 'en')}",
                ),
                Words(encoding.revision.note),
            ),
        ),
        Fact(
            Words("指紋", "Digest"),
            (
                Words(f"この通達　{digest_of(encoding)}", f"this circular {digest_of(encoding)}"),
                Words(f"全体　{bundle.digest}", f"the law as a whole {bundle.digest}"),
            ),
        ),
        Fact(Words("処理系", "Engine"), (Words(f"tsutatsu {VERSION}"),)),
    ]
    rows = (Fact(one.label, tuple(said for said in one.said if said.ja), one.grave) for one in found)
    return tuple(one for one in rows if one.said)


def _issued(d: Directive) -> Words:
    printed = d.header.issued
    return Words(printed.literal, printed.literal if printed.day is None else prose.tell_day(printed.day, "en"))


def _force_on(verdict: Verdict, on: date) -> Words:
    words = VERDICTS[verdict]
    return Words(f"{prose.tell_day(on, 'ja')}現在: {words.ja}", f"On {prose.tell_day(on, 'en')}: {words.en}")


def _period(d: Directive) -> tuple[Words, ...]:
    clock = d.clock[FORCE]
    kind = f"（{d.header.effect_kind}）" if d.header.effect_kind else ""
    ja, en = prose.tell_clock(clock, d, "ja"), prose.tell_clock(clock, d, "en")
    return (Words(f"{ja}{kind}", en),)


def _replaced(d: Directive) -> tuple[Words, ...]:
    by = d.superseded
    if by is None:
        return ()
    title = by.title.ja or by.by
    return (
        Words(
            f"{prose.tell_day(by.issued, 'ja')}発出の「{title}」に替わった。",
            f"Replaced by “{by.title.say('en') or by.by}” of {prose.tell_day(by.issued, 'en')}.",
        ),
    )


def _kept(d: Directive) -> list[Words]:
    head = d.header
    found: list[Words] = []
    if head.retention_years is not None:
        found.append(Words(f"{head.retention_years}年", f"{head.retention_years} years"))
    if head.retention_end is not None:
        end = head.retention_end
        said = end.literal if end.day is None else prose.tell_day(end.day, "en")
        found.append(Words(f"{end.literal}まで", f"until {said}"))
    return found


def _own_provisions(bundle: Bundle, d: Directive) -> tuple[Words, ...]:
    """That what forces have laid down for themselves over this circular is not on its page."""
    names = [
        one.words for one in bundle.forces if any(o.local is not None for o in bundle.under(one.id).versions(d.id))
    ]
    if not names:
        return ()
    ja, en = "、".join(one.ja for one in names), ", ".join(one.say("en") for one in names)
    return (
        Words(
            f"このページは通達そのものについてのものである。各組織の定め（{ja}）は含まない。",
            f"This page is about the circular itself; what forces have laid down for themselves ({en}) is not on it.",
        ),
    )


def _counts(account: Account, points: Points, workflows: int) -> tuple[Count, ...]:
    d = account.directive
    outcomes = points.homes.outcomes()
    performed = sum(outcomes.values())
    open_readings = sum(one.taken is None for one in d.readings)
    found = [
        Count(Words("規範", "norms"), len(d.norms)),
        Count(Words("拘束する規範", "binding norms"), sum(one.strength is Strength.HARD for one in d.norms)),
        Count(
            Words("シナリオ合格", "scenarios passed"),
            outcomes[Outcome.PASSED], performed, grave=outcomes[Outcome.PASSED] < performed or not performed,
        ),
        Count(
            Words("確かめた点", "points shown"), points.shown, points.demanded, grave=points.shown < points.demanded
        ),
        Count(Words("未定の解釈", "undecided readings"), open_readings, len(d.readings)),
        Count(Words("判断", "questions"), len(d.judgements)),
        Count(Words("手続", "workflows"), workflows),
    ]  # fmt: skip
    if account.ledger is not None:
        found.insert(0, Count(Words("本文の文", "passages of the text"), len(account.ledger.entries)))
    return tuple(found)


def _lacks(sections: Sections) -> tuple[Lack, ...]:
    return tuple(Lack(one.words, sections.anchor(one.place)) for one in sections.gaps)


def _failing(homes: Homes) -> tuple[Lack, ...]:
    found: list[Lack] = []
    for number, told in homes.failing():
        words = OUTCOMES[told.outcome]
        name = told.performed[0].name if told.draft is None else told.draft.name
        found.append(
            Lack(
                Words(f"シナリオ{number}「{name}」: {words.ja}", f"Scenario {number} “{name}”: {words.en}"),
                f"s{number}",
            )
        )
    return tuple(found)
