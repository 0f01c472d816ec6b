"""What the laptop keeps beside the records: what waits, how far it has read, what needs a person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sync.records.base import Base, kept
from sync.records.held import Held, by_team


class Pending(Base):
    """An edit that waits for the server's answer; answered, it is kept for a month.

    Should the server be restored from a backup, what it was told since is told again from here.
    """

    __tablename__ = "outbox"
    held = Held("exchange", "month")

    number: Mapped[int] = mapped_column(primary_key=True)  # oldest first
    change: Mapped[UUID] = mapped_column(unique=True)
    record: Mapped[UUID] = mapped_column(index=True)
    district: Mapped[str]
    revision: Mapped[int | None]  # which it became; None while it waits
    told: Mapped[datetime | None] = mapped_column(index=True)  # by the server's clock
    said: Mapped["PendingBody"] = relationship(
        lazy="joined", innerjoin=True, cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        Index("ix_outbox_waiting", "number", sqlite_where=text("revision IS NULL")),
        Index("ix_outbox_answered", "number", sqlite_where=text("revision IS NOT NULL")),
        {"sqlite_autoincrement": True},  # a number is never given twice, even when its row is gone
    )

    def __init__(self, *, body: bytes, **columns: Any) -> None:
        super().__init__(said=PendingBody(body=body), **columns)

    @property
    def body(self) -> bytes:
        """The Change as JSON, without its number. In statements: `BODY`."""
        return self.said.body

    @body.setter
    def body(self, body: bytes) -> None:
        self.said.body = body


class PendingBody(Base):
    """What such an edit says. Most of it: the row that is written anew with the answer is short."""

    __tablename__ = "outbox_body"
    held = Held("exchange", "month")

    number: Mapped[int] = mapped_column(
        ForeignKey(Pending.number, ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    body: Mapped[bytes] = kept(Held("exchange", "month", "citizen", "request"), LargeBinary)


# of each edit that is asked for: looked up by its number, so that the index of those that wait leads
_EDITS: Any = Pending.__table__
_BODIES: Any = PendingBody.__table__
BODY = (
    select(_BODIES.c.body)
    .where(_BODIES.c.number == _EDITS.c.number)
    .correlate(_EDITS)
    .scalar_subquery()
)


class Earlier(Base):
    """What stood in some fields of a record before somebody changed them: kept for a month."""

    __tablename__ = "earlier"
    held = Held("accountability", "month")

    number: Mapped[int] = mapped_column(primary_key=True)  # oldest first
    record: Mapped[UUID] = mapped_column(index=True)
    district: Mapped[str]
    kind: Mapped[str]
    by: Mapped[str] = kept(by_team("accountability", "month"))  # who changed them
    at: Mapped[datetime] = kept(by_team("accountability", "month"))  # by that laptop's clock
    body: Mapped[bytes] = kept(
        Held("accountability", "month", "citizen", "request"), LargeBinary
    )  # {field: value} as JSON
    told: Mapped[datetime | None] = mapped_column(index=True)  # by the server's clock, seen since


class Attention(Base):
    """An edit that was refused: kept, with the reason, until the person deals with it."""

    __tablename__ = "attention"
    held = Held("review", "decided")

    change: Mapped[UUID] = mapped_column(primary_key=True)
    record: Mapped[UUID] = mapped_column(index=True)
    reason: Mapped[str]
    body: Mapped[bytes] = kept(Held("exchange", "decided", "citizen", "request"), LargeBinary)
    since: Mapped[datetime]


class Cursor(Base):
    """How far a stream has been read."""

    __tablename__ = "cursor"
    held = Held("exchange", "profile")

    stream: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]


class Foreign(Base):
    """A record of a kind that only a newer program knows; shown after the upgrade."""

    __tablename__ = "foreign_record"
    held = Held("exchange", "update")

    record: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)
    body: Mapped[bytes] = kept(
        Held("exchange", "update", "citizen", "request"), LargeBinary
    )  # the Change as JSON


class Erased(Base):
    """What stays of a record that held a person's data. Its row is gone, here and everywhere."""

    __tablename__ = "erased"
    held = Held("erasure_proof", "database")

    record: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    district: Mapped[str]
    parent: Mapped[UUID | None]
    revision: Mapped[int]  # 0 while the server does not know it
    reason: Mapped[str]  # vocabulary erasure_reason
    by: Mapped[str] = kept(by_team("erasure_proof", "database"))
    at: Mapped[datetime]
    seal: Mapped[str]  # the server's, by which anybody may tell it again; empty until it came


