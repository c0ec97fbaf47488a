"""The verifier as one file, so that an export can be checked where Torget is not."""

import ast
from functools import cache
from importlib.resources import files

NAME = "torget_verify.py"
PARTS = ("tree", "notes", "stamps", "examine", "command")  # what is used stands before its users


@cache
def single_file() -> str:
    """Return the parts as one program: each as it stands, without its imports of the others."""
    return "\n\n".join(_alone(part) for part in PARTS)


def _alone(part: str) -> str:
    text = files("torget.verifier").joinpath(f"{part}.py").read_text("utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("torget"):
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = ""
    return "\n".join(lines).strip() + "\n"
