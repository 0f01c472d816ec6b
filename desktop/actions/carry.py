"""What travels on a stick: a letter written, letters of others delivered, a reply taken in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.actions.former_officer import let_go
from desktop.actions.restored import require_agreed
from desktop.files import write_whole, writing
from desktop.session import Desk
from desktop.tidying import tidy
from sync.carry import CarryFile, deliver_file, reply_path
from sync.client import carried, striking
from sync.client.carried import Sent, Taken, Written
from sync.errors import Offline, SignInAgain, Stopped, TooOld, UserError
from sync.language import mark

__all__ = [
    "Delivery",
    "Sent",
    "Taken",
    "Written",
    "deliver",
    "last_letter",
    "take_reply",
    "write_letter",
]


@dataclass(frozen=True)
class Delivery:
    """What became of one letter: where its reply lies, or why it was not taken."""

    letter: Path
    reply: Path | None = None
    again: bool = False  # it had been delivered before
    problem: UserError | None = None


def write_letter(desk: Desk, path: Path) -> Written:
    """Write what waits as a letter to the server. It is whole or not there.

    Raises UserError where there is no room, or the server has not been met yet; NotAgreed where
    the work was restored and nobody was asked yet.
    """
    desk.require_server()
    require_agreed(desk)
    with writing(path) as file:
        return carried.write_letter(desk.store, desk.photos, file)


def deliver(desk: Desk, letters: Sequence[Path]) -> list[Delivery]:
    """Hand letters to the server, whoever wrote them, and put the replies beside them.

    Raises Offline, SignInAgain, TooOld, Stopped: then the letters that were not reached are as they were.
    """
    desk.require_server()
    return [_deliver(desk, letter) for letter in letters]


def take_reply(desk: Desk, path: Path) -> Taken:
    """Take in the reply to a letter of this laptop. Raises UserError; then nothing was changed."""
    desk.require_server()
    require_agreed(desk)
    with _reading(path) as file:
        taken = carried.take_reply(desk.store, file, path.name)
    let_go(desk, taken.now)
    if striking.strike(desk.store, taken.now):
        tidy(desk)
    return taken


def last_letter(desk: Desk) -> Sent | None:
    """The newest letter that this laptop wrote."""
    with desk.store() as session:
        return carried.last_letter(session)


def _deliver(desk: Desk, letter: Path) -> Delivery:
    try:
        with _reading(letter) as file:
            told = deliver_file(CarryFile(file, letter.name, "letter"), desk.server.deliver)
        reply = reply_path(letter)
        write_whole(reply, told.reply)
    except (Offline, SignInAgain, TooOld, Stopped):
        raise
    except UserError as problem:
        return Delivery(letter, problem=problem)
    return Delivery(letter, reply, told.again)


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UserError(mark("The file “{name}” cannot be read."), name=path.name) from error
