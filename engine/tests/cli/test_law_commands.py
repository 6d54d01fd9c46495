"""Reading the law: check, show, find, register, facts, steps, schema, explain, seal, test, init, doctor, demo."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tsutatsu.bundle import Bundle
from tsutatsu.cli.commands.check import changes
from tsutatsu.cli.language import speak
from tsutatsu.diagnostics import CATALOGUE

Run = Callable[..., Any]
Same = Callable[[str, str], None]
NORMS = "policy/bicycle-lending/2026-04-01/norms/lending.yaml"
DIRECTIVE = "policy/bicycle-lending/2026-04-01/directive.yaml"


class _Editor(yaml.SafeLoader):
    """Reads YAML as editors do (1.2): dates and times stay text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("bool", "int", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def mangle(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# ── init, check ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_init_makes_is_clean_and_its_scenarios_pass(run: Run, law: Path) -> None:
    checked = run("check", str(law), "--json")
    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.stdout)["findings"] == []
    tested = run("test", str(law), "--json")
    assert tested.exit_code == 0, tested.output
    outcomes = [one["outcome"] for one in json.loads(tested.stdout)["scenarios"]]
    assert outcomes == ["passed"] * 5


def test_init_refuses_a_folder_that_holds_anything(run: Run, law: Path, tmp_path: Path) -> None:
    before = sorted(law.rglob("*"))
    result = run("init", str(law))
    assert result.exit_code == 2
    assert "TS634" in result.stderr
    assert sorted(law.rglob("*")) == before
    file = tmp_path / "file"
    file.touch()
    assert "TS634" in run("init", str(file)).stderr
    (tmp_path / "empty").mkdir()
    assert run("init", str(tmp_path / "empty")).exit_code == 0


def test_the_editor_is_wired_to_schemas_that_accept_the_files_and_complete_their_words(law: Path) -> None:
    settings = json.loads((law / ".vscode/settings.json").read_text(encoding="utf-8"))
    wired = settings["yaml.schemas"]
    assert len(wired) == 12
    for schema, place in wired.items():
        rules = json.loads((law / schema).read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(rules)
        validator = jsonschema.Draft202012Validator(rules)
        files = list(law.glob(place))
        beside = ("workflows/", "templates/")
        assert files or place.endswith(("holidays.yaml", "ledger.yaml", "local.yaml")) or place.startswith(beside)
        for file in files:
            told = yaml.load(file.read_text(encoding="utf-8"), _Editor)
            assert not [error.message for error in validator.iter_errors(told)]
    norms = (law / ".vscode/schemas/bicycle-lending/2026-04-01/norms.json").read_text(encoding="utf-8")
    assert "使用の目的" in norms
    assert "公務" in norms


def test_findings_show_the_line_a_caret_the_nearest_word_and_the_mend(run: Run, law: Path, same: Same) -> None:
    mangle(law / NORMS, "要件: {管理者の承認: true}", "要件: {管理者の証人: true}")
    result = run("check", str(law))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if "│" in line)
    before_caret = lines[at + 1].partition("│")[2].partition("^")[0]
    from tsutatsu.cli.layout import width

    assert width(lines[at].partition("│")[2].partition("管理者の証人")[0]) == width(before_caret)
    same("check", result.stdout)
    same("check-en", run("check", str(law), "--lang", "en").stdout)
    (found,) = json.loads(run("check", str(law), "--json").stdout)["findings"]
    assert found["code"] == "TS204"
    assert found["file"].endswith(NORMS)


def test_check_stops_at_a_mistake_in_a_feature(run: Run, law: Path) -> None:
    feature = next(law.rglob("*.feature"))
    mangle(feature, "「使用の目的」が「公務」である", "「使用の目標」が「公務」である")
    assert run("check", str(law)).exit_code == 1
    linted = run("test", "--lint-only", str(law))
    assert linted.exit_code == 1
    assert "使用の目的" in linted.stdout


def test_a_scenario_that_fails_exits_1(run: Run, law: Path) -> None:
    mangle(next(law.rglob("*.feature")), "ならば 許可される", "ならば 許可されない")
    result = run("test", str(law), "--json")
    assert result.exit_code == 1
    assert [one["outcome"] for one in json.loads(result.stdout)["scenarios"]].count("failed") == 1


def test_watching_checks_at_the_start_and_at_every_change(law: Path) -> None:
    waits: list[int] = []

    def wait() -> None:
        waits.append(len(waits))
        if len(waits) == 2:
            mangle(law / NORMS, "# 第2", "# 第二")

    seen = changes(law, wait)
    next(seen)
    next(seen)
    assert waits == [0, 1]


# ── show, find, register, facts, steps ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "approval",
        "公務等",
        "use",
        "使用の目的",
        "訓練",
        "返却期限",
        "第2の3本文",
        "庁用自転車貸出要領",
        "bicycle-lending/return",
    ],
)
def test_everything_with_a_name_can_be_shown_in_both_languages(name: str, run: Run, law: Path) -> None:
    japanese, english = run("show", name, str(law)), run("show", name, str(law), "--lang", "en")
    assert japanese.exit_code == english.exit_code == 0, japanese.output
    assert japanese.stdout != english.stdout
    json.loads(run("show", name, str(law), "--json").stdout)


