import pytest

from desktop.actions import records, review
from desktop.actions.review import Decision
from sync.change import Change
from sync.client.rows import write
from sync.errors import Refused
from tests.ui.desks import SOZAQ, VILLAGE, record

ISSUE = {
    "essence": "Көшеде ауыз су жоқ",
    "category": "drinking_water",
    "village": VILLAGE,
    "received_on": "2026-11-23",
}


@pytest.fixture
def sent(desk):
    id = record(desk, "issue", ISSUE)
    review.decide(desk, id, Decision.SEND)
    return id


def state(desk, id):
    return records.show(desk, id)["review"]


def test_a_sent_record_waits_for_the_coordinator_only(desk, coordinator, sent):
    waiting = [row["id"] for row in review.queue(coordinator)]

    assert waiting == [sent]
    assert review.queue(desk) == []
    assert (review.count_waiting(coordinator), review.count_waiting(desk)) == (1, 0)


@pytest.mark.parametrize(
    ("decision", "after"),
    [("approve", "approved"), ("reject", "rejected"), ("duplicate", "duplicate")],
)
def test_a_decision_takes_the_record_out_of_the_queue(coordinator, sent, decision, after):
    review.decide(coordinator, sent, Decision(decision))

    assert state(coordinator, sent) == after
    assert review.queue(coordinator) == []


@pytest.mark.parametrize("decision", ["approve", "return", "reject", "duplicate"])
def test_a_decision_can_be_undone(coordinator, sent, decision):
    comments = {"essence": "Қай көшеде?"} if decision == "return" else {}
    review.decide(coordinator, sent, Decision(decision), comments)

    review.decide(coordinator, sent, Decision.UNDO)

    assert [row["id"] for row in review.queue(coordinator)] == [sent]


def test_a_record_comes_back_with_the_comment_at_its_field(desk, coordinator, sent):
    review.decide(coordinator, sent, Decision.RETURN, {"essence": " Қай көшеде? "})

    assert [row["id"] for row in review.returned(desk)] == [sent]
    said = [(row["about"], row["text"]) for row in review.comments(desk, sent)]
    assert said == [("essence", "Қай көшеде?")]


def test_a_record_is_not_returned_without_a_word(coordinator, sent):
    with pytest.raises(Refused):
        review.decide(coordinator, sent, Decision.RETURN, {"essence": "  "})

    assert state(coordinator, sent) == "sent"
    assert review.comments(coordinator, sent) == []


def test_a_refused_decision_leaves_no_comment_behind(desk, sent):
    with pytest.raises(Refused):
        review.decide(desk, sent, Decision.RETURN, {"essence": "Қай көшеде?"})

    assert review.comments(desk, sent) == []


def test_the_longest_waiting_comes_first(desk, coordinator, sent):
    later = record(desk, "visit", {"village": VILLAGE, "topic": "acquaintance"})
    records.save(desk, "visit", {"visited_on": "2026-11-23"}, later)
    review.decide(desk, later, Decision.SEND)

    assert [row["id"] for row in review.queue(coordinator)] == [sent, later]


@pytest.mark.parametrize(("seen", "said"), [(None, 7), (3, 3), (9, 7)])
def test_an_edit_names_the_state_it_was_made_upon(desk, seen, said):
    id = record(desk, "visit", {"people": 3})
    news = Change(kind="visit", record=id, district=SOZAQ, fields={"people": 5}, revision=7)
    with desk.store.begin() as session:
        write(session, [news])

    [change] = records.save_all(desk, [records.Edit("visit", {"people": 4}, id, base=seen)])

    assert change.base == said
