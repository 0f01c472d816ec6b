"""One change for many records: shown first, done as one, undone as one; and kept under a name."""

from uuid import uuid4

import pytest

from desktop.actions import bulk, drafts, erasure, records, review, undo
from desktop.actions.bulk import REMOVE, Wish, offered_moves, plan, run, settable
from desktop.actions.edits import Edit
from desktop.actions.records import FEW
from desktop.actions.step_words import step_words
from desktop.actions.undo import MANY
from sync.client import outbox
from sync.errors import Refused, Stopped, UserError
from sync.records import KINDS
from tests.desktop.actions.test_undo import ISSUE, Person, others_edit
from tests.ui.desks import record, seen_by


@pytest.fixture
def me(desk):
    return Person(desk)


@pytest.fixture
def issues(desk):
    """Three drafts: the second is in work already, the third lacks its category."""
    ids = [record(desk, "issue", ISSUE) for _ in range(3)]
    records.save(desk, "issue", {"state": "in_work"}, ids[1])
    records.save(desk, "issue", {"category": None}, ids[2])
    return [("issue", id) for id in ids]


def states(desk, chosen, name="state"):
    return [records.show(desk, id)[name] for _, id in chosen]


def test_it_is_shown_first_what_becomes_of_each_and_nothing_is_written(desk, issues):
    found = plan(desk, issues, Wish({"state": "in_work"}))

    first, second, third = found.fates
    assert first.changes == {"state": (None, "in_work")}
    assert (second.why, second.same) == ("It stands so already.", True)
    assert third.goes
    assert states(desk, issues) == [None, "in_work", None]
    assert first.title == ISSUE["essence"]


def test_those_that_go_are_changed_as_one_step_and_undone_as_one(me, issues):
    wish = Wish({"state": "answered", "handed_to": "Су арнасы", "due_on": "2026-12-10"})
    me.do(run, plan(me.desk, issues, wish))

    assert states(me.desk, issues) == ["answered"] * 3
    assert states(me.desk, issues, "handed_to") == ["Су арнасы"] * 3
    assert step_words(me.steps.to_undo) == "changed 3 records"

    me.undo()
    assert states(me.desk, issues) == [None, "in_work", None]
    assert states(me.desk, issues, "handed_to") == [None] * 3

    me.redo()
    assert states(me.desk, issues) == ["answered"] * 3


def test_what_lacks_something_is_not_sent_and_it_is_said_what(desk, issues):
    found = plan(desk, issues, Wish(move="send"))

    assert [fate.goes for fate in found.fates] == [True, True, False]
    assert "Category" in found.fates[2].why

    run(desk, found)
    assert states(desk, issues, "review") == ["sent", "sent", "draft"]


def test_what_another_role_may_do_is_said_of_each(desk, issues):
    for _, id in issues[:2]:
        review.decide(desk, id, review.Decision.SEND)
    coordinator = seen_by(desk, "coordinator")

    found = plan(coordinator, issues, Wish(move="approve"))
    assert [fate.goes for fate in found.fates] == [True, True, False]
    run(coordinator, found)

    assert states(desk, issues, "review") == ["approved", "approved", "draft"]
    closed = plan(desk, issues, Wish({"category": "roads"}))
    assert "closed for changes" in closed.fates[0].why
    again = plan(coordinator, issues, Wish(move="approve"))
    assert [fate.same for fate in again.fates] == [True, True, False]
    assert not any(fate.goes for fate in again.fates)


def test_many_are_returned_with_a_word_and_not_without(desk, issues):
    for _, id in issues[:2]:
        review.decide(desk, id, review.Decision.SEND)
    coordinator = Person(seen_by(desk, "coordinator"))
    with pytest.raises(Refused):
        plan(coordinator.desk, issues, Wish(move="return"))

    found = plan(coordinator.desk, issues[:2], Wish(move="return", comment="Мекенжайын жазыңыз"))
    coordinator.do(run, found)

    assert states(desk, issues, "review") == ["returned", "returned", "draft"]
    assert [said["text"] for said in review.comments(desk, issues[0][1])] == ["Мекенжайын жазыңыз"]
    coordinator.undo()
    assert states(desk, issues, "review") == ["sent", "sent", "draft"]


def test_many_are_removed_and_come_back(me, issues):
    me.do(run, plan(me.desk, issues, Wish(move=REMOVE)))
    assert states(me.desk, issues, "removed") == [True] * 3

    me.undo()
    assert states(me.desk, issues, "removed") == [False] * 3


def test_a_comment_alone_is_said_at_each(me, issues):
    me.do(run, plan(me.desk, issues, Wish(comment="Маусымға дейін")))

    assert all(len(review.comments(me.desk, id)) == 1 for _, id in issues)


def test_what_is_gone_meanwhile_is_said(desk, issues):
    records.remove(desk, "issue", issues[0][1])

    found = plan(desk, [*issues, ("issue", uuid4())], Wish({"state": "closed"}))

    assert [fate.goes for fate in found.fates] == [False, True, True, False]


