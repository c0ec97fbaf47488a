"""What publishing, answering and editing look like on the wire."""

import json
from collections.abc import Mapping, Sequence

from torget.platforms.contract import RemoteId, Send, Verb
from torget.platforms.wordpress import compose, uploads
from torget.platforms.wordpress.acts import API, path
from torget.platforms.wordpress.compose import Placed

# What only the site can tell, as a preview shows it.
NUMBER, ADDRESS, UNDER = "‹nummer›", "‹adress›", "‹inlägg›"
AGENT = "Torget "  # before the number of the sending


def is_post(ref: RemoteId | None) -> bool:
    """Return whether a name is a post's, and not a comment's."""
    return ref is not None and ref.startswith("post-")


def mark_of(agent: str) -> str:
    """Return the number of the sending that an answer came from, or nothing."""
    return agent.removeprefix(AGENT) if agent.startswith(AGENT) else ""


def refusal(send: Send) -> str:
    """Return the code of what makes a sending impossible, before anyone is asked; or nothing."""
    record, target = send.record, send.target
    if (target is None) is not (send.verb == Verb.PUBLISH):
        return "not_supported"
    if send.verb == Verb.REPLY or (target and not is_post(target)):
        return "wordpress.comment_holds_text_only" if record.title or record.media else ""
    faults = (uploads.fault(one) for one in record.media if one.data is not None or not target)
    return next((one for one in faults if one), "")


def publish(send: Send, pictures: Sequence[Placed]) -> tuple[str, Mapping[str, str]]:
    """Return where a new post goes, and what it says."""
    return f"{API}/posts", {**_post(send, pictures), "status": "publish"}


def reply(send: Send, post: str, parent: str) -> tuple[str, Mapping[str, str]]:
    """Return where an answer goes, and what it says. ``parent`` 0 answers the post itself."""
    return f"{API}/comments", {
        "content": compose.comment(send.record.text),
        "status": "approve",
        "author_user_agent": f"{AGENT}{send.id.hex}",
        "parent": parent,
        "post": post,
    }


def edit(send: Send, pictures: Sequence[Placed]) -> tuple[str, Mapping[str, str]]:
    """Return where one of our own is changed, and what it is to say."""
    target = send.target or RemoteId("")
    if is_post(target):
        return path(target), _post(send, pictures)
    return path(target), {"content": compose.comment(send.record.text)}


def preview(send: Send) -> bytes:
    """Return the requests for a sending, or nothing if it would be refused."""
    if refusal(send):
        return b""
    media = send.record.media
    pictures = [Placed(NUMBER, ADDRESS, one.alt) for one in media]
    match send.verb:
        case Verb.PUBLISH:
            where, told = publish(send, pictures)
        case Verb.REPLY if is_post(send.target):
            where, told = reply(send, (send.target or "").removeprefix("post-"), "0")
        case Verb.REPLY:
            where, told = reply(send, UNDER, send.target or "")
        case Verb.EDIT:
            where, told = edit(send, pictures)
    body = json.dumps(told)
    for one in (NUMBER, ADDRESS, UNDER):
        body = body.replace(json.dumps(one)[1:-1], one)
    uploaded = (uploads.preview(one) for one in media if one.data is not None)
    return "\n".join((*uploaded, f"POST {where}\n{body}")).encode()


def _post(send: Send, pictures: Sequence[Placed]) -> Mapping[str, str]:
    return {
        "title": compose.encoded(send.record.title.strip()),
        "content": compose.post(send.record.text, pictures, send.id),
    }
