"""An authority outside stamps checkpoints; what it answers wrongly is refused, and asked again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from tests import make
from tests.journal import tsa
from tests.journal.tsa import Authority
from torget.errors import NoTimestamp
from torget.journal import checkpoints, timestamps, work
from torget.journal import services as journal
from torget.journal.models import Checkpoint, StampTrouble, TimestampToken
from torget.journal.verify import verify
from torget.platforms.door import Limits
from torget.verifier import stamps
from torget.verifier.stamps import check_stamp
from torget.verifier.tree import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with tsa.listening(tsa.made(tmp_path_factory.mktemp("tsa") / "a")) as authority:
        yield authority


@pytest.fixture
def authority(running: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The authority that the installation is set to use, doing what it should."""
    running.fault = ""
    monkeypatch.setattr(settings.TORGET, "tsa_url", running.url)
    monkeypatch.setattr(settings.TORGET, "tsa_roots", running.roots)
    monkeypatch.setattr(settings.TORGET, "allow_private_addresses", True)
    return running


def signed() -> Checkpoint:
    """Return a new checkpoint."""
    journal.write("a.b", about=make.user().actor, actor=journal.SYSTEM, clauses=(), at=make.MONDAY)
    made = checkpoints.make(make.MONDAY)
    assert made is not None
    return made


def test_a_checkpoint_is_stamped_and_openssl_agrees(authority: Authority) -> None:
    checkpoint = signed()

    done = work.stamp(10)

    token, note = TimestampToken.objects.get(), checkpoint.note.encode()
    stamp = check_stamp(bytes(token.answer), note, authority.roots.read_bytes())
    assert (done, work.stamp(10)) == (1, 0)
    assert stamp.authority == "CN=Klocka"
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(hours=1)
    assert authority.vouches_for(note, bytes(token.answer))
    assert list(verify()) == []


def test_the_authority_sees_a_hash_and_nothing_of_the_municipality(authority: Authority) -> None:
    checkpoint = signed()

    work.stamp(10)

    assert checkpoint.told.origin.encode() not in authority.asked[-1]
    assert len(authority.asked[-1]) < 80


def test_without_an_address_nobody_is_asked(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed()
    monkeypatch.setattr(settings.TORGET, "tsa_url", "")
    before = len(authority.asked)

    assert work.stamp(10) == 0
    assert len(authority.asked) == before


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("silent", "Inget svar"),
        ("error", "felkod 503"),
        ("refused", "felkod 400"),
        ("garbage", "går inte att läsa"),
        ("cut", "går inte att läsa"),
        ("empty", "går inte att läsa"),
        ("rejection", "avslog begäran"),
    ],
)
def test_what_is_no_stamp_is_told_kept_nowhere_and_tried_later(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, fault: str, told: str
) -> None:
    signed()
    authority.fault = fault

    with monkeypatch.context() as impatient:
        impatient.setattr(timestamps, "_LIMITS", Limits(connect=1, read=0.3, total=1))
        assert work.stamp(10) == 0

    trouble = StampTrouble.objects.get()
    assert told in trouble.message
    assert not TimestampToken.objects.exists()
    authority.fault = ""
    assert work.stamp(10) == 0  # it rests
    StampTrouble.objects.update(next_try=make.MONDAY)
    assert work.stamp(10) == 1
    assert not StampTrouble.objects.exists()


def test_the_answer_to_another_request_is_refused(authority: Authority) -> None:
    first, second = signed(), signed()
    timestamps.stamp(first, send=timestamps.post)
    authority.fault = "another"

    with pytest.raises(NoTimestamp, match="gäller något annat"):
        timestamps.stamp(second, send=timestamps.post)
    with pytest.raises(NoTimestamp, match="en annan begäran"):  # right imprint, an old nonce
        timestamps.stamp(first, send=lambda _: authority.answered[-1])


def test_an_unknown_signer_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tsa.made(tmp_path / "other")
    monkeypatch.setattr(settings.TORGET, "tsa_roots", other.roots)

    with pytest.raises(NoTimestamp, match="utfärdare är inte känd"):
        timestamps.stamp(signed(), send=timestamps.post)


@pytest.mark.parametrize("use", ["other", "loose"])
def test_a_certificate_for_something_else_is_refused(tmp_path: Path, use: str) -> None:
    wrong = tsa.made(tmp_path / "wrong", use=use)  # openssl would not sign with it
    certificate = x509.load_pem_x509_certificate((wrong.folder / "tsa.pem").read_bytes())
    root = x509.load_pem_x509_certificate(wrong.roots.read_bytes())

    with pytest.raises(Refused, match="inte till för tidsstämplar"):
        stamps._check_chain(certificate, [], [root], datetime.now(UTC))


def test_a_certificate_that_was_not_valid_then_is_refused(authority: Authority) -> None:
    certificate = x509.load_pem_x509_certificate((authority.folder / "tsa.pem").read_bytes())
    root = x509.load_pem_x509_certificate(authority.roots.read_bytes())

    stamps._check_chain(certificate, [], [root], datetime.now(UTC))
    with pytest.raises(Refused, match="gällde inte då"):
        stamps._check_chain(certificate, [], [root], datetime.now(UTC) + timedelta(days=9999))


