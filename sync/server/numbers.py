"""Numbers of the register are given with the first change of a record, in its transaction.

After a restore laptops tell the numbers that they know. Those are taken again, and none of them is
given to another record: docs/decisions/0064-numbers.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from sync.change import Change
from sync.merge import Standing
from sync.records import KINDS
from sync.records.numbered import Number, number_field, read_number
from sync.server.accounts import Clock, utc_now
from sync.server.tables import Kept, Life, Serial

FIRST_YEAR = 2019  # nothing was received for us before
ROOM = 1_000  # numbers that stay free where nobody knows how many were given and lost
SERIALS: Any = Serial.__table__  # without objects: each request with new records writes there
Row = tuple[int, str]  # (year, series): its serials have no gaps


class Numbers(NamedTuple):
    """What a laptop says of numbers that it knows from before a restore."""

    of: Mapping[UUID, str] = {}  # {record: its number}
    passed: Sequence[str] = ()  # the highest of each row of serials


NO_NUMBERS = Numbers()


class Serials:
    """A district's counters. Its stream is locked meanwhile, so numbers have no gaps or doubles."""

    def __init__(
        self,
        session: Session,
        district: str,
        told: Numbers = NO_NUMBERS,
        clock: Clock = utc_now,
    ) -> None:
        self._session, self._district, self._year = session, district, clock().year
        self._claims = {id: one for id, text in told.of.items() if (one := read_number(text))}
        self._last = dict[Row, int]()  # the last number of each row, as this transaction leaves it
        self._moved, self._begun = set[Row](), set[Row]()  # of these, new ones that were written
        self._given = set[str]()  # in this transaction

    def give(self, standing: Standing) -> tuple[str, ...]:
        """Put its number into a record that has none yet; return the names of the fields filled in.

        The year is that of receipt where it is plausible, else the server's own.
        """
        record = KINDS[standing.kind]
        field = number_field(record)
        if field is None or standing.fields.get(field.name):
            return ()
        series = field.series or ""
        number = self._as_before(standing, series)
        if number is None:
            year = _year(standing.fields.get(record.dated_by), self._year)
            number = Number(self._district[:4], year, series, self._known((year, series)) + 1)
        self._go_on(number)
        text = str(number)
        self._given.add(text)
        standing.fields[field.name] = text
        standing.touched[field.name] = (standing.revision, "")
        return (field.name,)

    def take_off(self, change: Change) -> Change:
        """A record told again by a program that does not know its number: the number is a claim."""
        if not (change.whole or change.witness) or change.kind not in KINDS:
            return change
        field = number_field(KINDS[change.kind])
        if field is None or field.name not in change.fields:
            return change
        left = dict(change.fields)
        if (number := read_number(str(left.pop(field.name)))) is not None:
            self._claims.setdefault(change.record, number)
        return msgspec.structs.replace(change, fields=left)

    def pass_over(self, numbers: Iterable[str]) -> None:
        """A laptop knows these from before a restore: none of them is given to another record."""
        for number in filter(None, map(read_number, numbers)):
            if self._is_ours(number):
                self._go_on(number)

    def keep(self) -> None:
        """Write down how far the counters have come."""
        if not self._moved:
            return
        life = self._session.scalar(select(func.max(Life.number))) or 0
        for row in self._moved:
            year, series = row
            last = self._known(row)
            key = {"district": self._district, "year": year, "series": series}
            if row in self._kept or row in self._begun:
                here = (SERIALS.c[name] == said for name, said in key.items())
                self._session.execute(update(SERIALS).where(*here).values(last=last, life=life))
            else:
                self._session.execute(insert(SERIALS).values(**key, last=last, life=life))
                self._begun.add(row)

    def _go_on(self, number: Number) -> None:
        row = (number.year, number.series)
        if number.serial > self._known(row):
            self._last[row] = number.serial
            self._moved.add(row)

    def _as_before(self, standing: Standing, series: str) -> Number | None:
        """The number that it had in another database, or that a laptop says it had, if it is nobody else's."""
        if not (self._promised or self._claims):  # as most times
            return None
        claim = self._promised.get(standing.record) or self._claims.get(standing.record)
        if claim is None or claim.series != series or not self._is_ours(claim):
            return None
        if claim in (number for id, number in self._promised.items() if id != standing.record):
            return None
        free = claim.serial > self._known((claim.year, series))
        return claim if free or str(claim) not in self._taken | self._given else None

    def _is_ours(self, number: Number) -> bool:
        """Whether this district can have given it. A laptop's word moves a counter by ROOM at most."""
        return (
            number.district == self._district[:4]
            and FIRST_YEAR <= number.year <= self._year
            and 0 < number.serial <= self._known((number.year, number.series)) + ROOM
        )

    def _known(self, row: Row) -> int:
        """The last number of a row, or the last that may have been given."""
        if row not in self._last:
            _, series = row
            newest = max(
                (life for (_, of), (_, life) in self._kept.items() if of == series), default=0
            )
            last, life = self._kept.get(row, (0, newest))
            self._last[row] = last + (ROOM if self._doubt > life else 0)
        return self._last[row]

    @cached_property
    def _kept(self) -> dict[Row, tuple[int, int]]:
        """{row: (its last number, the life in which that was given)}"""
        rows = select(*SERIALS.c).where(SERIALS.c.district == self._district)
        return {
            (one.year, one.series): (one.last, one.life) for one in self._session.execute(rows)
        }

    @cached_property
    def _doubt(self) -> int:
        """The newest life before which numbers may have been given that are not known here."""
        return self._session.scalar(select(func.max(Life.number)).where(Life.doubt)) or 0

    @cached_property
    def _promised(self) -> dict[UUID, Number]:
        return promised(self._session)

    @cached_property
    def _taken(self) -> set[str]:
        """Which of the claimed and promised numbers some record of this district has."""
        found = set[str]()
        claims = [*self._claims.values(), *self._promised.values()]
        for record in KINDS.values():
            field = number_field(record)
            if field is None:
                continue
            said = [str(one) for one in claims if one.series == field.series]
            number: Any = Kept.fields[field.name].as_string()
            of_kind = (Kept.district == self._district, Kept.kind == record.kind)
            if said:
                found.update(
                    self._session.scalars(select(number).where(*of_kind, number.in_(said)))
                )
        return found


def districts_of(numbers: Iterable[str], districts: Iterable[str]) -> list[str]:
    """The districts, of these, whose numbers these are."""
    said = {number.district for text in numbers if (number := read_number(text)) is not None}
    return [code for code in districts if code[:4] in said]


def promised(session: Session) -> dict[UUID, Number]:
    """{record: the number} that a replaced database had given: no other record is given it."""
    lives = session.scalars(
        select(Life.given).where(Life.given.is_not(None)).order_by(Life.number)
    )
    return {
        UUID(id): number
        for given in lives
        for id, text in (given or {}).items()
        if (number := read_number(text)) is not None
    }


def _year(received_on: object, current: int) -> int:
    """The year of a date in JSON. A laptop's clock may be anything: then the current one."""
    said = str(received_on or "")[:4]
    return int(said) if said.isdigit() and FIRST_YEAR <= int(said) <= current else current
