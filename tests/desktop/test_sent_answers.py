"""Answers leave the laptop when the server has them: its file, the journal of that, every copy."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import msgspec
import pytest
from sqlcipher3 import dbapi2

from desktop import copied_answers
from desktop.actions import answers, drafts, exchange, signs
from desktop.actions.signs import Seen
from desktop.backups import list_backups, make_backup
from desktop.copied_answers import DUE
from desktop.profile import close_desk, open_desk
from desktop.second_place import OWED
from desktop.surveys.quality.signs import Answered
from desktop.surveys.quality.timing import Timed
from sync.answers import FEWEST
from sync.client.facts import forget, recall, remember
from sync.client.tables import OwnSigns
from sync.counts import DAYS
from sync.language import speak
from sync.quality import Signs
from sync.server.accounts import utc_now
from tests.pages import decrypted
from tests.profiles import PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import SOZAQ, change

OKRUG = "615647000"
SAID = "Суды биыл жөндесін дейді"
BEGUN = "Жол туралы айтты да"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def laptop(own_server, tmp_path):
    own_server.service.clock.time = utc_now()
    with keystore(MemoryKeyring()):
        profile = new_profile(tmp_path / "profile", own_server)
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        yield profile, desk
        close_desk(desk)


@pytest.fixture
def wave(own_server, laptop):
    form = change("form", district="region", name="Рейтинг", xform="<h:html/>")
    days = {"starts_on": "2026-11-01", "ends_on": str(date.today() - timedelta(days=1))}  # noqa: DTZ011
    made = change("wave", district="region", title="Күз", form=str(form.record), **days)
    eset = own_server.laptop("eset", "coordinator")
    assert eset.exchange(form, made).refused == []
    exchange.exchange(laptop[1])
    return made.record, eset


@pytest.fixture
def asked(laptop, wave):
    """Five interviews, a copy of the file after each, and one in the midst of another."""
    profile, desk = laptop
    for number in range(FEWEST):
        drafts.keep(desk, answers.draft_key(wave[0]), {"/data/proposal": BEGUN})
        make_backup(profile, desk, NOW + timedelta(hours=2 * number))
        said = {"/data/proposal": SAID}
        answers.finish(desk, wave[0], OKRUG, date(2026, 11, 24), said)
        make_backup(profile, desk, NOW + timedelta(hours=2 * number + 1))


def holding(profile, desk):
    """Files that hold a word of them, decrypted, their journals too."""
    files = [desk.store.path, *(one.store for one in list_backups(profile.copies))]
    pages = {path: decrypted(path, desk.store._key) for path in files}
    words = (SAID.encode(), BEGUN.encode(), BEGUN.encode("unicode_escape"))
    return [
        path.parent.name for path, found in pages.items() if any(one in found for one in words)
    ]


def test_when_the_server_has_them_no_word_of_them_is_left_on_the_laptop(laptop, wave, asked):
    assert len(holding(*laptop)) == 2 * FEWEST + 1

    report = exchange.exchange(laptop[1])

    assert report.answers_sent == FEWEST
    assert holding(*laptop) == []
    assert len(list_backups(laptop[0].copies)) == 2 * FEWEST  # all else in them is kept
    assert len(wave[1].transport.take_answers(wave[0], 0)) == FEWEST


def test_a_laptop_whose_clock_is_years_behind_sends_them_when_the_server_says_it_has_ended(
    laptop, wave, monkeypatch
):
    for _ in range(FEWEST):
        answers.finish(laptop[1], wave[0], OKRUG, date(2026, 11, 24), {"/data/proposal": SAID})
    monkeypatch.setattr(answers, "date", Behind)

    assert exchange.exchange(laptop[1]).answers_sent == FEWEST


def test_those_that_were_too_few_to_be_sent_go_when_answers_become_counts(
    laptop, wave, own_server
):
    for _ in range(FEWEST - 1):
        answers.finish(laptop[1], wave[0], OKRUG, date(2026, 11, 24), {"/data/proposal": SAID})
    exchange.exchange(laptop[1])
    assert exchange.state(laptop[1]).waiting == FEWEST - 1

    own_server.service.clock.go(days=DAYS + 1)
    exchange.exchange(laptop[1])

    assert exchange.state(laptop[1]).waiting == 0


class Behind(date):
    """The calendar of a laptop whose battery died."""

    @classmethod
    def today(cls):
        return cls(2020, 1, 1)


def test_what_was_counted_of_interviews_goes_from_the_copies_too(laptop, wave, asked):
    """Two copies an hour apart would tell what one interview was like."""
    profile, desk = laptop
    seen = Seen(Answered({"/data/q": "1"}, [], []), Timed(4, 9, night=True, soon=False))
    for _ in range(FEWEST):
        answers.finish(desk, wave[0], OKRUG, date(2026, 11, 24), {"/data/q": "1"}, seen)
    copy = make_backup(profile, desk, NOW + timedelta(days=1))
    assert counted(desk, copy) == 1

    exchange.exchange(desk)

    assert counted(desk, copy) == 0
    later = make_backup(profile, desk, NOW + timedelta(days=2))
    with desk.store.begin() as session:  # as if its day had not come
        row = session.get_one(OwnSigns, (wave[0], SOZAQ))
        row.told, row.body = None, msgspec.json.encode(Signs(interviews=FEWEST))
        forget(session, OWED)
    assert counted(desk, later) == 1
    assert b'"interviews"' in decrypted(desk.store.path, desk.store._key)
    assert signs.send(desk, utc_now() + timedelta(days=8)) == 1
    assert counted(desk, later) == 0
    assert b'"interviews"' not in decrypted(desk.store.path, desk.store._key)
    with desk.store() as session:
        assert recall(session, OWED, dict) is not None  # copies elsewhere hold them


def counted(desk, copy):
    with dbapi2.connect(copy.store) as opened:
        opened.execute(f"PRAGMA key=\"x'{desk.store._key.hex()}'\"")
        return opened.execute("SELECT count(*) FROM own_signs").fetchone()[0]


@pytest.mark.parametrize("guard", ["forget_copied", "empty_journal"])
def test_without_one_of_the_guards_words_of_them_are_left(laptop, wave, asked, guard, monkeypatch):
    monkeypatch.setattr(answers, guard, lambda _: None)

    exchange.exchange(laptop[1])

    assert holding(*laptop)


def test_copies_from_which_they_went_are_whole_and_those_elsewhere_are_owed(laptop, wave, asked):
    profile, desk = laptop
    exchange.exchange(desk)

    for one in list_backups(profile.copies):
        with dbapi2.connect(one.store) as copy:
            copy.execute(f"PRAGMA key=\"x'{desk.store._key.hex()}'\"")
            assert copy.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert copy.execute("SELECT count(*) FROM wave").fetchone() == (1,)
    with desk.store() as session:
        assert recall(session, OWED, dict) is not None
        assert recall(session, DUE, bool) is False


def test_a_copy_that_is_held_is_looked_at_again_and_a_damaged_one_goes(laptop, wave, asked):
    profile, desk = laptop
    held, damaged = list_backups(profile.copies)[:2]
    page = damaged.store.read_bytes()[:4096]
    damaged.store.write_bytes(page[::-1] + damaged.store.read_bytes()[4096:])
    holder = dbapi2.connect(held.store, isolation_level=None)
    holder.execute(f"PRAGMA key=\"x'{desk.store._key.hex()}'\"")
    holder.execute("BEGIN IMMEDIATE")
    with impatient():
        exchange.exchange(desk)
    assert held.folder.name in holding(profile, desk)
    assert damaged.folder not in [one.folder for one in list_backups(profile.copies)]
    holder.close()

    exchange.exchange(desk)

    assert holding(profile, desk) == []


@contextmanager
def impatient():
    """Nobody waits ten seconds for a copy."""
    plain = copied_answers.connect

    def connect(store, copy):
        connection = plain(store, copy)
        connection.execute("PRAGMA busy_timeout=1")
        return connection

    with patch.object(copied_answers, "connect", connect):
        yield


def test_nothing_is_written_into_copies_where_nothing_was_sent(laptop, monkeypatch):
    with laptop[1].store.begin() as session:
        remember(session, DUE, False)
    monkeypatch.setattr(copied_answers, "connect", lambda *_: pytest.fail("opened"))

    answers.send(laptop[1])


def test_the_file_keeps_answers_that_wait_by_their_random_ids_and_numbers_no_rows(laptop):
    with laptop[1].store() as session:
        made = session.connection().exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'waiting_answer'"
        )
        assert "WITHOUT ROWID" in made.scalar_one()
