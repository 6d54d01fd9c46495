"""The page that explains a kind of finding: why it is refused, what it looks like, what to write instead."""

from tsutatsu.diagnostics.finding import Code, Severity


def explained(  # noqa: PLR0917  in the order of the fields of Code
    number: str,
    name: str,
    ja: str,
    en: str,
    mend_ja: str,
    mend_en: str,
    *,
    why_ja: str,
    why_en: str,
    bad: str,
    good: str,
    severity: Severity = Severity.ERROR,
) -> Code:
    """A code whose two pages share their examples: of a page's fenced blocks the first is bad, the second good."""
    page_ja = f"{why_ja}\n\n直す前:\n\n{_fenced(bad)}\n\n直した後:\n\n{_fenced(good)}\n"
    page_en = f"{why_en}\n\nBefore:\n\n{_fenced(bad)}\n\nAfter:\n\n{_fenced(good)}\n"
    return Code(number, name, ja, en, mend_ja, mend_en, page_ja, page_en, severity)


def _fenced(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```"
