"""Static files, icons and what templates may not hold."""

import gzip
import json
import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import override_settings

import torget
from torget.web import assets
from torget.web.icons import BRANDS, ICONS, icon, platform_icon

SOURCE = Path(torget.__file__).parent
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
ROOT = SOURCE.parents[1]


def test_files_are_named_by_content_compressed_and_collected_once(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        first, second = assets.collect(), assets.collect()

        assert (first, second) == (True, False)
        names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        sheet = tmp_path / names["vendor/designsystem.css"]
        assert sheet.with_name(sheet.name + ".br").exists()
        assert [name for name in names if "htmx" in name] == [
            "django_htmx/django-htmx.js",
            "django_htmx/htmx-4.min.js",
        ]


@pytest.mark.parametrize("bundle", assets.BUNDLES)
def test_a_bundle_is_one_file_once_collected_and_leaves_nothing_out(
    bundle: str, tmp_path: Path
) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        assets.collect()

        names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        whole = (tmp_path / names[bundle]).read_text(encoding="utf-8")

    source = (SOURCE / "web/static" / bundle).read_text(encoding="utf-8")
    imported = re.findall(r'url\("([^"]+)"\)', source)
    assert len(imported) >= 4
    assert "@import" not in whole
    for name in imported:
        first_rule = re.search(r"^ *(?:body )?[.:][a-z-]+ \{", _sheet(name), re.M)
        assert first_rule is not None
        assert first_rule[0] in whole


def _sheet(name: str) -> str:
    return (SOURCE / "web/static/torget" / name).read_text(encoding="utf-8")


def test_files_have_their_own_names_before_they_are_collected(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        page = engines["django"].from_string("{% static 'torget/base.css' %}").render()

    assert page == "/static/torget/base.css"


def test_a_changed_file_is_collected_anew(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        assets.collect()
        (tmp_path / ".stamp").write_text("of yesterday")

        assert assets.collect()


def test_an_icon_is_decoration_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in icon("lock")
    assert 'role="img" aria-label="Skyddad"' in icon("lock", "Skyddad")
    assert "#m-wordpress" in platform_icon("wordpress")
    assert "#globe" in platform_icon("byforum")


def test_an_icon_that_the_sprite_lacks_is_a_fault() -> None:
    with pytest.raises(KeyError, match=r"icons\.json"):
        icon("unicorn")


def test_the_sprite_holds_every_icon_that_is_named() -> None:
    sprite = (SOURCE / "web/static/vendor/icons.svg").read_text(encoding="utf-8")

    held = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert held == ICONS | {f"m-{brand}" for brand in BRANDS}


def test_the_sprite_holds_no_icon_that_no_page_uses() -> None:
    sources = [*TEMPLATES, *SOURCE.glob("**/*.py")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    assert {name for name in ICONS if f'"{name}"' not in written} == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_the_security_policy_stops(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", text)


def test_the_lock_file_names_no_registry_and_checks_every_package() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))

    packages = {name: told for name, told in lock["packages"].items() if name}
    assert all(told["integrity"].startswith("sha512-") for told in packages.values())
    assert not any("resolved" in told for told in packages.values())


@pytest.mark.parametrize(
    "sheet", sorted((SOURCE / "web/static/torget").glob("*.css")), ids=lambda path: path.name
)
def test_no_style_sheet_fetches_from_elsewhere(sheet: Path) -> None:
    assert "//" not in sheet.read_text(encoding="utf-8").replace("/*", "").replace("*/", "")


def test_our_script_costs_little_to_fetch() -> None:
    script = (SOURCE / "web/static/torget/torget.js").read_bytes()

    assert len(gzip.compress(script)) < 2_000


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy: dict[str, list[str]] = settings.SECURE_CSP  # type: ignore[assignment]

    assert policy["default-src"] == ["'none'"]
    assert all("unsafe" not in word for word in chain.from_iterable(policy.values()))
