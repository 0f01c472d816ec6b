"""What the server has answered about a file is there after a power cut; the mutants lose it."""

import os
from hashlib import sha256

import pytest

from sync.parts import PART
from sync.server import blobs, parts, uploads
from tests.parts import send
from tests.power import forgetful
from tests.servers import regional
from tests.sync.server.test_blobs_route import ask

PHOTO = os.urandom(3 * PART + 5)
SUM = sha256(PHOTO).hexdigest()


@pytest.fixture
def server(fresh_database, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    with fresh_database("sqlite") as url, regional(url, folder, prepared=True) as running:
        yield running


@pytest.fixture
def disk(server, tmp_path):
    """The folders of files, as they are after the server's first start."""
    with forgetful(tmp_path / "files") as made:
        blobs.settle(tmp_path / "files")
        for folder in (tmp_path / "files").iterdir():
            blobs.settle(folder)
        yield made


def losses(server, line, disk):
    """Send a photo; after each answer the power goes. What was answered and is lost."""
    found = []
    for number in range(4):
        at = number * PART
        last = number == 3
        line.transport.put_part(SUM, at, PHOTO[at : at + PART], last=last)
        answered = ask(server, line, "HEAD", f"{SUM}/upload").headers["Upload-Offset"]
        disk.cut_power()
        kept = ask(server, line, "HEAD", f"{SUM}/upload").headers["Upload-Offset"]
        if kept != answered:
            return [f"after part {number}: {answered} bytes answered, {kept} kept"]
    path = server.service.blobs.path(SUM)
    if not path.exists() or path.read_bytes() != PHOTO:
        found.append("the file is gone")
    return found


def test_nothing_answered_is_lost_in_a_power_cut(server, disk):
    assert losses(server, server.laptop("aidana"), disk) == []


def test_a_file_of_one_part_is_not_lost_either(server, disk):
    aidana = server.laptop("aidana")
    name = send(aidana.transport, PHOTO[:1_000])

    disk.cut_power()

    assert server.service.blobs.path(name).read_bytes() == PHOTO[:1_000]


def no_settle(monkeypatch):
    monkeypatch.setattr(parts, "settle", lambda folder: None)


def no_fsync(monkeypatch):
    monkeypatch.setattr(parts.os, "fsync", lambda handle: None)


def no_settle_at_the_end(monkeypatch):
    monkeypatch.setattr(blobs, "settle", lambda folder: None)


@pytest.mark.parametrize("mutant", [no_settle, no_fsync, no_settle_at_the_end])
def test_a_server_that_answers_too_soon_is_caught(server, disk, monkeypatch, mutant):
    aidana = server.laptop("aidana")
    mutant(monkeypatch)

    assert losses(server, aidana, disk)


def test_the_row_is_written_after_the_file(server, monkeypatch):
    """A crash between the two leaves a file without a row, never a row without a file."""
    aidana, order = server.laptop("aidana"), []
    keep, note = server.service.blobs.keep, uploads._note
    monkeypatch.setattr(
        type(server.service.blobs),
        "keep",
        lambda self, part, name: (order.append("file"), keep(part, name)),
    )
    monkeypatch.setattr(uploads, "_note", lambda *told: (order.append("row"), note(*told))[1])

    send(aidana.transport, PHOTO)

    assert order == ["file", "row"]
