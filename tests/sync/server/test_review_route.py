"""The way of a record past the coordinator, and two people's edits of one field."""

import pytest

from tests.servers import change, whole_issue


@pytest.fixture
def people(server):
    return server.laptop("aidana"), server.laptop("eset", "coordinator")


def sent_issue(aidana):
    issue = whole_issue(review="sent")
    reply = aidana.exchange(issue)
    assert reply.refused == []
    return issue.record, reply.accepted[issue.id]


def move(record, base, to):
    return change("issue", record, base=base, review=to)


def now(line, record):
    [found] = [one for one in reversed(line.exchange().changes) if one.record == record]
    return found


def test_returned_with_a_comment_put_right_and_approved(people):
    aidana, eset = people
    record, sent = sent_issue(aidana)

    comment = change("comment", parent=record, about="essence", text="Көше аты жоқ")
    returned = eset.exchange(comment, move(record, sent, "returned"))
    seen = aidana.exchange()
    put_right = change("issue", record, base=returned.cursors.get("615600000", 3), essence="…")
    aidana.exchange(put_right, move(record, put_right.base, "sent"))
    approved = eset.exchange(move(record, 99, "approved"))

    assert returned.refused == approved.refused == []
    assert {one.kind for one in seen.changes} == {"comment", "issue"}
    assert now(aidana, record).fields["review"] == "approved"


def test_a_return_without_a_comment_is_refused(people):
    aidana, eset = people
    record, sent = sent_issue(aidana)

    reply = eset.exchange(move(record, sent, "returned"))

    assert "what is to be put right" in reply.refused[0].reason
    assert [one.fields["review"] for one in reply.changes][-1] == "sent"


def test_an_old_comment_does_not_serve_for_a_second_return(people):
    aidana, eset = people
    record, sent = sent_issue(aidana)
    comment = change("comment", parent=record, text="Көше аты жоқ")
    eset.exchange(comment, move(record, sent, "returned"))
    aidana.exchange()
    aidana.exchange(move(record, 99, "sent"))

    assert eset.exchange(move(record, 99, "returned")).refused


def test_an_activist_decides_nothing_and_changes_nothing_approved(people):
    aidana, eset = people
    record, sent = sent_issue(aidana)

    assert aidana.exchange(move(record, sent, "approved")).refused
    eset.exchange(move(record, sent, "approved"))

    assert aidana.exchange(change("issue", record, base=99, essence="басқа")).refused
    assert aidana.exchange(change("issue", record, base=99, handed_to="Әкімдік")).accepted


def test_an_unfinished_issue_cannot_be_sent(people):
    aidana, _ = people

    reply = aidana.exchange(change("issue", essence="Су жоқ", review="sent"))

    assert "Village" in reply.refused[0].reason


def test_two_peoples_edits_are_both_kept_until_one_settles_them(server, people):
    aidana, eset = people
    bekzat = server.laptop("bekzat")
    visit = change("visit", people=3)
    aidana.exchange(visit)
    bekzat.exchange()

    aidana.exchange(change("visit", visit.record, base=1, people=4))
    bekzat.exchange(change("visit", visit.record, base=1, people=5))
    waiting = now(eset, visit.record)

    assert waiting.fields["people"] == 4
    assert [(one["value"], one["by"]) for one in waiting.fields["conflicts"]["people"]] == [
        (5, "bekzat")
    ]
    eset.exchange(change("visit", visit.record, base=waiting.revision, people=5))
    for line in (aidana, bekzat):
        settled = now(line, visit.record).fields
        assert (settled["people"], settled["conflicts"]) == (5, {})


def test_edits_of_different_fields_are_merged(server, people):
    aidana, eset = people
    visit = change("visit", people=3, households=1)
    aidana.exchange(visit)

    aidana.exchange(change("visit", visit.record, base=1, people=4))
    eset.exchange(change("visit", visit.record, base=1, households=2))

    merged = now(server.laptop("bekzat"), visit.record).fields
    assert (merged["people"], merged["households"], merged["conflicts"]) == (4, 2, {})
