"""Any schedule of cuts, restarts and two senders ends with the right file, at one part a cut.

The real client and the real server, with a line that breaks as Hypothesis likes. Each guard is
taken out once, in a mutant, to see that its loss is noticed.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import sessionmaker

from desktop.photo_parts import PhotoParts
from desktop.photos import PhotoFolder
from sync.client import photos
from sync.client.rows import write
from sync.client.tables import Blob
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.parts import PART
from sync.records.base import Base
from sync.server import blobs, uploads
from sync.server.app import create_app
from sync.server.blobs import BlobFolder
from sync.server.parts import PartFolder
from tests.parts import FaultyLine
from tests.servers import regional
from tests.sync.server.test_blobs_route import attached, files

EXAMPLES = 2_000 if os.environ.get("DALA_SOAK") else 30
ROUNDS = 30  # exchanges after which everything must have ended
QUESTION = 300  # bytes that come with each request besides parts
serial = count()

faults = st.lists(
    st.sampled_from(["", "", "before", "half", "after", "short", "twice"]), max_size=10
)
schedules = st.fixed_dictionaries(
    {
        "size": st.sampled_from([1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 100]),
        "faults": st.tuples(faults, faults),
        "turns": st.lists(
            st.tuples(
                st.sampled_from([0, 1]),
                st.sampled_from(["", "", "laptop", "server", "killed", "false part"]),
            ),
            max_size=8,
        ),
    }
)


class World:
    """A server and two laptops that hold, or want, the same file."""

    def __init__(self, server, lines, folder, schedule):
        self.server, self.lines, self.folder = server, lines, folder
        self.content = Random(next(serial)).randbytes(schedule["size"])
        self.name = sha256(self.content).hexdigest()
        self.network = [FaultyLine(lambda: self.app, one) for one in schedule["faults"]]
        self.turns, self.false_parts = schedule["turns"], 0
        self.stores = [memory(), memory()]
        self.transports, self.photos = [None, None], [None, None]
        self.restart_server()
        self.restart_laptop(0)
        self.restart_laptop(1)

    def restart_server(self):
        """Another process on the same disk."""
        self.service = replace(
            self.server.service,
            blobs=BlobFolder(self.folder / "blobs"),
            parts=PartFolder(self.folder / "parts"),
        )
        self.app = create_app(self.service)

    def restart_laptop(self, number):
        """Another process on the same disk."""
        http = self.server.http()
        http.mount("http://", self.network[number])
        token = self.lines[number].transport._token
        self.transports[number] = HttpTransport(http, "http://server.test", token)
        self.photos[number] = PhotoFolder(self.folder / f"laptop{number}", bytes(32))

    def meet(self, event, number):
        if event == "killed":  # in the middle of writing a part
            for path in files(self.folder / "parts"):
                path.write_bytes(path.read_bytes() + bytes(1_000))
        if event in ("server", "killed"):
            self.restart_server()
        elif event == "laptop":
            self.restart_laptop(number)
        elif event == "false part" and len(self.content) > PART:
            offset, device = self.service.parts.offset(self.name), self.lines[number].device
            uploads.receive(self.service, device, self.name, offset, bytes(PART), last=False)
            self.false_parts += 1

    def exchange(self, number):
        """One exchange of one laptop, to its end or to the next cut."""
        with suppress(Offline):
            photos.exchange_photos(
                self.stores[number], self.transports[number], self.photos[number]
            )

    def play(self, turns, done):
        """The turns that were drawn, then exchanges until all is done; False if it never is."""
        for number, event in turns:
            self.meet(event, number)
            self.exchange(number)
        for _ in range(ROUNDS):
            if done():
                return True
            self.exchange(0)
            self.exchange(1)
        return False

    def close(self):
        for store in self.stores:
            store.kw["bind"].dispose()


def memory():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    return sessionmaker(engine, expire_on_commit=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A function that plays a schedule with an upload or a download → what is wrong."""
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as server:
        lines = [server.laptop("aidana"), server.laptop("ben")]

        def play(way, schedule):
            with TemporaryDirectory(dir=folder) as name:
                world = World(server, lines, Path(name), schedule)
                try:
                    return way(world)
                finally:
                    world.close()

        yield play


