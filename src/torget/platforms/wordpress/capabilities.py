"""What can be done on a WordPress, in a clerk's words, and where it was read."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from torget.platforms.contract import Capability, Verb

COMMENTS = "https://developer.wordpress.org/rest-api/reference/comments/"
BLOCKING = "https://wordpress.org/documentation/article/comment-moderation/"
CHECKED = date(2026, 11, 24)
LONGEST = 65_525  # bytes: the column of the database


def _can(support: Literal["yes", "partial", "no"], note: str, source: str = COMMENTS) -> Capability:
    return Capability(support, note, source, CHECKED)


CAN: Mapping[Verb, Capability] = {
    Verb.READ_OWN: _can(
        "partial", "Egna svar läses in med kommentarerna. Inlägg läses in som rubrik och länk."
    ),
    Verb.READ_COMMENTS: _can(
        "yes",
        "Alla kommentarer läses in: synliga, väntande och skräppost. Inte länkaviseringar från "
        "andra bloggar. WordPress talar inte om när en kommentar ändras, så Torget läser om dem.",
    ),
    Verb.PUBLISH: _can("no", "Skriv inlägget i WordPress."),
    Verb.REPLY: _can("no", "Svara i WordPress. Svaret läses in och sparas."),
    Verb.EDIT: _can("no", "Ändra i WordPress. Ändrade kommentarer läses in som nya versioner."),
    Verb.DELETE_OWN: _can("no", "Ta bort egna inlägg och svar i WordPress."),
    Verb.HIDE: _can(
        "yes",
        "Kommentaren ställs som väntande. Allmänheten ser varken den eller svaren på den. Den som "
        "skrev kan se sin egen kommentar, märkt som väntande. Kopior hos sökmotorer och i "
        "utskickad e-post finns kvar.",
    ),
    Verb.UNHIDE: _can("yes", "Kommentaren syns igen på sin plats, och svaren på den också."),
    Verb.DELETE_OTHER: _can(
        "yes",
        "Kommentaren tas bort för gott ur WordPress och kan inte återställas där. Svaren på den "
        "blir kvar och flyttas upp ett steg. Kopior hos sökmotorer och i utskickad e-post finns "
        "kvar.",
    ),
    Verb.BLOCK: _can(
        "no",
        "WordPress kan inte stänga av en person. Ord och adresser kan spärras i WordPress under "
        "Inställningar, Diskussion.",
        BLOCKING,
    ),
}
