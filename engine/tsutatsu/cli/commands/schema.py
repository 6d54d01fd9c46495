"""``tsutatsu schema``: the JSON Schemas of policy files, of answers and of receipts."""

from typing import Any, Final

from tsutatsu.cli.frame import Example, argument, command, law_argument, option
from tsutatsu.cli.language import help_of, misuse, say, unwritable
from tsutatsu.cli.law import is_law, named_directive, open_law, writable_root
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import err, out, put_json
from tsutatsu.cli.rendering import show_finding
from tsutatsu.diagnostics import finding, near_blanks
from tsutatsu.source import Source
from tsutatsu.words import Words

_OWN: Final = ("directive", "vocabulary", "norms", "judgements", "readings", "workflow", "document")
"""Files that a directive has for itself: their schemas complete its vocabulary."""


@command(
    "schema",
    Words(
        "方針のファイルの種類（directive、vocabulary、norms、judgements、readings、workflow、local、posts、ranks、holidays）、また"
        "は facts（事実）、answer（回答）、receipt（受領証）の JSON Schema を出す。通達が決まるときは、その用語と選択肢"
        "まで補完できる。--write は、フォルダーの .vscode に一"
        "式を書く。既にある設定は、yaml.schemas だけを書き換える。",
        "Prints the JSON Schema of a kind of policy file (directive, vocabulary, norms, judgements, readings, "
        "workflow, local, posts, ranks, holidays), of facts, answers or receipts. Where the directive is "
        "known it completes its terms and options. --write puts the whole set into the folder's .vscode; of settings "
        "that stand already only yaml.schemas is rewritten.",
    ),
    Example(
        "tsutatsu schema norms --directive junkai-renraku",
        Words("規範ファイルの JSON Schema", "The JSON Schema of norm files"),
    ),
    Example(
        "tsutatsu schema answer --check answer.json",
        Words("JSON の文書を JSON Schema に照らす", "Hold a JSON document against the schema"),
    ),
    Example(
        "tsutatsu schema --write .",
        Words("用語を足した後、エディターの補完を作り直す", "Renew the editor's completion after adding terms"),
    ),
)
@argument(
    "kind",
    ja="種類。書かなければ一覧。",
    en="The kind; the list where none is given.",
    metavar="[KIND]",
    required=False,
)
@option("--directive", metavar="NAME", ja="どの通達の語彙を補完するか。", en="Whose vocabulary to complete.")
@option("--judgement", metavar="NAME", ja="facts のとき、どの判断の事実か。", en="For facts: of which judgement.")
@option(
    "--check",
    "checked",
    metavar="FILE",
    ja="JSON の FILE を、その種類の JSON Schema に照らす。",
    en="Hold the JSON FILE against the schema of that kind.",
)
@option(
    "--write",
    is_flag=True,
    ja="エディターの設定と JSON Schema を DIR に書く。",
    en="Write editor settings and JSON Schemas into DIR.",
)
@law_argument
def command_(
    *,
    kind: str | None,
    folder: str | None,
    directive: str | None,
    judgement: str | None,
    checked: str | None,
    write: bool,
) -> int:
    """Prints one schema, holds a document against it, or writes the set."""
    if kind is not None and folder is None and kind not in _KINDS and is_law(kind):
        kind, folder = None, kind
    if write:
        _write(folder)
    elif kind is None:
        out().rows([(name, say(ja, en)) for name, (ja, en) in _KINDS.items()], indent=0, style="code")
    elif kind not in _KINDS:
        raise misuse("TS623", what="KIND", value=kind, known=", ".join(_KINDS), **near_blanks(kind, list(_KINDS)))
    elif checked is not None:
        return _check(checked, schema(kind, folder, directive, judgement))
    else:
        put_json(schema(kind, folder, directive, judgement))
    return CLEAN


