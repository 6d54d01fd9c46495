"""TS884–TS889: what a store of cases meets while it runs."""

from typing import Final

from tsutatsu.diagnostics.finding import Code
from tsutatsu.diagnostics.page import explained

_AGAIN: Final = "同じ --once で命令を繰り返せば、前に受け付けられていても一度だけ行われる。"
_AGAIN_EN: Final = (
    "Repeat the command under the same --once: it then happens once, also where it had been taken before."
)

CODES: tuple[Code, ...] = (
    explained(
        "TS884",
        "clocks-differ",
        "この機械の時計（{here}）と置き場の時計（{there}）が合わない。",
        "The clock of this machine ({here}) and that of the store ({there}) do not agree.",
        "時計を合わせる（NTP）。違う時刻で動かすつもりなら --at で示す。何も書かれていない。",
        "Set the clock right (NTP), or give another moment on purpose with --at. Nothing was written.",
        why_ja="時計の進んだ機械が動かせば、まだ来ない期限が過ぎたことになり、消してはならないものが消える。",
        why_en="A worker whose clock is ahead would let run out what has not, and erase what must not be erased.",
        bad="（時計が一日進んだ機械で）tsutatsu clock",
        good="tsutatsu clock --at 2025-06-02T22:15",
    ),
    explained(
        "TS885",
        "store-link-cut",
        "置き場「{place}」とのつながりが、途中で切れた: {why}",
        "The link with the store “{place}” was cut on the way: {why_en}",
        "つながりを直す。" + _AGAIN,
        "Mend the link. " + _AGAIN_EN,
        why_ja="受け付けたという返事が届く前に切れた命令は、行われたとも行われなかったともいえない。--once の鍵がそれを分ける。",
        why_en="Of a command whose answer did not arrive nobody can say whether it was taken; the key of --once tells.",
        bad="tsutatsu case do K1 提供する --as 佐藤",
        good="tsutatsu case do K1 提供する --as 佐藤 --once 提供-K1",
    ),
    explained(
        "TS886",
        "store-busy",
        "置き場「{place}」を、ほかの者が使い続けている: {why}",
        "Others keep the store “{place}” occupied: {why_en}",
        "しばらくして繰り返す。" + _AGAIN,
        "Try again in a while. " + _AGAIN_EN,
        why_ja="書く者は順番を待つ。待つ時間には限りがあり、順番の来なかった命令は何も残さない。",
        why_en="Writers wait for their turn, but not for ever; a command whose turn did not come leaves nothing.",
        bad="（ほかの道具が取引を開いたままにしている）",
        good="（その道具を閉じる）",
    ),
    explained(
        "TS887",
        "store-cannot-write",
        "置き場「{place}」に書けない: {why}",
        "The store “{place}” cannot be written: {why_en}",
        "ディスクの空きと割当て、ディスクの故障の有無を確かめる。" + _AGAIN,
        "See whether the disk is full, over its quota, or failing. " + _AGAIN_EN,
        why_ja="書き切れなかった命令は、全部がなかったことになる。途中まで残ることはない。",
        why_en="A command that could not be written to its end has not been at all; no part of it stays.",
        bad="（空きが 0）",
        good="（空きを作ってから繰り返す）",
    ),
    explained(
        "TS888",
        "store-damaged",
        "置き場「{place}」は壊れている: {why}",
        "The store “{place}” is damaged: {why_en}",
        "この置き場にはもう書かず、複写を取ってから、控えから戻し（`tsutatsu case restore`）、`tsutatsu audit verify` で確かめる。",
        "Write no more to it; copy it, restore a backup (`tsutatsu case restore`), and verify that (`tsutatsu audit verify`).",
        why_ja="壊れた行を推し量って読むことはない。",
        why_en="Damaged rows are never guessed at.",
        bad="tsutatsu case do K1 提供する --db 壊れた.sqlite",
        good="tsutatsu case restore 控え.jsonl --db new.sqlite",
    ),
    explained(
        "TS889",
        "store-read-only",
        "置き場「{place}」は読むことしかできない: {why}",
        "The store “{place}” can only be read: {why_en}",
        "ファイルとフォルダーの権限（PostgreSQL では利用者の権限、予備機でないこと）を確かめる。何も書かれていない。",
        "Check the rights to the file and its folder (on PostgreSQL, the user's, and that it is no standby). Nothing was written.",
        why_ja="一覧や表示は、読めれば足りる。命令と時計は書くことを要する。",
        why_en="Lists and displays need only to read; commands and the clock need to write.",
        bad="chmod 444 cases.sqlite",
        good="chmod 640 cases.sqlite",
    ),
)