class Fact(Base):
    """One thing to remember about this file: whose it is, the server's epoch, the last exchange."""

    __tablename__ = "fact"
    held = by_team("access", "profile")

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)  # JSON


class Blob(Base):
    """A photo or file, by what is in it. The bytes lie encrypted beside the database."""

    __tablename__ = "blob"
    held = Held("evidence", "record")

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    here: Mapped[bool]  # the bytes are on this laptop
    there: Mapped[bool]  # the server has them
    away: Mapped[bool] = mapped_column(default=False)  # on the server alone, until it is opened
    stands: Mapped[int | None]  # the newest revision of its records, where they are done with
    since: Mapped[datetime | None]  # when that was first seen so, by the server's clock
    unfit: Mapped[bool] = mapped_column(default=False)  # came once, and was not what it should be


class Quiet(Base):
    """A record that is done with: since when this laptop sees it so. Its words leave in time."""

    __tablename__ = "quiet"
    held = Held("exchange", "record")

    record: Mapped[UUID] = mapped_column(primary_key=True)
    stands: Mapped[int]  # the newest revision of it and of its parts
    since: Mapped[datetime]  # by the server's clock


class AuditSeen(Base):
    """A row of the server's audit that this person may see, see sync.audit."""

    __tablename__ = "audit_seen"
    held = by_team("audit", "quarter")

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]  # by the server's clock
    who: Mapped[str]
    district: Mapped[str]
    act: Mapped[str]
    count: Mapped[int]
    kind: Mapped[str]
    command: Mapped[str]
    about: Mapped[str]


class ToIndex(Base):
    """A record that is not in the index of words as it stands; written by triggers."""

    __tablename__ = "to_index"
    held = Held("exchange", "record")

    number: Mapped[int] = mapped_column(primary_key=True)  # oldest first
    kind: Mapped[str]
    record: Mapped[UUID]


class Indexed(Base):
    """A record in the index of words, by the number that it has there.

    SQLite's own table `word_index` has the same words, each with these numbers.
    """

    __tablename__ = "indexed"
    held = Held("exchange", "record")

    doc: Mapped[int] = mapped_column(primary_key=True)  # what was indexed last has the highest
    record: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    day: Mapped[date]  # that the record is about, else the one on which it was made
    words: Mapped[bytes] = kept(  # compressed: without them it could not be taken out
        Held("casework", "record", "citizen", "request"), LargeBinary
    )


class IndexReached(Base):
    """How far the records of a kind that were here before the index have been put into it."""

    __tablename__ = "index_reached"
    held = Held("exchange", "profile")

    kind: Mapped[str] = mapped_column(primary_key=True)
    declared: Mapped[str]  # how its words were told then
    last: Mapped[str]  # the id that was gone through last; "all" in the end


class ConsentEnd(Base):
    """A record whose consent was withdrawn: since when this laptop sees it so, and whether what was
    kept by it was struck from all that is kept beside the record."""

    __tablename__ = "consent_end"
    held = Held("consent_proof", "record")

    record: Mapped[UUID] = mapped_column(primary_key=True)
    ended: Mapped[date]  # as the record says it
    since: Mapped[datetime]  # by the server's clock
    struck: Mapped[datetime | None]  # by the server's clock


