"""The tree is RFC 6962's: its vectors, and a plain implementation beside it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torget.journal.tree import (
    Nodes,
    grow,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
    root_of,
)

# Eight inputs that implementations of RFC 6962 share as test data, and the roots of the trees.
INPUTS = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=8).map(leaf_hash), min_size=1, max_size=70)


def plain(hashes: list[bytes]) -> bytes:
    """Return the root as RFC 6962, 2.1, defines it, word for word."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(plain(hashes[:k]), plain(hashes[k:]))


def test_the_roots_are_those_of_the_shared_vectors() -> None:
    hashes = [leaf_hash(data) for data in INPUTS]

    assert [root_of(hashes[:n]).hex() for n in range(9)] == ROOTS


@given(leaves)
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_definition(hashes: list[bytes]) -> None:
    peaks: list[bytes] = []
    size = 0

    for leaf in hashes:
        size = grow(size, peaks, leaf)

    assert root(peaks) == plain(hashes)
    assert (size, len(peaks)) == (len(hashes), len(hashes).bit_count())


@given(leaves, st.data())
def test_a_proof_shows_its_own_leaf_at_its_own_place_and_no_other(
    hashes: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(hashes) - 1))
    size, top = len(hashes), root_of(hashes)

    proof = Nodes(hashes).inclusion(index)

    assert is_included(hashes[index], index=index, size=size, proof=proof, root=top)
    other = leaf_hash(b"another leaf, longer than any here")
    assert not is_included(other, index=index, size=size, proof=proof, root=top)
    assert not is_included(hashes[index], index=size, size=size, proof=proof, root=top)
    assert not is_included(hashes[index], index=index, size=size, proof=[*proof, top], root=top)
    if proof:
        assert not is_included(hashes[index], index=index, size=size, proof=proof[1:], root=top)
        wrong = [bytes(32), *proof[1:]]
        assert not is_included(hashes[index], index=index, size=size, proof=wrong, root=top)


@settings(max_examples=60)
@given(leaves, st.data())
def test_a_tree_that_grew_is_consistent_and_one_that_was_rewritten_is_not(
    hashes: list[bytes], data: st.DataObject
) -> None:
    earlier = data.draw(st.integers(1, len(hashes)))
    old, new = root_of(hashes[:earlier]), root_of(hashes)

    proof = Nodes(hashes).consistency(earlier)

    sizes = {"earlier": earlier, "size": len(hashes)}
    assert is_consistent(**sizes, earlier_root=old, root=new, proof=proof)
    forged = root_of([leaf_hash(b"rewritten history"), *hashes[1:]])
    assert not is_consistent(**sizes, earlier_root=old, root=forged, proof=proof)
    assert not is_consistent(**sizes, earlier_root=forged, root=new, proof=proof)
    assert not is_consistent(**sizes, earlier_root=old, root=new, proof=[*proof, old])


def test_the_rfcs_own_example_of_seven_leaves() -> None:
    # RFC 6962, 2.1.3: a..j are hashes of the tree over d0..d6.
    a, b, c, d, e, f, j = (leaf_hash(bytes([n])) for n in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, hashes = node_hash(g, h), [a, b, c, d, e, f, j]
    over = node_hash(i, j)

    assert Nodes(hashes).inclusion(0) == [b, h, over]
    assert Nodes(hashes).inclusion(3) == [c, g, over]
    assert Nodes(hashes).inclusion(4) == [f, j, k]
    assert Nodes(hashes).inclusion(6) == [i, k]
    assert Nodes(hashes).consistency(3) == [c, d, g, over]
    assert Nodes(hashes).consistency(4) == [over]
    assert Nodes(hashes).consistency(6) == [i, j, k]


def test_a_place_outside_the_tree_has_no_proof() -> None:
    hashes = [leaf_hash(b"0")]

    for index in (-1, 1):
        with pytest.raises(IndexError):
            Nodes(hashes).inclusion(index)
    for earlier in (0, 2):
        with pytest.raises(IndexError):
            Nodes(hashes).consistency(earlier)
    assert not is_consistent(earlier=2, earlier_root=b"", size=1, root=b"", proof=[])
    assert not is_consistent(earlier=3, earlier_root=b"", size=4, root=b"", proof=[])


def test_every_added_leaf_changes_the_root() -> None:
    roots = [root_of([leaf_hash(b"same")] * n) for n in range(40)]

    assert all(one != two for one, two in pairwise(roots))
    assert len(set(roots)) == 40
