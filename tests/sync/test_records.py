import pytest

from sync.records.issue import Issue
from sync.records.meeting import Meeting
from sync.records.notes import Attachment
from sync.records.survey import Wave
from sync.records.values import Wrong, missing, parse
from sync.records.visit import Visit


def test_a_wrong_value_is_named_with_a_sentence_for_its_type():
    with pytest.raises(Wrong) as wrong:
        parse(Meeting, {"held_on": "yesterday", "present": "many", "title": "Су"})

    texts = {name: problem.text for name, problem in wrong.value.problems.items()}
    assert texts == {
        "held_on": "Write the date as 05.11.2026.",
        "present": "Write a whole number.",
    }


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_no_century_of_ours_is_refused(day):
    with pytest.raises(Wrong) as wrong:
        parse(Meeting, {"held_on": day})

    assert "year" in wrong.value.problems["held_on"].words("en")


@pytest.mark.parametrize("day", ["1900-01-01", "2100-12-31"])
def test_days_of_our_centuries_are_taken(day):
    assert str(parse(Meeting, {"held_on": day})["held_on"]) == day


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (Meeting, "present"),
        (Visit, "people"),
        (Visit, "households"),
        (Wave, "target"),
        (Attachment, "size"),
    ],
)
def test_nothing_is_counted_below_zero(record, name):
    assert parse(record, {name: 0}) == {name: 0}
    with pytest.raises(Wrong) as wrong:
        parse(record, {name: -1})

    assert wrong.value.problems[name].words("en") == "This cannot be less than 0."


def test_a_choice_that_is_not_on_the_list_is_refused():
    with pytest.raises(Wrong) as wrong:
        parse(Issue, {"category": "gossip"})

    assert list(wrong.value.problems) == ["category"]


def test_a_field_nobody_declared_is_refused():
    with pytest.raises(Wrong) as wrong:
        parse(Issue, {"vote": "x"})

    assert list(wrong.value.problems) == ["vote"]


def test_what_is_missing_is_told_by_field():
    assert missing(Issue, {"essence": "Су жоқ", "category": "gas"}).keys() == {
        "village",
        "received_on",
    }


@pytest.mark.parametrize(
    ("name", "value"), [("present", 2**63), ("present", -(10**30)), ("title", "a\0b")]
)
def test_what_no_database_can_keep_is_refused(name, value):
    with pytest.raises(Wrong) as caught:
        parse(Meeting, {name: value})

    assert "cannot be kept" in caught.value.problems[name].words("en")


def test_the_largest_number_of_a_database_can_be_kept():
    assert parse(Meeting, {"present": 2**63 - 1}) == {"present": 2**63 - 1}


def test_a_text_that_is_too_long_is_told_the_limit():
    with pytest.raises(Wrong) as caught:
        parse(Meeting, {"title": "х" * 2_001})

    assert caught.value.problems["title"].words("en") == "Write at most 2000 characters."
