"""A made-up circular on lending bicycles, with its text and a whole ledger; and how a law is reviewed in a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsutatsu.bundle import read_bundle
from tsutatsu.cli.commands.init import starter
from tsutatsu.coverage.accounts import Account, accounts_of, read_texts, renewals
from tsutatsu.coverage.reaching import reached
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import perform
from tsutatsu.site import Review, review_of

ON = date(2026, 11, 20)
FOLDER = "bicycle-lending/2026-04-01"
PAGE = "bicycle-lending-2026-04-01.html"
TEXT = """\
                                        原議保存期間 3年（令和12年3月31日まで）
                                        有効期間 一種（令和11年3月31日まで）

各課長 殿
                                        架総発第12号
                                        令和8年4月1日
                                        架空市総務部長

          庁用自転車貸出要領

第1 この要領は、庁用自転車を職員が借りて使うときの手続を定めるものである。

第2 貸出し
 1 庁用自転車は、公務などのために借りることができる。
 2 職員は、庁用自転車を使う前に、管理者の承認を受けなければならない。
 3 庁用自転車は、日没の後に使用してはならない。ただし、防災訓練のときは、この限りでない。
 4 職員は、ヘルメットを着けるよう努めるものとする。
 5 職員は、使った日の翌日から三日以内に、庁用自転車を返さなければならない。
 6 職員は、荷台の限度より重い荷物を積んではならない。
"""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A law, and the account and the page of each issue in it."""

    law: Law
    accounts: tuple[Account, ...]
    reviews: tuple[Review, ...]


def review(root: Path, *, texts: bool = False, only: str = "") -> Reviewed:
    """The law in ``root`` reviewed, with the texts in its folder ``texts`` where they are wanted, or one directive."""
    reading = read_bundle(root)
    assert reading.bundle is not None, reading.findings
    law = Law(root, reading.bundle)
    performed = tuple(perform(law, root / "features" / only, engine="compiled"))
    accounts = accounts_of(reading, read_texts(root / "texts") if texts else None, "texts", reached(performed))
    wanted = tuple(one for one in accounts if only in ("", one.directive.id))
    return Reviewed(law, wanted, tuple(review_of(one, performed, law, ON) for one in wanted))


def lay_out(root: Path, text: str = TEXT) -> Path:
    """The circular in ``root``: policy, features, texts and a ledger that is whole."""
    for name, content in starter().items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (root / "texts").mkdir()
    (root / "texts" / "bicycles.txt").write_text(text, encoding="utf-8")
    (renewal,) = renewals(read_bundle(root), read_texts(root / "texts"))
    (root / "policy" / FOLDER / "ledger.yaml").write_text(renewal.text, encoding="utf-8")
    return root


def mangle(file: Path, old: str, new: str) -> None:
    """Replaces words of a file that must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
