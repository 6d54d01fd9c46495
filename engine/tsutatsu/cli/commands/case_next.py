"""``tsutatsu case next``: what may be done now, until when, and why not the rest."""

from typing import TYPE_CHECKING

from tsutatsu.cli.answers import cited
from tsutatsu.cli.casework import Acting, acting_options, both, db_option, key_option, refusal_json, run_on
from tsutatsu.cli.days import told_moment
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases import Refusal


@command(
    "case next",
    Words(
        "その人が今できること（○）、言う事実によってできること（△）、できないこと（×）を、期限と理由とともに並べる"
        "。先に、その"
        "時刻までに期限の来たことを記録する。",
        "What the person may do now (○), what depends on what he says (△), and what not (×), with deadlines and "
        "reasons. "
        "What has become due by that moment is recorded first.",
    ),
    Example(
        "tsutatsu case next K1 --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("今できることを見る", "See what can be done now"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@acting_options
@db_option
@key_option
@json_option
def command_(*, case: str, who: Acting, db: str | None, key: str | None, as_json: bool) -> int:
    """Lists the events."""
    from tsutatsu.cases import Chance, Why
    from tsutatsu.cases.store.store import Store

    marks = {Chance.MAY: ("○", "good"), Chance.DEPENDS: ("△", "care"), Chance.MAY_NOT: ("×", "quiet")}

    def run(store: Store) -> None:
        found = store.next(case, store.person(who.person), who.at)
        ground = store.ground(store.case(case))
        if as_json:
            put_json(
                {
                    "own": list(ground.directive.own_terms),
                    "options": [
                        {
                            "event": one.event.id,
                            "name": both(one.event.words),
                            "chance": one.chance.value,
                            "posts": list(one.posts),
                            "needs": list(one.event.supplied),
                            "until": None if one.until is None else one.until.isoformat(),
                            "refusal": None if one.refusal is None else refusal_json(one.refusal),
                        }
                        for one in found.options
                    ],
                    "timers": [
                        {"event": one.event, "due_at": one.due_at.isoformat(), "held": one.held}
                        for one in found.timings
                    ],
                }
            )
            return
        paper = out()
        elsewhere = [one for one in found.options if one.refusal is not None and one.refusal.why is Why.STATE]
        for one in found.options:
            if one in elsewhere:
                continue
            mark, style = marks[one.chance]
            said = "" if one.refusal is None else told(one.refusal.said) + _by(one.refusal)
            if one.until is not None:
                said = say(f"{told_moment(one.until)}より前に。", f"Before {told_moment(one.until)}. ") + said
            paper.entry(f"{mark} {told(one.event.words)}", said, style=style)
            needs = [told(ground.directive.term[term].words) for term in one.event.supplied]
            if needs and one.chance is not Chance.MAY_NOT:
                paper.put(say("言うこと: ", "To say: ") + say("、", ", ").join(needs), indent=4, hang=2)
            own = [told(ground.directive.term[term].words) for term in ground.directive.own_terms]
            if own and one.chance is not Chance.MAY_NOT:
                head = say("組織の定めが尋ねること: ", "Asked by the force's own provisions: ")
                paper.put(head + say("、", ", ").join(own), indent=4, hang=2)
        if elsewhere:
            names = say("、", ", ").join(told(one.event.words) for one in elsewhere)
            paper.put(
                say("× 今の状態からは起こせない: ", "× Not from the state it is in: ") + names, hang=2, style="quiet"
            )
        for timing in found.timings:
            event = told(ground.workflow.event[timing.event].words)
            paper.put(
                say(
                    f"{told_moment(timing.due_at)}に「{event}」が自ら起きる。",
                    f"“{event}” comes by itself at {told_moment(timing.due_at)}.",
                )
            )

    return run_on(db, run, key=key, writes=True, clock=who.clock)


def _by(refusal: "Refusal") -> str:
    """The provisions on which the judgement that refuses turns, in brackets."""
    from tsutatsu.cases import Why

    if refusal.why is not Why.JUDGEMENT or refusal.answer is None:
        return ""
    found = dict.fromkeys(cited(one.provision) for one in refusal.answer.reasons if one.decisive)
    return say("（{}）", " ({})").format(say("、", "; ").join(found)) if found else ""
