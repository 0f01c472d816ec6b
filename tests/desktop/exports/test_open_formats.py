"""JSON, GeoJSON and iCalendar, as other programs read them."""

import json
import re
from datetime import UTC, date, datetime, time
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from desktop.exports.open_formats import (
    FOLD,
    Event,
    Located,
    write_geojson,
    write_ics,
    write_json,
)

AT = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
LINE = re.compile(r"[A-Z-]+(;[A-Z]+=[A-Za-z/-]+)*:.*")


def calendar(*events, name="Кездесулер"):
    """(the lines as bytes, the lines unfolded)."""
    file = BytesIO()
    write_ics(file, name, AT, events)
    content = file.getvalue()
    return content.split(b"\r\n"), content.decode().replace("\r\n ", "").split("\r\n")


def test_rows_become_one_document_even_where_there_are_none():
    for rows in ([], [{"id": "1"}], [{"id": "1"}, {"id": "ә"}]):
        file = BytesIO()
        assert write_json(file, {"export": "x"}, rows) == len(rows)
        assert json.loads(file.getvalue()) == {"export": "x", "records": rows}


def test_features_are_longitude_first_and_without_a_place_have_no_geometry():
    file = BytesIO()
    write_geojson(file, {}, [Located({"id": "1"}, (68.5, 43.1)), Located({"id": "2"})])

    found = json.loads(file.getvalue())
    assert found["type"] == "FeatureCollection"
    assert [one["geometry"] for one in found["features"]] == [
        {"type": "Point", "coordinates": [68.5, 43.1]},
        None,
    ]
    assert [one["id"] for one in found["features"]] == ["1", "2"]


def test_an_event_is_a_day_or_an_hour_of_the_region():
    _, lines = calendar(
        Event("1@dala", date(2026, 11, 5), "Жиын; сұрақ, жауап", time(14, 30), "Созақ"),
        Event("2@dala", date(2026, 11, 6), "Мерзім"),
    )

    assert "DTSTART;TZID=Asia/Almaty:20261105T143000" in lines
    assert "DTSTART;VALUE=DATE:20261106" in lines
    assert "SUMMARY:Жиын\\; сұрақ\\, жауап" in lines
    assert "DTSTAMP:20261105T093000Z" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_text_breaks_a_calendar(summary, place):
    folded, lines = calendar(Event("1@dala", date(2026, 11, 5), summary, None, place), name=place)

    assert all(len(line) <= FOLD for line in folded)
    assert all(LINE.fullmatch(line) for line in lines[:-1])
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        *("BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD"),
        *("BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT", "END:VEVENT"),
        "END:VCALENDAR",
    ]
