"""``tsutatsu judge``: facts in, answer out."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tsutatsu.cli.answers import show_answer, show_rows
from tsutatsu.cli.asking import Manner, ask, judge_named, manner_options
from tsutatsu.cli.days import told_day
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import misuse, say, unwritable
from tsutatsu.cli.law import open_law
from tsutatsu.cli.leaving import CLEAN, FINDINGS, refuse
from tsutatsu.cli.paper import out, put_json, put_line
from tsutatsu.cli.submitted import STDIN, Submission, read_submitted
from tsutatsu.diagnostics import Diagnostic, Refused
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.judges import Judge
from tsutatsu.semantics import Verdict
from tsutatsu.words import Words

CLEAN_VERDICTS: Final = frozenset(
    {
        Verdict.PERMITTED,
        Verdict.IN_ORDER,
        Verdict.NOTHING_APPLIED,
        Verdict.NOT_BOUND,
        Verdict.IN_FORCE,
        Verdict.IN_FORCE_NO_END,
    }
)
"""The verdicts for which ``--exit-status`` gives 0."""


@command(
    "judge",
    Words(
        "NAME は判断の名か識別子（`tsutatsu show` が並べる）。事実は、ファイル、標準入力「-」、--set のどれでも渡せ"
        "る。形は JSON、JSON Lines、YAML、"
        "CSV、TSV（UTF-8、BOM つき、cp932）。JSON の並び、JSON Lines、CSV は一行ずつ判断する。書かれていない事実は「不"
        "明」で、「なし」とは違う。"
        "どの結論でも 0 で終わる。--exit-status を付けると、許可、適合、該当なし、義務なし、効力ありのほかは 1 で終わる"
        "（未了も、果たすべき義務が残っているので 1）。\n"
        "結論の印: ○ 許可・適合など、× 不許可・違反など、△ 解釈による、▲ 要説明、□ 未了、● 義務あり、◎ 努力義務、"
        "？ 情報不足、▽ 未発効、／ 対象外、－ 該当なし。",
        "NAME is a judgement's name or id (`tsutatsu show` lists them). Facts come from a file, standard input (-) "
        "or --set: JSON, JSON "
        "lines, YAML, CSV or TSV, in UTF-8 (also with a BOM) or cp932. A JSON array, JSON lines and CSV are judged "
        "record by record. What is "
        "not given is unknown, which is not the same as none. Exits 0 for any verdict; with --exit-status, 1 for any "
        "but permitted, in order, nothing applied, no duty and in force (a duty still open gives 1 too, for something "
        "remains to be done).\n"
        "Signs: ○ permitted, in order and the like; × not permitted, breach and the like; △ depends on the reading; "
        "▲ to be explained; □ duty still open; ● duty; ◎ duty of effort; ？ not enough known; ▽ not yet in force; "
        "／ out of scope; － nothing applied.",
    ),
    Example(
        "tsutatsu judge 夜間の訪問 --on 2025-01-10 --set 承認者の職=警察署長",
        Words("事実を一つ渡して尋ねる", "Ask with one fact"),
    ),
    Example(
        "tsutatsu judge 夜間の訪問 facts.yaml --on 令和7年1月10日 --receipt 受領証.json",
        Words("ファイルの事実で尋ね、受領証を残す", "Ask on a file, keep a receipt"),
    ),
    Example(
        "tsutatsu judge 夜間の訪問 visits.csv --json",
        Words("表の一行ずつを判断し、JSON Lines で出す", "Judge each row, as JSON lines"),
    ),
)
@argument(
    "name",
    ja="判断の名か識別子、または「通達/判断」。",
    en="A judgement's name or id, or directive/judgement.",
    metavar="NAME",
)
@argument(
    "paths",
    ja="事実のファイル（標準入力は -）と、policy を含むフォルダー。",
    en="A file of facts (- for standard input), and a folder that holds policy/.",
    metavar="[FACTS] [DIR]",
    nargs=-1,
)
@option(
    "--set",
    "assignments",
    multiple=True,
    metavar="TERM=VALUE",
    ja="事実を一つ渡す（繰り返せる）。",
    en="One fact (may be repeated).",
)
@manner_options
@option("--receipt", metavar="FILE", ja="受領証（JSON）を書き出す。", en="Write the receipt (JSON) to FILE.")
@option(
    "--exit-status",
    is_flag=True,
    ja="許可・適合などでない結論（未了を含む）のとき 1 で終わる。",
    en="Exit 1 where the verdict is not favourable (a duty still open is not).",
)
@json_option
def command_(
    *,
    name: str,
    paths: Sequence[str],
    assignments: Sequence[str],
    how: Manner,
    receipt: str | None,
    exit_status: bool,
    as_json: bool,
) -> int:
    """Judges one submission, or one record after another."""
    file, folder = facts_and_law(paths)
    bundle = open_law(folder)
    judge = judge_named(bundle, name, how)
    submitted = read_submitted(file, assignments)
    if submitted.table:
        return _table(judge, submitted.every, how, as_json=as_json, receipt=receipt, exit_status=exit_status)
    answer = ask(judge, submitted.every[0], how)
    if receipt:
        _write_receipts(receipt, [answer])
    if as_json:
        put_json(answer.to_dict())
    else:
        show_answer(out(), answer.record(), judge.directive)
    return FINDINGS if exit_status and answer.verdict not in CLEAN_VERDICTS else CLEAN


def facts_and_law(paths: Sequence[str]) -> tuple[str | None, str | None]:
    """The file of facts and the folder of law among ``paths``, told apart by what is there."""
    folders = [one for one in paths if one != STDIN and Path(one).is_dir()]
    files = [one for one in paths if one not in folders]
    for what, found in (("FACTS", files), ("DIR", folders)):
        if len(found) > 1:
            raise misuse("TS642", what=what, paths="、".join(found))
    return (files[0] if files else None), (folders[0] if folders else None)


def _table(
    judge: Judge,
    submissions: Sequence[Submission],
    how: Manner,
    *,
    as_json: bool,
    receipt: str | None,
    exit_status: bool,
) -> int:
    """Every record's answer, a line each; records that cannot be read are listed and the others judged all the same."""
    refused: list[Diagnostic] = []
    answers: list[tuple[str, Answer]] = []
    for one in submissions:
        try:
            answer = ask(judge, one, how)
        except Refused as error:
            if not _about_facts(error):
                raise
            refused += _placed(error.findings, one.place)
            if as_json:
                put_line({"place": one.place, "findings": [found.to_dict() for found in error.findings]})
            continue
        answers.append((one.place, answer))
        if as_json:
            put_line({"place": one.place, **answer.to_dict()})
    if receipt:
        _write_receipts(receipt, [answer for _, answer in answers])
    if not as_json:
        paper = out()
        paper.put(say("判断日: ", "Day judged: ") + told_day(how.on))
        show_rows(paper, [(place, answer.record()) for place, answer in answers])
        if refused:
            refuse(refused, as_json=False, code=FINDINGS)
    unfavourable = exit_status and any(answer.verdict not in CLEAN_VERDICTS for _, answer in answers)
    return FINDINGS if refused or unfavourable else CLEAN


def _about_facts(error: Refused) -> bool:
    from tsutatsu.cli.language import Misuse

    return not isinstance(error, Misuse)


def _placed(findings: Sequence[Diagnostic], place: str) -> list[Diagnostic]:
    """The findings of one record, with the record's own place before the fact's."""
    from dataclasses import replace

    return [replace(one, where=replace(one.where, file=f"{place} {one.where.file}".strip())) for one in findings]


def _write_receipts(path: str, answers: Sequence[Answer]) -> None:
    """The receipts: one as a JSON object, several as JSON lines."""
    if len(answers) == 1:
        text = json.dumps(answers[0].receipt.to_dict(), ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(json.dumps(one.receipt.to_dict(), ensure_ascii=False) + "\n" for one in answers)
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from None
