"""Time stamps for checkpoints (RFC 3161): what makes a later rewriting impossible to date back.

The authority sees a hash of a checkpoint and nothing else. Off until an address is set.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from torget.errors import NoTimestamp, PlatformUnavailable
from torget.journal.checkpoints import trusted_authorities
from torget.journal.models import Checkpoint, StampTrouble, TimestampToken
from torget.platforms.door import Limits
from torget.platforms.http import AnswerLost, post_bytes
from torget.platforms.troubles import NotEncrypted
from torget.policy.clauses import carries_out
from torget.verifier.stamps import check_stamp
from torget.verifier.tree import Refused

type Send = Callable[[bytes], bytes]

LONGEST = timedelta(hours=6)
_LIMITS = Limits(answer=200_000)
_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # AlgorithmIdentifier
_INTEGER, _OCTETS, _SEQUENCE = 0x02, 0x04, 0x30
_TRUE = b"\x01\x01\xff"


def waiting(now: datetime) -> QuerySet[Checkpoint]:
    """Return the checkpoints to be stamped, newest first; none while the authority rests."""
    rows = Checkpoint.objects.filter(token=None)
    resting = StampTrouble.objects.filter(next_try__gt=now)
    return rows.none() if not settings.TORGET.tsa_url or resting.exists() else rows


@carries_out("4.6")
def stamp(checkpoint: Checkpoint, *, send: Send) -> TimestampToken:
    """Have a checkpoint stamped, and keep the answer if it holds.

    Raises:
        NoTimestamp: there was no answer, or not one to keep. Nothing is lost: ask again.
    """
    roots, nonce = trusted_authorities(), secrets.randbits(63)
    if not roots:
        raise NoTimestamp(
            "Det är inte angivet vilken tidsstämplingstjänst som är betrodd.",
            remedy="Ange en PEM-fil med tjänstens certifikat i TORGET_TSA_ROOTS.",
        )
    data = checkpoint.note.encode()
    answer = send(request(data, nonce))
    try:
        check_stamp(answer, data, roots, nonce)
    except Refused as error:
        raise NoTimestamp(
            f"Svaret från tidsstämplingstjänsten godtas inte: {error}.",
            remedy="Kontrollera TORGET_TSA_URL och TORGET_TSA_ROOTS. Ett nytt försök görs.",
        ) from error
    return TimestampToken.objects.create(checkpoint=checkpoint, answer=answer)


def request(data: bytes, nonce: int) -> bytes:
    """Return a TimeStampReq for ``data``, that asks for the authority's certificate too."""
    imprint = _der(_SEQUENCE, _SHA256 + _der(_OCTETS, hashlib.sha256(data).digest()))
    number = _der(_INTEGER, nonce.to_bytes(nonce.bit_length() // 8 + 1, "big"))
    return _der(_SEQUENCE, _der(_INTEGER, b"\x01") + imprint + number + _TRUE)


def post(body: bytes) -> bytes:
    """Ask the authority that is set.

    Raises:
        NoTimestamp: it cannot be reached, or answers that something is wrong.
    """
    try:
        reply = post_bytes(
            settings.TORGET.tsa_url,
            body,
            sent_as="application/timestamp-query",
            expected="application/timestamp-reply",
            allow_private=settings.TORGET.allow_private_addresses,
            limits=_LIMITS,
        )
    except NotEncrypted as error:
        raise _unreachable("Adressen är okrypterad: ange en som börjar med https.") from error
    except PlatformUnavailable as error:
        raise _unreachable(error.message) from error
    except AnswerLost as error:
        raise _unreachable(_answered(error.status) if error.status else "Inget svar.") from error
    if reply.status != 200:
        raise _unreachable(_answered(reply.status))
    return reply.body


def note_trouble(error: NoTimestamp, *, at: datetime) -> StampTrouble:
    """Write down why the authority gave no stamp. The wait doubles, from a minute to six hours."""
    before = StampTrouble.objects.first()
    count = before.count if before else 0
    told = {
        "count": count + 1,
        "message": error.message[:300],
        "remedy": error.remedy[:300],
        "next_try": at + min(timedelta(minutes=2 ** min(count, 10)), LONGEST),
    }
    fresh = told | {"first_at": at}
    return StampTrouble.objects.update_or_create(pk=1, defaults=told, create_defaults=fresh)[0]


def forget_trouble() -> None:
    """Note that the authority works."""
    if StampTrouble.objects.exists():
        StampTrouble.objects.all().delete()


def _answered(status: int) -> str:
    return f"Den svarar med felkod {status}."


def _unreachable(why: str) -> NoTimestamp:
    return NoTimestamp(
        f"Tidsstämplingstjänsten går inte att använda. {why}",
        remedy="Ett nytt försök görs. Kontrollera TORGET_TSA_URL om det fortsätter.",
    )


def _der(tag: int, body: bytes) -> bytes:
    """Return a value as DER: all that a request needs is shorter than 128 bytes."""
    if len(body) > 127:
        raise ValueError("longer than a request is")
    return bytes([tag, len(body)]) + body
