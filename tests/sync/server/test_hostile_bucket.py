"""A store of files that answers without end, rubbish, or a byte now and then: words, and no memory."""

import os
import socket
import ssl
import sys
import threading
import time
from contextlib import suppress
from hashlib import sha256

import pytest

from sync.parts import PART
from sync.server import bucket_line, buckets
from sync.server.blobs import StoreAway
from sync.server.buckets import open_blobs
from sync.server.settings import read_settings
from tests.certificates import make
from tests.picture_bombs import bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is counted by Linux")
SUM = sha256(b"a").hexdigest()
ENDLESS = b"x" * 2**16
PATIENCE = 1.0


def head(status, *lines):
    return "\r\n".join([f"HTTP/1.1 {status} said", *lines, "", ""]).encode()


def chunks(status, *lines):
    yield head(status, "Transfer-Encoding: chunked", *lines)
    while True:
        yield b"10000\r\n" + ENDLESS + b"\r\n"


def dripping(status):
    yield head(status, f"Content-Length: {PART}")
    while True:
        time.sleep(PATIENCE / 10)
        yield b"x"


def endless_head():
    yield b"HTTP/1.1 206 said\r\n"
    while True:
        yield b"X-More: " + ENDLESS + b"\r\n"


ANSWERS = {
    "an error without end": lambda: chunks(403),
    "an own fault without end": lambda: chunks(500),
    "nothing there, without end": lambda: chunks(404),
    "all of it, without end": lambda: chunks(200),
    "a head without end": endless_head,
    "a part by drops": lambda: dripping(206),
    "an error by drops": lambda: dripping(403),
    "half of it": lambda: iter([head(206, "Content-Length: 9"), b"x" * 9]),
    "another place": lambda: iter([head(302, "Location: http://127.0.0.1:9/")]),
    "rubbish": lambda: iter([os.urandom(9_000)]),
    "nothing": lambda: iter([]),
}


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """A function that makes a bucket at a server which answers so."""
    monkeypatch.setattr(buckets, "PATIENCE", PATIENCE)
    listening = socket.create_server(("127.0.0.1", 0))
    answer = []

    def serve():
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                threading.Thread(target=speak, args=[line], daemon=True).start()

    def speak(line):
        with line, suppress(OSError):
            line.recv(2**16)
            for piece in answer[0]():
                line.sendall(piece)

    threading.Thread(target=serve, daemon=True).start()

    def made(answers):
        answer[:] = [answers]
        said = {
            "DALA_DATA": str(tmp_path),
            "DALA_BLOBS": "s3://bucket",
            "DALA_S3_ENDPOINT": f"http://127.0.0.1:{listening.getsockname()[1]}",
            "DALA_S3_KEY": "a",
            "DALA_S3_SECRET": "b",
        }
        return open_blobs(read_settings(said))

    yield made
    listening.close()


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_no_answer_costs_memory_or_time(bucket, answers, tmp_path):
    store, part = bucket(answers), tmp_path / "part"
    part.write_bytes(b"a")
    began = time.monotonic()

    with bounded(megabytes=40):
        with pytest.raises(StoreAway) as caught:
            list(store.pieces(SUM, 0, PART))
        for ask in (
            lambda: store.size(SUM),
            lambda: store.drop(SUM),
            lambda: store.keep(part, SUM),
        ):
            with suppress(StoreAway):
                ask()

    assert caught.value.status == 503
    assert time.monotonic() - began < 4 * PATIENCE + 2


def test_a_part_that_goes_on_ends_where_it_was_asked_to(bucket):
    store = bucket(lambda: chunks(206))

    with bounded(megabytes=40):
        assert list(store.pieces(SUM, 0, PART)) == [b"x" * PART]


@pytest.mark.parametrize("size", ["-5", "many", "9" * 30, str(10**12), "²"])
def test_a_size_that_no_file_has_is_none(bucket, size):
    store = bucket(lambda: iter([f"HTTP/1.1 200 said\r\nContent-Length: {size}\r\n\r\n".encode()]))

    with pytest.raises(StoreAway):
        store.size(SUM)


def test_a_fault_of_a_moment_is_asked_again(bucket):
    said = [head(503), head(503), head(404)]
    store = bucket(lambda: iter([said.pop(0)]))

    assert store.size(SUM) is None


def test_a_store_whose_certificate_nobody_vouches_for_is_told_nothing(tmp_path):
    files, heard = make(tmp_path / "certificates"), []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)

    def serve():
        line, _ = listening.accept()
        with suppress(OSError), context.wrap_socket(line, server_side=True) as inner:
            heard.append(inner.recv(9))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/a?b"
        with pytest.raises(ssl.SSLCertVerificationError):
            bucket_line.ask("GET", url, PATIENCE)
        thread.join()

    assert heard == []


def test_what_a_refusal_says_is_neither_read_nor_taken_for_a_size(bucket):
    store = bucket(lambda: iter([head(403, "Content-Length: 9"), b"x" * 9]))

    with pytest.raises(StoreAway):
        store.size(SUM)
    assert store._ask("GET", SUM, span=(0, 9)).content == b""
