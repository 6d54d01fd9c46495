"""What a circular leaves behind, in words: the norms that outlive it, and how long its original is kept."""

from collections.abc import Iterator

from tsutatsu.backends.prose import cite, in_text_order
from tsutatsu.calendar import Counting
from tsutatsu.ir import Directive, Words
from tsutatsu.judging.register import Retention, Survivors, retention_of, survivors_of
from tsutatsu.passes.life_cycle import kept_until


def told_survivors(directive: Directive, survivors: Survivors) -> Words:
    """Which norms outlive it, by provision, from what, and on which side of a reading."""
    listed = {norm.provision: None for norm in sorted(survivors.norms, key=lambda n: in_text_order(n.provision))}
    words = directive.term[survivors.start].words if survivors.start in directive.term else Words("")
    ja = f"失効後も残る定め（「{words.ja}」が有効期間の内のもの"
    en = f"Norms that survive (where the {words.say('en')} lies within the effect"
    if survivors.side is not None:
        ja += f"。解釈「{survivors.side.reading}」が{survivors.side.side}のとき。未定"
        en += f"; on side {survivors.side.side} of the undecided reading “{survivors.side.reading}”"
    norms = len(survivors.norms)
    cited, cited_en = (list(dict.fromkeys(cite(one, lang) for one in listed)) for lang in ("ja", "en"))
    norms_en = "1 norm" if norms == 1 else f"{norms} norms"
    places_en = "1 provision" if len(cited_en) == 1 else f"{len(cited_en)} provisions"
    return Words(
        f"{ja}）: 規範{norms}件、条項{len(cited)}か所。{'、'.join(cited)}",
        f"{en}): {norms_en} in {places_en}: {', '.join(cited_en)}",
    )


def told_retention(kept: Retention) -> Words:
    """Until when the original is kept, and whether the print recomputes."""
    years = "1 year" if kept.years == 1 else f"{kept.years} years"
    ja, en = f"原議の保存: {kept.printed.literal}まで", f"Original kept until: {kept.printed.literal}"
    if kept.counting is not None:
        fiscal = kept.counting is Counting.FISCAL_NEXT
        ja += f"（{'翌年度' if fiscal else '翌年'}から{kept.years}年を数えて印字と一致）"
        en += f" ({years} from the next {'fiscal year' if fiscal else 'year'}: agrees with the print)"
    elif kept.counted:
        days = [day.isoformat() for day in kept.counted]
        ja += f"（{kept.years}年を数えると{'又は'.join(days)}で、印字と合わない）"
        en += f" ({years} would end on {' or '.join(days)}: the print differs)"
    return Words(ja, en)


def told_life(law: Directive) -> Iterator[Words]:
    """What stands beside the drawing of a circular's life: its retention, and what goes on after its end."""
    kept, last = retention_of(law), kept_until(law)
    if kept is None:
        yield Words("原議の保存期間の印字はない。", "No retention is printed.")
    else:
        yield told_retention(kept)
        if last is not None and last != kept.printed.day:
            yield Words(
                f"印字と数えた日が違うので、遅い方の{last.isoformat()}までは廃棄できない。",
                f"Print and count differ: it cannot be disposed of up to the later day, {last.isoformat()}.",
            )
    for one in survivors_of(law):
        yield told_survivors(law, one)
