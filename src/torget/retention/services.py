"""Destruction of what may not be kept. Disposal by decision (4.7) will stand here too."""

from datetime import datetime

from torget.errors import NotPreserved
from torget.journal.models import Entry
from torget.journal.services import ActorId
from torget.platforms.contract import NoCopyOrder
from torget.policy.clauses import carries_out
from torget.records.disposal import destroy
from torget.records.models import Message, MessageVersion


@carries_out("4.10.c")
def destroy_unlawful_possession(
    message: Message, order: NoCopyOrder, *, actor: ActorId, at: datetime
) -> int:
    """Destroy every stored version of what is a crime to possess (BrB 16:10 a).

    What is left is where it was, when, and that an order was given. Return how many versions
    were emptied.

    Raises:
        NotPreserved: the order is not in the journal, or is about another message.
    """
    given = Entry.objects.filter(id=order.entry, event="records.no_copy", about=message.key)
    if not given.exists():
        raise NotPreserved(
            "Beslutet att inte spara finns inte i journalen.",
            remedy="Öppna kommentaren och fatta beslutet på nytt.",
        )
    versions = MessageVersion.objects.filter(message=message)
    return destroy(versions, protocol=order.entry, actor=actor, clauses=("4.10", "4.10.c"), at=at)
