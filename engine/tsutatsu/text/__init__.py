"""A circular's printed text as a tree of provisions, each sentence with its role and fingerprint; and what changed."""

from tsutatsu.text.comparing import Change, Difference, SentenceDifference, diff
from tsutatsu.text.nodes import (
    Definition,
    Document,
    FieldKind,
    FormField,
    Header,
    HeaderField,
    Part,
    PartKind,
    Piece,
    Provision,
    Reference,
    Role,
    Sentence,
    digest_of,
)
from tsutatsu.text.reading import read_text

__all__ = [
    "Change",
    "Definition",
    "Difference",
    "Document",
    "FieldKind",
    "FormField",
    "Header",
    "HeaderField",
    "Part",
    "PartKind",
    "Piece",
    "Provision",
    "Reference",
    "Role",
    "Sentence",
    "SentenceDifference",
    "diff",
    "digest_of",
    "read_text",
]
