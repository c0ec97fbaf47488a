"""Whether everything that was saved is still as it was saved, as ``torget verify`` says it."""

from io import StringIO

from torget.project.verify import run


def verify_says() -> str:
    """Return the faults, one a line; empty when all is well."""
    out = StringIO()
    return out.getvalue() if run(json=False, stdout=out) else ""
