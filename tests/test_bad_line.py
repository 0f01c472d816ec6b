"""The bad line does what it says: else it proves nothing about what is spoken over it."""

import socket
from contextlib import contextmanager
from threading import Thread
from time import monotonic

import pytest

from tests.bad_line import BadLine, Weather


@contextmanager
def echo():
    """A server that says everything back, and counts what it was told."""
    told = bytearray()

    def answer(wire):
        with wire:
            try:
                while piece := wire.recv(2**16):
                    told.extend(piece)
                    wire.sendall(piece)
            except OSError:
                pass

    def accept():
        while True:
            try:
                wire, _ = listener.accept()
            except OSError:
                return
            one = Thread(target=answer, args=(wire,))
            one.start()
            threads.append(one)

    threads = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        first = Thread(target=accept)
        first.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", told
        finally:
            listener.shutdown(socket.SHUT_RDWR)
    for one in (first, *threads):
        one.join()


def call(line, said):
    """What comes back until the other end is done, and how long that took."""
    began, heard = monotonic(), b""
    address = ("127.0.0.1", int(line.url.rpartition(":")[2]))
    with socket.create_connection(address) as wire:
        try:
            wire.sendall(said)
            wire.shutdown(socket.SHUT_WR)
            while piece := wire.recv(2**16):
                heard += piece
        except OSError:
            pass
    return heard, monotonic() - began


def test_all_passes_and_is_counted():
    with echo() as (server, told), BadLine(server) as line:
        heard, _ = call(line, b"x" * 100_000)

        assert heard == told == b"x" * 100_000
        assert (line.up, line.down, line.connections) == (100_000, 100_000, 1)


def test_a_connection_and_an_answer_take_a_round_trip_each():
    with echo() as (server, _), BadLine(server, Weather(rtt=0.1)) as line:
        _, took = call(line, b"x")

    assert took >= 0.2


def test_no_more_passes_than_the_line_carries():
    with echo() as (server, _), BadLine(server, Weather(rate=800_000)) as line:
        _, took = call(line, b"x" * 20_000)

    assert took >= 0.2


@pytest.mark.parametrize("after", [0, 1, 5_000, 99_999])
def test_the_line_breaks_after_so_many_bytes_up(after):
    with echo() as (server, told), BadLine(server, Weather(cut_up=after)) as line:
        heard, _ = call(line, b"x" * 100_000)
        assert len(heard) < 100_000

        heard, _ = call(line, b"y" * 1_000)  # it breaks once
        assert heard == b"y" * 1_000
        assert told.count(b"x") == after


@pytest.mark.parametrize("after", [0, 1, 5_000, 99_999])
def test_the_line_breaks_after_so_many_bytes_down(after):
    with echo() as (server, _), BadLine(server, Weather(cut_down=after)) as line:
        heard, _ = call(line, b"x" * 100_000)

        assert len(heard) == after


def test_the_same_seed_loses_the_same_segments():
    def lost(seed):
        with echo() as (server, _), BadLine(server, seed=seed) as line:
            return [line._up.lost(0.2) for line._up.bytes in range(0, 100_000, 700)]

    assert lost(1) == lost(1) != lost(2)
    assert 5 < sum(lost(1)) < 30


def test_what_was_lost_comes_late_and_in_order():
    said = bytes(range(256)) * 100
    with echo() as (server, _), BadLine(server, Weather(loss=0.2, pause=0.05)) as line:
        heard, took = call(line, said)

    assert heard == said
    assert took >= 0.05
