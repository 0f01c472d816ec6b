"""When a term begins, when it is over, and what keeps a record from it."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync import retention
from sync.records import KINDS
from sync.records.base import field_map
from sync.retention import Hold, begun, changed, hold, is_over, last_day, settled_at, term_of
from sync.vocabulary import choices

ISSUE, RECEPTION, MEETING, VISIT, REPORT, FILLED, *OF_TASKS = retention.terms()
DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))


@given(DAYS, st.integers(1, 1200))
@example(date(2024, 2, 29), 36)
@example(date(2023, 2, 28), 12)
def test_a_term_ends_on_the_same_day_of_its_last_month_or_on_that_months_last_day(day, months):
    ended = last_day(day, months)

    passed = (ended.year - day.year) * 12 + ended.month - day.month
    assert passed == months
    assert ended.day == day.day or (ended + timedelta(1)).month != ended.month
    assert ended.day <= day.day


@given(DAYS, DAYS, st.integers(1, 1200))
def test_what_begins_later_ends_no_earlier(one, other, months):
    first, second = sorted((one, other))
    assert last_day(first, months) <= last_day(second, months)


@pytest.mark.parametrize(
    ("begun_on", "months", "ends"),
    [
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-02-28", 36, "2028-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-11-30", 1, "2026-12-30"),
    ],
)
def test_days_of_leap_years_and_short_months(begun_on, months, ends):
    assert last_day(date.fromisoformat(begun_on), months) == date.fromisoformat(ends)


def test_on_the_last_day_it_is_still_kept():
    day = last_day(date(2026, 1, 15), ISSUE.months)

    assert not is_over(ISSUE, date(2026, 1, 15), day)
    assert is_over(ISSUE, date(2026, 1, 15), day + timedelta(1))


def test_a_term_beyond_the_calendar_ends_with_it():
    assert last_day(date(9990, 1, 1), 9999) == date.max


def test_each_term_names_a_kind_a_field_and_values_that_there_are():
    for term in (ISSUE, RECEPTION, MEETING, VISIT, FILLED, *OF_TASKS):
        known = field_map(KINDS[term.kind])
        named = [(term.field, term.ended), *([term.where] if term.where else [])]
        for name, value in named:
            assert name in known, term
            assert not value or value in {one.key for one in choices(known[name].choices)}, term
        assert term.ended or known[term.field].type is date
        assert term.months > 0


def test_what_the_terms_say_is_what_the_columns_promise():
    promised = {choice.key: choice.names["en"] for choice in choices("held_term")}

    for term in (ISSUE, MEETING, VISIT, FILLED, *OF_TASKS):
        assert KINDS[term.kind].held.term == term.key
        assert f"{term.months // 12} years" in promised[term.key]


def test_a_reception_has_another_term_than_other_meetings():
    assert term_of(retention.terms(), "meeting", {"type": "outreach_reception"}) is RECEPTION
    assert term_of(retention.terms(), "meeting", {"type": "dialogue"}) is MEETING
    assert term_of(retention.terms(), "meeting", {}) is MEETING
    assert term_of(retention.terms(), "wave", {}) is None


def test_a_region_may_fix_other_terms():
    fixed = {term.key: term.months for term in changed("issue=60 visit=never")}

    unchanged = {"meeting": 60, "reception": 36, "report": 36, "filled_form": 36}
    unchanged |= {term.key: term.months for term in OF_TASKS}
    assert fixed == {"issue": 60, "visit": None, **unchanged}
    assert changed("") == retention.terms()
    assert not is_over(changed("visit=never")[3], date(1990, 1, 1), date(2200, 1, 1))


def test_of_a_letter_whose_year_alone_is_known_whole_years_are_kept():
    assert retention.first_year(REPORT, date(2029, 12, 31)) == 2026
    assert retention.first_year(REPORT, date(2030, 1, 1)) == 2027
    assert retention.first_year(changed("report=37")[4], date(2030, 1, 1)) == 2026
    assert retention.first_year(changed("report=never")[4], date(2030, 1, 1)) is None


@pytest.mark.parametrize("said", ["issue", "issue=0", "issue=-1", "issue=3y", "letter=3", "=3"])
def test_a_term_that_is_none_is_not_taken(said):
    with pytest.raises(ValueError, match=said):
        changed(said)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"review": "approved", "state": "closed"}, None),
        ({"review": "approved", "state": "answered"}, Hold.OPEN),
        ({"review": "approved", "state": "reopened"}, Hold.OPEN),
        ({"review": "approved"}, Hold.OPEN),
        ({"review": "draft", "state": "closed"}, Hold.UNDECIDED),
        ({"review": "sent", "state": "closed"}, Hold.UNDECIDED),
        ({"review": "returned", "state": "closed"}, Hold.UNDECIDED),
        ({"review": "of a newer program", "state": "closed"}, Hold.UNDECIDED),
        ({"review": "rejected", "state": "new"}, None),
        ({"review": "duplicate", "state": "new"}, None),
        ({"review": "draft", "removed": True}, None),
        ({"review": "approved", "state": "closed", "conflicts": {"essence": []}}, None),
        ({"review": "approved", "state": "closed", "conflicts": {"essence": [{}]}}, Hold.DISPUTED),
        ({"removed": True, "conflicts": {"removed": [{}]}}, Hold.DISPUTED),
    ],
)
def test_an_issue_with_which_something_is_going_on_stays(fields, why):
    assert hold(ISSUE, fields) == why


def test_a_meeting_needs_no_end_but_its_approval():
    assert hold(MEETING, {"review": "approved"}) is None
    assert hold(MEETING, {"review": "sent"}) is Hold.UNDECIDED


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("decision", {"state": "open"}, Hold.OPEN),
        ("decision", {}, Hold.OPEN),
        ("decision", {"state": "done"}, None),
        ("decision", {"state": "dropped"}, None),
        ("decision", {"state": "open", "removed": True}, None),
        ("measure", {}, Hold.OPEN),
        ("defect", {"state": "disputed"}, Hold.OPEN),
        ("defect", {"state": "mended"}, None),
        ("question", {}, None),
        ("comment", {"conflicts": {"removed": [{}]}}, Hold.DISPUTED),
    ],
)
def test_a_part_that_is_open_or_disputed_keeps_its_record(kind, fields, why):
    assert retention.part_holds(kind, fields) == why


def test_it_counts_from_the_last_thing_that_decided_closed_or_removed_it():
    touched = {"": (1, "a"), "essence": (90, "a"), "review": (5, "b"), "state": (7, "b")}

    assert settled_at(ISSUE, touched) == 7
    assert settled_at(ISSUE, touched | {"removed": (9, "b")}) == 9
    assert settled_at(ISSUE, touched | {"review": (8, "b")}) == 8
    assert settled_at(VISIT, {"": (3, "a")}) == 3


@given(DAYS, st.none() | DAYS.map(str) | st.text(max_size=12))
def test_it_never_counts_from_before_the_server_heard_of_it_nor_from_long_after(settled, own):
    found = begun(VISIT, {"visited_on": own}, settled)

    assert settled <= found <= settled + retention.STRANGE


def test_a_year_mistyped_by_ten_ends_nothing_early_and_keeps_nothing_for_ever():
    settled = date(2026, 11, 20)

    assert begun(VISIT, {"visited_on": "2016-11-18"}, settled) == settled
    assert begun(VISIT, {"visited_on": "2096-11-18"}, settled) == settled
    assert begun(MEETING, {"held_on": "2026-12-05"}, settled) == date(2026, 12, 5)
    assert begun(ISSUE, {"state": "2026-12-05"}, settled) == settled
