"""Tags and filters that every template has, without loading anything."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from torget.web import icons, text
from torget.web import when as words

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.platform_icon, name="platform_icon")
register.filter("visible", text.visible)
register.filter("visible_plain", text.visible_plain)


@register.filter
def marked(shown: str, marks: Iterable[text.Mark]) -> SafeString:
    """Show text with the parts that rules point at marked."""
    return text.marked(shown, marks)


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """Show a point in time: "idag kl. 09.42". Nothing for None."""
    return _time(moment, words.when(moment), words.full(moment)) if moment else ""


@register.simple_tag
def ago(moment: datetime | None) -> SafeString | str:
    """Show how long ago: "för 6 min", with the exact time as its title. Nothing for None."""
    return _time(moment, words.ago(moment), words.full(moment)) if moment else ""


@register.simple_tag
def exactly(moment: datetime | None) -> SafeString | str:
    """Show a point in time to the second, for what is evidence. Nothing for None."""
    return _time(moment, words.full(moment)) if moment else ""


def _time(moment: datetime, shown: str, title: str = "") -> SafeString:
    machine = words.machine(moment)
    if title:
        return format_html('<time datetime="{}" title="{}">{}</time>', machine, title, shown)
    return format_html('<time datetime="{}">{}</time>', machine, shown)


@register.filter
def initials(name: str) -> str:
    """Return at most two initials of a name."""
    parts = str(name).split()
    return "".join(
        part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)
    ).upper()


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """Return the address of another page of a list, with its filters kept."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query["sida"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: "Page[object]") -> list[int | str]:
    """Return the pages to link to, with an ellipsis where some are left out."""
    found = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return list(found)
