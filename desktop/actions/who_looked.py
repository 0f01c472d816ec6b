"""Who looked at what is confidential: for a leader in the own district, for coordinators everywhere.

What the server told last is here, also without a line. No row tells of who reported or answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desktop.people import names_of
from desktop.profile import as_told
from desktop.session import Desk
from sync.audit import ACTS, COMMANDS, NOT_YOURS, Act, may_look
from sync.client import who_looked as seen
from sync.client.tables import AuditSeen
from sync.client.who_looked import Doubt
from sync.errors import Refused
from sync.exports import HELD
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.records import KINDS
from sync.vocabulary import choices, label

PAGE = 100  # rows that are shown at once
NEVER = mark("The server has not told of it yet. It does with a sync.")
UNKNOWN = mark("Something that this program does not know yet")
REWRITTEN = mark(
    "The server's list of who looked was altered: on {seen} it went up to row {number}, and it does "
    "not go through that row any more. Nothing on this laptop is lost. Ask whoever runs the server "
    "whether a backup was put back; if not, somebody has rewritten the list: tell the region, and "
    "have the server's database kept as it is."
)
RESTORED = mark(
    "A backup of the server was put back on {day}. What stood in its list of who looked after that "
    "backup, up to row {number} as seen on {seen}, is gone. That is expected after a restore; ask "
    "whoever runs the server if you did not know of it."
)


@dataclass(frozen=True)
class Looked:
    """One row, in words."""

    number: int
    at: datetime  # by the server's clock
    who: str  # as people call them
    what: str
    count: str  # how many of what; empty where nothing is counted
    district: str  # in words


@dataclass(frozen=True)
class Wish:
    """Which rows: of a login, of an act; the newest `rows` of them."""

    who: str | None = None
    act: str | None = None
    rows: int = PAGE


@dataclass(frozen=True)
class Watch:
    """All that the page tells."""

    rows: list[Looked]
    more: bool  # whether there are further rows
    told: datetime | None  # when the server told of them, by its clock
    people: list[tuple[str, str]]  # (login, name) of all who stand in any row
    acts: list[tuple[str, str]]  # (act, words), of all there are
    doubts: list[str]  # that the list was altered, or cut by a restore; each a sentence


def look(desk: Desk, wish: Wish | None = None) -> Watch:
    """What is here. Raises Refused where the person may not look."""
    wish = wish or Wish()
    if not may_look(desk.person):
        raise Refused(NOT_YOURS)
    names = names_of(desk)
    found = select(AuditSeen).order_by(AuditSeen.number.desc()).limit(wish.rows + 1)
    if wish.who:
        found = found.where(AuditSeen.who == wish.who)
    if wish.act:
        found = found.where(AuditSeen.act == wish.act)
    with desk.store() as session:
        rows = session.scalars(found).all()
        last = seen.head(session)
        logins = session.scalars(select(AuditSeen.who).distinct()).all()
        acts = set(session.scalars(select(AuditSeen.act).distinct()))
        doubts = seen.doubts(session)
    return Watch(
        rows=[_in_words(desk, row, names) for row in rows[: wish.rows]],
        more=len(rows) > wish.rows,
        told=last.at if last else None,
        people=sorted(((one, names.get(one, one)) for one in logins), key=lambda one: one[1]),
        acts=[(one.key, one.words()) for one in choices(ACTS) if one.key in acts],
        doubts=[doubt_words(one) for one in doubts],
    )


def ask(desk: Desk) -> None:
    """Take what is new from the server. Raises Offline, SignInAgain; Refused by an older server."""
    person = as_told(desk).person
    if not may_look(person):
        with desk.store.begin() as session:
            seen.drop(session)
        return
    with desk.store.begin() as session:
        wanted: tuple[int, int] | None = seen.begin(session, person)
    while wanted is not None:
        page = desk.server.audit(*wanted)
        with desk.store.begin() as session:
            wanted = seen.take(session, page, person)


def ask_from_time_to_time(desk: Desk, now: datetime | None) -> None:
    """After an exchange: at most once an hour of the server's clock."""
    with desk.store() as session:
        due = now is None or seen.is_due(session, now)
        here = seen.head(session) is not None
    may = may_look(as_told(desk).person)
    if (may and due) or (here and not may):
        ask(desk)


def doubts(desk: Desk) -> list[str]:
    """What was noticed of the server's list and nobody has read of yet, as sentences."""
    with desk.store() as session:
        return [doubt_words(one) for one in seen.doubts(session)]


def settle(desk: Desk) -> None:
    """The person has read of what was noticed."""
    with desk.store.begin() as session:
        seen.settle(session)


def doubt_words(doubt: Doubt) -> str:
    """What was noticed, and what to do."""
    said = {"seen": moment_words(doubt.seen), "number": doubt.number}
    if doubt.restored:
        return tr(RESTORED, day=moment_words(doubt.restored), **said)
    return tr(REWRITTEN, **said)


def moment_words(at: datetime) -> str:
    """Day and minute, as this laptop's clock tells them."""
    return at.astimezone().strftime("%d.%m.%Y %H:%M")


def act_words(act: str, command: str = "", kind: str = "") -> str:
    """What was done, in words; also where a newer server knows more acts than this program."""
    vocabulary, key = (COMMANDS, command) if act == Act.ADMINISTERED else (ACTS, act)
    key = key.replace("-", "_")  # as vocabularies write it
    said = label(vocabulary, key)
    if said == key:
        said = label(ACTS, act) if act in set(Act) else tr(UNKNOWN)
    if kind in KINDS and kind != HELD:
        return tr("{what}: {kind}", what=said, kind=tr(KINDS[kind].label))
    return said


def _in_words(desk: Desk, row: AuditSeen, names: Mapping[str, str]) -> Looked:
    what = act_words(row.act, row.command, row.kind)
    if row.about:
        what = tr("{what} ({who})", what=what, who=names.get(row.about, row.about))
    return Looked(
        number=row.number,
        at=row.at,
        who=names.get(row.who, row.who),
        what=what,
        count=_count(row.act, row.count),
        district=_where(desk, row.district),
    )


def _count(act: str, count: int) -> str:
    if not count or act == Act.ADDED_READERS:
        return ""
    if act in (Act.TOOK_REPORTS, Act.GAVE_BACK):
        return trn("{n} letter", "{n} letters", count)
    if act == Act.READ_ANSWERS:
        return trn("{n} answer", "{n} answers", count)
    if act == Act.READ_SIGNS:
        return trn("{n} laptop", "{n} laptops", count)
    if act == Act.WIPED:
        return trn("{n} edit not sent", "{n} edits not sent", count)
    return trn("{n} record", "{n} records", count)


def _where(desk: Desk, code: str) -> str:
    if code == REGION:
        return tr("The region")
    district = desk.pack.district(code)
    return district.words() if district else code
