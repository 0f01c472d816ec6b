from datetime import date

import pytest

from desktop.actions import review, today
from desktop.actions.review import Decision
from tests.ui.desks import SOZAQ, VILLAGE, record, story

TODAY = date(2026, 11, 24)


@pytest.fixture
def issue(desk):
    return lambda **values: record(desk, "issue", {"essence": "Су жоқ", **values})


def ids(some):
    assert some.count == len(some.rows)
    return [row["id"] for row in some.rows]


def test_a_day_without_work_is_empty(desk):
    day = today.look(desk, TODAY)

    some = (day.returned, day.drafts, day.issues_due, day.followed_due, day.meetings)
    assert [ids(each) for each in some] == [[]] * 5
    assert day.waves == []
    assert day.to_review == 0


def test_issues_are_due_from_a_week_ahead_and_stay_when_late(desk, issue):
    in_time = issue(due_on="2026-12-01")
    late = issue(due_on="2026-11-20")
    issue(due_on="2026-12-02")
    issue(due_on="2026-11-20", state="closed")

    day = today.look(desk, TODAY)

    assert ids(day.issues_due) == [late, in_time]


@pytest.mark.parametrize(
    ("whole", "part", "still", "done"),
    [
        ("meeting", "decision", (None, "open"), ("done", "dropped")),
        ("work_plan", "measure", (None, "open"), ("done", "dropped")),
        ("inspection", "defect", (None, "open", "disputed"), ("mended",)),
    ],
)
def test_what_is_followed_is_due_until_somebody_says_that_it_is_done(
    desk, whole, part, still, done
):
    """What the contractor disputes is still to be mended."""
    parent = record(desk, whole, {})
    told = [
        record(desk, part, {"text": "Су", "due_on": "2026-11-25", "state": state}, parent=parent)
        for state in (*still, *done)
    ]
    record(desk, part, {"text": "Кейін", "due_on": "2027-03-01"}, parent=parent)

    day = today.look(desk, TODAY)

    assert set(ids(day.followed_due)) == set(told[: len(still)])
    assert day.followed_due.count == len(still)


def test_of_all_that_is_followed_the_nearest_comes_first(desk):
    days = {"decision": "2026-11-27", "measure": "2026-11-25", "defect": "2026-11-26"}
    parents = {"decision": "meeting", "measure": "work_plan", "defect": "inspection"}
    told = {
        kind: record(desk, kind, {"due_on": day}, parent=record(desk, parents[kind], {}))
        for kind, day in days.items()
    }

    day = today.look(desk, TODAY, most=2)

    assert [row["id"] for row in day.followed_due.rows] == [told["measure"], told["defect"]]
    assert day.followed_due.count == 3


def test_a_visitor_is_due_by_the_term_that_was_prolonged_until_the_visit_is_closed(desk):
    due = record(desk, "reception", {"due_on": "2026-11-25", "state": "open"})
    record(desk, "reception", {"due_on": "2026-11-25", "state": "closed"})
    record(desk, "reception", {"due_on": "2026-11-25", "prolonged_to": "2027-01-20"})
    record(desk, "reception", {"state": "open"})

    assert ids(today.look(desk, TODAY).visitors_due) == [due]


def test_meetings_of_the_coming_week_are_shown(desk):
    record(desk, "meeting", {"title": "Кеше", "held_on": "2026-11-23"})
    coming = record(desk, "meeting", {"title": "Ертең", "held_on": "2026-11-25"})
    record(desk, "meeting", {"title": "Кейін", "held_on": "2026-12-02"})

    assert ids(today.look(desk, TODAY).meetings) == [coming]


def test_my_drafts_are_shown_and_nobody_elses(desk, coordinator, issue):
    mine = issue()

    assert ids(today.look(desk, TODAY).drafts) == [mine]
    assert ids(today.look(coordinator, TODAY).drafts) == []


def test_a_returned_record_is_no_draft(desk, coordinator):
    id = record(desk, "issue", story()["issues"][2])
    review.decide(desk, id, Decision.SEND)
    review.decide(coordinator, id, Decision.RETURN, {"essence": "Толық емес"})

    day = today.look(desk, TODAY)

    assert (ids(day.returned), ids(day.drafts)) == ([id], [])


def test_a_wave_is_shown_while_it_runs_in_this_district(desk, coordinator):
    def wave(**values):
        form = {"name": "Рейтинг", "xform": "<h:html/>"}
        return record(
            coordinator,
            "wave",
            {"title": "Рейтинг", "form": str(record(coordinator, "form", form)), **values},
        )

    runs = wave(starts_on="2026-11-20", ends_on="2026-11-24", districts=[SOZAQ])
    wave(starts_on="2026-11-20", ends_on="2026-11-23", districts=[SOZAQ])
    wave(starts_on="2026-11-20", ends_on="2026-11-30", districts=["615800000"])

    assert [each.id for each in today.look(desk, TODAY).waves] == [runs]


def test_the_coordinator_is_told_how_many_wait(desk, coordinator, issue):
    id = issue(category="roads", village=VILLAGE, received_on="2026-11-23")
    review.decide(desk, id, Decision.SEND)

    assert today.look(coordinator, TODAY).to_review == 1
    assert today.look(desk, TODAY).to_review == 0


def test_of_many_the_most_urgent_are_read_and_all_are_counted(desk, issue):
    terms = [date(2026, 11, 22 + n) for n in range(9)]
    by_term = {term: issue(due_on=term) for term in terms}

    due = today.look(desk, TODAY, most=2).issues_due
    drafts = today.look(desk, TODAY, most=2).drafts

    assert [row["id"] for row in due.rows] == [by_term[terms[0]], by_term[terms[1]]]
    assert (due.count, len(drafts.rows), drafts.count) == (9, 2, 9)
