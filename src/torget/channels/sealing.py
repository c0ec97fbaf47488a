"""Secrets of connections, as they lie in the database."""

import os
from contextlib import suppress
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from torget.errors import SecretUnreadable

_FORM, _NONCE, _KEY_ID = b"\x01", 12, 4


def seal(secret: str, *, about: UUID) -> bytes:
    """Return ``secret`` under the installation's key, bound to the object ``about``.

    Layout: form (1 byte), key id (4), nonce (12), AES-256-GCM text and tag.
    """
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_derive(b"key", 32)).encrypt(nonce, secret.encode(), about.bytes)
    return _FORM + _derive(b"id", _KEY_ID) + nonce + sealed


def unseal(sealed: bytes, *, about: UUID) -> str:
    """Return the secret. Nothing sealed is an empty one.

    Raises:
        SecretUnreadable: sealed under another key or for another object, or damaged.
    """
    if not sealed:
        return ""
    head = _FORM + _derive(b"id", _KEY_ID)
    nonce, text = sealed[len(head) : len(head) + _NONCE], sealed[len(head) + _NONCE :]
    if sealed.startswith(head) and len(nonce) == _NONCE:
        with suppress(InvalidTag):
            return AESGCM(_derive(b"key", 32)).decrypt(nonce, text, about.bytes).decode()
    raise SecretUnreadable(
        "Kanalens lösenord går inte att läsa med den här installationens nyckel.",
        remedy="Skriv in lösenordet på nytt på kanalens sida.",
    )


def _derive(purpose: bytes, length: int) -> bytes:
    """Return bytes that only this installation can make. The id tells keys apart, no more."""
    info = b"torget/connection/v1/" + purpose
    return HKDF(SHA256(), length, salt=None, info=info).derive(settings.SECRET_KEY.encode())
