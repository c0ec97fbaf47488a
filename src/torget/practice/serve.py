"""The practice blog as a process of its own: ``python -m torget.practice.serve FILE PORT``."""

import sys
from pathlib import Path

from torget.practice import blog_access
from torget.practice.blog.server import serve
from torget.practice.traffic import coming


def main(arguments: list[str]) -> int:
    """Answer until asked to end. With ``--still`` no new comments come."""
    state, port, *rest = arguments
    serve(
        Path(state),
        port=int(port),
        username=blog_access.USER,
        password=blog_access.PASSWORD,
        name=blog_access.NAME,
        coming=() if "--still" in rest else coming(),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
