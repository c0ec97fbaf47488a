"""Questions about drafts and what is sent of them."""

from torget.publishing.selectors.due import approval_asked, due, may_take_down, stands_in_the_way
from torget.publishing.selectors.posts import (
    Listing,
    Row,
    Tab,
    answerable,
    channels_to_write_on,
    draft_for,
    is_draft,
    listing,
    post_for,
)

__all__ = [
    "Listing",
    "Row",
    "Tab",
    "answerable",
    "approval_asked",
    "channels_to_write_on",
    "draft_for",
    "due",
    "is_draft",
    "listing",
    "may_take_down",
    "post_for",
    "stands_in_the_way",
]
