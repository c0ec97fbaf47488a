"""From plain text to what WordPress holds, and back without loss.

A post is made of WordPress's own blocks, so that whoever opens it there can go on writing. The
first paragraph's block carries the number of the sending. Such marks are taken out before anyone
is shown the page; by them a sending whose answer was lost is told from one with the same words.
"""

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from torget.platforms.wordpress.text import lines, plain

# What WordPress would show as something else: quotes and dashes that it turns, smileys and
# [commands] that it puts something else in the place of, its own name that it spells its own way.
TURNED = re.compile(
    r"""[&<>"'`()\[\]:;]"""
    r"""|-(?=[-\s]|$)|(?:(?<=[-\s])|^)-"""
    r"""|\.(?=\.)|(?<=[\d.,])x(?=\d)|(?<=W)o(?=rdpress)|8(?=O)""",
    re.MULTILINE,
)
LINK = re.compile(r"https?://[^\s<>\"]+")
AFTER_A_LINK = ".,;:!?'\")]}*_~»”’"

DELIMITER = re.compile(r"<!--\s*+/?wp:[^<>]*+>")
PARAGRAPH = re.compile(r"<p(?:\s[^<>]*+)?>((?:(?!</p>).)*+)</p>", re.DOTALL)
FIGURE = re.compile(r"<img\b[^<>]*+>|</?fig(?:ure|caption)\b[^<>]*+>")
IMAGE = re.compile(r"<img\b([^<>]*+)>")
ATTRIBUTE = re.compile(r"""\b(src|alt|class)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
NUMBER = re.compile(r"\bwp-image-(\d+)\b")
MARK = re.compile(r'<!--\s*+wp:[^<>]*?"torget":"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that stands on the site. ``number`` is WordPress's own."""

    number: str
    address: str
    alt: str


def normal(text: str) -> str:
    """Return text as it is sent: one sign for a new line, and no space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def encoded(text: str) -> str:
    """Return text as HTML that every WordPress shows as exactly this text."""
    return TURNED.sub(lambda found: f"&#{ord(found[0])};", text)


def linked(text: str, write: Callable[[str], str] = encoded) -> str:
    """Return text as HTML where addresses can be followed; ``write`` makes HTML of the rest."""
    parts: list[str] = []
    at = 0
    for found in LINK.finditer(text):
        address = _without_what_follows(found[0])
        shown = write(address)
        href = shown.replace("&#58;", ":")
        parts += (write(text[at : found.start()]), f'<a href="{href}">{shown}</a>')
        at = found.start() + len(address)
    return "".join((*parts, write(text[at:])))


def post(text: str, pictures: Sequence[Placed], mark: UUID) -> str:
    """Return a post's HTML: its pictures, then its paragraphs."""
    first, *rest = (linked(part).replace("\n", "<br>") for part in normal(text).split("\n\n"))
    told = json.dumps({"metadata": {"torget": mark.hex}}, separators=(",", ":"))
    return "\n\n".join(
        (
            *(_picture(picture) for picture in pictures),
            f"<!-- wp:paragraph {told} -->\n<p>{first}</p>\n<!-- /wp:paragraph -->",
            *(f"<!-- wp:paragraph -->\n<p>{part}</p>\n<!-- /wp:paragraph -->" for part in rest),
        )
    )


def comment(text: str) -> str:
    """Return a comment's HTML. WordPress makes its paragraphs itself."""
    return linked(normal(text))


def read(source: str) -> str:
    """Return a post's text, whoever wrote it, without its pictures."""
    if not DELIMITER.search(source):
        return plain(FIGURE.sub("", source))
    chunks = (chunk.strip("\n") for chunk in DELIMITER.split(source))
    return "\n\n".join(
        text for chunk in chunks if chunk.strip() and (text := _read(chunk)) is not None
    ).strip()


def pictures(source: str) -> Sequence[Placed]:
    """Return the pictures of a post. The number is empty for one from elsewhere."""
    found: list[Placed] = []
    for image in IMAGE.finditer(source):
        told = {
            name: html.unescape(double or single)
            for name, double, single in ATTRIBUTE.findall(image[1])
        }
        number = NUMBER.search(told.get("class", ""))
        if address := told.get("src"):
            found.append(Placed(number[1] if number else "", address, told.get("alt", "")))
    return found


def mark_of(source: str) -> str:
    """Return the number of the sending that a post came from, or nothing if it does not say."""
    found = MARK.search(source)
    return found[1] if found else ""


def _read(chunk: str) -> str | None:
    """Return the text of one block; None when it has none, as a picture."""
    if paragraph := PARAGRAPH.fullmatch(chunk):
        return lines(paragraph[1])
    return plain(FIGURE.sub("", chunk)) or None


def _picture(picture: Placed) -> str:
    number = f'{{"id":{picture.number},"sizeSlug":"full","linkDestination":"none"}}'
    image = (
        f'<img src="{html.escape(picture.address)}" alt="{encoded(picture.alt)}"'
        f' class="wp-image-{picture.number}"/>'
    )
    return (
        f'<!-- wp:image {number} -->\n<figure class="wp-block-image size-full">{image}</figure>\n'
        "<!-- /wp:image -->"
    )


def _without_what_follows(address: str) -> str:
    """Return an address without the signs after it that belong to the sentence."""
    bare = address.rstrip(AFTER_A_LINK)
    rest = address[len(bare) :]
    while rest.startswith(")") and bare.count("(") > bare.count(")"):
        bare, rest = bare + ")", rest[1:]
    return bare
