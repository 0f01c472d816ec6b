"""What all papers of records have: lines in the middle, and what stands below each page."""

from collections.abc import Iterable, Iterator

from desktop.actions.records import Row
from desktop.exports.pages import Block, Line, Look, Pages
from desktop.papers.source import Stamp
from desktop.papers.wording import short_day
from desktop.session import Desk
from sync.language import tr
from sync.records.states import ReviewState
from sync.vocabulary import label

LONG_LINE = "____________________"  # to be written upon


def pages(
    desk: Desk,
    title: str,
    row: Row | None,
    blocks: Iterable[Block],
    stamp: Stamp,
    *,
    wide: bool = False,
) -> Pages:
    """The whole paper. What is not approved yet says so below each page."""
    at = stamp.at.astimezone()
    said = [desk.person.name, f"{short_day(at.date())} {at:%H:%M}", stamp.id]
    if row is not None and row["review"] not in (None, ReviewState.APPROVED.value):
        state = label("review_state", row["review"], stamp.language)
        said.append(tr("Review: {state}", stamp.language, state=state))
    return Pages(title, stamp.language, tuple(blocks), " · ".join(said), stamp.id, wide)


def in_the_middle(lines: Iterable[str], look: Look) -> Iterator[Line]:
    """Each on a line of its own."""
    return (Line(one, look, middle=True) for one in lines)