def test_what_cannot_be_changed_any_more_stops_all(desk, issues):
    found = plan(desk, issues, Wish(move="send"))
    records.save(desk, "issue", {"category": None}, issues[0][1])

    with pytest.raises(UserError):
        run(desk, found)

    assert states(desk, issues, "review") == ["draft"] * 3


def test_what_was_erased_since_it_was_shown_stops_all(desk, issues):
    found = plan(desk, issues[:2], Wish({"urgency": "urgent"}))
    erasure.erase(seen_by(desk, "leader"), issues[0][1], "request")

    with pytest.raises(UserError):
        run(desk, found)

    assert records.show(desk, issues[1][1])["urgency"] is None


def test_who_stops_it_has_nothing_written(desk):
    ids = [record(desk, "issue", ISSUE) for _ in range(3)]
    found = plan(desk, [("issue", id) for id in ids], Wish({"state": "closed"}))

    def stop(done, of):
        raise Stopped

    with pytest.raises(Stopped):
        run(desk, found, stop)
    with pytest.raises(Stopped):
        plan(desk, [("issue", id) for id in ids], Wish({"state": "closed"}), stop)

    assert {records.show(desk, id)["state"] for id in ids} == {None}


def test_each_change_waits_to_be_sent_and_is_told_on_the_way(desk):
    changes = records.save_all(desk, [Edit("issue", ISSUE) for _ in range(FEW + 1)])
    chosen = [("issue", one.record) for one in changes]
    told = []

    made = run(
        desk, plan(desk, chosen, Wish({"state": "closed"})), lambda *said: told.append(said)
    )

    assert len(made) == FEW + 1
    assert told == [(0, FEW + 1), (FEW, FEW + 1)]
    with desk.store() as session:
        assert outbox.count(session) == 2 * (FEW + 1)


def test_of_many_only_those_go_back_that_nobody_changed_since(me):
    ids = [one.record for one in records.save_all(me.desk, [Edit("issue", ISSUE)] * (MANY + 2))]
    chosen = [("issue", id) for id in ids]
    me.do(run, plan(me.desk, chosen, Wish({"state": "closed"})))
    others_edit(me.desk, ids[3], state="answered")

    me.undo()

    assert states(me.desk, chosen).count(None) == MANY + 1
    assert records.show(me.desk, ids[3])["state"] == "answered"
    assert me.outcome.done == MANY + 1
    assert len(me.outcome.left) == 1
    me.redo()
    assert states(me.desk, chosen).count("closed") == MANY + 1


def test_fields_of_lists_people_and_days_are_offered_and_nothing_private(desk):
    names = {field.name for field in settable(desk, "issue")}

    assert {"category", "urgency", "state", "due_on", "handed_to", "received_on"} <= names
    assert not names & {"essence", "applicant", "phone", "number", "village", "consent_way"}
    assert settable(seen_by(desk, "analyst"), "issue") == []
    assert settable(desk, "filled_form") == []
    assert settable(desk, "competent_body") == []
    assert settable(seen_by(desk, "coordinator"), "competent_body") != []


@pytest.mark.parametrize("kind", KINDS)
def test_of_no_kind_a_private_given_or_long_field_is_offered(desk, kind):
    found = settable(seen_by(desk, "coordinator"), kind)

    assert not [one.name for one in found if one.private or one.given or one.long or one.link]


def test_many_go_back_in_one_writing(me, monkeypatch):
    ids = [one.record for one in records.save_all(me.desk, [Edit("issue", ISSUE)] * (MANY + 1))]
    chosen = [("issue", id) for id in ids]
    me.do(run, plan(me.desk, chosen, Wish({"state": "closed"})))
    monkeypatch.setattr(undo, "put", None)  # it would be one by one

    me.undo()

    assert set(states(me.desk, chosen)) == {None}


def test_steps_are_offered_by_role_and_kind(desk):
    coordinator = seen_by(desk, "coordinator")

    assert offered_moves(desk, ["issue"]) == ["send", REMOVE]
    assert offered_moves(coordinator, ["issue", "visit"]) == ["send", "approve", "return", REMOVE]
    assert offered_moves(coordinator, ["competent_body"]) == [REMOVE]
    assert offered_moves(seen_by(desk, "analyst"), ["issue"]) == []


def test_a_change_is_kept_under_a_name_for_oneself(desk):
    wish = Wish({"state": "handed_over", "handed_to": "Су арнасы"}, comment="Жолданды")
    bulk.save(desk, "issue", " Суға ", wish)
    bulk.save(desk, "issue", "Жол", Wish(move="send"))
    bulk.save(desk, "issue", "Суға", wish)

    assert [one.name for one in bulk.saved(desk, "issue")] == ["Жол", "Суға"]
    kept = bulk.saved(desk, "issue")[1]
    assert (kept.values, kept.comment) == (wish.values, wish.comment)
    assert bulk.saved(desk, "visit") == []

    assert [one.name for one in bulk.forget(desk, "issue", "Жол")] == ["Суға"]
    assert drafts.recall(desk, "bulk:issue") is not None


def test_nothing_wished_is_said_to_be_nothing():
    assert Wish(comment="  ").empty
    assert not Wish({"state": None}).empty
