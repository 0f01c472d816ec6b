"""What reports count, by place, person, sort and time, beside other periods."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions import figures, records, review
from desktop.actions.figures import Question
from desktop.figures.periods import Period, Span, period_of
from desktop.figures.reports import REPORTS
from sync.errors import Refused, Stopped, UserError
from tests.examples import keep_all
from tests.ui.desks import SOZAQ, record, seen_by

TODAY = date(2026, 11, 29)
NOVEMBER = period_of(Span.MONTH, TODAY)
YEAR = period_of(Span.YEAR, TODAY)
SOZAQ_VILLAGE, SHOLAQ, KELES_VILLAGE = "615647100", "615630100", "613930100"


def issue(desk, day="2026-11-05", village=SOZAQ_VILLAGE, **values):
    said = {"essence": "Су жоқ", "category": "drinking_water", "state": "new"}
    return record(desk, "issue", {**said, "received_on": day, "village": village, **values})


def ask(desk, report="issues", by="category", period=NOVEMBER, place=""):
    return figures.read_report(desk, Question(report, period, by, place), TODAY)


def told(answer, name):
    return {line.name: line.now[name] for line in answer.lines if line.now[name]}


def test_counting_lets_others_have_their_turn_after_each_few_rows_and_can_be_stopped(
    desk, monkeypatch
):
    monkeypatch.setattr("desktop.actions.figure_queries.FEW", 1)
    for category in ("gas", "roads", "drinking_water"):
        issue(desk, category=category)
    question, turns = Question("issues", NOVEMBER, "category"), []

    figures.read_report(desk, question, TODAY, lambda: turns.append(1))
    many = len(turns)
    monkeypatch.setattr("desktop.actions.figure_queries.FEW", 100)
    turns.clear()
    figures.read_report(desk, question, TODAY, lambda: turns.append(1))

    assert many >= len(turns) + 3

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        figures.read_report(desk, question, TODAY, stop)


def test_issues_are_counted_by_category_largest_first_beside_both_periods(desk):
    for day in ("2026-11-01", "2026-11-30", "2026-10-31", "2025-11-10"):
        issue(desk, day)
    for _ in range(3):
        issue(desk, category="gas")
    answer = ask(desk)

    assert told(answer, "issues") == {"Gas supply": 3, "Drinking water": 2}
    water = answer.lines[1]
    assert (water.before["issues"], water.earlier["issues"]) == (0, 1)  # October up to its 29th
    assert answer.whole.now["issues"] == 5


def test_states_terms_and_the_satisfied_are_told(desk):
    for state, due, satisfied in (
        ("closed", "2026-11-10", True),
        ("in_work", "2026-11-28", None),
        ("new", "2026-11-29", None),
        ("new", None, False),
    ):
        issue(desk, state=state, due_on=due, satisfied=satisfied)
    whole = ask(desk).whole.now

    assert (whole["closed"], whole["open"], whole["late"]) == (1, 3, 1)
    assert [line.key for line in ask(desk, by="term").lines] == ["late", "open", "none", "closed"]
    assert [line.key for line in ask(desk, by="state").lines] == ["new", "in_work", "closed"]


def test_the_median_of_days_until_the_first_reply(desk):
    for days in range(1, 12):
        id = issue(desk, "2026-11-01")
        for later in (0, 5):
            done = {"type": "reply", "done_on": f"2026-11-{1 + days + later:02}"}
            record(desk, "step", done, parent=id)
        record(desk, "step", {"type": "call", "done_on": "2026-11-01"}, parent=id)

    assert ask(desk).whole.now["reply_days"] == 6


def test_what_was_removed_rejected_or_is_a_duplicate_is_not_counted(desk, coordinator):
    for decision in (review.Decision.REJECT, review.Decision.DUPLICATE):
        id = issue(desk, received_how="phone", appeal="complaint")
        review.decide(desk, id, review.Decision.SEND)
        review.decide(coordinator, id, decision)
    records.remove(desk, "issue", issue(desk))
    issue(desk)
    answer = ask(desk)

    assert (answer.whole.now["issues"], answer.left_out) == (1, 2)


def test_places_go_down_from_districts_to_villages_and_back(desk, coordinator):
    issue(desk)
    issue(coordinator, village=KELES_VILLAGE)
    issue(desk, village="free:615600000:Жаңа қыстақ")
    whole = ask(coordinator, by="district")

    assert told(whole, "issues") == {"Sozak District": 2, "Keles District": 1}
    assert len(whole.lines) == 17  # those where nothing was recorded, too
    okrugs = figures.opened(coordinator, whole, SOZAQ)
    found = figures.read_report(coordinator, okrugs, TODAY)
    assert [line.name for line in found.lines][-1] == "Not told"
    assert found.lines[0].now["issues"] == 1
    villages = figures.opened(coordinator, found, found.lines[0].key)
    last = figures.read_report(coordinator, villages, TODAY)
    assert last.whole.now["issues"] == 1
    assert figures.opened(coordinator, last, last.lines[0].key) is None
    assert figures.above(coordinator, villages) == okrugs
    assert figures.above(coordinator, okrugs) == whole.question


def test_who_has_a_district_sees_no_other(desk):
    issue(desk)

    assert ask(desk).question.place == SOZAQ
    assert "district" not in [by.name for by in figures.groupings(desk, REPORTS["issues"])]
    with pytest.raises(UserError, match="another district"):
        ask(desk, place=KELES_VILLAGE)
    with pytest.raises(UserError, match="no place"):
        ask(desk, place="999")


@pytest.mark.parametrize("role", ["analyst", "officer"])
def test_who_reads_no_records_has_nothing_to_count(desk, role):
    with pytest.raises(Refused, match="your role does not read"):
        ask(seen_by(desk, role))


def test_months_weeks_and_days_follow_each_other_with_those_that_have_nothing(desk):
    for day in ("2026-01-31", "2026-02-01", "2026-11-09"):
        issue(desk, day)

    months = ask(desk, by="time", period=YEAR)
    assert [line.now["issues"] for line in months.lines] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    weeks = ask(desk, by="time")
    assert [line.now["issues"] for line in weeks.lines] == [0, 0, 1, 0, 0, 0]
    assert weeks.lines[2].name == "09.11 – 15.11.2026"
    days = ask(desk, by="time", period=Period(date(2026, 11, 8), date(2026, 11, 10)))
    assert [line.now["issues"] for line in days.lines] == [0, 1, 0]


def test_a_line_opens_the_records_that_it_counts(desk):
    late = [issue(desk, f"2026-11-{day:02}") for day in (3, 7, 5)]
    issue(desk, category="gas")
    answer = ask(desk)
    line = next(line for line in answer.lines if line.key == "drinking_water")

    rows = figures.records_behind(desk, answer.question, line.key, TODAY)
    assert [row["id"] for row in rows] == [late[1], late[2], late[0]]
    assert len(figures.records_behind(desk, answer.question, line.key, TODAY, most=2)) == 2
    for by in ("member", "okrug", "village", "time", "term", "state", "outcome"):
        found = ask(desk, by=by)
        for line in found.lines:
            behind = figures.records_behind(desk, found.question, line.key, TODAY)
            assert len(behind) == line.now["issues"], by


def test_coverage_tells_where_nobody_was_for_long_the_oldest_first(desk):
    for day, village in (("2026-11-20", SOZAQ_VILLAGE), ("2026-02-01", SHOLAQ)):
        record(desk, "visit", {"visited_on": day, "village": village, "people": 4})
    answer = ask(desk, "coverage", "village")
    last = [line.now["last"] for line in answer.lines]

    assert len(answer.lines) == answer.whole.now["villages"]
    assert last[-2:] == [date(2026, 2, 1), date(2026, 11, 20)]
    assert set(last[:-2]) == {None}
    assert answer.whole.now["visited"] == 1
    old = figures.not_visited(answer, 100)
    assert len(old.lines) == len(answer.lines) - 1


def test_money_and_work_of_projects_are_two_figures(desk):
    keep_all(desk)
    whole = ask(desk, "projects", "sphere", YEAR).whole.now

    assert whole["contract"] == 148_600_000
    assert whole["paid"] == whole["paid_now"] == 96_590_000
    assert (whole["paid_share"], whole["work_share"]) == (65, 60)
    assert (whole["defects"], whole["defects_open"]) == (2, 1)
    line = ask(desk, "projects", "sphere", YEAR).lines[0]
    assert line.now["inspections"] is None  # an inspection has no sphere


def test_the_quota_of_a_year_is_used_by_who_moved_in_it(desk, coordinator):
    quota = {"region": "pavlodar", "people": 40, "year": 2026}
    records.save(coordinator, "relocation_quota", quota)
    records.save(coordinator, "relocation_quota", {**quota, "year": 2025, "people": 900})
    for day, people in (("2026-03-01", 6), ("2026-11-02", 4), ("2025-12-30", 5)):
        case = {"household": "Отбасы", "village": SOZAQ_VILLAGE, "people": people,
                "region": "pavlodar", "state": "moved", "moved_on": day, "opened_on": day}  # fmt: skip
        record(desk, "relocation_case", case)
    line = ask(coordinator, "relocation", "region").lines[0].now

    assert (line["moved_people"], line["used"], line["quota"], line["used_share"]) == (
        4,
        10,
        40,
        25,
    )
    of_district = ask(coordinator, "relocation", "region", place=SOZAQ).whole.now
    assert (of_district["used"], of_district["quota"]) == (10, None)  # it is of the whole region


def test_every_report_is_told_by_everything_it_can_be_listed_by(desk, coordinator):
    keep_all(desk)
    issue(desk)
    record(desk, "visit", {"visited_on": "2026-11-05", "village": SHOLAQ, "topic": "survey"})
    meeting = {"title": "Су", "type": "dialogue", "held_on": "2026-11-05", "village": SHOLAQ}
    record(desk, "meeting", meeting)
    for report in REPORTS.values():
        for by in figures.groupings(coordinator, report):
            answer = ask(coordinator, report.name, by.name, YEAR)
            first = report.figures[0].name
            added = sum(line.now[first] or 0 for line in answer.lines)
            assert added == answer.whole.now[first], (report.name, by.name)
            assert answer.whole.now[first], report.name


def test_a_report_or_a_grouping_that_is_none_is_refused(desk):
    with pytest.raises(UserError, match="no report"):
        ask(desk, "nothing")
    with pytest.raises(UserError, match="not listed by"):
        ask(desk, by="sphere")
    assert replace(ask(desk).question, place="") == Question("issues", NOVEMBER, "category")
