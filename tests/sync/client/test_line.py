"""The way to the server: proxies, certificates, what is asked again and how long is waited."""

import http.server
import socket
from contextlib import contextmanager
from threading import Thread

import pytest
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProtocolError, SSLError

from sync.change import SyncRequest
from sync.client import failures, line
from sync.client.line import DIRECT, Again, Line, open_http
from sync.client.transport import HttpTransport
from sync.errors import Offline, UserError
from tests import certificates
from tests.bad_line import BadLine, Weather
from tests.forward_proxy import forward_proxy
from tests.servers import regional
from tests.sockets import listening

NOTHING = SyncRequest(cursors={}, changes=[])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        made.token = made.laptop("aidana").transport._token
        yield made


@pytest.fixture(scope="module")
def plain(server):
    with listening(server) as url:
        yield url


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return certificates.make(tmp_path_factory.mktemp("good"), "server.test")


@pytest.fixture(scope="module")
def secure(server, good):
    """A server named server.test, which only a proxy finds."""
    with listening(server, good.certificate, good.key) as url:
        yield url


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(Again, "LONGEST", 0.0)
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def place(url):
    host, _, port = url.rpartition("/")[2].partition(":")
    return host, int(port)


def ask(server, url, **how):
    with open_http(**how) as http:
        return HttpTransport(http, url, server.token).exchange(NOTHING)


def refused(server, url, **how):
    with pytest.raises(Offline) as told:
        ask(server, url, **how)
    return told.value


@pytest.mark.parametrize("password", ["", "office:құпия"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_leads_to_the_server(server, plain, secure, good, scheme, password):
    leads_to = plain if scheme == "http" else secure
    with forward_proxy(place(leads_to), password) as proxy:
        address = proxy.url.replace("//", f"//{password}@") if password else proxy.url

        assert ask(server, f"{scheme}://server.test", proxy=address, authority=good.authority)

    asked = "CONNECT server.test:443" if scheme == "https" else "POST http://server.test/v1/sync"
    assert proxy.asked[-1].startswith(asked)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_told_as_that_and_asked_once(server, plain, scheme):
    with forward_proxy(place(plain), "office:secret") as proxy:
        told = refused(server, f"{scheme}://server.test", proxy=proxy.url)

    assert told.text == failures.PROXY_PASSWORD
    assert len(proxy.asked) == 1


def test_a_proxy_that_is_not_there_is_told_as_that(server):
    with socket.create_server(("127.0.0.1", 0)) as held:
        nobody = f"http://127.0.0.1:{held.getsockname()[1]}"

    assert refused(server, "https://server.test", proxy=nobody).text == failures.PROXY


def test_the_systems_proxy_is_used_unless_the_setting_says_otherwise(
    server, secure, good, monkeypatch
):
    with forward_proxy(place(secure)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)

        assert ask(server, "https://server.test", authority=good.authority)
        assert len(proxy.asked) == 1
        told = refused(server, "https://server.test", authority=good.authority, proxy=DIRECT)
        assert (told.text, len(proxy.asked)) == (failures.AWAY, 1)


def test_a_server_on_this_computer_is_asked_without_a_proxy(server, plain, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    assert ask(server, plain)


@pytest.mark.parametrize("wrong", ["proxy", "ftp://proxy", "http://", "http://proxy:port"])
def test_an_address_that_is_no_proxy_is_refused_in_words(wrong):
    with pytest.raises(UserError, match=r"proxy\.example"):
        open_http(wrong)


def test_certificates_that_are_none_are_refused_in_words(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")

    for file in ("ca.pem", "absent.pem"):
        with pytest.raises(UserError, match=file):
            open_http(authority=tmp_path / file)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({}, None),
        ({"host": "elsewhere.test"}, failures.NOT_PROVEN),
        ({"valid_from": -9, "valid_until": -2}, failures.CLOCK_AHEAD),
        ({"valid_from": 2, "valid_until": 9}, failures.CLOCK_BEHIND),
    ],
    ids=["right", "other host", "run out", "not yet"],
)
def test_a_certificate_is_believed_only_if_all_of_it_is_right(server, tmp_path, made, words):
    files = certificates.make(tmp_path, **made)
    with listening(server, files.certificate, files.key) as url, BadLine(url) as way:
        if words is None:
            assert ask(server, way.url, authority=files.authority)
        else:
            assert refused(server, way.url, authority=files.authority).text == words
            assert way.connections == 1  # and is not asked again


@pytest.mark.parametrize("trusted", ["the public ones", "another"])
def test_an_unknown_authority_is_not_believed(server, tmp_path, trusted, monkeypatch):
    files, others = certificates.make(tmp_path / "a"), certificates.make(tmp_path / "b")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(files.authority))  # as a stranger may have set it
    with listening(server, files.certificate, files.key) as url:
        told = refused(server, url, authority=None if trusted != "another" else others.authority)

    assert told.text == failures.NOT_PROVEN


def test_nothing_older_than_tls_1_2_is_spoken():
    assert line._tls().minimum_version.name == "TLSv1_2"


def test_a_connection_that_breaks_is_asked_again_within_the_same_request(server, plain):
    with BadLine(plain, Weather(cut_up=100)) as way:
        assert ask(server, way.url)

    assert (way.cuts, way.connections) == (1, 2)


def test_after_two_more_tries_it_is_left(server, plain):
    with BadLine(plain, Weather(cut_up=0, cuts=9)) as way:
        assert refused(server, way.url).text == failures.AWAY

    assert way.connections == 3


def test_where_nobody_listens_nothing_is_tried_again(server, monkeypatch):
    tries = []
    monkeypatch.setattr(Again, "sleep", lambda *_: tries.append(1))
    with socket.create_server(("127.0.0.1", 0)) as held:
        nobody = f"http://127.0.0.1:{held.getsockname()[1]}"

    assert refused(server, nobody).text == failures.AWAY
    assert tries == []


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (ProtocolError("broken"), True),
        (ConnectTimeoutError(None, "late"), True),
        (NewConnectionError(None, "nobody"), False),
        (SSLError("wrong"), False),
        (None, False),
    ],
    ids=lambda one: type(one).__name__,
)
def test_only_what_may_pass_is_tried_again(error, again):
    assert line._may_pass(error) is again


