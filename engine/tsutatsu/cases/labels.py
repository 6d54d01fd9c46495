"""The words for what happens to cases, and for how things stand in them."""

from collections.abc import Mapping
from typing import Final

from tsutatsu.cases.case import Deed, DutyStanding
from tsutatsu.cases.chances import Chance
from tsutatsu.words import Words

DEED_WORDS: Final[Mapping[Deed, Words]] = {
    Deed.OPENED: Words("開始", "opened"),
    Deed.EVENT: Words("事象", "event"),
    Deed.CORRECTED: Words("訂正", "corrected"),
    Deed.WITHDRAWN: Words("取消し", "withdrawn"),
    Deed.WAIVED: Words("義務の免除", "duty waived"),
    Deed.BREACHED: Words("期限の徒過", "duty breached"),
    Deed.ELAPSED: Words("日の経過", "time went by"),
    Deed.HELD: Words("期日の事象を起こせず", "timer held"),
    Deed.LINKED: Words("別件との結付け", "linked"),
    Deed.ERASED: Words("個人情報の消去", "personal data erased"),
    Deed.MOVED: Words("別の版への移行", "moved to another issue"),
}
STANDING_WORDS: Final[Mapping[DutyStanding, Words]] = {
    DutyStanding.OPEN: Words("未了", "open"),
    DutyStanding.MET: Words("履行", "met"),
    DutyStanding.BREACHED: Words("違反", "breached"),
    DutyStanding.WAIVED: Words("免除", "waived"),
    DutyStanding.DROPPED: Words("生じない", "no longer raised"),
}
CHANCE_WORDS: Final[Mapping[Chance, Words]] = {
    Chance.MAY: Words("できる", "may"),
    Chance.DEPENDS: Words("言う事実による", "depends on what is said"),
    Chance.MAY_NOT: Words("できない", "may not"),
}
