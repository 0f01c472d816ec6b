"""The cells of a wave: which answers fall into one, and how many are planned in it. Pure.

A wave's record holds the design as two sets of lines, so that what two people change in it is brought
together:

    groups   /data/person/sex=female    /data/person/age=18-29    /data/school=college university
    quotas   615647000|18-29|female=4   615600000|*|female=12     *|*|*=5

A group is a question and what is answered to it: names of choices with a space between, or whole
numbers from and to, or from on (60+). A cell is a place, and for each question one of its groups, in
the order of their paths; the place is an okrug, or the district itself. In a quota * stands for any,
and a district for each okrug in it; of several lines that fit a cell the most exact one counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from sync.errors import UserError
from sync.language import mark
from sync.places import Pack

FIELDS = ("cell_place", "places", "groups", "quotas", "districts")  # of a wave, that say it
MOST = 500  # cells of a district: no team fills more, and no screen shows them
OKRUG = "okrug"  # of the vocabulary cell_place: cells are of an okrug; else of the district
ANY = "*"
PATH = re.compile(r"/[^\s|=*\[\]]+")  # of a question that does not repeat
NAMES = re.compile(r"[^\s|=*]+( [^\s|=*]+)*")
NUMBERS = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)", re.ASCII)
WHOLE = re.compile(r"\d{1,3}", re.ASCII)
QUOTA = re.compile(r"([^=]+)=(\d{1,6})", re.ASCII)

WRONG_GROUP = mark("“{line}” is no group: write a question, =, and its choices or ages.")
WRONG_QUOTA = mark("“{line}” is no number of interviews for a cell of these groups.")
TWICE = mark("Two numbers are planned for the same cell: {line}.")
SHARED = mark("“{one}” and “{other}” overlap: an answer must fall into one group only.")
TOO_MANY = mark("These groups make {n} cells in a district. {most} can be filled at most.")


class Cell(NamedTuple):
    """A place, and a group of each question in the order of their paths."""

    place: str
    groups: tuple[str, ...]

    @property
    def key(self) -> str:
        """«615647000|18-29|female»: by this it is told and kept."""
        return "|".join((self.place, *self.groups))


@dataclass(frozen=True)
class Design:
    """What makes cells, as a wave's record says it. What makes no sense in it is left out."""

    by_okrug: bool
    places: frozenset[str]  # the okrugs that are asked; none: all
    groups: Mapping[str, tuple[str, ...]]  # {path: its groups}, in the order of the paths
    quotas: Mapping[tuple[str, ...], int]  # {place and groups, each perhaps ANY: number}

    def __bool__(self) -> bool:
        return self.by_okrug or bool(self.groups)

    def cells(self, district: str, pack: Pack) -> list[Cell]:
        """All cells of a district, or none where they are too many."""
        if not self or self.count(district, pack) > MOST:
            return []
        places = self._places(district, pack)
        return [Cell(*one) for one in product(places, product(*self.groups.values()))]

    def count(self, district: str, pack: Pack) -> int:
        """How many cells a district has."""
        number = len(self._places(district, pack))
        for groups in self.groups.values():
            number *= len(groups)
        return number

    def cell_of(self, okrug: str, values: Mapping[str, object], pack: Pack) -> Cell | None:
        """The cell of an answer that was given in `okrug`; None where it falls into none."""
        place = _place(okrug, pack, by_okrug=self.by_okrug)
        if not self or not place or not self._asks_in(okrug, pack):
            return None
        found = [self.group_of(path, values.get(path)) for path in self.groups]
        return Cell(place, tuple(found)) if all(found) else None

    def group_of(self, path: str, said: object) -> str:
        """The group of what was answered to a question that makes cells; "" where it is in none."""
        return next((one for one in self.groups[path] if holds(one, said)), "")

    def planned(self, cell: Cell, pack: Pack) -> int | None:
        """How many interviews are planned in a cell; None where nobody said."""
        found = [
            (exactness, number)
            for line, number in self.quotas.items()
            if (exactness := _exactness(line, cell, pack)) is not None
        ]
        return max(found)[1] if found else None

    def _places(self, district: str, pack: Pack) -> list[str]:
        if not self.by_okrug:
            return [district]
        okrugs = [one.code for one in pack.okrugs.values() if one.district == district]
        if not okrugs:  # a city without any
            return [district]
        asked = {_place(place, pack, by_okrug=True) for place in self.places}
        return [code for code in okrugs if not asked or code in asked]

    def _asks_in(self, okrug: str, pack: Pack) -> bool:
        return not self.places or okrug in self.places or pack.okrug_of(okrug) in self.places


NO_DESIGN = Design(by_okrug=False, places=frozenset(), groups={}, quotas={})


