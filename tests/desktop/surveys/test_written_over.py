"""What somebody wrote over what a form works out or begins with, or took away, stays so."""

from desktop.surveys.form import Form
from desktop.surveys.interview import Interview
from tests.desktop.surveys.small import small_form


def written_over() -> Form:
    """A question whose answer is offered: twice another one."""
    return small_form(
        "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/b' type='int' calculate='/data/a * 2'/>"
        "<bind nodeset='/data/c' calculate='/data/b + 1'/>",
        "<a/><b/><c/>",
        "<input ref='/data/a'/><input ref='/data/b'/>",
    )


def test_an_answer_over_what_is_worked_out_stays_until_that_changes() -> None:
    interview = Interview(written_over(), language="en")
    interview.answer("/data/a", 2)
    assert interview.state("/data/b").value == "4"

    interview.answer("/data/b", 5)
    interview.speak("ru")
    assert (interview.state("/data/b").value, interview.state("/data/c").value) == ("5", "6")

    interview.answer("/data/a", 3)
    assert (interview.state("/data/b").value, interview.state("/data/c").value) == ("6", "7")


def test_an_answer_over_what_is_worked_out_is_there_when_the_interview_goes_on() -> None:
    before = Interview(written_over(), language="en")
    before.answer("/data/a", 2)
    before.answer("/data/b", 5)
    after = Interview(written_over(), before.to_answers(), language="en")

    assert (
        after.to_answers()
        == before.to_answers()
        == {"/data/a": "2", "/data/b": "5", "/data/c": "6"}
    )


def test_two_answers_over_what_is_worked_out_of_one_another_are_both_there_afterwards() -> None:
    form = small_form(
        "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/b' type='int' calculate='/data/a * 2'/>"
        "<bind nodeset='/data/c' type='int' calculate='/data/b + 1'/>",
        "<a/><b/><c/>",
        "<input ref='/data/a'/><input ref='/data/b'/><input ref='/data/c'/>",
    )
    before = Interview(form)
    for path, value in {"/data/a": 2, "/data/b": 5, "/data/c": 9}.items():
        before.answer(path, value)

    for answers in (before.all_kept(), dict(reversed(before.all_kept().items()))):
        assert Interview(form, answers).to_answers() == before.to_answers()


def begun_with() -> Form:
    """A question that has an answer before it is asked."""
    return small_form(
        "<bind nodeset='/data/a' type='int'/>",
        "<a>7</a><b/><c/>",
        "<input ref='/data/a'/><input ref='/data/b'/><input ref='/data/c'/>",
    )


def test_an_answer_that_was_there_from_the_beginning_and_was_taken_away_does_not_come_back() -> (
    None
):
    before = Interview(begun_with())
    before.answer("/data/b", "x")
    before.answer("/data/a", None)
    assert before.taken_away() == ["/data/a"]

    cut_off = Interview(begun_with(), before.all_kept())
    finished = Interview(begun_with(), before.to_answers(), whole=True)

    assert cut_off.to_answers() == finished.to_answers() == {"/data/b": "x"}


def test_answers_that_may_not_be_all_leave_what_the_form_begins_with() -> None:
    assert Interview(begun_with(), {"/data/b": "x"}).to_answers() == {
        "/data/a": "7",
        "/data/b": "x",
    }


def test_neither_does_what_was_ticked_or_hidden_from_the_beginning_come_back_after_a_crash() -> (
    None
):
    form = small_form(
        "<bind nodeset='/data/hidden' type='string'/>",
        "<a/><hidden>1</hidden><tick>OK</tick>",
        "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/hidden' value=\"''\"/>"
        "</input><trigger ref='/data/tick'/>",
    )
    before = Interview(form)
    before.answer("/data/a", "x")
    before.answer("/data/tick", None)

    assert Interview(form, before.all_kept()).to_answers() == {"/data/a": "x"}
    assert before.taken_away() == ["/data/hidden", "/data/tick"]


def test_what_the_form_says_itself_is_there_when_all_answers_are_opened_again() -> None:
    """A text that can only be read is none of the answers, and others may hang on it."""
    form = small_form(
        "<bind nodeset='/data/a' readonly='true()'/><bind nodeset='/data/b' relevant=\"/data/a = 'is'\"/>",
        "<a>is</a><b/>",
        "<input ref='/data/a'/><input ref='/data/b'/>",
    )

    assert Interview(form, {"/data/b": "x"}, whole=True).to_answers() == {"/data/b": "x"}


def test_what_is_of_no_concern_had_nothing_taken_away() -> None:
    """It begins with its answer when it is of concern again, wherever it stands in the form."""
    form = small_form(
        "<bind nodeset='/data/b' relevant=\"/data/a = 'yes'\"/>",
        "<b>5</b><a>yes</a>",
        "<input ref='/data/b'/><input ref='/data/a'/>",
    )
    without = Interview(form, {}, whole=True)
    assert without.to_answers() == {}

    without.answer("/data/a", "yes")

    assert without.to_answers() == {"/data/a": "yes", "/data/b": "5"}
    without.answer("/data/b", None)
    without.answer("/data/a", "no")
    assert without.taken_away() == []


def test_an_offered_answer_that_was_taken_away_stays_away_when_the_interview_goes_on() -> None:
    before = Interview(written_over())
    before.answer("/data/a", 2)
    before.answer("/data/b", None)

    after = Interview(written_over(), before.all_kept())

    assert after.state("/data/b").value == before.state("/data/b").value == ""


def test_an_offered_answer_that_nobody_wrote_over_follows_on_when_the_interview_goes_on() -> None:
    before = Interview(written_over())
    before.answer("/data/a", 2)
    after = Interview(written_over(), before.all_kept())
    assert after.worked_out() == ["/data/b"]

    after.answer("/data/a", 3)

    assert after.state("/data/b").value == "6"
    after.answer("/data/b", 7)
    assert after.worked_out() == []


def test_what_was_written_over_is_the_same_when_it_is_of_concern_again() -> None:
    interview = Interview(
        small_form(
            "<bind nodeset='/data/b' type='int' calculate='2 + 2' relevant=\"/data/a = 'yes'\"/>",
            "<a>yes</a><b/>",
            "<input ref='/data/a'/><input ref='/data/b'/>",
        )
    )
    interview.answer("/data/b", 5)

    interview.answer("/data/a", "no")
    interview.answer("/data/a", "yes")

    assert interview.state("/data/b").value == "5"
