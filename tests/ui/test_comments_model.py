"""Which comments are still to be put right."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from ui.models.comments import unanswered

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def comment(at=MORNING, author="d.ospanov", revision=1):
    return {"id": uuid4(), "created": at, "author": author, "revision": revision}


def test_all_of_the_last_return_are_open_and_those_before_are_not():
    before = comment(MORNING - timedelta(seconds=1))
    last = [comment(revision=2), comment(revision=3)]

    assert unanswered({"review": "returned"}, [before, *last]) == last


def test_what_was_sent_again_has_nothing_open():
    assert unanswered({"review": "sent"}, [comment()]) == []


def test_the_last_return_is_the_servers_last_whatever_the_laptops_clocks_say():
    before = comment(MORNING + timedelta(days=2), author="n.tursynbek", revision=1)
    last = comment(revision=2)

    assert unanswered({"review": "returned"}, [last, before]) == [last]


def test_a_return_that_was_not_sent_yet_is_the_last():
    known, own = comment(revision=9), comment(MORNING + timedelta(hours=1), revision=0)

    assert unanswered({"review": "returned"}, [known, own]) == [own]
