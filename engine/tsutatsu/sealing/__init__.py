"""The law as bytes: its canonical text and digest, its sealed revisions, and the start-up cache."""

from tsutatsu.sealing.cache import cache_key, load_cached, store_cached
from tsutatsu.sealing.canonical import (
    FORMAT,
    decode,
    decode_node,
    digest,
    digest_of,
    digest_of_law,
    encode,
    encode_node,
    encode_value,
    law_digest,
    text_of,
)
from tsutatsu.sealing.revisions import Sealed, SealedRevision, read_sealed, seal

__all__ = [
    "FORMAT",
    "Sealed",
    "SealedRevision",
    "cache_key",
    "decode",
    "decode_node",
    "digest",
    "digest_of",
    "digest_of_law",
    "encode",
    "encode_node",
    "encode_value",
    "law_digest",
    "load_cached",
    "read_sealed",
    "seal",
    "store_cached",
    "text_of",
]
