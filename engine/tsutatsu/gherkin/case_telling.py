"""A case in a compact block, beneath a step that failed: which, when, how it stands, and what was refused."""

from tsutatsu.backends.prose import tell_day, tell_fact
from tsutatsu.cases.case import DutyStanding, Entry
from tsutatsu.cases.labels import STANDING_WORDS
from tsutatsu.gherkin.case_expecting import told_refusal
from tsutatsu.gherkin.docket import Docket
from tsutatsu.gherkin.talk import Talk
from tsutatsu.ir import Words


def tell_case(docket: Docket, talk: Talk, lang: str) -> list[str]:
    """The case that the failed step was about."""
    label = talk.current
    if label is None or label not in docket.cases:
        return []
    case, ground = docket.cases[label], docket.ground(label)
    state = ground.workflow.state[case.state].words
    rows: list[tuple[Words, list[str]]] = [
        (Words("手続", "workflow"), [f"{ground.workflow.words.say(lang)} [{label}]"]),
        (Words("状態", "state"), [state.say(lang)]),
        (Words("事実", "facts"), [tell_fact(term, case.facts, ground.directive, lang) for term in case.facts]),
        (
            Words("義務", "duties"),
            [
                f"{one.key.norm}: {STANDING_WORDS[one.standing].say(lang)}"
                for one in case.duties
                if one.standing is not DutyStanding.DROPPED
            ],
        ),
    ]
    if docket.now is not None:
        at = f"{tell_day(docket.now.date(), lang)} {docket.now.time().isoformat('minutes')}"
        rows.insert(1, (Words("時", "now"), [at]))
    if docket.came is not None and not isinstance(docket.came, Entry):
        rows.append((Words("拒まれた", "refused"), [told_refusal(docket.came).say(lang)]))
    lines: list[str] = []
    for head, told in rows:
        for at_, line in enumerate(told):
            lines.append(f"  {_padded(head.say(lang) if at_ == 0 else '')}{line}")
    return lines


def _padded(head: str) -> str:
    return head + " " * (10 - sum(2 if ord(ch) > 0x2E80 else 1 for ch in head))
