"""TS46x: what scenarios show of the law, and what they leave unshown."""

from tsutatsu.diagnostics.finding import Code, Severity

CODES: tuple[Code, ...] = (
    Code(
        "TS460",
        "own-steps",
        "「{name}」は conftest.py のステップを使うので、ここでは実行しない。",
        "“{name}” uses steps of a conftest.py and is not performed here.",
        "通達の語彙のステップで書くか、pytest で実行する。",
        "Write it with the steps of the vocabulary, or run it with pytest.",
        "網羅と変異の検査は、通達の語彙だけで書かれたシナリオを見る。Python で書いたステップは、何を確かめるかが分からない。",
        "Coverage and mutants look at scenarios written in the vocabulary alone; what a step of your own proves cannot "
        "be told.",
        Severity.WARNING,
    ),
    Code(
        "TS461",
        "norm-unjudged",
        "規範「{name}」は、どの判断も見ない。",
        "No judgement looks at norm “{name}”.",
        "judgements.yaml の判断の「規範」に加える。",
        "Add it to the 規範 of a judgement in judgements.yaml.",
        "判断に入らない規範は、何を尋ねても答えに現れず、シナリオでも確かめられない。",
        "A norm that is in no judgement bears on no answer, and no scenario can show anything of it.",
    ),
    Code(
        "TS462",
        "scenario-not-counted",
        "「{name}」は通らないので、網羅に数えない: {why}",
        "“{name}” does not pass and counts for nothing: {why_en}",
        "`tsutatsu test` で直す。",
        "Mend it with `tsutatsu test`.",
        "網羅は、通ったシナリオが示したことだけを数える。",
        "Coverage counts only what scenarios that pass have shown.",
    ),
    Code(
        "TS463",
        "point-not-shown",
        "{name}に、{words}がない。",
        "{name_en} lacks {words_en}.",
        "そのシナリオを書く。`tsutatsu coverage --missing` は、見つかった限りで事実の例を示す。",
        "Write that scenario; `tsutatsu coverage --missing` shows an example of facts where it found one.",
        "規範の立ち方、例外、境目、語、解釈のそれぞれについて、起こりうることはどれも、少なくとも一つのシナリオで示す。"
        "事実をどう組み合わせても起こらないことは求めない。",
        "Whatever can come of a norm, an exception, a bound, a concept or a reading is shown by at least one scenario. "
        "What no combination of facts can bring about is not asked for.",
    ),
    Code(
        "TS464",
        "mutant-survived",
        "{name}を変えても（{words}）、どのシナリオも失敗しない（{id}）。",
        "{name_en} can be changed ({words_en}) and no scenario fails ({id}).",
        "`tsutatsu coverage --mutants` が示す事実のシナリオを書く。",
        "Write the scenario of the facts that `tsutatsu coverage --mutants` shows.",
        "変異は、符号化を一か所だけわざと誤らせたものである。シナリオが見逃す誤りは、人が書いても見逃される。",
        "A mutant is the encoding with one deliberate mistake. A mistake that the scenarios miss would be missed if "
        "someone made it.",
    ),
    Code(
        "TS465",
        "mutant-undecided",
        "{name}の変異（{words}）が元と違うかどうかを、決められた試行の数では確かめられなかった（{id}）。",
        "Whether a change of {name_en} ({words_en}) makes any difference could not be settled within the bound ({id}).",
        "違いの出る事実が思い当たれば、シナリオを書く。",
        "If you know of facts on which it matters, write the scenario.",
        "事実の組合せが多すぎると、違いがないことの証明を途中でやめる。",
        "With very many combinations of facts, the proof that nothing differs is broken off.",
        Severity.WARNING,
    ),
)
