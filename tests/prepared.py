"""A server and laptops as they are after some work, done once and begun from again and again.

ready = prepare(folder, server.service.clock.time)   # once the server and its laptops are closed
with ready.begun(elsewhere) as server:
    desk = open_desk(choose_profile(elsewhere / "lea"), PASSWORD, http=line(server))
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.profiles import MemoryKeyring, keystore
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
