"""Work that was restored from a copy is not synced before the person has said so."""

from datetime import datetime

from desktop.mended import MENDED, mended
from desktop.restoring import RESTORED
from desktop.session import Desk
from sync.client.facts import forget, recall
from sync.errors import UserError
from sync.language import mark


class NotAgreed(UserError):
    """The file is a copy's, and nobody has said yet that it shall be synced."""


def since(desk: Desk) -> datetime | None:
    """The moment of the copy that this file is, until `agree`; None for a file that is none."""
    with desk.store() as session:
        moment: datetime | None = recall(session, RESTORED, datetime)
        return moment


def agree(desk: Desk) -> None:
    """The person knows that this is a copy's work, and lets it be synced."""
    with desk.store.begin() as session:
        forget(session, RESTORED, MENDED)


def require_agreed(desk: Desk) -> None:
    """Raise NotAgreed where the person was not asked yet."""
    if (moment := since(desk)) is not None:
        with desk.store() as session:
            what = mended(session)
        if what is not None:
            raise NotAgreed(
                mark(
                    "{what} Nothing was sent or taken since. What was sent later comes back with the "
                    "next sync. Look at it, then sync."
                ),
                what=what,
            )
        raise NotAgreed(
            mark(
                "This is the work as it stood on {moment}, restored from a copy. Nothing was sent or "
                "taken since. What was sent later comes back with the next sync. Look at it, then "
                "sync."
            ),
            moment=moment.astimezone().strftime("%d.%m.%Y %H:%M"),
        )
