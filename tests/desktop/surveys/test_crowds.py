"""An answer leaves with five of its like, and says no more than they have in common."""

from collections import Counter
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.crowds import (
    GROUPS,
    OTHERS,
    PLACE,
    crowds,
    levels_of,
    what_neighbours_know,
)
from sync.answers import FEWEST, Answer
from sync.quotas import NO_DESIGN, holds, read

WAVE, FORM = UUID(int=1), UUID(int=2)
OKRUGS = ("615647000", "615633000")
DISTRICTS = ("615600000", "611000000", "612000000")  # of the last two no okrug is said
AGES = ("18_29", "30_44", "45_59", "60_plus")
AGE, SEX, SCHOOL = "/data/person/age", "/data/person/sex", "/data/education"
CELLS = (f"{SEX}=female", f"{SEX}=male", f"{AGE}=18-29", f"{AGE}=30-44", f"{AGE}=60+")
PLANNED = read({"groups": [*CELLS, f"{SCHOOL}=school", f"{SCHOOL}=college university"]})


def person(okrug=OKRUGS[0], sex="female", age="18_29", household=4, district="615600000", **more):
    values = {
        "/data/okrug": okrug,
        "/data/person/sex": sex,
        "/data/person/age_group": age,
        "/data/person/household": str(household),
        "/data/marks/honest": "4",
        **more,
    }
    day = date(2026, 11, 1)
    return Answer(
        wave=WAVE, form=FORM, district=district, okrug=okrug, on=day, values=values, id=uuid4()
    )


def leave(waiting, *, ended=False, seed=0, design=NO_DESIGN):
    return crowds(waiting, ended=ended, chance=Random(seed), design=design)


def somebody(district, okrug, *more):
    return person(okrug if district == DISTRICTS[0] else "", *more, district=district)


PEOPLE = st.lists(
    st.builds(
        somebody,
        st.sampled_from((*DISTRICTS[:1] * 3, *DISTRICTS[1:])),
        st.sampled_from(OKRUGS),
        st.sampled_from(("female", "male")),
        st.sampled_from(AGES),
        st.integers(1, 3),
    ),
    max_size=60,
)


@given(PEOPLE, st.booleans(), st.integers(0, 9))
def test_nobody_leaves_but_among_five_who_cannot_be_told_apart(waiting, ended, seed):
    for crowd in leave(waiting, ended=ended, seed=seed):
        assert len(crowd) >= FEWEST
        [_] = {(one.district, repr(what_neighbours_know(one))) for one in crowd}


@given(PEOPLE, st.integers(0, 9))
def test_what_an_answer_says_of_its_crowd_was_true_of_each_of_them(waiting, seed):
    before = {one.id: what_neighbours_know(one) for one in waiting}
    for crowd in leave(waiting, ended=True, seed=seed):
        for one in crowd:
            for name, said in what_neighbours_know(one).items():
                assert said in ("", before[one.id][name])


@given(PEOPLE, st.booleans())
def test_everybody_leaves_at_the_end_once_and_marks_are_left_alone(waiting, ended):
    gone = [one for crowd in leave(waiting, ended=ended) for one in crowd]

    assert len({one.id for one in gone}) == len(gone)
    assert all(one.values["/data/marks/honest"] == "4" for one in gone)
    if ended:
        of = Counter(one.district for one in waiting)
        assert len(gone) == sum(many for many in of.values() if many >= FEWEST)


@given(PEOPLE)
def test_while_the_wave_runs_nothing_of_a_cell_is_given_up_and_five_of_it_stay(waiting):
    cells = Counter(cell(one) for one in waiting)
    gone = Counter(cell(one) for crowd in leave(waiting) for one in crowd)

    for each, many in cells.items():
        assert gone[each] == (many - FEWEST if many >= 2 * FEWEST else 0)


def cell(answer):
    known = what_neighbours_know(answer)
    return answer.district, *(known[name] for name in (PLACE, *GROUPS))


def test_two_districts_make_no_crowd_together_also_where_no_okrug_is_said():
    """What an answer gives up last is its okrug; its district it says always."""
    four = [person(okrug="", district=DISTRICTS[1]) for _ in range(FEWEST - 1)]
    alone = person(okrug="", district=DISTRICTS[2])

    assert leave([*four, alone], ended=True) == []
    [crowd] = leave([*four, alone, person(okrug="", district=DISTRICTS[1])], ended=True)
    assert {one.district for one in crowd} == {DISTRICTS[1]}


def test_how_many_live_in_the_house_leaves_only_where_five_have_it():
    alike = [person(household=4) for _ in range(FEWEST)]
    others = [person(household=number) for number in range(5, 5 + FEWEST)]

    said = [
        {one.values.get("/data/person/household") for one in crowd}
        for crowd in leave([*alike, *others], ended=True)
    ]

    assert sorted(map(str, said)) == ["{'4'}", "{None}"]


def test_few_of_a_cell_give_up_their_age_first_then_their_sex_then_their_place():
    women = [person(age="18_29") for _ in range(2)] + [person(age="60_plus") for _ in range(3)]
    men = [person(sex="male") for _ in range(4)]
    far = [person(okrug=OKRUGS[1])]

    [crowd] = leave(women, ended=True)
    assert {shape(one) for one in crowd} == {(OKRUGS[0], "female", "")}

    [crowd] = leave(women[:2] + men, ended=True)
    assert {shape(one) for one in crowd} == {(OKRUGS[0], "", "")}

    [crowd] = leave(men + far, ended=True)
    assert {shape(one) for one in crowd} == {("", "", "")}
    assert not any("/data/okrug" in one.values for one in crowd)


