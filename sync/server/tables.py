"""The server's tables. Records are documents, keyed by district first, as is the ledger."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Index, LargeBinary, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from sync.records.base import NAMES, Moment, kept
from sync.records.held import AUTHORSHIP, EXCHANGE, Held, by_team

# A record as JSON: each of its fields is held as the laptop's table of its kind says.
DOCUMENT = Held("exchange", "record", "citizen", "request")


def _filled(name: str, *columns: str) -> Index:
    """An index of the rows that have the last of these columns: most have not."""
    there = text(f"{columns[-1]} IS NOT NULL")
    return Index(name, *columns, sqlite_where=there, postgresql_where=there)


def _ended() -> Index:
    """Few consents end: of a million records the daily run reads these alone."""
    there = text("ended IS NOT NULL")
    columns = ("district", "ended", "struck")
    return Index("ix_record_ended", *columns, sqlite_where=there, postgresql_where=there)


class ServerBase(DeclarativeBase):
    held: ClassVar[Held]  # as on the laptop: see sync.records.base
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {dict[str, Any]: JSON, datetime: Moment}


class Stream(ServerBase):
    """A district's counter. Its row is locked while numbers are handed out, until commit:
    a reader can never step over a number that commits later."""

    __tablename__ = "stream"
    held = Held("exchange", "database")

    district: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)


class Kept(ServerBase):
    """A record as it stands."""

    __tablename__ = "record"
    held = EXCHANGE

    district: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    parent: Mapped[UUID | None]
    revision: Mapped[int]
    by: Mapped[str] = kept(AUTHORSHIP)  # who edited last
    at: Mapped[datetime] = kept(AUTHORSHIP)  # by that laptop's clock
    fields: Mapped[dict[str, Any]] = kept(DOCUMENT)
    touched: Mapped[dict[str, Any]] = kept(AUTHORSHIP)  # {field: [revision, person]}
    sha256: Mapped[str | None]  # the file that an attachment names
    ended: Mapped[int | None]  # the revision by which its consent ended, see sync.striking
    struck: Mapped[int | None]  # that one of them for which its history was struck

    __table_args__ = (
        Index("ix_record_id", "id"),  # a record lives in one district only
        Index("ix_record_revision", "district", "revision", unique=True),
        _filled("ix_record_parent", "district", "parent"),
        _filled("ix_record_sha256", "sha256"),
        _ended(),
    )


class Entry(ServerBase):
    """A change and its first answer: a revision, or the reason why not."""

    __tablename__ = "ledger"
    held = EXCHANGE

    district: Mapped[str] = mapped_column(primary_key=True)
    change: Mapped[UUID] = mapped_column(primary_key=True)
    record: Mapped[UUID]
    kind: Mapped[str]
    revision: Mapped[int | None]
    reason: Mapped[str | None]
    by: Mapped[str] = kept(AUTHORSHIP)
    device: Mapped[UUID] = kept(AUTHORSHIP)
    at: Mapped[datetime] = kept(AUTHORSHIP)
    received: Mapped[datetime] = kept(AUTHORSHIP)
    base: Mapped[int]
    fields: Mapped[dict[str, Any]] = kept(DOCUMENT)

    __table_args__ = (
        Index("ix_ledger_revision", "district", "revision", unique=True),
        Index("ix_ledger_record", "district", "record"),
    )


class LateEdit(ServerBase):
    """An edit that came after its person had left the district, until somebody decides."""

    __tablename__ = "late_edit"
    held = Held("review", "decided")

    change: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(index=True)
    record: Mapped[UUID]
    parent: Mapped[UUID | None]
    device: Mapped[UUID] = kept(by_team("review", "decided"))
    received: Mapped[datetime]
    body: Mapped[bytes] = kept(
        Held("review", "decided", "citizen", "request"), LargeBinary
    )  # the Change as JSON


class Serial(ServerBase):
    """The last number of the register that a district gave in a year, of one series."""

    __tablename__ = "serial"
    held = Held("casework", "database")

    district: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)  # see sync.records.numbered
    last: Mapped[int]
    life: Mapped[int]  # in which it was given


class Life(ServerBase):
    """A life of this database; another one began each time it was restored from a backup."""

    __tablename__ = "life"
    held = Held("exchange", "database")

    number: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(unique=True)  # what laptops know it by
    points: Mapped[dict[str, Any]]  # {stream: its counter when this life began}
    doubt: Mapped[bool] = mapped_column(default=False)  # numbers of the register may be lost
    given: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # {record: number}


class Account(ServerBase):
    """A person who may sign in. The password is set at the first enrolment."""

    __tablename__ = "account"
    held = by_team("access", "account")

    id: Mapped[str] = mapped_column(primary_key=True)  # the login, lower case
    name: Mapped[str]
    role: Mapped[str]
    district: Mapped[str]
    language: Mapped[str] = mapped_column(default="kk")
    password: Mapped[str | None]  # Argon2id, PHC string
    active: Mapped[bool] = mapped_column(default=True)


class Code(ServerBase):
    """An enrolment code for one laptop; only its digest is kept."""

    __tablename__ = "enrolment_code"
    held = by_team("access", "account")

    digest: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(index=True)
    expires: Mapped[datetime]
    used: Mapped[datetime | None]
    device: Mapped[UUID | None]  # the laptop that was enrolled by it


class Device(ServerBase):
    """A laptop that was enrolled, and the digest of its token."""

    __tablename__ = "device"
    held = by_team("access", "account")

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the bearer token
    until: Mapped[datetime | None]  # its term; None for programs that cannot renew it
    refresh: Mapped[str | None]  # SHA-256 of what renews it
    family: Mapped[str | None]  # SHA-256 of what all that renewed it have in common
    spent: Mapped[str | None]  # SHA-256 of what renewed it last
    enrolled: Mapped[datetime]
    revoked: Mapped[datetime | None]
    wipe: Mapped[datetime | None]  # when an administrator asked it to delete its work
    wiped: Mapped[datetime | None]  # when it said that it has
    answered: Mapped[int | None]  # the highest of its numbers that was answered
    signing_key: Mapped[bytes | None] = mapped_column(LargeBinary)  # public: of its letters
    sealing_key: Mapped[bytes | None] = mapped_column(LargeBinary)  # public: for the replies
    proves: Mapped[bool] = mapped_column(default=False)  # whether it has: from then on it must


class OwnKeys(ServerBase):
    """The seed of the server's own keys, for what is carried as a file. There is one row."""

    __tablename__ = "own_keys"
    held = Held("exchange", "database")

    id: Mapped[int] = mapped_column(primary_key=True)
    seed: Mapped[bytes] = mapped_column(LargeBinary)


