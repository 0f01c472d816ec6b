"""The cells of a wave: which answer falls where, what is planned there, and how designs merge."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.change import Change
from sync.counts import Said
from sync.merge import Standing, merge
from sync.places import load_pack
from sync.quotas import ANY, MOST, Cell, group_line, holds, problems, quota_line, read
from tests.servers import SAIRAM, SOZAQ

PACK = load_pack()
OKRUGS = sorted(one.code for one in PACK.okrugs.values() if one.district == SOZAQ)
SEX, AGE = "/data/person/sex", "/data/person/age"
AGES = ("18-29", "30-44", "45-59", "60+")
CITY = "611000000"  # has no okrugs


def wave(**more):
    groups = [
        *(group_line(SEX, one) for one in ("female", "male")),
        *(group_line(AGE, one) for one in AGES),
    ]
    return {"cell_place": "okrug", "groups": groups, "districts": [SOZAQ], **more}


def said(sex="female", age="33", okrug=OKRUGS[0]):
    return Said(okrug=okrug, values={SEX: sex, AGE: age})


def words(fields):
    return {name: problem.words("en") for name, problem in problems(fields, PACK).items()}


@pytest.mark.parametrize(
    ("group", "answered", "falls"),
    [
        ("18-29", "18", True),
        ("18-29", "29", True),
        ("18-29", "30", False),
        ("18-29", 20, True),
        ("18-29", "18-29", True),  # the name of a choice
        ("60+", "60", True),
        ("60+", "107", True),
        ("60+", "59", False),
        ("school college", "college", True),
        ("school college", "coll", False),
        ("female", "male", False),
        ("60_plus", "60_plus", True),
        ("18-29", "", False),
        ("18-29", None, False),
        ("18-29", "20.5", False),
        ("18-29", "-20", False),
        ("18-29", "२०", False),  # digits of another script
        ("१८-२९", "20", False),
        ("18-29", ["18-29"], False),
        ("1", True, False),
    ],
)
def test_a_group_holds_names_of_choices_and_whole_numbers(group, answered, falls):
    assert holds(group, answered) is falls


def test_an_answer_falls_into_the_cell_of_its_okrug_and_of_its_groups_by_the_order_of_paths():
    design = read(wave())

    found = design.cell_of(OKRUGS[0], said().values, PACK)

    assert found == Cell(OKRUGS[0], ("30-44", "female"))
    assert found.key == f"{OKRUGS[0]}|30-44|female"


def test_an_answer_given_in_a_village_falls_into_the_cell_of_its_okrug():
    village = next(one for one in PACK.villages.values() if one.okrug == OKRUGS[3])

    assert read(wave()).cell_of(village.code, said().values, PACK).place == OKRUGS[3]


@pytest.mark.parametrize(
    ("okrug", "values"),
    [
        (OKRUGS[0], {SEX: "female"}),
        (OKRUGS[0], {SEX: "female", AGE: "17"}),
        (OKRUGS[0], {SEX: "other", AGE: "33"}),
        ("", {SEX: "female", AGE: "33"}),
        ("nowhere", {SEX: "female", AGE: "33"}),
        (SOZAQ, {SEX: "female", AGE: "33"}),  # in which of its okrugs is not known
    ],
)
def test_an_answer_that_is_in_no_group_or_no_place_falls_into_no_cell(okrug, values):
    assert read(wave()).cell_of(okrug, values, PACK) is None


def test_a_wave_of_some_okrugs_has_no_cells_elsewhere():
    design = read(wave(places=OKRUGS[:2]))

    assert {cell.place for cell in design.cells(SOZAQ, PACK)} == set(OKRUGS[:2])
    assert design.cell_of(OKRUGS[2], said().values, PACK) is None
    assert design.cell_of(OKRUGS[1], said().values, PACK) is not None


def test_a_wave_without_groups_and_places_has_no_cells():
    design = read({"groups": None, "quotas": None})

    assert not design
    assert design.cells(SOZAQ, PACK) == []
    assert design.cell_of(OKRUGS[0], {}, PACK) is None


def test_a_city_without_okrugs_is_a_place_of_its_own():
    design = read(wave())

    assert {cell.place for cell in design.cells(CITY, PACK)} == {CITY}
    assert design.cell_of(CITY, said().values, PACK).place == CITY


def test_the_most_exact_line_says_how_many_are_planned():
    lines = ["*|*|*=5", f"{SOZAQ}|*|*=6", "*|60+|*=7", f"{OKRUGS[0]}|*|female=3"]
    design = read(wave(quotas=lines))

    planned = {
        (place, age, sex): design.planned(Cell(place, (age, sex)), PACK)
        for place, age, sex in [
            (OKRUGS[0], "60+", "female"),
            (OKRUGS[0], "60+", "male"),
            (OKRUGS[1], "60+", "male"),
        ]
    }

    assert list(planned.values()) == [3, 6, 6]
    sairam = next(one.code for one in PACK.okrugs.values() if one.district == SAIRAM)
    assert design.planned(Cell(sairam, ("60+", "male")), PACK) == 7
    assert design.planned(Cell(sairam, ("18-29", "male")), PACK) == 5
    assert read(wave()).planned(Cell(sairam, ("18-29", "male")), PACK) is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"groups": ["sex=female"]}, "groups"),
        ({"groups": ["/data/sex"]}, "groups"),
        ({"groups": ["/data/rep[1]/sex=female"]}, "groups"),
        ({"groups": [group_line(AGE, "18-29"), group_line(AGE, "25-40")]}, "groups"),
        ({"groups": [group_line(AGE, "60+"), group_line(AGE, "70-79")]}, "groups"),
        ({"groups": [group_line(SEX, "a b"), group_line(SEX, "b c")]}, "groups"),
        ({"groups": [group_line(AGE, "18-29"), group_line(AGE, "20")]}, "groups"),
        ({"groups": wave()["groups"], "quotas": ["*|*=5"]}, "quotas"),
        ({"groups": wave()["groups"], "quotas": ["*|17-|female=5"]}, "quotas"),
        ({"groups": wave()["groups"], "quotas": ["*|*|*=many"]}, "quotas"),
        ({"groups": wave()["groups"], "quotas": ["*|*|*=5", "*|*|*=6"]}, "quotas"),
    ],
    ids=str,
)
def test_a_design_that_makes_no_sense_is_told_at_its_field(fields, says):
    found = words(fields)

    assert list(found) == [says]
    assert "{" not in found[says]


def test_a_sound_design_has_nothing_to_tell():
    assert words(wave(quotas=["*|*|*=5", f"{OKRUGS[0]}|60+|*=2"])) == {}


def test_more_cells_than_a_team_can_fill_are_refused_and_none_are_listed():
    fields = wave()
    fields["groups"] += [group_line("/data/house", str(one)) for one in range(9)]
    design = read(fields)

    assert "cells" in words(fields)["groups"]
    assert design.count(SOZAQ, PACK) > MOST
    assert design.cells(SOZAQ, PACK) == []


JUNK = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from([*AGES, ANY, "|", "=", "/a", "5", OKRUGS[0]]), max_size=6).map(
        "".join
    ),
)


@given(groups=st.lists(JUNK, max_size=8), quotas=st.lists(JUNK, max_size=8), said=JUNK)
def test_no_line_whatever_it_holds_breaks_the_reading(groups, quotas, said):
    fields = {"cell_place": "okrug", "groups": groups, "quotas": quotas, "districts": [SOZAQ]}
    design = read(fields)

    problems(fields, PACK)
    for cell in design.cells(SOZAQ, PACK):
        design.planned(cell, PACK)
    design.cell_of(said, dict.fromkeys(design.groups, said), PACK)


DESIGNS = st.builds(
    lambda by, ages, sexes, places: wave(
        cell_place=by,
        groups=[*(group_line(AGE, one) for one in ages), *(group_line(SEX, one) for one in sexes)],
        places=places,
    ),
    st.sampled_from(["okrug", "district", None]),
    st.lists(st.sampled_from(AGES), unique=True),
    st.lists(st.sampled_from(["female", "male"]), unique=True),
    st.lists(st.sampled_from(OKRUGS), max_size=3, unique=True),
)
SAID = st.builds(
    said,
    st.sampled_from(["female", "male", "", "other"]),
    st.integers(0, 120).map(str),
    st.sampled_from([*OKRUGS, SOZAQ, ""]),
)


@given(DESIGNS, st.lists(SAID, max_size=30))
def test_each_answer_is_in_one_cell_of_the_district_or_in_none(fields, answers):
    design = read(fields)
    keys = [cell.key for cell in design.cells(SOZAQ, PACK)]
    found = [design.cell_of(one.okrug, one.values, PACK) for one in answers]

    assert len(keys) == len(set(keys))
    assert {cell.key for cell in found if cell} <= set(keys)


LINES = st.lists(
    st.builds(
        lambda place, age, n: quota_line(place, (age, ANY), n),
        st.sampled_from([ANY, *OKRUGS[:3]]),
        st.sampled_from(AGES),
        st.integers(0, 9),
    ),
    max_size=6,
    unique_by=lambda line: line.partition("=")[0],
)


@given(LINES, LINES, LINES)
def test_two_peoples_edits_of_different_cells_both_stand_after_a_merge(was, mine, theirs):
    standing = Standing(
        kind="wave",
        record=uuid4(),
        district="region",
        revision=1,
        fields={"quotas": was, "conflicts": {}},
        touched={"quotas": (1, "eset")},
    )

    def edit(lines, by):
        changed = {"quotas": lines}
        return Change(
            kind="wave",
            record=standing.record,
            district="region",
            fields=changed,
            base=1,
            by=by,
            was={"quotas": was},
        )

    first = merge(standing, edit(mine, "saule"), 2).standing
    merged = merge(first, edit(theirs, "gulnar"), 3).standing

    stands, at_first = numbers(merged.fields["quotas"]), numbers(was)
    for cell in numbers(mine).keys() | numbers(theirs).keys():
        one, other, before = (
            each.get(cell) for each in (numbers(mine), numbers(theirs), at_first)
        )
        if one != before and other == before:
            assert stands.get(cell) == one
        elif other != before and one == before:
            assert stands.get(cell) == other
    assert merged.fields["conflicts"] == {}


def numbers(lines):
    return read(wave(quotas=lines)).quotas


def test_of_two_numbers_that_two_people_gave_a_cell_the_larger_one_counts_until_it_is_said():
    for lines in (["*|60+|*=4", "*|60+|*=6"], ["*|60+|*=6", "*|60+|*=4"]):
        both = wave(quotas=lines)
        assert read(both).planned(Cell(OKRUGS[0], ("60+", "male")), PACK) == 6
        assert "same cell" in words(both)["quotas"]
