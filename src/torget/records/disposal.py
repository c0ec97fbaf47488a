"""The only place where what a record says is destroyed. ``retention`` alone may import it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torget.journal import services as journal
from torget.journal.services import ActorId
from torget.records import seals, search_index, vault
from torget.records.models import Attachment, Disposed, MessageVersion, Payload


@transaction.atomic
def destroy(
    versions: Collection[MessageVersion],
    *,
    protocol: UUID,
    actor: ActorId,
    clauses: tuple[str, ...],
    at: datetime,
) -> int:
    """Destroy what versions say: text, author, raw answer, salt, words for search, file keys.

    The rows and the journal's lines stay, so that it can be told what was there, and that it was
    disposed of. Files go when the transaction has held; their keys are gone before that.

    Args:
        protocol: the key of what orders the disposal, for the page and for ``torget verify``.

    Returns:
        How many versions were emptied; one that is empty already is passed over.
    """
    journal.lock()
    rows = list(
        MessageVersion.objects.filter(
            pk__in=[version.pk for version in versions], disposed=None
        ).select_related("message")
    )
    disposed = [Disposed(version=row, protocol=protocol, at=at) for row in rows]
    lines = []
    for row in disposed:
        commitment, row.salt = journal.committed(seals.disposal(row))
        key = row.version.message.key
        lines.append(journal.Line("records.disposed", key, actor, clauses, at, commitment))
    for row, entry in zip(disposed, journal.append(lines), strict=True):
        row.entry = entry
    Disposed.objects.bulk_create(disposed)
    Payload.objects.filter(version__in=rows).delete()
    search_index.forget()
    files = Attachment.objects.filter(version__in=rows).exclude(address="")
    addresses = set(files.values_list("address", flat=True))
    files.update(secret=b"")
    transaction.on_commit(lambda: _forget(addresses))
    return len(rows)


def _forget(addresses: Collection[str]) -> None:
    """Remove files that no other version has a key to."""
    shared = Attachment.objects.filter(address__in=addresses).exclude(secret=b"")
    for address in set(addresses) - set(shared.values_list("address", flat=True)):
        vault.forget(address)
