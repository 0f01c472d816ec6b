import pytest

from desktop.actions import records, review
from desktop.actions.edits import Edit
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


@pytest.mark.parametrize("decision", ["approve", "return", "reject", "duplicate"])
def test_what_was_taken_back_waits_as_long_and_in_the_same_place_as_before(
    desk, coordinator, sent, decision
):
    later = record(desk, "issue", ISSUE)
    review.decide(desk, later, Decision.SEND)
    since = {row["id"]: row["waits_since"] for row in review.queue(coordinator)}
    comments = {"essence": "Қай көшеде?"} if decision == "return" else {}

    for _ in range(2):
        review.decide(coordinator, sent, Decision(decision), comments)
        review.decide(coordinator, sent, Decision.UNDO)

    queue = review.queue(coordinator)
    assert [row["id"] for row in queue] == [sent, later]
    assert {row["id"]: row["waits_since"] for row in queue} == since


def test_of_what_came_sent_and_was_taken_back_it_is_known_when_it_was_made(coordinator):
    id = record(coordinator, "issue", ISSUE | {"review": "sent"})

    review.decide(coordinator, id, Decision.APPROVE)
    review.decide(coordinator, id, Decision.UNDO)

    [row] = review.queue(coordinator)
    assert row["waits_since"] == row["created"]


def test_what_its_author_sent_again_waits_from_then_on(desk, coordinator, sent):
    review.decide(coordinator, sent, Decision.RETURN, {"essence": "Қай көшеде?"})
    review.decide(desk, sent, Decision.SEND)

    [row] = review.queue(coordinator)

    assert row["waits_since"] == row["edited"]


def test_who_sent_it_oneself_and_took_a_decision_back_sees_when_it_was_sent(coordinator):
    id = record(coordinator, "issue", ISSUE)
    review.decide(coordinator, id, Decision.SEND)
    [before] = review.queue(coordinator)

    review.decide(coordinator, id, Decision.APPROVE)
    review.decide(coordinator, id, Decision.UNDO)

    [row] = review.queue(coordinator)
    assert row["waits_since"] == before["edited"]


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

    [change] = records.save_all(desk, [Edit("visit", {"people": 4}, id, base=seen)])

    assert change.base == said
