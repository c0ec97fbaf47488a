"""Who the installation belongs to: name, colours and logo of the municipality."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

_THEME_VERSION = "1"  # raise it when the theme generator changes, so that browsers fetch anew


@dataclass(frozen=True, slots=True)
class Profile:
    """A municipality's look (clause 4.1). Colours are ``#rrggbb``; the logo is a static file."""

    municipality: str
    accent: str
    logo: str

    @property
    def revision(self) -> str:
        """A short name for these colours, used in the theme's address."""
        told = f"{_THEME_VERSION}{self.accent}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def current() -> Profile:
    """Return the profile of this installation."""
    return Profile(
        municipality=settings.TORGET.municipality,
        accent=settings.TORGET.colour,
        logo="torget/logo.svg",
    )
