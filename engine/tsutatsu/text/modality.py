"""What a sentence asks, told by how it ends: 義務, 禁止, 許可, 努力 …; and the word that says how soon."""

import re
from typing import Final

_TAIL: Final = r"(?:(?:よう|ように)?(?:する)?(?:もの|こと)(?:とする)?|(?:し)?なければならない|られたい|されたい)?$"
_SHAPES: Final = tuple(
    (re.compile(shape), force)
    for shape, force in (
        (r"[てで]はならない$|[てで]はいけない$|こと[はが]でき(?:ない|ません)(?:ものとする)?$", "禁止"),
        (r"(?<![がも])ない(?:もの|こと)(?:とする)?$", "禁止"),
        (rf"努め(?:る|なければならない)?{_TAIL}", "努力"),
        (rf"(?:配慮|配意|留意|注意)(?:し|する|を払う)?{_TAIL}", "配慮"),
        (rf"充て(?:る)?{_TAIL}", "充て職"),
        (rf"(?:判断に委ね|委ね)(?:る)?{_TAIL}", "裁量"),
        (rf"(?:ことができる|可能とする|も可とする|(?:差し支え|妨げ)(?:は|が)?ない){_TAIL}", "許可"),
        (rf"を(?:置く|設置する|設ける|設置){_TAIL}", "設置"),
        (r"事項を定める(?:もの|こと)とする$|を目的とする(?:もの)?$|廃止する(?:もの|こと)?(?:とする)?$", ""),
        (r"意義は、.*による$", ""),
        (r"(?:定め|例)(?:るところ)?による$", "義務"),
        (r"必要(?:が|で)ある$", "努力"),
        (r"(?:なければならない|ねばならない|ものとする|こととする|[れ]たい|取り組まれない)$", "義務"),
        (r"(?<!に関する)こと$", "義務"),
    )
)
_STATED: Final = re.compile(r"(?<!でき)(?<![いあなよ])[うくぐすつぬぶむる]$")
"""A deed told in the plain form (行う); not what is so (である, している), becomes or follows (なる, による)."""
_SOON: Final = re.compile(
    r"速やか|直ちに|遅滞なく|早急に|[0-9０-９一二三四五六七八九十]{1,3}(?:日|か月|箇月|月|週間|時間|年)以内"
)


def force_of(text: str, *, numbered: bool) -> str:
    """The force that the sentence's ending calls for; empty where it calls for none.

    ``numbered`` says that it stands in a numbered provision, where a deed in the plain form is a duty.
    """
    end = "".join(text.split()).rstrip("。」』")[-60:]
    for shape, force in _SHAPES:
        if shape.search(end):
            return force
    return "義務" if numbered and _STATED.search(end) and text.rstrip().endswith("。") else ""


def time_word(text: str) -> str:
    """The first word that says how soon (速やか, 三日以内); empty where none does."""
    found = _SOON.search(text)
    return found[0] if found else ""