@pytest.mark.parametrize(("key", "ess"), [("rsa", "sha256"), ("ec", "sha1"), ("rsa", "sha512")])
def test_stamps_of_other_makes_are_read(tmp_path: Path, key: str, ess: str) -> None:
    made = tsa.made(tmp_path / key, key=key, ess=ess)
    answer = made.sign(timestamps.request(b"data", 7))

    assert check_stamp(answer, b"data", made.roots.read_bytes(), 7).authority == "CN=Klocka"
    alone = (made.folder / "tsa.pem").read_bytes()  # the signer itself may be what is trusted
    assert check_stamp(answer, b"data", alone, 7).authority == "CN=Klocka"
    with pytest.raises(Refused, match="signatur stämmer inte"):
        check_stamp(answer[:-1] + bytes([answer[-1] ^ 1]), b"data", alone, 7)


def test_one_who_may_not_vouch_for_others_does_not(authority: Authority) -> None:
    issuer = x509.load_pem_x509_certificate((authority.folder / "tsa.pem").read_bytes())
    root = x509.load_pem_x509_certificate(authority.roots.read_bytes())
    key = load_pem_private_key((authority.folder / "tsa.key").read_bytes(), None)
    draft = x509.CertificateBuilder(
        issuer_name=issuer.subject,
        subject_name=issuer.subject,
        public_key=issuer.public_key(),
        serial_number=7,
        not_valid_before=issuer.not_valid_before_utc,
        not_valid_after=issuer.not_valid_after_utc,
    )
    use = issuer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    made = draft.add_extension(use.value, critical=True).sign(key, SHA256())  # type: ignore[arg-type]

    with pytest.raises(Refused, match="utfärdare är inte känd"):
        stamps._check_chain(made, [issuer], [root], datetime.now(UTC))


def test_what_is_signed_as_something_else_is_no_stamp(authority: Authority) -> None:
    answer = authority.sign(timestamps.request(b"data", 7))
    roots = authority.roots.read_bytes()
    whole = stamps._inside(stamps._one(answer))[1]
    info = stamps._inside(
        stamps._inside(stamps._inside(stamps._inside(stamps._inside(whole)[1])[0])[2])[1]
    )[0].body

    stamp = authority.sign_as("1.2.840.113549.1.9.16.1.4", info)
    letter = authority.sign_as("1.2.840.113549.1.9.16.1.5", info)
    kind = bytes.fromhex("2a864886f70d01091001")
    dressed = letter.replace(kind + b"\x05", kind + b"\x04", 1)  # where the signature does not see

    assert check_stamp(stamp, b"data", roots, 7).authority == "CN=Klocka"
    for false in (letter, dressed):
        with pytest.raises(Refused, match="går inte att läsa"):
            check_stamp(false, b"data", roots, 7)


def test_no_byte_of_a_stamp_can_be_changed_into_another_claim(authority: Authority) -> None:
    answer = authority.sign(timestamps.request(b"data", 7))
    roots = authority.roots.read_bytes()
    meant = check_stamp(answer, b"data", roots, 7)

    for at in range(len(answer)):
        changed = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
        try:
            assert check_stamp(changed, b"data", roots, 7) == meant, at
        except Refused:
            continue


def test_without_trusted_certificates_nothing_is_kept(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.TORGET, "tsa_roots", None)
    signed()

    assert work.stamp(10) == 0
    assert "TORGET_TSA_ROOTS" in StampTrouble.objects.get().remedy


def test_an_authority_in_the_own_network_is_not_asked(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.TORGET, "allow_private_addresses", False)
    before = len(authority.asked)
    signed()

    assert work.stamp(10) == 0
    assert "okrypterad" in StampTrouble.objects.get().message
    assert len(authority.asked) == before


def test_the_wait_doubles_up_to_six_hours(authority: Authority) -> None:
    error, waits = NoTimestamp("Nej.", remedy="Vänta."), []

    for _ in range(12):
        trouble = timestamps.note_trouble(error, at=make.MONDAY)
        waits.append((trouble.next_try - make.MONDAY).total_seconds() / 60)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert trouble.count == 12 and trouble.first_at == make.MONDAY


def test_every_checkpoint_waits_for_its_stamp_newest_first(authority: Authority) -> None:
    sizes = [signed().size for _ in range(3)]

    assert work.stamp(2) == 2
    assert list(Checkpoint.objects.filter(token=None).values_list("size", flat=True)) == sizes[:1]


def test_a_token_that_no_longer_holds_is_named(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = signed(), signed()
    answer = authority.sign(timestamps.request(first.note.encode(), 7))
    TimestampToken.objects.create(checkpoint=second, answer=answer)

    told = [str(fault) for fault in verify()]

    name = f"Tidsstämpeln för kontrollpunkt {second.size}"
    assert told == [f"{name}: tidsstämpeln gäller något annat."]
