"""A made-up district: who lives where, and whom its interviewers ask, when, in which order.

Places are those of the region pack; how many live in them is not known there, and made up.
"""

from dataclasses import dataclass
from random import Random
from typing import TypeVar

from sync.places import Pack, Village
from sync.quotas import Design, read
from tests.servers import SOZAQ

T = TypeVar("T")

SEXES = ("female", "male")
AGES = {"18_29": 28, "30_44": 33, "45_59": 24, "60_plus": 15}  # of a hundred grown-ups
YEARS = {"18_29": (18, 29), "30_44": (30, 44), "45_59": (45, 59), "60_plus": (60, 88)}
PLANNED = (  # the cells of a wave that asks how old somebody is
    *("/data/person/sex=female", "/data/person/sex=male"),
    *("/data/person/age=18-29", "/data/person/age=30-44", "/data/person/age=45+"),
)
SIZES = {1: 6, 2: 14, 3: 17, 4: 22, 5: 18, 6: 13, 7: 10}  # of a hundred households
INTERVIEWERS = 3
DAYS = 14  # of a wave
VISITS = 6  # days on which an interviewer is out
MOST_A_DAY = 9  # interviews


@dataclass(frozen=True)
class Interview:
    """One person who was asked. Of a household one is; `minute` counts from the wave's first day."""

    interviewer: str
    household: int
    village: str
    okrug: str
    day: int
    minute: int
    sex: str
    age_group: str
    age: int
    members: int


@dataclass(frozen=True)
class Visit:
    """A day in a village, as the interviewer writes it into the diary, by name."""

    interviewer: str
    day: int
    village: str
    households: int


@dataclass(frozen=True)
class Plan:
    """All that happens in a wave, and all that an attacker knows of it."""

    interviewers: tuple[str, ...]
    interviews: tuple[Interview, ...]  # in the order of time
    visits: tuple[Visit, ...]
    groups: tuple[str, ...] = ()  # of the wave's cells, as its record has them

    @property
    def design(self) -> Design:
        """What makes the wave's cells."""
        return read({"groups": list(self.groups)})


def make_plan(pack: Pack, chance: Random, *, cells: bool = False) -> Plan:
    """A wave of three interviewers with one okrug or two each, of which some are shared.

    In some waves few age groups are asked, so that cells fill up while they run. With `cells` its form
    asks for the age as a number, and its plan says in which groups.
    """
    villages = [one for one in pack.villages.values() if one.district == SOZAQ and one.okrug]
    okrugs = sorted({one.okrug for one in villages})
    ages = dict(chance.sample(list(AGES.items()), chance.choice((1, 2, 4))))
    names = tuple(f"activist{number}" for number in range(INTERVIEWERS))
    interviews: list[Interview] = []
    visits: list[Visit] = []
    for name in names:
        covered = chance.sample(okrugs[:4], chance.choice((1, 1, 2)))
        reached = [one for one in villages if one.okrug in covered]
        for day in sorted(chance.sample(range(DAYS), VISITS)):
            village = chance.choice(reached)
            today = _ask(name, day, village, len(interviews), ages, chance)
            interviews += today
            visits.append(Visit(name, day, village.code, len(today)))
    interviews.sort(key=lambda one: one.minute)
    return Plan(names, tuple(interviews), tuple(visits), PLANNED if cells else ())


def _ask(
    name: str, day: int, village: Village, first: int, ages: dict[str, int], chance: Random
) -> list[Interview]:
    """From house to house; in each somebody of the grown-ups who were drawn."""
    minute = day * 24 * 60 + 9 * 60
    years = Random(first)
    found = []
    for number in range(chance.randint(3, MOST_A_DAY)):
        minute += chance.randint(20, 50)
        sex, age_group = chance.choice(SEXES), _drawn(ages, chance)
        found.append(
            Interview(
                interviewer=name,
                household=first + number,
                village=village.code,
                okrug=village.okrug,
                day=day,
                minute=minute,
                sex=sex,
                age_group=age_group,
                age=years.randint(*YEARS[age_group]),
                members=_drawn(SIZES, chance),
            )
        )
    return found


def _drawn(shares: dict[T, int], chance: Random) -> T:
    return chance.choices(list(shares), list(shares.values()))[0]
