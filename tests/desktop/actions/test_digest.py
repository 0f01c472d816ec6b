"""What a morning is told: numbers, and nobody's name."""

from datetime import date, timedelta

from desktop.actions import review
from desktop.actions.digest import DAYS, Digest, forecast
from sync.language import speak
from tests.ui.desks import record, returned_issue, seen_by, story

TODAY = date(2026, 11, 24)


def test_each_day_has_the_terms_that_end_until_then_and_its_own_meetings(desk):
    record(desk, "issue", {**story()["issues"][0], "due_on": "2026-11-25"})
    record(desk, "meeting", {**story()["meeting"], "held_on": "2026-11-26"})

    ahead = forecast(desk, TODAY)

    days = [ahead[TODAY + timedelta(days=n)] for n in range(DAYS)]
    assert days == [
        Digest(),
        Digest(due=1),
        Digest(due=1, meetings=1),
        Digest(due=1),
    ]


def test_terms_are_of_issues_visitors_and_what_is_followed(desk):
    record(desk, "issue", {**story()["issues"][0], "due_on": f"{TODAY}"})
    record(desk, "reception", {"due_on": f"{TODAY}", "state": "open"})
    meeting = record(desk, "meeting", {})
    record(desk, "decision", {"due_on": f"{TODAY}"}, parent=meeting)

    assert forecast(desk, TODAY)[TODAY].due == 3


def test_what_came_back_and_what_waits_for_a_decision_is_of_every_day(desk):
    returned_issue(desk, {"": "Күнін жазыңыз."})
    sent = record(desk, "issue", {**story()["issues"][1], "due_on": None})
    review.decide(desk, sent, review.Decision.SEND)

    assert {one.returned for one in forecast(desk, TODAY).values()} == {1}
    assert forecast(seen_by(desk, "coordinator"), TODAY)[TODAY].to_review == 1


def test_it_is_said_in_numbers_and_nothing_is_said_of_an_empty_day():
    speak("en")
    try:
        assert Digest().words() == ""
        assert Digest(due=2).words() == "Today: 2 terms end or are past."
        assert Digest(1, 1, 2, 3).words() == (
            "Today: 1 term ends or is past; 1 came back to you; 2 meetings; "
            "3 wait for your decision."
        )
    finally:
        speak("kk")
