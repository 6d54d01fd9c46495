"""``tsutatsu ledger``: what became of every passage of a circular, and whether anything was left out."""

from collections.abc import Sequence
from pathlib import Path

from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import misuse, say, unwritable
from tsutatsu.cli.law import law_root, named_directive, placed, sound_law, texts_in, writable_root
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, err, out, put_json
from tsutatsu.cli.rendering import show_findings, summary
from tsutatsu.coverage.accounts import Account, Texts, accounts_of, strangers
from tsutatsu.coverage.reaching import reached
from tsutatsu.diagnostics import Severity
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import perform_of
from tsutatsu.text.ledger import Entry, Treatment
from tsutatsu.words import Words


@command(
    "ledger",
    Words(
        "通達の本文の文ごとに、その扱い（規範、定義、趣旨など）と、それを担う規範・用語と、確かめているシナリオの数を"
        "並べる。扱いのない文、文のない項目、どの文も担わない規範、シナリオのない規範は指摘し、1 で終わる。\n"
        "--text に本文のフォルダーを渡すと、すべての指紋を本文と照らし、文も示す。なくても、指紋のほかは調べる。\n"
        "--write は、本文に合わせて台帳を書き直す。文が同じなら書いた扱いは残り、新しい文には下書きの扱いが付く。",
        "For every passage of a circular: what became of it (a norm, a definition, background …), the norms and terms "
        "that carry it, and how many scenarios prove them. A passage without entry, an entry without passage, a norm "
        "that no passage carries, a norm without scenario: each is a finding, and the command exits 1.\n"
        "--text names the folder with the texts: every fingerprint is verified and the passages are shown. Without "
        "the texts everything but fingerprints is checked.\n"
        "--write brings the ledger up to the text: what was said of a passage stays with it, new passages get a draft.",
    ),
    Example("tsutatsu ledger", Words("備え付けの通達の台帳", "The ledgers of the shipped law")),
    Example("tsutatsu ledger --missing", Words("足りないものだけを示す", "Only what is missing")),
    Example(
        "tsutatsu ledger . --text texts --write",
        Words("本文に合わせて台帳を下書きし、又は改める", "Draft or renew the ledgers from the texts"),
    ),
)
@option("--directive", metavar="NAME", ja="この通達だけ。", en="Only this directive.")
@option(
    "--missing", is_flag=True, ja="足りないものの指摘だけを示す。", en="Show only findings: what is missing or differs."
)
@option(
    "--text", "text", metavar="DIR", ja="本文（.txt）のあるフォルダー。", en="A folder that holds the texts (.txt)."
)
@option("--write", is_flag=True, ja="台帳を本文に合わせて書く（--text が要る）。", en="Write ledgers (needs --text).")
@json_option
@law_argument
def command_(
    folder: str | None, directive: str | None, *, missing: bool, text: str | None, write: bool, as_json: bool
) -> int:
    """Shows the accounts; 1 where any has a finding."""
    root = writable_root(folder, "ledger") if write else law_root(folder)
    texts = None if text is None else texts_in(text)
    if write:
        if texts is None:
            raise misuse("TS622", what="--text DIR", help="tsutatsu ledger --help")
        _write(root, texts, directive)
    reading = sound_law(root)
    assert reading.bundle is not None
    wanted = None if directive is None else named_directive(reading.bundle, directive)
    scenarios = reached(perform_of(Law(root, reading.bundle), wanted, engine="compiled"))
    accounts = accounts_of(reading, texts, text or "", scenarios)
    accounts = tuple(one for one in accounts if wanted is None or one.directive.id == wanted)
    findings = [each for one in accounts for each in one.findings]
    if texts is not None:
        findings += [*texts.findings, *(strangers(accounts, texts) if directive is None else ())]
    findings = list(placed(findings, root))
    wrong = any(one.severity is not Severity.ADVICE and one.code != "TS366" for one in findings)
    if as_json:
        put_json(
            {
                "clean": not wrong,
                "findings": [one.to_dict() for one in findings],
                "directives": [account_to_dict(one) for one in accounts],
            }
        )
        return FINDINGS if wrong else CLEAN
    paper = out()
    if not missing:
        for one in accounts:
            _account(paper, one)
    show_findings(paper, findings)
    if findings:
        paper.put()
        summary(paper, findings)
    _closing(paper, accounts, verified=texts is not None, wrong=wrong)
    return FINDINGS if wrong else CLEAN