def upload(world):
    """Both laptops have a file to send; what is wrong when they have."""
    for number in (0, 1):
        world.photos[number].keep(world.name, world.content)
        with world.stores[number].begin() as session:
            size = len(world.content)
            session.add(Blob(sha256=world.name, size=size, here=True, there=False))

    def done():
        sessions = [store() for store in world.stores]
        return all(session.get(Blob, world.name).there for session in sessions)

    if not world.play(world.turns, done):
        return "it never ends"
    stored = world.service.blobs.path(world.name)
    if not stored.exists() or stored.read_bytes() != world.content:
        return "the server has another file"
    traffic = [line.traffic for line in world.network]
    again = sum(one.up for one in traffic) - len(world.content)
    allowed = PART * sum(one.cuts + one.refused for one in traffic)
    allowed += world.false_parts * (len(world.content) + PART)  # then all of it goes again
    return f"{again} bytes went again, {allowed} may" if again > allowed else ""


def download(world):
    """A laptop takes a file; what is wrong when it has."""
    source = world.folder / "source"
    source.write_bytes(world.content)
    world.service.blobs.keep(source, world.name)
    with world.service.store.writing.begin() as session:
        blobs.note(session, world.name, len(world.content))
    change = attached(world.server, world.lines[1], world.name, len(world.content))
    with world.stores[0].begin() as session:
        write(session, [change])
    turns = [(0, event) for _, event in world.turns if event != "false part"]
    if not world.play(turns, lambda: world.photos[0].has(world.name)):
        return "it never ends"
    if world.photos[0].read(world.name) != world.content:
        return "another file came"
    traffic = world.network[0].traffic
    most = len(world.content) + PART * traffic.cuts + QUESTION * traffic.requests
    return f"{traffic.down} bytes came, {most} may" if traffic.down > most else ""


@pytest.mark.parametrize("way", [upload, download])
def test_whatever_happens_the_right_file_arrives_and_no_more_than_a_part_goes_again(played, way):
    @settings(
        max_examples=EXAMPLES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(schedules)
    def holds(schedule):
        assert played(way, schedule) == ""

    holds()


def hash_unchecked(patch):
    patch.setattr(PartFolder, "whole", lambda self, name: self._begun(name))


def offset_ignored(patch):
    def receive(service, device, name, offset, content, *, last):
        with service.parts.held(name):
            if known := uploads._stored(service, name):
                return known
            begun = service.parts.offset(name)
            service.parts.append(name, device, begun, content)
            if last:
                return uploads._finish(service, name)
            return uploads.Progress(begun + len(content))

    patch.setattr(uploads, "receive", receive)


def half_a_part_counted(patch):
    def offset(self, name):
        path = self._begun(name)
        return path.stat().st_size if path else 0

    patch.setattr(PartFolder, "offset", offset)


def parts_forgotten_by_the_server(patch):
    start = PartFolder.__init__

    def forget(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        start(self, folder)

    patch.setattr(PartFolder, "__init__", forget)


def parts_forgotten_by_the_laptop(patch):
    patch.setattr(
        PhotoParts,
        "sweep",
        lambda self, folder: [path.unlink() for path in folder.glob("*.part")],
    )


def half_a_part_kept_by_the_laptop(patch):
    def take(store, transport, files, name):
        offset = files.received(name)
        content, size = transport.get_part(name, offset)
        files.finish(name, content)
        return size

    patch.setattr(photos, "_take_parts", take)


def every_file_from_its_beginning(patch):
    patch.setattr(PhotoParts, "received", lambda self, name: 0)


def schedule(size, faults, *turns):
    return {"size": size, "faults": (faults, []), "turns": list(turns)}


FOUR = 3 * PART + 100  # four parts
CUT = ["", "", "", "before"]  # after two parts of four
TAKEN = ["", "", "", "", "short"]  # after a question for small pictures and one for files


@pytest.mark.parametrize(
    ("way", "mutant", "caught_by"),
    [
        (upload, hash_unchecked, schedule(FOUR, [], (0, "false part"))),
        (upload, offset_ignored, schedule(FOUR, ["", "", "twice"])),
        (upload, half_a_part_counted, schedule(FOUR, CUT, (0, ""), (0, "killed"))),
        (upload, parts_forgotten_by_the_server, schedule(FOUR, CUT, (0, ""), (0, "server"))),
        (download, parts_forgotten_by_the_laptop, schedule(FOUR, TAKEN, (0, ""), (0, "laptop"))),
        (download, every_file_from_its_beginning, schedule(FOUR, TAKEN)),
        (download, half_a_part_kept_by_the_laptop, schedule(FOUR, [])),
    ],
    ids=lambda one: getattr(one, "__name__", "schedule"),
)
def test_a_program_without_this_guard_is_caught(played, monkeypatch, way, mutant, caught_by):
    assert played(way, caught_by) == ""

    mutant(monkeypatch)

    assert played(way, caught_by)
