"""One laptop of the simulation: its file and line, and what can be read in it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import requests
from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop.actions.standing import standing
from desktop.session import Desk
from sync.client import identity, outbox
from sync.client.facts import recall
from sync.client.kinds_here import kinds_here
from sync.client.tables import Erased, Pending, PendingBody
from sync.client.tokens import TOKEN, TokenKeeper
from sync.client.transport import HttpTransport
from sync.erasure import erases
from sync.person import Person
from sync.records import KINDS
from sync.records.base import Record, field_map
from sync.records.consented import ENDED
from sync.records.issue import Issue
from sync.striking import names_of, says_name
from tests.simulate.line import Line
from tests.simulate.memory import Memory
from tests.simulate.server import NOW, PACK
from tests.simulate.valid import name_in

HERE = union_all(
    *(
        select(literal(kind.kind), kind.id).where(kind.id.in_(bindparam("ids", expanding=True)))
        for kind in KINDS.values()
    )
)
BARE_HERE = union_all(*(select(kind.id).where(kind.bare) for kind in KINDS.values()))
ENDS = select(Issue.id).where(Issue.consent_ended.is_not(None))


class Laptop:
    """One person's file and line."""

    def __init__(self, memory: Memory, person: str, line: Line) -> None:
        self.memory, self.person, self.line = memory, person, line
        self.in_doubt = False  # whether the server may well ask for the password
        self.copies: list[bytes] = []  # of the file
        self.journal: list[
            bytes
        ] = []  # of the outbox: what desktop.journal writes beside the file
        self.told: set[UUID] = set()  # edits that a server had taken before it was restored
        self.clock = NOW
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.adapters.clear()
        self.http.mount("http://", self.line)

    def desk(self, fallback: Person) -> Desk:
        """As after a restart: everything is read from the file."""
        with self.memory.sessions() as session:
            person = recall(session, "person", Person) or fallback
            token, mutual = recall(session, TOKEN, str) or "", identity.mutual(session)
        keeper = TokenKeeper(self.memory.sessions)
        transport = HttpTransport(self.http, "http://server.test", token, keeper, mutual)
        photos: Any = None
        return Desk(person, self.memory.sessions, photos, transport, PACK)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """By which the server knows it; a copied laptop has the same one for a while."""
        return name_in(TokenKeeper(self.memory.sessions).held().token)


def rows(session: Session, kinds: Iterable[str] = tuple(KINDS)) -> list[Record]:
    """All records of these kinds."""
    here = kinds_here(session)
    return [row for kind in kinds if kind in here for row in session.query(here[kind])]


def bare_here(laptop: Laptop) -> dict[UUID, int]:
    """The records of which only the server has the words → how many wholes were told of each."""
    with laptop.memory.sessions() as session:
        return _wholes_told(session, session.scalars(BARE_HERE).all())


def told_bare(laptop: Laptop, before: dict[UUID, int]) -> list[str]:
    """Bare records that were told whole, or borne witness to, since."""
    if not before:
        return []
    with laptop.memory.sessions() as session:
        now = _wholes_told(session, before)
    return [
        f"{laptop.person} told {id} without its words" for id in before if now[id] > before[id]
    ]


def _wholes_told(session: Session, ids: Iterable[UUID]) -> dict[UUID, int]:
    told = dict.fromkeys(ids, 0)
    for body in session.scalars(select(PendingBody.body)) if told else ():
        change = outbox.decode(body)
        if change.record in told and (change.witness or change.whole) and not erases(change):
            told[change.record] += 1
    return told


def risen(laptop: Laptop) -> list[str]:
    """Records that were erased on a laptop, and are on it again."""
    with laptop.memory.sessions() as session:
        stones = set(session.scalars(select(Erased.record)))
        if not stones:
            return []
        return [
            f"{kind} {id} was erased and is on {laptop.person}'s laptop again"
            for kind, id in session.execute(HERE, {"ids": stones})
        ]


def named(laptop: Laptop) -> list[str]:
    """Names that wait to be sent although this laptop knows that the consent has ended."""
    with laptop.memory.sessions() as session:
        ended = set(session.scalars(ENDS))
        edits = outbox.waiting(session) if ended else []
    return [
        f"{laptop.person}'s edit of {one.record} waits with a name after the end of consent"
        for one in edits
        if one.record in ended
        and says_name(one, names_of(one.kind))
        and one.fields.get(ENDED, "") is not None
    ]


def unsent(laptop: Laptop) -> set[UUID]:
    """The edits that the server has not answered."""
    with laptop.memory.sessions() as session:
        return {change.id for change in outbox.waiting(session)}


def taken(laptop: Laptop) -> set[UUID]:
    """The edits that the server has answered, of those kept here."""
    with laptop.memory.sessions() as session:
        return set(session.scalars(select(Pending.change).where(Pending.revision.is_not(None))))


def hidden(laptop: Laptop) -> list[str]:
    """Edits that wait on a laptop and do not stand in the record that its person sees.

    Not those that a restored server is told again, where their record has left the laptop: its person
    has left the district, and nothing waited then.
    """
    with laptop.memory.sessions() as session:
        readable = recall(session, "streams", list[str]) or []
        waits = [
            change
            for change in outbox.waiting(session)
            if not (change.id in laptop.told and change.district not in readable)
            or session.get(KINDS[change.kind], change.record) is not None
        ]
        waiting = {
            (change.kind, change.record, name): value
            for change in waits
            for name, value in change.fields.items()
            if name in field_map(KINDS[change.kind])  # an erasure leaves nothing to be shown
        }
        shown = {
            (kind, record): standing(row).fields
            for kind, record, _ in waiting
            if (row := session.get(KINDS[kind], record)) is not None
        }
        for kind, record in list(shown):
            if session.get_one(KINDS[kind], record).bare:  # shown when its words have come
                waiting = {key: value for key, value in waiting.items() if key[1] != record}
    return [
        f"{laptop.person}'s {name}={value!r} waits and is not shown"
        for (kind, record, name), value in waiting.items()
        if shown.get((kind, record), {}).get(name) != value
    ]
