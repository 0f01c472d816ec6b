"""A command is taken back by an edit like any other, as far as what it wrote still stands."""

import pytest

from desktop.actions import attachments, consent, duplicates, erasure, pairs, records, review
from desktop.actions.edits import Edit
from desktop.actions.review import Decision
from desktop.actions.step_words import left_words, redo_words, step_words, undo_words
from desktop.actions.undo import Outcome, take_back
from desktop.steps import Recording, Steps, recording
from sync.change import Change, new_id
from sync.client import outbox
from sync.client.rows import write
from sync.errors import Refused
from tests.filled_forms import PHONE, fill_in
from tests.photos import picture
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by, story

ISSUE = {
    "essence": "Көшеде ауыз су жоқ",
    "category": "drinking_water",
    "village": VILLAGE,
    "received_on": "2026-11-23",
}


class Person:
    """Somebody at a laptop: does, takes back, does again."""

    def __init__(self, desk):
        self.desk, self.steps, self.outcome = desk, Steps(), Outcome()

    def do(self, work, *said, **more):
        into = Recording()
        with recording(into):
            changes = work(self.desk, *said, **more)
        if step := into.step():
            self.steps.did(step)
        return changes

    def undo(self):
        return self._back(self.steps.take(), self.steps.undone)

    def redo(self):
        return self._back(self.steps.take_again(), self.steps.redone)

    def _back(self, step, taken):
        into, self.outcome = Recording(), Outcome()
        with recording(into):
            changes = take_back(self.desk, step, self.outcome)
        if made := into.step():
            taken(step, made)
        return changes


@pytest.fixture
def me(desk):
    return Person(desk)


@pytest.fixture
def coordinator(desk):
    return Person(seen_by(desk, "coordinator"))


@pytest.fixture
def issue(desk):
    return record(desk, "issue", ISSUE)


def row(me, id):
    return records.show(me.desk, id)


def others_edit(desk, id, **fields):
    """What came by sync."""
    revision = records.show(desk, id)["revision"] + 1
    change = Change(kind="issue", record=id, district=SOZAQ, fields=fields, by="b.other",
                    revision=revision, base=revision - 1)  # fmt: skip
    with desk.store.begin() as session:
        write(session, [change])


def test_a_new_record_goes_and_comes_again(me):
    [made] = me.do(records.save, "issue", ISSUE)

    me.undo()
    assert row(me, made.record)["removed"]
    assert me.outcome.done == 1

    me.redo()
    assert not row(me, made.record)["removed"]
    assert row(me, made.record)["essence"] == ISSUE["essence"]


def test_a_removed_record_comes_back(me, issue):
    me.do(records.remove, "issue", issue)

    me.undo()

    assert not row(me, issue)["removed"]


def test_a_changed_field_stands_as_before_and_the_edit_waits_to_be_sent(me, issue):
    me.do(records.save, "issue", {"state": "in_work", "essence": "Су жоқ"}, issue)

    [change] = me.undo()

    assert row(me, issue)["essence"] == ISSUE["essence"]
    assert change.fields == {"state": None, "essence": ISSUE["essence"]}
    with me.desk.store() as session:
        assert outbox.unsent(session, issue) == {issue}

    me.redo()
    assert row(me, issue)["essence"] == "Су жоқ"


def test_steps_are_taken_back_one_after_the_other(me, issue):
    me.do(records.save, "issue", {"essence": "Бір"}, issue)
    me.do(records.save, "issue", {"essence": "Екі"}, issue)

    me.undo()
    assert row(me, issue)["essence"] == "Бір"
    me.undo()
    assert row(me, issue)["essence"] == ISSUE["essence"]
    me.redo()
    me.redo()
    assert row(me, issue)["essence"] == "Екі"
    me.undo()
    assert row(me, issue)["essence"] == "Бір"


