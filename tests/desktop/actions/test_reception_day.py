"""A day of the reception: who came, in which order, and how many of them still wait."""

from datetime import UTC, date, datetime

from desktop.actions import records
from desktop.actions.reception_day import came, counted, term_of, visitors
from tests.ui.desks import record

DAY = date(2026, 11, 24)


def visitor(desk, essence, **values):
    return record(
        desk, "reception", {"essence": essence, "received_on": DAY, "state": "open", **values}
    )


def test_only_those_of_the_day_are_told_the_last_who_came_first(desk):
    visitor(desk, "таңертең", received_at="09:05")
    visitor(desk, "кеше", received_on="2026-11-23", received_at="11:00")
    visitor(desk, "түсте", received_at="12:40")
    visitor(desk, "уақытсыз")
    gone = visitor(desk, "қате", received_at="12:41")
    records.remove(desk, "reception", gone)

    assert [row["essence"] for row in visitors(desk, DAY)] == ["түсте", "таңертең", "уақытсыз"]


def test_without_a_time_the_one_who_was_written_down_last_stands_first(desk):
    for essence in ("бірінші", "екінші", "үшінші"):
        visitor(desk, essence)

    assert [row["essence"] for row in visitors(desk, DAY)] == ["үшінші", "екінші", "бірінші"]


def test_a_prolonged_term_counts_and_who_was_told_has_none():
    due, prolonged = date(2026, 12, 1), date(2026, 12, 20)

    assert term_of({"due_on": due, "state": "open"}) == due
    assert term_of({"due_on": due, "prolonged_to": prolonged}) == prolonged
    assert term_of({"due_on": due, "state": "closed"}) is None
    assert term_of({}) is None


def test_late_is_who_waits_longer_than_the_term(desk):
    visitor(desk, "кеш", due_on="2026-11-23")
    visitor(desk, "бүгін", due_on="2026-11-24")
    visitor(desk, "болды", due_on="2026-11-20", state="closed")

    told = counted(visitors(desk, DAY), DAY)

    assert (told.visitors, told.open, told.late) == (3, 2, 1)


def test_the_time_is_written_down_for_today_alone(desk):
    moment = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)

    assert came(desk, DAY, moment, "personal") == {
        "state": "open",
        "received_on": "2026-11-24",
        "received_at": "10:40",
        "received_by": desk.person.name,
        "form": "personal",
    }
    assert came(desk, date(2026, 11, 23), moment, "outreach")["received_at"] is None
