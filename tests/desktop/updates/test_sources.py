"""A repository is read at an address as in a folder, and nothing else is asked."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from desktop.updates import UpdateFailed, installing, trust
from desktop.updates.sources import LineSource, require_address
from desktop.updates.trust import Repository
from desktop.updates.versions import Programs
from sync.client.line import open_http
from sync.errors import UserError
from sync.language import speak
from tests.releases import Region, current


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


class Quiet(SimpleHTTPRequestHandler):
    moved: str | None = None

    def do_GET(self):
        if self.moved and self.path.endswith("timestamp.json"):
            self.send_response(302)
            self.send_header("Location", self.moved)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def served(tmp_path):
    """A region whose repository stands at an address: the region, the address, its handler."""
    region = Region(tmp_path / "region")

    class Handler(Quiet):
        pass

    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(region.repository))
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield region, f"http://127.0.0.1:{server.server_port}", Handler
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_update_comes_by_network_as_from_a_stick(served, tmp_path):
    region, address, _ = served
    region.offer("0.2.0")
    programs = Programs(tmp_path / "laptop")

    with open_http() as http:
        installing.install(programs, Repository(address, LineSource(http)), region.root)

    assert current(programs) == "0.2.0"


def test_another_address_is_not_asked_though_the_first_one_says_so(served, tmp_path):
    region, address, handler = served
    region.offer("0.2.0")
    handler.moved = f"{address}/metadata/timestamp.json?"

    with open_http() as http, pytest.raises(UpdateFailed) as error:
        installing.install(
            Programs(tmp_path / "laptop"), Repository(address, LineSource(http)), region.root
        )

    assert error.value.text == trust.NOT_READ


def test_nobody_there_is_said_in_words(served, tmp_path):
    region, _, _ = served

    with open_http() as http, pytest.raises(UpdateFailed) as error:
        installing.find(
            Programs(tmp_path / "laptop"),
            Repository("http://127.0.0.1:9", LineSource(http)),
            region.root,
        )

    assert error.value.text == trust.NOT_READ


@pytest.mark.parametrize("address", ["", "https://example.kz/dala", "http://10.0.0.5:8080/x"])
def test_an_address_is_kept_as_it_is(address):
    assert require_address(f" {address}/ ".replace(" / ", "")) == address


@pytest.mark.parametrize("address", ["example.kz", "ftp://example.kz", "file:///etc", "https://"])
def test_another_word_is_no_address(address):
    with pytest.raises(UserError, match="Write it as https"):
        require_address(address)
