"""Signed checkpoints: how many lines a journal had, under which root, and who says so.

The form is C2SP's signed note and tlog-checkpoint; the time is an extension line.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from torget.verifier.tree import Refused

_NOTE = re.compile(
    r"(([^\n]+)\n([1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n([^\n]+)\n)\n((?:— [^\n ]+ [^\n ]+\n)+)"
)
_ED25519 = b"\x01"


class Key(NamedTuple):
    """A public key: the signer's name, four bytes that tell keys apart, and the key itself."""

    name: str
    id: bytes
    public: bytes

    @property
    def line(self) -> str:
        """The key as a line of text: ``name+id+key``."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"


class Note(NamedTuple):
    """A checkpoint: at ``at`` the journal of ``origin`` had ``size`` lines under ``root``."""

    text: str
    origin: str
    size: int
    root: bytes
    at: str
    signatures: list[tuple[str, bytes]]


def named(name: str, public: bytes) -> Key:
    """Return a public key under its name."""
    id_ = hashlib.sha256(f"{name}\n".encode() + _ED25519 + public).digest()[:4]
    return Key(name, id_, public)


def read_keys(text: str) -> list[Key]:
    """Return the keys of a file, one a line.

    Raises:
        Refused: a line is not a key.
    """
    lines = text.split()
    try:
        told = [(line.split("+")[0], line.split("+", 2)[2]) for line in lines]
        keys = [named(name, base64.b64decode(key, validate=True)[1:]) for name, key in told]
    except (ValueError, IndexError) as error:
        raise Refused("nyckeln går inte att läsa") from error
    if [key.line for key in keys] != lines:
        raise Refused("nyckeln är skadad")
    return keys


def read_note(told: str) -> Note:
    """Return what a checkpoint says. Whether it is signed is for ``check_note`` to tell.

    Raises:
        Refused: it is not a checkpoint.
    """
    found = _NOTE.fullmatch(told)
    if found is None:
        raise Refused("går inte att läsa")
    text, origin, size, root, at, lines = found.groups()
    signed = [line.split(" ")[1:] for line in lines.splitlines()]
    try:
        signatures = [(name, base64.b64decode(blob, validate=True)) for name, blob in signed]
    except ValueError as error:
        raise Refused("signaturen går inte att läsa") from error
    return Note(text, origin, int(size), base64.b64decode(root), at, signatures)


def check_note(note: Note, keys: Iterable[Key]) -> Key:
    """Return the key that signed a checkpoint.

    Raises:
        Refused: none of ``keys`` did.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    known = {(key.name, key.id): key for key in keys}
    for name, blob in note.signatures:
        key = known.get((name, blob[:4]))
        if key is None or name != note.origin:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(blob[4:], note.text.encode())
        except InvalidSignature:
            raise Refused("signaturen stämmer inte") from None
        return key
    raise Refused("är inte undertecknad med en känd nyckel")
