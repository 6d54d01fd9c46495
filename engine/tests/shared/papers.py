"""Cases of the shipped law from which documents are made: requests for footage, a viewing, liaisons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Done, Grounds, Holding, Store
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.case import Body, Deed, Entry
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer
from tsutatsu.documents.filling import Record, record_of
from tsutatsu.documents.nodes import Document
from tsutatsu.documents.reading import Documents, read_documents
from tsutatsu.ir import Directive

ASKER = Actor("yamada", "山田 太郎", (Holding("係員", "見本警察署地域課"),))
MANAGER = Actor("sato", "佐藤 花子", (Holding("運用管理者", "見本警察署"),))
CHIEF = Actor("suzuki", "髙﨑 𠮷郎", (Holding("運用主任者", "見本警察署地域課"),))
CLERK = Actor("tanaka", "田中 次郎", (Holding("地域課員", "見本警察署地域課"),))
PEOPLE = (ASKER, MANAGER, CHIEF, CLERK)

LAW = Bundle.default()
DOCUMENTS: Documents = read_documents(LAW.root, LAW)

WHOLE = {
    "利用目的": "証拠の保全",
    "現に起きた犯罪又は事故": True,
    "法令に基づく場合": False,
    "提出の時間帯": "通常の時間帯",
    "依頼書の提出先": "運用管理者",
    "職員による提出": True,
    "依頼書の日付の記載": True,
    "依頼書の宛名の記載": True,
    "事案概要の記載": True,
    "事案取扱日時の記載": True,
    "カメラ装着警察官の記載": True,
    "依頼内容のチェック": "両方",
    "事後的な確認のチェック": False,
    "適正な活動の確保のチェック": False,
    "利用目的の括弧内の記載": False,
    "証拠の保全のチェック": True,
    "依頼者の記載": True,
}
"""What is said of a request form on which nothing is wanting."""
PROVIDED = {
    "提供するもの": "画像と外部記録媒体",
    "提供を受ける者": "yamada",
    "確認資料としての見込み": False,
    "教養等の資料としての見込み": False,
    "証拠としての見込み": True,
    "その他の資料としての見込み": False,
    "関係法令等に基づく適切な取扱い": True,
}
HANDED_IN = datetime(2025, 8, 1, 10, 0)


def new_store(place: Path, signer: Signer | None = None) -> Store:
    """A store for cases of the shipped law, with its people."""
    made = Store.new(place, Grounds(LAW, LAW.workflows, engine="compiled"), signer)
    made.enrol(PEOPLE)
    return made


def done(came: object) -> Done:
    """What came of an event that went through."""
    assert isinstance(came, Done), came
    return came


def requested(store: Store, name: str = "P1", said: Mapping[str, object] | None = None) -> str:
    """A request that was handed in on 1 August 2025."""
    store.start("wearable-camera/provision", ASKER, datetime(2025, 7, 31, 9, 0), name=name)
    done(store.do(name, "submit", ASKER, WHOLE | dict(said or {}), HANDED_IN))
    return name


def liaison(store: Store, name: str, person: Actor) -> str:
    """A liaison who was found, asked, agreed and was put on the list, on 1 August 2025."""
    store.enrol([person])
    store.start("anzen-network/liaison", CLERK, datetime(2025, 8, 1, 9, 0), name=name)
    for hour, (event, who, said) in enumerate(
        (
            ("find", CLERK, {"候補者": person.id, "職員の所属": "署の地域課"}),
            ("ask", CLERK, {"依頼の相手": "地域の実情に詳しい者", "働きかけの仕方": "断れることを前提とした依頼"}),
            ("agree", person, {}),
            (
                "list",
                CLERK,
                {"一覧表を扱う者の所属": "署の地域課", "連絡員の氏名": person.name, "兼任する立場": "兼任しない"},
            ),
        ),
        10,
    ):
        done(store.do(name, event, who, said, datetime(2025, 8, 1, hour, 0)))
    return name


def document(name: str) -> Document:
    """A shipped document."""
    return DOCUMENTS.named(name)


def law_of(one: Document) -> Directive:
    """The issue that a document belongs to."""
    return next(law for law in LAW.versions(one.directive) if law.issued == one.issued)


def record(store: Store, case: str, name: str, entry: int | None = None) -> Record:
    """The record of a case as a document reads it."""
    found = store.case(case)
    ground = store.ground(found)
    return record_of(DOCUMENTS.named(name, ground.workflow), lambda at: store.ground(found, at), found, entry)


GROUND = next(
    Ground(LAW.law_of(one), one) for one in LAW.workflows if (one.directive, one.id) == ("wearable-camera", "provision")
)


def made_of(facts: dict) -> Record:
    """A request whose record has these facts, whether or not a workflow would have let them in."""
    pin = GROUND.pin()
    doer = Doer("yamada", "山田 太郎", "係員", "地域課")
    opening = Entry("P1", 1, Deed.OPENED, HANDED_IN, "", "draft", pin=pin, body=Body(doer, {}, {}))
    event = Entry("P1", 2, Deed.EVENT, HANDED_IN, "draft", "submitted", "submit", body=Body(doer, facts, {}))
    return Record(GROUND, (opening, event), event)
