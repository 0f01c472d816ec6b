"""A server and laptops as they are after some work, done once and begun from again and again.

ready = Prepared(folder)
with ready.going_on() as server:
    ...  # laptops are bound in folders beside it, work, and are closed
with ready.begun(elsewhere) as server, opened(elsewhere / "lea", server) as desk:
    ...
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.folder import choose_profile
from desktop.profile import close_desk, open_desk
from desktop.session import Desk
from tests.profiles import PASSWORD, MemoryKeyring, keystore, line
from tests.servers import HandClock, Regional, regional


@dataclass
class Prepared:
    """The folder of a server, in `server`, and of laptops beside it; the time; what else is known."""

    folder: Path
    time: datetime = field(default_factory=lambda: HandClock().time)
    kept: dict[tuple[str, str], str] = field(default_factory=dict)  # of the keystore
    known: Any = None

    @contextmanager
    def going_on(self) -> Iterator[Regional]:
        """Work with the server itself; what was done is what the next ones begin from."""
        (self.folder / "server").mkdir(exist_ok=True)
        with self._serving(self.folder) as (server, clock, kept):
            yield server
            self.time, self.kept = clock.time, kept

    @contextmanager
    def begun(self, folder: Path) -> Iterator[Regional]:
        """The same in another folder that exists, for one test."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        with self._serving(folder) as (server, _clock, _kept):
            yield server

    @contextmanager
    def _serving(
        self, folder: Path
    ) -> Iterator[tuple[Regional, HandClock, dict[tuple[str, str], str]]]:
        clock, backend, home = HandClock(), MemoryKeyring(), folder / "server"
        clock.time, backend.kept = self.time, dict(self.kept)
        prepared = (home / "server.db").exists()
        with (
            keystore(backend),
            regional(
                f"sqlite:///{home}/server.db", home, prepared=prepared, clock=clock
            ) as server,
        ):
            yield server, clock, backend.kept


@contextmanager
def opened(folder: Path, server: Regional) -> Iterator[Desk]:
    """The laptop in this folder at work, with a line to the server."""
    desk = open_desk(choose_profile(folder), PASSWORD, http=line(server))
    try:
        yield desk
    finally:
        close_desk(desk)
