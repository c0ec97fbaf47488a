"""No test reaches beyond this machine: it would be slow, unsteady, and seen by others."""

import ipaddress
import socket
from typing import Any

import pytest

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


class ReachedOut(AssertionError):
    """A test tried to reach another machine. An assertion, so that no error handling takes it."""


def pytest_configure() -> None:
    """Close the door before any test, fixture or import of a test module runs."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _guarded_connect)
    patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _only_this_machine(self.family, address)
    return _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _only_this_machine(self.family, address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
    """A look-up of a name is traffic too; an address written out needs none."""
    if not (host is None or _is_address(_text(host)) or _text(host) == "localhost"):
        raise ReachedOut(f"a look-up of {_text(host)}")
    return _getaddrinfo(host, *args, **options)


def _only_this_machine(family: int, address: Any) -> None:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = _text(address[0])
    if host != "localhost" and not (_is_address(host) and ipaddress.ip_address(host).is_loopback):
        raise ReachedOut(f"a connection to {host}")


def _text(host: Any) -> str:
    return host.decode("ascii") if isinstance(host, bytes) else str(host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
