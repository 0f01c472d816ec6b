"""Which place of the map lies at a point, or in a direction; in pixels of the whole world."""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot

from desktop.maps.mercator import Box, Point, pixels
from desktop.maps.spacing import Joined, Mark
from ui.maps.layout import Content, Key, Layout

NEAR = 12.0  # px around a point that are the point
Places = Mapping[Key, tuple[float, float]]


def number_at(layout: Layout, x: float, y: float) -> Joined | None:
    """The number that stands there."""
    return next((one for one in layout.numbers if one.rect.holds(x, y)), None)


def key_at(content: Content, layout: Layout, x: float, y: float) -> Key | None:
    """The place there: that of a number, a village, else the district; None outside of all."""
    if joined := number_at(layout, x, y):
        first = joined.marks[0].key
        return (first, None) if layout.by_district else (content.scope, first)
    near = [(hypot(x - at_x, y - at_y), spot.code) for spot, at_x, at_y in layout.spots]
    away, village = min(near, default=(NEAR, ""))
    if away < NEAR:
        return content.scope, village
    width = pixels(layout.zoom)
    district = content.plan.district_at(Point(x / width, y / width))
    return (district, None) if district and content.scope in ("", district) else None


def places(content: Content, layout: Layout) -> Iterator[tuple[Key, tuple[float, float]]]:
    """All that can be chosen at this zoom."""
    if layout.by_district:
        width = pixels(layout.zoom)
        for code, outline in content.plan.outlines.items():
            yield (code, None), (outline.middle.x * width, outline.middle.y * width)
    for spot, x, y in layout.spots:
        yield (content.scope, spot.code), (x, y)


def nearest(all: Places, x: float, y: float) -> Key | None:
    """The place that is nearest to a point; None where there are none."""
    return min(all, key=lambda key: hypot(all[key][0] - x, all[key][1] - y), default=None)


def beyond(all: Places, start: Key, across: int, down: int) -> Key | None:
    """The next place in a direction, rather ahead than beside; None where there is none."""
    from_x, from_y = all[start]
    ahead: dict[Key, float] = {}
    for key, (x, y) in all.items():
        along = (x - from_x) * across + (y - from_y) * down
        aside = abs((x - from_x) * down) + abs((y - from_y) * across)
        if along > 0 and aside <= 2 * along:
            ahead[key] = along + 2 * aside
    return min(ahead, key=ahead.__getitem__, default=None)


def box_of(layout: Layout, marks: Sequence[Mark]) -> Box:
    """Around the places of numbers that were joined, on the plane."""
    width = pixels(layout.zoom)
    xs, ys = [mark.x / width for mark in marks], [mark.y / width for mark in marks]
    return Box(min(xs), min(ys), max(xs), max(ys))
