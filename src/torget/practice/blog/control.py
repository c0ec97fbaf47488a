"""Steers the blog from another process: new comments, edits, faults, slowness.

``POST /ovning/styr`` with JSON and the header ``X-Ovning``, which no form and no link can send.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from torget.practice.blog.faults import Fault, Faults
from torget.practice.blog.rest import Answer
from torget.practice.blog.store import Store

PATH, HEADER = "/ovning/styr", "X-Ovning"


def answer(store: Store, faults: Faults, body: bytes) -> Answer:
    """Do what is asked: ``{"do": …}`` with the arguments of that name.

    post(title, text) · comment(post, name, source, …) · change(number, source | status) ·
    delete(number) · fault(fault, times, writes) · slow_down(shortest_ms, longest_ms) · acts()
    """
    doings: Mapping[str, Callable[..., object]] = {
        "post": store.add_post,
        "comment": store.add_comment,
        "change": store.change,
        "delete": store.delete,
        "fault": lambda fault, **rest: faults.order(Fault(fault), **rest),
        "slow_down": faults.slow_down,
        "acts": lambda: [asdict(act) for act in faults.acts],
    }
    try:
        asked = json.loads(body)
        return Answer(200, {"result": doings[asked.pop("do")](**asked)})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(400, {"result": None})
