"""After an erasure: the bytes that are no record any more, wherever they still lie on the laptop."""

from contextlib import suppress
from datetime import UTC, datetime

from desktop.backups import drop_all
from desktop.index.keeping import catch_up
from desktop.second_place import owe
from desktop.session import Desk
from desktop.store import Store
from sync.client import scrub
from sync.errors import UserError


def tidy(desk: Desk, *, rewrite: bool = False) -> None:
    """Delete the files of what was erased and older copies of the database; empty its journals.

    `rewrite`: also its free space, by writing it anew, which takes seconds and needs nobody else
    in it. Of what is past its term the copies go by their thinning, else each day would leave a laptop
    without any. What a crash or a virus scanner prevents is done with the next exchange or start.
    """
    with desk.store() as session:
        if not scrub.is_untidy(session):
            return
        doomed, copies_go = scrub.doomed(session), scrub.copies_go(session)
    left = _drop(desk, doomed)
    if not isinstance(desk.store, Store):
        return
    if copies_go:
        drop_all(desk.store.copies)
    if copies_go or doomed:
        _owe(desk, doomed)  # after: no copy here holds it that could go there
    catch_up(
        desk.store
    )  # the index of words forgets what was erased before the journal is emptied
    tidied = False
    with suppress(UserError):  # no room, or somebody reads: the next time
        if copies_go and desk.store.journal is not None:
            desk.store.journal.begin_anew()
        desk.store.forget(rewrite=rewrite)
        tidied = rewrite and not left
    if tidied:
        with desk.store.begin() as session:
            scrub.tidied(session)


def sweep(desk: Desk) -> None:
    """Delete the files of photos that others took the place of, here and in the second place.

    Nothing else of them lies anywhere: the database and its copies know their sums alone. What a
    virus scanner holds goes with the next exchange or start.
    """
    with desk.store() as session:
        doomed = scrub.doomed(session)
    _drop(desk, doomed)
    if doomed and isinstance(desk.store, Store):
        _owe(desk, doomed)


def _drop(desk: Desk, doomed: list[str]) -> list[str]:
    """Delete these files → those that could not be deleted."""
    left = [sha256 for sha256 in doomed if not desk.photos.drop(sha256)]
    with desk.store.begin() as session:
        scrub.swept(session, left)
    return left


def _owe(desk: Desk, doomed: list[str]) -> None:
    with desk.store.begin() as session:
        owe(session, [desk.photos.name(sha256) for sha256 in doomed], datetime.now(UTC))


def empty_journal(desk: Desk) -> None:
    """Words have left the file; its journal still holds them. What prevents it is over when it is closed."""
    if isinstance(desk.store, Store):
        catch_up(desk.store)
        with suppress(UserError):
            desk.store.forget(rewrite=False)
