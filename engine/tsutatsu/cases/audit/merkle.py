"""A tree of digests over a growing list, after RFC 6962: its head, and proofs that a leaf is under a head."""

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    """The digest of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The digest of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


EMPTY = hashlib.sha256(b"").digest()
"""The head of a tree without leaves."""


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The head over these leaves' digests."""
    return root_at(grown((), 0, leaves))


def grown(frontier: Sequence[bytes], size: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The heads of the whole subtrees of a list that had ``size`` leaves, once these have been added: largest first."""
    stack = list(frontier)
    for leaf in leaves:
        one, count = leaf, size
        while count % 2:
            one = node_hash(stack.pop(), one)
            count //= 2
        stack.append(one)
        size += 1
    return tuple(stack)


def root_at(frontier: Sequence[bytes]) -> bytes:
    """The head of the tree whose whole subtrees have these heads."""
    if not frontier:
        return EMPTY
    *rest, root = frontier
    for one in reversed(rest):
        root = node_hash(one, root)
    return root


class Tree:
    """A tree with all its digests, from which paths are read off."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            above = [node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
            self._levels.append(above + below[len(below) - len(below) % 2 :])

    @property
    def root(self) -> bytes:
        """Its head."""
        return self._levels[-1][0] if self._levels[-1] else EMPTY

    def path(self, place: int) -> tuple[bytes, ...]:
        """The digests that lead from the leaf at ``place`` to the head, lowest first."""
        found: list[bytes] = []
        for level in self._levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                found.append(level[beside])
            place //= 2
        return tuple(found)


def led_to(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The head to which a path leads from a leaf (RFC 9162, 2.1.3.2); nothing where no tree of that size has it."""
    if not 0 <= place < size:
        return None
    at, last, root = place, size - 1, leaf
    for one in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            root = node_hash(one, root)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            root = node_hash(root, one)
        at, last = at // 2, last // 2
    return root if last == 0 else None
