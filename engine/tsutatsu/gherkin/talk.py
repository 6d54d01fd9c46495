"""What a scenario about cases has spoken of so far: by which the words of its next step are understood."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tsutatsu.cases.people import Actor
from tsutatsu.diagnostics import Refused, finding, near_blanks
from tsutatsu.gherkin.case_acts import CaseAct, Deed, Enrol, ExpectOwed, Opening, Prepare, SaidOf, TakeUp
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import normal
from tsutatsu.ir import Norm, Strength, Words
from tsutatsu.ir.workflows import Event, Workflow
from tsutatsu.semantics.verdicts import DUTIES
from tsutatsu.source import Source


@dataclass(slots=True)
class Talk:
    """People, cases, and what is said with events; all by the names that steps give them."""

    people: dict[str, Actor] = field(default_factory=dict[str, Actor])
    cases: dict[str, Workflow] = field(default_factory=dict[str, Workflow])
    prepared: dict[tuple[str, str], tuple[SaidOf, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[SaidOf, ...]]
    )
    current: str | None = None
    """The case that steps are about."""
    owed: str | None = None
    """The duty named last."""

    def again(self) -> "Talk":
        """The same as far as it has come, to go on from."""
        return Talk(dict(self.people), dict(self.cases), dict(self.prepared), self.current, self.owed)

    @property
    def begun(self) -> bool:
        """Whether the scenario is about cases."""
        return bool(self.people or self.cases)

    def follow(self, act: CaseAct, flows: Iterable[Workflow]) -> None:
        """Takes in what a step has said."""
        match act:
            case Enrol(people):
                self.people.update({one.id: one for one in people})
            case Prepare(workflow, event, said):
                self.prepared[workflow, event] = said
            case TakeUp(label):
                self.current = label
            case Deed(Opening(workflow, label)):
                self.cases[label] = next(one for one in flows if f"{one.directive}/{one.id}" == workflow)
                self.current = label
            case ExpectOwed(norms):
                self.owed = norms[0] if len(norms) == 1 else None
            case _:
                pass

    def case(self, name: str, where: Source) -> str:
        """The case of that name."""
        called = normal(name)
        if called not in self.cases:
            raise _case_name(
                called, where, Words("という一件は始まっていない。", "is no case that was opened."), self.cases
            )
        return called

    def new(self, label: str | None, workflow: Workflow, where: Source) -> str:
        """What a new case is called: its own name, else its workflow's."""
        called = workflow.words.ja if label is None else normal(label)
        if called in self.cases:
            raise _case_name(called, where, Words("という一件がもうある。", "is a case already."), ())
        return called

    def here(self, step: str, where: Source) -> Workflow:
        """The workflow of the case that steps are about."""
        if self.current is None:
            raise Refused([finding("TS467", where, (), step=step)])
        return self.cases[self.current]

    def person(self, name: str, where: Source) -> Actor:
        """The person of that name."""
        called = normal(name)
        if called not in self.people:
            raise Refused([finding("TS470", where, (), name=called, **near_blanks(called, self.people))])
        return self.people[called]

    def post(self, actor: Actor, name: str, where: Source) -> str:
        """A post that the person holds at some time."""
        called, held = normal(name), list(dict.fromkeys(one.post for one in actor.holdings))
        if called not in held:
            raise Refused([finding("TS471", where, (), who=actor.id, name=called, **near_blanks(called, held))])
        return called


def event_of(workflow: Workflow, name: str, where: Source) -> Event:
    """The event of that name."""
    for one in workflow.events:
        if name in (one.id, one.words.ja, one.words.en):
            return one
    known = [word for one in workflow.events for word in (one.words.ja, one.id)]
    raise _not_in(workflow, name, Words("事象", "event"), known, where)


def state_of(workflow: Workflow, name: str, where: Source) -> str:
    """The state of that name."""
    for one in workflow.states:
        if name in (one.id, one.words.ja, one.words.en):
            return one.id
    known = [word for one in workflow.states for word in (one.words.ja, one.id)]
    raise _not_in(workflow, name, Words("状態", "state"), known, where)


def document_of(workflow: Workflow, name: str, where: Source) -> str:
    """The document of that name."""
    known = dict.fromkeys(document for one in workflow.events for document in one.documents)
    if name not in known:
        raise _not_in(workflow, name, Words("文書", "document"), known, where)
    return name


def watched_of(workflow: Workflow, lexicon: Lexicon) -> tuple[Norm, ...]:
    """The norms of whose later duties cases of the workflow keep account."""
    d = lexicon.directive
    names = dict.fromkeys(name for judgement in workflow.watched for name in d.judgement[judgement].norms)
    return tuple(one for name in names if (one := d.norm[name]).due is not None and one.kind in DUTIES)


def duties_of(workflow: Workflow, name: str, strength: Strength, lexicon: Lexicon, where: Source) -> tuple[str, ...]:
    """The watched duties that go by that name; refused where there is none."""
    watched = [one for one in watched_of(workflow, lexicon) if one.strength is strength]
    called = set(lexicon.norms_called(name, where))
    found = tuple(one.id for one in watched if one.id in called)
    if not found:
        kind = Words("努力義務", "duty of effort") if strength is Strength.SOFT else Words("義務", "duty")
        said = finding(
            "TS473", where, (), workflow=workflow.words.ja, name=name, kind=kind.ja, kind_en=kind.say("en"),
            known="、".join(f"{one.id}（{one.summary.ja}）" for one in watched) or "—",
            known_en=", ".join(f"{one.id} ({one.summary.say('en')})" for one in watched) or "—",
        )  # fmt: skip
        raise Refused([said])
    return found


def workflow_of(name: str, flows: Iterable[Workflow], where: Source) -> Workflow:
    """The workflow of that name among those of the directive's issue."""
    every = tuple(flows)
    for one in every:
        if name in (one.id, one.words.ja, one.words.en, f"{one.directive}/{one.id}"):
            return one
    known = [word for one in every for word in (one.words.ja, one.id)]
    raise Refused([finding("TS468", where, (), name=name, **near_blanks(name, known))])


def _not_in(workflow: Workflow, name: str, what: Words, known: Iterable[str], where: Source) -> Refused:
    said = finding(
        "TS469", where, (), workflow=workflow.words.ja, name=name, what=what.ja, what_en=what.say("en"),
        **near_blanks(name, known),
    )  # fmt: skip
    return Refused([said])


def _case_name(name: str, where: Source, why: Words, known: Iterable[str]) -> Refused:
    return Refused(
        [finding("TS474", where, (), name=name, why=why.ja, why_en=why.say("en"), **near_blanks(name, known))]
    )