def test_what_somebody_changed_since_stays_and_is_said(me, issue):
    me.do(records.save, "issue", {"state": "in_work", "essence": "Менің сөзім"}, issue)
    others_edit(me.desk, issue, essence="Басқаның сөзі")

    me.undo()

    assert row(me, issue)["essence"] == "Басқаның сөзі"
    assert row(me, issue)["state"] is None
    assert me.outcome.done == 1
    assert left_words(me.outcome) == [
        f"Issue ~{issue.hex[-5:].upper()}: It was changed since; that stays."
    ]


def test_a_new_record_at_which_somebody_worked_stays(me):
    [made] = me.do(records.save, "issue", ISSUE)
    others_edit(me.desk, made.record, state="in_work")

    assert me.undo() == []

    assert not row(me, made.record)["removed"]
    assert me.outcome.done == 0
    assert "Somebody has worked at it" in left_words(me.outcome)[0]
    assert me.steps.to_redo is None


def test_a_new_record_that_somebody_commented_stays(me, coordinator):
    [made] = me.do(records.save, "issue", ISSUE)
    said = {"about": "", "text": "Қай көшеде?"}
    records.save(coordinator.desk, "comment", said, parent=made.record)

    me.undo()

    assert not row(me, made.record)["removed"]


def test_ones_own_parts_hold_up_nothing(me):
    [made] = me.do(records.save, "issue", ISSUE)
    said = {"type": "note", "done_on": "2026-11-24"}
    records.save(me.desk, "step", said, parent=made.record)

    me.undo()

    assert row(me, made.record)["removed"]


def test_parts_go_before_their_record_and_come_after_it(me):
    id = new_id()
    edits = [
        Edit("meeting", story()["meeting"], id),
        Edit("decision", {"text": "Жол жөндеу", "state": "open"}, parent=id),
    ]
    me.do(records.save_all, edits)

    assert [change.kind for change in me.undo()] == ["decision", "meeting"]
    assert [change.kind for change in me.redo()] == ["meeting", "decision"]


def test_the_number_that_the_server_gave_is_no_work_of_anybody(me):
    [made] = me.do(records.save, "issue", ISSUE)
    others_edit(me.desk, made.record, number="6156-2026-00042")

    me.undo()

    assert row(me, made.record)["removed"]


@pytest.mark.parametrize("decision", ["approve", "return", "reject", "duplicate"])
def test_a_decision_goes_back_and_comes_again(coordinator, desk, issue, decision):
    review.decide(desk, issue, Decision.SEND)
    said = {"essence": "Қай көшеде?"} if decision == "return" else {}
    coordinator.do(review.decide, issue, Decision(decision), said)
    after = row(coordinator, issue)["review"]

    coordinator.undo()
    assert row(coordinator, issue)["review"] == "sent"
    assert coordinator.outcome.left == []  # that the comment stays is as it should be

    coordinator.redo()
    assert row(coordinator, issue)["review"] == after


@pytest.mark.parametrize("kind", ["filled_form", "issue"])
def test_a_decision_on_what_lacks_something_required_can_be_taken_back(coordinator, desk, kind):
    if kind == "issue":
        id = record(desk, kind, ISSUE | {"category": None})
    else:
        id = fill_in(desk, {"/data/size": 2})
    came_sent(coordinator, kind, id)  # from where it was not asked for
    coordinator.do(review.decide, id, Decision.APPROVE)

    coordinator.undo()

    assert coordinator.outcome.left == []
    assert records.show(desk, id)["review"] == "sent"


def came_sent(who, kind, id):
    """By an exchange, from another program."""
    fields = {"review": "sent"}
    change = Change(kind=kind, record=id, district=SOZAQ, fields=fields, by="other", revision=7)
    with who.desk.store.begin() as session:
        write(session, [change])


def test_a_return_that_is_done_again_says_its_comment_anew(coordinator, desk, issue):
    """The server wants a word that was said since the record was sent."""
    review.decide(desk, issue, Decision.SEND)
    coordinator.do(review.decide, issue, Decision.RETURN, {"essence": "Қай көшеде?"})
    coordinator.undo()

    changes = coordinator.redo()

    assert [change.kind for change in changes] == ["comment", "issue"]
    assert [said["text"] for said in review.comments(desk, issue)] == ["Қай көшеде?"] * 2

    coordinator.undo()
    coordinator.redo()
    assert row(coordinator, issue)["review"] == "returned"


