"""The hash tree of RFC 6962, as far as one needs it to check a proof."""

import hashlib
from collections.abc import Sequence


class Refused(Exception):
    """Something does not hold. The text says what, in Swedish, without a full stop."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one line."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` shows the leaf at ``index`` in the tree of ``size`` leaves.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, top = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            top = node_hash(beside, top)
            while at and not at & 1:
                at >>= 1
                last >>= 1
        else:
            top = node_hash(top, beside)
        at >>= 1
        last >>= 1
    return last == 0 and top == root


def is_consistent(
    *, earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` shows that the tree of ``size`` only grew from the earlier one.

    Source: RFC 9162, 2.1.4.2.
    """
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    path = list(proof)
    if earlier & (earlier - 1) == 0:  # a complete tree is its own first hash
        path.insert(0, earlier_root)
    if not path:
        return False
    at, last = earlier - 1, size - 1
    while at & 1:
        at >>= 1
        last >>= 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while at and not at & 1:
                at >>= 1
                last >>= 1
        else:
            new = node_hash(new, beside)
        at >>= 1
        last >>= 1
    return last == 0 and old == earlier_root and new == root
