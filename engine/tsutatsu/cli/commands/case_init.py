"""``tsutatsu case init``: a store of cases, and the key that signs its trail."""

from pathlib import Path

from tsutatsu.cli.casework import as_typed, db_option, key_of, key_option, place_of
from tsutatsu.cli.frame import Example, command, json_option
from tsutatsu.cli.language import say
from tsutatsu.cli.leaving import CLEAN
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.words import Words


@command(
    "case init",
    Words(
        "事案の置き場と、記録に署名する鍵（Ed25519）を作る。鍵は持ち主だけが読めるファイルになり、公開鍵は同じ名に "
        ".pub を付け"
        "たファイルになる。既にあるものには触れない。",
        "Makes a store of cases, and the key (Ed25519) that signs its records: a file that only its owner reads, with "
        "the public key beside it (.pub). Nothing that is there is touched.",
    ),
    Example(
        "tsutatsu case init --db cases.sqlite --key keys/audit",
        Words("SQLite の置き場と鍵を作る", "Make a SQLite store and a key"),
    ),
)
@db_option
@key_option
@json_option
def command_(db: str | None, key: str | None, as_json: bool) -> int:
    """Makes both."""
    from tsutatsu.bundle import Bundle
    from tsutatsu.cases.audit.keys import PUBLIC, new_key, read_signer
    from tsutatsu.cases.ground import Grounds
    from tsutatsu.cases.store.connecting import refuse_taken, shown_place
    from tsutatsu.cases.store.store import Store

    place, path = place_of(db), key_of(key)
    try:
        made = not path.exists()
        if made:
            refuse_taken(place)  # a new key would be none of its own
        signer = new_key(path) if made else read_signer(path)
        Store.new(place, Grounds(Bundle.of(()), ()), signer).close()
    except Refused as refused:
        raise as_typed(refused) from None
    public = Path(f"{path}{PUBLIC}")
    if as_json:
        put_json({"db": shown_place(place), "key": str(path), "public": str(public), "new_key": made})
        return CLEAN
    paper = out()
    paper.put(say(f"置き場: {shown_place(place)}", f"Store: {shown_place(place)}"), style="good")
    paper.put(
        say(
            f"鍵: {path}（{'作った' if made else '前からあるもの'}）",
            f"Key: {path} ({'made' if made else 'there before'})",
        ),
        style="good",
    )
    paper.put(
        say(
            f"公開鍵: {public}。確かめる者に渡す。鍵そのものは渡さない。",
            f"Public key: {public}. Give this one to whoever verifies; never the key itself.",
        )
    )
    return CLEAN
