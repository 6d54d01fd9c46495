"""``tsutatsu seal``: a released revision, kept for good."""

from tsutatsu.cli.days import day_given, today
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import say, told, unwritable
from tsutatsu.cli.law import named_directive, open_law, placed
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.sealing import digest_of, seal
from tsutatsu.words import Words


@command(
    "seal",
    Words(
        "通達の今の符号化を、決まった形の JSON で policy/…/sealed/ に残す。同じ改訂を別の内容で上書きすることはできな"
        "い。受領証の確認（verify）と、"
        "過去の時点での判断（judge --known）は、封印された改訂を使う。",
        "Keeps the present encoding of a directive as canonical JSON in policy/…/sealed/. The same revision can "
        "never be sealed with another "
        "content. verify and judge --known use sealed revisions.",
    ),
    Example(
        "tsutatsu seal bicycle-lending .", Words("今いるフォルダーの通達を封印する", "Seal a directive of this folder")
    ),
)
@argument("directive", ja="通達の識別子か題名。", en="A directive's id or title.", metavar="DIRECTIVE")
@option(
    "--on",
    metavar="DATE",
    ja="どの日に効力のある版か（既定は今日）。",
    en="By the issue in force on that day (today where none is given).",
)
@json_option
@argument(
    "folder",
    ja="policy を含むフォルダー（必ず書く）。",
    en="The folder that holds policy/ (it must be named).",
    metavar="DIR",
)
def command_(directive: str, folder: str, on: str | None, as_json: bool) -> None:
    """Seals the directive's current encoding."""
    bundle = open_law(folder)
    one = bundle.encoding(bundle.at(named_directive(bundle, directive), day_given(on, "--on") or today()))
    issued = one.header.issued.day
    assert issued is not None
    before = set(bundle.folder(one.id, issued).glob("sealed/*.json"))
    try:
        file = seal(one, bundle.folder(one.id, issued))
    except Refused as refused:
        raise Refused(placed(refused.findings, bundle.root)) from None
    except OSError as error:
        raise unwritable(bundle.root, error) from None
    new = file not in before
    if as_json:
        put_json(
            {
                "file": str(file),
                "directive": one.id,
                "issued": issued.isoformat(),
                "revision": one.revision.number,
                "digest": digest_of(one),
                "new": new,
            }
        )
        return
    paper = out()
    name = f"{told(one.header.title)} {say(f'改訂{one.revision.number}', f'revision {one.revision.number}')}"
    paper.put(
        say(f"封印した: {name}", f"Sealed: {name}")
        if new
        else say(f"すでに封印されている: {name}", f"Sealed already: {name}"),
        style="good",
    )
    paper.put(str(file), indent=2)
    paper.put(digest_of(one), indent=2, style="quiet")
