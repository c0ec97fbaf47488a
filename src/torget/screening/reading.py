"""Layer 0: the text as a reader takes it in, with a way back to the text as it was given."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# What never shows: controls, zero-width and direction marks. They are skipped, not replaced.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_PUNCTUATION = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»″", '"') | {"’": "'", "‘": "'"}
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвпиАЕОРСУХІЈЅКМТВНαοενικρτυ", "aeopcyxijsdhkmtbniAEOPCYXIJSKMTBHaoevikptu"
)
_PLAIN = re.compile(r"[\n -~§°´·½×éÉüÜåäöÅÄÖ€]*")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[Ͱ-Ͽ\u0400-\u052f]")
_LATIN = re.compile(r"[a-zåäö]", re.IGNORECASE)
# Nobody needs more marks on one letter; the rest is there to hide it.
_MARKS = 16


@dataclass(frozen=True, slots=True)
class View:
    """A reading of a text. Character ``i`` came from ``starts[i]`` up to ``ends[i]`` of it."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters ``start`` up to ``end`` stood in the text as it was given."""
        return self.starts[start], max(self.ends[start:end])

    def replaced(self, parts: Sequence[tuple[int, int, str]]) -> "View":
        """Return a view where each ``(start, end, new)`` is put in, in order, without overlap."""
        if not parts:
            return self
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in [*parts, (len(self.text), len(self.text), "")]:
            text += [self.text[at:start], new]
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if new:
                first, last = self.span(start, end)
                starts += [first] * len(new)
                ends += [last] * len(new)
            at = end
        return View("".join(text), starts, ends)


def plain(text: str) -> View:
    """Return the text without what cannot be seen, in one form of each letter, case kept.

    Composed and full-width letters become ordinary ones, foreign look-alikes inside a Latin text
    become what they look like, dashes and quotation marks become ``-`` and ``"``.
    """
    if _PLAIN.fullmatch(text):
        return View(text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        after = at + 1
        while after < len(text) and unicodedata.combining(text[after]):
            after += 1
        for letter in _seen(text[at : min(after, at + _MARKS)]):
            letters.append(letter)
            starts.append(at)
            ends.append(after)
        at = after
    return View(_without_lookalikes("".join(letters)), starts, ends)


def _seen(cluster: str) -> str:
    """Return what a reader sees of a letter and the marks on it."""
    if cluster[0] in "\n\t":
        return " " if cluster[0] == "\t" else "\n"
    seen = unicodedata.normalize("NFKC", cluster)
    kept = []
    for letter in seen:
        kind = unicodedata.category(letter)
        if kind in _HIDDEN or kind in {"Mn", "Me"}:
            continue
        if kind in {"Zl", "Zp"}:
            kept.append("\n")
        elif letter.isspace():
            kept.append(" ")
        else:
            kept.append(_PUNCTUATION.get(letter, letter))
    return "".join(kept)


def _without_lookalikes(text: str) -> str:
    """Map Cyrillic and Greek look-alikes, but leave a text that really is in such a script."""
    foreign = len(_FOREIGN.findall(text))
    if not foreign or len(_LATIN.findall(text)) < foreign:
        return text

    def mapped(word: re.Match[str]) -> str:
        seen = word[0].translate(_LOOKALIKES)
        return word[0] if _FOREIGN.search(seen) else seen

    return _WORD.sub(mapped, text)


def lower(view: View) -> View:
    """Return the view in small letters, one for one."""
    small = view.text.lower()
    if len(small) != len(view.text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in view.text)
    return View(small, view.starts, view.ends)


_CHUNK = re.compile(r"\S+")
_EDGE = re.compile(r"[^\w*@$#%]+|[^\w*@$#%]+$")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] {1,3}){2,30}[^\W\d_](?![^\W_])")
_LINK = re.compile(r"://|www\.|\w@\w+\.\w|\.(?:example|se|com|nu|org|net)\b|^@")
_LEET = (
    str.maketrans("01345678@$!|€", "oieasgtbasiie"),
    str.maketrans("01345678@$!|€", "olleasgtbasli"[:13]),
)
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLE_VOWEL = re.compile(r"([aeiouyåäö])\1+")
_SEPARATED = re.compile(r"[^\W\d_](?:[^\w\s]{1,2}[^\W\d_]){2,30}")
_MASK = re.compile(r"[^\w\s]+|_+|x{2,}")


