"""How far an exchange is: told after each page, each part of a photo, each piece on the line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic

from sync.change import Change
from sync.client.blobs import PhotoExchange
from sync.client.engine import Exchange
from sync.client.transport import HttpTransport

TELLING = 5.0  # seconds after which it is known how quick the line is


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
    seconds: float = 0.0  # since it began with records, or with photos

    @property
    def share(self) -> float:
        """What of the whole is done: 0 to 1."""
        done = self.sent + self.taken
        return done / (done + self.left) if done else 0.0

    @property
    def seconds_left(self) -> float | None:
        """As long as the rest will take on this line; None where too little went to tell."""
        if self.seconds < TELLING or not 0 < self.share < 1:
            return None
        return self.seconds * (1 - self.share) / self.share


Tell = Callable[[Progress], None]


def untold(_: Progress) -> None:
    """Nobody wants to know."""


class Teller:
    """Puts together what is known from the records, the photos and the line."""

    def __init__(
        self,
        server: HttpTransport,
        tell: Tell,
        waiting: int,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._server, self._tell, self._clock = server, tell, clock
        self._since = clock()
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
        self._tell(self._now(replace(self._last, changes=[])))

    def _say(self, progress: Progress) -> None:
        if progress.photos is not self._last.photos:  # those have a pace of their own
            self._since = self._clock()
        self._last = progress
        self._tell(self._now(progress))

    def _now(self, progress: Progress) -> Progress:
        seconds = self._clock() - self._since
        return replace(progress, bytes_up=self.up, bytes_down=self.down, seconds=seconds)


@contextmanager
def teller(server: HttpTransport, tell: Tell, waiting: int) -> Iterator[Teller]:
    """A Teller that hears of each piece on the line as long as the block lasts."""
    made, before = Teller(server, tell, waiting), server.watch
    server.watch = made.piece
    try:
        yield made
    finally:
        server.watch = before
