"""ZEN to its first answer: its rules are read from the file named first, its facts from the second."""

import json
import sys

import zen

with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123  # pathlib would cost it a start that it does not need
    graph = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
    facts = json.load(file)
engine = zen.ZenEngine({"loader": {"type": "static", "content": {"work": graph}}})
print(engine.evaluate("work", facts)["result"])
