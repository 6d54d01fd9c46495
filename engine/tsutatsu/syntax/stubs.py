"""Commented drafts of norms: for each passage that calls for one, its provision and force, and gaps to be filled."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tsutatsu.syntax.emitting import scalar
from tsutatsu.text.drafting import Guess
from tsutatsu.text.ledger import Treatment
from tsutatsu.text.modality import time_word
from tsutatsu.text.nodes import Role

_LIFTED: Final = frozenset({"義務", "禁止"})
"""The forces that a ただし書 right after them may lift."""


@dataclass(slots=True)
class Draft:
    """A norm to be written: the passage it is drafted from; provisos that may lift it and items it lists join."""

    guess: Guess
    provision: str
    """The place to cite: the provision, with the role and number as far as it holds several sentences."""
    provisos: list["Draft"] = field(default_factory=list["Draft"])
    items: list[Guess] = field(default_factory=list[Guess])


def drafts_of(guesses: Sequence[Guess]) -> tuple[Draft, ...]:
    """The norms to be written for passages of one provision group, in the order of the text.

    A ただし書 joins the norm before it in its provision, and an item of a list the norm that announces it.
    """
    numbered = [one.passage for one in guesses if one.passage.number]
    paths = Counter(one.path for one in numbered)
    roles = Counter((one.path, one.role) for one in numbered)
    found: list[Draft] = []
    for one in guesses:
        if one.treatment is not Treatment.NORM:
            continue
        place = one.passage.path
        if paths[place] > 1:
            several = roles[place, one.passage.role] > 1
            place += f"/{one.passage.role.value}{one.passage.number if several else ''}"
        draft = Draft(one, place)
        last = found[-1] if found else None
        same = last is not None and last.guess.passage.path == one.passage.path
        if last is not None and same and one.passage.role is Role.PROVISO and last.guess.force in _LIFTED:
            last.provisos.append(draft)
        elif last is not None and not one.force and one.passage.path.startswith(f"{last.guess.passage.path}/"):
            last.items.append(one)
        else:
            found.append(draft)
    return tuple(found)


def norms_text(head: str, drafts: Sequence[Draft]) -> str:
    """A norms file in which every norm is a draft still commented out."""
    return "\n".join([*_head(head), "規範:", *(line for one in drafts for line in _lines(one))]) + "\n"


def _head(head: str) -> Iterator[str]:
    yield f"# {head}"
    yield "# 一つずつ、行頭の「# 」を外して埋める。要らない下書きは消し、その文の扱いを ledger.yaml で改める。"
    yield "# Take the leading “# ” off one draft at a time and fill it in; where it is no norm, delete it."


def _lines(draft: Draft) -> Iterator[str]:
    one = draft.guess.passage
    role = one.role.value if one.number < 2 else f"{one.role.value}{one.number}"
    yield f"  # ── {_shown(one.path)}〔{role}〕 {draft.guess.force or '力は決めて書く / its force is for you to say'}"
    if draft.items:
        shown = "、".join(item.passage.path.rpartition("/")[2] for item in draft.items)
        yield f"  # 各号 / items: {_shown(shown)}"
    for line in _keys(draft):
        yield f"  # {line}"


def _keys(draft: Draft) -> Iterator[str]:
    force = draft.guess.force
    yield "- id:"
    yield f"  条項: {scalar(draft.provision)}"
    yield f"  力: {force}".rstrip()
    if force == "許可":
        yield "  限る:   # ほかを閉ざすなら true、そうでなければ消す / true where it closes the rest, else delete"
    yield "  名宛:"
    yield "  場合:"
    if force == "禁止":
        yield "  行為:"
    elif force not in ("許可", "裁量"):
        yield "  要件:"
    if draft.provisos:
        yield "  ただし:"
    for proviso in draft.provisos:
        yield f"    - 条項: {scalar(proviso.provision)}"
        yield "      場合:"
        yield "      要約:"
    soon = time_word(draft.guess.passage.text) if force == "義務" else ""
    if soon:
        yield f"  期限:   # 「{soon}」: 後でする義務なら書き、でなければ消す / write it for a later duty, else delete"
    yield "  要約:   # 自分の言葉で / in your own words: {和: …, 英: …}"


def _shown(text: str) -> str:
    """Words fit for a comment."""
    return "".join(ch for ch in text if ch.isprintable())
