"""A sealed report from the village to the officer and back: who can read it, and who cannot."""

import os
import re
from base64 import b64decode
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import msgspec
import pytest
import requests
from sqlalchemy import inspect, text

from desktop.actions import exchange, officer, records, reports
from desktop.reports.code import new_reporter, read_reporter
from desktop.reports.letters import HandedOver, Report, Word, open_letter, seal
from sync.client import officers
from sync.client.tables import TakenLetter, WaitingLetter
from sync.errors import Offline, Refused, UserError
from sync.officers import Officer, appoint
from sync.records import KINDS
from sync.reports import SealedLetter
from sync.sealing import Keys, new_seed
from sync.server.service import Service
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)
from tests.photos import picture

REPORTS = 1_000 if os.environ.get("DALA_SOAK") else 100
WHAT = "Ауыл әкімі жер үшін ақша сұрады"
WORDS = (WHAT, "Ақкөл, №3 үй", "қараша айында", "Гүлнар Сейітова", "+77015550199")


def write(desk, what=WHAT, **more):
    names = ("what", "where", "when", "reporter_name", "contact")
    return reports.write(desk, **{**dict(zip(names, WORDS, strict=True)), "what": what, **more})


def everything(store):
    """Every value of every row of a database, as bytes."""
    with store() as session:
        for table in inspect(session.get_bind()).get_table_names():
            if table == "word_index":  # its words stand in tables of their own
                continue
            for row in session.execute(text(f'SELECT * FROM "{table}"')):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


@contextmanager
def without_network(desk):
    def cut(*_, **__):
        raise requests.ConnectionError

    whole = desk.server._http.request
    desk.server._http.request = cut
    yield
    desk.server._http.request = whole


def test_a_report_reaches_the_officer_and_the_answer_the_reporter(aidana, aigul, enrolled):
    reporter = write(aidana, photos=[picture()])
    assert exchange.exchange(aidana).waiting == 0
    exchange.exchange(aigul)
    (thread,) = officer.threads(aigul)
    report = thread.report
    assert (report.what, report.where, report.when, report.reporter_name, report.contact) == WORDS
    assert thread.number == reporter.number
    assert report.photos[0].startswith(b"\xff\xd8")

    officer.answer(aigul, thread, "Қай күні болды?")
    exchange.exchange(aigul)
    elsewhere = enrolled()  # the reporter goes to another laptop, in another village
    exchange.exchange(elsewhere)
    typed = read_reporter(reporter.number, reporter.code)
    followed = reports.follow(elsewhere, typed)

    assert [one.by for one in followed.said] == ["", aigul.person.name]
    assert followed.said[1].letter.text == "Қай күні болды?"
    assert reports.add(elsewhere, typed, "Жетісінде", followed)
    exchange.exchange(aigul)
    (thread,) = officer.threads(aigul)
    assert [getattr(one.letter, "text", "") for one in thread.said] == [
        "",
        "Қай күні болды?",
        "Жетісінде",
    ]


def test_many_reports_and_neither_server_nor_laptop_nor_administrator_opens_one(
    aidana, aigul, server, enrolled
):
    """Whatever looks like a key in all that they hold is tried on each of them."""
    written = [write(aidana, f"{WHAT} {number}") for number in range(REPORTS)]
    waiting = list(_letters(aidana, WaitingLetter))
    exchange.exchange(aidana)
    coordinator, administrator = enrolled("coordinator"), enrolled("administrator")
    for desk in (coordinator, administrator):
        exchange.exchange(desk)
        with pytest.raises(Refused):
            desk.server.letters_there()

    told = [
        value
        for store in (aidana.store, coordinator.store, administrator.store,
                      server.service.store.reading)
        for value in everything(store)
    ]  # fmt: skip
    for words in WORDS:
        assert not any(words.encode() in value for value in told)
    secrets = {one.code.encode() for one in written} | {one.keys.seed for one in written}
    assert not any(secret in value for secret in secrets for value in told)
    keys = [Keys(seed) for seed in like_keys(told)]
    assert len(keys) >= 4  # each laptop's own, and the server's
    assert [open_letter(one, keys) for one in waiting] == [None] * REPORTS
    assert len(officer_reads(aigul)) == REPORTS


def like_keys(values):
    """All of 32 bytes, as they are or as JSON and base 64 write them."""
    found = {value for value in values if len(value) == 32}
    for value in values:
        for word in re.findall(rb"[A-Za-z0-9+/]{43}=", value):
            found.add(b64decode(word))
        for word in re.findall(rb"[0-9a-f]{64}", value):
            found.add(bytes.fromhex(word.decode()))
    return found


def _letters(desk, table):
    with desk.store() as session:
        for row in session.query(table):
            yield msgspec.json.decode(row.body, type=SealedLetter)


def officer_reads(desk):
    exchange.exchange(desk)
    return officer.threads(desk)


