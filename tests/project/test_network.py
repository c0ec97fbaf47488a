"""The door that keeps tests on this machine is shut."""

import socket

import pytest

from tests.network import ReachedOut


def test_a_test_cannot_look_a_name_up() -> None:
    with pytest.raises(ReachedOut):
        socket.create_connection(("exempelkommun.se", 80), timeout=1)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0"])
def test_a_test_cannot_reach_another_address(host: str) -> None:
    with socket.socket() as reaching, pytest.raises(ReachedOut):
        reaching.connect((host, 80))


def test_a_test_can_reach_this_machine() -> None:
    server = socket.create_server(("127.0.0.1", 0))

    with server, socket.create_connection(server.getsockname(), timeout=5) as reaching:
        assert reaching.getpeername() == server.getsockname()
