"""Which machines an adapter may reach: what a user typed must not open the inner network."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from torget.platforms.troubles import NoSuchHost, PrivateAddress

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Resolve = Callable[[str, int], Sequence[str]]

# Where clouds hand out secrets to whoever asks from inside. The others that do are link-local.
METADATA = frozenset(
    {ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")}
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")
UNICAST = ipaddress.ip_network("2000::/3")
DOCUMENTATION = ipaddress.ip_network("3fff::/20")  # Python before 3.13 counts it as global


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses that the machine's own resolver gives for a name, in its order.

    Raises:
        NoSuchHost: the name does not exist, or could not be looked up.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchHost from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def reachable(host: str, port: int, *, allow_private: bool, resolve: Resolve) -> Sequence[str]:
    """Return addresses to connect to, and to nothing else: a second look-up may answer otherwise.

    One address that may not be reached refuses the name altogether.

    Raises:
        NoSuchHost: there is no such name.
        PrivateAddress: the name leads where an adapter may not go.
    """
    addresses = resolve(host, port)
    if not addresses:
        raise NoSuchHost
    if not all(may_reach(address, allow_private=allow_private) for address in addresses):
        raise PrivateAddress
    return addresses


def crosses_the_internet(address: str) -> bool:
    """Return whether what is sent to an address leaves the installation's own network."""
    return is_public(_inside(ipaddress.ip_address(address)))


def may_reach(address: str, *, allow_private: bool) -> bool:
    """Return whether an adapter may connect to an address.

    Link-local, metadata, multicast and unspecified addresses are never a channel's.
    """
    try:
        seen = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = _inside(seen)
    never = (
        inner.is_link_local
        or inner.is_multicast
        or inner.is_unspecified
        or inner in METADATA
        or getattr(inner, "scope_id", None) is not None
    )
    return not never and (allow_private or is_public(inner))


def is_public(address: Address) -> bool:
    """Return whether an address lies on the open internet."""
    if isinstance(address, ipaddress.IPv6Address) and address not in UNICAST:
        return False
    return address.is_global and not address.is_reserved and address not in DOCUMENTATION


def _inside(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    plain = ipaddress.IPv6Address(int(address))  # without the zone, or it lies in no network
    if plain in NAT64 or (plain in COMPATIBLE and int(plain) > 1):
        return ipaddress.IPv4Address(int(plain) & 0xFFFFFFFF)
    return address