def test_the_list_of_the_law_and_a_norm_in_plain_words(run: Run, law: Path, same: Same) -> None:
    same("show", run("show", str(law), "--on", "2026-05-11").stdout)
    same("show-directive", run("show", "bicycle-lending", str(law), "--on", "2026-05-11").stdout)
    same("show-norm", run("show", "no-dark", str(law)).stdout)
    same("show-norm-en", run("show", "no-dark", str(law), "--lang", "en").stdout)


def test_find_looks_everywhere_without_regard_to_width_or_case(run: Run, law: Path) -> None:
    kinds = {hit["kind"]["en"] for hit in json.loads(run("find", "承認", str(law), "--json").stdout)}
    assert {"norm", "term", "scenario"} <= kinds
    assert run("find", "HELMET", str(law)).stdout == run("find", "ｈｅｌｍｅｔ", str(law)).stdout != ""
    nothing = run("find", "潜水艦", str(law))
    assert nothing.exit_code == 1
    assert "潜水艦" in nothing.stdout


def test_the_register_knows_the_first_and_the_last_day(run: Run, law: Path, same: Same) -> None:
    def force(day: str, *more: str) -> list[str]:
        listed = json.loads(run("register", str(law), "--on", day, "--json", *more).stdout)["directives"]
        return [one["force"] for one in listed]

    assert force("2026-03-31") == ["not_yet"]
    assert force("2026-04-01") == force("令和11年3月31日") == ["in_force"]
    assert force("2029-04-01") == ["lapsed"]
    assert force("2029-01-01", "--within", "89d") == ["in_force"]
    assert force("2029-01-01", "--within", "88日") == []
    same("register", run("register", str(law), "--on", "2029-03-01", "--within", "90d").stdout)


def test_the_skeleton_of_the_facts_is_itself_taken_as_nothing_known(
    run: Run, law: Path, tmp_path: Path, same: Same
) -> None:
    skeleton = run("facts", "use", str(law), "--on", "2026-05-11").stdout
    same("facts", skeleton)
    file = tmp_path / "facts.yaml"
    file.write_text(skeleton, encoding="utf-8")
    line = ("judge", "use", str(law), "--on", "2026-05-11", "--json")
    told = [json.loads(run(*line, *more).stdout) for more in ((), (str(file),))]
    file = tmp_path / "facts.json"
    file.write_text(run("facts", "use", str(law), "--json").stdout, encoding="utf-8")
    told.append(json.loads(run(*line, str(file)).stdout))
    assert told[0]["verdict"] == told[1]["verdict"] == told[2]["verdict"]
    assert told[0]["facts"] == told[1]["facts"] == told[2]["facts"]


