"""Copies of the file still hold answers that were sent: they are taken out of them.

Copies are made each hour. Whoever has the password, and two of them, would see which answers came in
that hour, and the diary says where the interviewer was then. So with what was counted of interviews:
two copies tell what an hour added.
"""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import delete as delete_rows
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it ships no stubs

from desktop.backups import drop, list_backups
from desktop.files import delete
from desktop.session import Desk
from desktop.store import Store, connect
from sync.client.facts import recall, remember
from sync.client.tables import Draft, OwnSigns, WaitingAnswer

INTERVIEW = "interview:"  # how the keys of begun interviews begin, see desktop.actions.answers
DUE = "answers_copied"  # the fact: answers were sent that copies may still hold
GOING = (delete_rows(WaitingAnswer), delete_rows(Draft).where(Draft.key.startswith(INTERVIEW)))
EMPTIED = "PRAGMA wal_checkpoint(TRUNCATE)"
STATEMENTS = (
    "PRAGMA secure_delete=ON",
    *(str(one.compile(compile_kwargs={"literal_binds": True})) for one in GOING),
    EMPTIED,
    str(delete_rows(OwnSigns)),  # the last: older copies have no such table
    EMPTIED,
)


def forget_copied(desk: Desk) -> None:
    """Take answers and begun interviews out of every copy on this laptop, where some were sent.

    The next copy has those again that still wait. A damaged copy goes; of one that is held, or has no
    room to be written to, the next exchange takes them.
    """
    with desk.store() as session:
        if not recall(session, DUE, bool):
            return
    if isinstance(desk.store, Store) and not all(_all_forget(desk.store)):
        return
    with desk.store.begin() as session:
        remember(session, DUE, False)


def _all_forget(store: Store) -> list[bool]:
    """Of each copy, also of those made before migrations, whether nothing of them is left in it."""
    found = [_forgets(store, one.store, partial(drop, one)) for one in list_backups(store.copies)]
    aside = [_forgets(store, one, partial(delete, one)) for one in store.copies.glob("*.db")]
    return found + aside


def _forgets(store: Store, copy: Path, drop_it: Callable[[], None]) -> bool:
    try:
        with closing(connect(store, copy)) as connection:
            for statement in STATEMENTS:
                connection.execute(statement).fetchall()
    except dbapi2.OperationalError as error:
        return "no such table" in str(error)  # from before there were answers
    except (dbapi2.DatabaseError, OSError):
        drop_it()
    return True
