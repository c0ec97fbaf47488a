"""Search among the records: words in what was written, never who wrote it or what they think.

Only the words of texts, titles of posts and descriptions of pictures are kept for it. There is no
field for opinion, origin, health or the like, and the author's name is not among the words.
"""

from django.db.models import Q

from torget.platforms.contract import Kind
from torget.policy.clauses import carries_out
from torget.records import search_index
from torget.records.canonical import Content
from torget.records.stems import Term, stem, stems, terms, words

AROUND = 60  # signs of the text before the first hit
LENGTH = 140


def stems_of(content: Content) -> str:
    """Return what is kept for search of a version."""
    title = content.thread_title if content.kind == Kind.POST else ""
    return stems(title, content.text, *(item.alt for item in content.media))


@carries_out("4.6")
def matching(query: str) -> Q:
    """Return the condition that some version of a message holds every word of the query.

    Words are compared by their stems; the last may be half written; what is quoted must stand in
    that order. A query without a word matches nothing.

    Source: guideline 4.6, OSL 4:1 and 5:1: public records are kept so that they can be found.
    """
    asked = terms(query)
    return Q(pk__in=search_index.matches(asked)) if asked else Q(pk__in=())


def excerpt(text: str, asked: list[Term]) -> str:
    """Return the part of a text around the first word that was asked for, else its beginning."""
    wanted = [(term.words[0], term.prefix and len(term.words) == 1) for term in asked]
    start = 0
    for found in words(text):
        cut = stem(found[0])
        if any(cut == word or (prefix and cut.startswith(word)) for word, prefix in wanted):
            start = found.start()
            break
    begin = 0 if start <= AROUND else text.rfind(" ", 0, start - AROUND) + 1
    end = begin + LENGTH
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
