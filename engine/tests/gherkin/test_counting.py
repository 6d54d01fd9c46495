"""The plain count of a file's scenarios agrees with the parser where nothing is lost, and differs where it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.gherkin.counting import count_scenarios
from tsutatsu.gherkin.sheet import read_sheet

STEP = "    もし 何かをする\n"
WORD = st.text(st.sampled_from("承認者 シナリオ例:第2"), min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def features(draw: st.DrawFn) -> tuple[str, int]:
    """A feature that loses nothing, and how many scenarios it states."""
    lines, whole = ["# language: ja\n機能: 数える\n"], 0
    for number in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            lines.append(f"  # シナリオ: {draw(WORD)}\n\n")
        if draw(st.booleans()):
            lines.append(f"  ルール: 規則{number}\n")
            if draw(st.booleans()):
                lines.append("    背景:\n      前提 次のとおり:\n        | 用語 | 値 |\n        | 甲 | 乙 |\n")
        name = f"{draw(WORD)}{number}"
        if draw(st.booleans()):
            lines.append(f"  シナリオ: {name}\n{STEP}")
            if draw(st.booleans()):
                lines.append('      """\n      シナリオ: これは文章\n      | 表 |\n      """\n')
            elif draw(st.booleans()):
                lines.append("      | 用語 | 値 |\n      | シナリオ: | 例: |\n")
            whole += 1
        else:
            lines.append(
                f"  {draw(st.sampled_from(['シナリオアウトライン', 'テンプレ']))}: {name}\n{STEP}      | <甲> |\n"
            )
            for _ in range(draw(st.integers(1, 3))):
                rows = draw(st.integers(1, 4))
                lines.append("    例: 場合\n      説明\n      | 甲 |\n" + "      | 乙 |\n" * rows)
                whole += rows
    return "".join(lines), whole


@given(features())
def test_the_plain_count_agrees_with_the_parser(feature: tuple[str, int]) -> None:
    text, whole = feature
    sheet = read_sheet(text, "x.feature")
    assert count_scenarios(text) == whole == sum(len(draft.rows) if draft.outline else 1 for draft in sheet.scenarios)


def test_a_heading_that_is_no_heading_to_the_parser_is_counted() -> None:
    text = f"# language: ja\n機能: 数える\n  シナリオ：消える\n\n  シナリオ: 残る\n{STEP}"
    assert count_scenarios(text) == 2
    assert len(read_sheet(text, "x.feature").scenarios) == 1