def _check(file: str, against: dict[str, Any]) -> int:
    """Tells what of a JSON document does not fit."""
    from tsutatsu.cli.fitting import misfits
    from tsutatsu.cli.submitted import decoded, parse_json, read_bytes

    found = misfits(parse_json(decoded(read_bytes(file), file), file), against, file)
    for one in found:
        show_finding(err(), one)
    if not found:
        out().put(say(f"{file} は合っている。", f"{file} fits."), style="good")
    return FINDINGS if found else CLEAN


_KINDS: Final = {
    "directive": ("通達の題、発出、有効期間など", "the header: title, issue, period of effect"),
    "vocabulary": ("用語、語、時計", "terms, concepts, clocks"),
    "norms": ("規範", "norms"),
    "judgements": ("判断", "judgements"),
    "readings": ("解釈の分かれ", "open readings"),
    "workflow": ("手続（workflows/<通達>/<発出日>/*.yaml）", "workflows: how cases of one kind run"),
    "document": ("文書（templates/forms/<通達>/<発出日>/*.yaml）", "documents: forms, letters, reports, rosters"),
    "local": ("組織の定め（policy/local/<組織>/local.yaml）", "a force's own provisions"),
    "posts": ("職の一覧", "posts"),
    "ranks": ("階級の一覧", "ranks"),
    "holidays": ("休日の一覧", "holidays"),
    "facts": ("判断に渡す事実（--judgement で判断を選ぶ）", "facts submitted to a judgement (--judgement names it)"),
    "answer": ("judge --json の回答", "answers of judge --json"),
    "receipt": ("受領証", "receipts"),
}


def _facts(folder: str | None, judgement: str | None) -> dict[str, Any]:
    from tsutatsu.cli.asking import judge_named, manner
    from tsutatsu.judging.needed import facts_schema, needed

    if judgement is None:
        raise misuse("TS622", what="--judgement NAME", help=help_of("schema"))
    judge = judge_named(open_law(folder), judgement, manner())
    asked = judge.law.judgement
    return facts_schema(asked.words, needed(judge.directive, asked))


def _answer() -> dict[str, Any]:
    """The schema of an answer, which may say where in a table its facts stood."""
    from tsutatsu.judging.record import AnswerRecord, answer_schema

    whole = answer_schema()
    words = "Where the facts stood, on a line of JSON Lines: file and line, or file and number."
    whole["$defs"][AnswerRecord.__name__]["properties"]["place"] = {"type": "string", "description": words}
    return whole


def schema(kind: str, folder: str | None, directive: str | None, judgement: str | None) -> dict[str, Any]:
    """The JSON Schema of ``kind``."""
    if kind == "facts":
        return _facts(folder, judgement)
    if kind == "answer":
        return _answer()
    if kind == "receipt":
        from tsutatsu.judging.plain import schema_of
        from tsutatsu.judging.receipt import Receipt

        return schema_of(Receipt, "tsutatsu receipt")
    from tsutatsu.syntax.schema import file_schema

    if kind not in _OWN:
        return file_schema(kind)
    bundle = open_law(folder)
    if directive is None and len(bundle.ids) != 1:
        return file_schema(kind)  # of several directives none is meant more than another
    from tsutatsu.passes.offer_words import offer_words

    return file_schema(kind, offer_words(bundle.versions(named_directive(bundle, directive or bundle.ids[0]))[-1]))


def _write(folder: str | None) -> None:
    root = writable_root(folder, "schema")
    from tsutatsu.cli.editor import SETTINGS, write_editor_files

    try:
        written = write_editor_files(open_law(folder), root)
    except OSError as error:
        raise unwritable(folder, error) from None
    paper = out()
    paper.put(say(f"{len(written.files)} 個のファイルを書いた。", f"Wrote {len(written.files)} files."), style="good")
    if written.unmerged is not None:
        show_finding(err(), finding("TS644", Source((root / SETTINGS).as_posix()), path=SETTINGS))
        put_json({"yaml.schemas": written.unmerged})
    elif SETTINGS not in written.files:
        paper.put(
            say(f"{SETTINGS} の yaml.schemas は今のままでよい。", f"yaml.schemas in {SETTINGS} is right as it is.")
        )
