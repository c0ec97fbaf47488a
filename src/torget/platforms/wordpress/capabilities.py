"""What can be done on a WordPress, in a clerk's words, and where it was read."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from torget.platforms.contract import Capability, Verb

COMMENTS = "https://developer.wordpress.org/rest-api/reference/comments/"
POSTS = "https://developer.wordpress.org/rest-api/reference/posts/"
BIN = "https://wordpress.org/documentation/article/posts-screen/"
BLOCKING = "https://wordpress.org/documentation/article/comment-moderation/"
CHECKED = date(2026, 11, 24)
LONGEST = 65_525  # bytes: the column of the database


def _can(support: Literal["yes", "partial", "no"], note: str, source: str = COMMENTS) -> Capability:
    return Capability(support, note, source, CHECKED)


CAN: Mapping[Verb, Capability] = {
    Verb.READ_OWN: _can(
        "partial",
        "Det som Torgets eget konto har publicerat läses in, med ändringar som görs i WordPress. "
        "Utkast läses inte in, och inte andras inlägg. Bilder läses in som adress och beskrivning.",
        POSTS,
    ),
    Verb.READ_COMMENTS: _can(
        "yes",
        "Alla kommentarer läses in: synliga, väntande och skräppost. Inte länkaviseringar från "
        "andra bloggar. WordPress talar inte om när en kommentar ändras, så Torget läser om dem.",
    ),
    Verb.PUBLISH: _can(
        "yes",
        "Inlägget syns genast, med bilderna först och sedan texten. Bilder får vara JPEG, PNG, GIF "
        "eller WebP, högst 10 MB. Prenumeranter kan få inlägget med e-post.",
        POSTS,
    ),
    Verb.REPLY: _can(
        "yes",
        "Svaret syns under kommentaren eller inlägget, i kontots namn. Bara text. Det går inte om "
        "inlägget är stängt för kommentarer.",
    ),
    Verb.EDIT: _can(
        "yes",
        "Den nya texten ersätter den gamla. WordPress visar inte för allmänheten att något har "
        "ändrats. Bara det som Torgets eget konto har skrivit kan ändras.",
        POSTS,
    ),
    Verb.DELETE_OWN: _can(
        "yes",
        "Inlägget eller svaret läggs i papperskorgen i WordPress. Allmänheten ser det inte längre. "
        "Där kan det återställas tills WordPress tömmer korgen, vanligen efter 30 dagar. "
        "Uppladdade bilder ligger kvar på sin adress. Kopior hos sökmotorer och i utskickad e-post "
        "finns kvar.",
        BIN,
    ),
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