def test_pauses_grow_and_no_two_laptops_have_the_same(monkeypatch):
    monkeypatch.setattr(Again, "LONGEST", 8.0)

    def pauses(tries):
        history = tuple([None] * tries)
        return {Again(history=history).get_backoff_time() for _ in range(50)}

    assert all(0.5 <= pause <= 1 for pause in pauses(1))
    assert all(1 <= pause <= 2 for pause in pauses(2))
    assert all(4 <= pause <= 8 for pause in pauses(9))
    assert len(pauses(1)) > 40


def test_an_answer_is_waited_for_as_long_as_the_body_may_take():
    way = Line()

    assert way.patience(0) == line.ANSWER
    assert way.patience(250_000) == line.ANSWER + 500  # 4 kbit/s
    way._rate = 8_000.0  # measured: 64 kbit/s
    assert way.patience(250_000) == line.ANSWER + 125
    way._rate = 10.0
    assert way.patience(250_000) == line.ANSWER + 500


def test_a_body_is_longer_on_its_way_than_one_piece_may_take(server, plain, monkeypatch):
    monkeypatch.setattr(line, "CONNECT", 0.4)  # seconds for one piece
    with BadLine(plain, Weather(rate=256_000)) as way, open_http() as http:
        transport = HttpTransport(http, way.url, server.token)
        spoiled = transport.put_part("0" * 64, 0, b"x" * 40_000, last=True)  # takes 1.25 s

    assert (spoiled, way.connections) == (0, 1)
    assert way.up > 40_000


def test_a_connection_that_was_not_used_for_long_is_made_anew(server, plain, monkeypatch):
    with BadLine(plain) as way, open_http() as http:
        transport = HttpTransport(http, way.url, server.token)
        for _ in range(2):
            transport.exchange(NOTHING)
        assert way.connections == 1

        monkeypatch.setattr(line, "STALE", -1.0)
        transport.exchange(NOTHING)
        assert way.connections == 2


class Portal(http.server.BaseHTTPRequestHandler):
    """A hotel's page, which leads elsewhere and leaves a cookie."""

    seen: list[str]

    def do_POST(self):
        self.seen.append(self.headers.get("Cookie", ""))
        self.send_response(302)
        self.send_header("Location", "/login")
        self.send_header("Set-Cookie", "guest=1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def portal():
    Portal.seen = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_portal_is_not_followed_and_its_cookie_is_not_kept(server):
    with portal() as url, open_http() as http:
        transport = HttpTransport(http, url, server.token)
        for _ in range(2):
            with pytest.raises(Offline) as told:
                transport.exchange(NOTHING)
            assert told.value.text == failures.STRANGER

    assert Portal.seen == ["", ""]
