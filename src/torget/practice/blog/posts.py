"""Posts, as WordPress's interface gives them."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    utc,
    wanted,
)
from torget.practice.blog.store import Post, Store

PUBLIC = "publish"
STATUS = {PUBLIC, "future", "draft", "pending", "private"}
TIMES = ("after", "before", "modified_after", "modified_before")


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of one blog."""

    store: Store
    url: str

    def list(self, request: Request) -> Answer:
        """Return those that are asked for."""
        query = request.query
        asked = set(query.get("status", PUBLIC).split(","))
        if asked != {PUBLIC} and not moderates(request):
            raise Refused(400, "rest_invalid_param")
        if query.get("context") == EDIT and not moderates(request):
            raise Refused(forbidden(request), "rest_forbidden_context")
        if not asked <= STATUS | {"any", "trash"}:
            raise Refused(400, "rest_invalid_param")
        times = {name: utc(query[name]) for name in TIMES if name in query}
        shown = asked | STATUS if "any" in asked else asked
        chosen = [one for one in self.store.posts() if _fits(one, {**query, **times}, shown)]
        by = {"id": lambda one: one.id, "modified": lambda one: (one.modified, one.id)}.get(
            query.get("orderby", "date"), lambda one: (one.at, one.id)
        )
        chosen.sort(key=by, reverse=query.get("order", "desc") == "desc")
        return page(chosen, request, self._told)

    def create(self, request: Request) -> Answer:
        """Keep what a user of the blog's own wrote."""
        if request.user is None or not request.user.moderates:
            raise Refused(forbidden(request), "rest_cannot_create")
        status = _status(request.body)
        number = self.store.write_post(
            wanted(request.body, "title") or "",
            wanted(request.body, "content") or "",
            author=request.user.id,
            status=status or "draft",
        )
        return self._read(number, request, status=201)

    def one(self, request: Request, number: int) -> Answer:
        """Show, change or delete one."""
        post = self.store.post(number)
        if post is None:
            raise Refused(404, "rest_post_invalid_id")
        if request.method == "GET":
            if request.query.get("context") == EDIT and not moderates(request):
                raise Refused(forbidden(request), "rest_forbidden_context")
            if post.status != PUBLIC and not moderates(request):
                raise Refused(forbidden(request), "rest_forbidden")
            return Answer(200, self._told(post, request))
        deletes = request.method == "DELETE"
        if not moderates(request):
            code = "rest_user_cannot_delete_post" if deletes else "rest_cannot_edit"
            raise Refused(forbidden(request), code)
        return self._delete(request, post) if deletes else self._update(request, post)

    def _update(self, request: Request, post: Post) -> Answer:
        body = request.body
        self.store.change_post(
            post.id,
            title=wanted(body, "title"),
            source=wanted(body, "content"),
            status=_status(body),
        )
        return self._read(post.id, request)

    def _delete(self, request: Request, post: Post) -> Answer:
        if request.query.get("force") == "true":
            told = self._told(post, request)
            self.store.delete_post(post.id)
            return Answer(200, {"deleted": True, "previous": told})
        if post.status == "trash":
            raise Refused(410, "rest_already_trashed")
        self.store.change_post(post.id, status="trash")
        return self._read(post.id, request)

    def _read(self, number: int, request: Request, *, status: int = 200) -> Answer:
        post = self.store.post(number)
        if post is None:  # someone else was quicker
            raise Refused(404, "rest_post_invalid_id")
        return Answer(status, self._told(post, request))

    def _told(self, post: Post, request: Request) -> dict[str, object]:
        """Return a post as WordPress tells of it."""
        title = {"rendered": post.title}
        content: dict[str, object] = {"rendered": f"<p>{post.source}</p>\n", "protected": False}
        told: dict[str, object] = {
            "id": post.id,
            **told_at(post.at, "date"),
            **told_at(post.modified, "modified"),
            "slug": post.slug,
            "status": post.status,
            "type": "post",
            "link": f"{self.url}/{post.slug}/",
            "title": title,
            "content": content,
            "author": post.author,
        }
        if request.method != "GET" or request.query.get("context") == EDIT:
            title["raw"], content["raw"], told["password"] = post.title, post.source, ""
        return only(told, request.query)


def _fits(post: Post, query: Mapping[str, str], shown: set[str]) -> bool:
    """Return whether a post belongs in a list. Times in the query are in UTC."""
    return (
        post.status in shown
        and ("include" not in query or str(post.id) in query["include"].split(","))
        and ("author" not in query or str(post.author) in query["author"].split(","))
        and ("slug" not in query or post.slug in query["slug"].split(","))
        and ("after" not in query or post.at > query["after"])
        and ("before" not in query or post.at < query["before"])
        and ("modified_after" not in query or post.modified > query["modified_after"])
        and ("modified_before" not in query or post.modified < query["modified_before"])
    )


def _status(body: Mapping[str, object]) -> str | None:
    status = body.get("status")
    if status is not None and status not in STATUS:
        raise Refused(400, "rest_invalid_param")
    return None if status is None else str(status)
