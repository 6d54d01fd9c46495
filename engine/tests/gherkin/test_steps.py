"""The vocabulary of steps is the directive's own, and every step it offers can be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.acts import ExpectDuty, ExpectGround, Fact, StateFacts, Unsaid
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import PHRASES, changes_in, normal, understand
from tsutatsu.gherkin.resolving import resolve
from tsutatsu.gherkin.saying import Mood, Say
from tsutatsu.gherkin.suggesting import nearest_step
from tsutatsu.gherkin.vocabulary import Step, steps_for
from tsutatsu.ir import RecordList, Words
from tsutatsu.source import NOWHERE

OVERLAID = Path(__file__).parents[1] / "language/overlaid/law"
LABEL = st.recursive(
    st.text(st.sampled_from("承認者の職がをとはにするある、・-1 "), min_size=1, max_size=8),
    lambda inner: inner.map(lambda text: f"{text}「{text}」"),
    max_leaves=3,
)


def usable(step: Step, law: Law, lexicon: Lexicon) -> None:
    said = understand(step.example[0].removeprefix(f"{step.keyword} "), step.mood)
    assert said is not None, step.example
    table = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in step.example[1:]]
    resolve(said, table or None, lexicon, law.find, NOWHERE)


def test_every_step_offered_is_understood_and_resolves(law: Law) -> None:
    lexicon = law.lexicon("eizo")
    assert lexicon is not None
    steps = steps_for(lexicon.directive)
    for step in steps:
        usable(step, law, lexicon)
    assert {phrase.mood for phrase in PHRASES} == {step.mood for step in steps}


def test_every_sentence_is_offered_for_a_directive_that_has_everything(law: Law) -> None:
    lexicon = law.under("架空北署", NOWHERE).lexicon("eizo")
    assert lexicon is not None
    offered = {
        said.phrase.say
        for s in steps_for(lexicon.directive)
        if (said := understand(s.example[0].split(" ", 1)[1], s.mood))
    }
    assert offered == set(Say)


def test_every_step_offered_for_shipped_law_is_usable() -> None:
    bundle = Bundle.default()
    law = Law(bundle.root, bundle)
    for directive in bundle.directives:
        lexicon = Lexicon(directive)
        for step in steps_for(directive):
            usable(step, law, lexicon)


def test_a_norm_is_named_by_its_summary_where_that_leads_to_it_alone_and_else_by_its_id() -> None:
    (rounds,) = Bundle.load(OVERLAID).under("見本県警察").directives
    assert Lexicon(rounds).norm_words["two-people"] == "夜の見回りは二人以上で行う"
    assert "規範「夜の見回りは二人以上で行う」は…である" in {step.pattern for step in steps_for(rounds)}
    two = rounds.norm["two-people"]
    for summary in (two.summary, Words("「見回り"), Words("見回り\nの定め"), Words("。")):
        twin = replace(two, id="twin", summary=summary)
        with_twin = replace(rounds, norms=(*rounds.norms, twin))
        assert Lexicon(with_twin).norm_words["twin"] == "twin"
        assert "規範「twin」は…である" in {step.pattern for step in steps_for(with_twin)}


def test_norms_of_the_shipped_law_are_offered_in_words_that_lead_to_them() -> None:
    for directive in Bundle.default().directives:
        lexicon = Lexicon(directive)
        words = lexicon.norm_words
        assert set(words) == set(directive.norm)
        assert all(lexicon.norm(said, NOWHERE) == norm for norm, said in words.items())
        assert sum(said != norm for norm, said in words.items()) * 10 > len(words) * 9


def test_steps_say_the_directives_own_words(law: Law) -> None:
    lexicon = law.lexicon("eizo")
    assert lexicon is not None
    patterns = {step.pattern: step for step in steps_for(lexicon.directive)}
    assert patterns["「承認者の職」が「…」である"].choices == ("課長", "課長補佐", "なし")
    assert patterns["「承認」が「…」である"].choices == ("はい", "いいえ")
    assert patterns["「映像ファイル」が次のとおりである:"].example == (
        "前提 「映像ファイル」が次のとおりである:", "  | 作成日 | 編集 |", "  | 令和7年1月10日 | はい |",
    )  # fmt: skip
    step = patterns["解釈「代行」は「…」を採る"].to_dict()
    assert step["choices"] == ["甲", "乙"]
    assert step["example"] == "前提 解釈「代行」は「甲」を採る"


@given(LABEL, LABEL)
def test_any_label_may_stand_in_quotes(term: str, value: str) -> None:
    said = understand(f"「{term}」が「{value}」である", Mood.GIVEN)
    assert said is not None
    assert said.phrase.say is Say.FACT
    assert dict(said.blanks) == {"term": term, "value": value}


@given(st.lists(st.tuples(LABEL, LABEL), min_size=1, max_size=4))
def test_several_changes_are_told_apart(changes: list[tuple[str, str]]) -> None:
    text = "と".join(f"「{term}」を「{value}」" for term, value in changes)
    said = understand(f"{text}にすれば許可される", Mood.THEN)
    assert said is not None
    assert changes_in(said.blanks["changes"]) == tuple(changes)


def test_the_colon_before_a_table_may_be_left_out() -> None:
    for text in ("次の事実がある", "「映像ファイル」が次のとおりである"):
        with_colon, without = understand(f"{text}:", Mood.GIVEN), understand(text, Mood.GIVEN)
        assert without is not None
        assert without == with_colon


def resolved(law: Law, text: str) -> object:
    lexicon = law.lexicon("eizo")
    said = understand(text, Mood.THEN)
    assert lexicon is not None
    assert said is not None
    return resolve(said, None, lexicon, law.find, NOWHERE)


@pytest.mark.parametrize(
    "name", ["witness", "立会人を置くよう努める。", "立会人を置く", "第3", "A witness is provided"]
)
def test_a_norm_goes_by_its_id_its_summary_words_of_it_or_its_provision(law: Law, name: str) -> None:
    assert resolved(law, f"規範「{name}」は充足である") == resolved(law, "規範「witness」は充足である")
    assert resolved(law, f"「{name}」の努力義務が生じる") == ExpectDuty(name, ("witness",), True, True)


def test_words_of_an_exact_summary_are_not_taken_for_part_of_another(law: Law) -> None:
    lexicon = law.lexicon("eizo")
    assert lexicon is not None
    one = replace(
        lexicon.directive.norm["edited"], id="long", provision="第9", summary=Words("夜も編集した映像を見ない。")
    )
    larger = Lexicon(replace(lexicon.directive, norms=(*lexicon.directive.norms, one)))
    assert larger.norms_called("編集した映像を見ない", NOWHERE) == ("edited",)
    assert larger.norms_called("映像を見ない", NOWHERE) == ("edited", "long")


@pytest.mark.parametrize(
    ("cited", "provision"), [("第2の2ただし書", "第2/2/ただし書"), ("第2の1", "第2/1"), ("第5", "第5")]
)
def test_a_provision_may_be_written_as_it_is_cited(law: Law, cited: str, provision: str) -> None:
    assert resolved(law, f"根拠に「{cited}」がある") == ExpectGround(provision, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("規範「第5/1」は違反である", "TS449"),
        ("規範「映像を」は違反である", "TS449"),
        ("根拠に「映像を」がある", "TS449"),
        ("根拠に「どこにもない語」がある", "TS433"),
        ("「report」の努力義務が生じる", "TS450"),
        ("1件目の規範「第5/1」は違反である", "TS449"),
    ],
)
def test_what_does_not_name_one_norm_is_refused(law: Law, text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        resolved(law, text)


def test_typing_habits_do_not_matter() -> None:
    assert normal("　次の事実がある： ") == "次の事実がある:"
    assert normal("か\u3099") == "が"


@pytest.mark.parametrize(
    ("written", "mood", "meant"),
    [
        ("「承認」は「はい」である", Mood.GIVEN, "前提 「承認」が「はい」である"),
        ("許可する", Mood.THEN, "ならば 許可される"),
        ("根拠が「第2/1」である", Mood.THEN, "ならば 根拠に「第2/1」がある"),
        (
            "「映像の閲覧」の可否を令和7年5月1日に判断する",
            Mood.WHEN,
            "もし 「映像の閲覧」の可否を令和7年1月10日について判断する",
        ),
        ("許可される", Mood.GIVEN, "ならば 許可される"),
    ],
)
def test_a_mistyped_step_is_met_with_the_nearest_real_one(law: Law, written: str, mood: Mood, meant: str) -> None:
    assert understand(written, mood) is None
    assert nearest_step(written, mood, law.lexicon("eizo")).line == meant


def test_a_step_that_is_near_nothing_gets_no_suggestion(law: Law) -> None:
    assert nearest_step("xyzzy plugh", Mood.THEN, law.lexicon("eizo")).blanks() == {"near": "", "near_en": ""}


def fact(law: Law, text: str, *rows: tuple[str, ...]) -> tuple[Fact, ...]:
    lexicon = law.lexicon("eizo")
    said = understand(text, Mood.GIVEN)
    assert lexicon is not None
    assert said is not None
    act = resolve(said, rows or None, lexicon, law.find, NOWHERE)
    assert isinstance(act, StateFacts)
    return act.facts


@pytest.mark.parametrize(
    ("text", "term", "value"),
    [
        ("「承認」が「はい」である", "approved", "True"),
        ("「承認」が「いいえ」である", "approved", "False"),
        ("「承認」が「false」である", "approved", "False"),
        ("「approval」が「true」である", "approved", "True"),
        ("「承認者の職」が「課長補佐」である", "approver", "'deputy'"),
        ("「承認者の職」が「なし」である", "approver", "'other'"),
        ("「立会人」はない", "witness", "None"),
        ("「承認者の職」が分からない", "approver", repr(Unsaid.UNKNOWN)),
        ("「閲覧日」が「令和7年5月1日」である", "viewed.on", "datetime.date(2025, 5, 1)"),
        ("「閲覧日」が「2025-05-01」である", "viewed.on", "datetime.date(2025, 5, 1)"),
        ("「開始時刻」が「22:05」である", "begins", "datetime.time(22, 5)"),
        ("「閲覧の回数」が「3回」である", "count", "3"),
        ("「閲覧の回数」が「３」である", "count", "3"),
        ("「見る「理由」」が「「苦情」への答え」である", "reason", "'「苦情」への答え'"),
    ],
)
def test_values_are_read_by_their_terms_type(law: Law, text: str, term: str, value: str) -> None:
    (found,) = fact(law, text)
    assert (found.term, repr(found.value)) == (term, value)


def test_a_table_states_facts_with_unknown_and_none_among_them(law: Law) -> None:
    rows = (("用語", "値"), ("承認", "はい"), ("立会人", "なし"), ("承認者の職", "なし"), ("閲覧日", "不明"))
    found = {one.term: one.value for one in fact(law, "次の事実がある:", *rows)}
    assert found == {"approved": True, "witness": None, "approver": "other", "viewed.on": Unsaid.UNKNOWN}


def test_a_table_states_records_and_that_there_may_be_more(law: Law) -> None:
    text = "「映像ファイル」が次のとおりである:"
    (found,) = fact(law, text, ("作成日", "編集"), ("令和7年4月2日", "はい"), ("不明", "いいえ"), ("不明", "不明"))
    assert isinstance(found.value, RecordList)
    assert not found.value.complete
    assert [set(record) for record in found.value.records] == [{"file.made", "file.edited"}, {"file.edited"}]
    (none,) = fact(law, text, ("作成日", "編集"))
    assert none.value == RecordList(())


@pytest.mark.parametrize(
    "text",
    [
        "「承認者の職」はない",
        "「立会人」が「なし」である",
        "「立会人」が「不明」である",
        "「閲覧日」が「分からない」である",
    ],
)
def test_nothing_and_not_knowing_are_never_taken_for_a_value(law: Law, text: str) -> None:
    with pytest.raises(Refused, match="TS444"):
        fact(law, text)


def test_the_vocabulary_imports_no_pytest(tmp_path: Path) -> None:
    from .conftest import python

    ran = python("import sys, tsutatsu.gherkin.vocabulary; sys.exit('pytest' in sys.modules)", cwd=tmp_path)
    assert ran.code == 0, ran.said
