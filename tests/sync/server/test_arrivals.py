"""Answers and sealed letters that came after the newest backup: kept twice, for no laptop keeps them."""

import logging
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from sync.server import arrivals, reports, restoring
from sync.server.__main__ import main
from sync.server.app import create_app
from sync.server.backing_up import back_up
from sync.server.restoring import restore
from sync.server.tables import KeptAnswer, KeptLetter, KeptSigns
from tests.servers import change
from tests.sync.server.backups_made import unpacked
from tests.sync.server.put_back import (  # noqa: F401
    given_data,
    given_folder,
    given_url,
    lose,
    running,
    settings_of,
)
from tests.sync.server.test_answers_route import answer, wave
from tests.sync.server.test_reports_route import letter
from tests.sync.server.test_signs_route import tell


def with_backups(server, folder):
    """The same server, told by DALA_BACKUPS of the folder."""
    folder.mkdir(exist_ok=True)
    service = replace(server.service, backups=folder)
    return replace(server, service=service, app=create_app(service))


def at_work(server, count=3):
    """Some letters and answers come → a function that brings as many more."""
    id, _ = wave(server)
    aidana = server.laptop("aidana")

    def bring():
        for _ in range(count):
            aidana.transport.hand_in(letter())
        aidana.transport.send_answers([answer(id) for _ in range(count)])

    bring()
    return bring


def stored(server):
    with server.looking() as session:
        letters = session.execute(
            select(
                KeptLetter.id, KeptLetter.box, KeptLetter.seals, KeptLetter.body, KeptLetter.year
            )
        )
        answers = session.execute(
            select(KeptAnswer.id, KeptAnswer.wave, KeptAnswer.district, KeptAnswer.body)
        )
        return sorted(map(tuple, letters)), sorted(map(tuple, answers))


def restored(url, data, backup):
    lose(url, data)
    data.mkdir(exist_ok=True)
    restore(settings_of(url, data), backup, give_up=True)
    with running(url, data) as server:
        return stored(server)


def arrived(url, data, folder):
    """A backup, and what stood there when the disk broke a while later."""
    with running(url, data) as plain:
        server = with_backups(plain, folder)
        bring = at_work(server)
        backup = back_up(server.service, folder).folder
        bring()
        return backup, stored(server)


def test_after_a_restore_all_are_there_once_although_no_laptop_has_them(url, data, folder):
    backup, stood = arrived(url, data, folder)

    assert [len(some) for some in stood] == [6, 6]
    assert restored(url, data, backup) == stood
    assert restored(url, data, backup) == stood


def test_without_the_second_place_they_would_be_lost(url, data, folder, monkeypatch):
    """The mutant of the test above."""
    backup, stood = arrived(url, data, folder)
    monkeypatch.setattr(restoring.arrivals, "bring_back", lambda *_: 0)

    assert [len(some) for some in restored(url, data, backup)] == [3, 3] != stood


def test_so_is_what_laptops_told_of_their_interviews(url, data, folder):
    with running(url, data) as plain:
        server = with_backups(plain, folder)
        made = change("wave", district="region", title="Қазан", ends_on="2026-01-31")
        assert server.laptop("eset", "coordinator").exchange(made).refused == []
        aidana = server.laptop("aidana")
        rows = tell(aidana, made.record, 3)
        backup = back_up(server.service, folder).folder
        rows += tell(aidana, made.record, 3)

    lose(url, data)
    data.mkdir(exist_ok=True)
    restore(settings_of(url, data), backup, give_up=True)

    with running(url, data) as server, server.looking() as session:
        there = set(session.scalars(select(KeptSigns.id)))
        assert there == {one.pseudonym for one in rows}


@pytest.fixture
def server(fresh_database, data, folder):
    with fresh_database("sqlite") as url, running(url, data) as plain:
        yield with_backups(plain, folder)


def lying(folder):
    with closing(sqlite3.connect(folder / arrivals.NAME)) as file:
        return dict(file.execute("SELECT sort, count(*) FROM arrival GROUP BY sort").fetchall())


def test_they_go_when_seven_backups_have_them_and_no_byte_is_left(server, folder):
    at_work(server)
    body = stored(server)[0][0][3]
    for _ in range(arrivals.KEPT):
        back_up(server.service, folder)
    assert lying(folder) == {"sealed_letter": 3, "answer": 3}
    assert body in (folder / arrivals.NAME).read_bytes()

    back_up(server.service, folder)

    assert lying(folder) == {}
    assert body not in (folder / arrivals.NAME).read_bytes()


def test_what_comes_again_is_there_once_as_it_came_first(server, folder):
    aidana = server.laptop("aidana")
    one = letter()
    aidana.transport.hand_in(one)
    aidana.transport.hand_in(one)

    assert lying(folder) == {"sealed_letter": 1}


def test_nothing_there_tells_who_or_when(server, folder):
    at_work(server)
    with closing(sqlite3.connect(folder / arrivals.NAME)) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(arrival)")]
        ids = [row[0] for row in file.execute("SELECT id FROM arrival")]
        with pytest.raises(sqlite3.OperationalError):
            file.execute("SELECT rowid FROM arrival")

    assert columns == ["id", "sort", "body", "backups"]
    assert ids == sorted(ids)
    assert b"aidana" not in (folder / arrivals.NAME).read_bytes()
    assert stat.S_IMODE((folder / arrivals.NAME).stat().st_mode) == 0o600


