"""How Torget signs in to the practice blog. It opens nothing but that blog."""

NAME = "Björkbobloggen"
USER = "torget"
PASSWORD = "ovning ovning ovning"  # noqa: S105 for practice alone
