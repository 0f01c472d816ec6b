"""The directory of officials: found by a part of a word, replaced, and never forgotten."""

from datetime import date, timedelta

import pytest

from desktop.actions import directory, records
from sync.errors import Refused
from sync.records.base import field_map
from sync.records.survey import Official
from sync.records.values import Wrong
from tests.ui.desks import SOZAQ

TODAY = date.today()  # noqa: DTZ011  # the day of the place
AKIM = {"post": "Созақ ауданының әкімі", "body": "akimat", "territory": SOZAQ}


def save(desk, values):
    [change] = directory.save(desk, values)
    return change.record


def test_only_who_may_write_for_the_region_changes_it(desk):
    with pytest.raises(Refused):
        save(desk, AKIM)


def test_what_is_missing_is_said_by_field(coordinator):
    with pytest.raises(Wrong) as wrong:
        save(coordinator, {"name": "А. Серік"})

    assert wrong.value.problems.keys() == {"post", "body"}


def test_a_term_does_not_end_before_it_begins(coordinator):
    with pytest.raises(Wrong) as wrong:
        save(coordinator, AKIM | {"since": "2026-05-01", "until": "2026-04-01"})

    assert wrong.value.problems["until"].words("en") == directory.BACKWARDS


def test_a_successor_ends_the_term_of_the_one_before_who_stays_to_be_read(coordinator):
    first = save(coordinator, AKIM | {"name": "А. Серік", "since": "2020-01-01"})

    directory.replace(coordinator, first, {"name": "Б. Ахмет"}, TODAY)

    holder, former = directory.list_officials(coordinator)
    assert (holder.name, holder.post, holder.since) == ("Б. Ахмет", AKIM["post"], TODAY)
    assert (former.id, former.until) == (first, TODAY - timedelta(days=1))
    assert [one.in_office(TODAY) for one in (holder, former)] == [True, False]


def test_a_succession_that_is_wrong_changes_nothing(coordinator):
    first = save(coordinator, AKIM | {"since": str(TODAY)})

    with pytest.raises(Wrong):
        directory.replace(coordinator, first, {"name": "Б. Ахмет"}, TODAY)

    assert records.show(coordinator, first)["until"] is None
    assert len(directory.list_officials(coordinator)) == 1


def test_officials_are_found_by_parts_of_words_also_typed_in_russian(coordinator):
    save(coordinator, AKIM | {"name": "Ә. Қайрат"})
    save(coordinator, {"post": "Төраға", "body": "party", "territory": "615200000"})

    assert len(directory.list_officials(coordinator)) == 2
    assert [one.name for one in directory.list_officials(coordinator, "созак акими")] == [
        "Ә. Қайрат"
    ]
    assert [one.body for one in directory.list_officials(coordinator, "party")] == ["party"]


def test_it_is_in_the_order_of_bodies_places_and_posts(coordinator):
    for post, body in (("Ә", "party"), ("Я", "akimat"), ("Қ", "akimat")):
        save(coordinator, {"post": post, "body": body})

    assert [one.post for one in directory.list_officials(coordinator)] == ["Қ", "Я", "Ә"]


def test_there_is_no_field_for_what_somebody_thinks():
    assert field_map(Official).keys() == {"post", "name", "body", "territory", "since", "until"}


def test_districts_come_before_okrugs(coordinator):
    places = directory.territories(coordinator)

    assert len(places) > len(coordinator.pack.districts)
    assert {code for code, _ in places[: len(coordinator.pack.districts)]} == set(
        coordinator.pack.districts
    )
