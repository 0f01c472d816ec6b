"""Terms of letters, with the steps that lead to them."""

from datetime import date

import pytest

from sync.deadline_rules import rule, rule_on, rules
from sync.deadlines import Extended, Forwarded, reckon
from sync.errors import UserError
from sync.language import speak
from sync.vocabulary import choices
from sync.working_days import DAY_OFF, Entry, calendar


@pytest.fixture(autouse=True)
def given_english():
    speak("en")
    yield
    speak("kk")


def said(term):
    return [step.words() for step in term.steps]


@pytest.mark.parametrize(
    ("received", "due"),
    [("2025-03-05", "2025-04-01"), ("2024-12-25", "2025-01-20"), ("2026-02-27", "2026-03-26")],
)
def test_fifteen_working_days_go_over_holidays_and_moved_days(received, due):
    assert reckon(calendar(), date.fromisoformat(received)).due == date.fromisoformat(due)


def test_what_comes_on_a_day_off_is_registered_on_the_next_working_day():
    term = reckon(calendar(), date(2025, 3, 8))

    assert said(term)[:3] == [
        "Received by the authority on 08.03.2025",
        "08.03.2025 (International Women’s Day) is no working day: registered on the next one, "
        "11.03.2025 (APPC, art. 63)",
        "Working days: 15, counted from the day after 11.03.2025; the last is 04.04.2025 "
        "(APPC, art. 76)",
    ]
    assert term.due == date(2025, 4, 4)


def test_the_law_of_the_day_of_receipt_holds():
    assert rule_on(date(2021, 6, 30)).key == "law-2007"
    assert rule_on(date(2021, 7, 1)).key == "appc-2021"
    assert rule_on(date(1999, 1, 1)).key == "law-2007"


def test_another_rule_may_be_named_and_it_is_said_that_it_was_not_in_force():
    term = reckon(calendar(), date(2019, 5, 6), rule("appc-2021"))

    assert term.due == date(2019, 5, 30)
    assert said(term)[0] == "APPC: 15 working days was not in force on 06.05.2019"


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day():
    term = reckon(calendar(), date(2019, 5, 4))  # a Saturday that was worked

    assert term.due == date(2019, 5, 20)
    assert said(term)[-1] == (
        "19.05.2019 is no working day: the term ends on the next one, 20.05.2019 "
        "(the general rule of terms; the text was not checked)"
    )


def test_an_extension_has_its_day_of_notice_and_its_end():
    decided = Extended(date(2025, 3, 26), date(2025, 4, 18))
    term = reckon(calendar(), date(2025, 3, 5), events=[decided])

    assert term.due == date(2025, 4, 18)
    assert said(term)[-2:] == [
        "Extended until 18.04.2025; the law allows it until 05.05.2025 (APPC, art. 76)",
        "The applicant is told of the extension until 31.03.2025 (APPC, art. 76)",
    ]


def test_an_extension_longer_than_two_months_ends_after_two_months():
    term = reckon(
        calendar(), date(2025, 3, 5), events=[Extended(date(2025, 3, 26), date(2025, 9, 1))]
    )

    assert term.due == date(2025, 5, 5)
    assert "Extended until 01.09.2025, but the law allows it until 05.05.2025" in said(term)[-2]


def test_an_extension_that_came_after_the_term_is_counted_and_said():
    term = reckon(
        calendar(), date(2025, 3, 5), events=[Extended(date(2025, 4, 10), date(2025, 4, 18))]
    )

    assert term.due == date(2025, 4, 18)
    assert (
        "The decision to extend came on 10.04.2025, after the term had ended on 01.04.2025"
        in said(term)
    )


def test_an_extension_to_a_day_within_the_term_changes_nothing():
    term = reckon(
        calendar(), date(2025, 3, 5), events=[Extended(date(2025, 3, 10), date(2025, 3, 20))]
    )

    assert term.due == date(2025, 4, 1)


def test_two_months_from_the_end_of_december_end_with_february():
    assert reckon(
        calendar(), date(2024, 12, 31), events=[Extended(date(2025, 1, 13))]
    ).due == date(2025, 2, 28)


def test_what_is_forwarded_begins_anew_and_whether_it_was_in_time_is_said():
    in_time = reckon(
        calendar(), date(2025, 3, 5), events=[Forwarded(date(2025, 3, 11), body="ЖКХ")]
    )
    late = reckon(calendar(), date(2025, 3, 5), events=[Forwarded(date(2025, 3, 12))])

    assert (in_time.due, in_time.body) == (date(2025, 4, 4), "ЖКХ")
    assert "A letter that concerns another body goes on until 11.03.2025" in said(in_time)[3]
    assert "It had to go on until 11.03.2025, and went later" in said(late)[3]


def test_only_a_part_is_forwarded_and_both_are_awaited():
    term = reckon(
        calendar(),
        date(2025, 3, 5),
        events=[Forwarded(date(2025, 3, 7), part=True, body="ЖКХ"),
                Extended(date(2025, 3, 26), date(2025, 4, 18))],
    )  # fmt: skip

    assert (term.due, term.parts) == (date(2025, 4, 18), (("ЖКХ", date(2025, 4, 3)),))
    assert term.first_due == date(2025, 4, 3)


def test_extended_then_forwarded_is_the_term_of_who_has_it_now():
    extended, forwarded = Extended(date(2025, 3, 26)), Forwarded(date(2025, 4, 2))

    term = reckon(calendar(), date(2025, 3, 5), events=[forwarded, extended])

    assert term.due == reckon(calendar(), date(2025, 4, 2)).due


@pytest.mark.parametrize(
    "event",
    [Extended(date(2025, 3, 4)), Forwarded(date(2025, 3, 4))],
    ids=["extended", "forwarded"],
)
def test_what_lies_before_the_receipt_is_refused_in_words(event):
    with pytest.raises(UserError, match=r"04\.03\.2025 lies before the receipt, 05\.03\.2025"):
        reckon(calendar(), date(2025, 3, 5), events=[event])


def test_days_that_were_moved_since_move_the_term():
    moved = calendar((Entry(date(2026, 12, 4), DAY_OFF, "№ 700"),))

    assert reckon(calendar(), date(2026, 11, 30)).due == date(2026, 12, 22)
    assert reckon(moved, date(2026, 11, 30)).due == date(2026, 12, 23)
    assert "04.12.2026 (№ 700, moved day off)" in said(reckon(moved, date(2026, 11, 30)))[2]


def test_a_term_in_a_year_that_is_not_known_says_so():
    assert len(reckon(calendar(), date(2026, 1, 5)).doubts) == 1
    assert reckon(calendar(), date(2025, 1, 6)).doubts == ()


def test_no_rule_is_told_with_those_there_are():
    with pytest.raises(UserError, match="There are: appc-2021, law-2007, law-2007-30"):
        rule("appc")


def test_each_rule_has_its_name_and_each_step_of_it_a_source_in_three_languages():
    assert [choice.key for choice in choices("deadline_rule")] == list(rules())
    for each in rules().values():
        for on in ("off", "term", "more", "notice", "forward", "ends"):
            assert all(each.source(on).words(code) for code in ("kk", "ru", "en"))
