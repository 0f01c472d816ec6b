"""Laptops in one room, over real sockets: letters and replies cross without a server."""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import exchange, records, room
from desktop.actions.room import Room, join
from desktop.bag import Bag
from sync.client import outbox
from sync.client.pairing import Broken, Channel, WrongCode, new_code
from sync.errors import UserError
from sync.language import speak
from tests.profiles import VISIT

HERE = "127.0.0.1"
CODE = new_code()


@pytest.fixture(autouse=True)
def english():
    speak("en")


@contextmanager
def hosting(desk, guests=1, seconds=30.0):
    """A room that this desk has opened; what it met, once it is over."""
    opened = Room(HERE)
    opened.code = CODE
    over = []
    with ThreadPoolExecutor(1) as thread:
        met = thread.submit(
            opened.host, desk, seconds=seconds, guests=guests, ended=lambda: bool(over)
        )
        try:
            yield opened.address, met
        finally:
            over.append(True)
            met.exception()
            opened.close()


def visit(desk):
    return records.save(desk, "visit", VISIT)[0]


def waiting(desk):
    with desk.store() as session:
        return outbox.count(session)


def test_two_laptops_take_each_others_letters_and_whoever_meets_the_server_brings_both(laptop):
    aidana, berik = laptop(), laptop()
    hers, his = visit(aidana), visit(berik)

    with hosting(berik) as (address, met):
        guest = join(aidana, address, CODE.lower().replace("-", " "))
        [host] = met.result(30)
    report = exchange.exchange(berik)

    assert (guest.person, host.person) == (berik.person.name, aidana.person.name)
    assert len(aidana.bag.letters()) == 1
    assert (report.sent, berik.bag.letters()) == (1, [])
    exchange.exchange(berik)
    assert records.show(berik, hers.record)["author"] == aidana.person.id
    assert waiting(aidana) == 1

    with hosting(berik) as (address, met):
        again = join(aidana, address, CODE)
        met.result(30)

    assert (again.sent, waiting(aidana)) == (1, 0)
    assert records.show(aidana, his.record)["author"] == berik.person.id


def test_what_came_twice_counts_once(laptop):
    aidana, berik = laptop(), laptop()
    made = visit(aidana)
    for _ in range(2):
        with hosting(berik) as (address, met):
            join(aidana, address, CODE)
            met.result(30)
    exchange.exchange(aidana)

    exchange.exchange(berik)
    exchange.exchange(aidana)

    found = [row for row in records.list_records(berik, "visit") if row["id"] == made.record]
    assert len(found) == 1
    assert waiting(aidana) == 0


def test_a_wrong_code_opens_nothing_and_the_room_goes_on(laptop):
    aidana, berik = laptop(), laptop()

    with hosting(berik) as (address, met):
        with pytest.raises(WrongCode, match="not that of this room"):
            join(aidana, address, new_code())
        assert aidana.bag.letters() == berik.bag.letters() == []
        join(aidana, address, CODE)
        assert len(met.result(30)) == 1


def test_a_room_closes_after_too_many_wrong_codes(laptop, monkeypatch):
    aidana, berik = laptop(), laptop()
    monkeypatch.setattr(room, "WRONG_TRIES", 2)

    with hosting(berik, seconds=3_600) as (address, met):
        for _ in range(2):
            with pytest.raises(WrongCode):
                join(aidana, address, new_code())
        assert met.result(30) == []


def test_where_nobody_is_there_are_words(laptop):
    aidana = laptop()
    for address in (f"{HERE}:9", "nowhere", f"{HERE}:x", f"{HERE}:99999999"):
        with pytest.raises(UserError, match="Nobody answers"):
            join(aidana, address, CODE)


def test_something_else_that_answers_is_no_room(laptop):
    aidana = laptop()
    with socket.create_server((HERE, 0)) as web, ThreadPoolExecutor(1) as thread:

        def answer():
            line, _ = web.accept()
            with line:
                line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 3)
                line.recv(2**16)

        done = thread.submit(answer)
        with pytest.raises(UserError, match="no room of this program"):
            join(aidana, f"{HERE}:{web.getsockname()[1]}", CODE)
        done.result(30)


def test_laptops_of_two_servers_exchange_nothing(laptop, monkeypatch):
    aidana, berik = laptop(), laptop()
    with hosting(berik) as (address, met):
        monkeypatch.setattr(room, "known_by", lambda keys: f"{id(keys)}")
        with pytest.raises(UserError, match="another server"):
            join(aidana, address, CODE)
    assert met.result(30) == []
    assert berik.bag.letters() == []


def test_a_line_that_breaks_in_a_letter_leaves_nothing_half(laptop, monkeypatch):
    aidana, berik = laptop(), laptop()
    visit(aidana)

    def breaks(self, _file):
        self.send(b"half a letter")
        self._line.close()

    with hosting(berik) as (address, _met), monkeypatch.context() as broken:
        broken.setattr(Channel, "send_file", breaks)
        with pytest.raises(Broken, match="Nothing was lost"):
            join(aidana, address, CODE)

    assert berik.bag.letters() == []
    assert waiting(aidana) == 1


def test_a_letter_that_the_server_refuses_does_not_stay_in_the_bag(laptop):
    aidana = laptop()
    with pytest.raises(UserError), aidana.bag.new_letter() as file:
        file.write(b"no letter")
    Path(aidana.bag._ready(aidana.bag._letters) / "strange.dala").write_bytes(b"no letter")

    assert room.deliver_bag(aidana) == 0
    assert aidana.bag.letters() == []


def test_what_is_too_old_gives_way_and_the_rest_is_counted(tmp_path):
    bag = Bag(tmp_path)
    folder = bag._ready(bag._letters)
    (folder / "new.dala").write_bytes(bytes(1_000))
    old = folder / "old.dala"
    old.write_bytes(bytes(1_000))
    os.utime(old, (0, 0))

    free = bag.room()

    assert [path.name for path in bag.letters()] == ["new.dala"]
    assert bag.room() == free == 4 * 2**30 - 1_000


def test_without_a_bag_there_are_words(laptop):
    aidana = replace(laptop(), bag=None)
    with socket.create_server((HERE, 0)) as somewhere:
        address = f"{HERE}:{somewhere.getsockname()[1]}"
        with pytest.raises(UserError, match="met its server once"):
            join(aidana, address, CODE)
