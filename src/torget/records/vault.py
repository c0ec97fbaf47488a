"""Files from others: each encrypted under its own key, named after the encrypted bytes.

Nothing outside Torget can show, index or scan what is in them, and with the key the file dies,
wherever a copy of it may lie.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_PURPOSE = b"torget/attachment/v1"
_NONCE = 12


class Kept(NamedTuple):
    """Where a file lies, and under which key."""

    address: str
    secret: bytes


class Damaged(Exception):
    """A file is not there, or is not what was put there."""


def path(address: str) -> Path:
    """Return where a file lies."""
    folder: Path = settings.TORGET.data / "attachments"
    return folder / address[:2] / address[2:4] / address


def keep(data: bytes) -> Kept:
    """Save a file. It is on the disk when this returns."""
    secret, nonce = AESGCM.generate_key(256), secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(secret).encrypt(nonce, data, _PURPOSE)
    address = hashlib.sha256(sealed).hexdigest()
    place = path(address)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{address}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _sync(folder)
    return Kept(address, secret)


def read(address: str, secret: bytes) -> bytes:
    """Return a file as it came.

    Raises:
        Damaged: it is gone, changed, or locked with another key.
    """
    try:
        sealed = path(address).read_bytes()
        if hashlib.sha256(sealed).hexdigest() != address:
            raise Damaged(address)
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], _PURPOSE)
    except (OSError, InvalidTag, ValueError) as error:
        raise Damaged(address) from error


def forget(address: str) -> None:
    """Remove a file. One that is gone already is no error: disposal may be run again."""
    path(address).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
