"""One signed-in person on one laptop: what every action is given."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from desktop.bag import Bag
from desktop.photos import PhotoFolder
from sync.client.nowhere import NOWHERE
from sync.client.transport import HttpTransport
from sync.errors import UserError
from sync.person import Person
from sync.places import Pack


@dataclass(frozen=True)
class Desk:
    """Assembled by `desktop.profile.open_desk`, which alone knows how."""

    person: Person
    store: sessionmaker[Session]
    photos: PhotoFolder
    server: HttpTransport
    pack: Pack
    bag: Bag | None = None  # what this laptop carries for others
    training: bool = False  # all here is invented, and there is no server

    def require_server(self) -> None:
        """Raise UserError in training, where nothing may leave."""
        if self.training:
            raise UserError(NOWHERE)
