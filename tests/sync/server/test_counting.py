"""Ninety days after a wave its answers become counts, on both databases, and nothing else is left."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count

import msgspec
import pytest
from sqlalchemy import select

from sync.answers import mark_of
from sync.change import SyncRequest
from sync.counts import DAYS
from sync.person import SERVER
from sync.server import arrivals, counting, retention
from sync.server.audit import Act
from sync.server.backing_up import back_up
from sync.server.restoring import restore
from sync.server.retention import TooMany, run
from sync.server.tables import KeptAnswer, KeptCounts
from tests.failpoints import DATABASE, DISK, Died, dies, failing
from tests.servers import SAIRAM, SOZAQ, change
from tests.sync.server.put_back import (  # noqa: F401
    given_data,
    given_folder,
    given_url,
    lose,
    running,
    settings_of,
)
from tests.sync.server.retention_people import SOAK, given_clock, rows  # noqa: F401
from tests.sync.server.test_answers_route import answer, wave
from tests.sync.server.test_arrivals import lying, with_backups
from tests.sync.server.test_erasure import everything

OKRUGS = ("615647000", "615635000", "615637000")
WRITTEN, RARE, LIKED = "Суды Асан аға жөндесін", "beekeeper", "drinking_water"
PLANTED = (WRITTEN, RARE)


def asked(server, *, okrugs=OKRUGS, each=12, **more):
    """A wave that ended today, with answers in these okrugs → its id."""
    id, eset = wave(server, **more)
    send(server, id, okrugs, each)
    return id, eset


def send(server, id, okrugs, each, district=SOZAQ, login="aidana"):
    given = [
        {"/data/q": str(number % 5 + 1), "/data/problem": LIKED, "/data/proposal": WRITTEN}
        | ({"/data/work": RARE} if number == 0 else {})
        for number in range(each)
    ]
    every = [
        answer(id, district=district, okrug=okrug, values=values)
        for okrug in okrugs
        for values in given
    ]
    server.laptop(login, district=district).transport.send_answers(every)


def later(clock, days):
    clock.time = clock.time.replace(hour=12) + timedelta(days)


def kept(server):
    """(how many answers there are, what was counted as JSON)."""
    with server.looking() as session:
        bodies = session.scalars(select(KeptCounts.body)).all()
        return len(session.scalars(select(KeptAnswer.id)).all()), [
            *map(msgspec.json.decode, bodies)
        ]


def found_in(server):
    bytes_there = everything(server)
    return [
        one
        for one in PLANTED
        if one.encode() in bytes_there or one.encode().hex().encode() in bytes_there
    ]


def told(line, mark=""):
    reply = line.transport.exchange(SyncRequest(cursors={}, changes=[], answers=mark))
    return reply.answers, reply.counted


@pytest.fixture
def in_november(monkeypatch):
    """The wave of the tests ends on the last of November: days count from there."""


def ending(clock):
    return {"ends_on": (clock.time.date() - timedelta(9)).isoformat()}


def closed(server, eset, id, clock, day=None):
    """Its last day is set, which the server hears of now."""
    said = {"ends_on": (day or clock.time.date()).isoformat()}
    eset.exchange()
    done = change("wave", id, district="region", base=eset.cursors["region"], **said)
    assert eset.exchange(done).refused == []


@pytest.fixture
def ended(server, clock):
    """A wave that ended today → (its id, the coordinator's line)."""
    id, eset = asked(server)
    closed(server, eset, id, clock)
    return id, eset


def test_on_the_ninetieth_day_all_is_there_and_on_the_next_only_counts(server, ended, clock):
    _id, _ = ended
    later(clock, DAYS)
    assert not run(server.service).erased
    assert kept(server) == (36, [])
    assert found_in(server) == [*PLANTED]

    later(clock, 1)
    assert run(server.service).erased == {"answer": 36}

    left, (counts,) = kept(server)
    assert left == 0
    assert found_in(server) == []
    assert counts["answers"] == 36
    assert [one["okrugs"] for one in counts["cells"]] == [[okrug] for okrug in sorted(OKRUGS)]
    marks = {"1": 3, "2": 3, "3": 2, "4": 2, "5": 2}
    assert counts["cells"][0]["times"] == {"/data/problem": {LIKED: 12}, "/data/q": marks}
    one = {"district": SOZAQ, "erased": {"answer": 36}}
    assert rows(server, Act.TERM_ENDED) == [(SERVER, one)]


def test_looking_only_tells_how_many_and_leaves_them(server, ended, clock):
    later(clock, DAYS + 1)

    assert run(server.service, dry=True).erased == {"answer": 36}
    assert kept(server) == (36, [])


def test_a_second_run_finds_nothing_to_do(server, ended, clock):
    later(clock, DAYS + 1)
    run(server.service)
    first = kept(server)

    assert not run(server.service).erased
    assert kept(server) == first


def test_a_wave_whose_last_day_is_to_come_keeps_its_answers(server, clock):
    id, eset = asked(server)
    closed(server, eset, id, clock, clock.time.date() + timedelta(50))
    later(clock, DAYS + 50)
    assert not run(server.service).erased
    later(clock, 1)
    assert run(server.service).erased == {"answer": 36}


def test_the_term_counts_from_when_the_server_heard_of_the_end(server, clock):
    """A laptop's clock, or a year mistyped, ends nothing."""
    id, eset = asked(server)
    closed(server, eset, id, clock, clock.time.date() - timedelta(900))
    later(clock, DAYS)
    assert not run(server.service).erased


def test_opened_again_before_that_nothing_goes(server, ended, clock, monkeypatch):
    """Even between the look and the lock."""
    id, _eset = ended
    later(clock, DAYS + 1)
    plain = counting.past

    def then_opened(session, today):
        found = plain(session, today)
        assert found
        return found

    monkeypatch.setattr(counting, "past", then_opened)
    monkeypatch.setattr(counting, "count", lambda *_: pytest.fail("counted"))
    locked = counting.ledger.lock

    def opened(session, district):
        last = locked(session, district)
        row = session.get(counting.Kept, ("region", id))
        row.fields = {**row.fields, "ends_on": "2099-01-01"}
        session.flush()
        return last

    monkeypatch.setattr(counting.ledger, "lock", opened)

    assert not run(server.service).erased
    assert kept(server) == (36, [])


def test_a_wave_without_a_last_day_keeps_its_answers(server, clock):
    id, eset = asked(server)
    closed(server, eset, id, clock)
    with server.looking() as session, session.begin():
        row = session.get(counting.Kept, ("region", id))
        row.fields = {**row.fields, "ends_on": None}
    later(clock, DAYS + 1)
    assert not run(server.service).erased


def test_answers_to_a_wave_that_was_removed_or_erased_go_as_well(server, ended, clock):
    id, _eset = ended
    with server.looking() as session, session.begin():
        row = session.get(counting.Kept, ("region", id))
        row.fields = {**row.fields, "ends_on": "2099-01-01", "removed": True}
    later(clock, DAYS + 1)
    assert run(server.service).erased == {"answer": 36}


def test_answers_to_an_erased_wave_go_ninety_days_after_its_erasure(server, ended, clock):
    id, eset = ended
    stone = change("wave", id, district="region", erased="request")
    assert eset.exchange(stone).refused == []
    with server.looking() as session, session.begin():
        assert session.get(counting.Kept, ("region", id)).fields["erased"]["reason"] == "request"
    later(clock, DAYS)
    assert not run(server.service).erased
    later(clock, 1)
    assert run(server.service).erased == {"answer": 36}


def test_okrugs_of_too_few_are_put_together_and_too_few_at_all_are_only_a_number(server, clock):
    id, eset = asked(server, okrugs=OKRUGS[:1], each=6)
    send(server, id, OKRUGS[1:2], 7, login="bota")
    send(server, id, [""], 9, SAIRAM, "zere")
    closed(server, eset, id, clock)
    later(clock, DAYS + 1)
    run(server.service)

    _, counts = kept(server)
    cells = {one["district"]: (one["answers"], one["cells"]) for one in counts}
    assert cells[SAIRAM] == (9, [])
    [(number, [cell])] = [cells[SOZAQ]]
    assert (number, cell["okrugs"], cell["answers"]) == (13, sorted(OKRUGS[:2]), 13)


def test_answers_that_come_afterwards_are_taken_and_added_by_the_next_run(server, ended, clock):
    id, _ = ended
    later(clock, DAYS + 1)
    run(server.service)
    send(server, id, OKRUGS[:1], 11, login="bota")
    assert kept(server)[0] == 11

    assert run(server.service).erased == {"answer": 11}

    left, [counts] = kept(server)
    assert (left, counts["answers"], len(counts["cells"])) == (0, 47, 4)
    assert found_in(server) == []


def test_killed_at_any_moment_nothing_is_lost_or_counted_twice(server, ended, clock):
    later(clock, DAYS + 1)
    for number in count(1, 1 if SOAK else 21):
        with failing(number, dies, DATABASE + DISK) as points, suppress(Died):
            run(server.service)
        left, counts = kept(server)
        assert (left, [one["answers"] for one in counts]) in ((36, []), (0, [36]))
        if points.hit is None:
            break

    run(server.service)
    assert kept(server)[0] == 0
    assert found_in(server) == []


def test_eleven_waves_at_once_wait_for_an_administrator(server, clock):
    ids = [change("wave", district="region", title="?", form=str(answer(None).form),
                  starts_on="2026-11-01", ends_on="2026-11-02") for _ in range(11)]  # fmt: skip
    server.laptop("eset", "coordinator").exchange(*ids)
    aidana = server.laptop("aidana")
    for one in ids:
        aidana.transport.send_answers([answer(one.record)])
    later(clock, DAYS + 1)

    with pytest.raises(TooMany, match="11 of 11 records of the kind “answer”"):
        run(server.service)
    assert kept(server) == (11, [])
    assert run(server.service, everything=True).erased == {"answer": 11}


def test_those_who_rate_are_told_and_take_the_counts_of_their_districts(server, clock):
    id, eset = asked(server)
    send(server, id, [""], 12, SAIRAM, "zere")
    closed(server, eset, id, clock)
    later(clock, DAYS + 1)
    run(server.service)
    clock.time -= timedelta(DAYS + 1)  # tokens run out
    aidana, lead = server.laptop("bota"), server.laptop("lead", "leader")

    assert told(eset) == ({}, {id: 48})
    assert told(lead) == ({}, {id: 36})
    assert told(aidana) == (None, {})
    assert told(eset, mark_of({}, {id: 48})) == (None, {})
    assert [one.district for one in eset.transport.take_counts(id)] == [SAIRAM, SOZAQ]
    assert [one.district for one in lead.transport.take_counts(id)] == [SOZAQ]
    assert eset.transport.take_answers(id, 0) == []


def test_a_run_that_stops_leaves_the_rest_for_the_next(server, ended, clock, monkeypatch):
    later(clock, DAYS + 1)
    stop = retention.threading.Event()
    stop.set()
    assert not run(server.service, stop=stop).erased
    assert kept(server) == (36, [])


def test_told_to_stop_it_stops_between_two_districts(server, ended, clock, monkeypatch):
    send(server, ended[0], [""], 36, SAIRAM, "zere")
    later(clock, DAYS + 1)
    stop, plain = retention.threading.Event(), counting.end

    def then_stop(*said):
        stop.set()
        return plain(*said)

    monkeypatch.setattr(counting, "end", then_stop)

    assert run(server.service, stop=stop).erased == {"answer": 36}
    assert kept(server)[0] == 36
    assert rows(server, Act.TERMS_ENDED) == []


def test_a_wave_that_was_opened_again_has_its_new_answers_twice_and_back(url, data, folder, clock):
    with running(url, data) as plain:
        moved = replace(plain, service=replace(plain.service, clock=clock))
        server = with_backups(moved, folder)
        id, eset = asked(server)
        closed(server, eset, id, clock)
        clock.go(days=DAYS + 1)
        run(server.service)
        clock.go(days=-DAYS - 1)
        closed(server, eset, id, clock, clock.time.date() + timedelta(400))
        backup = back_up(server.service, folder).folder
        send(server, id, OKRUGS[:1], 5, login="bota")
        run(server.service)
        assert lying(folder) == {"answer": 5}

    lose(url, data)
    data.mkdir(exist_ok=True)
    restore(settings_of(url, data), backup, give_up=True, clock=clock)

    with running(url, data) as server:
        assert kept(server)[0] == 5


def test_a_restore_brings_no_answer_back_of_a_wave_that_is_counts(url, data, folder, clock):
    with running(url, data) as plain:
        moved = replace(plain, service=replace(plain.service, clock=clock))
        server = with_backups(moved, folder)
        id, eset = asked(server)
        closed(server, eset, id, clock)
        assert lying(folder) == {"answer": 36}
        clock.go(days=DAYS + 1)
        run(server.service)
        assert lying(folder) == {}
        assert WRITTEN.encode() not in (folder / arrivals.NAME).read_bytes()
        backup = back_up(server.service, folder).folder
        counts = kept(server)
        arrivals.keep_twice(folder, "answer", [late(id)])

    lose(url, data)
    data.mkdir(exist_ok=True)
    restore(settings_of(url, data), backup, give_up=True, clock=clock)

    with running(url, data) as server:
        assert kept(server) == counts
    assert counts[0] == 0


def late(id):
    one = answer(id)
    return {"id": one.id, "wave": id, "district": SOZAQ, "body": msgspec.json.encode(one)}
