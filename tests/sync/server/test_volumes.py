"""What laptops took out in files is in the audit, and a harvest stands out."""

import os
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4

import msgspec
import pytest

from sync.change import SyncRequest
from sync.exports import HELD, MOST, Exported
from sync.server import admin, audit, volumes
from sync.server.audit import Act
from sync.server.volumes import Told, harvests

BEGUN = date(2026, 10, 26)
PEOPLE, DAYS, HARVESTS = 60, 30, 20
SEEDS = range(50 if os.environ.get("DALA_SOAK") else 5)


def exported(**more):
    said = {"id": str(uuid4()), "at": datetime(2026, 11, 5, 9, tzinfo=UTC), "kind": "issue",
            "format": "csv", "rows": 12}  # fmt: skip
    return Exported(**{**said, **more})


def ask(laptop, *exports):
    return laptop.transport.exchange(SyncRequest(cursors={}, changes=[], exported=list(exports)))


def rows_of(server):
    with server.looking() as session:
        assert audit.broken(session) is None
        return admin.exports(session)


def test_an_export_enters_the_audit_under_who_told_it_without_a_word_of_the_records(server):
    aidana = server.laptop("aidana")
    one = exported(personal=True, purpose="answer", state="draft", searched=True)

    ask(aidana, one)

    with server.looking() as session:
        row = list(audit.rows(session))[-1]
    assert (row.who, row.act) == ("aidana", Act.EXPORTED)
    subject = msgspec.json.decode(row.subject)
    assert subject == {
        "device": str(aidana.device),
        **msgspec.to_builtins(msgspec.structs.asdict(one)),
    }


def test_a_look_at_what_is_held_about_somebody_enters_the_audit_and_is_no_export(server):
    aidana = server.laptop("aidana")
    ask(aidana, exported(kind=HELD, format="", rows=900, state="both"), exported(kind=HELD))

    with server.looking() as session:
        acts = [row.act for row in audit.rows(session)][-2:]
    assert acts == [Act.LOOKED, Act.EXPORTED]
    assert [row["rows"] for row in rows_of(server)] == [12]


def test_an_export_told_twice_counts_once(server):
    aidana = server.laptop("aidana")
    one = exported()
    ask(aidana, one)
    ask(aidana, one)

    assert [row["id"] for row in rows_of(server)] == [one.id]


def test_a_server_that_cannot_be_told_everything_at_once_refuses_a_flood(server):
    aidana = server.laptop("aidana")

    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the line makes of it
        ask(aidana, *(exported() for _ in range(MOST + 1)))
    assert rows_of(server) == []


def test_the_administrator_sees_a_harvest_flagged(server):
    aidana = server.laptop("aidana")
    days = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in range(2, 9)]
    ask(aidana, *(exported(at=at, rows=60) for at in days))
    ask(aidana, exported(at=days[-1] + timedelta(days=1), rows=5_000))

    assert [row["flagged"] for row in rows_of(server)] == [False] * 7 + [True]
    assert {row["who"] for row in rows_of(server)} == {"aidana"}


# the rule itself


def told(who, day, rows):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Told(id=str(uuid4()), at=at, kind="issue", format="csv", rows=rows, who=who)


def month(seed):
    """(exports of a month, the days on which somebody harvested).

    Sixty people with a usual day of their own, 20 to 400 rows, which varies by a third; one to three
    files a day on some days of the week. Twenty harvests from the second week on: four to thirty
    usual days of that person, at once or in ten files.
    """
    chance = Random(seed)
    usual = {f"p{number}": chance.uniform(20, 400) for number in range(PEOPLE)}
    made, planted = [], set()
    for number in range(DAYS):
        day = BEGUN + timedelta(days=number)
        for who, rows in usual.items():
            if day.weekday() < 5 and chance.random() < 0.6:
                files = chance.randrange(1, 4)
                whole = rows * chance.lognormvariate(0, 0.33)
                made += [told(who, day, max(1, round(whole / files))) for _ in range(files)]
    while len(planted) < HARVESTS:
        who, day = chance.choice(list(usual)), BEGUN + timedelta(days=chance.randrange(10, DAYS))
        if (who, day) not in planted:
            planted.add((who, day))
            files = chance.choice((1, 1, 10))
            rows = max(usual[who] * chance.uniform(4, 30), 150)
            made += [told(who, day, round(rows / files)) for _ in range(files)]
    return sorted(made, key=lambda one: one.at), planted


@pytest.mark.parametrize("seed", SEEDS)
def test_of_twenty_harvests_of_a_month_eighteen_are_flagged_and_one_honest_day_a_week_at_most(
    seed,
):
    made, planted = month(seed)

    flagged = harvests(made)

    assert len(flagged & planted) >= 18
    assert len(flagged - planted) <= DAYS / 7


def test_a_harvest_does_not_become_usual():
    quiet = [told("a", BEGUN + timedelta(days=day), 60) for day in range(7)]
    loud = [told("a", BEGUN + timedelta(days=day), 900) for day in range(7, 21)]

    assert len(harvests(quiet + loud)) == 14


def test_who_is_new_is_measured_by_the_others():
    others = [told(f"p{n}", BEGUN + timedelta(days=day), 90) for n in range(9) for day in range(7)]
    first = BEGUN + timedelta(days=7)

    assert harvests([*others, told("new", first, 200)]) == frozenset()
    assert harvests([*others, told("new", first, 900)]) == {("new", first)}


def test_small_days_are_let_be():
    quiet = [told("a", BEGUN + timedelta(days=day), 5) for day in range(7)]

    assert harvests([*quiet, told("a", BEGUN + timedelta(days=8), volumes.SMALL)]) == frozenset()
