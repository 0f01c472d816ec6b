"""What a sync costs that has nothing to say: bytes of the whole exchange, as they cross a socket.

A new number here is a new price that every laptop pays every few minutes.
"""

import pytest
from sqlalchemy.orm import close_all_sessions

import sync.client.tables  # noqa: F401  # its tables join the metadata
from sync.client import engine
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.language import speak, spoken
from sync.records.base import Base
from tests.bad_line import BadLine
from tests.loopback import memory
from tests.servers import change, regional
from tests.sockets import listening


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server on a socket."""
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as server, listening(server) as url:
        yield server, url


@pytest.fixture(autouse=True)
def kazakh():
    before = spoken()
    speak("kk")
    yield
    speak(before)


def talk(place, who, work=lambda store, transport: None):
    """A laptop reads all there is, does some work, and syncs with nothing to say.

    The size of the last request and of its answer, and how many connections that took.
    """
    _, url = place
    store = memory(Base)
    with BadLine(url) as line, open_http() as http:
        transport = HttpTransport(http, line.url, who.transport._token)
        engine.sync_once(store, transport)
        work(store, transport)
        http.close()
        line.forget()

        done = engine.sync_once(store, transport)

        cost = line.up, line.down, line.connections
    close_all_sessions()
    store.kw["bind"].dispose()
    assert (done.sent, done.taken) == (0, 0)
    return cost


def test_an_activist_with_nothing_to_say_costs_under_600_bytes(place):
    server, _ = place
    who = server.laptop("aidana")
    who.exchange(change("visit", people=3, village="615647100"))

    up, down, connections = talk(place, who)

    assert (up, down, connections) == (0, 0, 1)
    assert up + down <= 600


def test_a_coordinator_with_nothing_to_say_costs_under_600_bytes(place):
    server, _ = place

    up, down, connections = talk(place, server.laptop("eset", "coordinator"))

    assert (up, down, connections) == (0, 0, 1)
    assert up + down <= 600
