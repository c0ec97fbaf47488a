"""Pictures of our own on a WordPress: each is there once, whatever happens on the way."""

import hashlib
from urllib.parse import urlencode

from torget.platforms.contract import Media
from torget.platforms.http import Reply
from torget.platforms.troubles import NotAsAgreed
from torget.platforms.wordpress.acts import API
from torget.platforms.wordpress.answers import checked, code, items
from torget.platforms.wordpress.compose import Placed
from torget.platforms.wordpress.site import Site

FIELDS = "id,source_url"
LARGEST = 10_000_000  # bytes
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
BEGINNINGS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}


class PictureRefused(Exception):
    """WordPress did not take a picture. ``args[0]`` is the code that says why."""


def name_of(medium: Media) -> str:
    """Return the name that a picture's bytes give it."""
    return f"torget-{hashlib.sha256(medium.data or b'').hexdigest()[:32]}"


def fault(medium: Media) -> str:
    """Return the code of what is wrong with a picture that is to be sent, or nothing."""
    data = medium.data or b""
    if not data.startswith(BEGINNINGS.get(medium.media_type, ())):
        return "wordpress.not_a_picture"
    return "wordpress.picture_too_large" if len(data) > LARGEST else ""


def preview(medium: Media) -> str:
    """Return what leaves when a picture is uploaded. It is not sent if it is there already."""
    told = urlencode({"alt_text": medium.alt, "slug": name_of(medium)})
    return f"POST {API}/media?{told}\n‹{len(medium.data or b'')} byte, {medium.media_type}›"


def place(site: Site, medium: Media) -> Placed:
    """Return a picture as it stands on the site, after sending it there if it was not.

    Its bytes give it its name there, so one whose answer was lost is found again.

    Raises:
        PictureRefused: WordPress does not take it.
        PlatformUnavailable, AnswerLost: as for any request.
    """
    name = name_of(medium)
    reply = site.ask("/media", slug=name, _fields=FIELDS)
    if found := items(reply):
        return _placed(found[0], medium)
    answer = site.http.upload(
        f"{API}/media",
        medium.data or b"",
        sent_as=medium.media_type,
        name=f"{name}.{ENDINGS[medium.media_type]}",
        alt_text=medium.alt,
        slug=name,
    )
    return _placed(_taken(answer).json(), medium)


def _taken(reply: Reply) -> Reply:
    if reply.status == 201:
        return reply
    if code(reply) in {"rest_cannot_create", "rest_upload_file_too_big"} or reply.status == 413:
        raise PictureRefused("wordpress.picture_refused")
    if reply.status in {401, 403, 404}:
        return checked(reply)
    raise PictureRefused(f"http.{reply.status}")


def _placed(answer: object, medium: Media) -> Placed:
    match answer:
        case {"id": int(number), "source_url": str(address)}:
            return Placed(str(number), address, medium.alt)
        case _:
            raise NotAsAgreed
