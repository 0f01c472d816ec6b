"""Where districts and villages of a region lie, on the plane: read from its pack once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import resources
from desktop.maps.mercator import Box, Point, to_plane
from sync.places import Pack

Ring = Sequence[Point]
STEPS, THIN = 9, 5  # a net of points to choose from; each fifth corner is met there


@dataclass(frozen=True)
class Outline:
    """A district: its rings (holes among them), the box around, and where its name stands."""

    code: str
    rings: tuple[Ring, ...]
    box: Box
    middle: Point

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside: not in a hole, nor in another part of the country."""
        return self.box.holds(point) and _inside(self.rings, point)


@dataclass(frozen=True)
class Spot:
    """A village that has a place on the map. `rank`: 0 centres and cities, 1 towns, 2 villages."""

    code: str
    district: str
    at: Point
    rank: int


@dataclass(frozen=True)
class Plan:
    """A region as it is drawn."""

    outlines: Mapping[str, Outline]
    spots: Mapping[str, Spot]
    box: Box

    def district_at(self, point: Point) -> str:
        """The code of the district that a point lies in; "" outside of all."""
        return next((one.code for one in self.outlines.values() if one.holds(point)), "")

    def box_of(self, district: str) -> Box:
        """Around a district, with those of its villages that lie beside its outline; "" is all."""
        if outline := self.outlines.get(district):
            return outline.box
        spots = [one.at for one in self.spots.values() if one.district == district]
        return _around(spots) if spots else self.box


def plan_of(pack: Pack) -> Plan:
    """Where the places of a pack lie. A district without an outline is told by its villages alone."""
    if pack.id not in _plans:
        _plans[pack.id] = _read(pack)
    return _plans[pack.id]


_plans: dict[str, Plan] = {}  # read once for each region


def _read(pack: Pack) -> Plan:
    drawn = json.loads(resources.text("region", pack.id, "districts.geojson"))
    outlines = {one.code: one for one in map(_outline, drawn["features"])}
    centres = {district.centre for district in pack.districts.values()}
    spots = {
        village.code: Spot(
            village.code,
            village.district,
            to_plane(village.lat, village.lon),
            _rank(village.kind, centre=village.code in centres),
        )
        for village in pack.villages.values()
        if village.lat is not None and village.lon is not None
    }
    boxes = [one.box for one in outlines.values()]
    box = boxes[0] if boxes else _around([one.at for one in spots.values()])
    for one in boxes[1:]:
        box = box.with_(one)
    return Plan(outlines, spots, box)


def _outline(feature: dict[str, dict[str, object]]) -> Outline:
    geometry = feature["geometry"]
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        parts = [parts]
    rings = tuple(
        tuple(to_plane(lat, lon) for lon, lat, *_ in ring)
        for part in parts  # type: ignore[attr-defined]  # the pack was checked when it was made
        for ring in part
    )
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    box = _around([point for ring in rings for point in ring])
    return Outline(str(feature["properties"]["code"]), rings, box, _roomiest(rings, largest))


def _rank(kind: str, *, centre: bool) -> int:
    return 0 if centre or kind == "city" else 1 if kind == "settlement" else 2


def _around(points: Sequence[Point]) -> Box:
    if not points:
        return Box(0.0, 0.0, 1.0, 1.0)
    xs, ys = [point.x for point in points], [point.y for point in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _area(ring: Ring) -> float:
    """Twice of it, below nought for one that runs the other way."""
    return sum(a.x * b.y - b.x * a.y for a, b in _edges(ring))


def _inside(rings: Sequence[Ring], point: Point) -> bool:
    """By how often a line from the point to the east meets the rings."""
    met = False
    for ring in rings:
        for a, b in _edges(ring):
            if (a.y > point.y) != (b.y > point.y):
                met ^= point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
    return met


def _roomiest(rings: Sequence[Ring], largest: Ring) -> Point:
    """A point inside that is far from all edges: there is room for a name. In the middle of a net."""
    box = _around(largest)
    net = (
        Point(
            box.left + box.width * (across + 0.5) / STEPS,
            box.top + box.height * (down + 0.5) / STEPS,
        )
        for across in range(STEPS)
        for down in range(STEPS)
    )
    few = largest[::THIN]

    def room(point: Point) -> float:  # a name is wide: what is near above or below matters less
        return min(abs(each.x - point.x) + 2 * abs(each.y - point.y) for each in few)

    roomy = sorted(net, key=room, reverse=True)
    return next((point for point in roomy if _inside(rings, point)), box.middle)
