"""Values of a record's fields: as they travel (JSON) and with their types, checked and told apart."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from sync import vocabulary
from sync.errors import UserError
from sync.language import mark
from sync.records.base import Field, Record, Values, field_map, fields
from sync.records.consented import unproven
from sync.records.keepable import all_keepable, keepable


class Wrong(UserError):
    """Values that break the declaration: `problems` is {field: UserError}."""

    def __init__(self, problems: Mapping[str, UserError]) -> None:
        super().__init__(mark("Some fields are not right: {names}."), names=", ".join(problems))
        self.problems = dict(problems)


EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)  # outside, a day is mistyped
WRITTEN_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
WRITTEN_TIME = re.compile(r"\d?\d:\d\d")
WORDS = {
    "date": mark("Write the date as 05.11.2026."),
    "time": mark("Write the time as 14:30."),
    "int": mark("Write a whole number."),
    "float": mark("Write a number."),
}


def parse(record: type[Record], values: Values) -> Values:
    """Declared fields as they travel (JSON) → values of the declared types.

    Raises Wrong with a sentence for each field that does not fit.
    """
    whole = _at_once(record, values)
    if whole is None:
        return _one_by_one(record, values)
    return {name: getattr(whole, name) for name in values}


def check_values(record: type[Record], values: Values) -> None:
    """Raise Wrong, as `parse` does, where a declared field does not fit."""
    if _at_once(record, values) is None:
        _one_by_one(record, values)


def _at_once(record: type[Record], values: Values) -> msgspec.Struct | None:
    """All fields in one call, as most are right; None where any is not, or is not plain."""
    try:
        whole = msgspec.convert(values, _strictly(record))
    except msgspec.ValidationError:
        return None
    for name in _dates(record):
        day = getattr(whole, name)
        if isinstance(day, date) and not EARLIEST <= day <= LATEST:
            return None
    return whole if all_keepable(map(values.get, _typed_freely(record))) else None


def _one_by_one(record: type[Record], values: Values) -> Values:
    known, parsed, problems = field_map(record), {}, {}
    for name, value in values.items():
        if name not in known:
            problems[name] = UserError(
                mark("This program does not know the field “{name}”."), name=name
            )
            continue
        try:
            parsed[name] = typed(known[name], value)
        except UserError as problem:
            problems[name] = problem
    if problems:
        raise Wrong(problems)
    return parsed


def typed(field: Field, value: Any, *, strict: bool = True) -> Any:
    """One value as it travels, or as people write it → a value of the declared type.

    Not `strict`, numbers may also be given as texts. Raises UserError where it does not fit.
    """
    try:
        found = msgspec.convert(_as_iso(field, value), field.wire, strict=strict)
    except msgspec.ValidationError as error:
        raise _unfit(field, value) from error
    if not keepable(found):
        raise UserError(mark("This holds a character or a number that cannot be kept."))
    if problem := _misfit(field, found):
        raise problem
    return found


def split(record: type[Record], values: Values) -> tuple[Values, Values]:
    """News from a server, perhaps a newer one → (typed values, what this program cannot place)."""
    try:
        whole = msgspec.convert(values, _loosely(record))
    except msgspec.ValidationError:
        return _split_one_by_one(record, values)
    return {name: getattr(whole, name) for name in values}, {}


def _split_one_by_one(record: type[Record], values: Values) -> tuple[Values, Values]:
    known, placed, unknown = field_map(record), {}, {}
    for name, value in values.items():
        try:
            placed[name] = msgspec.convert(value, known[name].wire)
        except (KeyError, msgspec.ValidationError):
            unknown[name] = value
    return placed, unknown


def missing(record: type[Record], values: Values) -> dict[str, UserError]:
    """Required fields that are still empty, each with a sentence."""
    required = {
        field.name: UserError(mark("Please fill this in."))
        for field in fields(record)
        if field.required and values.get(field.name) in (None, "", [])
    }
    return required | unproven(record, values)


def plain(values: Values) -> Values:
    """Values of the declared types → values as they travel (JSON)."""
    return {name: msgspec.to_builtins(value) for name, value in values.items()}


def _unfit(field: Field, value: Any) -> UserError:
    if field.type is str and isinstance(value, str):
        return UserError(mark("Write at most {most} characters."), most=field.most)
    return UserError(WORDS.get(field.type.__name__, mark("Please check this.")))


def _as_iso(field: Field, value: Any) -> Any:
    """What people write, 05.11.2026 and 14:30, as the wire has it."""
    if field.type is date and isinstance(value, str) and (day := WRITTEN_DATE.fullmatch(value)):
        return "-".join(reversed(day.groups()))
    if field.type is time and isinstance(value, str) and WRITTEN_TIME.fullmatch(value):
        return f"{value.zfill(5)}:00"
    return value


def _misfit(field: Field, value: Any) -> UserError | None:
    """What is wrong with a value of the right type, or None."""
    if value and field.choices and not _allowed(field, value):
        return UserError(mark("Choose one of the list."))
    if value is not None and field.smallest is not None and value < field.smallest:
        return UserError(mark("This cannot be less than {smallest}."), smallest=field.smallest)
    if value is not None and field.largest is not None and value > field.largest:
        return UserError(mark("This cannot be more than {largest}."), largest=field.largest)
    if isinstance(value, date) and not EARLIEST <= value <= LATEST:
        return UserError(mark("Please check the year: it lies between 1900 and 2100."))
    return None


def _allowed(field: Field, value: Any) -> bool:
    return _keys(field.choices).issuperset(value if isinstance(value, list) else [value])


@cache
def _keys(vocabulary_name: str) -> frozenset[str]:
    return frozenset(choice.key for choice in vocabulary.choices(vocabulary_name))


@cache
def _strictly(record: type[Record]) -> type[msgspec.Struct]:
    """The declaration as one struct: whatever it takes fits, but for the year of a date."""
    return _struct(record, {field.name: _tight(field) for field in fields(record)})


@cache
def _loosely(record: type[Record]) -> type[msgspec.Struct]:
    """The types alone: what a newer server chose from a longer list is taken."""
    return _struct(record, {field.name: field.wire for field in fields(record)})


def _struct(record: type[Record], types: dict[str, Any]) -> type[msgspec.Struct]:
    members = [(name, wire | UnsetType, UNSET) for name, wire in types.items()]
    return msgspec.defstruct(
        f"{record.__name__}Values", members, kw_only=True, forbid_unknown_fields=True
    )


def _tight(field: Field) -> Any:
    """The type that a value must have, with the list it is chosen from and its least."""
    if field.choices and field.type in (str, list):
        one = Literal[tuple(sorted(_keys(field.choices)))]  # type: ignore[valid-type]  # made here
        return (list[one] if field.type is list else one) | None  # type: ignore[valid-type]
    if field.smallest is not None or field.largest is not None:
        return Annotated[field.type, msgspec.Meta(ge=field.smallest, le=field.largest)] | None
    return field.wire


@cache
def _typed_freely(record: type[Record]) -> tuple[str, ...]:
    """The fields that may hold what no database keeps: the others are of a list, or of a type that
    has nothing of the kind."""
    return tuple(
        field.name
        for field in fields(record)
        if not field.choices and field.type not in (bool, date, time, datetime, UUID)
    )


@cache
def _dates(record: type[Record]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.type is date)
