"""Letters on a stick between the laptops and the region of tests.loopback."""

from dataclasses import dataclass, field
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import msgspec

from sync.carry import CarryFile, Delivered, Introduction, deliver_file
from sync.client import carried, identity
from sync.client.carried import Taken
from sync.sealing import Keys, new_seed
from sync.server import carried as server_carried
from sync.server import introductions
from sync.server.tables import Account, OwnKeys
from tests.loopback import DISTRICTS, NOW, Laptop, Region


@dataclass
class NoFiles:
    """A laptop's files, in memory; none by default."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def has(self, sha256: str) -> bool:
        return sha256 in self.kept

    def read(self, sha256: str) -> bytes:
        return self.kept[sha256]


class Sticks:
    """What the region's server is to letters, and where everybody's keys are introduced."""

    def __init__(self, laptops: list[Laptop]) -> None:
        self.region: Region = laptops[0].region
        store = SimpleNamespace(reading=self.region.store, writing=self.region.store)
        blobs = SimpleNamespace(lost=lambda _: set())
        self.service: Any = SimpleNamespace(
            store=store,
            writing=lambda _person: self.region.store.begin(),
            blobs=blobs,
            districts=DISTRICTS,
            now=lambda: NOW,
        )
        with self.region.store.begin() as session:
            session.add(OwnKeys(id=1, seed=new_seed()))
            for laptop in laptops:
                said = msgspec.structs.asdict(laptop.person)
                session.merge(Account(**said, active=True))
        for laptop in laptops:
            self.introduce(laptop)

    def introduce(self, laptop: Laptop) -> None:
        """As at enrolment, and after an exchange."""

        def told(keys: Keys) -> Introduction:
            with self.region.store.begin() as session:
                return introductions.introduce(session, laptop.device, keys.public)

        identity.introduce(laptop.store, SimpleNamespace(introduce=told))

    def letter(self, laptop: Laptop) -> bytes:
        """What waits on a laptop, as a file."""
        file = BytesIO()
        carried.write_letter(laptop.store, NoFiles(), file)
        return file.getvalue()

    def deliver(self, letter: bytes) -> Delivered:
        """By whoever's hand."""
        file = CarryFile(BytesIO(letter), "letter.dala", "letter")
        return deliver_file(file, lambda one: server_carried.deliver(self.service, one))

    def take(self, laptop: Laptop, reply: bytes) -> Taken:
        """The reply comes back."""
        return carried.take_reply(laptop.store, BytesIO(reply), "reply.dala")
