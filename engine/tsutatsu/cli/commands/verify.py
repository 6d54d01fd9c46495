"""``tsutatsu verify``: a receipt, performed again."""

from collections.abc import Mapping, Sequence

from tsutatsu.bundle import Bundle
from tsutatsu.cli.commands.judge import facts_and_law
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.cli.submitted import decoded, parse_json, read_bytes, read_submitted
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.ir import RecordList, Value
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.receipt import Receipt, read_receipt
from tsutatsu.judging.verifying import Verification, verify
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
        _show(out(), done, read)
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


def _show(paper: Paper, done: Verification, receipt: Receipt) -> None:
    if done.ok:
        said = say("○ 同じ法令、同じ事実から、同じ回答になった。", "○ The same law and facts gave the same answer.")
        paper.put(said, style="good")
    else:
        paper.put(say("× 受領証と一致しない。", "× It does not agree with the receipt."), style="bad")
    for one in done.problems:
        paper.entry("-", told(one.words), indent=2)
    for note in done.notes:
        paper.entry("-", told(note), indent=2, style="quiet")
    day = receipt.on.isoformat()
    law = f"{receipt.directive} {receipt.issued or ''} {receipt.law}"
    paper.put(
        say(
            f"判断: {receipt.judgement}、判断日 {day}、法令 {law}",
            f"Judgement {receipt.judgement} for {day}; law {law}",
        ),
        style="quiet",
        hang=2,
    )