class CarriedLetter(ServerBase):
    """A letter that was taken, so that people are told when it comes again.

    That nothing in it counts twice is the ledger's doing.
    """

    __tablename__ = "carried_letter"
    held = by_team("exchange", "database")

    id: Mapped[UUID] = mapped_column(primary_key=True)
    device: Mapped[UUID]
    received: Mapped[datetime]


class Try(ServerBase):
    """How often a password was tried lately. Kept for logins that do not exist, too."""

    __tablename__ = "sign_in_try"
    held = by_team("access", "hours")

    login: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of what was typed
    count: Mapped[int]
    until: Mapped[datetime]  # no further try is looked at before
    forget: Mapped[datetime] = mapped_column(index=True)


class Blob(ServerBase):
    """A file that is completely here; its bytes lie in the blob folder."""

    __tablename__ = "blob"
    held = Held("evidence", "record")

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]


class Doomed(ServerBase):
    """A file that an erased record named: its bytes go as soon as the erasure has committed.

    One that had not come whole by then stays here, and is not taken.
    """

    __tablename__ = "doomed_blob"
    held = Held("erasure_proof", "erasure")

    sha256: Mapped[str] = mapped_column(primary_key=True)


class SealKey(ServerBase):
    """The key of the seals on erasures. Any backup has it: a seal outlives a restore."""

    __tablename__ = "seal_key"
    held = Held("erasure_proof", "database")

    number: Mapped[int] = mapped_column(primary_key=True)  # there is one
    key: Mapped[str]  # hex


class KeptAnswer(ServerBase):
    """An anonymous answer. No column may tell who sent it, when, or in which order.

    SQLite would number the rows by itself, in their order: WITHOUT ROWID keeps them by the id.
    """

    __tablename__ = "answer"
    held = Held("survey", "answer")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as SQLAlchemy declares it

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wave: Mapped[UUID] = mapped_column(index=True)
    district: Mapped[str] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the Answer as JSON


class KeptCounts(ServerBase):
    """What is left of the answers of a district to a wave when their term is over."""

    __tablename__ = "answer_counts"
    held = Held("survey", "wave")

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[int]  # that were counted
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the sync.counts.Counts as JSON


class KeptSigns(ServerBase):
    """What one laptop told of its interviews to a wave. No column may tell who told it, or when."""

    __tablename__ = "signs"
    held = by_team("quality", "answer")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as SQLAlchemy declares it

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the pseudonym
    wave: Mapped[UUID] = mapped_column(index=True)
    district: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)  # sync.quality.Signs as JSON, to one length
    seals: Mapped[bytes] = mapped_column(LargeBinary)  # MessagePack: who it is, for each officer


class KeptDone(ServerBase):
    """How many interviews a laptop has finished of a wave, cell by cell; which laptop, nobody knows.

    No order and no time: a later number stands in the place of an earlier one.
    """

    __tablename__ = "interviews_done"
    held = Held("survey", "answer")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as SQLAlchemy declares it

    wave: Mapped[UUID] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)  # random
    answers: Mapped[int]
    mark: Mapped[str]  # of the body, see sync.progress
    body: Mapped[bytes] = mapped_column(LargeBinary)  # the sync.progress.Done as JSON


class KeptLetter(ServerBase):
    """A sealed letter about corruption. Nobody here can read it, nor tell who sent it, or when:
    of its time the year alone is kept, for the term of its box."""

    __tablename__ = "sealed_letter"
    held = Held("integrity", "report")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as SQLAlchemy declares it

    id: Mapped[UUID] = mapped_column(primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    seals: Mapped[bytes] = mapped_column(LargeBinary)  # MessagePack: its key, for each reader
    body: Mapped[bytes] = kept(Held("integrity", "report", "citizen", "request"), LargeBinary)
    year: Mapped[int | None]  # in which it came


class AuditEntry(ServerBase):
    """Somebody looked at what is confidential, or did what cannot be undone: see sync.server.audit."""

    __tablename__ = "audit_entry"
    held = by_team("audit", "audit")

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]  # JSON
    hash: Mapped[str]  # hex, of this row and the hash before
    district: Mapped[str]  # whose leader may see it; the region's: coordinators alone


class AuditHead(ServerBase):
    """The last hash. Its row is locked while one is appended."""

    __tablename__ = "audit_head"
    held = Held("audit", "database")

    id: Mapped[int] = mapped_column(primary_key=True)  # there is one
    number: Mapped[int]
    hash: Mapped[str]
