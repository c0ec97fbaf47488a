"""The part of WordPress's REST interface that the adapter uses, answering as WordPress does."""

import hmac
import html
import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from torget.practice.blog.store import Comment, Store

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PUBLIC, EDIT = "approved", "edit"
STATUS = {"approve": PUBLIC, PUBLIC: PUBLIC, "1": PUBLIC, "hold": "hold", "0": "hold",
          "spam": "spam", "trash": "trash"}  # fmt: skip
LISTED = {"approve": {PUBLIC}, "hold": {"hold"}, "spam": {"spam"}, "trash": {"trash"},
          "all": {PUBLIC, "hold"}, "any": {PUBLIC, "hold", "spam", "trash"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can sign in with an application password."""

    id: int
    name: str
    password: str = field(repr=False)
    moderates: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """One call: its path below /wp-json, and who asked, if anyone."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Mapping[str, object]
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer, as JSON."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """An answer that is an error, in WordPress's form."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"code": code, "message": code, "data": {"status": status}})


@dataclass(frozen=True, slots=True)
class Api:
    """The interface of one blog."""

    store: Store
    url: str
    name: str
    users: Sequence[User]

    def signed_in(self, header: str) -> User | None:
        """Return whose the user name and password in an Authorization header are."""
        kind, _, token = header.partition(" ")
        try:
            name, _, password = b64decode(token).decode().partition(":")
        except ValueError:
            return None
        for user in self.users:
            same = hmac.compare_digest(user.password.encode(), password.encode())
            if kind == "Basic" and user.name == name and same:
                return user
        return None

    def answer(self, request: Request) -> Answer:
        """Answer one call."""
        routes: Mapping[tuple[str, str], Callable[[Request], Answer]] = {
            ("GET", ""): self._index,
            ("GET", "/wp/v2/users/me"): self._me,
            ("GET", "/wp/v2/comments"): self._list,
            ("POST", "/wp/v2/comments"): self._create,
        }
        path = request.path.rstrip("/")
        try:
            if (request.method, path) in routes:
                return routes[request.method, path](request)
            if number := re.fullmatch(r"/wp/v2/comments/(\d+)", path):
                return self._one(request, int(number[1]))
        except Refused as refused:
            return refused.answer
        return Refused(404, "rest_no_route").answer

    def _index(self, _request: Request) -> Answer:
        told = {"name": self.name, "description": "Övningsblogg", "url": self.url, "home": self.url}
        return Answer(200, told | {"namespaces": ["wp/v2"], "routes": {}})

    def _me(self, request: Request) -> Answer:
        user = request.user
        if user is None:
            raise Refused(401, "rest_not_logged_in")
        told = {"id": user.id, "name": user.name, "slug": user.name, "url": "", "description": ""}
        if request.query.get("context") == EDIT:
            told["capabilities"] = {"moderate_comments": True} if user.moderates else {"read": True}
        return Answer(200, _only(told, request.query))

    def _list(self, request: Request) -> Answer:
        query = request.query
        asked = query.get("status", "approve")
        if (asked != "approve" or query.get("context") == EDIT) and not _moderates(request):
            raise Refused(_forbidden(request), "rest_forbidden_context")
        size, order = _within(query, "per_page", 10, 1, 100), query.get("order", "desc")
        offset = _within(query, "offset", 0, 0, 10**9)
        offset = offset or size * (_within(query, "page", 1, 1, 10**9) - 1)
        times = {name: _utc(query[name]) for name in ("after", "before") if name in query}
        chosen = [one for one in self.store.comments() if _fits(one, {**query, **times}, asked)]
        if query.get("orderby") == "id":
            chosen.sort(key=lambda one: one.id)
        if order == "desc":
            chosen.reverse()
        told = [self._told(one, request) for one in chosen[offset : offset + size]]
        pages = str(-(-len(chosen) // size))
        return Answer(200, told, {"X-WP-Total": str(len(chosen)), "X-WP-TotalPages": pages})

    def _create(self, request: Request) -> Answer:
        if request.user is None:
            raise Refused(401, "rest_comment_login_required")
        number = self.store.add_comment(
            int(str(request.body.get("post", 0))),
            request.user.name,
            _content(request.body) or "",
            parent=int(str(request.body.get("parent", 0))),
            author=request.user.id,
        )
        return self._read(number, request, status=201)

    def _one(self, request: Request, number: int) -> Answer:
        comment = self.store.comment(number)
        if comment is None:
            raise Refused(404, "rest_comment_invalid_id")
        open_to_all = request.method == "GET" and comment.status == PUBLIC
        if not _moderates(request) and not (open_to_all and request.query.get("context") != EDIT):
            raise Refused(_forbidden(request), "rest_forbidden_context")
        act: Mapping[str, Callable[[Request, Comment], Answer]] = {
            "POST": self._update,
            "PUT": self._update,
            "PATCH": self._update,
            "DELETE": self._delete,
        }
        if request.method in act:
            return act[request.method](request, comment)
        return self._read(number, request)

    def _update(self, request: Request, comment: Comment) -> Answer:
        status = request.body.get("status")
        if status is not None and str(status) not in STATUS:
            raise Refused(500, "rest_comment_failed_edit")
        self.store.change(
            comment.id,
            source=_content(request.body),
            status=None if status is None else STATUS[str(status)],
        )
        return self._read(comment.id, request)

    def _delete(self, request: Request, comment: Comment) -> Answer:
        if request.query.get("force") == "true":
            told = self._told(comment, request)
            self.store.delete(comment.id)
            return Answer(200, {"deleted": True, "previous": told})
        if comment.status == "trash":
            raise Refused(410, "rest_already_trashed")
        self.store.change(comment.id, status="trash")
        return self._read(comment.id, request)

    def _read(self, number: int, request: Request, *, status: int = 200) -> Answer:
        comment = self.store.comment(number)
        if comment is None:  # someone else was quicker
            raise Refused(404, "rest_comment_invalid_id")
        return Answer(status, self._told(comment, request))

    def _told(self, comment: Comment, request: Request) -> dict[str, object]:
        """Return a comment as WordPress tells of it."""
        at = datetime.fromisoformat(comment.at).replace(tzinfo=UTC)
        post = next((post for post in self.store.posts() if post.id == comment.post), None)
        link = f"{self.url}/{post.slug}/" if post else f"{self.url}/"
        up = {"href": f"{self.url}/wp-json/wp/v2/posts/{comment.post}", "embeddable": True}
        content = {"rendered": f"<p>{comment.source}</p>\n"}
        told: dict[str, object] = {
            "id": comment.id,
            "post": comment.post,
            "parent": comment.parent,
            "author": comment.author,
            "author_name": comment.author_name,
            "author_url": comment.author_url,
            "date": at.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M:%S"),
            "date_gmt": comment.at,
            "content": content,
            "link": f"{link}#comment-{comment.id}",
            "status": comment.status,
            "type": "comment",
            "_links": {"up": [up]},
        }
        if request.method != "GET" or request.query.get("context") == EDIT:
            content["raw"] = comment.source
            # Nobody has these here; a WordPress tells them, and the adapter must not take them.
            told |= {"author_email": "", "author_ip": "127.0.0.1", "author_user_agent": ""}
        if "_embed" in request.query and post:
            title = {"rendered": html.escape(post.title)}
            told["_embedded"] = {"up": [{"id": post.id, "title": title, "link": link}]}
        return _only(told, request.query)


def _only(told: dict[str, object], query: Mapping[str, str]) -> dict[str, object]:
    """Keep the fields that were asked for."""
    if "_fields" not in query:
        return told
    asked = {name.partition(".")[0] for name in query["_fields"].split(",")}
    return {name: value for name, value in told.items() if name in asked}


def _fits(comment: Comment, query: Mapping[str, str], asked: str) -> bool:
    """Return whether a comment belongs in a list. Times in the query are in UTC."""
    chosen = LISTED.get(asked, set())
    return (
        comment.status in chosen
        and ("include" not in query or str(comment.id) in query["include"].split(","))
        and ("post" not in query or str(comment.post) in query["post"].split(","))
        and ("after" not in query or comment.at > query["after"])
        and ("before" not in query or comment.at < query["before"])
    )


def _utc(told: str) -> str:
    try:
        at = datetime.fromisoformat(told)
    except ValueError as error:
        raise Refused(400, "rest_invalid_param") from error
    aware = at if at.tzinfo else at.replace(tzinfo=STOCKHOLM)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _within(query: Mapping[str, str], name: str, plain: int, least: int, most: int) -> int:
    told = query.get(name, str(plain))
    if not told.isdecimal() or not least <= int(told) <= most:
        raise Refused(400, "rest_invalid_param")
    return int(told)


def _content(body: Mapping[str, object]) -> str | None:
    match body.get("content"):
        case {"raw": str(source)} | str(source):
            return source
        case _:
            return None


def _moderates(request: Request) -> bool:
    return request.user is not None and request.user.moderates


def _forbidden(request: Request) -> int:
    return 401 if request.user is None else 403
