"""Mutants: every way to get one thing wrong is tried, what scenarios miss is drafted, and equals are told by proof."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from provision import ON
from small_laws import ASKED, DOMAINS, VECTORS, small_laws

from tsutatsu.bundle import Bundle
from tsutatsu.coverage.altering import Change
from tsutatsu.coverage.drafting import draft_of_survivor
from tsutatsu.coverage.mutating import mutants_of, required, requiring
from tsutatsu.coverage.resting import Reaching
from tsutatsu.coverage.sightings import Sightings
from tsutatsu.coverage.surveying import survey, try_mutants
from tsutatsu.coverage.trying import Fate, Trial
from tsutatsu.gherkin.law import Law
from tsutatsu.ir import TODAY, Directive, Facts
from tsutatsu.judging.reach import merged, reach_of
from tsutatsu.semantics import span, standings

from .conftest import FIRST, NORMS, Told, law_in, with_scenarios

VOCABULARY = "policy/bihin/2025-04-01/vocabulary.yaml"


def _changes(law: Law, norm: str) -> set[tuple[str, Change, str]]:
    (directive,) = law.bundle.directives
    return {(str(m.subject), m.change, m.words.ja) for m in mutants_of(directive, Reaching(directive), norm)}


def test_each_part_of_a_norm_and_of_what_it_rests_on_is_got_wrong_once(root: Path) -> None:
    found = _changes(law_in(root), "hours")
    night, few = "開始時刻が22時以後である", "貸出の回数が2回以下である"
    urgent, kinds = "「急を要する：はい」である", "事情が「災害」、「訓練」のいずれかである"
    both = "次の全てに当たる（①急を要する：はい、②貸出の回数が2回以下である）"
    assert found == {
        ("clock:force", Change.BOUNDARY, "始まりを一日早くする"),
        ("clock:force", Change.BOUNDARY, "始まりを一日遅くする"),
        ("clock:force", Change.BOUNDARY, "終わりを一日早くする"),
        ("clock:force", Change.BOUNDARY, "終わりを一日遅くする"),
        ("norm:hours", Change.STRENGTH, "力「禁止」を「許可」にする"),
        ("norm:hours", Change.DROP, f"「{night}」を除く"),
        ("norm:hours", Change.NEGATE, f"「{night}」を打ち消す"),
        ("norm:hours", Change.BOUNDARY, f"「{night}」を「開始時刻が21時59分以後である」にする"),
        ("norm:hours", Change.BOUNDARY, f"「{night}」を「開始時刻が22時1分以後である」にする"),
        ("norm:hours", Change.EXCEPTION, "例外（第2/2/ただし書）を除く"),
        ("norm:hours", Change.JOIN, f"「{both}」のすべてをどれかにする"),
        ("norm:hours", Change.DROP, f"「{urgent}」を除く"),
        ("norm:hours", Change.NEGATE, f"「{urgent}」を打ち消す"),
        ("norm:hours", Change.DROP, f"「{few}」を除く"),
        ("norm:hours", Change.NEGATE, f"「{few}」を打ち消す"),
        ("norm:hours", Change.BOUNDARY, f"「{few}」を「貸出の回数が1回以下である」にする"),
        ("norm:hours", Change.BOUNDARY, f"「{few}」を「貸出の回数が3回以下である」にする"),
        ("term:urgent", Change.NEGATE, f"「{kinds}」を打ち消す"),
        ("term:urgent", Change.VALUE, f"「{kinds}」から「災害」を除く"),
        ("term:urgent", Change.VALUE, f"「{kinds}」から「訓練」を除く"),
    }


def test_a_time_a_rank_and_an_open_case_are_got_wrong_too(root: Path) -> None:
    law = law_in(root)
    assert {
        ("clock:返却期限", Change.BOUNDARY, "長さ「3日」を「2日」にする"),
        ("clock:返却期限", Change.BOUNDARY, "長さ「3日」を「4日」にする"),
        ("norm:give-back", Change.DROP, "期限を除く"),
        ("norm:give-back", Change.DROP, "果たした時を問わない"),
    } <= _changes(law, "give-back")
    found = {(change, words) for thing, change, words in _changes(law, "approval") if thing == "concept:正当な承認"}
    assert (Change.DROP, "分かれる場合（解釈「主事の承認」）を除く") in found
    assert (Change.NEGATE, "解釈「主事の承認」の「甲」を「乙」にする") in found
    assert any(change is Change.BOUNDARY and "「主事」、「主査」、「課長級」" in words for change, words in found)


def test_every_mutant_differs_from_the_law_in_what_it_names(root: Path) -> None:
    (directive,) = law_in(root).bundle.directives
    mutants = mutants_of(directive, Reaching(directive))
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert all(mutant.directive != directive for mutant in mutants)
    assert len({mutant.directive.norms + mutant.directive.concepts + mutant.directive.clocks + mutant.directive.terms
                for mutant in mutants}) == len(mutants)  # fmt: skip


def test_what_a_norm_requires_is_found_within_its_time_and_put_back(root: Path) -> None:
    (directive,) = law_in(root).bundle.directives
    for norm in Bundle.default().directives[-1].norms + directive.norms:
        again = requiring(norm, required(norm))
        assert (again.kept, again.pending) == (norm.kept, norm.pending)


def test_scenarios_made_of_the_drafts_miss_no_mutant(whole: str, told: Told) -> None:
    law = told(whole)
    (tried,) = try_mutants(survey(law), law).mutants or ()
    assert {one.fate for one in tried} == {Fate.KILLED, Fate.EQUAL}
    equal = [one.mutant.words.ja for one in tried if one.fate is Fate.EQUAL]
    assert equal == ["「備品がある」を除く"]  # a list that scenarios say is always there


def test_a_weak_scenario_is_caught_and_the_draft_kills_what_it_let_live(whole: str, told: Told) -> None:
    blocks = [text for text in whole.split("\n\n") if "規範「register」は" not in text and "要説明" not in text]
    weak = "\n\n".join(blocks)
    law = told(weak)
    (tried,) = try_mutants(survey(law), law, norm="register").mutants or ()
    survived = {one.mutant.words.ja: one for one in tried if one.fate is Fate.SURVIVED}
    assert "力「努力」を「義務」にする" in survived
    one = survived["力「努力」を「義務」にする"]
    law = told(with_scenarios(weak, draft_of_survivor(one, survey(law).scenarios)))
    (again,) = try_mutants(survey(law), law, norm="register").mutants or ()
    assert next(t for t in again if t.mutant.id == one.mutant.id).fate is Fate.KILLED


@pytest.mark.parametrize(
    ("norm", "written", "instead", "dropped"),
    [
        ("approval", "{正当な承認: true}", "{正当な承認: true, 承認: true}", "「「承認：はい」である」を除く"),
        ("hours", '{以上: "22:00"}', '{以上: "22:00", 超: "21:00"}', "「開始時刻が21時より後である」を除く"),
    ],
)
def test_a_condition_that_changes_nothing_is_an_equal_mutant(
    root: Path, norm: str, written: str, instead: str, dropped: str
) -> None:
    norms = root / NORMS
    norms.write_text(norms.read_text(encoding="utf-8").replace(written, instead), encoding="utf-8")
    law = law_in(root)
    (tried,) = try_mutants(survey(law), law, norm=norm).mutants or ()
    fates = {one.mutant.words.ja: one.fate for one in tried if one.mutant.subject.id == norm}
    assert fates.pop(dropped) is Fate.EQUAL
    assert Fate.SURVIVED in fates.values()


def test_a_condition_that_the_judgement_fixes_is_an_equal_mutant(root: Path) -> None:
    vocabulary = root / VOCABULARY
    text = vocabulary.read_text(encoding="utf-8")
    act = (
        "  act: {名: 行為, 英: act, 型: {選択: {lend: {和: 貸す, 英: lend}, sell: {和: 売る, 英: sell}}}, "
        "問: 何をするか。, 答える人: 貸す者, 変えられる: 実施前}\n"
    )
    vocabulary.write_text(text.replace("用語:\n", f"用語:\n{act}"), encoding="utf-8")
    for name, written, instead in (
        ("judgements.yaml", "規範:", "行為: {行為: 貸す}, 規範:"),
        ("norms/lending.yaml", "場合: {事情: 訓練}", "場合: {行為: 貸す, 事情: 訓練}"),
    ):
        place = vocabulary.parent / name
        place.write_text(place.read_text(encoding="utf-8").replace(written, instead), encoding="utf-8")
    law = law_in(root)
    (tried,) = try_mutants(survey(law), law, norm="drills").mutants or ()
    fates = {one.mutant.words.ja: one.fate for one in tried}
    assert fates["「行為が「貸す」である」を除く"] is Fate.EQUAL
    assert fates["「事情が「訓練」である」を除く"] is Fate.SURVIVED


def test_a_duty_that_no_answer_shows_alone_is_told_from_an_effort_by_the_duty_that_arises(
    told: Told, root: Path
) -> None:
    norms = root / NORMS
    twin = (
        "  - {id: twin, 条項: 第2/1, 力: 義務, 名宛: 貸す者, 要件: {承認: true}, 期限: 定めなし, "
        "要約: {和: 承認を受けたことを示す。, 英: The approval is shown.}}\n"
    )
    norms.write_text(norms.read_text(encoding="utf-8") + twin, encoding="utf-8")
    judgements = root / "policy/bihin/2025-04-01/judgements.yaml"
    text = judgements.read_text(encoding="utf-8")
    judgements.write_text(text.replace("no-repeat]", "no-repeat, twin]"), encoding="utf-8")
    law = told(FIRST)
    (tried,) = try_mutants(survey(law), law, norm="twin").mutants or ()
    one = next(one for one in tried if one.mutant.change is Change.STRENGTH and one.mutant.subject.id == "twin")
    assert one.fate is Fate.SURVIVED
    draft = draft_of_survivor(one, survey(law).scenarios)
    assert draft[-1].endswith("「twin」の義務が生じる")
    law = told(with_scenarios(FIRST, draft))
    (again,) = try_mutants(survey(law), law, norm="twin").mutants or ()
    assert next(t for t in again if t.mutant.id == one.mutant.id).fate is Fate.KILLED


def test_several_processes_come_to_the_same(whole: str, told: Told) -> None:
    law = told("\n\n".join(whole.split("\n\n")[:12]))
    coverage = survey(law)
    alone, together = try_mutants(coverage, law, jobs=1), try_mutants(coverage, law, jobs=2)
    assert alone.mutants is not None
    assert together.mutants is not None
    for one, other in zip(alone.mutants[0], together.mutants[0], strict=True):
        assert (one.mutant.id, one.fate, one.by) == (other.mutant.id, other.fate, other.by)


# ── equal is proved, different is shown ──────────────────────────────────────────────────────────────────────────────


def _completions(directive: Directive, other: Directive) -> list[Facts]:
    """Every way the facts can be that the two laws look at, of the small domains (a list may not be none)."""
    reached = merged(reach_of(norm, d) for d in (directive, other) for norm in d.norms)
    terms = [term for term in DOMAINS if term in {*reached.terms, *reached.lists}]
    values = [[v for v in DOMAINS[term] if term != "list" or v is not None] for term in terms]
    found = islice(product(*values), 3_001)
    return [{**dict(zip(terms, one, strict=True)), TODAY: ON} for one in found]


def _outcome(directive: Directive, facts: Facts, sides: dict[str, str]) -> object:
    """How every norm stands, and the answer to each question."""
    (judgement,) = directive.judgements
    stood = standings(judgement, directive, facts, sides)
    norms = [directive.norm[name] for name in judgement.norms]
    return stood, [span(question, norms, stood) for question in ASKED]


@given(small_laws(), st.integers(0, 400))
def test_a_mutant_is_equal_only_where_no_facts_tell_it_apart(directive: Directive, number: int) -> None:
    reaching = Reaching(directive)
    mutants = mutants_of(directive, reaching)
    mutant = mutants[number % len(mutants)]
    completions = _completions(directive, mutant.directive)
    assume(len(completions) <= 3_000)
    law = Law(Path(), Bundle.of([directive]))
    tried = Trial(law, directive, reaching, Sightings((), (), ()), ()).tried(mutant)

    def apart(facts: Facts) -> bool:
        return any(_outcome(directive, facts, sides) != _outcome(mutant.directive, facts, sides) for sides in VECTORS)

    if tried.fate is Fate.EQUAL:
        assert not any(map(apart, completions))
    if tried.fate is Fate.SURVIVED:
        assert tried.difference is not None
        told = tried.difference
        assert told.law is not told.mutant or told.verdict is not told.other or mutant.change is Change.STRENGTH
    if not any(map(apart, completions)) and mutant.change is not Change.STRENGTH:  # a duty shows its strength besides
        assert tried.fate in (Fate.EQUAL, Fate.UNDECIDED)
