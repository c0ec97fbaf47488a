"""The icons that the sprite holds; their names stand in ``icons.json``, which the build reads."""

import json
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

_NAMES = json.loads(Path(__file__).with_name("icons.json").read_text(encoding="utf-8"))
ICONS: frozenset[str] = frozenset(_NAMES["icons"])
BRANDS: frozenset[str] = frozenset(_NAMES["brands"])
SPRITE = "vendor/icons.svg"


def icon(name: str, label: str = "", *, css: str = "") -> SafeString:
    """Return an icon as SVG: decoration, unless a label says what it means.

    Raises:
        KeyError: the sprite has no such icon. Add its lucide name to ``icons.json`` and build.
    """
    if name not in ICONS:
        raise KeyError(f"no icon {name}: add it to icons.json")
    return _svg(name, label, css)


def platform_icon(platform: str, label: str = "") -> SafeString:
    """Return a platform's mark, or a plain sign for one that has none."""
    if platform in BRANDS:
        return _svg(f"m-{platform}", label, f"tg-m-{platform}")
    return _svg("globe", label, "")


def _svg(symbol: str, label: str, css: str) -> SafeString:
    classes = f"tg-ikon {css}".strip()
    place = f"{static(SPRITE)}#{symbol}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            classes,
            label,
            place,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, place)
