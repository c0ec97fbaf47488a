"""One colour in, a whole theme with sure contrast out, light and dark.

Fills the sixteen steps that the design system has for each role. Every step has a set relative
luminance (WCAG 2.2); hue and chroma come from the municipality's colour, in OKLCH. That is why
contrast holds whatever colour is chosen.
"""

from functools import lru_cache
from itertools import chain
from math import atan2, cos, hypot, sin
from typing import Literal

type Mode = Literal["light", "dark"]
type Rgb = tuple[float, float, float]  # linear light, 0 to 1
type Scale = dict[str, str]  # step -> #rrggbb

NEUTRAL = "#24292b"
STEADY = 4.5  # contrast that WCAG 1.4.3 asks of text

# step: (relative luminance, share of the colour's chroma)
_STEPS: dict[Mode, dict[str, tuple[float, float]]] = {
    "light": {
        "background-default": (1.0, 0),
        "background-tinted": (0.905, 0.10),
        "surface-default": (1.0, 0),
        "surface-tinted": (0.815, 0.20),
        "surface-hover": (0.70, 0.30),
        "surface-active": (0.59, 0.40),
        "border-subtle": (0.50, 0.50),
        "border-default": (0.185, 0.9),
        "border-strong": (0.105, 1),
        "text-subtle": (0.100, 1),
        "text-default": (0.024, 0.8),
    },
    "dark": {
        "background-default": (0.0085, 0.30),
        "background-tinted": (0.0135, 0.35),
        "surface-default": (0.019, 0.40),
        "surface-tinted": (0.027, 0.45),
        "surface-hover": (0.038, 0.5),
        "surface-active": (0.056, 0.55),
        "border-subtle": (0.080, 0.6),
        "border-default": (0.22, 0.6),
        "border-strong": (0.40, 0.6),
        "text-subtle": (0.42, 0.6),
        "text-default": (0.84, 0.15),
    },
}


def scale(colour: str, mode: Mode) -> Scale:
    """Return every step of one role, as ``#rrggbb``, from a colour written as ``#rrggbb``."""
    _, chroma, hue = _to_oklch(_linear(colour))
    steps = {name: _step(hue, chroma * share, y) for name, (y, share) in _STEPS[mode].items()}
    base = colour if mode == "light" else _step(hue, chroma * 0.7, max(0.34, luminance(colour)))
    y = luminance(base)
    dark_base = contrast(base, "#ffffff") >= STEADY
    on_base = "#ffffff" if dark_base else "#000000"
    # Hover and active move away from the text on them, so that contrast only grows.
    hover, active = (y * 0.66, y * 0.42) if dark_base else (y * 1.22, y * 1.45)
    return steps | {
        "base-default": base,
        "base-hover": _step(hue, chroma, min(0.95, max(0.002, hover))),
        "base-active": _step(hue, chroma, min(1.0, max(0.0015, active))),
        "base-contrast-default": on_base,
        "base-contrast-subtle": on_base,
    }


@lru_cache(64)
def stylesheet(accent: str) -> str:
    """Return the CSS that dresses the design system in a municipality's colours."""
    light, dark = _block(accent, "light"), _block(accent, "dark")
    return (
        f':root,[data-color-scheme="light"]{{{light}}}[data-color-scheme="dark"]{{{dark}}}'
        f'@media (prefers-color-scheme:dark){{[data-color-scheme="auto"]{{{dark}}}}}'
    )


def _block(accent: str, mode: Mode) -> str:
    roles = {"accent": accent, "neutral": NEUTRAL}
    rules = (
        (f"--ds-color-{role}-{step}:{value};" for step, value in scale(colour, mode).items())
        for role, colour in roles.items()
    )
    return "".join(chain.from_iterable(rules))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 for black and 1 for white (WCAG 2.2)."""
    return _luminance(_linear(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return _uncurve(red), _uncurve(green), _uncurve(blue)


def _uncurve(x: float) -> float:
    return x / 12.92 if x <= 0.04045 else float(((x + 0.055) / 1.055) ** 2.4)


def _curve(x: float) -> float:
    return 12.92 * x if x <= 0.0031308 else float(1.055 * x ** (1 / 2.4) - 0.055)


def _hexadecimal(colour: Rgb) -> str:
    return "#" + "".join(
        f"{round(min(1.0, max(0.0, _curve(max(0.0, part)))) * 255):02x}" for part in colour
    )


def _to_oklch(colour: Rgb) -> tuple[float, float, float]:
    """Return lightness, chroma and hue (radians). Source: B. Ottosson, Oklab, 2020."""
    red, green, blue = colour
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _step(hue: float, chroma: float, wanted: float) -> str:
    """Return the colour with this hue and luminance, and as much of the chroma as sRGB holds."""
    if wanted >= 0.999:
        return "#ffffff"
    while True:
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            red, green, blue = _from_oklch(middle, chroma, hue)
            if _luminance((max(0.0, red), max(0.0, green), max(0.0, blue))) < wanted:
                low = middle
            else:
                high = middle
        colour = _from_oklch(low, chroma, hue)
        if all(-0.002 <= part <= 1.002 for part in colour) or chroma < 0.002:
            return _hexadecimal(colour)
        chroma *= 0.92
