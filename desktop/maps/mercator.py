"""The projection of web maps, and so of MBTiles: the world is a square, x to the east and y to the south.

A point of the plane has both from 0 to 1. At a zoom of z the square is 256 · 2^z pixels wide.
"""

import math
from typing import NamedTuple

TILE = 256  # px
EDGE = math.degrees(math.atan(math.sinh(math.pi)))  # latitude at which the square ends: 85.05…


class Point(NamedTuple):
    """On the plane."""

    x: float
    y: float


class Box(NamedTuple):
    """On the plane; its sides are parallel to those of the world."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From north to south."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """Of both sides."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it, or at its edge."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def with_(self, other: "Box") -> "Box":
        """The least that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def to_plane(lat: float, lon: float) -> Point:
    """WGS 84 degrees → the plane. What lies nearer to a pole than the square's edge is put there."""
    held = math.radians(max(-EDGE, min(EDGE, lat)))
    return Point(lon / 360 + 0.5, 0.5 - math.asinh(math.tan(held)) / (2 * math.pi))


def to_degrees(point: Point) -> tuple[float, float]:
    """The plane → latitude and longitude."""
    lat = math.degrees(math.atan(math.sinh((0.5 - point.y) * 2 * math.pi)))
    return lat, (point.x - 0.5) * 360


def pixels(zoom: float) -> float:
    """How wide the world is."""
    return TILE * math.exp2(zoom)


def zoom_that_fits(box: Box, width: float, height: float) -> float:
    """The largest zoom at which a box is seen whole in so many pixels."""
    room = min(width / max(box.width, 1e-9), height / max(box.height, 1e-9))
    return math.log2(max(room, 1.0) / TILE)
