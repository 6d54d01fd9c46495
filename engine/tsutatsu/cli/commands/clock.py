"""``tsutatsu clock``: what is due is done, and messages are sent."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.cli.casework import at_option, db_option, entry_json, entry_words, key_option, run_on
from tsutatsu.cli.days import moment_given, now, told_moment
from tsutatsu.cli.frame import Example, command, json_option, option
from tsutatsu.cli.language import misuse, say, told
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases import Entry


@command(
    "clock",
    Words(
        "期限の来たことを起こす。期日の事象、期限を過ぎた義務の違反、機械ができるようになったことを、いくつの場所で"
        "同時に動かし"
        "ても一度だけ記録する。終われば戻るので、cron などから繰り返し呼ぶ。--until は、その時まで時間が過ぎたもの"
        "として一つずつ"
        "起こす（試しのため）。知らせはファイルかコマンドに送り、送れたと分かるまで残す。",
        "Does what is due: timers, breaches of duties whose time has run out, and what the machine can now do, "
        "each once "
        "however many workers run. It returns when done: call it again and again, from cron say. --until does one "
        "thing "
        "after another as if time had passed until then (for trials). Messages go to a file or a command, and are kept "
        "until they are known to have arrived.",
    ),
    Example(
        "tsutatsu clock --db cases.sqlite --key keys/audit --outbox-file 知らせ.jsonl",
        Words("期限の来たことを起こし、知らせを送る", "Do what is due, send the messages"),
    ),
    Example(
        "tsutatsu clock --at 2025-08-01 --until 2025-09-30 --db trial.sqlite --key keys/audit",
        Words("先の日まで進めてみる", "Run ahead, for a trial"),
    ),
)
@option("--until", metavar="MOMENT", ja="この時まで過ぎたものとする。", en="As if time had passed until then.")
@option(
    "--outbox-file",
    metavar="FILE",
    ja="知らせを一行ずつ書き足すファイル。",
    en="A file to which messages are added, a line each.",
)
@option(
    "--outbox-command",
    metavar="COMMAND",
    ja="知らせを標準入力に受け取るコマンド（シェルは通さない。要るなら sh -c で書く）。",
    en="A command that gets each message on standard input (no shell; write sh -c where one is needed).",
)
@at_option
@db_option
@key_option
@json_option
def command_(
    *,
    until: str | None,
    outbox_file: str | None,
    outbox_command: str | None,
    at: str | None,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Does what is due."""
    from tsutatsu.cases.clockwork import fire, run_ahead
    from tsutatsu.cases.moments import at_tokyo
    from tsutatsu.cases.outbox import CommandSink, FileSink, Sink, deliver
    from tsutatsu.cases.store.store import Store

    moment, end = moment_given(at, "--at") or now(), moment_given(until, "--until")
    if end is not None and at_tokyo(end) < at_tokyo(moment):
        raise misuse("TS880", until=told_moment(end), at=told_moment(moment))
    sinks: list[Sink] = []
    if outbox_file is not None and outbox_command is not None:
        raise misuse("TS642", what="--outbox-file, --outbox-command", paths=f"{outbox_file}、{outbox_command}")
    if outbox_file is not None:
        sinks.append(FileSink(Path(outbox_file)))
    if outbox_command is not None:
        sinks.append(CommandSink(_words(outbox_command)))

    def run(store: Store) -> None:
        paper, count = out(), 0
        listed: list[dict[str, object]] = []
        for fired in fire(store, moment) if end is None else run_ahead(store, moment, end):
            for one in fired.entries:
                count += 1
                if as_json:
                    listed.append(entry_json(one))
                else:
                    show(paper, store, one)
        store.seal(moment)  # what those without the key have left
        sent = sum(deliver(store, sink, now) for sink in sinks)
        if as_json:
            put_json({"entries": listed, "sent": sent})
            return
        paper.put(
            say(f"起きたこと {count} 件、送った知らせ {sent} 件。", f"{count} entries, {sent} messages sent."),
            style="quiet",
        )

    def show(paper: Paper, store: Store, one: "Entry") -> None:
        ground = store.ground(store.case(one.case))
        state = told(ground.workflow.state[one.target].words)
        paper.entry(one.case, f"{told_moment(one.at)} {told(entry_words(one, ground))} → {state}", style="code")

    return run_on(db, run, key=key, writes=True, clock=moment if at is None and until is None else None)


def _words(line: str) -> list[str]:
    """A command and its arguments; refused where there is none, or where a quotation does not end."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = []
    if not words:
        known = say("コマンド（引用符は閉じる）", "a command (quotations closed)")
        raise misuse("TS623", what="--outbox-command", value=line, known=known, near="", near_en="")
    return words
