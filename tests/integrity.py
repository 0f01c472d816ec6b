"""A region with integrity officers: its key, the list that it signs, and a server that tells both.

region = Region()
region.appoint(server, officer.make_key(desk))
"""

from dataclasses import replace

from sync import officers, region_key
from sync.officers import Officer, Officers
from sync.sealing import Keys, new_seed
from tests.servers import Regional


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
