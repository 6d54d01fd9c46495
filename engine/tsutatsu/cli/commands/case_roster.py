"""``tsutatsu case roster``: persons, their posts, and from when until when."""

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say
from tsutatsu.cli.paper import out, put_json
from tsutatsu.cli.submitted import decoded, read_bytes
from tsutatsu.words import Words


@command(
    "case roster",
    Words(
        "表（CSV）の見出しは「番号,氏名,職,所属,から,まで」か「id,name,post,unit,from,until」。一行に一人の一つの職"
        "を書く。表に"
        "ある人の職は、表のとおりに置き換わる。表にない人はそのまま残る。一行でも読めなければ、何も取り込まない。",
        "The table (CSV) is headed id,name,post,unit,from,until (or in Japanese), one post of one person to a "
        "line. Those "
        "named get exactly the posts in the table; the others stay as they are. If a line cannot be read, nothing is "
        "imported.",
    ),
    Example("tsutatsu case roster 名簿.csv --db cases.sqlite", Words("名簿を取り込む", "Import a roster")),
)
@argument("file", ja="表（CSV）。標準入力は -。", en="The table (CSV); - for standard input.", metavar="FILE")
@db_option
@json_option
def command_(file: str, db: str | None, as_json: bool) -> int:
    """Imports the roster."""
    from tsutatsu.cases.roster import read_roster
    from tsutatsu.cases.store.store import Store

    people = read_roster(decoded(read_bytes(file), file), file)

    def run(store: Store) -> None:
        store.enrol(people)
        posts = sum(len(one.holdings) for one in people)
        if as_json:
            put_json({"people": len(people), "posts": posts})
        else:
            said = say(
                f"取り込んだ: {len(people)} 人、{posts} の職。", f"Imported {len(people)} people, {posts} posts."
            )
            out().put(said, style="good")

    return run_on(db, run)
