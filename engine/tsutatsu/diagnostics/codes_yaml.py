"""TS1xx: the file as a file: bytes, YAML, notation."""

from tsutatsu.diagnostics import codes_yaml_bytes, codes_yaml_grammar, codes_yaml_notation, codes_yaml_shape
from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = (
    *codes_yaml_bytes.CODES,
    *codes_yaml_shape.CODES,
    *codes_yaml_grammar.CODES,
    *codes_yaml_notation.CODES,
)
