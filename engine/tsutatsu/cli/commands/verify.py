"""``tsutatsu verify``: a receipt, performed again."""

from collections.abc import Mapping, Sequence
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.cli.commands.judge import facts_and_law
from tsutatsu.cli.days import told_day, told_days
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.cli.submitted import decoded, parse_json, read_bytes, read_submitted
from tsutatsu.diagnostics import Refused, finding, shorten
from tsutatsu.ir import Directive, RecordList, Value
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.labels import VERDICT_WORDS
from tsutatsu.judging.receipt import Receipt, read_receipt
from tsutatsu.judging.verifying import Problem, Trouble, Verification, verify
from tsutatsu.source import Source
from tsutatsu.words import Words


@command(
    "verify",
    Words(
        "受領証を、渡された事実と、指紋の一致する法令（今のもの、または封印された改訂）で判断し直し、法令、事実、回答"
        "のどれが当時と違うかを言う。"
        "すべて一致すれば 0、しなければ 1 で終わる。通信はしない。",
        "Judges a receipt again on the facts given, by the law of the same digest (current or sealed), and says "
        "which of law, facts and "
        "answer differ. Exits 0 when all agree, else 1. Nothing is sent anywhere.",
    ),
    Example(
        "tsutatsu verify 受領証.json facts.yaml",
        Words("判断したときの事実で再演する", "Perform it again on the facts judged"),
    ),
)
@argument(
    "receipt", ja="judge --receipt が書いた受領証。", en="A receipt written by judge --receipt.", metavar="RECEIPT"
)
@argument(
    "paths",
    ja="事実のファイルと、policy を含むフォルダー。",
    en="A file of facts, and a folder that holds policy/.",
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
@json_option
def command_(receipt: str, paths: Sequence[str], assignments: Sequence[str], as_json: bool) -> int:
    """Performs the receipt again; 1 where anything differs."""
    file, folder = facts_and_law(paths)
    bundle = open_law(folder)
    plain = parse_json(decoded(read_bytes(receipt), receipt), receipt)
    try:
        read = read_receipt(plain)
    except Refused as refused:
        raise Refused([finding("TS530", Source(receipt), found=refused.findings[0].where.file or "JSON")]) from None
    submitted = read_submitted(file, assignments)
    done = verify(read, _typed(bundle, read, submitted.every[0].facts), bundle)
    if as_json:
        put_json(done.to_dict())
    else:
        _show(out(), done, read, bundle, folder)
    return CLEAN if done.ok else FINDINGS


def _typed(bundle: Bundle, receipt: Receipt, facts: Mapping[str, object]) -> Mapping[str, object]:
    """The facts as JSON would have them typed, words being taken for values of any type; untouched without the law."""
    directive = bundle.with_digest(receipt.law)
    if directive is None or receipt.judgement not in directive.judgement:
        return facts
    judgement = directive.judgement[receipt.judgement]
    sides = dict(one.split("=", 1) for one in receipt.decided if "=" in one)
    taken = {r.id: r.taken for r in directive.readings if r.taken is not None}
    read = FactReader.of(directive).read(facts, judgement, receipt.on, {**taken, **sides}, texts=True)
    return {term: _plain(value) for term, value in read.items()}


def _plain(value: Value) -> object:
    if isinstance(value, RecordList):
        records: list[object] = [{term: _plain(one) for term, one in record.items()} for record in value.records]
        return records if value.complete else [*records, "不明"]
    return value


def _show(paper: Paper, done: Verification, receipt: Receipt, bundle: Bundle, folder: str | None) -> None:
    directive = bundle.with_digest(receipt.law)
    if done.ok:
        said = say("○ 同じ法令、同じ事実から、同じ回答になった。", "○ The same law and facts gave the same answer.")
        paper.put(said, style="good")
    else:
        paper.put(say("× 受領証と一致しない。", "× It does not agree with the receipt."), style="bad")
    for one in done.problems:
        paper.entry("-", _problem(one, receipt, directive), indent=2)
        if one.trouble is Trouble.LAW_MISSING:
            paper.entry(say("直し方:", "Mend:"), _mend(receipt, bundle, folder), indent=4, style="good")
    for note in done.notes:
        paper.entry("-", told(note), indent=2, style="quiet")
    judgement = directive.judgement.get(receipt.judgement) if directive is not None else None
    name = told(judgement.words) if judgement is not None else receipt.judgement
    day = told_day(receipt.on)
    paper.put(say(f"判断: 「{name}」、判断日 {day}", f"Judgement: “{name}”, for {day}"), style="quiet", hang=2)
    law = _law(receipt, directive)
    paper.put(say(f"法令: {law}", f"Law: {law}"), style="quiet", hang=2)
    paper.put(say("指紋: ", "Digest: ") + receipt.law, style="quiet", hang=2)


def _law(receipt: Receipt, directive: Directive | None) -> str:
    """Which encoding of which circular a receipt names."""
    title = told(directive.header.title) if directive is not None else receipt.directive
    issued = told_day(receipt.issued) if receipt.issued is not None else "—"
    return say(
        f"{title}、{issued}発出、改訂{receipt.revision}", f"{title}, issued {issued}, revision {receipt.revision}"
    )


_PARTS: Final = {
    "directive": Words("通達", "the directive"),
    "issued": Words("発出の日", "the day of issue"),
    "revision": Words("改訂", "the revision"),
    "units": Words("規範ごとの判断", "how the norms stand"),
    "sides": Words("解釈ごとの結論", "the verdicts by reading"),
    "exhaustive": Words("調べ尽くしたかどうか", "whether everything was tried"),
}
"""The parts of an answer that a receipt keeps, as people call them."""


def _problem(one: Problem, receipt: Receipt, directive: Directive | None) -> str:
    """What stands against the receipt, in the words of the law rather than in codes."""
    match one.trouble:
        case Trouble.FACT_MISSING:
            name = _term(one.what, directive)
            return say(f"受領証にある事実「{name}」が渡されていない。", f"The fact “{name}” was not given.")
        case Trouble.FACT_ALTERED:
            name = _term(one.what, directive)
            return say(f"事実「{name}」が当時と違う。", f"The fact “{name}” differs from the one judged.")
        case Trouble.FACT_EXTRA:
            name = _term(one.what, directive)
            return say(f"当時はなかった事実「{name}」が渡された。", f"The fact “{name}” was given but was not judged.")
        case Trouble.LAW_MISSING:
            law = _law(receipt, directive)
            if receipt.local is not None:
                force = shorten(receipt.local)
                return say(
                    f"受領証の法令（{law}に、組織「{force}」の当時の定めを重ねたもの）が手元にない。",
                    f"The law of the receipt ({law}, under what force “{force}” had then laid down) is not at hand.",
                )
            return say(f"受領証の法令（{law}）が手元にない。", f"The law of the receipt ({law}) is not at hand.")
        case Trouble.ANSWER_DIFFERS:
            return _difference(one.what)
        case _:
            return told_days(told(one.words))


def _term(name: str, directive: Directive | None) -> str:
    term = directive.term.get(name) if directive is not None else None
    return name if term is None else told(term.words)


def _difference(what: str) -> str:
    """How the answer differs: the verdicts in words, of anything else only that it does."""
    name, _, change = what.partition(": ")
    then, _, now = change.partition(" → ")
    if name != "verdict":
        part = told(_PARTS.get(name, Words(name)))
        return say(f"やり直すと、{part}が当時と違う。", f"Performed again, {part} differ from what they were.")
    then, now = (_verdict(code) for code in (then, now))
    return say(
        f"結論は、当時「{then}」、やり直すと「{now}」である。",
        f"The verdict was “{then}”; performed again it is “{now}”.",
    )


def _verdict(code: str) -> str:
    return next((told(words) for verdict, words in VERDICT_WORDS.items() if verdict.value == code), code)


def _mend(receipt: Receipt, bundle: Bundle, folder: str | None) -> str:
    """What to do where the law of a receipt is not at hand."""
    at_hand = "、".join(
        say(f"改訂{one.revision.number}", f"revision {one.revision.number}")
        for one in bundle.versions(receipt.directive)
        if one.header.issued.day == receipt.issued
    )
    if not at_hand:
        if folder is None:
            return say(
                "自分の方針で作った受領証なら、policy を含むフォルダーを末尾に書く。",
                "If it was made by a policy of your own, name the folder that holds policy/ at the end.",
            )
        return say(
            "受領証を作ったときのフォルダーを末尾に書く。", "Name the folder by which the receipt was made at the end."
        )
    if receipt.local is not None:
        return _mend_local(shorten(receipt.local), at_hand, bundle)
    return say(
        f"手元にあるのは{at_hand}の今の内容である。受領証を作ったときの内容が封印されていれば（tsutatsu seal）、その"
        "ファイルを sealed に戻す。封印しなかった内容は再演できない。",
        f"At hand is {at_hand} as it is now. If what the receipt was made by was sealed (tsutatsu seal), put that file "
        "back into sealed/. What was not sealed cannot be performed again.",
    )


def _mend_local(force: str, at_hand: str, bundle: Bundle) -> str:
    """What to do where the law at hand is not, under a force's provisions, what the receipt was made by."""
    file = f"policy/local/{force}/local.yaml"
    if any(one.id == force for one in bundle.forces):
        own = Words(
            f"手元の {file} は今の内容である。当時と違えば、受領証を作ったときのものに戻す",
            f"{file} is at hand as it is now. If it has changed, put it back as it was when the receipt was made",
        )
    else:
        own = Words(
            f"{file} は手元にない。受領証を作ったときのものを戻す",
            f"{file} is not at hand. Put it back as it was when the receipt was made",
        )
    return say(
        f"{own.ja}（組織の定めは封印されないので、写しから戻す）。通達も、手元にあるのは{at_hand}の今の内容である。"
        "当時と違えば、封印されたそのときの内容を sealed に戻す。",
        f"{own.en} (a force's provisions are never sealed: take it from a copy). The circular, too, is at hand as it "
        f"is now ({at_hand}). If it has changed, put what was sealed then back into sealed/.",
    )
