"""Addresses as people paste them: made equal when they lead to the same message."""

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

from torget.platforms.contract import RemoteId

# What platforms hang on an address to follow whoever shares it: it names nothing.
_TRACKING = frozenset(
    {
        *("fbclid", "igsh", "igshid", "mibextid", "rdid", "share_url", "si", "refsrc", "trk"),
        *("trackingid", "__cft__[0]", "__tn__", "is_from_webapp", "sender_device", "img_index"),
    }
)
_TRACKING_AT = {"x.com": {"s", "t"}, "twitter.com": {"s", "t"}}  # a forum names its threads so
WIDTH = 200
_HOSTS = ("www.", "m.", "mobile.", "sv-se.", "l.")


def tidy(address: str) -> str:
    """Return an address without what changes from one sharing to the next; empty if it is none.

    >>> tidy("https://m.facebook.example/bjorkbo/posts/1/?comment_id=2&fbclid=Iw")
    'https://facebook.example/bjorkbo/posts/1?comment_id=2'
    """
    text = address.strip()
    if not text or any(sign.isspace() for sign in text):
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host:
        return ""
    for start in _HOSTS:
        host = host.removeprefix(start)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING | _TRACKING_AT.get(host, set())
        and not name.lower().startswith("utm_")
    ]
    place = f"{host}:{port}" if port else host
    query = f"?{urlencode(asked)}" if asked else ""
    mark = f"#{parts.fragment}" if parts.fragment else ""
    return f"https://{place}{parts.path.rstrip('/')}{query}{mark}"


def name_of(address: str) -> RemoteId:
    """Return the name by which a message with that address is known; empty if it is no address.

    At most ``WIDTH`` characters: a longer address is cut, and told apart by its hash.
    """
    name = tidy(address)
    if len(name) > WIDTH:
        name = f"{name[: WIDTH - 65]}#{hashlib.sha256(name.encode()).hexdigest()}"
    return RemoteId(name)
