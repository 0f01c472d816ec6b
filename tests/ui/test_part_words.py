"""What a line tells of a part follows from the declaration of its kind."""

from datetime import date

import pytest

from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import Part, field_map
from tests.ui.at_work import given_kazakh  # noqa: F401
from tests.ui.desks import VILLAGE
from ui.models.part_words import MOST, part_words, telling
from ui.translation import use_language

LISTED = [name for name, one in KINDS.items() if issubclass(one, Part) and one.heading]


def told(kind, **values):
    use_language("en")
    record = KINDS[kind]
    row = dict.fromkeys(field_map(record)) | {"kind": kind} | values
    return part_words(record, row, load_pack("turkistan"))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("question", "text"),
        ("decision", "text"),
        ("defect", "text"),
        ("measure", "text"),
        ("claim", "text"),
        ("payment", "sum"),
        ("outing", "village"),
        ("relocation_stage", "state"),
    ],
)
def test_the_words_are_what_must_be_filled_in_and_is_no_day(kind, name):
    assert telling(KINDS[kind]).name == name


def test_each_kind_of_part_that_is_shown_is_told(qapp):
    assert len(LISTED) >= 8
    for kind in LISTED:
        words, below = told(kind)
        assert (words, below) == (KINDS[kind].label, "")


def test_besides_them_it_tells_who_when_and_how_it_stands(qapp):
    words, below = told(
        "decision",
        text="Repair\nthe pump",
        responsible="Utilities",
        due_on=date(2026, 12, 1),
        state="open",
        accepted_on=date(2026, 12, 3),
    )

    assert words == "Repair the pump"
    assert below == "Utilities · 01.12.2026 · Open"


def test_of_several_days_each_is_named(qapp):
    _, below = told("claim", asked_on=date(2026, 11, 14), refuted_on=date(2026, 11, 20))

    assert below == "Refutation asked for on: 14.11.2026 · Refutation published on: 20.11.2026"


def test_a_payment_is_told_by_its_sum_and_a_trip_by_its_village(qapp):
    assert (
        told("payment", paid_on=date(2026, 10, 1), sum=1_500_000)[0]
        == "1\u00a0500\u00a0000\u00a0₸"
    )
    assert told("outing", village=VILLAGE, who="Айгүл")[0].startswith("Созақ")


def test_of_a_very_long_text_no_more_is_measured_than_a_line_may_show(qapp):
    assert len(told("question", text="a" * 50_000)[0]) == MOST


def test_nought_is_a_number_and_is_told(qapp):
    words, _ = told("payment", sum=0)

    assert words == "0\N{NO-BREAK SPACE}₸"
