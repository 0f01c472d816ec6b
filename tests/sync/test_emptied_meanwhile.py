"""A record is approved as its decider saw it: what another one emptied meanwhile is looked at again."""

from uuid import uuid4

import pytest

from sync.client.tables import Attention
from sync.records.issue import Issue
from tests.loopback import AMA, EVA, region_of
from tests.profiles import ISSUE


@pytest.fixture
def people():
    with region_of(AMA, EVA) as people:
        yield people


@pytest.fixture
def issue(people):
    """Sent by Ama, whole, and here at both."""
    ama, eva = people
    id = ama.edit("issue", uuid4(), **ISSUE, review="sent").record
    ama.sync()
    eva.sync()
    return id


def review_of(people, issue):
    for laptop in (*people, *people):
        laptop.sync()
    return [review(laptop, issue) for laptop in people]


def review(laptop, issue):
    with laptop.store() as session:
        return session.get_one(Issue, issue).review


def told(laptop):
    with laptop.store() as session:
        return [one.reason for one in session.query(Attention)]


def test_what_was_emptied_before_the_decision_came_is_decided_once_more(people, issue):
    ama, eva = people
    ama.edit("issue", issue, essence=None)
    ama.sync()
    eva.edit("issue", issue, review="approved")

    assert review_of(people, issue) == ["sent", "sent"]
    [words] = told(eva)
    assert words.startswith("Meanwhile")


def test_who_has_seen_it_approves_it_all_the_same(people, issue):
    """It is a decision then, made about what stands."""
    ama, eva = people
    ama.edit("issue", issue, essence=None)
    ama.sync()
    eva.sync()
    eva.edit("issue", issue, review="approved")

    assert review_of(people, issue) == ["approved", "approved"]


def test_who_emptied_it_themselves_and_what_lacks_nothing_is_not_held_up(people, issue):
    ama, eva = people
    ama.edit("issue", issue, essence="Су мүлдем жоқ")
    ama.sync()
    eva.edit("issue", issue, category=None)
    eva.edit("issue", issue, review="approved")

    assert review_of(people, issue) == ["approved", "approved"]
    assert told(eva) == []
