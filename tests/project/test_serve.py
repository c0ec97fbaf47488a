"""The web server says in advance when it cannot listen."""

import socket

import pytest

from torget.project.serve import PortTaken, free_port, refuse_taken


def test_a_port_that_another_listens_to_is_refused_with_a_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PortTaken) as refused:
            refuse_taken("127.0.0.1", port)

    assert str(port) in refused.value.message
    assert "--port" in refused.value.remedy


def test_a_free_port_is_kept_and_a_taken_one_replaced() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        instead = free_port(taken)

    assert instead != taken
    assert free_port(instead) == instead


def test_whoever_wants_any_port_gets_one_that_can_be_told() -> None:
    assert free_port() > 0
