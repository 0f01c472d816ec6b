"""A file that a newer program wrote: what waits in it leaves as a letter, and not a byte changes.

The newer program will send the same edits again, and nothing counts twice: each has its id. But it
must not put a later edit into one that has left by then. What the file would have been told is
noted beside it, and taken in when it is opened.
"""

from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop import keys
from desktop.files import SMALL, delete, read_whole, settle, write_whole, writing
from desktop.folder import Profile
from desktop.photos import PhotoFolder
from desktop.store import Store
from desktop.store_failures import shut
from sync.change import encode
from sync.client import carried, outbox
from sync.client.carried import Draft, Written
from sync.client.tables import BODY
from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark

UNREADABLE = mark(
    "The newer version of this program keeps what waits in another way: this one cannot write a "
    "letter of it. Nothing was changed, and your work is all there. Install the newer version."
)


def write_letter(profile: Profile, password: str, path: Path) -> Written:
    """Write what waits in a newer file as a letter to the server; the file stays as it is.

    Raises what keys.unwrap and store_failures have, and UserError where there is no room for the
    letter, the server was not met yet, or the newer program keeps its edits otherwise. Hold the
    profile's lock meanwhile.
    """
    key = keys.unwrap(profile.keys, password)
    photos = PhotoFolder(profile.photos, key, looked=True)
    with closing(Store(profile.store, key, profile.copies, untouched=True)) as store:
        draft = _compose(store, photos)
    _note(profile.letters, draft)
    with writing(path) as file:
        return carried.close(draft, photos, file)


def take_notes(profile: Profile, store: Store) -> None:
    """Tell the file which letters were written while it could not be changed."""
    if not profile.letters.exists():
        return
    with store.begin() as session:
        newest = outbox.newest(session)
        outbox.offer(
            session, newest
        )  # all that is there stays as it is, also if the note is damaged
        for letter in _noted(profile.letters):
            carried.note(session, letter, newest)
    with suppress(OSError):  # a virus scanner holds it: told again the next time, to no effect
        delete(profile.letters)
        settle(profile.folder)


def _compose(store: Store, photos: PhotoFolder) -> Draft:
    try:
        with store() as session:
            _check_known(session)
            return carried.compose(session, photos)
    except (DBAPIError, msgspec.MsgspecError) as error:  # other tables, other words in them
        raise UserError(UNREADABLE) from error


def _check_known(session: Session) -> None:
    """An edit that says what this program does not know would lose that on the way, for good."""
    for body in session.scalars(select(BODY).where(outbox.WAITS)):
        if encode(outbox.decode(body)) != body:
            raise UserError(UNREADABLE)


def _note(path: Path, draft: Draft) -> None:
    """On the disk before the letter is: an edit that left without it might be lost."""
    write_whole(path, msgspec.json.encode([*_noted(path), draft.head.letter]))


def _noted(path: Path) -> list[UUID]:
    """The letters; none where there is no note, or a damaged one: then no reply is taken in."""
    try:
        return decode(read_whole(path, SMALL), list[UUID])
    except (FileNotFoundError, ValueError):
        return []
    except OSError as error:
        raise shut(path.parent) from error
