"""Pinned fields begin with what was said last, today and for no person's data."""

from datetime import date, timedelta

import pytest

from desktop.actions import drafts, last_values
from desktop.actions.last_values import Last
from sync.records import KINDS
from sync.records.base import fields

TODAY = date(2026, 11, 29)


def test_a_pinned_field_begins_with_what_it_said_when_it_was_pinned_and_then_with_the_last(lea):
    last_values.pin(lea, "issue", "village", "615647100", TODAY)
    assert last_values.recall(lea, "issue", TODAY).values == {"village": "615647100"}

    last_values.note(lea, "issue", {"village": "615630100", "urgency": "high"}, TODAY)

    expected = Last(frozenset({"village"}), {"village": "615630100"})
    assert last_values.recall(lea, "issue", TODAY) == expected
    assert last_values.recall(lea, "meeting", TODAY) == Last()


def test_at_a_new_day_the_pin_stays_and_the_value_is_gone_from_the_file(lea):
    last_values.pin(lea, "issue", "village", "615647100", TODAY)

    tomorrow = last_values.recall(lea, "issue", TODAY + timedelta(days=1))

    assert tomorrow == Last(frozenset({"village"}))
    assert drafts.recall(lea, "last:issue")["values"] == {}


def test_a_pin_that_is_taken_out_takes_its_value_along(lea):
    last_values.pin(lea, "issue", "village", "615647100", TODAY)
    last_values.pin(lea, "issue", "urgency", None, TODAY)

    left = last_values.unpin(lea, "issue", "village", TODAY)

    assert left == last_values.recall(lea, "issue", TODAY) == Last(frozenset({"urgency"}))


def test_nothing_is_noted_where_nothing_is_pinned(lea):
    last_values.note(lea, "issue", {"village": "615647100"}, TODAY)

    assert drafts.recall(lea, "last:issue") is None


@pytest.mark.parametrize("kind", KINDS)
def test_no_persons_data_can_be_pinned_nor_answers_nor_stories(lea, kind):
    record = KINDS[kind]
    may = last_values.pinnable(record)

    for field in fields(record):
        if field.private or field.long or field.type in (dict, list):
            assert field.name not in may
            last_values.pin(lea, kind, field.name, "x", TODAY)
    assert last_values.recall(lea, kind, TODAY) == Last()
    assert drafts.recall(lea, f"last:{kind}") is None
    assert record.named_by not in may
    assert kind != "filled_form" or not may


def test_what_people_pin_most_can_be_pinned():
    assert {"village", "received_how", "category", "meeting"} <= last_values.pinnable(
        KINDS["issue"]
    )
    assert {"village", "place", "type", "chair"} <= last_values.pinnable(KINDS["meeting"])
    consent = {"applicant", "phone", "consent_way", "consent_on", "consent_witness"}
    assert not consent & last_values.pinnable(KINDS["issue"])
