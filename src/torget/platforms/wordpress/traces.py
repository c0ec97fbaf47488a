"""Finding what we sent among what our own user has written, by the number that it carries."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from torget.platforms.contract import RemoteId, Send, Verb
from torget.platforms.troubles import NotAsAgreed
from torget.platforms.wordpress import compose, orders
from torget.platforms.wordpress.answers import clock, fields, items, number, raw, text, time
from torget.platforms.wordpress.messages import WRITTEN
from torget.platforms.wordpress.site import Site
from torget.platforms.wordpress.text import plain

EARLIER = timedelta(minutes=5)  # what looks like ours may be this much older than our sending
FAR_BACK = timedelta(days=1)  # how far back we look for our number, whatever the clocks say
FURTHEST = 1000  # messages of our own
STATES = "publish,future,draft,pending,private,trash"

type Item = Mapping[str, object]


def find(site: Site, send: Send) -> tuple[RemoteId | None, bool]:
    """Return what carries a sending's number; else whether something without one looks like it.

    Someone may have stripped the number off, or written the same words by hand: nobody can tell.

    Raises:
        PlatformUnavailable: the site does not answer, or has too much to be looked through.
    """
    publishes, alike = send.verb == Verb.PUBLISH, False
    wanted = compose.normal(send.record.text), send.record.title.strip()
    for one, ahead in _own(site, send):
        if (mark := _mark(one, publishes=publishes)) == send.id.hex:
            name = str(number(one, "id"))
            return RemoteId(f"post-{name}" if publishes else name), False
        recent = time(one, *WRITTEN) >= send.at + ahead - EARLIER
        alike = alike or (not mark and recent and _says(one, publishes=publishes) == wanted)
    return None, alike


def _own(site: Site, send: Send) -> Iterator[tuple[Item, timedelta]]:
    """Yield what our user has written, newest first, and how far the site's clock is ahead."""
    if send.verb == Verb.PUBLISH:
        where, states, extra = "/posts", STATES, "title"
    else:
        where, states, extra = "/comments", "any", "author_user_agent"
    offset = 0
    while offset < FURTHEST:
        reply, size = site.some(
            where,
            context="edit",
            status=states,
            author=str(site.me.number),
            orderby="id",
            order="desc",
            offset=str(offset),
            _fields=f"id,date,date_gmt,content,{extra}",
        )
        found = [fields(one) for one in items(reply)]
        ahead = clock(reply) - datetime.now(UTC)
        yield from ((one, ahead) for one in found)
        if len(found) < size or time(found[-1], *WRITTEN) < send.at - FAR_BACK:
            return
        offset += size
    raise NotAsAgreed


def _mark(one: Item, *, publishes: bool) -> str:
    if publishes:
        return compose.mark_of(raw(one, "content"))
    return orders.mark_of(text(one, "author_user_agent"))


def _says(one: Item, *, publishes: bool) -> tuple[str, str]:
    if publishes:
        return compose.read(raw(one, "content")), plain(raw(one, "title"))
    return plain(raw(one, "content")), ""