def test_a_disk_that_is_not_mounted_refuses_nobody_and_is_said(server, folder, caplog):
    folder.rmdir()
    with caplog.at_level(logging.INFO):
        at_work(server)

    assert [len(some) for some in stored(server)] == [3, 3]
    assert not folder.exists()
    assert "kept" not in caplog.text  # its hour would be that of a letter
    folder.mkdir()
    back_up(server.service, folder)
    back_up(server.service, folder)
    assert caplog.text.count("could not be kept twice") == 1


def test_a_damaged_file_keeps_nobody_from_a_restore(url, data, folder, caplog):
    backup, _ = arrived(url, data, folder)
    (folder / arrivals.NAME).write_bytes(b"no database" * 1_000)
    caplog.clear()

    assert [len(some) for some in restored(url, data, backup)] == [3, 3]
    assert "damaged" in caplog.text


def test_letters_whose_term_is_over_are_not_put_back(server, folder):
    at_work(server)
    year = stored(server)[0][0][4]
    with server.looking() as session, session.begin():
        session.query(KeptLetter).delete()
        session.query(KeptAnswer).delete()
        arrivals.bring_back(session, [folder], year + 1)
    assert [len(some) for some in stored(server)] == [0, 3]
    with server.looking() as session, session.begin():
        arrivals.bring_back(session, [folder], year)
    assert [len(some) for some in stored(server)] == [3, 3]


def test_before_a_letter_is_in_the_database_it_is_in_the_second_place(server, folder, monkeypatch):
    """Cut between the two, the laptop sends it again: the other order would lose what was told kept."""
    seen = []
    plain = reports.insert_new

    def insert(session, table, rows):
        seen.append(lying(folder))
        plain(session, table, rows)

    monkeypatch.setattr(reports, "insert_new", insert)
    server.laptop("aidana").transport.hand_in(letter())

    assert seen == [{"sealed_letter": 1}]


def test_where_a_letter_lies_on_the_disk_does_not_tell_when_it_came(folder):
    """Long rows go to pages at the end of the file, one after the other, whatever their ids are."""
    folder.mkdir()
    chance = Random(7)
    names = [b"LETTER%02d" % number for number in range(40)]
    for name in names:
        row = {"id": UUID(int=chance.getrandbits(128)), "body": chance.randbytes(4_096) + name}
        arrivals.keep_twice(folder, KeptLetter.__tablename__, [row])

    content = (folder / arrivals.NAME).read_bytes()
    places = [content.index(name) for name in names]
    behind = sum(places[i] > places[j] for j in range(40) for i in range(j))
    assert 40 * 39 // 2 // 4 < behind < 40 * 39 // 2 * 3 // 4


def test_a_backup_does_not_tell_in_which_order_letters_and_answers_came(url, data, folder):
    """PostgreSQL's dumps have rows as they lie in the table, SQLite's copies long ones as they came."""
    with running(url, data) as server:
        at_work(server)
        aidana = server.laptop("zere")
        letters = [letter(body=bytes([number]) * 4_200) for number in range(1, 41)]
        for one in letters:
            aidana.transport.hand_in(one)
        stood = stored(server)
        backup = back_up(server.service, folder).folder
    if url.startswith("sqlite"):
        content = (backup / "database").read_bytes()
        places = [content.index(one.body[:2_000]) for one in letters]
    else:
        content = unpacked(backup / "database")
        places = [content.index(str(one.id).encode()) for one in letters]
    behind = sum(places[i] > places[j] for j in range(40) for i in range(j))

    assert behind > 40 * 39 // 2 // 4
    assert restored(url, data, backup) == stood


def spoil_a_row(folder, id):
    with closing(sqlite3.connect(folder / arrivals.NAME)) as file, file:
        file.execute("UPDATE arrival SET body = x'c1' WHERE id = ?", (id.bytes,))


def test_one_row_that_cannot_be_read_takes_no_other_with_it(server, folder, caplog):
    at_work(server)
    first = stored(server)[0][0][0]
    spoil_a_row(folder, first)
    with server.looking() as session, session.begin():
        session.query(KeptLetter).delete()
        arrivals.bring_back(session, [folder], None)

    assert len(stored(server)[0]) == 2
    assert "damaged" in caplog.text


def test_a_damaged_file_is_begun_anew_with_the_next_backup_which_has_all_of_it(server, folder):
    bring = at_work(server)
    (folder / arrivals.NAME).write_bytes(b"no database" * 1_000)
    bring()
    assert len(stored(server)[0]) == 6  # taken all the same

    back_up(server.service, folder)
    bring()

    assert lying(folder) == {"sealed_letter": 3, "answer": 3}


def test_they_are_put_back_also_after_a_backup_that_lies_elsewhere(url, data, folder, tmp_path):
    with running(url, data) as plain:
        server = with_backups(plain, folder)
        bring = at_work(server)
        backup = back_up(server.service, tmp_path / "stick").folder
        bring()
        stood = stored(server)
    lose(url, data)
    data.mkdir()

    restore(replace(settings_of(url, data), backups=folder), backup, give_up=True)

    with running(url, data) as server:
        assert stored(server) == stood


def test_prepare_puts_them_back_after_a_restore_that_was_cut_or_done_by_other_means(
    url, data, folder, monkeypatch, capsys
):
    backup, stood = arrived(url, data, folder)
    with monkeypatch.context() as cut:
        cut.setattr(restoring.arrivals, "bring_back", lambda *_: 0)
        assert restored(url, data, backup) != stood
    for name, value in (("DALA_DATA", data), ("DALA_DATABASE", url), ("DALA_BACKUPS", folder)):
        monkeypatch.setenv(name, str(value))

    assert main(["prepare"]) == 0

    with running(url, data) as server:
        assert stored(server) == stood
