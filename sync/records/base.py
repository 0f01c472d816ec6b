"""What every record has, and what a declaration says about each of its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from sqlalchemy import JSON, DateTime, Dialect, Index, MetaData, TypeDecorator, text
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedColumn,
    declared_attr,
    mapped_column,
)

from sync.language import tr
from sync.records.held import AUTHORSHIP, EXCHANGE, Held
from sync.records.states import ReviewState

Values = dict[str, Any]
LONG, SHORT = 100_000, 2_000  # characters of a text of several lines, and of one line

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as UTC without its zone and given back with it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The laptop's tables. The server keeps records as documents, see docs/decisions/0002."""

    held: ClassVar[Held]  # why the columns of a table are kept, unless one says it for itself
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        list[str]: JSON,
        datetime: Moment,
    }


@dataclass(frozen=True)
class Field:
    """What forms, tables, exports and the wire need to know of a field."""

    name: str
    type: type  # str, int, float, bool, date, time, datetime, UUID, list, dict
    label: str  # English, marked for translation: use `words()`
    required: bool = False  # before the record may be sent; a draft may lack it
    hint: str = ""
    long: bool = False  # several lines
    listed: bool = True  # a column of the table on screen and of the exports
    private: bool = False  # a person's data: left out of exports and of the log
    choices: str = ""  # a vocabulary's name
    place: bool = False  # a village of the region pack, or one typed by hand
    link: str = ""  # the kind that the id points to
    offers: str = (
        ""  # whose names are offered while it is typed: "department", "partner", "responsible"
    )
    given: bool = False  # written by the server only
    series: str | None = None  # of a number of the register: what stands before its serial
    live: bool = False  # may still change after approval
    stays: bool = False  # a free short text that stays here when the words of what is closed leave
    smallest: int | None = None  # of a number
    largest: int | None = None
    okrugs: bool = False  # several rural okrugs of the district, by their codes
    money: bool = False  # whole tenge
    check: str = ""  # "iin" or "bin": a number with a check digit, which warns and forbids nothing
    under: str = ""  # the heading that a form has above this field; marked
    beside: bool = False  # on the form it stands beside the field before it
    apart: bool = False  # something else than the form asks for it
    longest: int = 0  # characters of a text, where neither LONG nor SHORT
    wire: Any = None  # the type that a value on the wire must have

    @property
    def leaves(self) -> bool:
        """Whether it leaves a laptop 90 days after its record was closed: whatever people typed that
        may name somebody. What is chosen, counted or a date stays, and so does a place."""
        typed = self.type is str and not (self.choices or self.place or self.link or self.given)
        return self.private or self.long or self.type is dict or (typed and not self.stays)

    @property
    def most(self) -> int:
        """How many characters a text may have."""
        return self.longest or (LONG if self.long else SHORT)

    def words(self, language: str | None = None) -> str:
        """The field's name for a person."""
        return tr(self.label, language)


def field(
    label: str = "",
    *,
    index: bool = False,
    held: Held | None = None,
    last: bool = False,
    **more: Any,
) -> MappedColumn[Any]:
    """A field that people fill in. Everything about it is said here, once.

    `held`: why and how long it is kept, where that differs from its kind; a private one says it.
    `last`: after the kind's own, for one that several kinds share.
    """
    said = {"held": held} if held else {}
    info = {"field": {"label": label, **more}, **said}
    return mapped_column(index=index, sort_order=int(last), info=info)


def kept(held: Held, *of: Any, **more: Any) -> MappedColumn[Any]:
    """A column that no person fills in, kept for another reason than the rest of its table.

    The rest is for SQLAlchemy's `mapped_column`.
    """
    return mapped_column(*of, info={"held": held}, **more)


