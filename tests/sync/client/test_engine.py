"""One exchange tells, after each page, what is still to be sent."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from sync.client import engine, pace
from sync.person import Person
from sync.records.issue import Issue
from tests.loopback import SOZAQ, region_of

BEN = Person(id="ben", name="Бен", role="activist", district=SOZAQ, language="kk")
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


class Timed:
    """A laptop's line on which each answer takes so many seconds, by the clock of `pace`."""

    def __init__(self, laptop, monkeypatch, *seconds):
        self._laptop, self._seconds, self._now = laptop, list(seconds), 0.0
        self.carried, self.quick = [], []
        monkeypatch.setattr(pace, "monotonic", lambda: self._now)

    def exchange(self, request):
        self.carried.append(len(request.changes))
        self.quick.append(request.quick)
        self._now += self._seconds.pop(0) if self._seconds else 0.0
        return self._laptop.exchange(request)

    def expect(self, changes):
        self._laptop.expect(changes)


@pytest.mark.parametrize(
    ("seconds", "carried"),
    [(0.01, [2, 8, 2]), (pace.AT_ONCE / 2, [2, 8, 2]), (pace.AT_ONCE, [2, 4, 4, 2])],
    ids=["at once", "within a second", "later"],
)
def test_what_was_made_ready_goes_as_the_line_can_carry_it(laptop, monkeypatch, seconds, carried):
    monkeypatch.setattr(pace, "MOST_AT_ONCE", 8)
    monkeypatch.setattr(pace, "MOST", 4)
    for number in range(12):
        laptop.edit("visit", UUID(int=number), people=number)
    line = Timed(laptop, monkeypatch, seconds, seconds, seconds, seconds)

    engine.sync_once(laptop.store, line)

    assert [count for count in line.carried if count] == carried
    assert sorted(laptop.records()) == [UUID(int=number) for number in range(12)]


def test_large_pages_are_asked_for_where_the_line_is_hardly_felt(monkeypatch):
    with region_of(AMA, BEN) as (ama, ben):
        for number in range(14):
            ben.edit("visit", UUID(int=number), people=number)
        ben.sync()
        monkeypatch.setattr("sync.server.news.since.__defaults__", (2, 2**20))
        monkeypatch.setattr("sync.server.news.LARGE", (5, 2**20))
        line = Timed(ama, monkeypatch, 0.01, pace.UNFELT, pace.AT_ONCE)
        pages = []

        engine.sync_once(ama.store, line, lambda done: pages.append(len(done.changes)))

        assert line.quick[:4] == [False, True, True, False]
        assert pages[:4] == [2, 5, 5, 2]
