"""Workflows told and drawn: whole, the same every time, whatever their labels hold."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from calling import call
from chromium import browsing, chromium
from click.testing import Result
from rounds import PLACE, ROUNDS

from tsutatsu.backends.diagram import mermaid, svg
from tsutatsu.bundle import Bundle
from tsutatsu.cli.workflows import Told
from tsutatsu.ir.workflows import Workflow
from tsutatsu.words import Words

Run = Callable[..., Result]
NS = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>\";:#\n--> [*] & 'x' \u202e\u0000]]>"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("TSUTATSU_LANG", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    return call


def hostile(workflow: Workflow) -> Workflow:
    """The same with labels that would break out of whatever they are put into."""
    words = Words(HOSTILE, HOSTILE)
    return replace(
        workflow,
        words=words,
        states=tuple(replace(one, words=words) for one in workflow.states),
        events=tuple(replace(one, words=words) for one in workflow.events),
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_drawing_shows_every_state_and_event_and_is_the_same_every_time(shipped: Bundle, lang: str) -> None:
    for workflow in shipped.workflows:
        drawn = svg(workflow, lang, {})
        assert drawn == svg(workflow, lang, {})
        root = ET.fromstring(drawn)
        texts = [one.text for one in root.iter(f"{NS}text")]
        for event in workflow.events:
            assert event.words.say(lang) in texts
        letters = "".join(text or "" for text in texts).replace(" ", "")
        for state in workflow.states:
            assert state.words.say(lang).replace(" ", "") in letters
        assert root.findtext(f"{NS}title") == workflow.words.say(lang)
        described = root.findtext(f"{NS}desc") or ""
        assert all(event.words.say(lang) in described for event in workflow.events)
        finals = [one for one in root.iter(f"{NS}rect") if one.get("class") == "inner"]
        assert len(finals) == sum(one.final for one in workflow.states)


def test_a_drawing_asks_for_nothing_from_elsewhere_and_follows_light_dark_and_paper(shipped: Bundle) -> None:
    for workflow in shipped.workflows:
        drawn = svg(workflow, "ja", {})
        assert set(re.findall(r"https?://[^\"]+", drawn)) == {"http://www.w3.org/2000/svg"}
        assert "url(" not in drawn.replace("url(#tip)", "") and "@import" not in drawn and "<script" not in drawn
        assert "prefers-color-scheme: dark" in drawn and "@media print" in drawn


def test_no_label_breaks_out_of_a_drawing(shipped: Bundle) -> None:
    workflow = hostile(shipped.workflow("provision"))
    root = ET.fromstring(svg(workflow, "ja", {one.id: HOSTILE for one in workflow.events}))
    assert {one.tag.removeprefix(NS) for one in root.iter()} == {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "circle", "line", "text")
    }
    lines = mermaid(workflow, "ja", {one.id: HOSTILE for one in workflow.events}).splitlines()
    ways = sum(len(one.origins) for one in workflow.events)
    ends = sum(one.initial + one.final for one in workflow.states)
    assert len(lines) == 1 + len(workflow.states) + ways + ends
    for line in lines[1:]:
        assert re.fullmatch(
            r'    (state "[^"]*" as s_\w+|(\[\*\]|s_\w+) --> (\[\*\]|s_\w+)( : [^";:<>\n]*)?)',
            re.sub(r"#\w+;", "", line),
        )


def test_mermaid_tells_where_a_case_begins_goes_and_ends(law: Path, run: Run) -> None:
    said = run("show", "rounds", str(law), "--mermaid")
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "stateDiagram-v2",
        '    state "予定" as s_planned',
        '    state "承認済" as s_approved',
        '    state "見回り済" as s_gone',
        '    state "済" as s_closed',
        "    [*] --> s_planned",
        "    s_planned --> s_approved : 承認する（課長）",
        "    s_approved --> s_gone : 見回る",
        "    s_gone --> s_gone : 報告する",
        "    s_gone --> s_closed : 報告なしで終わる（「報告期間」が終わった次の日）",
        "    s_gone --> s_closed : 済ませる（残る義務がなくなれば）",
        "    s_closed --> [*]",
    ]


def test_show_tells_states_who_what_is_asked_written_and_owed(law: Path, run: Run) -> None:
    said = run("show", "見回りの一件", str(law)).output.replace("\n", "").replace(" ", "")
    for words in (
        "状態：予定（始め）、承認済、見回り済、済（終わり）",
        "「承認する」予定→承認済",
        "起こせる職：課長（読みによっては係長）",
        "示すこと：代行命令",
        "記すこと：時間帯＝「夜間」、承認者の職＝起こした人の職",
        "「正当な承認」に当たる",
        "判断：「夜の見回り」が許可であること",
        "文書：見回りの記録",
        "ひとりでに、「報告期間」が終わった次の日",
        "残る義務がないこと",
        "見守る義務",
        "三日以内に報告する。期限：",
    ):
        assert words in said, words
    english = run("show", "rounds", str(law), "--lang", "en").output
    assert "Open to: section chief (as read: clerk)" in english and "Duties kept account of" in english


def test_show_tells_what_is_asked_of_whoever_acts(law: Path, run: Run) -> None:
    asking = ROUNDS.replace("英: report, から", "英: report, 要件: {行為者の職: 係長}, から")
    (law / PLACE).write_text(asking, encoding="utf-8")
    said = run("show", "rounds", str(law)).output.replace("\n", "").replace(" ", "")
    assert "起こせる職：係長" in said and "要件：行為者の職が「係長」" in said
    assert "Only if: the post of the person acting is “clerk”" in run("show", "rounds", str(law), "--lang", "en").output
    assert "s_gone --> s_gone : 報告する（係長）" in run("show", "rounds", str(law), "--mermaid").output


def test_show_lists_workflows_and_gives_them_as_json(law: Path, run: Run) -> None:
    assert "見回りの一件" in run("show", str(law)).output
    assert '"digest": "sha256:' in run("show", str(law), "--json").output
    assert '"kind": {\n      "ja": "手続"' in run("show", "rounds", str(law), "--json").output


def test_only_workflows_are_drawn(law: Path, run: Run) -> None:
    assert "TS832" in run("show", "approval", str(law), "--svg").output
    assert run("show", "approval", str(law), "--svg").exit_code == 2
    assert "TS636" in run("show", "nothing-like-it", str(law), "--mermaid").output
    assert "TS622" in run("show", str(law), "--svg").output


def test_two_workflows_of_one_name_under_two_circulars_are_told_apart(law: Path, run: Run) -> None:
    for path in list((law / "policy/sample").rglob("*.yaml")):
        other = law / str(path.relative_to(law)).replace("policy/sample", "policy/other")
        other.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("番号: ", "番号: 別")
        other.write_text(re.sub(r"^通達: .*$", "通達: 別の通達", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    second = law / PLACE.replace("/sample/", "/other/")
    second.parent.mkdir(parents=True)
    second.write_text(ROUNDS, encoding="utf-8")
    bundle = Bundle.load(law)
    assert [one.directive for one in bundle.workflows] == ["other", "sample"]
    assert bundle.workflow("other/rounds").directive == "other"
    assert "TS831" in run("show", "rounds", str(law), "--svg").output
    assert run("show", "other/rounds", str(law), "--svg").output.startswith("<svg")


def test_check_finds_what_is_wrong_with_a_workflow_and_counts_them(law: Path, run: Run) -> None:
    assert "手続 1。" in run("check", str(law)).output
    (law / PLACE).write_text(ROUNDS.replace(", 承認者の職: 行為者の職", ", 承認者の職: その他"), encoding="utf-8")
    said = run("check", str(law))
    assert said.exit_code == 1 and "TS820" in said.output and "rounds.yaml:" in said.output
    (law / PLACE).write_text("手続: [", encoding="utf-8")
    broken = run("check", str(law), "--json")
    assert broken.exit_code == 1 and '"workflows": 0' in broken.output


def test_the_law_is_shown_though_a_workflow_cannot_be_read(law: Path, run: Run) -> None:
    (law / PLACE).write_text("手続: [", encoding="utf-8")
    assert run("show", "approval", str(law)).exit_code == 0
    assert run("show", str(law)).exit_code == 0
    told = run("show", "rounds", str(law))
    assert told.exit_code == 1 and "TS1" in told.output


def test_fmt_writes_the_keywords_of_workflows_too(law: Path, run: Run) -> None:
    assert run("fmt", str(law), "--keywords", "en").exit_code == 0
    assert (law / PLACE).read_text(encoding="utf-8").splitlines()[1] == "workflow:"
    assert run("show", "rounds", str(law)).exit_code == 0


@pytest.mark.skipif(chromium() is None, reason="no Chromium here")
def test_in_a_browser_no_text_leaves_the_drawing_and_none_lies_on_another(shipped: Bundle, tmp_path: Path) -> None:
    script = """(() => {
      const all = [...document.querySelectorAll('text')].map(one => ({text: one.textContent, box: one.getBBox()}));
      const {width, height} = document.documentElement.viewBox.baseVal;
      const right = box => box.x + box.width, low = box => box.y + box.height - 3;
      const out = all.filter(({box}) => box.x < 0 || box.y < 0 || right(box) > width || low(box) > height);
      const meet = (a, b) => a.x < right(b) && b.x < right(a) && a.y < low(b) && b.y < low(a);
      const over = (a, i) => all.slice(i + 1).filter(b => meet(a.box, b.box)).map(b => a.text + '/' + b.text);
      const lie = all.flatMap(over);
      return JSON.stringify([out.map(one => one.text), lie]);
    })()"""
    ink = "getComputedStyle(document.querySelector('text')).fill"
    found = chromium()
    assert found is not None
    with browsing(found) as browser:
        for workflow in shipped.workflows:
            for lang in ("ja", "en"):
                page = tmp_path / f"{workflow.id}.svg"
                page.write_text(Told(workflow, shipped).svg(lang), encoding="utf-8")
                browser.open(page, 1200)
                assert browser.run(script) == "[[],[]]", (workflow.id, lang)
                assert browser.asked == [page.as_uri()]
        light = browser.run(ink)
        browser.as_dark()
        dark = browser.run(ink)
        browser.as_paper()
        assert len({light, dark, browser.run(ink)}) == 3