def revealed(view: View, known: Callable[[str], bool], masked: Sequence[str]) -> View:
    """Return the view with disguised words written out, when that makes a known word of them.

    Figures for letters (``j4vla``), stretched (``faaan``), spaced (``f a n``), dotted (``f.a.n``)
    and masked words (``j*vla``) are undone. ``masked`` holds the words that a mask may stand in.
    """
    parts: list[tuple[int, int, str]] = []
    for match in _SPACED.finditer(view.text):
        parts += _spaced(match, known)
    taken = {start for start, _, _ in parts}
    for match in _CHUNK.finditer(view.text):
        chunk = match[0]
        if chunk.isascii() and chunk.isalpha() and not _LONG_RUN.search(chunk) and known(chunk):
            continue
        if len(chunk) > 60 or match.start() in taken:
            continue
        parts += _opened(match, known, masked)
    parts.sort()
    return view.replaced([p for i, p in enumerate(parts) if not i or p[0] >= parts[i - 1][1]])


def _spaced(match: re.Match[str], known: Callable[[str], bool]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for piece in re.finditer(r"\S(?: \S)+", match[0]):
        letters = piece[0].replace(" ", "")
        for first, last in ((0, 0), (1, 0), (0, 1), (1, 1)):
            word = letters[first : len(letters) - last]
            if len(word) > 2 and known(word):
                start = match.start() + piece.start() + 2 * first
                found.append((start, start + 2 * len(word) - 1, word))
                break
    return found


def _opened(
    match: re.Match[str], known: Callable[[str], bool], masked: Sequence[str]
) -> list[tuple[int, int, str]]:
    chunk = match[0]
    left = len(chunk) - len(chunk.lstrip("\"'([.,:;!?-"))
    right = len(chunk.rstrip("\"')].,:;!?-…"))
    if right - left < 2 or _LINK.search(chunk):
        return []
    core = chunk[left:right]
    for word in _readings(core, masked):
        if word != core and known(word):
            return [(match.start() + left, match.start() + right, word)]
    return []


def _readings(core: str, masked: Sequence[str]) -> list[str]:
    """Return what a disguised word may be, the likeliest first."""
    if core.isalpha():
        squeezed = _LONG_RUN.sub(r"\1", core)
        return [squeezed, _DOUBLE_VOWEL.sub(r"\1", squeezed)]
    readings = []
    if any(c.isalpha() for c in core):
        for table in _LEET:
            word = core.translate(table)
            if word.isalpha():
                readings += [word, _DOUBLE_VOWEL.sub(r"\1", _LONG_RUN.sub(r"\1", word))]
        if _SEPARATED.fullmatch(core):
            readings.append("".join(c for c in core if c.isalpha()))
        readings += _unmasked(core, masked)
    return readings


def _unmasked(core: str, masked: Sequence[str]) -> list[str]:
    """Return the words that fit around the masks of ``core`` with most of their letters shown."""
    shown = "".join(c for c in core if c.isalpha())
    if len(shown) < 2 or not core[0].isalpha() or not _MASK.search(core) or "." in core:
        return []
    table = core.translate(_LEET[0]) if any(c.isdigit() for c in core) else core
    pattern = "".join(
        re.escape(part) if part.isalpha() and not part.startswith("xx") else r"[^\W\d_]{0,3}"
        for part in re.findall(r"[^\W\d_]+|[\W\d_]+", table)
    )
    strong = any(c not in "-/:'" for c in core if not c.isalnum())
    return [
        word
        for word in masked
        if word[0] == core[0]
        and len(word) <= 2 * len(shown)
        and (strong or len(word) > 3)
        and re.fullmatch(pattern, word)
    ]
