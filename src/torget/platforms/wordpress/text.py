"""From what WordPress holds, which is HTML, to plain text that loses nothing a reader would see."""

import html
import re

# Possessive, so that ten million characters without an end take one look and not many.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
HREF = re.compile(r"""\bhref\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
# What databases refuse and JSON may hold: half characters, and NUL.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

LOOKS = frozenset({
    "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "ol",
    "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "ul",
})  # fmt: skip
PARTS = frozenset({"div", "h1", "h2", "h3", "h4", "h5", "h6", "p", "tr"})
BREAKS = PARTS | {"br", "blockquote", "li"}


def plain(source: str) -> str:
    """Return HTML as text: breaks as lines, links with their address, entities as characters.

    Tags that only change the looks go. Any other, such as a script, is kept as it was written:
    it is text to be judged, and whoever shows it escapes it.
    """
    return lines(source).strip()


def lines(source: str) -> str:
    """Return HTML as text like ``plain``, with the space around it."""
    parts: list[str] = []
    link, start, at = "", 0, 0
    for tag in TAG.finditer(source):
        parts.append(html.unescape(source[at : tag.start()]))
        at = tag.end()
        name = tag[2].lower()
        if name == "a":
            parts.append(_address(link, parts, start))
            link, start = ("", 0) if tag[1] else (_href(tag[3]), len(parts))
        elif name in BREAKS:
            parts.append(_break(name, closes=bool(tag[1])))
        elif name not in LOOKS:
            parts.append(tag[0])
    parts.append(html.unescape(source[at:]))
    parts.append(_address(link, parts, start))
    return storable("".join(parts))


def storable(text: str) -> str:
    """Return text with a sign in the place of each character that no database takes."""
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _href(attributes: str) -> str:
    found = HREF.search(attributes)
    return html.unescape(found[1] or found[2] or found[3] or "") if found else ""


def _address(link: str, parts: list[str], start: int) -> str:
    """Return what to add after a link's text: its address, unless the text is the address."""
    return f" ({link})" if link and "".join(parts[start:]).strip() != link else ""


def _break(name: str, *, closes: bool) -> str:
    if name == "li":
        return "" if closes else "\n- "
    return "" if name in PARTS and not closes else "\n"
