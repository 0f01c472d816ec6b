"""The one shape of data that is stored, sent, merged and announced."""

import os
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from sync.exports import MOST, Exported
from sync.officers import Officers
from sync.person import Scope
from sync.progress import MOST as MOST_DONE
from sync.progress import Done, Told
from sync.records.base import Values
from sync.recovery import Recovery
from sync.region_key import RegionKey
from sync.tally import Tally

PROTOCOL = 1
OLDEST_PROTOCOL = 1  # the server still tells its news in this one
FIRST_PROTOCOL = 1  # what waits on a laptop is taken from every version there ever was
NO_CHANGES = b'{"changes":[]'  # how a request begins that says nothing of edits
NO_CHANGE = UUID(int=0)  # the server tells how a record stands: that is no single edit
# Bases that are no revision. A new record has 0.
UNSURE = -1  # an edit of a record as a server knew it that was restored since
FOLLOWS = -2  # an edit of one's own record that the server has not answered yet


def now() -> datetime:
    """What this machine's clock says."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """Another id for a record or an edit. Answers to surveys must not have one: it tells the time."""
    return id_at(now(), int.from_bytes(os.urandom(10)))


def id_at(at: datetime, chance: int) -> UUID:
    """The id (RFC 9562, version 7) of this millisecond and of 74 random bits.

    What is made together lies together in every index, so that a file of a million records takes
    new ones as quickly as an empty one. A wrong clock only puts them elsewhere.
    """
    milliseconds = int(at.timestamp() * 1000) & (2**48 - 1)
    high, low = chance >> 62 & (2**12 - 1), chance & (2**62 - 1)
    return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person's edit of one record; from the server, the record as it stands."""

    id: UUID = msgspec.field(default_factory=new_id)  # the server knows a change sent twice by it
    kind: str
    record: UUID
    district: str  # the stream it travels in
    fields: Values  # only those that were changed, as JSON
    parent: UUID | None = None  # the record that this one is a part of
    # the revision the person was looking at; of news in part, where the record stood before them
    base: int = 0
    was: Values = {}  # what stood there before, of fields that are merged: sets, long texts
    revision: int = 0  # given by the server
    by: str = ""  # set by the server from the token; from the server, who edited last
    at: datetime = msgspec.field(default_factory=now)  # the laptop's clock: shown, never compared
    whole: bool = False  # all that is known of a record, for the server has lost it
    witness: bool = False  # the same, told for somebody who cannot tell it
    number: int = 0  # rises with each edit of a laptop, and is never given twice


class Unread(Change, frozen=True, kw_only=True, omit_defaults=True):
    """An edit that is only passed on: its fields are still the JSON that they were kept as."""

    fields: msgspec.Raw  # type: ignore[assignment]  # `read` makes values of them


class Refusal(msgspec.Struct, frozen=True):
    """The first and only answer to a change that a rule forbids."""

    change: UUID
    reason: str  # in the person's language


class SyncRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything a laptop has to say: what waits, and how far it has read each stream."""

    changes: list[Change]  # first, so that they can be packed before the rest is known
    cursors: dict[str, int]  # {stream: revision}
    epoch: str = ""  # the life of the server's database that the laptop knows
    answered: int = 0  # the highest of its numbers that the server has answered
    rights: str = ""  # the mark of the Scope that the laptop knows
    answers: str = ""  # the mark of how many survey answers it has, see sync.answers
    progress: str = ""  # the mark of the progress of waves that it knows, see sync.progress
    late: str = ""  # the mark of the late edits that it has, see sync.late
    check: bool = False  # the tallies are wanted, so that both ends can be compared
    compare: dict[str, dict[int, Tally]] = {}  # {stream: {bucket: tally}} of one that differs
    wanted: dict[str, list[int]] = {}  # {stream: revisions} of records that are missing here
    region_key: str = ""  # the fingerprint of the region's key that it trusts, see sync.region_key
    recovered: list[Recovery] = []  # times that its file was opened without the password
    officers: int = 0  # the serial of the list of integrity officers that it trusts
    exported: Annotated[list[Exported], msgspec.Meta(max_length=MOST)] = []  # files since the last
    done: Annotated[
        list[Done], msgspec.Meta(max_length=MOST_DONE)
    ] = []  # interviews since it told
    numbers: dict[UUID, str] = {}  # {record: its number}, of those a restored server may have lost
    passed: list[
        str
    ] = []  # the highest number of each row of the register, while that is in doubt
    # {stream: revision} where this reading began, while it goes on over several pages
    began: dict[str, int] = {}
    quick: bool = False  # the line is hardly felt: a page of news may be a large one
    holds: dict[str, int] = {}  # {stream: the highest revision of anything here}; in letters only


class SyncReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to each change, and everyone's news since the cursors.

    With `restored` or `cloned` nothing was taken: the laptop puts itself right and asks again.
    """

    epoch: str  # another one after the server was restored from a backup
    accepted: dict[UUID, int] = {}  # {change: the revision it became}
    refused: list[Refusal] = []
    unknown: list[UUID] = []  # edits of records that are not here: to be told whole
    changes: list[Change] = []  # news: of a record that the laptop has, what changed of it
    cursors: dict[str, int] = {}  # of the streams where the laptop was not as far
    more: bool = False  # ask again at once: this was one page
    ahead: int = 0  # revisions beyond this page: so many records at most are still to come
    now: datetime | None = None  # by the server's clock
    restored: dict[str, int] | None = None  # how far each stream is still as the laptop knows it
    cloned: bool = False  # another laptop speaks by the same name
    scope: Scope | None = None  # the person's rights, where the laptop knew other ones
    answers: dict[UUID, int] | None = None  # {wave: answers to rate by}, where it knew others
    counted: dict[UUID, int] = {}  # {wave: answers that became counts}, told with `answers`
    progress: Told | None = None  # of waves, where it knew another
    late: str | None = None  # the mark of the late edits to decide about, where it knew another
    tallies: dict[str, Tally] = {}  # of the streams that were read to their end
    differs: dict[str, dict[int, list[int]]] = {}  # {stream: {bucket: the revisions it holds}}
    region_keys: list[RegionKey] | None = None  # where it knew another, see sync.region_key
    officers: Officers | None = None  # where it knew an older list, see sync.officers
    wipe: bool = False  # the laptop is to delete its work once everything is sent
    too_old: bool = False  # for the news: only what was accepted is told


class Rival(msgspec.Struct, frozen=True):
    """A value that lost to one already there, kept beside it until a person chooses."""

    value: Any
    by: str
    at: datetime
    change: UUID


def encode(message: SyncRequest | SyncReply | Change) -> bytes:
    """As compact JSON."""
    return msgspec.json.encode(message)


def opening(changes: list[Change]) -> bytes:
    """How the JSON of a request with these changes begins; `closing` is what is left of it."""
    return NO_CHANGES[:-2] + msgspec.json.encode(changes)


def closing(request: SyncRequest) -> bytes:
    """The JSON of a request after its changes."""
    return encode(msgspec.structs.replace(request, changes=[])).removeprefix(NO_CHANGES)


def read(change: Change) -> Change:
    """The same edit with values in the place of JSON."""
    return msgspec.json.decode(encode(change), type=Change)
