"""Where the pages are, and what their form would send."""

import re

from django.test import Client

from torget.records.models import Message

QUEUE = "/kommentarer/"


def place(message: Message) -> str:
    return f"{QUEUE}{message.pk}/"


def answer(client: Client, message: Message, **fields: object) -> dict[str, object]:
    """Return what the form on the page would send, with some fields changed."""
    page = client.get(place(message)).text
    token = re.search(r'name="seen" value="([^"]+)"', page)
    assert token
    plain = {"seen": token[1], "measure": "hide", "grounds": ["4.10.a"], "basis": "guideline"}
    return plain | {"reason": "Går till angrepp mot en anställd."} | fields
