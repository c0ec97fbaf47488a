"""What a municipality chooses for itself, with presets for the size of its office."""

from importlib.resources import files

import pytest

from torget.errors import BadGuideline
from torget.policy.parameters import Size, number, parameters, read, switch

TEXT = files("torget.policy").joinpath("parameters.toml").read_text("utf-8")
SIZES = tuple(Size)


@pytest.mark.parametrize(
    ("key", "one", "few", "more"),
    [
        ("approval", False, False, True),
        ("two_people_always", False, True, True),
        ("group_second_person", False, False, True),
        ("disposal_second_person", False, True, True),
        ("objection_other_moderator", False, True, True),
    ],
)
def test_one_person_can_work_alone_and_a_larger_office_is_held_to_more(
    key: str, one: bool, few: bool, more: bool
) -> None:
    assert [switch(key, size) for size in SIZES] == [one, few, more]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("emergency_mandate_hours", 72),
        ("emergency_extended_days", 60),
        ("mandate_notice_days", 30),
        ("mandate_last_notice_days", 7),
        ("mandate_confirm_days", 14),
        ("guideline_grace_days", 30),
        ("disposal_notice_days", 14),
        ("group_undo_minutes", 30),
        ("remove_grace_minutes", 5),
        ("snapshot_months", 12),
        ("decision_urgent_hours", 2),
        ("look_hours", 1),
        ("look_unstaffed_hours", 12),
    ],
)
def test_a_number_is_the_same_for_every_office_unless_it_is_changed(key: str, value: int) -> None:
    assert {number(key, size) for size in SIZES} == {value}
    assert number(key) == value


@pytest.mark.parametrize("size", SIZES)
def test_no_preset_is_laxer_for_a_larger_office(size: Size) -> None:
    for parameter in parameters().values():
        laxer = [parameter.is_laxer(parameter.presets[at]) for at in SIZES]

        assert laxer == sorted(laxer, reverse=True), parameter.key
        assert not parameter.is_laxer(parameter.presets[Size.MORE])
        assert parameter.text.endswith(".")
    assert size.label


def test_what_is_laxer_depends_on_what_is_counted() -> None:
    every = parameters()

    assert every["decision_urgent_hours"].is_laxer(3)
    assert not every["decision_urgent_hours"].is_laxer(1)
    assert every["mandate_notice_days"].is_laxer(20)
    assert not every["mandate_notice_days"].is_laxer(40)
    assert every["approval"].is_laxer(False)
    assert not every["approval"].is_laxer(True)


def test_goals_in_working_hours_are_said_to_be_the_municipalitys_own() -> None:
    for key, parameter in parameters().items():
        if key.startswith(("look", "queue", "decision", "reply", "registration")):
            assert "Kommunens eget mål" in parameter.text


def test_no_retention_period_is_preset() -> None:
    assert not [key for key in parameters() if "retention" in key or "keep" in key]
    assert {p.key for p in parameters().values() if p.clause == "4.7"} == {
        "disposal_second_person",
        "disposal_notice_days",
    }


def test_a_number_is_not_a_yes_and_what_does_not_exist_has_no_value() -> None:
    with pytest.raises(TypeError):
        number("approval")
    with pytest.raises(TypeError):
        switch("snapshot_months")
    for ask in (number, switch):
        with pytest.raises(LookupError, match="lunch"):
            ask("lunch_minutes")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('clause = "4.8"', 'clause = "4.88"', r"snapshot_months: clause 4\.88"),
        ('key = "approval"', 'key = "snapshot_months"', "snapshot_months: stands twice"),
        ("{ one = 1, few = 1, more = 1 }", "{ one = 1, few = 1 }", "each size"),
        ("{ one = 1, few", "{ two = 1, few", "two"),
        ("{ one = false, few", "{ one = 0, few", "two_people_always: .*bool"),
        ("{ one = 12, few", "{ one = true, few", "channels_attested_months: .*int"),
        ('unit = "dagar"', 'units = "dagar"', "units"),
        ('key = "look_hours"\n', "", "None"),
        ("presets = { one = 72", "preset = { one = 72", "emergency_mandate_hours: 'presets'"),
    ],
)
def test_a_fault_in_the_data_is_told_with_its_parameter(old: str, new: str, told: str) -> None:
    assert old in TEXT

    with pytest.raises(BadGuideline, match=told):
        read(TEXT.replace(old, new, 1))
