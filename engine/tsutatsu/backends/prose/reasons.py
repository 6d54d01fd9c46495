"""Answers in plain words: verdicts, standings, and why a norm stands as it does."""

from collections.abc import Sequence

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.naming import bare_name, term_name, term_of
from tsutatsu.backends.prose.tables import ASKED, NONE, NOT_KNOWN, SENTENCES, STANDINGS, TRUTHS, UNDETERMINED
from tsutatsu.backends.prose.values import tell_value
from tsutatsu.backends.prose.wording import quoted, sentence, shown
from tsutatsu.ir import Directive, Facts, Norm, Standing
from tsutatsu.semantics import Question, Verdict


def tell_verdict(verdict: Verdict, question: Question, lang: str) -> str:
    """A verdict on a question as a sentence."""
    return SENTENCES[verdict].say(lang).format(question=ASKED[question].say(lang))


def tell_standing(standing: Standing, lang: str) -> str:
    """A standing in a word; where several are left, that it is undetermined between them."""
    left = _left(standing)
    if len(left) == 1:
        return STANDINGS[left[0]].say(lang)
    if not left:
        return UNDETERMINED.say(lang)
    between = _alternatives([STANDINGS[one].say(lang) for one in left], lang)
    return f"{UNDETERMINED.en} ({between})" if lang == "en" else f"{UNDETERMINED.ja}（{between}）"


def tell_fact(name: str, facts: Facts, directive: Directive, lang: str) -> str:
    """What a fact is said to be, or that it is not known, as a form states it."""
    value = NOT_KNOWN.say(lang)
    if name in facts:
        given = facts[name]
        plain = TRUTHS[given] if isinstance(given, bool) else NONE if given is None else None
        value = tell_value(given, term_of(name, directive), lang) if plain is None else plain.say(lang)
    return f"{bare_name(name, directive, lang)}{': ' if lang == 'en' else '：'}{value}"


def tell_reason(
    norm: Norm,
    standing: Standing,
    relied: Facts,
    directive: Directive,
    lang: str,
    *,
    lifted_by: str | None = None,
    waiting: Sequence[str] = (),
) -> str:
    """Why ``norm`` stands as it does: what it says, the facts relied on, and what they come to.

    ``lifted_by`` is the provision of the exception that lifts it; ``waiting`` names the facts that would decide it.
    """
    told = [tell_fact(name, relied, directive, lang) for name in relied]
    waits = [term_name(name, directive, lang) for name in waiting]
    tell = _english if lang == "en" else _japanese
    return tell(norm, standing, told, lifted_by, waits)


def _japanese(norm: Norm, standing: Standing, told: list[str], lifted_by: str | None, waits: list[str]) -> str:
    rule = sentence(norm.summary.ja)
    says = f"{cite(norm.provision, 'ja')}は、{quoted(rule, 'ja') if '。' in rule else shown(rule)}と定めて"
    case = f"本件（{'、'.join(told)}）" if told else "本件"
    left = _left(standing)
    if len(left) != 1:
        lacking = f"{'、'.join(waits)}が分からないため、" if waits else ""
        between = _alternatives([STANDINGS[one].ja for one in left], "ja")
        return f"{says}いるが、{case}では、{lacking}{between}のいずれになるかが決まらない。"
    match left[0]:
        case Standing.OUT_OF_FORCE:
            return f"{says}いるが、{case}には効力が及ばない。"
        case Standing.NOT_APPLICABLE:
            return f"{says}いるが、{case}には当てはまらない。"
        case Standing.LIFTED:
            exception = "例外" if lifted_by is None else cite(lifted_by, "ja")
            return f"{says}いるが、{case}には{exception}により適用されない。"
        case Standing.KEPT:
            return f"{says}おり、{case}はこれを満たしている。"
        case Standing.PENDING:
            return f"{says}おり、{case}ではまだ果たされていないが、その時は過ぎていない。"
        case Standing.BROKEN:
            return f"{says}いるが、{case}はこれに反する。"
        case Standing.UNEXPLAINED:
            return f"{says}いるが、{case}はそのとおりでないため、理由の説明を要する。"
        case _:
            return f"{says}おり、{case}でどうするかは任されている。"


def _english(norm: Norm, standing: Standing, told: list[str], lifted_by: str | None, waits: list[str]) -> str:
    rule = shown(sentence(norm.summary.en)) if norm.summary.en else quoted(sentence(norm.summary.ja), "en")
    says = f"{cite(norm.provision, 'en')} says: {rule}; "
    here = f"on these facts ({', '.join(told)}) " if told else ""
    left = _left(standing)
    if len(left) != 1:
        lacking = f" because {_listed(waits)} {'is' if len(waits) == 1 else 'are'} not known" if waits else ""
        between = _alternatives([STANDINGS[one].en for one in left], "en")
        return f"{says}{here}whether it is {between} cannot be told{lacking}."
    match left[0]:
        case Standing.OUT_OF_FORCE:
            end = "it is not in force"
        case Standing.NOT_APPLICABLE:
            end = "it does not apply"
        case Standing.LIFTED:
            end = f"{'an exception' if lifted_by is None else cite(lifted_by, 'en')} lifts it"
        case Standing.KEPT:
            end = "it is kept"
        case Standing.PENDING:
            return f"{says}{here}it is not yet done, but its time has not run out."
        case Standing.BROKEN:
            end = "it is broken"
        case Standing.UNEXPLAINED:
            end = "it is not followed, which has to be explained"
        case _:
            end = "the choice is left open"
    return f"{says}{here}{end}."


def _left(standing: Standing) -> tuple[Standing, ...]:
    """The single standings that a union leaves, in the order of their bits."""
    return tuple(one for one in STANDINGS if one & standing)


def _alternatives(words: list[str], lang: str) -> str:
    if lang == "en":
        return " or ".join(words)
    return "、".join(words)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
