"""Finds what is not Swedish among the words of a page."""

import re

from playwright.sync_api import Page

# None of them is a Swedish word as well.
_WORDS = (
    "the and of you your yours please this that these those with from are was were must "
    "should could cannot submit required optional previous next delete hide show search "
    "settings save cancel close home login logout sign password username email error errors "
    "warning invalid valid page pages comment comments message messages channel channels "
    "record records attachment loading today yesterday tomorrow hours minutes seconds days "
    "weeks months years ago enter select choose choice yes edit view remove add new none "
    "unknown field value number name default true false january february march may june july "
    "october monday tuesday wednesday thursday friday saturday sunday public hidden removed "
    "gone pending failed confirmed done waiting undo keep"
)
_ENGLISH = re.compile(rf"\b(?:{_WORDS.replace(' ', '|')})\b", re.IGNORECASE)
_AMERICAN = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
    r"|\b\d{1,2}([:.]\d{2})? ?(?:a\.?m\.?|p\.?m\.?)(?!\w)"
    r"|\b(?:noon|midnight)\b"
    r"|\b\d{1,3}(?:,\d{3})+\b",
    re.IGNORECASE,
)
_EVERYTHING = """() => {
    const skipped = "script, style, [lang]:not([lang=sv]), code, .tg-adress";
    const said = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        if (!walker.currentNode.parentElement.closest(skipped)) said.push(walker.currentNode.data);
    for (const name of ["placeholder", "aria-label", "title", "alt", "aria-description"])
        for (const element of document.querySelectorAll(`[${name}]`))
            said.push(element.getAttribute(name));
    for (const button of document.querySelectorAll("input[type=submit], input[type=button]"))
        said.push(button.value);
    return said.map(text => text.trim()).filter(Boolean);
}"""


def words(page: Page) -> list[str]:
    """Return every text of the page: what is seen, what is read aloud, what shows on hover."""
    return list(page.evaluate(_EVERYTHING))


def foreign(texts: list[str]) -> list[str]:
    """Return the texts with an English word or an American date."""
    return [text for text in texts if _ENGLISH.search(_plain(text)) or _AMERICAN.search(text)]


def _plain(text: str) -> str:
    """Leave out addresses, which are in no language."""
    return re.sub(r"\S+@\S+|https?://\S+|\S+\.\w{2,}/\S*", "", text)
