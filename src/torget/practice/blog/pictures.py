"""Uploaded pictures, as WordPress's interface gives them. Nothing but pictures is taken."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from torget.practice.blog.rest import (
    EDIT,
    Answer,
    Refused,
    Request,
    forbidden,
    moderates,
    only,
    page,
    told_at,
)
from torget.practice.blog.store import Picture, Store

FOLDER = "/wp-content/uploads/"
MOST = 10_000_000  # bytes
TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
         "webp": "image/webp"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one blog."""

    store: Store
    url: str

    def list(self, request: Request) -> Answer:
        """Return those that are asked for."""
        query = request.query
        if query.get("context") == EDIT and not moderates(request):
            raise Refused(forbidden(request), "rest_forbidden_context")
        slugs = query["slug"].split(",") if "slug" in query else None
        chosen = [one for one in self.store.pictures() if slugs is None or one.slug in slugs]
        return page(chosen, request, self._told)

    def create(self, request: Request) -> Answer:
        """Keep a picture. Its bytes say what it is: neither its name nor its sender does."""
        if request.user is None or not request.user.moderates:
            raise Refused(forbidden(request), "rest_cannot_create")
        if not request.data:
            raise Refused(400, "rest_upload_no_data")
        name = PurePosixPath(request.file_name).name
        if not name:
            raise Refused(400, "rest_upload_no_content_disposition")
        if len(request.data) > MOST:
            raise Refused(400, "rest_upload_file_too_big")
        kind, ending = _kind(request.data), PurePosixPath(name).suffix[1:].lower()
        if kind is None or TYPES.get(ending) != kind:
            raise Refused(500, "rest_upload_sideload_error")
        number = self.store.add_picture(
            request.query.get("slug") or PurePosixPath(name).stem.lower(),
            ending,
            kind,
            request.query.get("alt_text", ""),
            request.user.id,
            request.data,
        )
        kept = next(one for one in self.store.pictures() if one.id == number)
        return Answer(201, self._told(kept, request))

    def _told(self, picture: Picture, request: Request) -> dict[str, object]:
        told: dict[str, object] = {
            "id": picture.id,
            **told_at(picture.at, "date"),
            "slug": picture.slug,
            "status": "inherit",
            "type": "attachment",
            "author": picture.author,
            "alt_text": picture.alt,
            "media_type": "image",
            "mime_type": picture.media_type,
            "source_url": f"{self.url}{FOLDER}{picture.name}",
        }
        return only(told, request.query)


def _kind(data: bytes) -> str | None:
    """Return what kind of picture some bytes are, by how they begin."""
    match data:
        case _ if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return "image/png"
        case _ if data.startswith(b"\xff\xd8\xff"):
            return "image/jpeg"
        case _ if data.startswith((b"GIF87a", b"GIF89a")):
            return "image/gif"
        case _ if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return "image/webp"
        case _:
            return None
