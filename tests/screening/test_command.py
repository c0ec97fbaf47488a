"""``torget screen``: each line is answered, and a bad line stops no other."""

import argparse
import io
import json

import pytest

from torget.screening.command import add_arguments, run


def screened(data: bytes, **options: object) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    code = run(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"), out, **options)  # type: ignore[arg-type]
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


@pytest.mark.clause("4.10")
def test_each_line_gets_one_answer_in_order() -> None:
    code, answers = screened(line(id="1", text="Fan vad kul!") + b"\n" + line(id=2, text="Hej"))

    assert code == 0
    assert [answer["id"] for answer in answers] == ["1", 2]
    assert answers[0]["labels"] == ["f"]
    assert answers[0]["findings"][0]["start"] == 0  # type: ignore[index]
    assert set(answers[1]) == {"id", "labels", "route", "support", "scores", "findings"}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"hej\n", "inte JSON"),
        (b'{"id": 1}\n', "ingen text"),
        (b'["text"]\n', "ingen text"),
        (b'{"text": 5}\n', "ingen text"),
        (b'{"text": "a\\ud800"}\n', "halvt tecken"),
        (b'{"text": "\xff"}\n', "inte UTF-8"),
        (b"[" * 100_000 + b"\n", "inte JSON"),
    ],
)
def test_a_bad_line_is_told_of_with_its_number_and_the_rest_is_answered(
    bad: bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answers = screened(line(id=1, text="Hej") + bad + line(id=3, text="Tack"))

    errors = capsys.readouterr().err
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, 3]
    assert errors.startswith("Rad 2: ") and says in errors


def test_the_options_say_what_is_official() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)

    got = parser.parse_args(["--kind", "draft", "--own-domain", "a.example", "--own-phone", "08-1"])

    assert (got.kind, got.own_domains, got.own_phones) == ("draft", ["a.example"], ["08-1"])