def account_to_dict(one: Account) -> dict[str, object]:
    """An account as JSON carries it; passages only where the text is at hand."""
    head = one.directive.header
    entries = one.ledger.entries if one.ledger is not None else ()
    return {
        "id": one.directive.id,
        "title": {"ja": head.title.ja, "en": head.title.say("en")},
        "issued": one.directive.issued.isoformat(),
        "entries": [
            {
                "provision": each.path,
                "sentence": each.number,
                "role": each.role.value,
                "treatment": each.treatment.value,
                "carried_by": list(each.carriers),
                "recheck": each.recheck,
                "scenarios": len(one.proving(each)),
                "digest": each.digest,
                "passage": one.passage(each),
            }
            for each in entries
        ],
        "norms": [
            {"id": norm.id, "provision": norm.provision, "scenarios": len(one.scenarios.get(norm.id, ()))}
            for norm in one.directive.norms
        ],
    }


def _write(root: Path, texts: Texts, directive: str | None) -> None:
    from tsutatsu.coverage.accounts import renewals

    reading = sound_law(root)
    assert reading.bundle is not None
    wanted = None if directive is None else named_directive(reading.bundle, directive)
    for one in renewals(reading, texts):
        if wanted is None or one.directive.id == wanted:
            place = reading.bundle.folder(one.directive.id, one.directive.issued) / "ledger.yaml"
            _put(place, one.text)
            shown = place.as_posix()
            told = say(f"{shown} を書いた。", f"Wrote {shown}.")
            if one.reworded or one.added or one.removed:
                told += say(
                    f"改められた文 {one.reworded}、新しい文 {one.added}、なくなった文 {one.removed}。"
                    "前の二つには要確認の印を付けた。",
                    f" Passages reworded: {one.reworded}; new: {one.added}; gone: {one.removed}. "
                    "The first two are marked 要確認.",
                )
            err().put(told, style="quiet")


def _put(place: Path, text: str) -> None:
    from tsutatsu.sealing.writing import write_over

    try:
        write_over(place, text.encode())
    except OSError as error:
        raise unwritable(place, error) from None


def _account(paper: Paper, one: Account) -> None:
    head = one.directive.header
    paper.put(say(head.title.ja, head.title.say("en")), style="head")
    path = ""
    for entry in one.ledger.entries if one.ledger is not None else ():
        if entry.path != path:
            paper.put(entry.path, indent=2, style="code")
            path = entry.path
        _entry(paper, one, entry)
    paper.put()


def _entry(paper: Paper, account: Account, entry: Entry) -> None:
    mark = f"〔{entry.role.value}{entry.number or ''}〕"
    said = entry.treatment.value
    if entry.carriers:
        said += ": " + "、".join(entry.carriers)
        proving = len(account.proving(entry))
        if entry.treatment is Treatment.NORM:
            said += say(f"（シナリオ {proving}）", f" (scenarios: {proving})")
    if entry.recheck:
        said += say("［要確認］", " [to be looked at again]")
    if entry.waiver is not None:
        one = entry.waiver
        said += f": {one.post} {one.person} {one.day or ''} {one.reason}"
    paper.entry(mark, said, indent=4, column=18)
    passage = account.passage(entry)
    if passage is not None:
        paper.put(" ".join(passage.split()), indent=18, style="quiet")


def _closing(paper: Paper, accounts: Sequence[Account], *, verified: bool, wrong: bool) -> None:
    entries = sum(len(one.ledger.entries) for one in accounts if one.ledger is not None)
    norms = sum(len(one.directive.norms) for one in accounts)
    held = sum(1 for one in accounts if one.document is not None)
    if wrong:
        return
    paper.put(
        say(
            f"通達 {len(accounts)}、文 {entries}、規範 {norms}: 欠けはない。",
            f"Directives: {len(accounts)}; passages: {entries}; norms: {norms}. Nothing is missing.",
        ),
        style="good",
    )
    told = (
        say(f"指紋は {held} の通達の本文と合う。", f"Fingerprints agree with the texts of {held} directives.")
        if verified
        else say("指紋は確かめていない（--text で確かめる）。", "Fingerprints were not verified (--text does).")
    )
    paper.put(told, style="quiet")
