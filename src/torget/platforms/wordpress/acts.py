"""What hiding, showing and taking away look like on the wire, and whether they were done."""

import json

from torget.platforms.contract import (
    Found,
    Gone,
    Operation,
    RemoteId,
    Restore,
    Restrain,
    Shown,
    Snapshot,
    Verb,
)
from torget.platforms.http import Http, Reply
from torget.platforms.troubles import NotAsAgreed

API = "/wp-json/wp/v2"
HIDDEN = "hold"
PUBLIC = "approve"


def path(ref: RemoteId) -> str:
    """Return where a comment, or a post of our own, is."""
    kind, _, number = ref.rpartition("-")
    return f"{API}/posts/{number}" if kind else f"{API}/comments/{ref}"


def preview(operation: Operation) -> bytes:
    """Return the request for an operation, or nothing if it is not supported."""
    match operation:
        case Restrain(verb=Verb.HIDE, target=ref):
            return f"POST {path(ref)}\n{json.dumps({'status': HIDDEN})}".encode()
        case Restore(target=ref):
            return f"POST {path(ref)}\n{json.dumps({'status': PUBLIC})}".encode()
        case Restrain(verb=Verb.DELETE_OTHER, target=ref):
            return f"DELETE {path(ref)}?force=true".encode()
        case Restrain(verb=Verb.DELETE_OWN, target=ref):
            return f"DELETE {path(ref)}".encode()
        case _:
            return b""


def send(http: Http, operation: Operation, ref: RemoteId) -> Reply:
    """Send the request that ``preview`` shows."""
    if operation.verb == Verb.DELETE_OTHER:
        return http.delete(path(ref), force="true")
    if operation.verb == Verb.DELETE_OWN:
        return http.delete(path(ref))  # to the bin, where WordPress can still find it
    return http.post(path(ref), status=HIDDEN if operation.verb == Verb.HIDE else PUBLIC)


def says_so(reply: Reply, operation: Operation) -> bool:
    """Return whether WordPress says that it did as asked."""
    try:
        answer = reply.json()
    except NotAsAgreed:
        return False
    match operation.verb, answer:
        case (Verb.DELETE_OTHER, {"deleted": True}):
            return True
        case (Verb.DELETE_OWN, {"status": "trash"}):
            return True
        case (Verb.HIDE, {"status": "hold"}) | (Verb.UNHIDE, {"status": "approved"}):
            return True
        case _:
            return False


def is_as_asked(operation: Operation, now: Found) -> bool:
    """Return whether a comment is now as an operation wanted it."""
    match operation.verb:
        case Verb.DELETE_OTHER | Verb.DELETE_OWN:
            return isinstance(now, Gone)
        case Verb.HIDE:
            return isinstance(now, Snapshot) and now.shown == Shown.HIDDEN
        case _:
            return isinstance(now, Snapshot) and now.shown == Shown.PUBLIC
