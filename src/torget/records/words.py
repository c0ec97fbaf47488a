"""Codes that records and the journal hold, as words on a page."""

from torget.platforms.contract import Author

EVENTS = {
    "records.captured": "En version sparades",
    "records.opened": "En person öppnade meddelandet för första gången (kännedom)",
    "records.attachment_opened": "En bilaga öppnades",
    "records.exported": "Handlingen exporterades med bevis",
    "records.no_copy": "Beslut att inte spara (BrB 16:10 a)",
    "records.disposed": "Innehållet i en version förstördes",
    "records.pasted": "En person förde in meddelandet för hand",
    "records.misfiled": "Märktes som felaktigt infört",
    "records.sending": "Sparad före publicering",
    "records.sent": "Står på sidan, så som den sparades igen där",
    "records.not_sent": "Skickades inte",
    "records.seen_unsent": "Inte publicerad",
    "records.seen_public": "Synlig för alla",
    "records.seen_hidden": "Dold",
    "records.seen_removed": "Borttagen",
    "records.seen_gone": "Fanns inte kvar på plattformen",
    "moderation.decided": "Beslut fattades",
    "moderation.undone": "Beslutet ångrades",
    "moderation.sent": "Åtgärden skickades till plattformen",
    "moderation.performed": "Åtgärden bekräftades på sidan",
    "moderation.returned": "Beslutet gick tillbaka till handläggaren",
    "moderation.already_gone": "Meddelandet var redan borta, inte genom oss",
    "publishing.ordered": "Beställdes",
    "publishing.waits": "Väntar på godkännande",
    "publishing.approved": "Godkändes av en annan person",
    "publishing.approval_withdrawn": "Godkännandet togs tillbaka",
    "publishing.cancelled": "Beställningen återtogs innan den skickades",
    "publishing.sent": "Skickades till plattformen",
    "publishing.confirmed": "Bekräftades på sidan",
    "publishing.returned": "Gick tillbaka till en person",
}
SEEN = {
    "public": "Visas för alla",
    "hidden": "Dold",
    "removed": "Borttagen",
    "gone": "Försvann från plattformen",
    "unsent": "Inte publicerad",
}
REASONS = {
    "not_given": "Plattformen lämnade inte ut filen.",
    "as_before": "Filen är den som den förra versionen sparade; den hämtades inte på nytt.",
}
KINDS = {"post": "Inlägg", "comment": "Kommentar", "reply": "Svar"}
AUTHOR = {"name": "namn", "handle": "användarnamn", "id": "konto-id", "url": "adress till profilen"}


def event(code: str) -> str:
    """Return what an event is called; one that is not known here by its code."""
    return EVENTS.get(code, f"Annan händelse ({code})")


def author_changes(old: Author, new: Author) -> list[str]:
    """Return in words how the author was shown otherwise than before."""
    found = []
    for field, label in AUTHOR.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            found.append(f"{label}: {was or 'visades inte'} blev {now or 'visas inte'}")
    withheld = [AUTHOR.get(name, name) for name in sorted(new.withheld - old.withheld)]
    if withheld:
        found.append(f"plattformen lämnar inte längre ut: {', '.join(withheld)}")
    return found
