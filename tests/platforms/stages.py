"""The two far sides that the WordPress adapter is tried against: our blog, and the real thing."""

from dataclasses import dataclass, field

import httpx

from tests.platforms.wire import Wire
from tests.wordpress.server import WordPress as Site
from torget.platforms.contract import Platform, RemoteId
from torget.platforms.door import Limits
from torget.platforms.http import connect_http
from torget.platforms.stage import EMAIL
from torget.platforms.wordpress.adapter import WordPress
from torget.practice.blog.faults import Fault
from torget.practice.blog.server import PracticeBlog

PATIENCE = Limits(connect=2, read=5, total=20, answer=128_000_000)
NOBODY = "http://127.0.0.1:9"  # the discard service, which nobody runs any more


@dataclass
class OnTheWire:
    """What both stages share: adapters whose traffic is remembered."""

    url: str
    username: str
    password: str
    wires: list[Wire] = field(default_factory=list)

    def connect(self) -> Platform:
        return self._adapter(self.url)

    def connect_to_nobody(self) -> Platform:
        return self._adapter(NOBODY)

    def sent(self) -> str:
        return "\n".join(str(one) for wire in self.wires for one in wire.log)

    def writes(self) -> int:
        return sum(one.method != "GET" for wire in self.wires for one in wire.log)

    def file_at(self, url: str) -> bytes:
        return httpx.get(url, timeout=30).raise_for_status().content

    def _adapter(self, url: str) -> WordPress:
        http = connect_http(
            url,
            username=self.username,
            secret=self.password,
            allow_private=True,
            limits=PATIENCE,
        )
        self.wires.append(Wire(http))
        return WordPress(self.wires[-1])


class PracticeStage(OnTheWire):
    """The practice blog, with faults of its own."""

    def __init__(self, blog: PracticeBlog) -> None:
        super().__init__(blog.url, blog.username, blog.password)
        self.blog = blog
        self.post = blog.store.add_post("Badplatsen öppnar", "Välkomna.")

    def visitor_writes(self, text: str, name: str = "Kim Berg") -> RemoteId:
        form = {"comment_post_ID": str(self.post), "author": name, "email": EMAIL, "comment": text}
        reply = httpx.post(f"{self.url}/wp-comments-post.php", data=form)
        return RemoteId(reply.headers["location"].rpartition("#comment-")[2])

    def visitor_edits(self, ref: RemoteId, text: str) -> None:
        if own := ref.removeprefix("post-") if "-" in ref else "":
            self.blog.store.change_post(int(own), source=text)
        else:
            self.blog.store.change(int(ref), source=text)

    def staff_bins(self, ref: RemoteId) -> None:
        if own := ref.removeprefix("post-") if "-" in ref else "":
            self.blog.store.change_post(int(own), status="trash")
        else:
            self.blog.store.change(int(ref), status="trash")

    def public_page(self, ref: RemoteId) -> str:
        post = self.blog.store.post(int(ref.removeprefix("post-")))
        reply = httpx.get(f"{self.url}/{post.slug if post else ''}/")
        return reply.text if reply.status_code == 200 else ""

    def public_sees(self, text: str) -> bool:
        page = httpx.get(f"{self.url}/badplatsen-oppnar/")
        return text in page.raise_for_status().text

    def goes_wrong(self, how: str, *, writes: bool = False) -> None:
        self.blog.faults.order(Fault(how), writes=writes)


class RealStage(OnTheWire):
    """A real WordPress; what goes wrong goes wrong on the wire."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.url, site.username, site.password)
        self.site = site
        self.post = site.new_post()

    def visitor_writes(self, text: str, name: str = "Kim Berg") -> RemoteId:
        return RemoteId(str(self.site.visitor_writes(self.post, text, name=name, email=EMAIL)))

    def visitor_edits(self, ref: RemoteId, text: str) -> None:
        self.site.edits(ref, text)

    def staff_bins(self, ref: RemoteId) -> None:
        self.site.bins(ref)

    def public_page(self, ref: RemoteId) -> str:
        return self.site.page(int(ref.removeprefix("post-")))

    def public_sees(self, text: str) -> bool:
        return text in self.site.page(self.post)

    def goes_wrong(self, how: str, *, writes: bool = False) -> None:
        self.wires[-1].faults.append((how, writes))
