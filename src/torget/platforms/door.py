"""How a connection is made: to an address that was checked, and under one deadline.

httpcore has a public place for both, which httpx, built on it, has not.
"""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import certifi
import httpcore

from torget.platforms.addresses import Resolve, crosses_the_internet, reachable
from torget.platforms.troubles import BadCertificate, NotEncrypted


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two parts of an answer, and in all; bytes of an answer."""

    connect: float = 5
    read: float = 10
    total: float = 30
    answer: int = 5_000_000


class Door(httpcore.NetworkBackend):
    """Connects to addresses that were checked, keeps the deadline, and knows if anything left.

    One door serves one exchange.
    """

    def __init__(
        self, *, encrypted: bool, allow_private: bool, limits: Limits, resolve: Resolve
    ) -> None:
        self.encrypted = encrypted
        self.sent = False
        self._allow_private, self._limits, self._resolve = allow_private, limits, resolve
        self._deadline = time.monotonic() + limits.total

    def seconds(self, limit: float) -> float:
        """Return how long one step may take."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(limit, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the name's addresses that answers."""
        addresses = reachable(host, port, allow_private=self._allow_private, resolve=self._resolve)
        if not self.encrypted and any(crosses_the_internet(address) for address in addresses):
            raise NotEncrypted
        plain = httpcore.SyncBackend()
        for address in addresses[:-1]:
            try:
                return _Stream(self, plain.connect_tcp(address, port, self.seconds(1)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        limit = self.seconds(self._limits.connect)
        return _Stream(self, plain.connect_tcp(addresses[-1], port, limit))

    def read_limit(self) -> float:
        """Return how long to wait for the next part of an answer."""
        return self.seconds(self._limits.read)


class _Stream(httpcore.NetworkStream):
    """A connection that keeps its door's deadline."""

    def __init__(self, door: Door, inner: httpcore.NetworkStream) -> None:
        self._door, self._inner = door, inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._door.read_limit())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._door.sent = True
        self._inner.write(buffer, self._door.read_limit())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = self._door.read_limit()
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, limit)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise BadCertificate from error
            raise
        return _Stream(self._door, inner)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


@cache
def trust() -> ssl.SSLContext:
    """Trust what the machine trusts, and the usual authorities where it has no list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
