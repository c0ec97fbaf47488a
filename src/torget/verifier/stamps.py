"""Time stamps (RFC 3161): an authority outside the municipality says when it saw some bytes.

What is read: one signer, RSA (PKCS 1 v1.5) or ECDSA, and a chain of certificates to a trusted
one. Not looked up: whether a certificate was withdrawn.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from torget.verifier.tree import Refused

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_DIGEST = bytes.fromhex("2a864886f70d010904")
_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")
_HASHES = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_LONGEST_CHAIN = 8
_SET, _SEQUENCE, _INTEGER, _CONTEXT_0 = 0x31, 0x30, 0x02, 0xA0


class Stamp(NamedTuple):
    """When the authority saw the bytes, by its own clock, and what its certificate calls it."""

    at: datetime
    authority: str


class _Der(NamedTuple):
    tag: int
    body: bytes
    whole: bytes


def check_stamp(answer: bytes, data: bytes, roots: bytes, nonce: int | None = None) -> Stamp:
    """Return what an authority's answer (a TimeStampResp) says of ``data``.

    Args:
        answer: as it came.
        data: what was stamped.
        roots: trusted certificates (PEM); the authority's own, or those that vouch for it.
        nonce: what the request held, when the answer to that request is wanted and no other.

    Raises:
        Refused: it says something else, or it is not known who says it.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import ExtensionNotFound, InvalidVersion

    try:
        return _check(answer, data, roots, nonce)
    except InvalidSignature as error:
        raise Refused("tidsstämpelns signatur stämmer inte") from error
    except (ValueError, LookupError, ExtensionNotFound, InvalidVersion) as error:
        raise Refused("tidsstämpeln går inte att läsa") from error
    except (UnsupportedAlgorithm, TypeError) as error:
        raise Refused("tidsstämpelns metod stöds inte") from error


def _check(answer: bytes, data: bytes, roots: bytes, nonce: int | None) -> Stamp:
    from cryptography import x509

    status, *content = _inside(_one(answer))
    if _inside(status)[0].body not in (b"\x00", b"\x01") or not content:
        raise Refused("tidsstämplingstjänsten avslog begäran")
    signed = _inside(_inside(_inside(content[0])[1])[0])
    kind, wrapped = _inside(signed[2])
    info = _inside(wrapped)[0].body
    at = _told(info, data, nonce)
    if kind.body != _TST_INFO:
        raise ValueError("not a time stamp")
    carried = [part for part in signed[3:] if part.tag == _CONTEXT_0]
    given = [x509.load_der_x509_certificate(each.whole) for each in _inside(*carried[:1])]
    trusted = x509.load_pem_x509_certificates(roots)
    (signer,) = _inside(signed[-1])
    certificate = _signer(signer, info, [*given, *trusted])
    _check_chain(certificate, given, trusted, at)
    return Stamp(at, certificate.subject.rfc4514_string())


def _told(info: bytes, data: bytes, nonce: int | None) -> datetime:
    """Return the time in a TSTInfo, if it is about ``data`` and answers the request."""
    _, _, imprint, _, time, *rest = _inside(_one(info))
    algorithm, digest = _inside(imprint)
    if hashlib.new(_HASHES[_inside(algorithm)[0].body], data).digest() != digest.body:
        raise Refused("tidsstämpeln gäller något annat")
    told = next((int.from_bytes(each.body, "big") for each in rest if each.tag == _INTEGER), None)
    if nonce is not None and told != nonce:
        raise Refused("tidsstämpeln är svaret på en annan begäran (nonce)")
    whole, _, fraction = time.body.decode("ascii").rstrip("Z").partition(".")
    return datetime.strptime(f"{whole}.{fraction[:6] or '0'}Z", "%Y%m%d%H%M%S.%f%z")


def _signer(signer: _Der, info: bytes, known: Sequence["Certificate"]) -> "Certificate":
    """Return the certificate whose key signed ``info``."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    _, _, algorithm, attributes, _, signature, *_ = _inside(signer)
    name = _HASHES[_inside(algorithm)[0].body]
    pairs = (_inside(each) for each in _inside(attributes))
    told = {kind.body: _inside(values)[0] for kind, values in pairs}
    if told[_CONTENT_TYPE].body != _TST_INFO or attributes.tag != _CONTEXT_0:
        raise ValueError("the attributes are about something else")
    if told[_DIGEST].body != hashlib.new(name, info).digest():
        raise Refused("tidsstämpeln är ändrad efter att den skrevs")
    certificate = _named_in(told, known)
    methods: dict[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    method = methods[name]
    key, seen = certificate.public_key(), bytes([_SET]) + attributes.whole[1:]
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature.body, seen, padding.PKCS1v15(), method)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature.body, seen, ec.ECDSA(method))
    else:
        raise TypeError("a key of another kind")
    return certificate


def _named_in(told: dict[bytes, _Der], known: Sequence["Certificate"]) -> "Certificate":
    """Return the certificate that the signed attributes name by its hash (RFC 5035)."""
    from cryptography.hazmat.primitives.serialization import Encoding

    newer = _CERTIFICATE_V2 in told
    first = _inside(_inside(told[_CERTIFICATE_V2 if newer else _CERTIFICATE])[0])[0]
    parts = _inside(first)
    name = "sha256" if newer else "sha1"
    if parts[0].tag == _SEQUENCE:
        name = _HASHES[_inside(parts.pop(0))[0].body]
    for certificate in known:
        if hashlib.new(name, certificate.public_bytes(Encoding.DER)).digest() == parts[0].body:
            return certificate
    raise Refused("tidsstämpeln saknar utfärdarens certifikat")


def _check_chain(
    certificate: "Certificate",
    given: Sequence["Certificate"],
    trusted: Sequence["Certificate"],
    at: datetime,
) -> None:
    """Refuse a signer that is not for time stamps, or that nobody trusted vouches for."""
    from cryptography.x509 import ExtendedKeyUsage
    from cryptography.x509.oid import ExtendedKeyUsageOID

    use = certificate.extensions.get_extension_for_class(ExtendedKeyUsage)
    if not use.critical or list(use.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise Refused("certifikatet är inte till för tidsstämplar")
    current = certificate
    for _ in range(_LONGEST_CHAIN):
        if not current.not_valid_before_utc <= at <= current.not_valid_after_utc:
            raise Refused("utfärdarens certifikat gällde inte då")
        if current in trusted:
            return
        issuers = (each for each in [*trusted, *given] if _issued(each, current))
        if (issuer := next(issuers, None)) is None:
            break
        current = issuer
    raise Refused("tidsstämpelns utfärdare är inte känd")


def _issued(issuer: "Certificate", certificate: "Certificate") -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(issuer)
        return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False


def _one(data: bytes) -> _Der:
    (found,) = _read(data)
    return found


def _inside(*wholes: _Der) -> list[_Der]:
    return [part for whole in wholes for part in _read(whole.body)]


def _read(data: bytes) -> list[_Der]:
    """Return the values that ``data`` holds, one after the other (DER)."""
    found, at = [], 0
    while at < len(data):
        tag, length, start = data[at], data[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[at + 2 : start], "big")
        end = start + length
        if end > len(data) or data[at + 1] == 0x80:
            raise ValueError("cut off, or of unknown length")
        found.append(_Der(tag, data[start:end], data[at:end]))
        at = end
    return found
