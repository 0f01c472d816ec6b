"""The forms that come with the program are written as we ask others to write theirs."""

import pytest

from desktop.surveys.bundled import bundled_forms
from desktop.surveys.form import ASKED, SHOWN, Form, load_form
from desktop.surveys.interview import Interview
from sync.language import LANGUAGES
from sync.political import naming
from sync.records.survey import NAMED
from sync.vocabulary import choices

FORMS = bundled_forms()
SURVEYS = [one for one in FORMS if one.use != NAMED]
NUMBERS = ("integer", "decimal")


def keys(forms):
    return {"argvalues": forms, "ids": lambda one: one.key}


def asked(form: Form):
    return [one for one in form.nodes.values() if one.kind in (*ASKED, "acknowledge")]


def offered(form: Form, path: str) -> list[str]:
    return [one.value for one in Interview(form).state(path).choices]


def plain(parts) -> str:
    return "".join(part for part in parts if isinstance(part, str))


@pytest.mark.parametrize("bundled", **keys(FORMS))
def test_every_word_is_there_in_each_language(bundled):
    form = load_form(bundled.xform())

    assert form.languages == tuple(LANGUAGES)
    assert set(bundled.names) == set(LANGUAGES)
    for text in form.texts.values():
        assert text.parts.keys() == set(LANGUAGES)
    for node in form.nodes.values():
        if node.kind in SHOWN:
            assert node.label.parts, node.path


@pytest.mark.parametrize("bundled", **keys(FORMS))
def test_what_is_needed_or_forbidden_is_said_in_the_forms_own_words(bundled):
    for node in asked(load_form(bundled.xform())):
        assert bool(node.required) == bool(node.required_message.parts), node.path
        assert bool(node.constraint) == bool(node.constraint_message.parts), node.path
        assert node.kind not in (*NUMBERS, "text") or node.constraint, node.path


@pytest.mark.parametrize("bundled", **keys(FORMS))
def test_its_purpose_and_use_are_words_that_people_know(bundled):
    assert bundled.purpose in {one.key for one in choices("form_purpose")}
    assert bundled.use in {one.key for one in choices("form_use")}


@pytest.mark.parametrize("bundled", **keys(SURVEYS))
def test_a_survey_asks_for_consent_before_anything_else(bundled):
    first = asked(load_form(bundled.xform()))[0]

    assert (first.name, first.kind) == ("consent", "acknowledge")
    assert first.required


@pytest.mark.parametrize("bundled", **keys(SURVEYS))
def test_a_survey_asks_for_no_name_phone_number_or_point(bundled):
    for node in asked(load_form(bundled.xform())):
        assert node.kind not in ("geopoint", "geotrace", "geoshape", "image", "file"), node.path
        assert node.kind != "text" or not any(map(naming, map(plain, node.label.parts.values())))


@pytest.mark.parametrize("bundled", **keys(SURVEYS))
def test_a_survey_asks_for_the_sex_and_age_by_which_cells_are_counted(bundled):
    form = load_form(bundled.xform())

    for group in ("sex", "age_group"):
        known = [one.key for one in choices(group)]
        assert offered(form, f"/data/person/{group}") == known


@pytest.mark.parametrize("bundled", **keys(SURVEYS))
def test_not_to_know_and_not_to_answer_are_answers_of_their_own(bundled):
    form = load_form(bundled.xform())
    about = ("/data/person/sex", "/data/person/age_group", "/data/object")  # by these is counted

    for node in asked(form):
        if node.choices and node.path not in about:
            found = set(_all_choices(form, node))
            assert "refused" in found, node.path
            assert found & {"dk", "no"}, node.path


def _all_choices(form, node):
    """Also of what is of no concern yet."""
    name = node.choices.nodes.text.split("'")[1]
    return [item.children[1].text for item in form.instances[name].children[0].children]


def test_only_a_named_form_asks_who_answers_and_says_what_is_nobodys():
    [named] = [load_form(one.xform()) for one in FORMS if one.use == NAMED]

    personal = {one.name for one in asked(named) if one.personal}
    assert personal == {"name", "phone", "address", "relation", "sex", "age", "occupation"}


def test_who_does_not_consent_is_asked_for_no_data_about_anybody():
    [named] = [load_form(one.xform()) for one in FORMS if one.use == NAMED]
    interview = Interview(named)
    interview.answer("/data/keep_data", "no")
    interview.answer("/data/size", "3")
    interview.answer("/data/problem_count", "2")

    shown = [one.path for one in interview.nodes() if one.shown and one.kind in ASKED]
    assert "/data/problem[2]/essence" in shown
    assert not [path for path in shown if named.nodes[_plain(path)].personal]


def _plain(path: str) -> str:
    return path.replace("[1]", "").replace("[2]", "")


def test_a_household_is_asked_about_each_of_its_people():
    [named] = [load_form(one.xform()) for one in FORMS if one.use == NAMED]
    interview = Interview(named)
    interview.answer("/data/keep_data", "yes")
    interview.answer("/data/size", "3")
    for number, age in enumerate((41, 15, 7), 1):
        interview.answer(f"/data/member[{number}]/age", age)

    assert interview.state("/data/children").value == "2"
    assert interview.state("/data/member[1]/occupation").relevant
    assert not interview.state("/data/member[2]/occupation").relevant
