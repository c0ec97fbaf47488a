"""The hash tree of RFC 6962: one root for a whole journal, short proofs for one line.

Pure: bytes in, bytes out. Leaves and nodes are hashed with different prefixes, so that a node
can never pass for a line. Proofs are those of RFC 6962, 2.1.1 and 2.1.2.
"""

import hashlib
from collections.abc import Iterable, Sequence

from torget.verifier.tree import is_consistent, is_included, leaf_hash, node_hash

__all__ = [
    "WIDTH",
    "Nodes",
    "grow",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "node_hash",
    "root",
    "root_of",
]

WIDTH = 32


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


class Nodes:
    """Every hash of a tree: made once, it gives any proof in a number of steps that hardly grows.

    The hashes of complete subtrees lie level by level: two times 32 bytes a leaf.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [b"".join(leaves)]
        self.size = len(self._levels[0]) // WIDTH
        while len(below := self._levels[-1]) > WIDTH:
            pairs = range(0, len(below) - WIDTH, 2 * WIDTH)
            middles = ((at, at + WIDTH, at + 2 * WIDTH) for at in pairs)
            self._levels.append(b"".join(node_hash(below[a:b], below[b:c]) for a, b, c in middles))

    def inclusion(self, index: int) -> list[bytes]:
        """Return what proves that the leaf at ``index`` is in the tree.

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        path, start, end = [], 0, self.size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, earlier: int) -> list[bytes]:
        """Return what proves that the first ``earlier`` leaves were a tree before it grew.

        Raises:
            IndexError: the tree was never that small, or is not that large.
        """
        if not 0 < earlier <= self.size:
            raise IndexError(earlier)
        path, start, end = [], 0, self.size
        while earlier != end:
            middle = start + _split(end - start)
            if earlier <= middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        if start:  # else the earlier tree is a complete one, and whoever checks has its root
            path.append(self._root(start, end))
        return path[::-1]

    def _root(self, start: int, end: int) -> bytes:
        """Return the root over some leaves; ``start`` is where a subtree begins."""
        width = end - start
        if width & (width - 1) == 0:
            at = start // width * WIDTH
            return self._levels[width.bit_length() - 1][at : at + WIDTH]
        middle = start + _split(width)
        return node_hash(self._root(start, middle), self._root(middle, end))


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
