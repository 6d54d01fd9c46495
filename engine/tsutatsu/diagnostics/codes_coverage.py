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
)
