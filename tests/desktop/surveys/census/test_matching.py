"""Columns and values of counts beside the questions and answers of a form."""

import pytest

from desktop.surveys.bundled import rating_xform
from desktop.surveys.census.matching import match
from desktop.surveys.form import load_form
from desktop.surveys.ratings.population import Population

FORM = load_form(rating_xform())
SEX, AGE = "/data/person/sex", "/data/person/age_group"


def population(question: str, *values: str) -> Population:
    return Population((question,), {("d1", (one,)): 10.0 + at for at, one in enumerate(values)})


@pytest.mark.parametrize(
    "values",
    [("female", "male"), ("Әйел", "Ер адам"), ("женщина", "МУЖЧИНА"), ("Female", "Male")],
)
def test_values_are_the_names_of_choices_or_their_labels_in_any_language(
    values: tuple[str, str],
) -> None:
    found = match(population("sex", *values), FORM)

    assert [found.groups[SEX](one) for one in ("female", "male")] == list(values)
    assert not found.unknown


def test_ages_are_known_by_their_numbers() -> None:
    found = match(population("age_group", "18–29", "30 - 44", "45-59", "60+"), FORM)

    said = [found.groups[AGE](one) for one in ("18_29", "30_44", "45_59", "60_plus")]
    assert said == ["18–29", "30 - 44", "45-59", "60+"]


def test_a_number_that_is_asked_falls_into_its_range() -> None:
    found = match(population("household", "1-2", "3–4", "5+"), FORM)

    find = found.groups["/data/person/household"]
    assert [find(one) for one in ("1", 2, "4", "17", "0", "many", None, ["1"])] == [
        "1-2", "1-2", "3–4", "5+", "", "", "", "",
    ]  # fmt: skip


def test_the_groups_that_a_wave_planned_fall_into_those_they_are_parts_of() -> None:
    """Answers leave as the groups of their wave: of three people «2-3»."""
    by_number = match(population("household", "1-3", "4+"), FORM).groups["/data/person/household"]
    assert [by_number(one) for one in ("1-3", "2-3", "5+", "3-5", "2+")] == ["1-3", "1-3", "4+", "", ""]  # fmt: skip

    by_choice = match(population("age_group", "18_29 30_44", "45_59 60_plus"), FORM).groups[AGE]
    several = ("18_29 30_44", "60_plus 45_59", "30_44 45_59", "18_29 x", "x y")
    assert [by_choice(one) for one in several] == ["18_29 30_44", "45_59 60_plus", "", "", ""]


def test_several_answers_may_be_one_group() -> None:
    found = match(population("age_group", "18_29 30_44", "45_59 60_plus"), FORM)

    assert found.groups[AGE]("30_44") == "18_29 30_44"


def test_people_who_cannot_answer_are_left_out_of_the_counts() -> None:
    found = match(population("age_group", "0-17", "18-29", "30-44", "45-59", "60+"), FORM)

    assert found.unknown == ("0-17",)
    assert found.population.size("d1") == 11 + 12 + 13 + 14


def test_what_the_form_does_not_ask_is_added_up() -> None:
    counts = {
        ("d1", ("female", "kk")): 5.0, ("d1", ("female", "ru")): 6.0, ("d1", ("male", "kk")): 7.0,
    }  # fmt: skip

    found = match(Population(("sex", "tongue"), counts), FORM)

    assert found.unasked == ("tongue",)
    assert found.population.counts == {("d1", ("female",)): 11, ("d1", ("male",)): 7}
    assert found.fits


def test_the_same_margin_from_two_tables_is_taken_once() -> None:
    counts = {
        ("d1", ("female", "")): 11.0, ("d1", ("male", "")): 9.0,
        ("d1", ("", "kk")): 12.0, ("d1", ("", "ru")): 8.0,
    }  # fmt: skip

    found = match(Population(("sex", "tongue"), counts), FORM).population

    assert found.margin("d1", 0) == {"female": 11, "male": 9}
    assert found.size("d1") == 20


def test_counts_of_the_whole_region_by_nothing_that_is_asked_fit_nothing() -> None:
    assert not match(Population(("tongue",), {("", ("kk",)): 5.0}), FORM).fits
