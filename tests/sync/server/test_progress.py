"""How many interviews were held: told by laptops, added up, told to those who ask people."""

from threading import Thread
from uuid import uuid1

import msgspec
import pytest

from sync.change import SyncRequest
from sync.person import Person
from sync.progress import Done, Progress
from sync.server import answers, counting, retention
from sync.server.daily import KEEPER
from sync.server.tables import KeptDone, ServerBase
from tests.servers import SAIRAM, SOZAQ, HandClock, change

WOMEN, MEN = "615647000|18-39|female", "615647000|18-39|male"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def wave(server):
    made = change(
        "wave", district="region", title="Қараша", starts_on="2026-11-01", ends_on="2026-11-30"
    )
    assert server.laptop("eset", "coordinator").exchange(made).refused == []
    return made.record


def done(wave, answers=1, district=SOZAQ, **more):
    return Done(wave=wave, district=district, answers=answers, **more)


def told(laptop, *said, mark=""):
    request = SyncRequest(cursors=laptop.cursors, changes=[], done=list(said), progress=mark)
    return laptop.transport.exchange(request).progress


def numbers(laptop):
    found = told(laptop)
    return {one.district: one.answers for one in found.waves} if found else {}


def test_what_laptops_of_a_district_finished_is_added_up_and_told_to_each_of_them(server, wave):
    aidana, dana = server.laptop("aidana"), server.laptop("dana")

    told(aidana, done(wave, 5, cells={WOMEN: 3, MEN: 1}))
    after = told(dana, done(wave, 2, cells={WOMEN: 2}))

    assert after.waves == [
        Progress(wave=wave, district=SOZAQ, answers=7, cells={MEN: 1, WOMEN: 5})
    ]
    assert told(aidana) == after


def test_a_laptop_hears_at_once_of_what_it_has_just_told(server, wave):
    assert told(server.laptop("aidana"), done(wave, 5)).waves[0].answers == 5


def test_nothing_is_told_where_nothing_changed(server, wave):
    aidana = server.laptop("aidana")
    assert told(aidana) is None
    mine = done(wave, 5)
    known = told(aidana, mine).mark

    assert told(aidana, mine, mark=known) is None
    assert told(aidana, msgspec.structs.replace(mine, answers=6), mark=known).mark != known


def test_a_later_number_stands_in_the_place_of_an_earlier_one_and_a_late_letter_takes_nothing_back(
    server, wave
):
    aidana, mine = server.laptop("aidana"), done(wave, 5, cells={WOMEN: 5})
    more = msgspec.structs.replace(mine, answers=7, cells={WOMEN: 6})

    told(aidana, mine)
    told(aidana, more)
    told(aidana, mine)

    assert told(aidana).waves[0].cells == {WOMEN: 6}
    with server.looking() as session:
        assert session.query(KeptDone).count() == 1


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("activist", {SOZAQ}),
        ("leader", {SOZAQ}),
        ("coordinator", {SOZAQ, SAIRAM}),
        ("analyst", {SOZAQ, SAIRAM}),
        ("integrity_officer", set()),
    ],
)
def test_each_role_hears_of_the_districts_where_it_asks_or_rates(server, wave, role, sees):
    told(server.laptop("aidana"), done(wave))
    told(server.laptop("zere", district=SAIRAM), done(wave, district=SAIRAM))

    assert numbers(server.laptop("somebody", role)).keys() == sees


@pytest.mark.parametrize("role", ["integrity_officer", "administrator", "unheard of"])
def test_who_neither_asks_nor_rates_hears_nothing_also_in_a_district(server, wave, role):
    told(server.laptop("aidana"), done(wave))
    somebody = Person("x", "", role, SOZAQ)

    with server.service.reading(somebody) as session:
        assert answers.news(session, somebody, "", "") == answers.News()
        assert answers.news(session, somebody, "", "12345678").progress == answers.NOTHING


@pytest.mark.parametrize(
    ("role", "district"), [("activist", SAIRAM), ("analyst", SOZAQ), ("activist", "nowhere")]
)
def test_what_somebody_may_not_ask_they_have_not_asked(server, wave, role, district):
    told(server.laptop("somebody", role), done(wave, district=district))

    with server.looking() as session:
        assert session.query(KeptDone).all() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": uuid1()},
        {"answers": 0},
        {"answers": -1},
        {"answers": 10**7},
        {"answers": 1, "cells": {WOMEN: 2}},
        {"answers": 9, "cells": {WOMEN: 2, MEN: -1}},
        {"answers": 9, "cells": {"a=b": 1}},
        {"answers": 9, "cells": {"": 1}},
        {"answers": 9, "cells": {"ұ" * 300: 1}},
        {"answers": 10**5, "cells": {str(one): 1 for one in range(501)}},
    ],
    ids=str,
)
def test_what_no_laptop_can_have_finished_is_dropped_and_nothing_else_of_the_exchange(
    server, wave, wrong
):
    aidana = server.laptop("aidana")
    request = SyncRequest(
        cursors={},
        changes=[change("visit", people=3)],
        done=[msgspec.structs.replace(done(wave), **wrong), done(wave, 2)],
    )

    reply = aidana.transport.exchange(request)

    assert len(reply.accepted) == 1
    assert reply.progress.waves == [Progress(wave=wave, district=SOZAQ, answers=2)]
    with server.looking() as session:
        assert session.query(KeptDone).count() == 1


def test_no_row_says_whose_laptop_it_was_or_when(server, wave):
    aidana, mine = server.laptop("aidana"), done(wave, 5, cells={WOMEN: 5})
    before = dump(server)

    told(aidana, mine)

    [row] = dump(server, "interviews_done")["interviews_done"]
    assert set(row) == {wave, SOZAQ, mine.id, 5, row[4], msgspec.json.encode(mine)}
    assert {name: rows for name, rows in dump(server).items() if name != "device"} == {
        name: rows for name, rows in before.items() if name != "device"
    }
    with server.looking() as session:
        if session.get_bind().dialect.name == "sqlite":
            assert (
                "WITHOUT ROWID"
                in session.connection()
                .exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'interviews_done'")
                .scalar()
            )


def dump(server, *names):
    with server.looking() as session:
        return {
            table.name: session.execute(table.select()).all()
            for table in ServerBase.metadata.sorted_tables
            if (table.name in names if names else table.name != "interviews_done")
        }


def test_laptops_that_tell_at_the_same_moment_do_not_lose_each_others_numbers(server, wave):
    lines = [server.laptop(name) for name in ("aidana", "dana", "daniyar", "dauren")]
    telling = [Thread(target=told, args=(line, done(wave, 5, cells={MEN: 5}))) for line in lines]
    for one in telling:
        one.start()
    for one in telling:
        one.join()

    assert told(lines[0]).waves[0].cells == {MEN: 20}


def test_numbers_go_when_the_term_of_the_answers_is_over_also_where_none_ever_came(
    server, wave, clock
):
    aidana = server.laptop("aidana")
    known = told(aidana, done(wave, 3)).mark

    clock.go(days=90)
    counting.forget_progress(server.service)
    assert numbers(server.laptop("dana")) == {SOZAQ: 3}
    clock.go(days=40)
    retention.run(server.service)

    assert told(server.laptop("daulet"), mark=known).waves == []
    with server.service.reading(KEEPER) as session:
        assert session.query(KeptDone).all() == []
