"""Comments, as WordPress's interface gives them."""

from collections.abc import Callable, Mapping
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
from torget.practice.blog.store import Comment, Store

PUBLIC = "approved"
LONGEST = 65_525  # signs
STATUS = {"approve": PUBLIC, PUBLIC: PUBLIC, "1": PUBLIC, "hold": "hold", "0": "hold",
          "spam": "spam", "trash": "trash"}  # fmt: skip
LISTED = {"approve": {PUBLIC}, "hold": {"hold"}, "spam": {"spam"}, "trash": {"trash"},
          "all": {PUBLIC, "hold"}, "any": {PUBLIC, "hold", "spam", "trash"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of one blog."""

    store: Store
    url: str

    def list(self, request: Request) -> Answer:
        """Return those that are asked for."""
        query = request.query
        asked = query.get("status", "approve")
        if (asked != "approve" or query.get("context") == EDIT) and not moderates(request):
            raise Refused(forbidden(request), "rest_forbidden_context")
        times = {name: utc(query[name]) for name in ("after", "before") if name in query}
        chosen = [one for one in self.store.comments() if _fits(one, {**query, **times}, asked)]
        if query.get("orderby") == "id":
            chosen.sort(key=lambda one: one.id)
        if query.get("order", "desc") == "desc":
            chosen.reverse()
        return page(chosen, request, self._told)

    def create(self, request: Request) -> Answer:
        """Keep what a user of the blog's own wrote."""
        user, body = request.user, request.body
        if user is None:
            raise Refused(401, "rest_comment_login_required")
        if body.get("status") is not None and not moderates(request):
            raise Refused(403, "rest_comment_invalid_status")
        post = self.store.post(_number(body, "post"))
        if post is None:
            raise Refused(403, "rest_comment_invalid_post_id")
        if post.status in {"draft", "trash"}:
            raise Refused(403, f"rest_comment_{post.status}_post")
        parent, source = _number(body, "parent"), wanted(body, "content") or ""
        if not source:
            raise Refused(400, "rest_comment_content_invalid")
        if len(source) > LONGEST:
            raise Refused(400, "comment_content_column_length")
        if any(
            (one.post, one.parent, one.author, one.source) == (post.id, parent, user.id, source)
            for one in self.store.comments()
            if one.status != "trash"
        ):
            raise Refused(409, "comment_duplicate")
        agent = str(body.get("author_user_agent", ""))
        number = self.store.add_comment(
            post.id, user.name, source, parent=parent, author=user.id, agent=agent
        )
        return self._read(number, request, status=201)

    def one(self, request: Request, number: int) -> Answer:
        """Show, change or delete one."""
        comment = self.store.comment(number)
        if comment is None:
            raise Refused(404, "rest_comment_invalid_id")
        open_to_all = request.method == "GET" and comment.status == PUBLIC
        if not moderates(request) and not (open_to_all and request.query.get("context") != EDIT):
            raise Refused(forbidden(request), "rest_forbidden_context")
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
            source=wanted(request.body, "content"),
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
        post = self.store.post(comment.post)
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
            **told_at(comment.at, "date"),
            "content": content,
            "link": f"{link}#comment-{comment.id}",
            "status": comment.status,
            "type": "comment",
            "_links": {"up": [up]},
        }
        if request.method != "GET" or request.query.get("context") == EDIT:
            content["raw"] = comment.source
            # Nobody has these here; a WordPress tells them, and the adapter must not take them.
            told |= {"author_email": "", "author_ip": "127.0.0.1"}
            told["author_user_agent"] = comment.agent
        if "_embed" in request.query and post:
            title = {"rendered": post.title}
            told["_embedded"] = {"up": [{"id": post.id, "title": title, "link": link}]}
        return only(told, request.query)


def _fits(comment: Comment, query: Mapping[str, str], asked: str) -> bool:
    """Return whether a comment belongs in a list. Times in the query are in UTC."""
    chosen = LISTED.get(asked, set())
    return (
        comment.status in chosen
        and ("include" not in query or str(comment.id) in query["include"].split(","))
        and ("author" not in query or str(comment.author) in query["author"].split(","))
        and ("post" not in query or str(comment.post) in query["post"].split(","))
        and ("after" not in query or comment.at > query["after"])
        and ("before" not in query or comment.at < query["before"])
    )


def _number(body: Mapping[str, object], name: str) -> int:
    told = str(body.get(name, 0))
    if not told.isdecimal():
        raise Refused(400, "rest_invalid_param")
    return int(told)
