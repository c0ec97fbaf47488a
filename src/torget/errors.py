"""Errors that Torget raises on purpose."""

from typing import ClassVar


class TorgetError(Exception):
    """Base of every error that Torget raises on purpose.

    ``message`` says what went wrong, ``remedy`` what the reader can do about it. Both are shown
    to the user as they stand, so neither may hold a message's text or a person's name.
    """

    code: ClassVar[str] = "torget.error"

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class BadGuideline(TorgetError):
    """The guideline's data is not complete or contradicts itself."""

    code = "policy.bad_guideline"


class PlatformUnavailable(TorgetError):
    """The platform did not answer, or asked us to slow down. Trying again may help."""

    code = "platform.unavailable"

    def __init__(self, message: str, *, remedy: str, retry_after: int | None = None) -> None:
        """Take, besides the words, how many seconds the platform asked us to wait, if it did."""
        super().__init__(message, remedy=remedy)
        self.retry_after = retry_after


class SecretUnreadable(PlatformUnavailable):
    """A channel's secret lies under another key than the installation's: it is typed in again."""

    code = "channels.secret_unreadable"


class NotReadable(TorgetError):
    """The platform would not show a message, and it is not known whether it is there."""

    code = "platform.not_readable"


class NotConfirmed(TorgetError):
    """It is not known, or not shown by the page, that an act took effect. It is looked up again."""

    code = "platform.not_confirmed"


class NotPreserved(TorgetError):
    """A message was about to be acted on before it was saved (clause 4.10)."""

    code = "records.not_preserved"


class IncompleteJudgement(TorgetError):
    """A decision lacks a ground, a citation, a legal basis or a reason (clause 4.10)."""

    code = "moderation.incomplete"

    def __init__(self, message: str, *, remedy: str, part: str) -> None:
        """Take, besides the words, the name of the field that is to be filled in."""
        super().__init__(message, remedy=remedy)
        self.part = part


class AlreadyDecided(TorgetError):
    """Someone else decided about the same message first."""

    code = "moderation.already_decided"


class MessageChanged(TorgetError):
    """The message is not any more as it was when the person decided (clause 4.10)."""

    code = "moderation.message_changed"


class NoMandate(TorgetError):
    """The person has no mandate for this act on this channel at this second (clause 4.2)."""

    code = "channels.no_mandate"


class MandateRefused(TorgetError):
    """A mandate cannot be given, or ended, like this or by this person (clauses 4.2, 4.3)."""

    code = "channels.mandate_refused"


class ChannelRefused(TorgetError):
    """A channel cannot be registered or closed like this, or by this person (clause 4.4)."""

    code = "channels.refused"


class AlreadyAnswered(TorgetError):
    """Someone else has answered a guided step, or it is not needed any more."""

    code = "channels.already_answered"


class ProofMissing(TorgetError):
    """A guided step is said to be done without anything to show it (clauses 4.6, 4.10)."""

    code = "channels.proof_missing"


class PictureRefused(TorgetError):
    """A file is not a picture that can be kept: too large, damaged, or something else."""

    code = "records.picture_refused"


class NoTimestamp(TorgetError):
    """The time-stamp authority gave no answer that can be kept. It is asked again later."""

    code = "journal.no_timestamp"


class NotSendable(TorgetError):
    """A post cannot be sent as it is: its platform, its pictures or its state refuse it."""

    code = "publishing.not_sendable"


class FindingsLeft(TorgetError):
    """Something in a draft must be changed, looked at or described first (clauses 4.1, 4.9)."""

    code = "publishing.findings_left"


class ApprovalRefused(TorgetError):
    """A post cannot be approved like this, or by this person (clause 4.3)."""

    code = "publishing.approval_refused"


class AlreadyOrdered(TorgetError):
    """What was to be changed has been ordered, sent or taken back already."""

    code = "publishing.already_ordered"
