from uuid import uuid4

import pytest

from desktop.actions import records
from desktop.actions.edits import Edit
from sync.change import Change, encode
from sync.client.tables import Foreign
from sync.errors import Refused
from sync.records.values import Wrong
from tests.ui.desks import SOZAQ, record


@pytest.mark.parametrize("value", ["abc", "true", 1, None, []])
def test_whether_a_record_is_removed_is_true_or_false(desk, value):
    id = record(desk, "visit", {"people": 4})

    with pytest.raises(Wrong) as caught:
        records.save(desk, "visit", {"removed": value}, id)

    assert "removed" in caught.value.problems
    assert records.show(desk, id)["removed"] is False


@pytest.mark.parametrize("value", ["flying", "", 1, None, ["sent"], {"a": 1}])
def test_a_step_of_review_is_one_of_those_that_exist(desk, value):
    id = record(desk, "visit", {"people": 4})

    with pytest.raises(Wrong) as caught:
        records.save(desk, "visit", {"review": value}, id)

    assert "review" in caught.value.problems


def test_what_no_coordinator_reviews_has_no_step_of_review(desk):
    id = record(desk, "visit", {"people": 4})

    with pytest.raises(Wrong):
        records.save(desk, "comment", {"text": "Неге?", "review": "sent"}, parent=id)


def test_a_record_does_not_get_a_twin_of_another_kind(desk):
    id = record(desk, "visit", {"people": 4})

    with pytest.raises(Refused):
        records.save(desk, "meeting", {"title": "Су"}, id)

    assert records.list_records(desk, "meeting") == []


@pytest.fixture
def foreign(desk):
    """A record of a kind that only a newer program knows."""
    change = Change(
        kind="well", record=uuid4(), district=SOZAQ, fields={"depth": 40}, revision=7, by="x"
    )
    with desk.store.begin() as session:
        session.add(
            Foreign(record=change.record, district=SOZAQ, kind="well", body=encode(change))
        )
    return change.record


def test_a_record_of_an_unknown_kind_is_shown_as_it_came(desk, foreign):
    row = records.show_foreign(desk, foreign)

    assert (row["id"], row["kind"], row["fields"]) == (foreign, "well", {"depth": 40})
    assert records.show_foreign(desk, uuid4()) is None


def test_a_record_of_an_unknown_kind_gets_no_twin_either(desk, foreign):
    with pytest.raises(Refused):
        records.save(desk, "visit", {"people": 4}, foreign)


def test_a_new_record_may_have_an_id_of_its_own(desk):
    id = uuid4()

    [change] = records.save_all(desk, [Edit("visit", {"people": 4}, id)])

    assert change.record == id
