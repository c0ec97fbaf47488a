"""What a visitor sees: the posts, the comments that are open to all, and a form to write in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from torget.platforms.wordpress import compose
from torget.platforms.wordpress.text import plain
from torget.practice.blog.store import Comment, Post

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LONGEST = 65_525  # bytes, as in WordPress

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #56616d; --paper: #fff; --line: #d5dbe1;
  --wash: #f3f5f7; --strong: #0b5a7a; --ribbon: #ffd84d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9edf1; --quiet: #a9b4bf; --paper: #14191f;
  --line: #38424d; --wash: #1d242c; --strong: #7cc7e6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
.ribbon { margin: 0; padding: .5rem 1rem; background: var(--ribbon); color: #1d2733;
  font-weight: 600; text-align: center; }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 1px solid var(--line); font-size: 1.25rem; font-weight: 700; }
a { color: var(--strong); }
h1 { font-size: 1.75rem; line-height: 1.25; }
.when { color: var(--quiet); font-size: .9375rem; margin: 0; }
img { max-width: 100%; height: auto; border-radius: .25rem; }
.text { white-space: pre-wrap; margin: .25rem 0 0; }
.comments { list-style: none; padding: 0; }
.comments li { background: var(--wash); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem; }
.comments li.answer { margin-left: 1.5rem; }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input, textarea { width: 100%; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--quiet); border-radius: .25rem; padding: .5rem; }
button { font: inherit; font-weight: 600; margin-top: 1rem; padding: .625rem 1.25rem; border: 0;
  border-radius: .25rem; background: var(--strong); color: var(--paper); cursor: pointer; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
"""


def front(name: str, posts: Sequence[Post]) -> str:
    """Return the blog's first page."""
    items = "".join(
        f'<article><h2><a href="/{post.slug}/">{escape(plain(post.title))}</a></h2>'
        f'<p class="when">{_when(post.at)}</p>{_content(post)}</article>'
        for post in posts
    )
    return _page(name, name, f"<h1>{escape(name)}</h1>{items or '<p>Inga inlägg än.</p>'}")


def post_page(name: str, post: Post, comments: Sequence[Comment]) -> str:
    """Return a post with its comments, of which only the open ones are handed in."""
    seen = list(_threads(comments))
    shown = "".join(_comment(one) for one in seen)
    count = "1 kommentar" if len(seen) == 1 else f"{len(seen)} kommentarer"
    return _page(
        f"{plain(post.title)} – {name}",
        name,
        f'<article><h1>{escape(plain(post.title))}</h1><p class="when">{_when(post.at)}</p>'
        f"{_content(post)}</article>"
        f'<h2>{count}</h2><ul class="comments">{shown}</ul>{_form(post)}',
    )


def message(name: str, title: str, text: str) -> str:
    """Return a page that says one thing."""
    back = '<p><a href="/">Till bloggens startsida</a></p>'
    return _page(title, name, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>{back}")


def _page(title: str, name: str, content: str) -> str:
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/stil.css"></head><body>'
        '<p class="ribbon">Övningssida. Kommunen, inläggen och kommentarerna är påhittade.</p>'
        f'<header><a href="/">{escape(name)}</a></header><main>{content}</main>'
        "<footer><p>Sidan finns bara på den här datorn, för den som övar i Torget.</p></footer>"
        "</body></html>"
    )


def _content(post: Post) -> str:
    """Return pictures and text. None of the post's own HTML comes along: it is written anew."""
    shown = "".join(
        f'<p><img src="{escape(picture.address)}" alt="{escape(picture.alt)}"></p>'
        for picture in compose.pictures(post.source)
    )
    return f'{shown}<p class="text">{compose.linked(compose.read(post.source), escape)}</p>'


def _threads(comments: Sequence[Comment], parent: int = 0) -> Iterator[Comment]:
    """Yield each comment and its answers after it. A hidden one hides those, as in WordPress."""
    for comment in comments:
        if comment.parent == parent:
            yield comment
            yield from _threads(comments, comment.id)


def _comment(comment: Comment) -> str:
    kind = ' class="answer"' if comment.parent else ""
    return (
        f'<li id="comment-{comment.id}"{kind}>'
        f"<strong>{escape(plain(comment.author_name)) or 'Anonym'}</strong>"
        f'<p class="when">{_when(comment.at)}</p>'
        f'<p class="text">{escape(plain(comment.source))}</p></li>'
    )


def _form(post: Post) -> str:
    return (
        '<h2>Skriv en kommentar</h2><form method="post" action="/wp-comments-post.php">'
        f'<input type="hidden" name="comment_post_ID" value="{post.id}">'
        '<label for="author">Namn</label>'
        '<input id="author" name="author" maxlength="245" autocomplete="off" required>'
        '<label for="comment">Kommentar</label>'
        f'<textarea id="comment" name="comment" rows="5" maxlength="{LONGEST}" required></textarea>'
        "<button>Publicera kommentaren</button></form>"
    )


def _when(stamp: str) -> str:
    at = datetime.fromisoformat(stamp).replace(tzinfo=UTC).astimezone(STOCKHOLM)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year} kl. {at:%H.%M}"
