"""CEL (Rust) to its first answer, on one expression."""

import cel

print(cel.evaluate("!edited", {"edited": False}))
