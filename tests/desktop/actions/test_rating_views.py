"""From all officials down to one criterion through the waves, each list out of the same figures."""

from dataclasses import replace

import pytest

from desktop.actions.rating_views import By, View, first_view, lines, way_down, ways
from desktop.surveys.ratings.release import ALL
from sync.errors import UserError
from sync.language import speak
from sync.places import load_pack
from tests.rated import KELES, OTYRAR, SAIRAM, SOZAQ, wave_ratings

PACK = load_pack()
POSTS = {"head": "Облыс әкімі", "sozaq": "Созақ ауданының әкімі", "keles": "Келес ауданының әкімі"}
MEANS = {"head": 3.0, "sozaq": 4.6, "keles": 2.2}
DISTRICTS = (SOZAQ, KELES, SAIRAM, OTYRAR)
SIZES = {
    **{("head", district): 60 for district in DISTRICTS},
    ("sozaq", SOZAQ): 90,
    ("keles", KELES): 90,
}


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture(scope="module")
def wave():
    return wave_ratings(SIZES, MEANS, POSTS)


@pytest.fixture(scope="module")
def last_year():
    means = {**MEANS, "keles": 4.2}
    return wave_ratings(SIZES, means, POSTS, "2025", seed=9)


def test_it_begins_with_all_officials_the_best_first_in_groups_that_can_be_told_apart(wave):
    view = first_view(wave)
    shown = lines(wave, view, PACK)

    assert (view.by, view.district, view.official) == (By.OFFICIALS, ALL, ALL)
    assert [line.name for line in shown] == [POSTS["sozaq"], POSTS["head"], POSTS["keles"]]
    assert [line.rank.group for line in shown] == [1, 2, 3]
    assert [(line.rank.best, line.rank.worst) for line in shown] == [(1, 1), (2, 2), (3, 3)]


def test_the_way_down_goes_by_district_official_and_criterion_to_the_waves(wave, last_year):
    view = replace(first_view(wave), by=By.DISTRICTS)
    district = next(one for one in lines(wave, view, PACK) if one.rating.cell.district == SOZAQ)
    officials = lines(wave, district.into, PACK)
    official = next(one for one in officials if one.rating.official == "sozaq")
    criterion = lines(wave, official.into, PACK)[2]
    waves = lines(wave, criterion.into, PACK, [last_year])

    assert {one.rating.official for one in officials} == {"head", "sozaq"}
    assert [one.name for one in waves] == [wave.title, "2025"]
    assert waves[0].into is None
    names = [crumb.name for crumb in way_down(wave, criterion.into, PACK)]
    assert names[:3] == ["All districts", PACK.full_name(SOZAQ), POSTS["sozaq"]]
    assert names[3] == criterion.name


def test_each_step_of_the_way_leads_back_to_a_list(wave):
    view = View(By.WAVES, wave.criteria[2].path, SOZAQ, "sozaq")
    crumbs = way_down(wave, view, PACK)

    for crumb in crumbs:
        assert lines(wave, crumb.view, PACK)
        assert way_down(wave, crumb.view, PACK) == crumbs[: crumbs.index(crumb) + 1]


def test_a_list_can_be_had_by_district_where_there_are_several(wave):
    assert ways(wave, first_view(wave)) == (By.OFFICIALS, By.DISTRICTS)
    inside = replace(first_view(wave), district=SOZAQ)
    assert ways(wave, inside) == (By.OFFICIALS,)
    assert ways(wave, replace(first_view(wave), by=By.CRITERIA, official="head")) == (
        By.CRITERIA,
        By.DISTRICTS,
    )


def test_districts_have_the_models_figure_beside_their_own(wave):
    view = View(By.DISTRICTS, wave.criteria[0].path, official="head")

    shown = lines(wave, view, PACK)

    assert len(shown) == len(DISTRICTS)
    for line in shown:
        one = line.rating.estimate
        assert one.shrunk is not None
        assert one.shrunk.mean != one.mean


def test_a_list_is_compared_with_the_wave_before(wave, last_year):
    shown = {
        line.rating.official: line for line in lines(wave, first_view(wave), PACK, [last_year])
    }

    assert shown["keles"].change.high < -1  # it was 4.2, and is 2.2
    assert shown["head"].change.low < 0 < shown["head"].change.high
    assert shown["keles"].before.estimate.mean == pytest.approx(4.2, abs=0.3)


def test_whoever_was_not_rated_before_has_no_change(wave):
    before = wave_ratings({("head", SOZAQ): 60}, MEANS, {"head": POSTS["head"]}, "2025")

    shown = {line.rating.official: line for line in lines(wave, first_view(wave), PACK, [before])}

    assert shown["sozaq"].before is None
    assert shown["sozaq"].change is None


def test_a_single_official_begins_with_the_criteria():
    alone = wave_ratings({("head", SOZAQ): 60}, MEANS, {"head": POSTS["head"]})
    view = first_view(alone)

    assert view.by is By.CRITERIA
    assert len(lines(alone, view, PACK)) == len(alone.criteria)
    assert [crumb.name for crumb in way_down(alone, view, PACK)] == [POSTS["head"]]


def test_one_who_was_asked_about_by_few_stands_last_without_a_rank():
    few = wave_ratings(
        {("head", SOZAQ): 60, ("sozaq", SOZAQ): 60, ("keles", SOZAQ): 6}, MEANS, POSTS
    )

    shown = lines(few, first_view(few), PACK)

    assert shown[-1].rating.official == "keles"
    assert shown[-1].rank is None
    assert not shown[-1].rating.shown


def test_a_criterion_that_the_form_lacks_is_said_in_words(wave):
    with pytest.raises(UserError, match="no criterion"):
        lines(wave, View(By.OFFICIALS, "/data/none"), PACK)
