import pytest

from desktop.actions import attention, erasure, exchange, records, review
from desktop.steps import Recording, Steps, recording
from sync.client import outbox
from sync.errors import Refused, UserError
from tests.ui.desks import record, story


@pytest.fixture
def refused(desk):
    """An edit of a visit that the server did not take; what it took before stands here again."""
    id = record(desk, "visit", story()["visit"])
    with desk.store.begin() as session:
        sent = {change.number: 1 for change in outbox.waiting(session)}
        outbox.settle(session, sent, None)
    [change] = records.save(desk, "visit", {"people": 31}, id)
    with desk.store.begin() as session:
        outbox.hold(session, change, "Жазба жабық.")
    return change


def test_a_refused_edit_is_held_with_the_reason(desk, refused):
    [held] = attention.held(desk)

    assert (held.change.id, held.reason) == (refused.id, "Жазба жабық.")
    assert attention.find(desk, refused.id) == held


def test_an_edit_that_is_not_held_is_not_found(desk, refused):
    with pytest.raises(UserError):
        attention.find(desk, refused.record)


def test_a_retried_edit_is_a_new_one_that_waits(desk, refused):
    [change] = attention.retry(desk, attention.find(desk, refused.id))

    assert change.id != refused.id
    assert change.fields["people"] == 31
    assert [one.id for one in exchange.waiting(desk)] == [change.id]
    assert attention.held(desk) == []


def test_a_retried_edit_that_a_rule_forbids_stays_held(desk, coordinator, refused):
    review.decide(desk, refused.record, review.Decision.SEND)
    review.decide(coordinator, refused.record, review.Decision.APPROVE)

    with pytest.raises(Refused):
        attention.retry(desk, attention.find(desk, refused.id))

    assert len(attention.held(desk)) == 1


def test_an_edit_that_is_let_go_is_gone(desk, refused):
    attention.let_go(desk, attention.find(desk, refused.id))

    assert attention.held(desk) == []
    assert exchange.waiting(desk) == []


def test_of_what_was_erased_no_refused_edit_of_a_part_comes_back_by_undo(desk, coordinator):
    visit = record(desk, "visit", story()["visit"])
    [said] = records.save(desk, "comment", {"about": "", "text": "Гүлсіммен"}, parent=visit)
    with desk.store.begin() as session:
        outbox.hold(session, said, "Жазба жабық.")
    steps, into = Steps(), Recording()
    with recording(into):
        attention.let_go(desk, attention.find(desk, said.id))
    steps.did(into.step())

    erasure.erase(coordinator, visit, "request")
    steps.strike([visit])

    assert steps.to_undo is None
