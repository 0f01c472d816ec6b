"""A region with integrity officers: its key, the list that it signs, and a server that tells both.

region = Region()
region.appoint(server, officer.make_key(desk))
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.actions import exchange, officer
from desktop.profile import close_desk, open_desk
from desktop.session import Desk
from sync import officers, region_key
from sync.officers import Officer, Officers
from sync.sealing import Keys, new_seed
from tests.profiles import PASSWORD, line, new_profile
from tests.servers import Regional, regional


class Region:
    """Whoever holds the region's key."""

    def __init__(self) -> None:
        self.key = Keys(new_seed())
        self.officers: Officers | None = None

    def appoint(self, server: Regional, *cards: Officer, drop: tuple[str, ...] = ()) -> Officers:
        """Put officers on the list, and others off it; the server tells it from now on."""
        self.officers = officers.appoint(self.officers, cards, drop, self.key)
        self.tell(server, self.officers)
        return self.officers

    def tell(self, server: Regional, told: Officers | None) -> None:
        """The server tells this list, whoever made it."""
        server.app.state.service = replace(
            server.app.state.service,
            region_keys=tuple(region_key.first(self.key)),
            officers=told,
        )


@pytest.fixture(name="server")
def given_server(tmp_path: Path) -> Iterator[Regional]:
    """A server of this test alone: it is told of a list."""
    folder = tmp_path / "server"
    folder.mkdir()
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture(name="region")
def given_region() -> Region:
    """A region without officers."""
    return Region()


@pytest.fixture(name="enrolled")
def given_enrolled(server: Regional, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Enrol somebody of a role; their desk."""
    desks = []

    def enrol(role: str = "activist") -> Desk:
        login = f"u{uuid4().hex[:8]}"
        profile = new_profile(tmp_path / login, server, login, role)
        desks.append(open_desk(profile, PASSWORD, http=line(server)))
        return desks[-1]

    yield enrol
    for desk in desks:
        close_desk(desk)


@pytest.fixture(name="aigul")
def given_officer(enrolled: Callable[..., Desk], region: Region, server: Regional) -> Desk:
    """An integrity officer whose key is on the list."""
    desk = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(desk))
    exchange.exchange(desk)
    return desk


@pytest.fixture(name="aidana")
def given_activist(enrolled: Callable[..., Desk], aigul: Desk) -> Desk:
    """An activist who has heard of the officer."""
    desk = enrolled()
    exchange.exchange(desk)
    return desk
