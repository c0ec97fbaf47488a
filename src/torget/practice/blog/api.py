"""The part of WordPress's REST interface that the adapter uses, answering as WordPress does."""

import hmac
import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from torget.practice.blog.comments import Comments
from torget.practice.blog.pictures import Pictures
from torget.practice.blog.posts import Posts
from torget.practice.blog.rest import EDIT, Answer, Refused, Request, User, only
from torget.practice.blog.store import Store


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
        comments, posts = Comments(self.store, self.url), Posts(self.store, self.url)
        pictures = Pictures(self.store, self.url)
        routes: Mapping[tuple[str, str], Callable[[Request], Answer]] = {
            ("GET", ""): self._index,
            ("GET", "/wp/v2/users/me"): self._me,
            ("GET", "/wp/v2/comments"): comments.list,
            ("POST", "/wp/v2/comments"): comments.create,
            ("GET", "/wp/v2/posts"): posts.list,
            ("POST", "/wp/v2/posts"): posts.create,
            ("GET", "/wp/v2/media"): pictures.list,
            ("POST", "/wp/v2/media"): pictures.create,
        }
        path = request.path.rstrip("/")
        try:
            if (request.method, path) in routes:
                return routes[request.method, path](request)
            if number := re.fullmatch(r"/wp/v2/comments/(\d+)", path):
                return comments.one(request, int(number[1]))
            if number := re.fullmatch(r"/wp/v2/posts/(\d+)", path):
                return posts.one(request, int(number[1]))
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
        return Answer(200, only(told, request.query))
