"""What is known of a breach, put together: the document that `admin breach --json` prints."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.inventory import held_of
from sync.person import REGION
from sync.policy import Action, may
from sync.records import KINDS
from sync.server import volumes
from sync.server.accounts import names
from sync.server.audit import Act
from sync.server.breach.holding import Found, Stock, Window, stock
from sync.server.breach.laptops import COPIES, Laptop, laptops_of, restores
from sync.server.breach.stays import Stay, person_of, reached, stays_of, within
from sync.server.service import Service
from sync.server.tables import AuditEntry, Entry, LateEdit
from sync.server.volumes import Told


class FieldCount(msgspec.Struct, frozen=True):
    """In how many records a private field was filled in, and why it is kept."""

    kind: str
    field: str
    purpose: str  # of the vocabulary held_purpose
    records: int


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """No name of a citizen is in it: these are in the table of `letters` alone."""

    login: str
    name: str
    since: datetime
    until: datetime
    laptops: list[Laptop]
    stays: list[Stay]
    districts: list[str]  # all streams that its rights reached in this time, or it wrote in
    records: int  # of any kind
    with_people: int  # with people's own data; an upper bound
    left: int  # of these: closed so long ago that their words have left a laptop in use
    citizens: int  # by name and phone; an upper bound, for one person may be written in two ways
    officials: int
    team: int  # accounts of these districts, by name
    texts: int  # records with long texts, in which anybody may be named
    files: int
    fields: list[FieldCount]
    erased: dict[str, int]  # {kind: records erased since, which may still be on a laptop}
    struck: dict[str, int]  # {kind: records whose names were struck, and may still be on a laptop}
    letters: int  # sealed reports: letters that this account took, and a laptop with its key opens
    exports: list[Told]
    acts: dict[str, int]  # {act of the audit: how often, by this account, in this time}
    restored: datetime | None  # a backup was put back after that time
    unknown_rights: bool  # the rights at the beginning of the time were not written down


def look(
    session: Session,
    service: Service,
    *,
    login: str = "",
    device: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Breach, list[Found]]:
    """(what is known, the records with people's data). Raises UserError where there is no laptop.

    Without `since` a laptop is asked about as it was at its last contact, with its copies; an
    account since its first laptop. Without `until` as far as they can have heard anything.
    """
    now = service.now()
    account, laptops = laptops_of(session, login, device, now)
    first, surely = (min(one.enrolled for one in laptops), min(one.surely for one in laptops))
    since = since or (max(first, surely - COPIES) if device else first)
    until = until or max(one.latest for one in laptops)
    ever = stays_of(session, account)
    stays = within(ever, since, until)
    ends = reached(stays, until, (REGION, *service.districts))
    restored = _restored(session, until)
    window = Window(
        since=since,
        until=until,
        surely=min(surely, until),
        private=False,
        late=False,
        devices=frozenset(one.device for one in laptops),
        last=until,
        retold=restored,
    )
    stocks = {
        district: stock(session, district, _narrowed(window, district, end, stays), service.terms)
        for district, end in ends.items()
    }
    for district in sorted(_written_in(session, window) - ends.keys()):
        theirs = replace(window, until=datetime.min.replace(tzinfo=UTC), private=True)
        stocks[district] = stock(session, district, theirs, service.terms)
    found = [one for each in stocks.values() for one in each.found]
    return (
        Breach(
            login=account.id,
            name=account.name,
            since=since,
            until=until,
            laptops=laptops,
            stays=stays,
            districts=list(stocks),
            team=len(names(session, tuple(ends))),
            letters=_letters(session, account.id, until),
            exports=_exports(session, account.id, window),
            acts=_acts(session, account.id, since, until),
            restored=restored,
            unknown_rights=_unknown(ever, since),
            **_counted(stocks.values(), found),
        ),
        found,
    )


def _written_in(session: Session, window: Window) -> set[str]:
    """Streams for which these laptops wrote something, with or without a right to it."""
    found = set[str]()
    for table in (Entry, LateEdit):
        theirs = table.device.in_(window.devices) & (table.received <= window.last)
        lately = theirs & (table.received >= window.since)
        found |= set(session.scalars(select(table.district).where(lately).distinct()))
    return found


def _narrowed(window: Window, district: str, end: datetime, stays: Iterable[Stay]) -> Window:
    there = [person_of(one) for one in stays]
    return replace(
        window,
        until=end,
        private=any(may(one, Action.READ_PRIVATE, district) for one in there),
        late=any(may(one, Action.DECIDE_LATE, district) for one in there),
    )


def _counted(stocks: Iterable[Stock], found: list[Found]) -> dict[str, Any]:
    erased, struck, officials = Counter[str](), Counter[str](), set[str]()
    records = texts = files = 0
    for one in stocks:
        erased.update(one.erased)
        struck.update(one.struck)
        officials |= one.officials
        records, texts, files = records + one.records, texts + one.texts, files + one.files
    filled = Counter((one.kind, name) for one in found for name in one.fields)
    return {
        "records": records,
        "with_people": len(found),
        "left": sum(one.left for one in found),
        "citizens": len({someone.key for one in found for someone in one.people}),
        "officials": len(officials),
        "texts": texts,
        "files": files,
        "fields": [
            FieldCount(kind, name, held_of(KINDS[kind], name).purpose, count)
            for (kind, name), count in sorted(filled.items())
        ],
        "erased": dict(erased),
        "struck": dict(struck),
    }


def _exports(session: Session, login: str, window: Window) -> list[Told]:
    """Files of these laptops; by their clocks, which may be a day off."""
    day = timedelta(days=1)
    devices = {str(one) for one in window.devices}
    return [
        one
        for one in volumes.exports(session)
        if one.who == login
        and one.device in devices
        and window.since - day <= one.at <= window.until + day
    ]


def _letters(session: Session, login: str, until: datetime) -> int:
    """They stay on an officer's laptop until their term ends, so those of all years count."""
    took = (AuditEntry.act == Act.TOOK_REPORTS, AuditEntry.who == login, AuditEntry.at <= until)
    rows = session.scalars(select(AuditEntry.subject).where(*took))
    return len({id for subject in rows for id in msgspec.json.decode(subject)})


def _acts(session: Session, login: str, since: datetime, until: datetime) -> dict[str, int]:
    told = select(AuditEntry.act).where(
        AuditEntry.who == login, AuditEntry.at >= since, AuditEntry.at <= until
    )
    return dict(sorted(Counter(session.scalars(told)).items()))


def _restored(session: Session, until: datetime) -> datetime | None:
    """When a backup was put back first then or after: from then on laptops told things again."""
    return next((at for at in restores(session) if at >= until), None)


def _unknown(stays: list[Stay], since: datetime) -> bool:
    known = [one.since for one in stays if one.known]
    return not known or known[0] is None or known[0] > since
