"""``tsutatsu audit verify``: whether nobody has tampered with the records."""

from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.cli.casework import as_typed, db_option, key_of, key_option, run_on
from tsutatsu.cli.documents import documents_in
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.language import misuse, say
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import err, out, put_json
from tsutatsu.diagnostics import Diagnostic, Refused
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases.audit.reperforming import Reperformed
    from tsutatsu.cases.audit.trail import Trail
    from tsutatsu.cases.audit.verifying import Verified
    from tsutatsu.documents.evidence import MadeAgain


@command(
    "audit verify",
    Words(
        "置き場の記録を、連鎖、葉、署名された頂点、本文の約束、導かれた表のすべてについて確かめ、合わない行を名指す"
        "。FILE を書けば"
        "、export か prove の書いたファイルを、置き場なしで確かめる。公開鍵（.pub）で足りる。署名のないものは確かめ"
        "られたものとしな"
        "い。--witness は、前に外に控えた頂点（audit head）。丸ごと巻き戻されたことも分かる。証拠にある文書は、DIR の"
        "様式が同じなら、記録から作り直して比べる。",
        "Verifies the store's records: chains, leaves, signed heads, commitments to bodies, derived tables; every "
        "row that "
        "does not fit is named. With FILE, what export or prove wrote is verified without the store. The public "
        "key (.pub) "
        "suffices. What is not signed does not count as verified. --witness is a head kept outside (audit head): "
        "it shows "
        "even a store rolled back as a whole. Documents in evidence are made again from the record and compared, "
        "where the forms in DIR are the same.",
    ),
    Example(
        "tsutatsu audit verify --db cases.sqlite --key keys/audit.pub", Words("置き場を確かめる", "Verify a store")
    ),
    Example(
        "tsutatsu audit verify --reperform --db cases.sqlite --key keys/audit.pub",
        Words("残された答えもやり直して確かめる", "Give every answer on record again, too"),
    ),
    Example(
        "tsutatsu audit verify 証拠.json --key audit.pub",
        Words("証拠を、置き場なしで確かめる", "Verify evidence offline"),
    ),
)
@argument(
    "file", ja="export か prove の書いたファイル。", en="What export or prove wrote.", metavar="[FILE]", required=False
)
@option("--witness", metavar="FILE", ja="外に控えた頂点。", en="A head kept outside.")
@option(
    "--reperform",
    is_flag=True,
    ja="残された答えも、結び付いた法令と当時の事実からやり直して比べる。",
    en="Also give every answer on record again, from the law it was pinned to and the facts of then.",
)
@db_option
@key_option
@json_option
@law_argument
def command_(
    *,
    file: str | None,
    folder: str | None,
    witness: str | None,
    reperform: bool,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Verifies it."""
    from tsutatsu.cases.audit.heads import read_head
    from tsutatsu.cases.audit.keys import read_checker
    from tsutatsu.cases.audit.trail import read_trail, whole_trail
    from tsutatsu.cases.audit.verifying import verify
    from tsutatsu.cases.store.store import Store

    if file is not None and db is not None:
        raise misuse("TS642", what="FILE, --db", paths=f"{file}、{db}")
    try:
        checker = read_checker(key_of(key))
        head = None if witness is None else read_head(Path(witness))
        if file is not None:
            trail = read_trail(Path(file))
            verified = verify(trail, checker, head)
            answers = _again(trail) if reperform else None
            made = _documents(trail, folder) if trail.documents and verified.whole else None
            return _show(verified, (), answers, made, as_json=as_json)
    except Refused as refused:
        raise as_typed(refused) from None

    def run(store: Store) -> int:
        from tsutatsu.cases.audit.deriving import verify_derived

        with store.database.reading() as connection:
            trail = whole_trail(connection)
            derived = (*verify_derived(connection), *store.database.damage(connection))
        return _show(verify(trail, checker, head), derived, _again(trail) if reperform else None, as_json=as_json)

    return run_on(db, run)


def _again(trail: "Trail") -> "Reperformed":
    from tsutatsu.cases.audit.reperforming import reperform

    return reperform(trail)


def _documents(trail: "Trail", folder: str | None) -> "MadeAgain":
    from tsutatsu.documents.evidence import made_again

    return made_again(trail, documents_in(folder)[1])


def _show(
    found: "Verified",
    derived: tuple[Diagnostic, ...],
    again: "Reperformed | None",
    made: "MadeAgain | None" = None,
    *,
    as_json: bool,
) -> int:
    findings = (*found.findings, *derived)
    findings += again.findings if again is not None else ()
    findings += made.findings if made is not None else ()
    if as_json:
        put_json(
            {
                "whole": not findings,
                "cases": found.cases,
                "entries": found.entries,
                "heads": found.heads,
                "answers": None if again is None else again.answers,
                "documents": None if made is None else {"made_again": made.same, "not_compared": made.others},
                "findings": [one.to_dict() for one in findings],
            }
        )
        return FINDINGS if findings else CLEAN
    counted = say(
        f"事案 {found.cases} 件、記録 {found.entries} 件、頂点 {found.heads} 個。",
        f"{found.cases} cases, {found.entries} entries, {found.heads} heads.",
    )
    if again is not None:
        counted += say(
            f"やり直した答え {again.answers} 件（消去済の記録 {again.erased} 件を除く）。",
            f" {again.answers} answers given again ({again.erased} erased entries left out).",
        )
    if made is not None:
        counted += say(
            f"文書 {made.same} 通は記録から作り直して同じ。比べていない文書 {made.others} 通。",
            f" {made.same} documents made again from the record and the same; {made.others} not compared.",
        )
    if findings:
        from tsutatsu.cli.rendering import show_findings

        show_findings(err(), findings)
        out().put(say("× 合わないところがある。", "× Something does not fit. ") + counted, style="bad")
        return FINDINGS
    out().put(say("○ すべて合う。", "○ All of it fits. ") + counted, style="good")
    return CLEAN
