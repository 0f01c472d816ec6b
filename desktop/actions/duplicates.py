"""Records that are probably one matter: hints while one is typed, and joining them. All pairs: pairs.py.

Two are joined by a decision of review: one becomes a duplicate, both say of which in a comment, and
nothing of either is lost. Undone, it waits for review again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from desktop.actions import drafts
from desktop.actions.edits import Edit
from desktop.actions.records import Row, put, show
from desktop.actions.review import Decision, decide
from desktop.actions.titles import tag, title
from desktop.alike import KEYS, LIKELY, likeness, told
from desktop.session import Desk
from desktop.steps import Own, note_own
from sync.change import Change
from sync.errors import Refused, UserError
from sync.language import mark, tr
from sync.records import KINDS
from sync.records.states import ReviewState

COMPARED: Final = ("issue", "reception", "relocation_case", "project")
SAID: Final = (
    *("essence", "title", "village", "address", "category", "sphere", "applicant", "phone", "iin"),
    *("contract_number", "received_on", "opened_on", "starts_on"),
)
JOINABLE: Final = (
    ReviewState.SENT.value,
    ReviewState.APPROVED.value,
)  # what may become a duplicate
ENDED: Final = (ReviewState.DUPLICATE.value, ReviewState.REJECTED.value)
HINTS: Final = 3
SET_APART: Final = mark("said that two records are two matters")
APART: Final = "duplicates:apart"  # where the pairs that are none are kept


@dataclass(frozen=True)
class Alike:
    """A record that is probably the same as another one, and how probably: 0 to 1."""

    kind: str
    id: UUID
    title: str
    score: float
    joinable: bool  # whether it may become a duplicate of another one


def hints(desk: Desk, kind: str, values: Mapping[str, Any], id: UUID | None = None) -> list[Alike]:
    """What is probably the same as what is being typed, the most likely first. `id`: of itself."""
    if kind not in COMPARED:
        return []
    typed, table = told(values), columns(kind)
    same = [
        table[name] == values[name]
        for name in ("village", *KEYS)
        if name in table and values.get(name)
    ]
    if not same:
        return []
    found = []
    with desk.store() as session:
        for row in session.execute(asked(kind).where(or_(*same))).mappings():
            score = likeness(typed, told(dict(row)))
            if row["id"] != id and score >= LIKELY:
                found.append((score, row["id"]))
    best = sorted(found, key=lambda one: (-one[0], str(one[1])))[:HINTS]
    return [alike(show(desk, one, kind), score) for score, one in best]


def join(desk: Desk, id: UUID, under: UUID) -> list[Change]:
    """Call one a duplicate of the other, and say so at both. Raises Refused where that is none's."""
    row, whole = show(desk, id), show(desk, under)
    if id == under or row["kind"] != whole["kind"]:
        raise UserError(mark("Two different records of one kind can be joined."))
    if whole["review"] in ENDED:
        raise Refused(mark("The other record is closed itself: join with the one that goes on."))
    words = tr("The same as {number}: {title}", number=tag(whole), title=title(whole))
    opened = decide(desk, id, Decision.UNDO) if row["review"] == ReviewState.APPROVED else []
    changes = [*opened, *decide(desk, id, Decision.DUPLICATE, {"": words})]
    said = tr("Joined with this one: {number}: {title}", number=tag(row), title=title(row))
    with desk.store.begin() as session:
        noted = put(desk, session, Edit("comment", {"about": "", "text": said}, parent=under))
    return [*changes, *([noted] if noted else [])]


def set_apart(desk: Desk, one: UUID, other: UUID, *, again: bool = False) -> list[Change]:
    """These are two matters: `pairs` does not tell them on this laptop any more; `again`: it does."""
    known = set_apart_before(desk)
    wanted = known - {key_of(one, other)} if again else known | {key_of(one, other)}
    drafts.keep(desk, APART, {"pairs": sorted(wanted)})
    back = partial(set_apart, desk, one, other, again=not again)
    note_own(Own(SET_APART, back, about=frozenset((one, other))))
    return []


def set_apart_before(desk: Desk) -> set[str]:
    """The pairs of which somebody said here that they are two matters, by `key_of`."""
    return set((drafts.recall(desk, APART) or {}).get("pairs", ()))


def key_of(one: UUID, other: UUID) -> str:
    """A pair, whichever stands first."""
    return " ".join(sorted((one.hex, other.hex)))


def part(desk: Desk, id: UUID) -> list[Change]:
    """Take a joining back: the record waits for review again; what was said stays as history."""
    return decide(desk, id, Decision.UNDO)


def alike(row: Row, score: float = 0.0) -> Alike:
    """A record as one of a pair, or of what is alike to something by `score`."""
    joinable = row["review"] in JOINABLE
    return Alike(row["kind"], row["id"], title(row), round(score, 3), joinable)


def asked(kind: str, names: Collection[str] = SAID) -> Any:
    """What of all that go on, and have their words here, is compared: by default all that is said."""
    table = columns(kind)
    said = [table[name] for name in names if name in table]
    here = ~table.removed & ~table.bare & table.review.not_in(ENDED)
    return select(table.id, table.review, *said).where(here)


def columns(kind: str) -> Any:
    """Those of a kind's table."""
    return KINDS[kind].__table__.c
