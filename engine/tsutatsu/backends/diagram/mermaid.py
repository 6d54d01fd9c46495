"""A workflow as a Mermaid state diagram."""

import unicodedata
from collections.abc import Iterator, Mapping

from tsutatsu.ir.workflows import Workflow

_SPELT = {'"': "#quot;", "#": "#35;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;"}


def mermaid(workflow: Workflow, lang: str, notes: Mapping[str, str]) -> str:
    """The states and events; ``notes`` (by event) stand after an event's name, in brackets."""
    return "\n".join(_lines(workflow, lang, notes)) + "\n"


def _lines(workflow: Workflow, lang: str, notes: Mapping[str, str]) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in workflow.states:
        yield f'    state "{_text(state.words.say(lang))}" as {_name(state.id)}'
    for state in workflow.states:
        if state.initial:
            yield f"    [*] --> {_name(state.id)}"
    for event in workflow.events:
        note = notes.get(event.id, "")
        label = event.words.say(lang)
        if note:
            label = f"{label} ({note})" if lang == "en" else f"{label}（{note}）"
        for origin in event.origins:
            yield f"    {_name(origin)} --> {_name(event.target)} : {_text(label)}"
    for state in workflow.states:
        if state.final:
            yield f"    {_name(state.id)} --> [*]"


def _name(state: str) -> str:
    """A state's id as Mermaid takes it: none of its own words, and no hyphen."""
    return "s_" + state.replace("-", "_")


def _text(label: str) -> str:
    """A label that ends nothing early: what Mermaid reads as signs is spelt out, what cannot be seen is left out."""
    return "".join(_SPELT.get(ch, ch) for ch in label if unicodedata.category(ch) not in ("Cc", "Cf", "Zl", "Zp"))
