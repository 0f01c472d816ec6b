"""Photos over a line that breaks: all arrive, and at most one part of 256 KB goes again."""

import os
from hashlib import sha256
from random import Random

import pytest

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop.photos import PhotoFolder
from sync.client import line as lines
from sync.client.line import Again, open_http
from sync.client.photos import exchange_photos
from sync.client.tables import Blob
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.parts import PART
from sync.records.base import Base
from tests.bad_line import BadLine, Weather
from tests.loopback import memory
from tests.servers import regional
from tests.sockets import listening

SOAK = os.environ.get("DALA_SOAK") == "1"
SIZE = 2 * PART + 100_000  # of a file: three parts
HEADERS = 4_000  # bytes of all requests
UP = range(0, SIZE + HEADERS, 7_001 if SOAK else 90_001)
DOWN = range(0, 800, 1 if SOAK else 101)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        made.token = made.laptop("aidana").transport._token
        yield made


@pytest.fixture(scope="module")
def url(server):
    with listening(server) as address:
        yield address


@pytest.fixture
def laptop(tmp_path):
    store = memory(Base)
    yield store, PhotoFolder(tmp_path / "photos", bytes(32))
    store.kw["bind"].dispose()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(Again, "LONGEST", 0.0)


def send(server, url, laptop, content, **cut):
    """Send a file over a line that breaks once, sync by sync → bytes up."""
    store, photos = laptop
    photo = photos.add(content, "minutes.pdf")
    with store.begin() as session:
        session.add(Blob(sha256=photo.sha256, size=photo.size, here=True, there=False))
    with BadLine(url, Weather(**cut)) as line, open_http() as http:
        transport = HttpTransport(http, line.url, server.token)
        for _ in range(3):
            try:
                exchange_photos(store, transport, photos)
            except Offline:
                continue
            break
        assert line.cuts == 1 or line.down <= cut["cut_down"]
        up = line.up
    with store() as session:
        assert session.get_one(Blob, photo.sha256).there
    assert server.service.blobs.size(sha256(content).hexdigest()) == len(content)
    return up


@pytest.mark.slow
@pytest.mark.parametrize(("way", "at"), [("cut_up", UP), ("cut_down", DOWN)])
def test_a_photo_that_is_cut_anywhere_goes_on(server, url, laptop, way, at):
    chance = Random(way)
    for after in at:
        content = b"%PDF-" + chance.randbytes(SIZE - 5)

        up = send(server, url, laptop, content, **{way: after})

        assert up <= SIZE + PART + HEADERS


@pytest.mark.parametrize("after", [PART + 250_000, 2 * PART + 90_000])
def test_where_the_line_stays_away_the_next_exchange_goes_on(
    server, url, laptop, monkeypatch, after
):
    monkeypatch.setattr(lines, "_may_pass", lambda _: False)  # nothing is tried again at once
    content = b"%PDF-" + Random(after).randbytes(SIZE - 5)

    up = send(server, url, laptop, content, cut_up=after)

    assert up <= SIZE + PART + HEADERS
