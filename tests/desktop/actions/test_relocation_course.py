"""Where a household is on its way, by what was written down of it."""

from datetime import date

from desktop.actions.relocation_course import AHEAD, DONE, NOW, SKIPPED, course_of

MOVED = date(2026, 6, 15)


def stage(state, day=None, text=""):
    return {"state": state, "reached_on": day, "text": text}


def standings(course):
    return {one.state: one.standing for one in course.stages}


def test_what_was_written_down_is_done_the_last_of_it_is_now_and_the_rest_is_ahead():
    course = course_of(
        {"state": "applied"},
        [stage("applied", date(2026, 3, 2), "Құжаттар тапсырылды"), stage("interested", MOVED)],
    )

    assert standings(course) | {"explained": "", "applied": ""} == {
        **dict.fromkeys(standings(course), AHEAD),
        "interested": DONE,
        "explained": "",
        "applied": "",
    }
    [applied] = [one for one in course.stages if one.standing == NOW]
    assert (applied.state, applied.day, applied.text) == (
        "applied",
        date(2026, 3, 2),
        "Құжаттар тапсырылды",
    )
    assert course.next.state == "in_quota"


def test_a_stage_that_nobody_wrote_down_is_not_called_done():
    course = course_of({"state": "found"}, [])

    assert standings(course)["applied"] == SKIPPED
    assert standings(course)["found"] == NOW


def test_a_check_ahead_has_the_day_on_which_it_is_due():
    course = course_of(
        {"state": "moved", "moved_on": MOVED}, [stage("after_1", date(2026, 7, 20))]
    )

    assert {one.state: one.day for one in course.stages if one.state.startswith("after")} == {
        "after_1": date(2026, 7, 20),
        "after_3": date(2026, 9, 15),
        "after_12": date(2027, 6, 15),
        "after_60": date(2031, 6, 15),
    }
    assert course.next.state == "after_3"


def test_a_day_of_the_move_alone_says_that_they_moved():
    course = course_of({"state": "found", "moved_on": MOVED}, [])

    assert standings(course)["moved"] == NOW
    assert course.next.state == "subsidised"


def test_of_two_days_of_one_stage_the_later_counts():
    early, late = stage("after_1", date(2026, 7, 1), "а"), stage("after_1", date(2026, 8, 1), "ә")

    [check] = [one for one in course_of({}, [late, early]).stages if one.state == "after_1"]

    assert (check.day, check.text) == (date(2026, 8, 1), "ә")


def test_a_return_ends_the_way_and_tells_its_day_and_its_reason():
    case = {
        "state": "returned",
        "moved_on": MOVED,
        "returned_on": date(2026, 11, 20),
        "why_returned": "Қыста жұмыс жоқ",
    }

    course = course_of(case, [])

    assert [(one.state, one.day, one.text) for one in course.ends] == [
        ("returned", date(2026, 11, 20), "Қыста жұмыс жоқ")
    ]
    assert course.next is None
    assert AHEAD not in standings(course).values()


def test_a_return_that_stands_among_the_stages_alone_ends_it_too():
    course = course_of(
        {"state": "after_1", "moved_on": MOVED},
        [stage("after_1", date(2026, 7, 20)), stage("returned", date(2026, 8, 1), "Үй суық")],
    )

    assert [one.text for one in course.ends] == ["Үй суық"]


def test_who_was_refused_and_went_on_is_on_the_way():
    course = course_of(
        {"state": "applied"}, [stage("refused", date(2026, 5, 1)), stage("applied", None)]
    )

    assert course.ends == ()
    assert course.next.state == "in_quota"


def test_a_closing_after_a_return_does_not_hide_the_return():
    course = course_of(
        {"state": "closed", "returned_on": date(2026, 11, 20)},
        [stage("closed", date(2026, 12, 1))],
    )

    assert [one.state for one in course.ends] == ["returned", "closed"]


def test_a_state_of_a_newer_program_breaks_nothing():
    assert (
        course_of({"state": "on_the_moon"}, [stage("on_mars", MOVED)]).next.state == "interested"
    )
