"""The law and its answers in plain Japanese and English, told from the kernel alone; equal kernels, equal words."""

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.conditions import tell_condition
from tsutatsu.backends.prose.ordering import in_text_order
from tsutatsu.backends.prose.passages import Passage, tell_concept, tell_judgement, tell_norm, tell_reading, tell_term
from tsutatsu.backends.prose.reasons import tell_fact, tell_reason, tell_standing, tell_verdict
from tsutatsu.backends.prose.values import tell_clock, tell_day, tell_hour, tell_moment, tell_type, tell_value
from tsutatsu.backends.prose.wording import quoted, seen, sentence, shown
from tsutatsu.backends.prose.workflows import Setting, tell_timer, tell_workflow

__all__ = [
    "Passage",
    "Setting",
    "cite",
    "in_text_order",
    "quoted",
    "seen",
    "sentence",
    "shown",
    "tell_clock",
    "tell_concept",
    "tell_condition",
    "tell_day",
    "tell_fact",
    "tell_hour",
    "tell_judgement",
    "tell_moment",
    "tell_norm",
    "tell_reading",
    "tell_reason",
    "tell_standing",
    "tell_term",
    "tell_timer",
    "tell_type",
    "tell_value",
    "tell_verdict",
    "tell_workflow",
]
