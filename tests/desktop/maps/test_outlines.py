"""Where the places of the region lie."""

import pytest

from desktop.maps.mercator import Point, to_plane
from desktop.maps.outlines import plan_of
from sync.places import load_pack

PACK = load_pack()


@pytest.fixture(name="plan")
def given_plan():
    return plan_of(PACK)


def test_each_district_has_an_outline_and_its_name_stands_inside(plan):
    assert set(plan.outlines) == set(PACK.districts)
    for code, outline in plan.outlines.items():
        assert plan.district_at(outline.middle) == code


def test_villages_lie_in_their_districts_but_for_a_few_at_a_border(plan):
    """The outlines are simplified, and points of OpenStreetMap were matched by names."""
    spots = plan.spots.values()
    outside = [spot.code for spot in spots if plan.district_at(spot.at) != spot.district]

    assert len(plan.spots) == sum(one.lat is not None for one in PACK.villages.values())
    assert len(outside) < 0.03 * len(plan.spots)


def test_a_hole_belongs_to_the_district_that_fills_it(plan):
    turkistan = to_plane(43.30, 68.27)  # a city in the middle of the Sauran district

    assert plan.district_at(turkistan) == "611000000"
    assert not plan.outlines["614000000"].holds(turkistan)


def test_outside_of_all_there_is_no_district(plan):
    assert plan.district_at(Point(0.1, 0.1)) == ""
    assert plan.district_at(to_plane(42.32, 69.59)) == "", "Shymkent is no part of the region"


def test_the_region_holds_its_districts(plan):
    for outline in plan.outlines.values():
        assert plan.box.with_(outline.box) == plan.box
        assert plan.box_of(outline.code) == outline.box
    assert plan.box_of("") == plan.box


def test_centres_stand_out(plan):
    ranks = {code: spot.rank for code, spot in plan.spots.items()}

    assert all(ranks[one.centre] == 0 for one in PACK.districts.values() if one.centre in ranks)
    assert ranks["615647100"] == 2
