"""A wish to stop ends what waits for a line, whatever it waits for, and says that it was a wish."""

import socket
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from urllib3.util import connection

from sync.change import SyncRequest
from sync.client import line
from sync.client.ahead import by_thread
from sync.client.line import Again, open_http
from sync.client.transport import HttpTransport
from sync.errors import Offline, Stopped
from sync.wish import Wish, heeded
from tests import certificates
from tests.bad_line import BadLine, Weather
from tests.servers import regional
from tests.silent import (
    CHUNKED,
    ENDLESS,
    HALF,
    HELD,
    SOON,
    Silent,
    Withholding,
    stopping,
    swallowing,
)
from tests.sockets import listening

NOTHING = SyncRequest(cursors={}, changes=[])


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return certificates.make(tmp_path_factory.mktemp("good"))


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(name="used")
def given_used(tmp_path):
    """A way to a real server, and a laptop's transport on it."""
    with (
        regional(f"sqlite:///{tmp_path}/server.db", tmp_path) as made,
        listening(made) as url,
        Withholding(url, b"") as way,
        open_http() as http,
    ):
        yield way, HttpTransport(http, way.url, made.laptop("aidana").transport._token)


def asking(url, **how):
    """What asks this server, with a session that is closed by the end of the block."""
    http = open_http(**how)
    return lambda: HttpTransport(http, url, "token").exchange(NOTHING)


def reading(url, **how):
    """The same, which believes whoever answers."""
    http = open_http(**how)

    def read():
        transport = HttpTransport(http, url, "token")
        return transport._read(http.post(url, data=b"request", stream=True))

    return read


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_a_server_that_takes_the_request_and_says_nothing(good, secure):
    files, trusted = (good, good.authority) if secure else (None, None)
    with Silent(files=files) as server:
        with stopping(asking(server.url, authority=trusted)):
            assert server.silent.wait(SOON)
        assert server.connections == 1  # it was not asked again


@pytest.mark.parametrize(
    "ask",
    [
        lambda way: way.enrol("code", "password", "laptop"),
        lambda way: way.get_part("0" * 64, 0),
        lambda way: way.send_answers([]),
        lambda way: way.open_box(b"box"),
        lambda way: way.audit(0, 0),
    ],
    ids=["enrolment", "photos", "answers", "reports", "the audit"],
)
def test_whatever_is_asked(ask):
    http = open_http()
    with Silent() as server, stopping(lambda: ask(HttpTransport(http, server.url))):
        assert server.silent.wait(SOON)


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("says", [HALF, CHUNKED, ENDLESS], ids=["long", "chunked", "endless"])
def test_a_server_that_says_half_an_answer(good, says, secure):
    files, trusted = (good, good.authority) if secure else (None, None)
    with Silent(says, files) as server, stopping(reading(server.url, authority=trusted)):
        assert server.silent.wait(SOON)


def test_an_address_that_swallows_what_comes(monkeypatch):
    begun = told(monkeypatch, connection, "create_connection")
    with swallowing() as url, stopping(asking(url)):
        assert begun.wait(SOON)


def test_a_name_that_is_looked_for_too_long_and_what_is_found_then_is_closed(monkeypatch):
    found, begun, late = Event(), Event(), socket.socket()

    def look(*_, **__):
        begun.set()
        found.wait()
        return late

    monkeypatch.setattr(connection, "create_connection", look)
    with stopping(asking("http://server.test")):
        assert begun.wait(SOON)
    found.set()
    for thread in enumerate_threads():
        if thread.name == "awaited":
            thread.join(SOON)
    assert late.fileno() == -1


def test_a_server_that_does_not_answer_the_greeting_of_tls(good):
    with Silent(deaf=True) as server:
        url = server.url.replace("http", "https")
        with stopping(asking(url, authority=good.authority)):
            assert server.silent.wait(SOON)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_says_nothing(scheme):
    with Silent() as proxy, stopping(asking(f"{scheme}://server.test", proxy=proxy.url)):
        assert proxy.silent.wait(SOON)


def test_a_body_that_nobody_takes(monkeypatch):
    usual, small = line._manner, (socket.SOL_SOCKET, socket.SO_SNDBUF, HELD)
    monkeypatch.setattr(
        line, "_manner", lambda: usual() | {"socket_options": [*usual()["socket_options"], small]}
    )
    sent, http = Event(), open_http()

    def ask():
        transport = HttpTransport(http, server.url, "token")
        transport.watch = lambda: transport.sent_bytes > HELD and sent.set()
        transport.put_part("0" * 64, 0, b"x" * 2**23, last=True)

    with Silent(deaf=True) as server, stopping(ask):
        assert sent.wait(SOON)


def test_a_pause_before_the_next_try_is_not_slept_through(monkeypatch):
    monkeypatch.setattr(Again, "FIRST", 600.0)
    monkeypatch.setattr(Again, "LONGEST", 600.0)
    begun = told(monkeypatch, line, "pause")
    with Silent() as server, BadLine(server.url, Weather(cut_up=0, cuts=9)) as way:
        with stopping(asking(way.url)):
            assert begun.wait(SOON)
        assert way.connections == 1


def test_after_a_wish_nothing_is_asked():
    wish = Wish()
    wish.make()
    with Silent() as server:
        with pytest.raises(Stopped):
            heeded(wish, asking(server.url))
        assert server.connections == 0


def test_what_is_asked_on_the_thread_of_an_exchange_ends_too():
    def exchange():
        with by_thread() as ahead:
            ahead(lambda _: ask(), NOTHING)()

    with Silent() as server:
        ask = asking(server.url)
        with stopping(exchange):
            assert server.silent.wait(SOON)


def test_a_connection_that_was_used_before_ends_too_and_the_next_request_is_answered(used):
    way, transport = used
    transport.exchange(NOTHING)
    way.after = b"/v1/sync"
    with stopping(lambda: transport.exchange(NOTHING)):
        assert way.silent.wait(SOON)
    assert way.connections == 1
    way.after = b""

    assert transport.exchange(NOTHING).epoch
    assert way.connections == 2


def test_a_line_that_breaks_without_a_wish_is_still_told_as_that(monkeypatch):
    monkeypatch.setattr(Again, "LONGEST", 0.0)
    with Silent() as server, BadLine(server.url, Weather(cut_up=0, cuts=9)) as way:
        with pytest.raises(Offline):
            heeded(Wish(), asking(way.url))
        assert way.connections == 3


def test_a_wish_that_comes_after_the_work_leaves_the_connection_to_the_next(used):
    before = Wish()
    way, transport = used
    heeded(before, lambda: transport.exchange(NOTHING))
    before.make()

    assert transport.exchange(NOTHING).epoch
    assert way.connections == 1


def test_on_a_connection_that_comes_with_the_wish_nothing_is_asked(monkeypatch):
    wish, real = Wish(), connection.create_connection

    def connect(*args, **more):
        wish.make()
        return real(*args, **more)

    monkeypatch.setattr(connection, "create_connection", connect)
    with Silent() as server, pytest.raises(Stopped):
        heeded(wish, asking(server.url))

    assert not server.silent.is_set()


def told(monkeypatch, where, name):
    """An event that is set when this function is called."""
    begun, real = Event(), getattr(where, name)

    def call(*args, **more):
        begun.set()
        return real(*args, **more)

    monkeypatch.setattr(where, name, call)
    return begun
