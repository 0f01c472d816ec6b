"""One exchange tells, after each page, what is still to be sent."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from sync.client import engine, pace
from sync.person import Person
from sync.records.issue import Issue
from tests.loopback import SOZAQ, region_of

AMA = Person(id="ama", name="Ама", role="activist", district=SOZAQ, language="kk")


@pytest.fixture
def laptop(monkeypatch):
    """A laptop whose requests carry two edits each."""
    monkeypatch.setattr(pace, "FIRST", 2)
    monkeypatch.setattr(pace, "MOST_AT_ONCE", 2)
    with region_of(AMA) as (ama,):
        yield ama


def left(laptop, meanwhile=lambda _: None):
    """How many edits wait after each page."""
    told = []

    def tell(done):
        told.append(done.waiting)
        meanwhile(len(told))

    engine.sync_once(laptop.store, laptop, tell)
    return told


def test_what_still_waits_is_told_page_by_page(laptop):
    for number in range(5):
        laptop.edit("visit", UUID(int=number), people=number)

    assert left(laptop) == [3, 1, 0]


def test_a_refused_edit_waits_no_longer(laptop):
    laptop.edit("visit", uuid4(), people="many")
    laptop.edit("visit", uuid4(), people=3)
    laptop.edit("visit", uuid4(), people=4)

    assert left(laptop) == [1, 0]


def test_what_is_written_meanwhile_goes_too_and_is_never_counted_below_nothing(laptop):
    for number in range(3):
        laptop.edit("visit", UUID(int=number), people=number)

    def write(page):
        if page < 3:
            for _ in range(2):
                laptop.edit("visit", uuid4(), people=9)

    assert left(laptop, write) == [1, 2, 2, 0]


def test_a_new_issue_has_its_number_and_its_revision_by_one_statement(laptop):
    id = laptop.edit("issue", uuid4(), essence="Су жоқ").record
    written = []

    def note(*told):
        if told[2].startswith(("UPDATE issue", "INSERT INTO issue")):
            written.append(told[2])

    with laptop.store() as session:
        bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    engine.sync_once(laptop.store, laptop)
    event.remove(bind, "before_cursor_execute", note)

    with laptop.store() as session:
        issue = session.get_one(Issue, id)
    assert (issue.number, issue.revision) == ("6156-2026-00001", 1)
    assert len(written) == 1
