"""The two clocks of an issue, as they are reckoned from what was written down."""

from datetime import date

import pytest

from desktop.actions import due, records, terms, today
from desktop.actions.overdue import overdue
from sync.records.issue import Step
from sync.records.values import Wrong
from tests.ui.desks import record, seen_by

TODAY = date(2026, 11, 24)


@pytest.fixture
def issue(desk):
    return lambda **values: record(desk, "issue", {"essence": "Су жоқ", **values})


@pytest.fixture
def handed(issue):
    """Received by the akimat on 2 November 2026: the answer is due on the 23rd."""
    return lambda **values: issue(handed_to="Әкімдік", handed_on="2026-11-02", **values)


def step(desk, issue, type, day, **values):
    return record(desk, "step", {"type": type, "done_on": day, **values}, parent=issue)


def clocks(desk, id):
    return terms.clocks(desk, [records.show(desk, id)])[id]


def test_an_issue_that_was_not_handed_over_has_our_term_alone(desk, issue):
    found = clocks(desk, issue(due_on="2026-12-01"))

    assert (found.own, found.term) == (date(2026, 12, 1), None)
    assert found.next == (date(2026, 12, 1), terms.OWN)


def test_an_answer_is_awaited_from_the_day_they_received_it(desk, handed):
    found = clocks(desk, handed(due_on="2026-12-01"))

    assert found.term.due == date(2026, 11, 23)
    assert found.next == (date(2026, 11, 23), terms.ANSWER)


def test_an_extension_moves_it(desk, handed):
    id = handed()
    step(desk, id, "extended", "2026-11-20", until="2026-12-10")

    assert clocks(desk, id).term.due == date(2026, 12, 10)


def test_an_extension_to_no_day_is_no_extension(desk, handed):
    id = handed()
    with pytest.raises(Wrong) as wrong:
        step(desk, id, "extended", "2026-11-20")
    assert list(wrong.value.problems) == ["until"]

    said = step(desk, id, "extended", "2026-11-20", until="2026-12-10")
    with desk.store.begin() as session:  # as a program may have it that asks for no day
        session.get(Step, said).until = None
    assert clocks(desk, id).term.due == date(2026, 11, 23)


def test_of_many_each_has_its_own_steps(desk, handed, monkeypatch):
    for module in (terms, due):
        monkeypatch.setattr(module, "MANY", 2)
    ids = [handed() for _ in range(5)]
    for number, id in enumerate(ids):
        step(desk, id, "extended", "2026-11-20", until=f"2026-12-{number + 7:02}")

    found, count = due.near(desk, date(2026, 12, 31), TODAY)
    assert [(one.row["id"], one.due.day) for one in found] == [
        *zip(ids, range(7, 12), strict=True)
    ]
    assert count == 5


def test_what_went_on_is_awaited_from_who_has_it_now(desk, handed):
    id = handed()
    step(desk, id, "forwarded", "2026-11-04", body="Су басқармасы")

    [late], _ = due.near(desk, date(2026, 11, 30), TODAY)
    assert late.due == date(2026, 11, 25)
    assert late.body == "Су басқармасы"


def test_a_reply_ends_the_waiting(desk, handed):
    answered, closed = handed(), handed(state="closed")
    step(desk, answered, "reply", "2026-11-20")

    assert clocks(desk, answered).answers == ()
    assert clocks(desk, closed).answers == ()
    assert due.near(desk, TODAY, TODAY) == ([], 0)


def test_of_two_bodies_one_reply_leaves_the_other_awaited(desk, handed):
    id = handed()
    step(desk, id, "forwarded", "2026-11-05", body="Су басқармасы", part=True)
    first = terms.Awaited(date(2026, 11, 23), "Әкімдік")
    second = terms.Awaited(date(2026, 11, 26), "Су басқармасы")
    assert clocks(desk, id).answers == (first, second)

    step(desk, id, "reply", "2026-11-20")
    assert clocks(desk, id).answers == (second,)
    assert due.near(desk, date(2026, 11, 30), TODAY)[0][0].body == "Су басқармасы"

    step(desk, id, "reply", "2026-11-26")
    assert clocks(desk, id).answers == ()


def test_what_was_done_before_it_was_handed_over_is_of_another_letter(desk, handed):
    id = handed()
    step(desk, id, "reply", "2026-10-20")
    step(desk, id, "extended", "2026-10-20", until="2026-12-10")

    assert clocks(desk, id).term.due == date(2026, 11, 23)
    assert clocks(desk, id).answers


def test_a_rule_may_be_chosen_and_one_of_a_newer_program_is_that_of_the_day(desk, handed):
    chosen = handed(answer_rule="law-2007-30")

    assert clocks(desk, chosen).term.due == date(2026, 12, 2)
    row = {**records.show(desk, chosen), "answer_rule": "appc-2031"}
    assert terms.clocks(desk, [row])[chosen].term.rule.key == "appc-2021"


def test_a_day_outside_the_calendar_is_told_and_our_own_term_stays(desk, issue):
    id = issue(handed_on="1999-01-01", due_on="2026-11-20")

    found = clocks(desk, id)
    assert "01.01.2016" in found.problem.words("en")
    assert found.next == (date(2026, 11, 20), terms.OWN)
    assert [one.row["id"] for one in due.near(desk, TODAY, TODAY)[0]] == [id]


def test_days_moved_by_the_coordinator_move_every_term(desk, coordinator, handed):
    id = handed()
    act = {"day": "2026-11-16", "sort": "day_off", "said": "№ 700"}
    day = record(coordinator, "calendar_day", act)
    assert clocks(desk, id).term.due == date(2026, 11, 24)

    records.remove(coordinator, "calendar_day", day)
    assert clocks(desk, id).term.due == date(2026, 11, 23)


def test_the_day_of_work_shows_answers_that_are_near(desk, issue, handed):
    own, answer = issue(due_on="2026-11-30"), handed()
    issue(handed_on="2026-11-16")

    day = today.look(desk, TODAY)
    assert [row["id"] for row in day.issues_due.rows] == [answer, own]
    assert day.issues_due.count == 2
    assert [row["near"].left for row in day.issues_due.rows] == [-1, None]


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date.max])
def test_a_clock_that_is_far_off_breaks_nothing(desk, issue, handed, day):
    issue(due_on="2026-11-30")
    handed()

    today.look(desk, date(2026, 11, 24))
    assert overdue(seen_by(desk, "leader"), day).counts
    assert isinstance(due.near(desk, day, day)[1], int)
