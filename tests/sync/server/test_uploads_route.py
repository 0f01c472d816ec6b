"""Files arrive in parts: from where they stopped, whoever goes on, and never as another file."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from hashlib import sha256
from threading import Event

import pytest

from sync.client.transport import HttpTransport
from sync.errors import Offline, Refused
from sync.parts import PART
from sync.server import parts, uploads
from sync.server.app import create_app
from tests.parts import FaultyLine, parts_of, send
from tests.servers import regional
from tests.sync.server.test_blobs_route import ask, files

PHOTO = os.urandom(3 * PART + 1_000)
SUM = sha256(PHOTO).hexdigest()


@pytest.fixture
def server(fresh_database, tmp_path):
    """On SQLite only: parts are files, and lie in no database."""
    with fresh_database("sqlite") as url, regional(url, tmp_path, prepared=True) as running:
        yield running


def begin(line, count=2, content=PHOTO, name=SUM):
    for number in range(count):
        at = number * PART
        line.transport.put_part(name, at, content[at : at + PART], last=False)


def patch(server, line, offset, content, complete="?0"):
    said = {"Upload-Offset": str(offset), "Upload-Complete": complete}
    return ask(server, line, "PATCH", f"{SUM}/upload", content, said)


def test_head_tells_from_where_to_go_on(server):
    aidana = server.laptop("aidana")
    said = []

    for count in (0, 2):
        begin(aidana, count)
        said.append(ask(server, aidana, "HEAD", f"{SUM}/upload"))
    send(aidana.transport, PHOTO)
    said.append(ask(server, aidana, "HEAD", f"{SUM}/upload"))

    assert [answer.status_code for answer in said] == [204] * 3
    assert [
        (int(one.headers["Upload-Offset"]), one.headers["Upload-Complete"]) for one in said
    ] == [(0, "?0"), (2 * PART, "?0"), (len(PHOTO), "?1")]
    assert f"max-append-size={PART}" in said[0].headers["Upload-Limit"]


def test_another_laptop_goes_on_where_the_first_one_stopped(server):
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    begin(aidana)

    before = ben.transport.sent_bytes
    send(ben.transport, PHOTO)

    assert ben.transport.sent_bytes - before < len(PHOTO) - 2 * PART + 200
    assert ben.transport.lacking_blobs([SUM]) == []


def test_a_part_in_the_wrong_place_is_told_the_right_one(server, tmp_path):
    aidana = server.laptop("aidana")
    begin(aidana)

    for wrong in (0, PART, 3 * PART):
        answer = patch(server, aidana, wrong, PHOTO[:PART])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(2 * PART))

    assert [path.stat().st_size for path in files(tmp_path / "parts")] == [2 * PART]
    send(aidana.transport, PHOTO)
    assert aidana.transport.lacking_blobs([SUM]) == []


def test_parts_that_are_another_file_are_dropped_and_the_sender_told(server, tmp_path):
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    begin(aidana, content=bytes(len(PHOTO)))
    at = 2 * PART

    first = patch(server, ben, at, PHOTO[at : at + PART])
    last = patch(server, ben, at + PART, PHOTO[at + PART :], "?1")

    assert (first.status_code, last.status_code) == (204, 422)
    assert (last.headers["Upload-Offset"], last.headers["Upload-Complete"]) == ("0", "?0")
    assert files(tmp_path / "parts") == files(tmp_path / "blobs") == []


def test_an_honest_laptop_gets_through_on_the_beginning_of_a_false_one(server):
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    begin(aidana, 4, content=bytes(5 * PART))

    send(ben.transport, PHOTO)

    assert ben.transport.lacking_blobs([SUM]) == []


def test_a_server_that_always_drops_the_parts_is_given_up(server, monkeypatch):
    aidana = server.laptop("aidana")
    monkeypatch.setattr(parts.PartFolder, "whole", lambda *_: None)

    with pytest.raises(Refused):
        send(aidana.transport, PHOTO)


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART + 1, 2 * PART])
def test_a_part_of_another_size_is_refused_unless_it_is_the_last(server, size, tmp_path):
    aidana = server.laptop("aidana")

    assert patch(server, aidana, 0, PHOTO[:size]).status_code in (400, 413)
    assert files(tmp_path / "parts") == []


@pytest.mark.parametrize("offset", ["", "-1", "x", "1e9", "٣", "9" * 30])
def test_an_offset_that_is_no_number_is_refused(server, offset):
    aidana = server.laptop("aidana")
    said = {"Upload-Offset": offset.encode(), "Upload-Complete": "?1"}

    assert ask(server, aidana, "PATCH", f"{SUM}/upload", PHOTO[:9], said).status_code == 400


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART])
def test_files_of_every_size_arrive(server, size):
    aidana = server.laptop("aidana")

    name = send(aidana.transport, PHOTO[:size])

    assert aidana.transport.lacking_blobs([name]) == []
    assert b"".join(server.service.blobs.pieces(name, 0, size)) == PHOTO[:size]


def test_no_file_grows_beyond_the_limit(server, monkeypatch, tmp_path):
    monkeypatch.setattr(uploads, "LARGEST", 2 * PART)
    aidana = server.laptop("aidana")
    begin(aidana)

    answer = patch(server, aidana, 2 * PART, PHOTO[:PART])

    assert answer.status_code == 413
    assert [path.stat().st_size for path in files(tmp_path / "parts")] == [2 * PART]


def test_half_a_part_left_by_a_kill_is_written_over(server, tmp_path):
    aidana = server.laptop("aidana")
    begin(aidana)
    (path,) = files(tmp_path / "parts")
    with path.open("ab") as file:
        file.write(b"torn" * 1_000)

    assert aidana.transport.blob_offsets([SUM]) == {SUM: 2 * PART}
    send(aidana.transport, PHOTO)

    assert aidana.transport.lacking_blobs([SUM]) == []


def test_a_file_stored_before_a_kill_and_not_written_down_is_not_sent_again(server):
    aidana = server.laptop("aidana")
    send(aidana.transport, PHOTO)
    with server.service.store.writing.begin() as session:
        session.delete(session.get_one(uploads.blobs.Blob, SUM))

    before = aidana.transport.sent_bytes
    send(aidana.transport, PHOTO)

    assert aidana.transport.sent_bytes - before < PART + 200
    assert aidana.transport.lacking_blobs([SUM]) == []


def test_two_laptops_that_send_the_same_file_at_once_make_one_sound_file(server, tmp_path):
    lines = [server.laptop(name) for name in ("aidana", "ben", "eset", "zere")]
    names = [sha256(PHOTO + bytes([number])).hexdigest() for number in range(3)]

    with ThreadPoolExecutor(len(lines)) as pool:
        for number in range(3):
            list(pool.map(lambda line, n=number: send(line.transport, PHOTO + bytes([n])), lines))

    assert lines[0].transport.blob_offsets(names) == {}
    for number, name in enumerate(names):
        assert server.service.blobs.path(name).read_bytes() == PHOTO + bytes([number])
    assert files(tmp_path / "parts") == []


def raced(server, monkeypatch):
    """A false part is being written just when the true last one arrives → the file as stored."""
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    begin(aidana, 3)
    opened, finished, real = Event(), Event(), os.open

    def slow(path, flags, *mode):
        handle = real(path, flags, *mode)
        if SUM in str(path) and flags & os.O_CREAT and not opened.is_set():
            opened.set()
            finished.wait(0.5)  # in vain, where the last part must wait for this one
        return handle

    monkeypatch.setattr(os, "open", slow)
    with ThreadPoolExecutor(1) as pool:
        false = pool.submit(patch, server, ben, 3 * PART, bytes(PART))
        opened.wait(10)
        send(aidana.transport, PHOTO)
        finished.set()
        false.result()
    return server.service.blobs.path(SUM).read_bytes()


def test_a_part_that_is_late_never_gets_into_a_file_that_is_whole(server, monkeypatch):
    assert raced(server, monkeypatch) == PHOTO


def test_without_the_lock_it_would(server, monkeypatch):
    monkeypatch.setattr(parts, "_locked", lambda folder: nullcontext())

    assert raced(server, monkeypatch) != PHOTO


@pytest.mark.parametrize("fault", ["before", "half", "after"])
@pytest.mark.parametrize("at", range(1, 5))
def test_after_a_cut_at_most_one_part_goes_again(server, fault, at):
    aidana = server.laptop("aidana")
    faults = [""] * at + [fault]
    line = FaultyLine(lambda: create_app(server.service), faults)
    http = server.http()
    http.mount("http://", line)
    transport = HttpTransport(http, "http://server.test", aidana.transport._token)

    with pytest.raises(Offline):
        send(transport, PHOTO)
    send(transport, PHOTO)

    assert line.traffic.up - len(PHOTO) <= PART
    if fault != "half":
        assert line.traffic.up == len(PHOTO)
    assert line.traffic.requests <= parts_of(PHOTO) + 3
    assert transport.lacking_blobs([SUM]) == []


def test_what_is_not_our_server_is_not_taken_for_one_in_the_middle_of_a_file(server):
    aidana = server.laptop("aidana")
    begin(aidana, 1)

    class Portal(FaultyLine):
        def send(self, request, *rest, **more):
            reply = super().send(request, *rest, **more)
            if request.method == "PATCH":
                del reply.headers["Dala-Nonce"]
            return reply

    http = server.http()
    http.mount("http://", Portal(lambda: create_app(server.service)))
    transport = HttpTransport(http, "http://server.test", aidana.transport._token)

    with pytest.raises(Offline):
        send(transport, PHOTO)
