"""One schedule from its seed: play it, let there be peace, and look."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import accumulate
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

import msgspec
from sqlalchemy.sql import selectable

import sync.change
from sync.change import Change, SyncReply, SyncRequest
from sync.client import pace
from sync.erasure import ERASED
from sync.records.base import Base
from sync.server import ledger, mistakes, news
from sync.server.tables import ServerBase
from tests.simulate import names, steps, verdict
from tests.simulate.memory import Memory
from tests.simulate.server import NOW, PEOPLE, Server, ServerClock
from tests.simulate.valid import Given
from tests.simulate.world import MOST_LAPTOPS, World

LONGEST = 24  # steps
IN_PIECES = 4  # of so many schedules, one whose exchanges go in many requests, and by small pages
NAMES = SimpleNamespace(urandom=os.urandom)  # of aliases in a statement, which is built only once
OLD = 0.2  # of the laptops were enrolled by a program from before there were terms


@dataclass
class Result:
    """What one schedule came to."""

    seed: int
    divergences: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    remains: list[str] = field(default_factory=list)  # of what was erased
    lockouts: list[str] = field(default_factory=list)  # and tokens that let in who must not
    crashed: str = ""  # a bug: the code raised what it must not raise
    injected: dict[str, int] = field(default_factory=dict)
    edits: int = 0
    digest: str = ""  # of the end: the same seed gives the same
    trace: str = ""  # of every byte that crossed a line on the way there

    @property
    def wrong(self) -> bool:
        """Whether a promise was broken."""
        return bool(self.words)

    @property
    def words(self) -> list[str]:
        """What is wrong, each thing in a line."""
        crash = [self.crashed] if self.crashed else []
        ends = (self.divergences, self.losses, self.doubles, self.remains, self.lockouts, crash)
        return [word for words in ends for word in words]


class Clock:
    """Takes the place of `datetime` where a change is stamped: the laptop's clock."""

    at = NOW

    @classmethod
    def now(cls, _zone: object = None) -> datetime:
        """What the laptop believes."""
        return cls.at


def run(seed: int) -> Result:
    """Play one schedule."""
    chance = Random(seed)
    result = Result(seed)
    with seeded(chance), paced(seed):
        world = begin(chance)
        try:
            steps.play(world, chance.randint(10, LONGEST), about_names=seed % names.EVERY == 4)
            world.peace()
            result.divergences = verdict.divergences(world)
            if world.open_all():
                result.divergences += [f"opened: {one}" for one in verdict.divergences(world)]
                result.divergences += verdict.still_bare(world)
            result.losses = [*verdict.losses(world), *world.hidden]
            result.doubles = verdict.doubles(world)
            result.remains = verdict.remains(world)
            names.end(world)
            result.remains += names.remains(world)
            result.losses += [one for one in world.hidden if one not in result.losses]
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a failure with a seed
            result.crashed = repr(error)[:300]
    result.lockouts = [*world.locked_out, *world.server.valid.wrong]
    result.injected = world.injected
    result.edits = sum(ERASED not in made.fields for made in world.made.values())
    result.digest = sha256(repr(verdict.state(world)).encode()).hexdigest()[:16]
    result.trace = world.trace.hexdigest()[:16]
    return result


@contextmanager
def paced(seed: int) -> Iterator[None]:
    """Requests and pages of a few records each, on a line that is felt at times; mostly neither.

    A day's work fits into one request otherwise: what is made ready while an answer is awaited, and
    a cut between two of them, would never be seen.
    """
    if seed % IN_PIECES != 2:
        yield
        return
    chance = Random(f"{seed} in pieces")
    few, page = chance.randint(1, 3), chance.randint(1, 4)
    clock = accumulate(iter(lambda: chance.choice((0.0, 0.0, 0.1, 0.5, 2.0, 20.0)), None))
    with (
        patch.object(pace, "FIRST", few),
        patch.object(pace, "LEAST", 1),
        patch.object(pace, "MOST", 2 * few),
        patch.object(pace, "MOST_AT_ONCE", 4 * few),
        patch.object(pace, "monotonic", lambda: next(clock)),
        patch.object(news.since, "__defaults__", (page, 2**20)),
        patch.object(news, "LARGE", (3 * page, 2**20)),
    ):
        yield


def begin(chance: Random) -> World:
    """A region in which everybody was just enrolled, some by an older program.

    Binding four laptops takes an eighth of a schedule: it is done once, and put back from then on.
    """
    morning = _morning(tuple(chance.random() >= OLD for _ in PEOPLE))
    server, memories = _memories()
    world = World(chance, Server(server, morning.server), memories, heard=dict(morning.heard))
    world.server.valid.now = dict(morning.given)
    for laptop, file in zip(world.laptops, morning.laptops, strict=True):
        laptop.memory.put_back(file)
    return world


@dataclass(frozen=True)
class Morning:
    """What there is after everybody was enrolled: files, tokens, and what was heard on the line."""

    server: bytes
    laptops: list[bytes]
    given: dict[str, Given]
    heard: dict[str, tuple[dict[str, str], bytes]]


@cache
def _morning(renewing: tuple[bool, ...]) -> Morning:
    server, memories = _memories()
    chance = Random(0)
    with seeded(chance):
        world = World(chance, Server(server), memories)
        world.enrol_all(renewing)
    files = [laptop.memory.copy() for laptop in world.laptops]
    return Morning(server.copy(), files, world.server.valid.now, world.heard)


def forget_mornings() -> None:
    """To be called where the program is another one: its first day may be another one, too."""
    _morning.cache_clear()


@cache
def _memories() -> tuple[Memory, list[Memory]]:
    """Made once: an engine takes longer than a schedule."""
    for shape in (Change, SyncRequest, SyncReply):  # before the clock is another one
        msgspec.json.decode(b"null", type=shape | None)
    return Memory(ServerBase), [Memory(Base) for _ in range(MOST_LAPTOPS)]


@contextmanager
def seeded(chance: Random) -> Iterator[None]:
    """Random ids and clocks by the seed."""
    Clock.at = NOW
    with (
        patch.object(selectable, "os", NAMES),
        patch.object(os, "urandom", chance.randbytes),
        patch.object(random, "_urandom", chance.randbytes),  # of the module `secrets`
        patch.object(sync.change, "datetime", Clock),
        patch.object(ledger, "datetime", ServerClock),  # when the server took an edit
        patch.object(mistakes, "MOST", 0),  # one is to be seen: not a refusal, as any other
    ):
        yield
