"""What a sync costs that has nothing to say: bytes of the whole exchange, as they cross a socket.

A new number here is a new price that every laptop pays every few minutes.
"""

from datetime import date

import pytest
from sqlalchemy import update

from sync.answers import Answer
from sync.client import engine, identity, outbox
from sync.client.line import open_http
from sync.client.tables import TakenAnswer
from sync.client.transport import HttpTransport
from sync.language import speak, spoken
from sync.records.base import Base
from sync.server.tables import Stream
from tests.bad_line import BadLine
from tests.loopback import memory
from tests.servers import SOZAQ, change, regional
from tests.sockets import listening


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server on a socket."""
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as server, listening(server) as url:
        with server.service.store.writing.begin() as session:  # as after some years
            session.execute(update(Stream).values(revision=12_345))
        yield server, url


@pytest.fixture(autouse=True)
def kazakh():
    before = spoken()
    speak("kk")
    yield
    speak(before)


def talk(place, who, *edits):
    """A laptop of this person tells these edits, reads all there is, and syncs with nothing to say.

    The bytes of that last sync in each direction, headers and all, and how often it connected.
    """
    _, url = place
    store = memory(Base)
    with store.begin() as session:
        for edit in edits:
            outbox.put(session, edit)
    with BadLine(url) as line, open_http() as http:
        transport = HttpTransport(http, line.url, who.transport._token)
        for _ in range(2):  # the second one checks that both ends hold the same, once a day
            engine.sync_once(store, transport)
        assert identity.introduce(store, transport)
        assert identity.mutual(store()) is not None
        http.close()
        line.forget()

        done = engine.sync_once(store, transport)

    store.kw["bind"].dispose()
    assert (done.sent, done.taken, done.waiting) == (0, 0, 0)
    return line.up, line.down, line.connections


def form():
    return change("form", district="region", name="Рейтинг", xform="<h:html/>")


def test_an_activist_with_nothing_to_say_costs_under_600_bytes(place):
    server, _ = place
    server.laptop("eset", "coordinator").exchange(form())

    up, down, connections = talk(place, server.laptop("aidana"), change("visit", people=3))

    assert (up, down, connections) == (367, 174, 1)
    assert up + down <= 600


def test_a_coordinator_of_all_districts_with_nothing_to_say_costs_no_more(place):
    server, _ = place
    edits = [form(), *(change("visit", district=one) for one in server.service.districts)]

    up, down, connections = talk(place, server.laptop("saule", "coordinator"), *edits)

    assert (down, connections) == (174, 1)
    assert up + down <= 600  # packed, so that it differs a little with the numbers


def test_answers_that_were_taken_are_not_asked_for_again(place):
    server, url = place
    saule, survey = server.laptop("gulnar", "coordinator"), form()
    wave = change("wave", district="region", title="Қараша", form=str(survey.record))
    saule.exchange(survey, wave)
    given = {"wave": wave.record, "form": survey.record, "district": SOZAQ, "okrug": ""}
    answer = Answer(**given, on=date(2026, 11, 5), values={"q1": "4"})
    server.laptop("dana").transport.send_answers([answer])
    store = memory(Base)
    with open_http() as http:
        transport = HttpTransport(http, url, saule.transport._token)

        first = engine.sync_once(store, transport).answers
        with store.begin() as session:
            session.add(TakenAnswer(id=answer.id, wave=wave.record, body=b"{}"))
        second = engine.sync_once(store, transport).answers

    store.kw["bind"].dispose()
    assert (first, second) == ({wave.record: 1}, {})