def test_who_is_left_over_joins_the_crowd_that_gives_up_least_for_it():
    waiting = (
        [person(age="18_29") for _ in range(6)]
        + [person(sex="male") for _ in range(5)]
        + [person(age="60_plus") for _ in range(2)]
    )

    shapes = Counter(shape(one) for crowd in leave(waiting, ended=True) for one in crowd)

    assert shapes == {(OKRUGS[0], "female", ""): 8, (OKRUGS[0], "male", "18_29"): 5}


def shape(answer):
    known = what_neighbours_know(answer)
    return tuple(known[name] for name in (PLACE, *GROUPS))


@pytest.mark.parametrize(
    "path",
    [
        "/data/person/school",
        "/data/age",
        "/data/household_size",
        "/data/roster[1]/sex",
        "/data/person/more/sex",
        "/data/Age",
    ],
)
def test_what_neighbours_know_besides_is_known_by_its_name_or_its_group(path):
    assert path in what_neighbours_know(person(**{path: "7"}))[OTHERS]


def test_a_mark_of_the_akim_is_nothing_that_neighbours_know():
    assert "honest" not in repr(what_neighbours_know(person()))


def test_the_order_in_which_they_were_asked_is_not_that_in_which_they_leave():
    waiting = [person() for _ in range(40)]

    orders = {
        tuple(waiting.index(one) for one in leave(waiting, seed=seed)[0]) for seed in range(5)
    }

    assert len(orders) == 5


@pytest.mark.parametrize("ended", [True, False])
def test_a_handful_on_a_laptop_stays_there(ended):
    assert leave([person() for _ in range(FEWEST - 1)], ended=ended) == []


def aged(age, sex="female", school="college", **more):
    said = {AGE: str(age), SCHOOL: school}
    values = {path: one for path, one in said.items() if one}
    return person(sex=sex, **more | values | {"age": "18_29"})


OF_ALL_AGES = st.lists(
    st.builds(
        aged,
        st.one_of(st.integers(16, 70), st.sampled_from(("", "refused"))),
        st.sampled_from(("female", "male", "refused")),
        st.sampled_from(("school", "college", "university", "")),
        household=st.integers(1, 2),
    ),
    max_size=60,
)


@given(OF_ALL_AGES, st.booleans(), st.integers(0, 9))
def test_what_a_waves_cells_are_made_of_leaves_as_their_groups_and_never_finer(
    waiting, ended, seed
):
    before = {one.id: one.values for one in waiting}
    for crowd in leave(waiting, ended=ended, seed=seed, design=PLANNED):
        assert len(crowd) >= FEWEST
        [_] = {repr(what_neighbours_know(one, PLANNED)) for one in crowd}
        for one in crowd:
            for path, groups in PLANNED.groups.items():
                if path in one.values:
                    assert one.values[path] in groups
                    assert holds(one.values[path], before[one.id][path])


@given(OF_ALL_AGES)
def test_while_such_a_wave_runs_each_answer_that_leaves_is_in_the_cell_it_was_asked_for(waiting):
    def cell(one):
        return [PLANNED.group_of(path, one.values.get(path)) for path in PLANNED.groups]

    before = {one.id: cell(one) for one in waiting}
    gone = [one for crowd in leave(waiting, design=PLANNED) for one in crowd]

    assert [cell(one) for one in gone] == [before[one.id] for one in gone]


def test_an_age_asked_as_a_number_leaves_as_its_group_where_five_are_in_it():
    women = [aged(age) for age in (18, 21, 22, 25, 29)]
    [crowd] = leave(women, ended=True, design=PLANNED)
    assert [one.values[AGE] for one in crowd] == ["18-29"] * 5

    same = [aged(25) for _ in range(FEWEST)]
    [crowd] = leave(same, ended=True, design=PLANNED)
    assert {one.values[AGE] for one in crowd} == {
        "18-29"
    }  # never finer, though five have the number

    [crowd] = leave(women, ended=True)  # nobody planned: nothing says how it could be told
    assert not any(AGE in one.values for one in crowd)


def test_what_is_in_no_group_is_not_said():
    [crowd] = leave([aged(50, "refused", "") for _ in range(FEWEST)], ended=True, design=PLANNED)

    assert all(one.values.keys().isdisjoint((AGE, SEX, SCHOOL)) for one in crowd)


def test_few_of_a_cell_give_up_other_groups_first_then_age_and_sex_last():
    assert levels_of(PLANNED)[1] == (PLACE, SEX, AGE, SCHOOL, "age_group")

    apart = [aged(age, school=school) for age in (18, 35) for school in ("school", "college", "")]
    [crowd] = leave(apart, ended=True, design=PLANNED)
    [kept] = {tuple(one.values.get(path) for path in (SEX, AGE, SCHOOL)) for one in crowd}
    assert kept == ("female", None, None)


def test_a_question_of_the_same_name_that_is_not_planned_is_what_neighbours_know_besides():
    known = what_neighbours_know(person(**{"/data/sex": "male"}), PLANNED)

    assert known[SEX] == "female"
    assert known[OTHERS].startswith("/data/sex=male\n")
