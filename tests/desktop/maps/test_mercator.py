"""Where things lie: degrees become the plane of web maps and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.maps.mercator import EDGE, Box, Point, pixels, to_degrees, to_plane, zoom_that_fits

LATITUDES, LONGITUDES = st.floats(-EDGE, EDGE), st.floats(-180, 180)


@given(lat=LATITUDES, lon=LONGITUDES)
def test_a_place_comes_back_from_the_plane(lat, lon):
    assert to_degrees(to_plane(lat, lon)) == pytest.approx((lat, lon), abs=1e-9)


@given(lat=st.floats(-90, 90), lon=LONGITUDES)
def test_every_place_lies_in_the_square_even_a_pole(lat, lon):
    x, y = to_plane(lat, lon)

    assert -1e-12 <= x <= 1 + 1e-12
    assert -1e-12 <= y <= 1 + 1e-12


@given(one=LATITUDES, other=LATITUDES, lon=LONGITUDES)
def test_north_is_above(one, other, lon):
    if one - other > 1e-9:
        assert to_plane(one, lon).y < to_plane(other, lon).y


@given(lat=st.floats(-80, 80), lon=st.floats(-170, 170))
def test_a_small_square_on_the_ground_is_one_on_the_map(lat, lon):
    """Conformal: a step to the north is as long as one of the same metres to the east."""
    from math import cos, radians

    step, here = 1e-4, to_plane(lat, lon)
    north = here.y - to_plane(lat + step, lon).y
    east = (to_plane(lat, lon + step / cos(radians(lat))).x) - here.x

    assert north == pytest.approx(east, rel=1e-3)


def test_known_places_lie_where_other_maps_have_them():
    assert to_plane(0, 0) == Point(0.5, 0.5)
    assert to_plane(EDGE, -180) == pytest.approx((0, 0), abs=1e-12)
    x, y = to_plane(43.3019, 68.2704)  # Түркістан, zoom 10: tile 706/375 of OpenStreetMap
    assert (int(x * 1024), int(y * 1024)) == (706, 375)


@given(
    left=st.floats(0, 0.5), top=st.floats(0, 0.5), width=st.floats(1e-4, 0.5), height=st.floats(1e-4, 0.5)
)  # fmt: skip
def test_a_box_fits_and_would_not_be_seen_whole_from_nearer(left, top, width, height):
    box = Box(left, top, left + width, top + height)

    zoom = zoom_that_fits(box, 800, 600)

    wide, high = box.width * pixels(zoom), box.height * pixels(zoom)
    assert wide <= 800 + 1e-6
    assert high <= 600 + 1e-6
    assert max(wide / 800, high / 600) == pytest.approx(1)
