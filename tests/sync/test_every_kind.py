"""Rules that each kind of record must keep. A new kind is held to them without a new test."""

from datetime import date, time

import pytest

from sync import vocabulary
from sync.records import KINDS
from sync.records.base import Part, fields
from sync.records.values import parse, plain, split

SAMPLES = {
    str: "Қоңыр үй",
    date: date(2026, 11, 5),
    time: time(14, 30),
    int: 7,
    float: 1.5,
    bool: True,
    list: ["a", "b"],
    dict: {"/data/size": "4", "/data/member[1]/age": "41"},
}


def sample(field):
    if field.type is int:
        return max(SAMPLES[int], field.smallest or 0)
    return vocabulary.choices(field.choices)[0].key if field.choices else SAMPLES[field.type]


def filled(record):
    return {field.name: sample(field) for field in fields(record) if not field.given}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def record(request):
    return request.param


def test_its_values_travel_and_come_back_the_same(record):
    values = filled(record)

    assert parse(record, plain(values)) == values


def test_each_field_has_a_label_and_so_has_the_kind(record):
    assert record.label
    assert all(field.label for field in fields(record))


def test_each_list_to_choose_from_exists(record):
    for field in fields(record):
        assert not field.choices or vocabulary.choices(field.choices)


def test_a_draft_may_be_empty(record):
    assert all(record.__table__.columns[field.name].nullable for field in fields(record))


def test_news_of_a_newer_server_is_kept_apart(record):
    typed, unknown = split(record, {"brand_new": {"a": 1}})

    assert typed == {}
    assert unknown == {"brand_new": {"a": 1}}


def test_a_part_names_kinds_that_exist(record):
    assert not issubclass(record, Part) or all(kind in KINDS for kind in record.parents)


def test_no_field_asks_for_views_vote_or_loyalty(record):
    words = ("vote", "loyal", "opinion", "politic", "religio", "ethnic", "nationality")

    assert not [field.name for field in fields(record) if any(w in field.name for w in words)]