def test_a_record_sent_by_mistake_is_a_draft_again(me, issue):
    me.do(review.decide, issue, Decision.SEND)

    me.undo()

    assert row(me, issue)["review"] == "draft"


def test_a_returned_record_that_was_sent_again_becomes_a_draft(me, coordinator, issue):
    review.decide(me.desk, issue, Decision.SEND)
    review.decide(coordinator.desk, issue, Decision.RETURN, {"": "Толықтырыңыз"})
    me.do(review.decide, issue, Decision.SEND)

    me.undo()

    assert row(me, issue)["review"] == "draft"


def test_what_was_sent_and_approved_meanwhile_stays(me, coordinator, issue):
    me.do(review.decide, issue, Decision.SEND)
    review.decide(coordinator.desk, issue, Decision.APPROVE)

    me.undo()

    assert row(me, issue)["review"] == "approved"
    assert me.outcome.done == 0
    assert left_words(me.outcome)


def test_an_approved_record_that_was_joined_is_approved_again(coordinator, desk, issue):
    other = record(desk, "issue", ISSUE)
    for id in (issue, other):
        review.decide(desk, id, Decision.SEND)
    review.decide(coordinator.desk, issue, Decision.APPROVE)
    coordinator.do(duplicates.join, issue, other)
    assert row(coordinator, issue)["review"] == "duplicate"
    assert step_words(coordinator.steps.to_undo).startswith("called a duplicate Issue ~")

    coordinator.undo()

    assert row(coordinator, issue)["review"] == "approved"


def test_pairs_set_apart_are_a_pair_again(me):
    one, other = (record(me.desk, "issue", ISSUE) for _ in range(2))
    for id in (one, other):
        review.decide(me.desk, id, Decision.SEND)
    assert len(pairs.pairs(me.desk, "issue")) == 1
    me.do(duplicates.set_apart, one, other)

    me.undo()
    assert len(pairs.pairs(me.desk, "issue")) == 1
    me.redo()
    assert pairs.pairs(me.desk, "issue") == []


def test_a_record_with_its_parts_is_one_step(me):
    told = story()["meeting"]
    [meeting] = records.save(me.desk, "meeting", told)
    edits = [
        Edit("meeting", {"title": "Жиналыс"}, meeting.record),
        Edit("decision", {"text": "Жол жөндеу", "state": "open"}, parent=meeting.record),
    ]
    me.do(records.save_all, edits)

    me.undo()

    assert row(me, meeting.record)["title"] == told.get("title")
    assert records.parts(me.desk, "decision", meeting.record) == []

    me.redo()
    assert len(records.parts(me.desk, "decision", meeting.record)) == 1


def test_a_part_taken_away_comes_back(me, issue):
    me.do(attachments.attach, issue, picture())
    [photo] = attachments.attachments(me.desk, issue)
    me.do(records.remove, "attachment", photo["id"])
    assert step_words(me.steps.to_undo).startswith("took “Attachment” away from Issue ~")

    me.undo()
    assert len(attachments.attachments(me.desk, issue)) == 1
    me.undo()
    assert attachments.attachments(me.desk, issue) == []


def test_a_step_written_once_is_named_as_what_stays(me, issue):
    said = {"type": "forwarded", "done_on": "2026-11-24"}
    me.do(records.save, "step", said, parent=issue)

    assert undo_words(me.steps.to_undo).startswith("Cannot be undone: added “Step” to Issue")


def test_a_withdrawn_consent_stands_again_with_the_name(me):
    told = ISSUE | {"applicant": "Гүлсім", "consent_way": "signed", "consent_on": "2026-11-28"}
    id = record(me.desk, "issue", told)
    me.do(consent.withdraw, id)
    assert row(me, id)["applicant"] is None

    me.undo()

    assert row(me, id)["applicant"] == "Гүлсім"
    assert row(me, id)["consent_ended"] is None


