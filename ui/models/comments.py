"""What was said about a record: what is still to be put right, and what is history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop import people
from desktop.actions import review
from desktop.actions.records import Row
from desktop.session import Desk
from sync.records import KINDS
from sync.records.base import fields
from sync.records.states import ReviewState


@dataclass(frozen=True)
class Said:
    """One comment. `about` is the name of a field, or "" for the whole record."""

    about: str
    by: str  # the person's name
    at: datetime
    text: str
    open: bool  # still to be put right


def read_said(desk: Desk, row: Row) -> list[Said]:
    """All that was said about a record, oldest first, of one moment in the order of the fields.

    For the store's thread.
    """
    order = ["", *(field.name for field in fields(KINDS[row["kind"]]))]
    comments = sorted(
        review.comments(desk, row["id"]),
        key=lambda one: (one["created"], _place(order, one["about"] or "")),
    )
    still = {comment["id"] for comment in unanswered(row, comments)}
    names = people.names_of(desk)
    return [
        Said(
            about=comment["about"] or "",
            by=names.get(comment["author"], comment["author"]),
            at=comment["created"],
            text=comment["text"] or "",
            open=comment["id"] in still,
        )
        for comment in comments
    ]


def _place(order: list[str], name: str) -> int:
    """Where a field stands; at the end where only a newer program knows it."""
    return order.index(name) if name in order else len(order)


def unanswered(row: Row, comments: Iterable[Row]) -> list[Row]:
    """The comments of the return that the record stands at; none where it was sent again.

    `desktop.actions.review.decide` writes those of one return with one moment. Which return was
    the last, the server's order says: laptops' clocks may differ.
    """
    known = list(comments)
    if row["review"] != ReviewState.RETURNED or not known:
        return []
    last = max(known, key=lambda one: (not one["revision"], one["revision"], one["created"]))
    return [
        one
        for one in known
        if (one["author"], one["created"]) == (last["author"], last["created"])
    ]
