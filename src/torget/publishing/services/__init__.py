"""What is done with drafts, orders and approvals; and how far a sending has come."""

from torget.publishing.services.approvals import (
    approve,
    cancel,
    frozen_words,
    withdraw_approval,
)
from torget.publishing.services.drafts import Draft, Upload, save_draft, weed_draft
from torget.publishing.services.orders import (
    Change,
    edit,
    longest,
    must_be_able,
    order,
    take_down,
    takes_title,
    words_of,
)
from torget.publishing.services.progress import (
    became,
    begin,
    confirm,
    confirm_down,
    gone_at_once,
    hand_back,
    operation,
    wait,
)

__all__ = [
    "Change",
    "Draft",
    "Upload",
    "approve",
    "became",
    "begin",
    "cancel",
    "confirm",
    "confirm_down",
    "edit",
    "frozen_words",
    "gone_at_once",
    "hand_back",
    "longest",
    "must_be_able",
    "operation",
    "order",
    "save_draft",
    "take_down",
    "takes_title",
    "wait",
    "weed_draft",
    "withdraw_approval",
    "words_of",
]