def test_before_it_is_sent_it_is_sealed_already(aidana):
    write(aidana)

    assert not any(WHAT.encode() in value for value in everything(aidana.store))
    assert exchange.state(aidana).waiting == 1


def test_nothing_on_the_server_tells_who_sent_it_nor_when_but_the_year(aidana, server):
    write(aidana)
    exchange.exchange(aidana)

    with server.service.store.reading() as session:
        columns = inspect(session.get_bind()).get_columns("sealed_letter")
        rows = session.execute(text("SELECT * FROM sealed_letter")).all()
    assert {column["name"] for column in columns} == {"id", "box", "seals", "body", "year"}
    assert len(rows) == 1


def test_without_a_network_it_waits_and_is_sent_once(aidana, aigul):
    write(aidana)
    with without_network(aidana), pytest.raises(Offline):
        exchange.exchange(aidana)
    assert exchange.state(aidana).waiting == 1
    exchange.exchange(aidana)
    exchange.exchange(aidana)

    assert len(officer_reads(aigul)) == 1


def test_an_answer_that_was_lost_makes_no_second_report(aidana, aigul):
    write(aidana)
    (letter,) = _letters(aidana, WaitingLetter)
    aidana.server.hand_in(letter)
    exchange.exchange(aidana)

    assert len(officer_reads(aigul)) == 1


def test_a_laptop_that_knows_no_officer_seals_nothing_and_says_so(enrolled):
    desk = enrolled()
    exchange.exchange(desk)

    assert not reports.may_report(desk)
    with pytest.raises(UserError) as caught:
        write(desk)
    assert "Sync once" in caught.value.words("en")
    assert exchange.state(desk).waiting == 0


def test_a_server_cannot_put_its_own_reader_on_the_list(aidana, region, server):
    """Whoever has the server signs with whatever key they like, but not with the region's."""
    before = reports.may_report(aidana)
    mole = Keys(new_seed())
    forged = appoint(region.officers, [Officer("Mole", mole.public)], [], mole)
    region.tell(server, forged)
    exchange.exchange(aidana)
    write(aidana)

    assert before
    (letter,) = _letters(aidana, WaitingLetter)
    assert open_letter(letter, [mole]) is None
    with aidana.store() as session:
        assert officers.known(session) == 1


def test_an_older_list_does_not_take_the_place_of_a_newer_one(
    aidana, aigul, region, server, monkeypatch
):
    """Told by a server that would have an officer back who was dropped."""
    monkeypatch.setattr(Service, "newer_officers", lambda self, _: self.officers)
    older = region.officers
    region.appoint(server, Officer("Bolat", Keys(new_seed()).public))
    exchange.exchange(aidana)
    region.tell(server, older)
    exchange.exchange(aidana)

    with aidana.store() as session:
        assert officers.known(session) == 2


def test_both_officers_read_each_report_and_see_each_others_answers(
    aidana, aigul, enrolled, region, server
):
    bolat = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(bolat))
    for desk in (bolat, aigul, aidana):
        exchange.exchange(desk)
    write(aidana)
    exchange.exchange(aidana)
    officer.answer(aigul, officer_reads(aigul)[0], "Рақмет")
    exchange.exchange(aigul)

    (thread,) = officer_reads(bolat)
    assert [one.by for one in thread.said] == ["", aigul.person.name]


def test_an_officer_who_came_later_reads_earlier_reports_once_another_has_given_them(
    aidana, aigul, enrolled, region, server
):
    reporter = write(aidana)
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    bolat = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(bolat))
    assert officer_reads(bolat) == []
    assert officer.standing(bolat).unread == 1

    exchange.exchange(aigul)
    assert officer.standing(aigul).owed == (bolat.person.name,)
    assert officer.give_earlier(aigul) == 1

    assert [one.number for one in officer_reads(bolat)] == [reporter.number]
    assert officer.standing(aigul).owed == ()
    assert officer.standing(bolat).unread == 0


def test_an_officer_who_lost_the_laptop_goes_on_with_a_new_key(
    aidana, aigul, enrolled, region, server
):
    """The other officer gives what there was; what is written afterwards comes by itself."""
    bolat = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(bolat))
    exchange.exchange(aidana)
    write(aidana, "first")
    exchange.exchange(aidana)
    for desk in (aigul, bolat):
        exchange.exchange(desk)
    lost = officer.standing(aigul).card

    again = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(again), drop=(lost.check,))
    for desk in (again, bolat, aidana):
        exchange.exchange(desk)
    assert officer.give_earlier(bolat) == 1
    write(aidana, "second")
    exchange.exchange(aidana)

    assert sorted(one.report.what for one in officer_reads(again)) == ["first", "second"]
    assert [one.report.what for one in officer_reads(aigul)] == ["first"]  # whoever found it


