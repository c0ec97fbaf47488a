"""Words for what has a code elsewhere."""

from torget.platforms.contract import Verb

PLATFORMS = {
    "wordpress": "Blogg (WordPress)",
    "discourse": "Forum (Discourse)",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "x": "X (Twitter)",
    "youtube": "YouTube",
}

MORE = frozenset({"bluesky", "facebook", "flickr", "instagram", "mastodon", "threads"})

VERBS = {
    Verb.READ_OWN: "Läsa våra inlägg",
    Verb.READ_COMMENTS: "Läsa kommentarer",
    Verb.PUBLISH: "Publicera",
    Verb.REPLY: "Svara",
    Verb.EDIT: "Ändra våra inlägg",
    Verb.DELETE_OWN: "Ta bort våra inlägg",
    Verb.HIDE: "Dölja en kommentar",
    Verb.UNHIDE: "Visa en dold kommentar igen",
    Verb.DELETE_OTHER: "Ta bort en kommentar",
    Verb.BLOCK: "Blockera ett konto",
}

TASKS = {
    Verb.PUBLISH: "Publicera inlägget",
    Verb.REPLY: "Svara på kommentaren",
    Verb.EDIT: "Ändra inlägget",
    Verb.DELETE_OWN: "Ta bort inlägget",
    Verb.HIDE: "Dölj kommentaren",
    Verb.UNHIDE: "Visa kommentaren igen",
    Verb.DELETE_OTHER: "Ta bort kommentaren",
    Verb.BLOCK: "Blockera kontot",
}

SUPPORT = {
    "yes": "Ja",
    "partial": "Delvis",
    "no": "Nej",
    "needs_approval": "Kräver godkännande",
}

STEPS = {
    "records.sweep": "Hämta kommentarer",
    "moderation.carry_out": "Utföra ett beslut",
    "moderation.read_new": "Gå igenom en ny kommentar",
}


def platform(key: str) -> str:
    """Return a platform's name, as people write it."""
    return PLATFORMS.get(key, key.replace("-", " ").capitalize())


def step(code: str) -> str:
    """Return what a step does."""
    return STEPS.get(code, "Arbete i bakgrunden")


def platforms() -> dict[str, str]:
    """Return the platforms that a channel may be on, by key: those with a name or instructions."""
    keys = {*PLATFORMS, *MORE}
    return {key: platform(key) for key in keys} | {"other": "Något annat"}
