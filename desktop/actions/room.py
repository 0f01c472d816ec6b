"""Laptops in one room, without a server: each takes the other's letter along, and gives replies.

What crosses the room are the letters of sync.carry: sealed for the server, they count once,
whoever brings them first. The room's code keeps strangers in the same network out.
"""

import socket
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from uuid import UUID

import msgspec

from desktop.actions.restored import require_agreed
from desktop.bag import Bag
from desktop.files import write_whole
from desktop.session import Desk
from sync.carry import MOST_FILES, CarryFile, Unusable, deliver_file, known_by
from sync.change import Change
from sync.client import carried, identity
from sync.client.carried import UNKNOWN_HERE, Taken
from sync.client.pairing import BROKEN, Broken, Channel, WrongCode, new_code
from sync.errors import Refused, UserError
from sync.language import mark
from sync.wish import awaited, heed, reach

LARGEST = MOST_FILES + 2**28  # bytes of one letter
MOST_REPLIES = 20
KEPT = b"kept"
WRONG_TRIES = 20  # with a wrong code, until the room closes

NO_NETWORK = mark(
    "This laptop is in no network. Join the same Wi-Fi as the others, or make a hotspot; then try "
    "again. The internet is not needed."
)
NOBODY = mark(
    "Nobody answers at {address}. Check that the room is open there, and that both laptops are in "
    "the same network."
)
OTHER_SERVER = mark("The other laptop works with another server. Nothing was exchanged.")
FULL = mark(
    "The disk of this laptop has no room for what the other one gives, or may not be written to. "
    "Nothing was lost; make room, then try again."
)


class Arrival(msgspec.Struct, frozen=True):
    """What each end says first."""

    device: bytes
    server: str  # by which its server is known
    person: str  # a name to show


@dataclass
class Met:
    """Whom a laptop met in a room, and what its own replies did."""

    person: str
    sent: int = 0
    taken: int = 0
    changes: list[Change] = field(default_factory=list)


class Room:
    """An open room: others come to `address` with `code`. End with `close`."""

    def __init__(self, host: str | None = None) -> None:
        """Raises UserError where this laptop is in no network."""
        try:
            self._listening = socket.create_server((host or own_address(), 0))
        except OSError as error:
            raise UserError(NO_NETWORK) from error
        self._listening.settimeout(0.2)
        at, port = self._listening.getsockname()[:2]
        self.address, self.code = f"{at}:{port}", new_code()

    def host(
        self,
        desk: Desk,
        *,
        seconds: float,
        guests: int | None = None,
        told: Callable[[Met], None] = lambda _: None,
        ended: Callable[[], bool] = lambda: False,
    ) -> list[Met]:
        """Meet whoever comes with the code, until the time is over or `guests` have been here.

        Raises NotAgreed where the work was restored and nobody was asked yet.
        """
        desk.require_server()
        require_agreed(desk)
        met: list[Met] = []
        tries, end = 0, monotonic() + seconds
        while monotonic() < end and tries < WRONG_TRIES and not ended():
            try:
                line, _ = self._listening.accept()
            except TimeoutError:
                continue
            with line:
                try:
                    met.append(_meet(desk, line, self.code, opener=True))
                except WrongCode:
                    tries += 1
                    continue
                except UserError:  # that guest says it on its own screen, and may come again
                    continue
            told(met[-1])
            if guests is not None and len(met) >= guests:
                break
        return met

    def close(self) -> None:
        """Nobody comes any more."""
        self._listening.close()


def join(desk: Desk, address: str, code: str) -> Met:
    """Go into the room at `host:port`: give a letter, get replies.

    Raises Stopped; UserError: nobody there, another code, another server, or the line broke; NotAgreed where
    the work was restored and nobody was asked yet.
    """
    desk.require_server()
    require_agreed(desk)
    host, _, port = address.strip().rpartition(":")
    try:
        place = (host, int(port))
        line = awaited(partial(socket.create_connection, place, timeout=10), _leave)
    except (OSError, ValueError, OverflowError) as error:
        raise UserError(NOBODY, address=address) from error
    with line:
        return _meet(desk, line, code, opener=False)


