"""No address that a user types opens the inner network."""

import socket

import pytest

from torget.platforms.addresses import look_up, may_reach, reachable
from torget.platforms.troubles import NoSuchHost, PrivateAddress

PUBLIC = ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")
INNER = (
    "127.0.0.1",
    "127.9.9.9",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "2001:db8::1",
    "3fff::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo for 127.0.0.1
)
NEVER = (
    "169.254.169.254",
    "169.254.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "100.100.100.200",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "ff02::1",
    "not an address",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_lies_on_the_internet_may_be_reached(address: str) -> None:
    assert may_reach(address, allow_private=False)


@pytest.mark.parametrize("address", INNER)
def test_the_inner_network_is_reached_only_by_leave(address: str) -> None:
    assert not may_reach(address, allow_private=False)
    assert may_reach(address, allow_private=True)


@pytest.mark.parametrize("address", NEVER)
def test_what_is_never_a_channel_is_never_reached(address: str) -> None:
    assert not may_reach(address, allow_private=False)
    assert not may_reach(address, allow_private=True)


def test_one_inner_address_among_public_ones_refuses_the_name() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        return ["8.8.8.8", "10.0.0.1"]

    with pytest.raises(PrivateAddress):
        reachable("blogg.example", 443, allow_private=False, resolve=resolve)


def test_a_name_without_addresses_does_not_exist() -> None:
    with pytest.raises(NoSuchHost):
        reachable("blogg.example", 443, allow_private=False, resolve=lambda _host, _port: [])


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_cannot_be_looked_up_does_not_exist(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> list[object]:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    with pytest.raises(NoSuchHost):
        look_up("blogg.invalid", 443)


def test_each_address_of_a_name_comes_once_in_the_machines_own_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    addresses = [("2606:4700::1", 443, 0, 0), ("8.8.8.8", 443), ("8.8.8.8", 443)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)

    assert look_up("blogg.example", 443) == ["2606:4700::1", "8.8.8.8"]
