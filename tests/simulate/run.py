"""One schedule from its seed: play it, let there be peace, and look."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from random import Random
from unittest.mock import patch

import msgspec

import sync.change
from sync.change import Change, SyncReply, SyncRequest
from sync.records.base import Base
from sync.server.tables import ServerBase
from tests.simulate import steps, verdict
from tests.simulate.memory import Memory
from tests.simulate.server import NOW, Server
from tests.simulate.world import MOST_LAPTOPS, World

LONGEST = 24  # steps


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
    server, laptops = _memories()
    chance = Random(seed)
    result = Result(seed)
    with _seeded(chance):
        world = World(chance, Server(server), laptops)
        world.enrol_all()
        try:
            steps.play(world, chance.randint(10, LONGEST))
            world.peace()
            result.divergences = verdict.divergences(world)
            result.losses = [*verdict.losses(world), *world.hidden]
            result.doubles = verdict.doubles(world)
            result.remains = verdict.remains(world)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a failure with a seed
            result.crashed = repr(error)[:300]
    result.lockouts = [*world.locked_out, *world.server.valid.wrong]
    result.injected, result.edits = world.injected, len(world.made)
    result.digest = sha256(repr(verdict.state(world)).encode()).hexdigest()[:16]
    result.trace = world.trace.hexdigest()[:16]
    return result


@cache
def _memories() -> tuple[Memory, list[Memory]]:
    """Made once: an engine takes longer than a schedule."""
    for shape in (Change, SyncRequest, SyncReply):  # before the clock is another one
        msgspec.json.decode(b"null", type=shape | None)
    return Memory(ServerBase), [Memory(Base) for _ in range(MOST_LAPTOPS)]


@contextmanager
def _seeded(chance: Random) -> Iterator[None]:
    """Random ids and clocks by the seed."""
    Clock.at = NOW
    with (
        patch.object(os, "urandom", chance.randbytes),
        patch.object(random, "_urandom", chance.randbytes),  # of the module `secrets`
        patch.object(sync.change, "datetime", Clock),
    ):
        yield
