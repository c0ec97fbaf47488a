"""A real time-stamp authority on loopback: openssl answers, and can be told to answer wrongly."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Torget test
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[tsa]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[other]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,serverAuth,timeStamping
keyUsage = critical,digitalSignature
[loose]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = timeStamping
keyUsage = critical,digitalSignature
[settings]
default_policy = 1.2.3.4.1
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
digests = sha256,sha384,sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = {ess}
serial = serial
crypto_device = builtin
"""
KEYS = {"ec": "ec -pkeyopt ec_paramgen_curve:P-256", "rsa": "rsa:2048"}

FAULTS = {
    "error": (503, b""),
    "refused": (400, b"no"),
    "garbage": (200, b"<html>Underhall</html>"),
    "empty": (200, b""),
}


@dataclass
class Authority:
    """Where it listens, whom to trust for it, and how the next answer is to be wrong, if it is."""

    folder: Path
    url: str = ""
    fault: str = ""
    asked: list[bytes] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)

    @property
    def roots(self) -> Path:
        """The root certificate."""
        return self.folder / "ca.pem"

    def answer(self, query: bytes) -> tuple[int, bytes]:
        """Return status and body for a request."""
        self.asked.append(query)
        if self.fault in FAULTS:
            return FAULTS[self.fault]
        if self.fault == "another":
            return 200, self.answered[-1]
        signed = self.sign(b"0\x03\x02\x01\x01" if self.fault == "rejection" else query)
        self.answered.append(signed)
        return 200, signed[:-20] if self.fault == "cut" else signed

    def sign(self, query: bytes) -> bytes:
        """Return openssl's answer to a request."""
        (self.folder / "q.tsq").write_bytes(query)
        told = "-config c.cnf -section settings -queryfile q.tsq -out r.tsr"
        _openssl(self.folder, f"ts -reply {told}")
        return (self.folder / "r.tsr").read_bytes()

    def sign_as(self, kind: str, info: bytes) -> bytes:
        """Return a granted answer whose signed content is said to be of another kind."""
        (self.folder / "info").write_bytes(info)
        told = f"-econtent_type {kind} -in info -signer tsa.pem -inkey tsa.key -outform DER"
        _openssl(self.folder, f"cms -sign -binary -nodetach -cades {told} -out info.cms")
        body = b"\x30\x03\x02\x01\x00" + (self.folder / "info.cms").read_bytes()
        return b"\x30\x82" + len(body).to_bytes(2, "big") + body

    def vouches_for(self, data: bytes, answer: bytes) -> bool:
        """Whether openssl itself accepts an answer about ``data``."""
        (self.folder / "data").write_bytes(data)
        (self.folder / "answer.tsr").write_bytes(answer)
        told = "ts -verify -data data -in answer.tsr -CAfile ca.pem"
        command = ["openssl", *told.split()]
        ended = subprocess.run(command, check=False, cwd=self.folder, capture_output=True)
        return ended.returncode == 0


def made(folder: Path, *, key: str = "ec", use: str = "tsa", ess: str = "sha256") -> Authority:
    """Make an authority with keys and certificates of its own."""
    folder.mkdir(parents=True)
    (folder / "c.cnf").write_text(CONFIG.format(ess=ess))
    (folder / "serial").write_text("01\n")
    common = "-nodes -config c.cnf"
    _openssl(
        folder,
        f"req -x509 -newkey {KEYS[key]} {common} -keyout ca.key -out ca.pem -days 3650"
        " -subj /CN=Rot -extensions ca",
    )
    _openssl(
        folder, f"req -newkey {KEYS[key]} {common} -keyout tsa.key -out t.csr -subj /CN=Klocka"
    )
    _openssl(
        folder,
        "x509 -req -in t.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650"
        f" -extfile c.cnf -extensions {use} -out tsa.pem",
    )
    return Authority(folder)


@contextmanager
def listening(authority: Authority) -> Iterator[Authority]:
    """Let an authority answer on a port of this machine."""
    release = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["content-length"]))
            if authority.fault == "silent":
                authority.asked.append(query)
                release.wait(30)
                return
            status, body = authority.answer(query)
            self.send_response(status)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
        try:
            yield authority
        finally:
            release.set()
            server.shutdown()
            thread.join()


def _openssl(folder: Path, told: str) -> None:
    subprocess.run(["openssl", *told.split()], cwd=folder, check=True, capture_output=True)
