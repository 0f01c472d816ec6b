"""Phrases and views of lists that a leader gives the colleagues of a district, or a coordinator those of the region.

They are records: they wait in the outbox, come with the next exchange, and have a history. Who may share
in a stream changes what is shared there and takes it back; whoever reads the stream uses it. They name
nobody: `desktop.forms` looks for what reads like a person's name or number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from desktop.actions import records
from desktop.actions.listing import Wish, is_known
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import LANGUAGES, mark, spoken, tr
from sync.person import REGION
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.handed_out import SharedPhrase, SharedView
from sync.records.values import missing

PHRASE, VIEW = SharedPhrase.kind, SharedView.kind
MOST = {PHRASE: 200, VIEW: 20}  # of a stream; of a list in it
FULL = mark("There are {n} shared already. Take one back first.")
NO_WORDS = mark("Write the phrase in one language at least.")


@dataclass(frozen=True)
class Given:
    """Where something comes from, and whether the person at the desk may change it."""

    id: UUID
    district: str  # or REGION
    own: bool

    def words(self) -> str:
        """Who shared it, by role."""
        if self.district == REGION:
            return tr("Shared by the coordinator for the region")
        return tr("Shared by the leader for the district")


@dataclass(frozen=True)
class GivenPhrase(Given):
    """A phrase, {kk, ru, en: its words}; languages without words are left out."""

    texts: Mapping[str, str]

    def text(self) -> str:
        """In the language spoken; in another one where only that has words."""
        order = sorted(self.texts, key=lambda code: code != spoken())
        return self.texts[order[0]]


@dataclass(frozen=True)
class GivenView(Given):
    """A view of a list."""

    name: str
    wish: Wish


def may_share(desk: Desk) -> bool:
    """Whether this person shares with the colleagues of their district, or of the region."""
    return may(desk.person, Action.SHARE, desk.person.district)


def read_phrases(desk: Desk) -> list[GivenPhrase]:
    """Those of the region, then of the district, the oldest first; without any that have no words."""
    return [
        GivenPhrase(**_whence(desk, row), texts=texts)
        for row in _read(desk, PHRASE)
        if (texts := {code: text for code in LANGUAGES if (text := _one_line(row[code]))})
    ]


def read_given_views(desk: Desk, kind: str) -> list[GivenView]:
    """Those of a list. One that names what this program does not know is left out, and stays."""
    found = []
    for row in _read(desk, VIEW):
        wish = Wish(row["state"] or "", _one_line(row["words"]), row["sorted_by"] or "")
        name = _one_line(row["name"])
        if row["of"] == kind and name and is_known(KINDS[kind], wish):
            found.append(GivenView(**_whence(desk, row), name=name, wish=wish))
    return found


def share_phrase(desk: Desk, texts: Mapping[str, str], id: UUID | None = None) -> list[Change]:
    """Give a phrase, or change one. Raises Wrong for what names somebody, Refused where one may not."""
    values = {code: _one_line(texts.get(code)) or None for code in LANGUAGES}
    if not any(values.values()):
        raise UserError(NO_WORDS)
    if id is None:
        _check_room(desk, PHRASE)
    return records.save(desk, PHRASE, values, id)


def share_view(
    desk: Desk, kind: str, name: str, wish: Wish, id: UUID | None = None
) -> list[Change]:
    """Give a view of a list, or change one. Raises as `share_phrase` does."""
    values = {
        "name": _one_line(name) or None,
        "of": kind,
        "state": wish.state or None,
        "words": _one_line(wish.words) or None,
        "sorted_by": wish.order or None,
    }
    if missing(SharedView, values):
        raise UserError(mark("Give the view a name."))
    if id is None:
        _check_room(desk, VIEW, kind)
    return records.save(desk, VIEW, values, id)


def take_back(desk: Desk, kind: str, id: UUID) -> list[Change]:
    """Nobody has it any more after their next exchange. Raises Refused where one may not."""
    return records.remove(desk, kind, id)


def _read(desk: Desk, kind: str) -> list[records.Row]:
    rows = records.list_records(desk, kind)
    readable = [row for row in rows if may(desk.person, Action.READ, row["district"])]
    return sorted(readable, key=lambda row: (row["district"] != REGION, row["created"], row["id"]))


def _one_line(text: str | None) -> str:
    """Without what nobody sees, whoever wrote it: signs that turn the order of letters round, or end a line."""
    return " ".join("".join(one if one.isprintable() else " " for one in text or "").split())


def _whence(desk: Desk, row: records.Row) -> dict[str, Any]:
    district = row["district"]
    own = may(desk.person, Action.SHARE, district)
    return {"id": row["id"], "district": district, "own": own}


def _check_room(desk: Desk, kind: str, of: str = "") -> None:
    there = [
        row
        for row in _read(desk, kind)
        if row["district"] == desk.person.district and (not of or row["of"] == of)
    ]
    if len(there) >= MOST[kind]:
        raise UserError(FULL, n=MOST[kind])
