"""Functions of places on the Earth: points are texts "latitude longitude altitude accuracy".

The Earth is a sphere with the radius of its equator, as the specification has it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import asin, cos, fsum, radians, sin, sqrt

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.table import eager
from desktop.surveys.xpath.values import Value, to_text
from sync.language import mark

RADIUS = 6_378_100.0  # metres, at the equator
_NUMBER = r"[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})"
_POINT = re.compile(rf"({_NUMBER}) +({_NUMBER})(?: +{_NUMBER}){{0,2}}", re.ASCII)
Point = tuple[float, float]  # degrees north, degrees east


def read_point(text: str) -> Point | None:
    """The latitude and longitude of a geopoint; None for what is none."""
    found = _POINT.fullmatch(text.strip())
    if found is None:
        return None
    north, east = float(found[1]), float(found[2])
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def read_points(text: str) -> list[Point] | None:
    """The points of a geotrace or geoshape, with semicolons between; None where one is none."""
    parts = [part for part in text.split(";") if part.strip()]
    points = [read_point(part) for part in parts]
    return None if None in points else [point for point in points if point is not None]


@eager("distance", 1, None)
def _distance(context: Context, *values: Value) -> Value:
    """Metres from point to point in their order."""
    return fsum(_between(one, other) for one, other in pairwise(_points("distance", values)))


@eager("area", 1)
@eager("enclosed-area", 1)  # its old name
def _area(context: Context, value: Value) -> Value:
    """Square metres within the points; 0 for fewer than three."""
    points = _points("area", [value])
    if len(points) < 3:
        return 0.0
    closed = [*points, points[0]]
    total = sum(
        radians(end[1] - start[1]) * (2 + sin(radians(start[0])) + sin(radians(end[0])))
        for start, end in pairwise(closed)
    )
    return abs(total) * RADIUS**2 / 2


@eager("geofence", 2)
def _geofence(context: Context, point: Value, shape: Value) -> Value:
    """Whether a geopoint lies within a geoshape. Of ODK, not of the specification."""
    found = _points("geofence", [to_text(point)])
    corners = _points("geofence", [to_text(shape)])
    if not found:
        return False
    north, east = found[0]
    inside = False
    for (south, west), (top, right) in pairwise(corners):
        if (south > north) != (top > north):
            inside ^= east < (right - west) * (north - south) / (top - south) + west
    return inside


def _points(name: str, values: Sequence[Value]) -> list[Point]:
    """Of node sets each node's points, of texts their points. Empty ones are left out."""
    found: list[Point] = []
    for value in values:
        texts = [node.value() for node in value] if isinstance(value, list) else [to_text(value)]
        for text in texts:
            points = read_points(text)
            if points is None:
                raise XPathError(
                    mark("The function {name}() takes places, and “{place}” is none."),
                    name=name,
                    place=text[:80],
                )
            found += points
    return found


def _between(one: Point, other: Point) -> float:
    """Metres along the sphere (haversine: exact for near points as well)."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))
