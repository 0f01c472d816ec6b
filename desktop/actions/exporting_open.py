"""What of a list's records stands in an open format: the fields of its table, as they are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

import msgspec

from desktop.actions.records import Row, parts
from desktop.exports.open_formats import Event, Located, write_geojson, write_ics, write_json
from desktop.session import Desk
from sync.language import tr
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Field, Part, Record, Reviewed, fields
from sync.vocabulary import label

OPEN = ("json", "geojson", "ics")
TERMS = ("due_on",)  # days that something is to be done by
LONGEST = 200  # characters of an event's title


def endings(kind: str) -> tuple[str, ...]:
    """The open formats that a kind can be written as."""
    record = KINDS[kind]
    places = any(one.place for one in fields(record))
    days = bool(day_fields(record)) or any(day_fields(part) for part in parts_of(kind))
    return ("json", *(["geojson"] if places else []), *(["ics"] if days else []))


def write_open(
    file: IO[bytes],
    ending: str,
    desk: Desk,
    kind: str,
    rows: Iterable[Row],
    shown: Sequence[Field],
    about: Mapping[str, Any],
    at: datetime,
) -> int:
    """Write these records; how many records, or events of a calendar, there are."""
    if ending == "ics":
        events = (event for row in rows for event in events_of(desk, kind, row, shown))
        return write_ics(file, tr(KINDS[kind].label), at, events)
    told = ((row, properties(desk, row, shown)) for row in rows)
    if ending == "json":
        return write_json(file, about, (one for _, one in told))
    return write_geojson(file, about, (Located(one, point(desk, row)) for row, one in told))


def properties(desk: Desk, row: Row, shown: Sequence[Field]) -> dict[str, Any]:
    """A record as JSON: what is a person's data only where that may be read."""
    private = may(desk.person, Action.READ_PRIVATE, row["district"])
    found: dict[str, Any] = {"id": row["id"].hex, "kind": row["kind"], "district": row["district"]}
    if issubclass(KINDS[row["kind"]], Reviewed):
        found["review"] = row["review"]
    if issubclass(KINDS[row["kind"]], Part):
        found["parent"] = row["parent"].hex
    found["recorded"] = row["created"].replace(second=0, microsecond=0)
    if row["bare"]:
        found["bare"] = True  # its words are on the server alone
    for one in shown:
        value = row[one.name]
        if value is None or (one.private and not private):
            continue
        found[one.name] = value
        if one.place:
            found[f"{one.name}_name"] = desk.pack.full_name(value)
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return plain


def point(desk: Desk, row: Row) -> tuple[float, float] | None:
    """Longitude and latitude of a record's village, as far as the pack knows them."""
    for one in fields(KINDS[row["kind"]]):
        village = desk.pack.village(row[one.name] or "") if one.place else None
        if village is not None and village.lon is not None and village.lat is not None:
            return village.lon, village.lat
    return None


def events_of(desk: Desk, kind: str, row: Row, shown: Sequence[Field]) -> Iterator[Event]:
    """The days of a record: when it is, by when it is due, and those of its parts."""
    names = {one.name for one in shown}
    yield from _events(desk, row, names, "")
    for part in parts_of(kind):
        if day_fields(part):
            open_ = {one.name for one in fields(part) if not one.private}
            for below in parts(desk, part.kind, row["id"]):
                yield from _events(desk, below, open_, _title(row, names))


def day_fields(record: type[Record]) -> tuple[Field, ...]:
    """The days that a calendar shows of a kind."""
    wanted = {record.dated_by, *TERMS}
    if issubclass(record, Part) and not record.dated_by:
        wanted.add("day")
    return tuple(one for one in fields(record) if one.type is date and one.name in wanted)


def parts_of(kind: str) -> list[type[Part]]:
    """The kinds that belong to this one."""
    return [one for one in KINDS.values() if issubclass(one, Part) and kind in one.parents]


def _events(desk: Desk, row: Row, names: set[str], of: str) -> Iterator[Event]:
    record = KINDS[row["kind"]]
    clock = next((row[one.name] for one in fields(record) if one.type.__name__ == "time"), None)
    place = next((row[one.name] for one in fields(record) if one.place), None)
    for one in day_fields(record):
        if row[one.name] is None:
            continue
        term = one.name in TERMS
        title = _title(row, names)
        yield Event(
            uid=f"{row['id'].hex}-{one.name}@dala",
            day=row[one.name],
            summary=f"{one.words()}: {title}" if term else title,
            at=None if term else clock,
            place=desk.pack.full_name(place) if place else "",
            about=" · ".join(filter(None, (tr(record.label), of))),
        )


def _title(row: Row, names: set[str]) -> str:
    record = KINDS[row["kind"]]
    texts = [one for one in fields(record) if one.type is str and not (one.link or one.place)]
    named = [one for one in texts if one.name == record.named_by] or texts
    for one in named:
        if one.name in names and row[one.name]:
            said: str = label(one.choices, row[one.name]) if one.choices else row[one.name]
            return " ".join(said.split())[:LONGEST]
    return tr(record.untitled or record.label)
