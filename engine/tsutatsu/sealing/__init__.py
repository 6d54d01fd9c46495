"""The law as bytes: its canonical text and digest, its sealed revisions, and the start-up cache."""

from tsutatsu.sealing.cache import cache_key, load_cached, store_cached
from tsutatsu.sealing.canonical import FORMAT, decode, digest_of, digest_of_law, encode, encode_value, law_digest
from tsutatsu.sealing.revisions import Sealed, SealedRevision, read_sealed, seal

__all__ = [
    "FORMAT",
    "Sealed",
    "SealedRevision",
    "cache_key",
    "decode",
    "digest_of",
    "digest_of_law",
    "encode",
    "encode_value",
    "law_digest",
    "load_cached",
    "read_sealed",
    "seal",
    "store_cached",
]
