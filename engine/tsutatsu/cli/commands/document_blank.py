"""``tsutatsu document blank``: a form with nothing in it, to be filled in by hand."""

from tsutatsu.cli.documents import document_named, documents_in, law_of, out_option, put_document
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument
from tsutatsu.words import Words


@command(
    "document blank",
    Words(
        "文書の白紙を作る。印刷して手で書き入れる。HTML はそれだけで開き、PDF には日本語の字体を埋め込む。",
        "Makes the document with nothing in it, to be printed and filled in by hand. HTML opens on its own; a PDF "
        "carries its Japanese font.",
    ),
    Example(
        "tsutatsu document blank 映像ファイル提供依頼書 --out 依頼書.pdf", Words("依頼書の白紙", "A blank request form")
    ),
)
@argument("name", ja="文書の名か識別子。", en="The document, by name or id.", metavar="NAME")
@out_option
@json_option
@law_argument
def command_(name: str, folder: str | None, out: str | None, as_json: bool) -> int:
    """Makes it."""
    from tsutatsu.documents.filling import blank

    bundle, documents = documents_in(folder)
    document = document_named(documents, name)
    return put_document(blank(document, law_of(bundle, document)), document, out, as_json=as_json)