def test_a_changed_key_goes_on_reading_what_came_before(aidana, aigul, region, server):
    write(aidana, "first")
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    former = officer.standing(aigul).card
    new = officer.make_key(aigul)
    assert new.check != former.check
    assert officer.make_key(aigul).check == new.check  # not on the list yet: the same card
    officer.answer(aigul, officer.threads(aigul)[0], "by the key that is on the list")
    region.appoint(server, new, drop=(former.check,))
    exchange.exchange(aigul)
    exchange.exchange(aidana)
    write(aidana, "second")
    exchange.exchange(aidana)

    assert sorted(one.report.what for one in officer_reads(aigul)) == ["first", "second"]
    first = next(one for one in officer.threads(aigul) if one.report.what == "first")
    assert [one.by for one in first.said] == ["", aigul.person.name]
    officer.answer(aigul, first, "by the new one")


def test_an_officer_who_is_not_on_the_list_answers_nobody(aidana, aigul, region, server, enrolled):
    write(aidana)
    exchange.exchange(aidana)
    (thread,) = officer_reads(aigul)
    bolat = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(bolat), drop=(officer.standing(aigul).card.check,))
    exchange.exchange(aigul)

    with pytest.raises(UserError):
        officer.answer(aigul, thread, "Рақмет")


def test_the_only_outcome_is_that_a_body_of_the_directory_has_it(aidana, aigul, enrolled):
    coordinator = enrolled("coordinator")
    (body,) = records.save(coordinator, "competent_body", {"name": "ҰҚК департаменті"})
    reporter = write(aidana)
    for desk in (coordinator, aidana, aigul):
        exchange.exchange(desk)
    (thread,) = officer.threads(aigul)
    assert [one.name for one in officer.bodies(aigul)] == ["ҰҚК департаменті"]

    officer.hand_over(aigul, thread, body.record, date(2026, 11, 27), "17-05/331")
    with pytest.raises(UserError):
        officer.hand_over(aigul, thread, uuid4(), date(2026, 11, 27))
    exchange.exchange(aigul)

    followed = reports.follow(aidana, reporter)
    assert followed.handed_to == officer.threads(aigul)[0].handed_to == "ҰҚК департаменті"
    told = followed.said[1].letter
    assert isinstance(told, HandedOver)
    assert (told.handed_on, told.incoming_number) == (date(2026, 11, 27), "17-05/331")


def test_who_knows_the_address_of_a_box_still_cannot_speak_in_anothers_name(aidana, aigul, server):
    """The server knows every address; what it puts in is shown to nobody, and counted."""
    reporter = write(aidana)
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    readers = [officer.standing(aigul).card.keys, reporter.keys.public]
    forged = seal(Word(on=date(2026, 11, 28), text="I made it up"), reporter.box,
                  Keys(new_seed()), readers)  # fmt: skip
    aidana.server.hand_in(forged)

    (thread,) = officer_reads(aigul)
    assert (len(thread.said), thread.foreign) == (1, 1)
    followed = reports.follow(aidana, reporter)
    assert (len(followed.said), followed.foreign) == (1, 1)


def test_whoever_has_the_server_cannot_put_another_first_letter_into_a_box(aidana, aigul):
    """A whole report by another hand, in the box of a true one: it is not taken for the reporter's."""
    reporter, mole = write(aidana), Keys(new_seed())
    report = Report(on=date(2026, 1, 1), what="I take everything back")
    readers = [officer.standing(aigul).card.keys]
    for _ in range(4):  # in whatever order they lie there
        aidana.server.hand_in(seal(report, reporter.box, mole, readers))
    exchange.exchange(aidana)

    (thread,) = officer_reads(aigul)
    assert (thread.number, thread.report.what) == (reporter.number, WHAT)
    assert (len(thread.said), thread.foreign) == (1, 4)


def test_a_number_and_code_of_nothing_are_answered_in_words(aidana):
    with pytest.raises(Refused) as caught:
        reports.follow(aidana, new_reporter())
    assert "no report of this number yet" in caught.value.words("en")


def test_without_a_text_or_with_a_picture_that_is_none_nothing_is_kept(aidana):
    for more in ({"what": " "}, {"what": "?" * 30_000}, {"photos": [b"GIF89a"]},
                 {"photos": [picture()] * 6}):  # fmt: skip
        with pytest.raises(UserError):
            write(aidana, **more)
    assert exchange.state(aidana).waiting == 0


def test_reports_are_no_records_so_no_list_search_export_or_letter_on_a_stick_has_them(aidana):
    write(aidana)

    assert {WaitingLetter.__tablename__, TakenLetter.__tablename__}.isdisjoint(KINDS)
    assert exchange.waiting(aidana) == []


def test_an_officer_loses_nothing_when_the_server_forgets_a_letter_that_still_waits(aidana, aigul):
    write(aidana)
    exchange.exchange(aidana)
    (thread,) = officer_reads(aigul)
    officer.answer(aigul, thread, "Рақмет")
    officer.take(aigul)  # before it was sent

    assert len(officer.threads(aigul)[0].said) == 2
