"""Issues by our own term are counted from one index; what is late is what each issue by itself says."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from desktop.actions import due, own_term, records, terms
from desktop.actions.overdue import LEVELS, Choice, overdue
from sync.errors import Stopped
from tests.ui.desks import VILLAGE, record

TODAY = date(2026, 11, 24)
OTHER = "615634100"
BODIES = (None, "Әкімдік", "Су басқармасы")


@pytest.fixture
def many(desk):
    """Sixty issues of all sorts: closed, handed over, answered, forwarded, near and far."""
    chance = random.Random(7)
    for _ in range(60):
        day = TODAY - timedelta(chance.choice((-9, 0, 1, 5, 8, 9, 31, 49)))
        handed = chance.choice((None, None, day, day - timedelta(20)))
        values = {
            "essence": "Су жоқ",
            "village": chance.choice((None, VILLAGE, OTHER)),
            "due_on": chance.choice((None, day, day + timedelta(5))),
            "handed_on": handed,
            "handed_to": chance.choice(BODIES) if handed else None,
            "state": chance.choice((None, "new", "closed", "answered", "handed_over")),
        }
        id = record(desk, "issue", {name: value for name, value in values.items() if value})
        if handed and chance.random() < 0.4:
            sort = chance.choice(("reply", "forwarded"))
            record(desk, "step", {"type": sort, "done_on": handed + timedelta(3)}, id)
    return records.list_records(desk, "issue")


def by_themselves(desk, rows, until):
    """(day, clock, digits, body) of each that has a day by then, as its own page reckons it."""
    found = []
    for row in rows:
        known = terms.clocks(desk, [row])[row["id"]]
        if known.next is not None and known.next[0] <= until:
            body = known.answers[0].body if known.next[1] == terms.ANSWER else ""
            found.append((*known.next, row["id"].hex, body, row))
    return sorted(found, key=lambda one: one[:3])


def test_what_is_near_is_what_each_issue_says_by_itself(desk, many):
    expected = by_themselves(desk, many, TODAY)
    assert {one[1] for one in expected} == {terms.OWN, terms.ANSWER}

    for most in (*range(1, 30), None):
        found, count = due.near(desk, TODAY, TODAY, most)
        said = [(one.due, one.clock, one.row["id"].hex, one.body) for one in found]
        assert said == [one[:4] for one in expected][:most]
        assert count == len(expected)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(days=7),
        Choice(days=11),
        Choice(village=VILLAGE),
        Choice(village=OTHER, days=7),
        Choice(body="Әкімдік"),
        Choice(body="Әкімдік", village=VILLAGE),
    ],
)
def test_what_is_late_is_counted_as_if_each_were_looked_at(desk, coordinator, many, choice):
    late = by_themselves(desk, many, TODAY - timedelta(1))

    def left(but=""):
        last = TODAY - timedelta(choice.days)
        return [
            one
            for one in late
            if (but == "days" or one[0] <= last)
            and (but == "village" or choice.village in ("", one[4]["village"]))
            and (but == "body" or choice.body in ("", one[3]))
        ]

    def counted(by, of):
        return {key: n for key, n in Counter(of(one) for one in left(by)).items() if key}

    for most in (1, 5, 9, None):
        told = overdue(coordinator, TODAY, choice, most)
        same_order = sorted(left(), key=lambda one: (one[0], one[2]))
        assert [one.row["id"].hex for one in told.first] == [one[2] for one in same_order][:most]
        assert told.count == len(left())
        assert told.counts == {
            level: sum(one[0] <= TODAY - timedelta(level) for one in left("days"))
            for level in LEVELS
        }
        assert told.villages == counted("village", lambda one: one[4]["village"])
        assert told.bodies == counted("body", lambda one: one[3])
        assert told.kinds == ({"issue": len(left())} if left() else {})


def test_counting_and_the_first_page_read_one_index_and_no_row(desk, many):
    """With rows as wide as they are, three hundred thousand of them took seconds."""
    asked = []
    with desk.store() as session:
        note = lambda _, __, words, given, *___: asked.append((words, given))  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", note)
        own_term.count(session, TODAY)
        list(own_term.counts(session, [TODAY]))
        own_term.first(session, TODAY, 5, district="615600000", village=VILLAGE)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        queries = [one for one in asked if "FROM issue" in one[0]]
        plans = [
            " ".join(
                row[3]
                for row in session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {words}", given
                )
            )
            for words, given in queries
        ]

    assert len(plans) == 3
    assert all("USING COVERING INDEX ix_issue_report" in plan for plan in plans)


def test_of_one_day_the_one_that_was_written_down_first_comes_first(desk):
    """Whatever place they are of: else another page of the same list would leave some out."""
    ids = [
        record(desk, "issue", {"essence": "Су жоқ", "village": place, "due_on": "2026-11-20"})
        for place in (OTHER, VILLAGE, OTHER, VILLAGE)
    ]
    assert ids == sorted(ids)

    with desk.store() as session:
        found = [own_term.first(session, TODAY, most) for most in range(1, 5)]

    assert [[one.id for one in some] for some in found] == [
        [id.hex for id in ids[:most]] for most in range(1, 5)
    ]


def test_reckoning_tells_how_far_it_is_and_can_be_stopped(coordinator, many):
    told = []
    overdue(coordinator, TODAY, tell=lambda done, of: told.append((done, of)))
    awaited = [row for row in many if row["handed_on"] and row["state"] not in terms.ANSWERED]
    assert told[-1] == (0, told[-1][1])
    assert 0 < told[-1][1] <= len(awaited)

    def stop(_, __):
        raise Stopped

    with pytest.raises(Stopped):
        overdue(coordinator, TODAY, tell=stop)
