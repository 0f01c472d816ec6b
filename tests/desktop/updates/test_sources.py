"""A repository is read at an address as in a folder, and nothing else is asked."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from tuf.api._payload import TargetFile

from desktop.updates import UpdateFailed, fetching, installing, trust
from desktop.updates.sources import LineSource, require_address
from desktop.updates.trust import Repository, Signed
from desktop.updates.versions import Programs
from sync.client.line import open_http
from sync.errors import UserError
from sync.language import speak
from tests.bad_line import BadLine, Weather
from tests.releases import LIBRARY, Region, current
from tests.silent import ENDLESS, HALF, SOON, Silent, Withholding, stopping


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


class Quiet(SimpleHTTPRequestHandler):
    moved: str | None = None
    parts = True  # whether it knows of them, as most servers do and this one of Python's does not
    asked: ClassVar[list[str | None]]

    def do_GET(self):
        if self.moved and self.path.endswith("timestamp.json"):
            self.send_response(302)
            self.send_header("Location", self.moved)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if "/targets/" in self.path:
            self.asked.append(self.headers["Range"])
        if self.parts and self.headers["Range"]:
            self._give_part(int(self.headers["Range"].removeprefix("bytes=").rstrip("-")))
            return
        super().do_GET()

    def _give_part(self, begin):
        content = Path(self.translate_path(self.path)).read_bytes()
        if begin >= len(content):
            self.send_response(416)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        self.wfile.write(content[begin:])

    def log_message(self, *_):
        pass


@pytest.fixture
def served(tmp_path):
    """A region whose repository stands at an address: the region, the address, its handler."""
    region = Region(tmp_path / "region")

    class Handler(Quiet):
        asked: ClassVar[list[str | None]] = []

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


@pytest.mark.parametrize(
    "after", [b"timestamp.json", b"/targets/"], ids=["what there is", "a file"]
)
def test_who_stops_waits_for_no_line_that_is_silent_and_may_go_on(served, tmp_path, after):
    region, address, _ = served
    region.offer("0.2.0")
    programs = Programs(tmp_path / "laptop")

    with Withholding(address, after) as way, open_http() as http:
        place = Repository(way.url, LineSource(http))
        with stopping(lambda: installing.install(programs, place, region.root)):
            assert way.silent.wait(SOON)
        way.after = b""
        installing.install(programs, place, region.root)

    assert current(programs) == "0.2.0"


@pytest.mark.parametrize("says", [HALF, ENDLESS], ids=["long", "endless"])
def test_nor_for_the_rest_of_a_file(says):
    def read():
        list(LineSource(http).rest(server.url, 0))

    with Silent(says) as server, open_http() as http, stopping(read):
        assert server.silent.wait(SOON)


@pytest.fixture
def library(served):
    """A signed file at an address, where it lies, and who asks for it."""
    region, address, handler = served
    signed = Signed(f"{address}/targets", TargetFile.from_data("library", LIBRARY))
    (region.repository / "targets" / signed.name).write_bytes(LIBRARY)
    return signed, handler


@pytest.mark.parametrize("parts", [True, False])
def test_over_a_line_that_breaks_it_goes_on_also_where_nobody_knows_of_parts(
    library, tmp_path, parts
):
    signed, handler = library
    handler.parts, there = parts, tmp_path / "there"
    address = signed.targets.removesuffix("/targets")

    with BadLine(address, Weather(cut_down=12_000)) as line, open_http() as http:
        over = Signed(f"{line.url}/targets", signed.file)
        fetching.fetch(over, LineSource(http), there)

    assert there.read_bytes() == LIBRARY
    first, second = handler.asked
    assert first is None
    assert 0 < int(second.removeprefix("bytes=").rstrip("-")) <= 12_000


def test_after_its_last_byte_a_file_has_no_more(library):
    signed, _ = library

    with open_http() as http:
        assert list(LineSource(http).rest(signed.url, len(LIBRARY))) == []


def test_another_part_than_was_asked_for_is_not_taken(library, tmp_path):
    signed, handler = library
    give = handler._give_part
    handler._give_part = lambda self, begin: give(self, begin + 1)
    (tmp_path / "there").write_bytes(LIBRARY[:100])

    with open_http() as http, pytest.raises(UpdateFailed):
        fetching.fetch(signed, LineSource(http), tmp_path / "there")

    assert (tmp_path / "there").read_bytes() == LIBRARY[:100]


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