def read(fields: Mapping[str, Any]) -> Design:
    """The design in the fields of a wave, as they travel or as they lie on a laptop."""
    groups: dict[str, list[str]] = {}
    for line in _lines(fields, "groups"):
        if (found := _group(line)) is not None:
            groups.setdefault(found[0], []).append(found[1])
    quotas: dict[tuple[str, ...], int] = {}
    for line in _lines(fields, "quotas"):
        if (cell := _quota(line, len(groups))) is not None:
            quotas[cell[0]] = max(cell[1], quotas.get(cell[0], 0))  # two people's: the larger one
    return Design(
        by_okrug=fields.get("cell_place") == OKRUG,
        places=frozenset(_lines(fields, "places")),
        groups={path: tuple(dict.fromkeys(groups[path])) for path in sorted(groups)},
        quotas=quotas,
    )


def problems(fields: Mapping[str, Any], pack: Pack) -> dict[str, UserError]:
    """What is wrong with the design in the fields of a wave: a sentence for each field."""
    found: dict[str, UserError] = {}
    design = read(fields)
    for line in _lines(fields, "groups"):
        if _group(line) is None:
            found.setdefault("groups", UserError(WRONG_GROUP, line=line))
    for groups in design.groups.values():
        for place, one in enumerate(groups):
            if other := next((each for each in groups[:place] if _overlap(one, each)), None):
                found.setdefault("groups", UserError(SHARED, one=other, other=one))
    seen: set[tuple[str, ...]] = set()
    for line in _lines(fields, "quotas"):
        cell = _quota(line, len(design.groups))
        if cell is None or not _fits(cell[0], design):
            found.setdefault("quotas", UserError(WRONG_QUOTA, line=line))
        elif cell[0] in seen:
            found.setdefault("quotas", UserError(TWICE, line=line))
        else:
            seen.add(cell[0])
    most = max((design.count(one, pack) for one in _asked(fields, pack)), default=0)
    if most > MOST:
        found.setdefault("groups", UserError(TOO_MANY, n=most, most=MOST))
    return found


def group_line(path: str, group: str) -> str:
    """The line of the field `groups` that says it."""
    return f"{path}={group}"


def quota_line(place: str, groups: Iterable[str], number: int) -> str:
    """The line of the field `quotas` that says it; `groups` in the order of their paths."""
    return f"{'|'.join((place, *groups))}={number}"


def holds(group: str, said: object) -> bool:
    """Whether what was answered falls into this group; so does the group, which answers leave as."""
    text = str(said).strip() if isinstance(said, (str, int)) else ""
    if not text:
        return False
    if text == group or text in group.split():
        return True
    numbers = NUMBERS.fullmatch(group)
    if numbers is None or not WHOLE.fullmatch(text):
        return False
    low, high = numbers.groups()
    return int(low) <= int(text) and (high is None or int(text) <= int(high))


def _lines(fields: Mapping[str, Any], name: str) -> Iterator[str]:
    said = fields.get(name)
    for line in said if isinstance(said, list) else ():
        if isinstance(line, str):
            yield line.strip()


def _group(line: str) -> tuple[str, str] | None:
    """(path, group) of a line, or None where it says none."""
    path, sign, group = line.partition("=")
    if not sign or not PATH.fullmatch(path) or not NAMES.fullmatch(group):
        return None
    return path, group


def _quota(line: str, questions: int) -> tuple[tuple[str, ...], int] | None:
    found = QUOTA.fullmatch(line)
    cell = tuple(found[1].split("|")) if found else ()
    if found is None or len(cell) != questions + 1 or not all(cell):
        return None
    return cell, int(found[2])


def _fits(cell: tuple[str, ...], design: Design) -> bool:
    """Whether all its groups are in the design."""
    groups = zip(cell[1:], design.groups.values(), strict=True)
    return all(group == ANY or group in known for group, known in groups)


def _exactness(line: tuple[str, ...], cell: Cell, pack: Pack) -> tuple[int, int] | None:
    """How exactly a quota's line names a cell, first by its place; None where it does not."""
    place, groups = line[0], line[1:]
    known = (ANY, pack.district_of(cell.place), cell.place)
    if place not in known or len(groups) != len(cell.groups):
        return None
    named = [said != ANY for said in groups]
    if any(
        one and said != group for one, said, group in zip(named, groups, cell.groups, strict=True)
    ):
        return None
    return max(rank for rank, one in enumerate(known) if one == place), sum(named)


def _overlap(one: str, other: str) -> bool:
    """Whether something could be answered that falls into both."""
    if set(one.split()) & set(other.split()):
        return True
    numbers = NUMBERS.fullmatch(one), NUMBERS.fullmatch(other)
    if numbers[0] and numbers[1]:
        (low, high), (low2, high2) = (found.groups() for found in numbers if found)
        return int(low) <= int(high2 or 999) and int(low2) <= int(high or 999)
    return any(holds(one, each) for each in other.split()) or any(
        holds(other, each) for each in one.split()
    )


def _place(code: str, pack: Pack, *, by_okrug: bool) -> str:
    """Of a place where an answer was given, that of its cell; "" where it is not known."""
    district = pack.district_of(code)
    if not by_okrug:
        return district
    without = all(one.district != district for one in pack.okrugs.values())
    return pack.okrug_of(code) or (district if without else "")


def _asked(fields: Mapping[str, Any], pack: Pack) -> Iterable[str]:
    named = [one for one in _lines(fields, "districts") if one in pack.districts]
    return named or pack.districts
