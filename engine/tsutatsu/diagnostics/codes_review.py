"""TS68x: pages for review."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = (
    Code(
        "TS680",
        "not-a-review-page",
        "「{path}」は review が書いたページでないので、上書きしない。どのページも書いていない。",
        "“{path}” is not a page that review wrote and is left as it is; no page was written.",
        "--out で別のフォルダーを指すか、そのファイルを移す。",
        "Name another folder with --out, or move the file away.",
        "review は、自分が前に書いたページだけを書き替える。ほかのファイル、フォルダー、シンボリックリンクには手を付けない。",
        "review replaces only pages of its own; other files, folders and symbolic links are left alone.",
    ),
)
