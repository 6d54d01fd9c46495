"""This project to its first answer: the law in a folder, a judgement by name, facts from a file, an engine."""

import json
import sys
from datetime import date
from pathlib import Path

from tsutatsu import Bundle, judge

folder, name, facts, engine = sys.argv[1:]
answer = judge(
    Bundle.load(Path(folder)),
    name,
    json.loads(Path(facts).read_text(encoding="utf-8")),
    on=date(2025, 8, 1),
    engine=engine,
)
print(answer.verdict.value, len(answer.reasons), len(answer.duties), len(answer.unknown))
