"""Where numbers and names of the map stand at one zoom, in pixels of the whole world."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from PySide6.QtGui import QFontMetricsF

from desktop.actions.figure_words import value_words
from desktop.actions.on_map import Counted
from desktop.figures.crowds import LEAST
from desktop.figures.declared import Shape
from desktop.maps.layers import measure_of
from desktop.maps.mercator import Point, pixels
from desktop.maps.outlines import Plan, Spot
from desktop.maps.shades import Shade, shade_of, shades
from desktop.maps.spacing import Joined, Mark, Name, Rect, Taken, around, join, place_names, total
from sync.language import named, tr
from sync.money import grouped
from sync.places import Pack
from ui import theme
from ui.maps.look import name_font, number_font

NEAR = 8.4  # the zoom from which a region is told by villages, not by districts
ZOOMS_OF_NAMES = (0.0, 8.8, 9.6)  # from which names of centres, towns, villages appear
TALL, TALLEST = 22.0, 36.0  # px of a number's mark
BESIDE = 12.0  # px beside a number in its mark
RADII = (4.5, 3.5, 2.5)  # px of a point, by rank
Key = tuple[str, str | None]  # district ("" is any), and village; None is the district as a whole


@dataclass(frozen=True)
class Label:
    """Words at their place, one under another; `strong` is the first of them."""

    lines: tuple[str, ...]
    rect: Rect
    strong: bool


@dataclass(frozen=True)
class Layout:
    """All that stands on the map at this zoom."""

    zoom: float
    by_district: bool
    numbers: Sequence[Joined] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)
    spots: Sequence[tuple[Spot, float, float]] = ()


@dataclass(frozen=True)
class Content:
    """What is to be shown: of a whole region, or of the district that `scope` names."""

    plan: Plan
    pack: Pack
    counted: Counted
    scope: str = ""

    @cached_property
    def shades(self) -> list[Shade]:
        """Into which its districts fall."""
        told = map(self._rounded, self.counted.measured.values())
        return shades(told, whole=self.counts)

    def shade(self, district: str) -> int | None:
        """Of a district; None where it is not told."""
        value = self.counted.measured.get(district)
        if value is None or not self.shades:
            return None
        return shade_of(self._rounded(value), self.shades)

    @cached_property
    def by_days(self) -> bool:
        """Whether villages are looked for that nobody visits."""
        return bool(self.counted.wish.what[1].days)

    @property
    def counts(self) -> bool:
        """Whether districts are shaded by whole numbers."""
        measure = measure_of(self.counted.wish.measure)
        return measure is not None and measure.shape is Shape.COUNT

    def _rounded(self, value: float) -> float:
        return round(value, 0 if self.counts else 1)  # as it is told in words

    def value(self, district: str, *, sign: bool = False) -> str:
        """What a district is shaded by, in words, with its percent sign; "" where it is not told."""
        measure = measure_of(self.counted.wish.measure)
        value = self.counted.measured.get(district)
        if measure is None or value is None:
            return ""
        said = value_words(measure.report.figure(measure.figure), value)
        percent = sign and measure.shape is Shape.SHARE and not measure.less
        return f"{said}\u00a0%" if percent else said

    def words(self, marks: Sequence[Mark], *, by_district: bool) -> str:
        """What stands in a mark: a number; days, where one village is not visited, «!» if it never was."""
        if len(marks) == 1 and not by_district and self.by_days:
            days = self.counted.days_since(marks[0].key)
            return "!" if days is None else tr("{n} d", n=grouped(days))
        number, whole = total(marks), all(mark.told for mark in marks)
        if whole:
            return grouped(number)
        if number:
            return f"{grouped(number)}+"
        return f"<{LEAST}" if len(marks) == 1 else f"{len(marks)} × <{LEAST}"


def lay_out(
    content: Content, zoom: float, chosen: Key | None = None, like: Layout | None = None
) -> Layout:
    """Numbers first, then names as far as there is room; that of the chosen place before all. `like`: the
    same with another place chosen, whose numbers are taken over."""
    if like is not None and like.zoom == zoom:
        return _named(content, like, chosen)
    width = pixels(zoom)
    by_district = not content.scope and zoom < NEAR
    metrics = QFontMetricsF(number_font())
    marks = list(_marks(content, width, by_district=by_district))
    largest = max((mark.number for mark in marks), default=1)

    def size(each: Sequence[Mark]) -> tuple[float, float]:
        share = math.sqrt(min(1.0, total(each) / largest)) if largest else 0.0
        least = max(TALL, metrics.height() + 4)
        tall = least + (TALLEST - TALL) * share
        words = content.words(each, by_district=by_district)
        return max(tall, metrics.horizontalAdvance(words) + BESIDE), tall

    spots = [] if by_district else _spots(content, width)
    bare = Layout(zoom, by_district, join(marks, size), {}, spots)
    return _named(content, bare, chosen)


def place_of(content: Content, key: Key) -> Point | None:
    """Where a place is; None for one that is not on the map."""
    district, village = key
    if village is not None:
        spot = content.plan.spots.get(village)
        return spot.at if spot else None
    outline = content.plan.outlines.get(district)
    return outline.middle if outline else None


def _marks(content: Content, width: float, *, by_district: bool) -> Iterator[Mark]:
    counted, plan = content.counted, content.plan
    if by_district:
        for code, number in counted.districts.items():
            if number and code in plan.outlines:
                at = plan.outlines[code].middle
                yield Mark(code, at.x * width, at.y * width, number)
        return
    for code, number in counted.at(content.scope).items():
        if number and code in plan.spots:
            at = plan.spots[code].at
            yield Mark(code, at.x * width, at.y * width, number, code not in counted.hidden)


def _spots(content: Content, width: float) -> list[tuple[Spot, float, float]]:
    """Villages of the scope, the important ones first: centres, then those that have a number."""
    counts = content.counted.at(content.scope)
    found = [spot for spot in content.plan.spots.values() if content.scope in ("", spot.district)]
    found.sort(key=lambda spot: (spot.rank, -counts.get(spot.code, 0), spot.code))
    return [(spot, spot.at.x * width, spot.at.y * width) for spot in found]


def _named(content: Content, layout: Layout, chosen: Key | None) -> Layout:
    taken = Taken()
    for each in layout.numbers:
        taken.add(each.rect)
    return replace(layout, labels=dict(_labels(content, layout, taken, chosen)))


def _labels(
    content: Content, layout: Layout, taken: Taken, chosen: Key | None
) -> Iterator[tuple[str, Label]]:
    zoom, spots = layout.zoom, layout.spots
    radii = {one.marks[0].key: one.rect.height / 2 for one in layout.numbers}
    type = theme.size("caption")
    tall = _metrics(type, strong=False).height()
    words: dict[str, tuple[tuple[str, ...], bool]] = {}

    def name(key: str, lines: tuple[str, ...], x: float, y: float, rank: int) -> Name:
        words[key] = lines, rank == 0
        wide = max(_width(each, type, rank == 0 and not at) for at, each in enumerate(lines))
        size = (wide + BESIDE / 2, tall * len(lines))
        radius = radii.get(key, RADII[min(rank, 2)])
        return Name(key, x, y, size, radius, below=key in content.plan.outlines)

    def village(spot: Spot, x: float, y: float) -> Name:
        said = content.pack.villages[spot.code]
        return name(spot.code, (named(said.names),), x, y, spot.rank)

    first = [one for one in spots if chosen is not None and one[0].code == chosen[1]]
    wanted = [village(*one) for one in first]
    whole = list(_district_names(content, zoom)) if not content.scope else []
    wanted += [name(code, lines, x, y, 0) for code, lines, x, y in whole]
    found = place_names(wanted, taken)
    for spot, x, y in spots:
        taken.add(around(x, y, (2 * RADII[spot.rank], 2 * RADII[spot.rank])))
    cities = [one.centre for one in content.pack.districts.values() if one.type == "city"]
    twice = cities if not content.scope else []  # what is a district, too, has its name already
    seen = [
        one
        for one in spots
        if (zoom >= ZOOMS_OF_NAMES[one[0].rank] or content.scope) and one[0].code not in twice
    ]
    found |= place_names((village(*one) for one in seen if one[0].code not in found), taken)
    left = [one for one in whole if one[0] not in found and len(one[1]) > 1]
    values = [name(code, lines[1:], x, y, 1) for code, lines, x, y in left]
    found |= place_names(values, taken)  # a shade is never without its number, where there is room
    for key, rect in found.items():
        yield key, Label(words[key][0], rect, words[key][1])


def _district_names(
    content: Content, zoom: float
) -> Iterator[tuple[str, tuple[str, ...], float, float]]:
    width = pixels(zoom)
    for code, outline in content.plan.outlines.items():
        district = content.pack.district(code)
        lines = [district.words() if district else code]
        if value := content.value(code, sign=True):
            lines.append(value)
        yield code, tuple(lines), outline.middle.x * width, outline.middle.y * width


@lru_cache(maxsize=4)
def _metrics(type: int, *, strong: bool) -> QFontMetricsF:
    return QFontMetricsF(name_font(strong=strong))


@lru_cache(maxsize=8_192)
def _width(words: str, type: int, strong: bool) -> float:
    return _metrics(type, strong=strong).horizontalAdvance(words)
