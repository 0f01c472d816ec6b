"""What is wrong with a wave that somebody wants to save."""

import pytest

from desktop.surveys.bundled import rating_xform
from desktop.surveys.form import load_form
from desktop.surveys.waves.cells import makes_cells
from desktop.surveys.waves.checking import problems
from sync.places import load_pack

PACK, FORM = load_pack(), load_form(rating_xform())
SEX, AGE = "/data/person/sex", "/data/person/age_group"
GROUPS = [f"{SEX}=female", f"{SEX}=male", f"{AGE}=18_29 30_44", f"{AGE}=45_59 60_plus"]


def told(**wave):
    found = problems({"districts": ["615600000"], **wave}, FORM, PACK)
    return {name: problem.words("en") for name, problem in found.items()}


def test_a_sound_wave_has_nothing_to_tell():
    assert told(groups=GROUPS, quotas=["*|*|*=5"], places=["615647000"]) == {}
    assert problems({"groups": GROUPS}, None, PACK) == {}


@pytest.mark.parametrize(
    ("group", "says"),
    [
        ("/data/person/shoe_size=40+", "no one choice"),
        ("/data/problems=roads", "no one choice"),  # several may be chosen
        (f"{SEX}=woman", "has no choice “woman”"),
        ("/data/awareness=well", "what neighbours know"),  # what somebody thinks
        ("/data/marks/honest=5", "what neighbours know"),
    ],
)
def test_a_group_is_made_by_one_choice_or_a_number_that_neighbours_know(group, says):
    assert says in told(groups=[group])["groups"]


@pytest.mark.parametrize(
    ("path", "may"),
    [
        (SEX, True), (AGE, True), ("/data/age", True), ("/data/education", True),
        ("/data/awareness", False), ("/data/marks/honest", False), ("/data/okrug", False),
        ("/data/person/trusts_akim", False), ("/data/religion", False), ("/data/person/nationality", False),
        ("/data/member[1]/sex", False),
    ],
)  # fmt: skip
def test_cells_are_made_of_what_neighbours_know_and_never_of_what_people_think(path, may):
    assert makes_cells(path) is may


def test_a_place_lies_in_a_district_of_the_wave_and_the_days_go_forward():
    assert "none of the districts" in told(places=["615241000"])["places"]
    assert "before it begins" in told(starts_on="2026-11-09", ends_on="2026-11-01")["ends_on"]
    assert told(starts_on="2026-11-09", ends_on="2026-11-09") == {}
