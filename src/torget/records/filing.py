"""The pictures and files of a version: saved, shared with the version before, or said to lack."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import uuid4

from torget.platforms.contract import Media
from torget.records import vault
from torget.records.canonical import KeptMedia, column
from torget.records.models import Attachment, MessageVersion


class _File(NamedTuple):
    """Where the bytes of a picture or file lie. ``reason`` is a code: why these, or why none."""

    address: str = ""
    secret: bytes = b""
    size: int = 0
    digest: str = ""
    reason: str = ""


def keep(
    found: Sequence[Media], before: Sequence[KeptMedia], secrets: Mapping[str, bytes]
) -> tuple[tuple[KeptMedia, ...], dict[str, bytes]]:
    """Save the files of a version. Return them, and each file's key by its address.

    Args:
        before: what the version before has; bytes that are the same are not saved again.
        secrets: the keys of ``before``.
    """
    media, keys = [], {}
    for n, item in enumerate(found, start=1):
        kept = _file(item, [old for old in before if secrets.get(old.address)], secrets)
        if kept.address:
            keys[kept.address] = kept.secret
        media.append(
            KeptMedia(
                key=uuid4(),
                n=n,
                source_url=item.source_url,
                media_type=item.media_type,
                alt=item.alt,
                size=kept.size,
                digest=kept.digest,
                address=kept.address,
                reason=kept.reason,
            )
        )
    return tuple(media), keys


def row(version: MessageVersion, item: KeptMedia, secrets: Mapping[str, bytes]) -> Attachment:
    """Return the row of a picture or file: in quarantine until a person opens it."""
    state = Attachment.State.QUARANTINED if item.address else Attachment.State.NOT_FETCHED
    return Attachment(
        key=item.key,
        version=version,
        n=item.n,
        state=state,
        media_type=column(item.media_type, 100),
        size=item.size,
        secret=secrets.get(item.address, b""),
        address=item.address,
        reason=item.reason,
    )


def _file(item: Media, before: Sequence[KeptMedia], secrets: Mapping[str, bytes]) -> _File:
    if item.data is None:
        for old in before:
            if old.source_url == item.source_url:
                return _File(old.address, secrets[old.address], old.size, old.digest, "as_before")
        return _File(reason="not_given")
    digest = hashlib.sha256(item.data).hexdigest()
    for old in before:
        if old.digest == digest:
            return _File(old.address, secrets[old.address], old.size, digest)
    address, secret = vault.keep(item.data)
    return _File(address, secret, len(item.data), digest)