def test_a_name_does_not_come_back_where_consent_has_ended_since_and_the_field_is_named(me):
    told = ISSUE | {"applicant": "Гүлсім", "consent_way": "signed", "consent_on": "2026-11-28"}
    id = record(me.desk, "issue", told)
    me.do(records.save, "issue", {"applicant": None}, id)
    others_edit(me.desk, id, consent_ended="2026-11-29")

    me.undo()

    assert row(me, id)["applicant"] is None
    [why] = left_words(me.outcome)
    assert "“Consent withdrawn on”: " in why
    assert "consent_ended" not in why


def test_an_erasure_is_no_step_that_could_bring_words_back(me, coordinator, issue):
    coordinator.do(erasure.erase, issue, "request")

    assert coordinator.steps.to_undo is None


def test_of_an_erased_record_nothing_is_set_back(me, coordinator, issue):
    me.do(records.save, "issue", {"essence": "Басқа"}, issue)
    erasure.erase(coordinator.desk, issue, "request")

    assert me.undo() == []
    assert "not on this laptop any more" in left_words(me.outcome)[0]


def test_what_was_rolled_back_is_no_step(me, issue):
    review.decide(me.desk, issue, Decision.SEND)
    into = Recording()

    with recording(into), pytest.raises(Refused):  # an activist decides about nothing
        review.decide(me.desk, issue, Decision.RETURN, {"essence": "Қай көшеде?"})

    assert into.step() is None


def test_words_say_what_would_be_undone_by_number_and_nobody_by_name(me):
    told = ISSUE | {"applicant": "Гүлсім", "consent_way": "signed", "consent_on": "2026-11-28"}
    [made] = me.do(records.save, "issue", told)
    others_edit(me.desk, made.record, number="6156-2026-00042")
    what = "Issue 6156-2026-00042"

    assert undo_words(me.steps.to_undo) == f"Undo: recorded Issue ~{made.record.hex[-5:].upper()}"
    me.do(records.save, "issue", {"state": "in_work"}, made.record)
    assert undo_words(me.steps.to_undo) == f"Undo: changed “State” of {what}"
    me.do(records.save, "issue", {"state": "closed", "essence": "Су бар"}, made.record)
    assert undo_words(me.steps.to_undo) == f"Undo: changed {what}"
    me.do(records.remove, "issue", made.record)
    assert undo_words(me.steps.to_undo) == f"Undo: removed {what}"
    me.undo()
    assert redo_words(me.steps.to_redo) == f"Redo: removed {what}"
    assert undo_words(me.steps.to_undo) == f"Undo: changed {what}"


def test_many_records_are_counted(me):
    edits = [Edit("issue", ISSUE) for _ in range(3)]
    changes = me.do(records.save_all, edits)
    assert step_words(me.steps.to_undo) == "recorded 3 records"

    me.do(records.save_all, [Edit("issue", {"state": "in_work"}, one.record) for one in changes])
    assert step_words(me.steps.to_undo) == "changed 3 records"
    me.do(records.save_all, [Edit("issue", {"review": "sent"}, one.record) for one in changes])
    assert step_words(me.steps.to_undo) == "sent for review 3 records"
    me.do(records.save_all, [Edit("issue", {"removed": True}, one.record) for one in changes])
    assert step_words(me.steps.to_undo) == "removed 3 records"


def test_an_answer_of_a_filled_in_form_goes_back_and_another_persons_stays(me):
    id = fill_in(me.desk)
    said = {"/data/size": "5", "/data/host/phone": None}
    me.do(records.save, "filled_form", {"answers": said}, id)
    others = {"answers": {"/data/home/condition": "sound", "/data/size": "9"}}
    records.save(seen_by(me.desk, "leader"), "filled_form", others, id)

    me.undo()

    now = row(me, id)
    assert now["personal"]["/data/host/phone"] == PHONE
    assert now["answers"]["/data/size"] == "9"
    assert now["answers"]["/data/home/condition"] == "sound"
    assert len(left_words(me.outcome)) == 1
