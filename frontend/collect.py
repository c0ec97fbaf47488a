"""Copy the few third-party files that the pages use out of node_modules.

Run by ``build.py``; no step here needs Node. Everything lands in one git-ignored folder:
``designsystem.css`` (theme and the components we use), two Inter files, ``icons.svg``, licences.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

# The design system's own order; each is one file of its package. Search, suggestion, combobox
# and the like are left out: no page uses them, and they are half of its bytes.
COMPONENTS = (
    "alert",
    "badge",
    "breadcrumbs",
    "button",
    "card",
    "chip",
    "details",
    "dialog",
    "divider",
    "error-summary",
    "field",
    "fieldset",
    "heading",
    "input",
    "label",
    "link",
    "list",
    "pagination",
    "paragraph",
    "skip-link",
    "table",
    "tag",
    "validation-message",
)
FONTS = ("inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2")
LICENCES = {
    "designsystem": "@digdir/designsystemet-css/LICENSE",
    "inter": "@fontsource-variable/inter/LICENSE",
    "lucide": "lucide-static/LICENSE",
    "simple-icons": "simple-icons/LICENSE.md",
}
STROKED = (
    'fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round"'
)


def collect(node_modules: Path, names: Path, target: Path) -> None:
    """Fill ``target`` from ``node_modules`` with the icons named in the JSON file ``names``."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "designsystem.css").write_text(stylesheet(node_modules), encoding="utf-8")
    (target / "icons.svg").write_text("".join(sprite(node_modules, names)), encoding="utf-8")
    for font in FONTS:
        shutil.copy(node_modules / "@fontsource-variable/inter/files" / font, target)
    for name, licence in LICENCES.items():
        shutil.copy(node_modules / licence, target / f"{name}.LICENSE.txt")


def stylesheet(node_modules: Path) -> str:
    """Return the theme and the chosen components, in the layers of the package's own bundle."""
    package = node_modules / "@digdir/designsystemet-css/dist"
    parts = [
        "@layer torget.reset, ds.theme, ds.base, ds.components;",
        (package / "theme/designsystemet.css").read_text(encoding="utf-8"),
        f"@layer ds.base{{{(package / 'src/base.css').read_text(encoding='utf-8')}}}",
    ]
    for name in COMPONENTS:
        rules = (package / f"src/{name}.css").read_text(encoding="utf-8")
        parts.append(f"@layer ds.components{{{rules}}}")
    parts.append((package / "src/data-size-workaround.css").read_text(encoding="utf-8"))
    # Manifest storage refuses files that point at source maps we do not ship.
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", "\n".join(parts))


def sprite(node_modules: Path, names: Path) -> Iterator[str]:
    """Yield one SVG file of symbols: lucide's as they are named, brands with ``m-`` before."""
    wanted = json.loads(names.read_text(encoding="utf-8"))
    yield '<svg xmlns="http://www.w3.org/2000/svg">'
    for name in wanted["icons"]:
        drawing = _drawing(node_modules / f"lucide-static/icons/{name}.svg")
        yield f'<symbol id="{name}" viewBox="0 0 24 24" {STROKED}>{drawing}</symbol>'
    for name in wanted["brands"]:
        drawing = _drawing(node_modules / f"simple-icons/icons/{name}.svg")
        yield f'<symbol id="m-{name}" viewBox="0 0 24 24" fill="currentColor">{drawing}</symbol>'
    yield "</svg>\n"


def _drawing(path: Path) -> str:
    text = re.sub(
        r"<!--.*?-->|<title>.*?</title>", "", path.read_text(encoding="utf-8"), flags=re.S
    )
    found = re.search(r"<svg[^>]*>(.*)</svg>", text, re.S)
    if found is None:
        raise ValueError(f"not an icon: {path.name}")
    return re.sub(r"\s+", " ", found[1]).replace("> <", "><").strip()
