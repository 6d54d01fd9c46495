"""The numbers of parts in a sentence, another kind at each depth, so that a list within a list stays apart."""

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"


def japanese_mark(number: int, depth: int) -> str:
    """①, then (ア), then (a), then plain numbers with the depth spelt out by repetition."""
    if depth == 0 and number <= 20:
        return chr(0x2460 + number - 1)
    if depth == 1 and number <= len(_KANA):
        return f"({_KANA[number - 1]})"
    if depth == 2 and number <= 26:
        return f"({chr(0x61 + number - 1)})"
    return f"({'・' * depth}{number})"


def english_mark(number: int, depth: int) -> str:
    """(1), then (a), then (A), then plain numbers with the depth spelt out by repetition."""
    if depth == 0:
        return f"({number})"
    if depth in (1, 2) and number <= 26:
        return f"({chr((0x61 if depth == 1 else 0x41) + number - 1)})"
    return f"({'.' * depth}{number})"
