"""Records as open formats for programs: JSON, GeoJSON (RFC 7946) and iCalendar (RFC 5545).

Keys are English and the same in every version; a place has its name beside its code. Written piece by
piece into the file given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import IO, Any

import msgspec

from sync.cells import ILLEGAL

ZONE = "Asia/Almaty"
FOLD = 75  # octets of a line
# the region's clock, which was set back for good on 1 March 2024
VTIMEZONE = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:STANDARD
DTSTART:20041031T030000
TZOFFSETFROM:+0700
TZOFFSETTO:+0600
END:STANDARD
BEGIN:STANDARD
DTSTART:20240301T000000
TZOFFSETFROM:+0600
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE"""

Properties = Mapping[str, Any]  # as JSON


@dataclass(frozen=True)
class Located:
    """One record: what is known of it, and where it is, as (longitude, latitude), if that is known."""

    properties: Properties
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Event:
    """One day of a record. Without `at` it takes the whole day; `uid` stays from export to export."""

    uid: str
    day: date
    summary: str
    at: time | None = None
    place: str = ""
    about: str = ""


def write_json(file: IO[bytes], about: Properties, records: Iterable[Properties]) -> int:
    """{…about, "records": […]}; how many there are."""
    return _object(file, about, "records", map(msgspec.json.encode, records))


def write_geojson(file: IO[bytes], about: Properties, records: Iterable[Located]) -> int:
    """A collection of features; a record whose place is not known is one without a geometry."""
    head = {"type": "FeatureCollection", **about}
    return _object(file, head, "features", map(_feature, records))


def write_ics(file: IO[bytes], name: str, made: datetime, events: Iterable[Event]) -> int:
    """A calendar, in the time of the region; how many events it has."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dala//Dala//KK", "CALSCALE:GREGORIAN"]
    _lines(file, [*head, f"X-WR-CALNAME:{_escaped(name)}", *VTIMEZONE.splitlines()])
    stamp = f"{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    count = 0
    for event in events:
        _lines(file, _event(event, stamp))
        count += 1
    _lines(file, ["END:VCALENDAR"])
    return count


def _object(file: IO[bytes], about: Properties, name: str, rows: Iterable[bytes]) -> int:
    head = msgspec.json.encode(dict(about))
    file.write(head[:-1] + (b"," if about else b"") + msgspec.json.encode(name) + b":[\n")
    count = 0
    for row in rows:
        file.write((b",\n" if count else b"") + row)
        count += 1
    file.write(b"\n]}\n")
    return count


def _feature(one: Located) -> bytes:
    point = {"type": "Point", "coordinates": list(one.point)} if one.point else None
    id = one.properties.get("id")
    feature = {"type": "Feature", "id": id, "geometry": point, "properties": dict(one.properties)}
    return msgspec.json.encode(feature)


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    if event.at is None:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART;TZID={ZONE}:{event.day:%Y%m%d}T{event.at:%H%M%S}"
    for name, text in (
        ("SUMMARY", event.summary), ("LOCATION", event.place), ("DESCRIPTION", event.about),
    ):  # fmt: skip
        if text:
            yield f"{name}:{_escaped(text)}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A text that cannot begin another line, whatever it holds."""
    plain = ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for char in "\\;,":
        plain = plain.replace(char, f"\\{char}")
    return "".join(plain.replace("\n", "\\n").splitlines())


def _lines(file: IO[bytes], lines: Iterable[str]) -> None:
    for line in lines:
        file.write("\r\n ".join(_folded(line)).encode() + b"\r\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most so many octets, no letter cut in two; a space begins all but the first."""
    piece, size, room = "", 0, FOLD
    for char in line:
        more = len(char.encode())
        if size + more > room:
            yield piece
            piece, size, room = "", 0, FOLD - 1
        piece, size = piece + char, size + more
    yield piece
