"""Interviews by the form that comes with the program, and by small forms made for one point."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.surveys.bundled import bundled_forms, rating_xform
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from sync.errors import UserError
from tests.desktop.surveys.small import small_form

MARKS = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")
RATING = load_form(rating_xform())


def fill(interview: Interview) -> None:
    """A whole interview of the rating form, without mistakes."""
    answers = {
        "consent": True,
        "person/sex": "female",
        "person/age_group": "30_44",
        "person/household": 5,
        "awareness": "well",
        **{f"marks/{name}": value for name, value in zip(MARKS, "54d33", strict=True)},
        "marks/answers_appeals": "dk",
        "problems": ["gas", "roads"],
    }
    for path, value in answers.items():
        interview.answer(f"/data/{path}", value)


def test_a_filled_interview_is_complete_and_scores_the_marks_that_were_given() -> None:
    interview = Interview(RATING)

    fill(interview)

    assert interview.complete()
    assert interview.missing() == []
    assert interview.state("/data/score").value == "3.75"
    assert interview.to_answers()["/data/problems"] == "gas roads"


def test_an_empty_interview_says_what_is_missing_in_order() -> None:
    interview = Interview(RATING)

    assert interview.missing()[:2] == ["/data/consent", "/data/person/sex"]
    assert not any(path.startswith("/data/marks") for path in interview.missing())
    assert not interview.complete()


def test_what_is_not_relevant_is_kept_on_screen_and_not_sent() -> None:
    interview = Interview(RATING)
    fill(interview)

    interview.answer("/data/awareness", "no")

    assert not interview.state("/data/marks/honest").relevant
    assert interview.state("/data/marks/honest").value == ""
    assert "/data/marks/honest" not in interview.to_answers()
    assert interview.kept("/data/marks/honest") == "3"
    interview.answer("/data/awareness", "little")
    assert interview.state("/data/marks/honest").value == "3"


@pytest.mark.parametrize(
    ("typed", "valid"), [("30", True), ("31", False), ("0", False), ("x", False), ("4.5", False)]
)
def test_a_constraint_is_told_in_the_words_of_the_form(typed: str, valid: bool) -> None:
    interview = Interview(RATING, language="ru")

    interview.answer("/data/person/household", typed)
    state = interview.state("/data/person/household")

    assert state.valid is valid
    assert (state.message is None) is valid
    if typed == "31":
        assert str(state.message) == "Должно быть число от 1 до 30."


def test_other_asks_for_its_text() -> None:
    interview = Interview(RATING)
    fill(interview)

    interview.answer("/data/problems", ["gas", "other"])

    assert interview.missing() == ["/data/problem_other"]


def test_no_problems_does_not_go_with_a_problem() -> None:
    interview = Interview(RATING)

    interview.answer("/data/problems", ["none", "gas"])

    assert not interview.state("/data/problems").valid


def test_an_interview_goes_on_where_it_stopped() -> None:
    first = Interview(RATING)
    fill(first)

    second = Interview(RATING, first.to_answers())

    assert second.to_answers() == first.to_answers()
    assert second.complete()


def test_answers_of_another_version_are_kept_aside() -> None:
    interview = Interview(RATING, {"/data/gone": "1", "/data/awareness": "no"})

    assert interview.unknown == {"/data/gone": "1"}
    assert interview.state("/data/awareness").value == "no"


def test_the_language_is_switched_in_the_middle() -> None:
    interview = Interview(RATING, language="kk")
    kazakh = interview.state("/data/person/sex")

    interview.speak("ru")
    russian = interview.state("/data/person/sex")

    assert (kazakh.label, russian.label) == ("Жынысы", "Пол")
    assert [one.label for one in russian.choices] == ["Женщина", "Мужчина"]


def test_labels_quote_answers() -> None:
    interview = Interview(RATING, language="en")

    interview.answer("/data/post", "Akim of the district")

    assert interview.state("/data/intro").label.endswith("Akim of the district")


def test_every_text_of_a_bundled_form_exists_in_every_language() -> None:
    for bundled in bundled_forms():
        form = load_form(bundled.xform())
        texts = [text for node in form.nodes.values() for text in (node.label, node.hint)]

        assert set(form.languages) == {"kk", "ru", "en"}
        assert all(set(text.parts) in (set(), {"kk", "ru", "en"}) for text in texts)
        assert form.usable
        assert form.messages == ()


@pytest.mark.parametrize("path", ["/data/nothing", "/data/score", "/data/intro", "/data/person"])
def test_only_what_is_asked_can_be_answered(path: str) -> None:
    with pytest.raises(UserError):
        Interview(RATING).answer(path, "1")


def test_only_dependents_are_worked_out_again() -> None:
    many = 300
    form = small_form(
        "".join(f"<bind nodeset='/data/c{i}' calculate='/data/q{i} + 1'/>" for i in range(many)),
        "".join(f"<q{i}/><c{i}/>" for i in range(many)),
        "".join(f"<input ref='/data/q{i}'/>" for i in range(many)),
    )
    interview = Interview(form)

    changed = interview._sheet.update([interview._sheet.cells.at["/data/q7"]])
    interview.answer("/data/q7", 4)

    assert changed == set()
    assert form.dependents["/data/q7"].keys() == {"/data/c7"}
    assert interview.state("/data/c7").value == "5"


def test_a_choice_filter_looks_at_another_answer() -> None:
    form = small_form(
        "",
        "<district/><village/>",
        "<select1 ref='/data/district'><item><label>S</label><value>s</value></item>"
        "<item><label>A</label><value>a</value></item></select1>"
        "<select1 ref='/data/village'><itemset nodeset=\"instance('v')/root/item[in=/data/district]\">"
        "<value ref='name'/><label ref='label'/></itemset></select1>",
        "<instance id='v'><root><item><name>1</name><label>One</label><in>s</in></item>"
        "<item><name>2</name><label>Two</label><in>a</in></item></root></instance>",
    )
    interview = Interview(form)
    interview.answer("/data/district", "s")
    interview.answer("/data/village", "1")
    offered = [(one.value, one.label) for one in interview.state("/data/village").choices]

    interview.answer("/data/district", "a")

    assert offered == [("1", "One")]
    assert [one.value for one in interview.state("/data/village").choices] == ["2"]
    assert not interview.state("/data/village").valid


def test_a_calculation_made_once_stays() -> None:
    form = small_form(
        "<bind nodeset='/data/c' calculate='once(/data/q)'/>", "<q/><c/>", "<input ref='/data/q'/>"
    )
    interview = Interview(form)

    for value in ("1", "2"):
        interview.answer("/data/q", value)

    assert interview.state("/data/c").value == "1"


def test_a_calculation_that_looks_at_itself_waits_for_nobody() -> None:
    form = small_form(
        "<bind nodeset='/data/c' calculate=\"if(. = '', /data/q, .)\"/>",
        "<q/><c/>",
        "<input ref='/data/q'/>",
    )

    assert form.usable
    assert "/data/c" not in form.dependents


def test_calculations_in_a_ring_come_to_an_end() -> None:
    form = small_form(
        "<bind nodeset='/data/a' calculate='coalesce(/data/b, 0) + 1'/>"
        "<bind nodeset='/data/b' calculate='coalesce(/data/a, 0) + 1'/>",
        "<a/><b/>",
    )

    assert not form.usable
    assert int(Interview(form).state("/data/a").value) < 9


CHAIN = (
    "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/b' value='/data/b + 1'/></input>"
    "<input ref='/data/b'><setvalue event='xforms-value-changed' ref='/data/a' value='/data/a + 1'/></input>"
)


def test_an_answer_that_sets_another_does_so_once() -> None:
    interview = Interview(small_form("", "<a>0</a><b>0</b>", CHAIN))

    interview.answer("/data/a", 5)
    assert (interview.kept("/data/a"), interview.kept("/data/b")) == ("6", "1")
    interview.answer("/data/a", 6)  # as it is

    assert interview.kept("/data/b") == "1"


def test_what_is_no_number_is_kept_as_nothing() -> None:
    form = small_form("<bind nodeset='/data/c' calculate='/data/q + 1'/>", "<q/><c/>")

    assert Interview(form).state("/data/c").value == ""


def test_answers_from_a_file_set_others_too_but_not_those_that_are_told() -> None:
    form = small_form("", "<a/><b/><c/>", CHAIN.replace("/data/b + 1", "concat(1, 2)"))
    interview = Interview(form)

    interview.take({"/data/a": "1"}, told=True)
    assert interview.kept("/data/b") == "12"
    interview.take({"/data/a": "2", "/data/b": "own"}, told=True)

    assert interview.kept("/data/b") == "own"


def test_a_default_is_worked_out_once_and_not_when_the_interview_goes_on() -> None:
    form = small_form(
        "<setvalue event='odk-instance-first-load' ref='/data/d' value='today()'/>",
        "<d/>",
        "<input ref='/data/d'/>",
    )

    assert Interview(form, today=date(2025, 3, 1)).state("/data/d").value == "2025-03-01"
    assert Interview(form, {}, today=date(2025, 3, 1)).state("/data/d").value == ""


def test_a_fault_of_the_form_is_told_at_its_question() -> None:
    form = small_form(
        "<bind nodeset='/data/q' constraint=\"regex(., /data/p)\"/>",
        "<p>(</p><q/>",
        "<input ref='/data/q'/>",
    )
    interview = Interview(form)

    interview.answer("/data/q", "x")

    assert not interview.state("/data/q").valid
    assert "regular expression" in interview.state("/data/q").message.words("en")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (("<bind nodeset='/data/q' calculate=\"pulldata('a')\"/>", "<q/>"), "pulldata"),
        (
            (
                "<bind nodeset='/data/q' relevant='/data/r'/><bind nodeset='/data/r' relevant='/data/q'/>",
                "<q/><r/>",
            ),
            "q",
        ),
        (("", "<q/>", "<input ref='/data/q' appearance=\"search(/data/q)\"/>"), "search()"),
        (("", "<q/>", "<dial ref='/data/q'/>"), "dial"),
        (("<setvalue event='xforms-focus' ref='/data/q'/>", "<q/>"), "xforms-focus"),
        (
            ("", "<q/>", "", "<instance id='towns' src='jr://file-csv/t.csv'><root/></instance>"),
            "towns",
        ),
    ],
)
def test_what_is_not_supported_is_said_by_name(part: tuple[str, ...], name: str) -> None:
    form = small_form(*part)

    assert not form.usable
    assert any(name in message.text.words("en") for message in form.messages)


def test_data_about_the_interviewer_is_not_filled_in_and_this_is_said() -> None:
    form = small_form(
        "<bind nodeset='/data/start' jr:preload='timestamp' jr:preloadParams='start'/>", "<start/>"
    )

    assert form.usable
    assert "anonymous" in form.messages[0].text.words("en")
    assert Interview(form).to_answers() == {}


@pytest.mark.parametrize(
    "xml", ["", "<a/>", "<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "\0"]
)
def test_what_is_no_form_is_refused(xml: str) -> None:
    with pytest.raises(UserError):
        load_form(xml)


def test_a_form_of_too_many_questions_is_refused() -> None:
    assert len(small_form("", "<q/>" * 1_990).nodes) < 2_000

    with pytest.raises(UserError) as caught:
        small_form("", "<q/>" * 2_001)

    assert "more than 2000 questions" in caught.value.words("en")


ASKED = [
    path
    for path, node in RATING.nodes.items()
    if node.kind not in ("group", "note", "calculate", "meta")
]
VALUES = st.one_of(
    st.sampled_from(
        ["well", "little", "no", "1", "5", "dk", "gas", "other none", "female", "", "4"]
    ),
    st.integers(-3, 40),
    st.text(max_size=8),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(ASKED), VALUES), max_size=25))
def test_step_by_step_and_all_at_once_agree(steps: list[tuple[str, object]]) -> None:
    step_by_step = Interview(RATING)
    for path, value in steps:
        step_by_step.answer(path, value)

    at_once = Interview(RATING, {path: step_by_step.kept(path) for path in RATING.nodes})

    assert [(one.path, one.value, one.relevant, one.valid) for one in step_by_step.nodes()] == [
        (one.path, one.value, one.relevant, one.valid) for one in at_once.nodes()
    ]
    assert step_by_step.to_answers() == at_once.to_answers()


@pytest.mark.parametrize(
    ("expression", "kept"),
    [("7 div 2", "3"), ("-7 div 2", "-3"), ("'2.9'", "2"), ("1 div 0", "Infinity"), ("''", "")],
)
def test_what_is_worked_out_for_a_whole_number_is_cut_off(expression: str, kept: str) -> None:
    bind = f"<bind nodeset='/data/a' type='int' calculate=\"{expression}\"/>"

    assert Interview(small_form(bind, "<a/>")).state("/data/a").value == kept
