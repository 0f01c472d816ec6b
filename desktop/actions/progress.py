"""How far an exchange is: told after each page, each part of a photo, each piece on the line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sync.change import Change
from sync.client.blobs import PhotoExchange
from sync.client.engine import Exchange
from sync.client.transport import HttpTransport


@dataclass(frozen=True)
class Progress:
    """Counts of records or of photos, and bytes on the line so far."""

    photos: bool  # else records
    sent: int
    taken: int
    left: int  # still to be sent and, at most, to be taken
    bytes_up: int
    bytes_down: int
    changes: list[Change] = field(default_factory=list)  # that came since it was told last

    @property
    def share(self) -> float:
        """What of the whole is done: 0 to 1."""
        done = self.sent + self.taken
        return done / (done + self.left) if done else 0.0


Tell = Callable[[Progress], None]


def untold(_: Progress) -> None:
    """Nobody wants to know."""


class Teller:
    """Puts together what is known from the records, the photos and the line."""

    def __init__(self, server: HttpTransport, tell: Tell, waiting: int) -> None:
        self._server, self._tell = server, tell
        self._began = (server.sent_bytes, server.taken_bytes)
        self._last = Progress(False, 0, 0, waiting, 0, 0)

    @property
    def up(self) -> int:
        """Bytes sent so far."""
        return self._server.sent_bytes - self._began[0]

    @property
    def down(self) -> int:
        """Bytes taken so far."""
        return self._server.taken_bytes - self._began[1]

    def records(self, done: Exchange) -> None:
        """A page was settled."""
        left = done.waiting + done.ahead
        self._say(Progress(False, done.sent, done.taken, left, 0, 0, done.changes))

    def photos(self, done: PhotoExchange) -> None:
        """A part of a photo went or came."""
        self._say(Progress(True, done.sent, done.taken, done.to_send + done.to_take, 0, 0))

    def piece(self) -> None:
        """Some bytes went or came; perhaps on another thread than the pages."""
        self._tell(replace(self._last, bytes_up=self.up, bytes_down=self.down, changes=[]))

    def _say(self, progress: Progress) -> None:
        self._last = progress
        self._tell(replace(progress, bytes_up=self.up, bytes_down=self.down))


@contextmanager
def teller(server: HttpTransport, tell: Tell, waiting: int) -> Iterator[Teller]:
    """A Teller that hears of each piece on the line as long as the block lasts."""
    made, before = Teller(server, tell, waiting), server.watch
    server.watch = made.piece
    try:
        yield made
    finally:
        server.watch = before
