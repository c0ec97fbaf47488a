"""The installation's key: what it signs with, and what others check its signatures against.

The key lies in the data folder, for Torget alone. The public file beside it holds every key that
was ever used, newest last, so that an old signature can be checked when a key has been replaced.
"""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.text import slugify

from torget.verifier.notes import Key, named, read_keys


class Signer(NamedTuple):
    """Who signs, and with what."""

    key: Ed25519PrivateKey
    public: Key


def signer() -> Signer:
    """Return what the installation signs with, made on first use."""
    secret = _secret()
    key = load_pem_private_key(secret.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{secret} holds a key of another kind")
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    keys = public_keys()
    known = next((each for each in reversed(keys) if each.public == raw), None)
    return Signer(key, known or _publish(raw, keys))


def public_keys() -> list[Key]:
    """Return every key that the installation has signed with, newest last.

    Raises:
        Refused: the file has been damaged.
    """
    try:
        return read_keys(_public_file().read_text("utf-8"))
    except FileNotFoundError:
        return []


def _publish(raw: bytes, keys: list[Key]) -> Key:
    """Add a key to the public file. The name stays with the installation, whatever it is called."""
    mark = secrets.token_hex(4)
    name = keys[-1].name if keys else f"{slugify(settings.TORGET.municipality)}/torget/{mark}"
    key = named(name, raw)
    lines = "".join(f"{each.line}\n" for each in [*keys, key])
    draft = _public_file().with_suffix(f".{mark}")
    draft.write_text(lines, encoding="utf-8")
    draft.replace(_public_file())
    return key


def _secret() -> Path:
    """Return the file of the secret key. Of two processes that make it at once, one wins."""
    folder: Path = settings.TORGET.data
    path = folder / "journal.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"journal.key.{secrets.token_hex(4)}"
        made = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path


def _public_file() -> Path:
    folder: Path = settings.TORGET.data
    return folder / "journal.pub"