class Record(Base):
    """A row that people edit and that travels. Subclasses declare only their own fields.

    Fields may be empty in a draft, hence every one is `X | None`; `required` counts on sending.
    """

    __abstract__ = True
    kind: ClassVar[str]
    label: ClassVar[str]  # one of them; marked for translation
    regional: ClassVar[bool] = False  # travels in the region's stream instead of a district's
    handed_out: ClassVar[bool] = False  # of a district or the region: who may SHARE there gives it
    append_only: ClassVar[bool] = False  # written once: cannot conflict
    several: ClassVar[str] = (
        ""  # of them, where it is not alone on its screen; marked, as the next three
    )
    another: ClassVar[str] = ""  # words on the button that begins one
    none_yet: ClassVar[str] = ""  # what an empty list of them says
    untitled: ClassVar[str] = (
        ""  # a title where `named_by` is empty; the kind's label where not said
    )
    named_by: ClassVar[str] = ""  # the field that is its title; the first text where not said
    told_by: ClassVar[str] = ""  # the field, of a vocabulary, that tells two with one title apart
    dated_by: ClassVar[str] = ""  # the day that it is about; a new one begins with today
    photographed: ClassVar[bool] = True  # no photos of those whom a record is about
    begins: ClassVar[Mapping[str, Any]] = {}  # the values of a new one, as JSON
    late: ClassVar[bool] = False  # may be added to a record that is approved
    consent_field: ClassVar[str] = ""  # the field that records consent: see consented.py
    consent_texts: ClassVar[str] = ""  # and to which texts

    id: Mapped[UUID] = kept(EXCHANGE, primary_key=True)
    district: Mapped[str] = kept(EXCHANGE)  # its stream: a KATO code, or REGION
    author: Mapped[str] = kept(AUTHORSHIP)
    created: Mapped[datetime] = kept(AUTHORSHIP)
    edited: Mapped[datetime] = kept(AUTHORSHIP)
    revision: Mapped[int] = kept(EXCHANGE, default=0)  # the server's number; 0 until it has one
    removed: Mapped[bool] = kept(EXCHANGE, default=False)
    conflicts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {field: [Rival]}
    unknown: Mapped[dict[str, Any]] = mapped_column(default=dict)  # a newer server's fields
    bare: Mapped[bool] = kept(EXCHANGE, default=False)  # its words are on the server alone

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:  # noqa: N805  # SQLAlchemy hands over the class
        """By stream, with the revisions: what a stream holds is counted without reading it."""
        return (Index(f"ix_{cls.__tablename__}_stream", "district", "revision"),)


DISPUTED = "conflicts != '{}'"  # in the words of the index, else SQLite would not use it


class Reviewed(Record):
    """A record that a coordinator approves or returns."""

    __abstract__ = True
    # a ReviewState; a newer server may know more of them
    review: Mapped[str] = kept(
        Held("review", "record"), default=ReviewState.DRAFT.value, index=True
    )

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:  # noqa: N805  # SQLAlchemy hands over the class
        """So that the few records on which people differ are found among all; and what a list of
        them is put in order, filtered and counted by, without a look at their words."""
        name = f"ix_{cls.__tablename__}"
        return (
            Index(f"{name}_stream", "district", "revision"),
            Index(f"{name}_disputed", "id", sqlite_where=text(DISPUTED)),
            Index(f"{name}_listed", "edited", "id", "review", "bare", "removed"),
        )


class Part(Record):
    """A record that belongs to another one and is shown inside it."""

    __abstract__ = True
    parents: ClassVar[tuple[str, ...]] = ()  # kinds it may belong to; empty: any
    heading: ClassVar[str] = ""  # above all of them on their record's page; none: shown otherwise

    parent: Mapped[UUID] = kept(EXCHANGE, index=True)


SYSTEM = frozenset({"author", "created", "removed", "review", "conflicts"})  # travel, undeclared
SETTABLE = frozenset({"removed", "review"})  # of these, what a laptop may change


@cache
def fields(record: type[Record]) -> tuple[Field, ...]:
    """The declared fields, in the order of their declaration."""
    hints = get_type_hints(record)
    return tuple(
        _field(column.key, get_args(hints[column.key])[0], column.info["field"])
        for column in record.__table__.columns
        if "field" in column.info
    )


@cache
def field_map(record: type[Record]) -> dict[str, Field]:
    """The declared fields by name."""
    return {field.name: field for field in fields(record)}


def _field(name: str, hint: Any, said: dict[str, Any]) -> Field:
    plain = next(part for part in _parts(hint) if part is not NoneType)
    declared = Field(name=name, type=get_origin(plain) or plain, **said)
    limited = msgspec.Meta(max_length=declared.most)
    wire = Annotated[plain, limited] if plain is str else plain
    if declared.type is dict:
        path, answer = msgspec.Meta(max_length=SHORT), msgspec.Meta(max_length=LONG)
        wire = dict[Annotated[str, path], Annotated[str, answer]]
    return replace(declared, wire=wire | None)


def _parts(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def as_text(value: Any) -> str:
    """JSON as a database keeps it; three times as fast as the standard library's."""
    return msgspec.json.encode(value).decode()
