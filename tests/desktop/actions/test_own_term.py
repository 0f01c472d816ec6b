"""Issues by our own term are counted from one index; what is late is what each issue by itself says."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select, update

from desktop.actions import answer_term, due, own_term, records, terms
from desktop.actions.overdue import LEVELS, Choice, overdue
from sync.errors import Stopped
from sync.records.issue import Issue, Step
from tests.ui.desks import VILLAGE, record

TODAY = date(2026, 11, 24)
OTHER = "615634100"
NEWER = "of-a-newer-program"
LONG_AGO = date(1990, 1, 1)  # before the calendar: no answer can be reckoned
BODIES = (None, "Әкімдік", "Су басқармасы")


RULES = (None, None, "appc-2021", "law-2007-30")


@pytest.fixture(params=[7, 8])
def many(desk, request, monkeypatch):
    """Issues of all sorts: closed, handed over, answered, extended, forwarded, near and far."""
    monkeypatch.setattr(
        answer_term, "AT_ONCE", 3
    )  # letters: the first are looked for in many lots
    chance = random.Random(request.param)
    for _ in range(80):
        day = TODAY - timedelta(chance.choice((-9, 0, 1, 5, 8, 9, 31, 49)))
        handed = chance.choice((None, day, day - timedelta(20), day - timedelta(21), LONG_AGO))
        values = {
            "essence": "Су жоқ",
            "village": chance.choice((None, VILLAGE, OTHER)),
            "due_on": chance.choice((None, day, day + timedelta(5), day + timedelta(30))),
            "handed_on": handed,
            "handed_to": chance.choice(BODIES) if handed else None,
            "answer_rule": chance.choice(RULES) if handed else None,
            "state": chance.choice((None, "new", "closed", "answered", "handed_over")),
        }
        id = record(desk, "issue", {name: value for name, value in values.items() if value})
        if handed and chance.random() < 0.5:
            _done(desk, chance, handed, id)
        if handed and chance.random() < 0.2:
            with desk.store.begin() as session:
                session.execute(update(Issue).where(Issue.id == id).values(answer_rule=NEWER))
    return records.list_records(desk, "issue")


def _done(desk, chance, handed, issue):
    """A step or two of an authority, one of three before it was handed over."""
    for _ in range(chance.choice((1, 1, 2))):
        values = {
            "type": chance.choice(("note", "reply", "reply", "forwarded", "extended")),
            "done_on": handed + timedelta(chance.choice((-3, 3, 5))),
            "body": chance.choice(BODIES),
            "until": handed + timedelta(40),
            "part": chance.choice((None, True)),
        }
        record(desk, "step", {name: value for name, value in values.items() if value}, issue)


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


@pytest.mark.parametrize("seed", range(4))
def test_whatever_laptops_wrote_both_ways_of_counting_agree(desk, coordinator, many, seed):
    """Removed ones, states and rules of newer programs, days at both ends of what can be written."""
    chance = random.Random(seed)
    ends = (None, date(1900, 1, 1), date(2100, 12, 31))
    days = (*ends, *(TODAY - timedelta(n) for n in (-9, 0, 1, 2, 7, 8, 15, 30, 31, 400)))
    own = {
        "removed": (False, False, False, True),
        "due_on": days,
        "handed_on": days,
        "handed_to": (*BODIES, " "),
        "answer_rule": (None, "", "of a newer program"),
        "state": (None, "", "new", "closed", "answered", "handed_over", "of a newer program"),
        "village": (None, "", VILLAGE, OTHER),
    }
    done = {"removed": own["removed"], "done_on": days, "until": days, "body": BODIES} | {
        "type": (None, "reply", "forwarded", "extended", "of a newer program"),
        "part": (None, True, False),
    }
    with desk.store.begin() as session:
        for record_, said in ((Issue, own), (Step, done)):
            for row in session.scalars(select(record_)):
                for name, values in said.items():
                    setattr(row, name, chance.choice(values))
    rows = records.list_records(desk, "issue")

    near = by_themselves(desk, rows, TODAY)
    for most in (1, 7, None):
        found, count = due.near(desk, TODAY, TODAY, most)
        said = [(one.due, one.clock, one.row["id"].hex, one.body) for one in found]
        assert (said, count) == ([one[:4] for one in near][:most], len(near))

    late = sorted(
        by_themselves(desk, rows, TODAY - timedelta(1)), key=lambda one: (one[0], one[2])
    )
    for choice in (Choice(), Choice(days=8), Choice(days=10**6), Choice(village=OTHER)):
        last = due.before(TODAY, choice.days)
        fit = [one for one in late if choice.village in ("", one[4]["village"])]
        told = overdue(coordinator, TODAY, choice, 9)
        ids = [one[2] for one in fit if one[0] <= last]
        assert [one.row["id"].hex for one in told.first] == ids[:9]
        assert told.count == len(ids)
        assert told.counts == {
            level: sum(one[0] <= due.before(TODAY, level) for one in fit) for level in LEVELS
        }


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


def test_letters_are_found_by_their_day_and_not_by_each_of_their_numbers(desk):
    """With a number of a row for each day it took seconds: 370 days by 34,000 of them."""
    record(desk, "issue", {"essence": "Су жоқ", "village": VILLAGE, "handed_on": "2026-10-01"})
    asked = []
    with desk.store() as session:
        note = lambda _, __, words, given, *___: asked.append((words, given))  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", note)
        assert answer_term.count_more(session, TODAY) == 1
        event.remove(session.get_bind(), "before_cursor_execute", note)
        [(words, given)] = [one for one in asked if "WITH term" in one[0]]
        plan = [
            row[3]
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
        ]

    assert "SEARCH issue USING INDEX ix_issue_handed_on (handed_on=?)" in plan
    assert "SCAN issue USING COVERING INDEX ix_issue_report" in plan


def test_a_later_letter_of_a_shorter_rule_comes_first(desk, monkeypatch):
    """Days are looked at in lots: the first found is not yet the first there is."""
    monkeypatch.setattr(answer_term, "AT_ONCE", 1)
    longer = {"handed_on": "2026-10-01", "answer_rule": "law-2007-30"}
    ids = [
        record(desk, "issue", {"essence": "Су жоқ", "village": VILLAGE, **values})
        for values in (longer, longer, {"handed_on": "2026-10-02"})
    ]

    found, _ = due.near(desk, TODAY, TODAY, 1)

    assert [one.row["id"] for one in found] == ids[2:]


def test_a_reply_to_an_earlier_letter_ends_no_waiting(desk):
    values = {"essence": "Су жоқ", "village": VILLAGE, "handed_on": "2026-10-01"}
    id = record(desk, "issue", values)
    record(desk, "step", {"type": "reply", "done_on": "2026-09-30"}, id)
    assert due.near(desk, TODAY, TODAY)[1] == 1

    record(desk, "step", {"type": "reply", "done_on": "2026-10-01"}, id)
    assert due.near(desk, TODAY, TODAY)[1] == 0


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
    assert told[0] == (0, told[-1][1])
    assert told[-1][0] == told[-1][1]
    assert 0 < told[-1][1] < len(awaited)

    def stop(_, __):
        raise Stopped

    with pytest.raises(Stopped):
        overdue(coordinator, TODAY, tell=stop)


def test_between_its_questions_it_can_be_stopped_where_nothing_is_reckoned_one_by_one(coordinator):
    told = []

    due.near(coordinator, TODAY, TODAY, tell=lambda done, of: told.append((done, of)))

    assert told == [(0, 0)] * 3
