"""The line breaks after each byte in turn: all arrives once, and little goes twice."""

import os

import pytest
from sqlalchemy import func, select

import sync.client.tables  # noqa: F401  # its tables join the metadata
from sync.client import engine, outbox
from sync.client.line import Again, open_http
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.records.base import Base
from sync.records.visit import Visit
from sync.server.tables import Entry
from tests.bad_line import BadLine, Weather
from tests.loopback import memory
from tests.servers import change, regional
from tests.sockets import listening

SOAK = os.environ.get("DALA_SOAK") == "1"
SESSION = 1_500  # bytes that a small session is sure not to exceed in one direction
STEP = 1 if SOAK else 29


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server on a socket."""
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as server, listening(server) as url:
        yield server, url


@pytest.fixture(scope="module")
def mine(place):
    """A laptop that has read all there is: its file and its token."""
    server, url = place
    aidana, store = server.laptop("aidana"), memory(Base)
    with open_http() as http:
        engine.sync_once(store, HttpTransport(http, url, aidana.transport._token))
    yield store, aidana.transport._token
    store.kw["bind"].dispose()


@pytest.fixture(scope="module")
def bekzat(place):
    """A colleague of the same district."""
    return place[0].laptop("bekzat")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(Again, "LONGEST", 0.0)


def until_done(work):
    """As the program does it: what failed is tried again with the next sync."""
    for _ in range(3):
        try:
            return work()
        except Offline:
            continue
    raise AssertionError("one cut, and it never went through")


def session_with_a_cut(place, mine, bekzat, **cut):
    """Three edits go and one comes → (how often the line broke, bytes up)."""
    (server, url), (store, token) = place, mine
    news = change("visit", people=1, village="615647100")
    bekzat.exchange(news)
    edits = [change("visit", people=n, village="615647100") for n in range(3)]
    with store.begin() as session:
        for edit in edits:
            outbox.put(session, edit)

    with BadLine(url, Weather(**cut)) as line, open_http() as http:
        transport = HttpTransport(http, line.url, token)
        until_done(lambda: engine.sync_once(store, transport))

    records = {edit.record for edit in edits}
    with server.service.store.reading() as session:
        told = select(func.count()).select_from(Entry).where(Entry.record.in_(records))
        assert session.scalar(told) == 3
    with store() as session:
        assert outbox.count(session) == 0
        assert session.get(Visit, news.record).people == 1
        assert all(session.get(Visit, record).revision for record in records)
    return line.cuts, line.up


@pytest.mark.slow
@pytest.mark.parametrize("way", ["cut_up", "cut_down"])
def test_a_session_that_is_cut_anywhere_arrives_once(place, mine, bekzat, way):
    _, whole = session_with_a_cut(place, mine, bekzat)
    cuts = [session_with_a_cut(place, mine, bekzat, **{way: at}) for at in range(0, SESSION, STEP)]

    assert sum(number for number, _ in cuts) > len(cuts) / 3
    assert max(up for _, up in cuts) <= 2.2 * whole
