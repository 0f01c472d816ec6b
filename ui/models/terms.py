"""The clocks of issues in words: how near a day is, whose it is, and how it was reckoned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from desktop.actions import terms
from desktop.actions.terms import ANSWER, Clocks
from desktop.session import Desk
from sync.language import tr
from ui.deadlines import Deadline, deadline


def read_terms(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> dict[UUID, Deadline]:
    """The nearest day of each of these issues that waits for one. For the store's thread."""
    on = date.today()  # noqa: DTZ011  # the day of the place
    found = terms.clocks(desk, rows)
    return {id: said for id, one in found.items() if (said := nearest(one, on)) is not None}


def nearest(found: Clocks, on: date) -> Deadline | None:
    """How near the next day of both clocks is; None where nothing is awaited."""
    if found.next is None:
        return None
    return deadline(found.next[0], on, found.left(on))


def whose(clock: str, body: str) -> str:
    """Whose day it is, for a line of a list; nothing for our own."""
    if clock != ANSWER:
        return ""
    return tr("Answer of {body}", body=body) if body else tr("Their answer")