def test_the_schema_of_the_facts_takes_ids_and_names_and_refuses_the_rest(run: Run, law: Path) -> None:
    schema = json.loads(run("facts", "use", str(law), "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for good in (
        {},
        {"use.purpose": "duty"},
        {"使用の目的": "公務", "approved": True, "返却日": None},
        {"approved": "不明"},
    ):
        assert validator.is_valid(good), good
    for bad in ({"use.purpose": "買物"}, {"目的": "公務"}, {"approved": None}, {"approved": "yes"}):
        assert not validator.is_valid(bad), bad


def test_every_judgement_of_the_shipped_law_has_a_skeleton_that_can_be_read_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    names = [f"{d.id}/{j.id}" for d in Bundle.default().directives for j in d.judgements]
    assert names
    for name in names:
        skeleton = run("facts", name, "--on", "2025-10-01")
        assert skeleton.exit_code == 0, skeleton.output
        file.write_text(skeleton.stdout, encoding="utf-8")
        result = run("judge", name, str(file), "--on", "2025-10-01", "--engine", "compiled", "--question", "要否")
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_norms_are_listed_in_the_order_of_the_text(lang: str, run: Run, law: Path) -> None:
    norms = law / NORMS
    text = norms.read_text(encoding="utf-8")
    for number, path in (("第2/1", "第10"), ("第2/2", "要領案/第1/(2)"), ("第2/4", "前文"), ("第2/5", "第2/3/後段")):
        text = text.replace(f"条項: {number}\n", f"条項: {path}\n")
    norms.write_text(text, encoding="utf-8")
    listed = json.loads(run("show", "bicycle-lending", str(law), "--json", "--lang", lang).stdout)["norms"]
    order = [one["id"] for one in listed]
    assert order == ["helmet", "no-dark", "return", "overload", "purpose", "approval"]
    shown = run("show", "bicycle-lending", str(law), "--lang", lang).stdout
    places = [shown.index(f"\n  {name} ") for name in order]
    assert places == sorted(places)


def test_an_excerpt_shows_a_wide_blank_and_is_read_in_its_own_letters(run: Run, law: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes("使用の目的:　公務\n".encode("cp932"))
    result = run("judge", "use", str(file), str(law))
    assert result.exit_code == 1
    assert "│ 使用の目的:□公務" in result.stderr


def test_provisions_are_cited_alike_by_every_command(run: Run, law: Path) -> None:
    line = ("--on", "2026-05-11")
    for told in (
        run("show", "no-dark", str(law), *line),
        run("show", "bicycle-lending", str(law), *line),
        run("find", "日没", str(law)),
        run("judge", "use", str(law), *line, "--engine", "compiled"),
    ):
        assert "第2の3本文" in told.stdout
        assert "第2/3" not in told.stdout


def test_steps_speak_the_words_of_the_directive(run: Run, law: Path) -> None:
    shown = run("steps", str(law))
    assert "「使用の目的」が「…」である" in shown.stdout
    listed = json.loads(run("steps", str(law), "--json").stdout)
    assert set(listed) == {"bicycle-lending"}


# ── schema, explain, seal, doctor, demo ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind",
    ["directive", "vocabulary", "norms", "judgements", "readings", "posts", "ranks", "holidays", "answer", "receipt"],
)
def test_every_schema_is_one(kind: str, run: Run, law: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", kind, str(law)).stdout))


def test_an_answer_follows_the_published_schema(run: Run, law: Path) -> None:
    schema = json.loads(run("schema", "answer").stdout)
    for purpose in ("公務", "通勤", "防災訓練"):
        answer = run("judge", "use", str(law), "--on", "2026-05-11", "--set", f"使用の目的={purpose}", "--json").stdout
        jsonschema.validate(json.loads(answer), schema)


def test_schemas_are_written_into_a_folder_of_ones_own_and_settings_are_kept(run: Run, law: Path) -> None:
    file = law / ".vscode/settings.json"
    made = file.read_bytes()
    assert run("schema", "--write", str(law)).exit_code == 0
    assert file.read_bytes() == made
    wiring = json.loads(made)["yaml.schemas"]
    own = {"editor.rulers": [100], "yaml.schemas": {"./mine.json": "x.yaml", "./.vscode/schemas/gone/a.json": "a.yaml"}}
    file.write_text(json.dumps(own, indent=4), encoding="utf-8")
    assert run("schema", "--write", str(law)).exit_code == 0
    held = json.loads(file.read_text(encoding="utf-8"))
    assert held == {"editor.rulers": [100], "yaml.schemas": {"./mine.json": "x.yaml", **wiring}}
    assert "\n    " in file.read_text(encoding="utf-8")


def test_settings_that_are_not_json_are_left_alone_and_the_wiring_is_printed(run: Run, law: Path) -> None:
    file = law / ".vscode/settings.json"
    wiring = json.loads(file.read_bytes())["yaml.schemas"]
    file.write_text("{ // mine\n}", encoding="utf-8")
    result = run("schema", "--write", str(law))
    assert "TS644" in result.stderr
    assert json.loads(result.stdout.partition("\n")[2])["yaml.schemas"] == wiring
    assert file.read_text(encoding="utf-8") == "{ // mine\n}"


def test_the_schema_of_facts_can_be_asked_for_here_too(run: Run, law: Path) -> None:
    assert (
        run("schema", "facts", "--judgement", "use", str(law)).stdout
        == run("facts", "use", str(law), "--schema").stdout
    )
    assert "TS622" in run("schema", "facts", str(law)).stderr


def test_a_law_that_cannot_be_read_is_found_by_whatever_command_meets_it(run: Run, law: Path) -> None:
    mangle(law / NORMS, "要件: {管理者の承認: true}", "要件: {管理者の証人: true}")
    for args in (("show",), ("judge", "use"), ("find", "承認"), ("register",), ("test",), ("steps",)):
        result = run(*args, str(law))
        assert result.exit_code == 1, result.output
        assert "TS204" in result.stderr
        assert "│" in result.stderr


def test_without_a_kind_the_kinds_are_listed(run: Run, law: Path) -> None:
    assert "receipt" in run("schema").stdout
    assert run("schema", str(law)).stdout == run("schema").stdout


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_finding_has_a_page(lang: str, run: Run) -> None:
    listed = run("explain", "--lang", lang).stdout
    for number in CATALOGUE:
        assert number in listed
        page = run("explain", number, "--lang", lang)
        assert page.exit_code == 0
        assert number in page.stdout
        assert "```" not in page.stdout
    speak("ja")


def test_a_page_can_be_asked_for_by_number_or_name(run: Run) -> None:
    assert (
        run("explain", "ts204").stdout == run("explain", "204").stdout == run("explain", CATALOGUE["TS204"].name).stdout
    )


def test_a_revision_is_sealed_once_and_never_with_another_content(run: Run, law: Path) -> None:
    first = json.loads(run("seal", "bicycle-lending", str(law), "--json").stdout)
    assert first["new"] is True
    assert Path(first["file"]).is_file()
    assert json.loads(run("seal", "庁用自転車貸出要領", str(law), "--json").stdout)["new"] is False
    mangle(law / NORMS, "管理者の承認を受ける", "管理者から承認を受ける")
    refused = run("seal", "bicycle-lending", str(law))
    assert refused.exit_code == 1
    assert "TS606" in refused.stderr


def test_check_notices_a_sealed_revision_whose_encoding_was_changed(run: Run, law: Path) -> None:
    run("seal", "bicycle-lending", str(law))
    assert json.loads(run("check", str(law), "--json").stdout)["findings"] == []
    mangle(law / NORMS, "管理者の承認を受ける", "管理者から承認を受ける")
    checked = run("check", str(law), "--json")
    assert checked.exit_code == 0
    (found,) = json.loads(checked.stdout)["findings"]
    assert (found["code"], found["severity"]) == ("TS606", "warning")
    mangle(law / DIRECTIVE, "改訂: 1", "改訂: 2")
    assert json.loads(run("check", str(law), "--json").stdout)["findings"] == []


def test_check_reads_the_files_and_never_what_was_kept_of_them(
    run: Run, law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(_: object) -> None:
        raise AssertionError("check went by the cache")

    for place in ("tsutatsu.bundle.load_cached", "tsutatsu.sealing.cache.load_cached"):
        monkeypatch.setattr(place, kept)
    assert run("check", str(law)).exit_code == 0
    assert run("show", str(law)).exit_code == 3  # the trap works: showing does use the cache


def test_advice_is_counted_and_shown_only_where_asked_for(run: Run, law: Path) -> None:
    repeal = "廃止: [{番号: 架総発第3号, 日: 令和5年4月1日}]\n符号化:"
    mangle(law / DIRECTIVE, "符号化:", repeal)
    plain, verbose = run("check", str(law)), run("check", str(law), "--verbose")
    assert plain.exit_code == verbose.exit_code == 0
    assert "TS318" not in plain.stdout
    assert "助言 1" in plain.stdout
    assert "TS318" in verbose.stdout
    assert [one["code"] for one in json.loads(run("check", str(law), "--json").stdout)["findings"]] == ["TS318"]


def test_the_doctor_examines_and_says_whether_it_is_of_use(run: Run) -> None:
    told = json.loads(run("doctor", "--json").stdout)
    assert told["usable"] is True
    assert {"Python", "durable-rules", "PyYAML"} <= {one["part"] for one in told["parts"]}
    assert "使える。" in run("doctor").stdout


def test_the_doctor_does_without_the_rule_engine_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsutatsu.cli.commands.doctor.find_spec", lambda _: None)
    result = run("doctor")
    assert result.exit_code == 0
    assert "compiled と semantics" in result.stdout.replace("\n", "").replace("                  ", "")


def test_the_doctor_notices_an_engine_that_answers_wrongly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tsutatsu.judging.engines import ByMeaning

    monkeypatch.setattr(ByMeaning, "standings", lambda *_: (1,))
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert {one["state"] for one in json.loads(result.stdout)["parts"]} == {"works", "broken"}


@pytest.mark.parametrize("args", [(), ("--fast",)])
def test_the_tour_runs_through_where_there_is_no_terminal(args: tuple[str, ...], run: Run) -> None:
    result = run("demo", *args, stdin="")
    assert result.exit_code == 0, result.output
    for shown in ("× 不許可", "△ 解釈による", "？ 情報不足", "○ 効力あり"):
        assert shown in result.stdout
    for line in (one for one in result.stdout.splitlines() if one.startswith("$ ")):
        words = shlex.split(line)[2:]  # a whole command, to be copied
        assert run(*words).exit_code == 0, line
    english = run("demo", "--lang", "en", stdin="")
    assert "depends on the reading" in english.stdout