class Draft(Base):
    """What is being typed and not yet saved, so that a crash costs a second at most."""

    __tablename__ = "draft"
    held = Held("typing", "saved")

    key: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = kept(Held("typing", "saved", "citizen", "request"), LargeBinary)  # JSON
    edited: Mapped[datetime]


def answers_key(kind: str, record: UUID) -> str:
    """The key of the draft in which a form's answers are kept while it is filled in."""
    return f"{kind}:{record}:answers"


def draft_keys(kind: str, record: UUID) -> tuple[str, str]:
    """The keys of what is typed into a record that is there."""
    return f"{kind}:{record}", answers_key(kind, record)


class WaitingAnswer(Base):
    """A finished interview that has not been sent. Neither who, nor when, nor in which order.

    SQLite would number the rows by itself, in their order: WITHOUT ROWID keeps them by the id.
    """

    __tablename__ = "waiting_answer"
    held = Held("survey", "sent")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as SQLAlchemy declares it

    id: Mapped[UUID] = mapped_column(primary_key=True)  # random
    wave: Mapped[UUID] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the Answer as JSON
    upload: Mapped[UUID | None]  # with which others it is offered until the server has them


class TakenAnswer(Base):
    """An anonymous answer that came from the server, for ratings on the coordinator's laptop."""

    __tablename__ = "taken_answer"
    held = Held("survey", "answer")

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wave: Mapped[UUID] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class TakenCounts(Base):
    """What is left of a wave whose answers are past their term, to go on rating by."""

    __tablename__ = "taken_counts"
    held = Held("survey", "wave")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    answers: Mapped[int]  # that were counted
    body: Mapped[bytes] = mapped_column(LargeBinary)  # each district's sync.counts.Counts, as JSON


class OwnSigns(Base):
    """What was counted of the interviews held here to a wave: sums alone, see sync.quality."""

    __tablename__ = "own_signs"
    held = by_team("quality", "answer")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[UUID]  # under which it is told
    day: Mapped[int]  # so many days after the wave
    body: Mapped[bytes] = mapped_column(LargeBinary)  # sync.quality.Signs as JSON
    told: Mapped[bytes | None] = mapped_column(LargeBinary)  # what is offered, until it is taken


class TakenSigns(Base):
    """What laptops told of a wave's interviews, on the laptop of one who checks."""

    __tablename__ = "taken_signs"
    held = by_team("quality", "answer")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # rows of sync.quality, as JSON


class OwnDone(Base):
    """How many interviews of a wave were finished on this laptop in a district, cell by cell."""

    __tablename__ = "own_done"
    held = Held("survey", "answer")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the sync.progress.Done as JSON
    told: Mapped[bytes | None] = mapped_column(LargeBinary)  # the one that the server has


class ToldProgress(Base):
    """How many interviews all laptops of a district have finished of a wave, as the server said."""

    __tablename__ = "told_progress"
    held = Held("survey", "answer")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the sync.progress.Progress as JSON


class WaitingLetter(Base):
    """A sealed letter about corruption that has not been sent. It cannot be opened here."""

    __tablename__ = "waiting_letter"
    held = Held("integrity", "sent")

    id: Mapped[UUID] = mapped_column(primary_key=True)  # random
    body: Mapped[bytes] = kept(
        Held("integrity", "sent", "citizen", "request"), LargeBinary
    )  # the SealedLetter as JSON


class TakenLetter(Base):
    """A sealed letter on an integrity officer's laptop, as it came. It is opened to be looked at."""

    __tablename__ = "taken_letter"
    held = Held("integrity", "report")

    id: Mapped[UUID] = mapped_column(primary_key=True)  # random
    year: Mapped[int | None]  # in which the server took it, as it says; its term counts from there
    body: Mapped[bytes] = kept(
        Held("integrity", "report", "citizen", "request"), LargeBinary
    )  # the SealedLetter as JSON