def deliver_bag(desk: Desk) -> int:
    """Hand the letters of others to the server and keep the replies for them → how many.

    Raises Offline, SignInAgain, TooOld. A letter that the server does not take goes: it is still
    with whoever wrote it.
    """
    delivered = 0
    if desk.bag is None:
        return delivered
    for path in desk.bag.letters():
        try:
            with path.open("rb") as file:
                letter = CarryFile(file, path.name, "letter")
                told = deliver_file(letter, desk.server.deliver)
            write_whole(desk.bag.reply_path(letter.head), told.reply)
            delivered += 1
        except (Unusable, Refused):
            pass
        path.unlink()
    return delivered


def own_address() -> str:
    """This laptop's address in its network. Raises OSError where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # nothing is sent; the system only chooses a way
        return str(probe.getsockname()[0])


def _meet(desk: Desk, line: socket.socket, code: str, *, opener: bool) -> Met:
    with desk.store() as session:
        own = identity.own(session)
    if own is None or desk.bag is None:
        raise UserError(UNKNOWN_HERE)
    device, _, server = own
    mine = Arrival(device.bytes, known_by(server), desk.person.name)
    reach(line)
    try:
        channel = Channel(line, code, opener=opener)
        theirs = _introduce(channel, mine, first=not opener)
        done = _cross(desk, desk.bag, channel, theirs, first=not opener)
    except OSError as error:
        raise UserError(FULL) from error
    except Broken:
        heed()  # whoever wished it broke it
        raise
    return Met(theirs.person, done.sent, done.taken, done.changes)


def _leave(coming: Future[socket.socket]) -> None:
    """Nobody waited for this line."""
    if not coming.exception():
        coming.result().close()


def _cross(desk: Desk, bag: Bag, channel: Channel, theirs: Arrival, *, first: bool) -> Taken:
    """Both ends do the same, one after the other: replies, then letters."""
    done = Taken()
    for giving in (first, not first):
        if giving:
            _give_replies(channel, bag.replies_for(UUID(bytes=theirs.device))[:MOST_REPLIES])
        else:
            _take_replies(desk, channel, done)
    for giving in (first, not first):
        if giving:
            _give_letter(desk, channel)
        else:
            with bag.new_letter() as file:
                channel.receive_file(file, min(LARGEST, bag.room()))
            channel.send(KEPT)
    return done


def _introduce(channel: Channel, mine: Arrival, *, first: bool) -> Arrival:
    if first:
        channel.send(msgspec.msgpack.encode(mine))
    try:
        theirs = msgspec.msgpack.decode(channel.receive(), type=Arrival)
    except (ValueError, RecursionError) as error:
        raise Broken(BROKEN) from error
    if not first:
        channel.send(msgspec.msgpack.encode(mine))
    if theirs.server != mine.server or len(theirs.device) != len(mine.device):
        raise UserError(OTHER_SERVER)
    return theirs


def _give_replies(channel: Channel, replies: list[Path]) -> None:
    channel.send(bytes([len(replies)]))
    for path in replies:
        with path.open("rb") as file:
            channel.send_file(file)
    _hear_kept(channel)
    for path in replies:
        path.unlink()


def _take_replies(desk: Desk, channel: Channel, done: Taken) -> None:
    """Take in what the other end carries for this laptop."""
    for _ in range(int.from_bytes(channel.receive())):
        with TemporaryFile() as file:
            channel.receive_file(file, LARGEST)
            file.seek(0)
            try:
                taken = carried.take_reply(desk.store, file, "reply")
            except UserError:  # to a letter of another time: the next letter asks again
                continue
        done.sent += taken.sent
        done.taken += taken.taken
        done.changes += taken.changes
    channel.send(KEPT)


def _give_letter(desk: Desk, channel: Channel) -> None:
    with TemporaryFile() as file:
        carried.write_letter(desk.store, desk.photos, file)
        file.seek(0)
        channel.send_file(file)
    _hear_kept(channel)


def _hear_kept(channel: Channel) -> None:
    if channel.receive() != KEPT:
        raise Broken(BROKEN)
