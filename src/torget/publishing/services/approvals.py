"""Another person's approval, and what is taken back before it is sent (clause 4.3)."""

from datetime import datetime

from django.db import transaction

from torget.channels.models import Power
from torget.channels.selectors import require_mandate, valid_mandate
from torget.errors import AlreadyOrdered, ApprovalRefused, NoMandate
from torget.journal import services as journal
from torget.organisation.models import User
from torget.policy.clauses import carries_out
from torget.publishing.findings import read_draft
from torget.publishing.found import Words
from torget.publishing.models import Dispatch
from torget.publishing.services.progress import give_up, note

State = Dispatch.State


@carries_out("4.2", "4.3", "4.9")
@transaction.atomic
def approve(dispatch: Dispatch, *, by: User, now: datetime, reason: str = "") -> None:
    """Let what was ordered be sent at its time. Never one's own; what it says cannot change.

    Args:
        reason: why what the checks stop may be published; asked for only then.

    Raises:
        ApprovalRefused: it is one's own, or stopped without a reason.
        NoMandate: the approver, or the author, has no mandate that counts now.
        AlreadyOrdered: it does not wait for approval any more.
    """
    mine = _held(dispatch, State.WAITING)
    if by in (mine.ordered_by, mine.post.author):
        raise ApprovalRefused(
            "Det egna inlägget godkänns av någon annan.", remedy="Be en kollega med uppdrag."
        )
    require_mandate(by, mine.channel, Power.APPROVE, now)
    if valid_mandate(mine.ordered_by, mine.channel, Power.WRITE, now) is None:
        raise NoMandate(
            "Författarens uppdrag att skriva i kanalen gäller inte längre.",
            remedy="Låt någon med giltigt uppdrag skriva inlägget på nytt.",
        )
    found = read_draft(frozen_words(mine))
    if found.final or (found.needs_second and not reason.strip()):
        raise ApprovalRefused(
            "Kontrollerna stoppar inlägget.",
            remedy="Skriv varför det ändå får publiceras, eller låt författaren ändra det.",
        )
    mine.approved_by, mine.approved_at, mine.state = by, now, State.SCHEDULED
    mine.approval_reason = " ".join(reason.split())[:300] if found.needs_second else ""
    mine.save(update_fields=["approved_by", "approved_at", "approval_reason", "state"])
    clauses = ("4.3", "4.9") if found.needs_second else ("4.3",)
    note("publishing.approved", mine, now, actor=by.actor, clauses=clauses)


@carries_out("4.3")
@transaction.atomic
def withdraw_approval(dispatch: Dispatch, *, by: User, now: datetime) -> None:
    """Take an approval back before it is sent: it then waits again, for anyone who may approve.

    Raises:
        NoMandate: the person may not approve on the channel.
        AlreadyOrdered: it is sent, or has no approval.
    """
    mine = _held(dispatch, State.SCHEDULED)
    if mine.approved_by_id is None:
        raise _too_late()
    require_mandate(by, mine.channel, Power.APPROVE, now)
    mine.approved_by, mine.approved_at, mine.approval_reason = None, None, ""
    mine.state = State.WAITING
    mine.save(update_fields=["approved_by", "approved_at", "approval_reason", "state"])
    note("publishing.approval_withdrawn", mine, now, actor=by.actor, clauses=("4.3",))


@carries_out("4.2")
@transaction.atomic
def cancel(dispatch: Dispatch, *, by: User, now: datetime) -> None:
    """Take an order back before it is sent. Its author may always; else who may approve or write.

    Raises:
        NoMandate: it is another's, and the person may not act on the channel.
        AlreadyOrdered: it is sent, or ended already.
    """
    mine = _held(dispatch, State.WAITING, State.SCHEDULED)
    approver = valid_mandate(by, mine.channel, Power.APPROVE, now)
    if by != mine.ordered_by and approver is None:
        require_mandate(by, mine.channel, Power.WRITE, now)
    Dispatch.objects.filter(pk=mine.pk).update(state=State.WITHDRAWN)
    give_up(mine, now)
    note("publishing.cancelled", mine, now, actor=by.actor, clauses=("4.2",))


def frozen_words(dispatch: Dispatch) -> Words:
    """Return what was ordered as the checks read it."""
    return Words(
        text=dispatch.text,
        title=dispatch.title,
        alt=dispatch.picture.alt if dispatch.picture else "",
        has_picture=dispatch.picture is not None,
        answers=dispatch.post.answers_id is not None,
    )


def _held(dispatch: Dispatch, *states: Dispatch.State) -> Dispatch:
    """Return a dispatch as it is now, held until the transaction ends."""
    journal.lock()
    rows = Dispatch.objects.select_for_update(of=("self",)).filter(pk=dispatch.pk)
    related = ("channel", "ordered_by", "post__author", "picture")
    mine = rows.select_related(*related).filter(state__in=states).first()
    if mine is None:
        raise _too_late()
    return mine


def _too_late() -> AlreadyOrdered:
    return AlreadyOrdered(
        "Det har redan hänt något med inlägget.", remedy="Läs hur långt det har kommit."
    )
