"""The hash tree of RFC 6962: one root for a whole journal, short proofs for one line.

Pure: bytes in, bytes out. Leaves and nodes are hashed with different prefixes, so that a node
can never pass for a line. Proofs are those of RFC 6962, 2.1.1 and 2.1.2.
"""

import hashlib
from collections.abc import Sequence

WIDTH = 32


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one line."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(size: int, peaks: list[bytes], leaf: bytes) -> int:
    """Add a leaf to a tree of ``size`` leaves, given as its peaks. Return the new size.

    ``peaks`` are the roots of the complete subtrees, largest first, and are changed in place:
    a tree is kept and grown from log2(size) hashes.
    """
    peaks.append(leaf)
    size += 1
    odd = size
    while odd % 2 == 0:
        right, left = peaks.pop(), peaks.pop()
        peaks.append(node_hash(left, right))
        odd //= 2
    return size


def root(peaks: Sequence[bytes]) -> bytes:
    """Return the root of the tree that has these peaks; of an empty tree, the hash of nothing."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    top = peaks[-1]
    for peak in reversed(peaks[:-1]):
        top = node_hash(peak, top)
    return top


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over all leaves."""
    peaks: list[bytes] = []
    size = 0
    for leaf in leaves:
        size = grow(size, peaks, leaf)
    return root(peaks)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return what proves that the leaf at ``index`` is in the tree: the hashes beside its path.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root_of(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root_of(leaves[:k])]


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return what proves that the tree's first ``earlier`` leaves were a tree before it grew.

    Raises:
        IndexError: the tree was never that small, or is not that large.
    """
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(leaves, earlier, complete=True)


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


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[bytes], m: int, *, complete: bool) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if complete else [root_of(leaves)]
    k = _split(n)
    if m <= k:
        return [*_subproof(leaves[:k], m, complete=complete), root_of(leaves[k:])]
    return [*_subproof(leaves[k:], m - k, complete=False), root_of(leaves[:k])]
