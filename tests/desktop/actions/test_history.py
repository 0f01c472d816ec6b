"""Who changed what of a record and when, newest first, and an earlier value put back."""

from datetime import timedelta

import pytest

from desktop.actions import history, records, review
from desktop.actions.history import put_back, read_history
from sync.change import now
from sync.client import earlier
from sync.client.facts import remember
from sync.errors import Refused, UserError
from tests.filled_forms import PHONE, fill_in
from tests.ui.desks import VILLAGE, record, seen_by

ISSUE = {
    "essence": "Көшеде ауыз су жоқ",
    "category": "drinking_water",
    "village": VILLAGE,
    "received_on": "2026-11-23",
}


@pytest.fixture
def issue(desk):
    return record(desk, "issue", ISSUE)


def told(desk, id):
    """[(who, {field: (before, after)})], newest first; {} for what was made."""
    return [
        (event.by, {one.name: (one.before, one.after) for one in event.fields})
        for event in read_history(desk, id).events
    ]


def test_each_change_is_told_from_what_to_what_with_its_person(desk, issue):
    records.save(desk, "issue", {"essence": "Су жоқ"}, issue)
    records.save(seen_by(desk, "leader"), "issue", {"essence": "Су бар", "state": "closed"}, issue)

    assert told(desk, issue) == [
        ("n.tursynbek", {"essence": ("Су жоқ", "Су бар"), "state": (None, "closed")}),
        ("a.beisenova", {"essence": (ISSUE["essence"], "Су жоқ")}),
        ("a.beisenova", {}),
    ]


def test_parts_and_their_changes_are_among_it(desk, issue):
    said = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "a" * 64}
    part = record(desk, "attachment", said, parent=issue)
    records.save(desk, "attachment", {"caption": "Хат"}, part)

    events = read_history(desk, issue).events

    assert [(event.kind, event.part, bool(event.fields)) for event in events] == [
        ("attachment", True, True),
        ("attachment", True, False),
        ("issue", False, False),
    ]


def test_the_way_through_review_is_told(desk, issue):
    review.decide(desk, issue, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), issue, review.Decision.APPROVE)

    assert [fields.get("review") for _, fields in told(desk, issue)] == [
        ("sent", "approved"),
        ("draft", "sent"),
        None,
    ]


def test_an_earlier_value_is_put_back_and_that_is_history_too(desk, issue):
    records.save(desk, "issue", {"essence": "Су жоқ", "state": "in_work"}, issue)
    [event, _] = read_history(desk, issue).events
    [essence] = [one for one in event.fields if one.name == "essence"]

    put_back(desk, "issue", issue, essence)

    assert records.show(desk, issue)["essence"] == ISSUE["essence"]
    assert records.show(desk, issue)["state"] == "in_work"
    assert told(desk, issue)[0] == ("a.beisenova", {"essence": ("Су жоқ", ISSUE["essence"])})


def test_what_stands_there_already_is_not_put_back(desk, issue):
    records.save(desk, "issue", {"essence": "Су жоқ"}, issue)
    records.save(desk, "issue", {"essence": ISSUE["essence"]}, issue)
    [last, first, _] = read_history(desk, issue).events

    assert not last.fields[0].stands
    assert first.fields[0].stands
    with pytest.raises(UserError):
        put_back(desk, "issue", issue, first.fields[0])


def test_who_may_not_edit_puts_nothing_back(desk, issue):
    records.save(desk, "issue", {"essence": "Су жоқ"}, issue)
    [event, _] = read_history(desk, issue).events

    with pytest.raises(Refused):
        put_back(seen_by(desk, "analyst"), "issue", issue, event.fields[0])


def test_of_a_filled_in_form_the_answers_that_changed_are_told_and_put_back(desk):
    id = fill_in(desk)
    said = {"answers": {"/data/host/phone": None, "/data/size": "5"}}
    records.save(desk, "filled_form", said, id)
    records.save(desk, "filled_form", {"answers": {"/data/home/condition": "sound"}}, id)

    event = read_history(desk, id).events[1]
    by_name = {one.name: one for one in event.fields}
    assert by_name["personal"].before == {"/data/host/phone": PHONE}
    assert by_name["personal"].after == {}
    assert by_name["answers"].before == {"/data/size": "2"}

    put_back(desk, "filled_form", id, by_name["personal"])

    now_there = records.show(desk, id)
    assert now_there["personal"]["/data/host/phone"] == PHONE
    assert now_there["answers"]["/data/size"] == "5"
    assert now_there["answers"]["/data/home/condition"] == "sound"


def test_a_field_that_stands_again_as_it_did_is_no_event(desk, issue):
    """News came and one's own edit lies on top of them."""
    records.save(desk, "issue", {"essence": "Су жоқ"}, issue)
    with desk.store.begin() as session:
        change = records.Change(
            kind="issue", record=issue, district="615600000", fields={"essence": "Өзге"}, by="x"
        )
        earlier.note(session, [change])

    assert [by for by, fields in told(desk, issue) if fields] == ["a.beisenova"]


def test_it_says_from_which_day_it_knows(desk, issue):
    assert read_history(desk, issue).since is None  # the record is younger

    since = now() + timedelta(days=1)
    with desk.store.begin() as session:
        remember(session, earlier.SINCE, since)

    assert read_history(desk, issue).since == since


def test_no_more_than_a_month_is_promised(desk, issue, monkeypatch):
    later = now() + timedelta(days=40)
    monkeypatch.setattr(history, "now", lambda: later)

    assert read_history(desk, issue).since == later - earlier.KEPT
