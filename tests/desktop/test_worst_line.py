"""A day's work over the worst line: 64 kbit/s, 800 ms, a fifth of all segments lost, and cuts."""

import os
from random import Random

import pytest
from sqlalchemy import func, select

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop.photos import PhotoFolder
from sync.client import engine, outbox
from sync.client.ahead import by_thread
from sync.client.line import open_http
from sync.client.photos import exchange_photos
from sync.client.tables import Blob
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.records.base import Base
from sync.records.visit import Visit
from sync.server.tables import Entry
from tests.bad_line import BadLine, Weather
from tests.loopback import memory
from tests.servers import change
from tests.sockets import listening

SOAK = os.environ.get("DALA_SOAK") == "1"
WORST = {"rtt": 0.8, "rate": 64_000, "loss": 0.2}
RECORDS, PHOTO = 30, 20_000  # a photo's bytes


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10) if SOAK else [1])
def test_a_days_work_arrives_once(own_server, tmp_path, seed):
    token, bekzat = own_server.laptop("aidana").transport._token, own_server.laptop("bekzat")
    mine = [
        change("visit", people=n, village="615647100", results="Сөз " * n) for n in range(RECORDS)
    ]
    theirs = change("visit", people=7, village="615647100")
    bekzat.exchange(theirs)
    store, photos = memory(Base), PhotoFolder(tmp_path / "photos", bytes(32))
    photo = photos.add(b"%PDF-" + Random(seed).randbytes(PHOTO), "minutes.pdf")
    with store.begin() as session:
        for one in mine:
            outbox.put(session, one)
        session.add(Blob(sha256=photo.sha256, size=photo.size, here=True, there=False))

    cut = Random(seed).randrange(500, 4_000)
    with listening(own_server) as url, BadLine(url, Weather(cut_up=cut, **WORST), seed) as line:
        with open_http() as http:
            transport = HttpTransport(http, line.url, token)
            for _ in range(2):
                try:
                    with by_thread() as ahead:
                        engine.sync_once(store, transport, ahead=ahead)
                    exchange_photos(store, transport, photos)
                except Offline:  # as the program does it: with the next sync
                    continue
                break
        assert line.cuts == 1

    with own_server.service.store.reading() as session:
        told = select(func.count()).select_from(Entry).where(Entry.by == "aidana")
        assert session.scalar(told) == RECORDS
    with store() as session:
        assert outbox.count(session) == 0
        assert session.get_one(Visit, theirs.record).people == 7
        assert session.get_one(Blob, photo.sha256).there
    assert own_server.service.blobs.size(photo.sha256) == photo.size
    store.kw["bind"].dispose()
