"""Are the pictures that show that steps are done still what was saved?"""

import hashlib
from collections.abc import Iterator

from torget.journal.services import commitment
from torget.journal.verify import Fault
from torget.records import vault
from torget.records.byhand.models import StepProof
from torget.records.byhand.services import sealed


def verify() -> Iterator[Fault]:
    """Read every picture, and tell what is missing or changed."""
    rows = StepProof.objects.select_related("step", "entry").order_by("pk")
    for row in rows.iterator(chunk_size=200):
        if fault := _fault(row):
            yield Fault(f"Bilden till steg {row.step.key}", f"{fault}.")


def _fault(row: StepProof) -> str:
    committed = commitment(sealed(row), bytes(row.salt))
    line = row.entry
    named = (line.event, line.about, bytes(line.commitment))
    if named != ("records.step_proof", row.step.key, committed):
        return "stämmer inte med journalen"
    try:
        found = vault.read(row.address, bytes(row.secret))
    except vault.Damaged:
        return "saknas eller är ändrad"
    return (
        "" if hashlib.sha256(found).hexdigest() == row.digest else "är en annan än den som sparades"
    )
