"""The figures on our own development sets do not fall unseen."""

import json
from pathlib import Path
from typing import Any

import pytest

from torget.screening import screen
from torget.screening.score import Count, macro, score

DATA = Path(__file__).parent / "data"


def records(name: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def comments() -> dict[str, Count]:
    return score(
        records("moderation_dev_sv.jsonl"),
        lambda text: screen(text, own_domains=["sjobro.example"], own_phones=["08-465 004"]),
    )


@pytest.mark.clause("4.10")
def test_comments_keep_their_macro_figure(comments: dict[str, Count]) -> None:
    assert macro(comments) >= 0.84
    assert comments["any"].recall >= 0.92
    assert comments["any"].precision >= 0.85


@pytest.mark.clause("4.10")
def test_what_goes_first_is_right_each_time() -> None:
    """A moderator who is called out for nothing soon stops coming."""
    first = [
        (record, found)
        for record in records("moderation_dev_sv.jsonl")
        if (found := screen(record["text"])).route == "akut"
    ]

    assert len(first) >= 12
    for record, found in first:
        urgent = {f.letter for f in found.findings if f.weight == "urgent"}
        assert urgent & {*record["labels"], *record["maybe"]}, record["id"]


@pytest.mark.clause("4.10.f")
def test_swear_words_are_found_and_little_else_is(comments: dict[str, Count]) -> None:
    assert comments["f"].f1 >= 0.95


@pytest.mark.clause("4.9")
def test_drafts_keep_their_figures_and_every_number_is_found() -> None:
    drafts = records("drafts_dev_sv.jsonl")
    own = {"own_domains": ["sjobro.example"], "own_phones": ["08-465 004"]}

    counts = score(drafts, lambda text: screen(text, kind="draft", **own))

    assert counts["h"].f1 >= 0.85
    for record in drafts:
        if {"pnr", "samordningsnr", "pnr_ogiltig"} & set(record["kinds"]):
            spans = [(f.start, f.end) for f in screen(record["text"], kind="draft", **own).findings]
            for start, end in record["spans"]:
                assert any(first < end and start < last for first, last in spans)


def test_what_is_debatable_is_counted_neither_way() -> None:
    record = {"text": "fan", "labels": ["ok"], "maybe": ["f"]}

    counts = score([record], screen)

    assert (counts["f"].hits, counts["f"].alarms, counts["any"].alarms) == (0, 0, 0)
