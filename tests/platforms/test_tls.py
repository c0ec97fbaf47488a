"""Over TLS the name is what is vouched for, though the connection goes to a checked address."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from torget.platforms import http
from torget.platforms.door import Limits
from torget.platforms.http import connect_http
from torget.platforms.troubles import BadCertificate

NAME = "blogg.example"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a file with a certificate for ``NAME`` and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@contextmanager
def serving(certificate: Path) -> Iterator[int]:
    """Answer one caller over TLS. Yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            with suppress(OSError):
                caller, _ = listener.accept()
                with context.wrap_socket(caller, server_side=True) as safe:
                    safe.recv(65536)
                    safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        threading.Thread(target=run, daemon=True).start()
        yield listener.getsockname()[1]


def ask(name: str, port: int) -> int:
    door = connect_http(
        f"https://{name}:{port}",
        allow_private=True,
        limits=Limits(connect=5, read=5, total=10),
        resolve=lambda _host, _port: ["127.0.0.1"],
    )
    return door.get("/").status


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Trust the certificate, as if an authority had signed it."""
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(http, "trust", lambda: context)
    return certificate


def test_a_certificate_for_the_name_is_trusted(trusted: Path) -> None:
    with serving(trusted) as port:
        assert ask(NAME, port) == 200


def test_a_certificate_for_another_name_is_not(trusted: Path) -> None:
    with serving(trusted) as port, pytest.raises(BadCertificate):
        ask("annan.example", port)


def test_a_certificate_that_nobody_signed_is_not(certificate: Path) -> None:
    with serving(certificate) as port, pytest.raises(BadCertificate):
        ask(NAME, port)
