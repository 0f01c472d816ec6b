"""The line between two laptops: only with the code, and nothing unnoticed on the way."""

import socket
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from sync.client.pairing import ALPHABET, LONGEST, Broken, Channel, WrongCode, new_code

CODE = new_code()


@pytest.fixture
def ends():
    """Both ends of a line, greeted with these codes; errors come as results."""
    lines = []

    def meet(one=CODE, other=CODE):
        left, right = socket.socketpair()
        lines.extend((left, right))

        def end(line, code, opener):
            try:
                return Channel(line, code, opener=opener)
            except (WrongCode, Broken) as error:
                line.close()
                return error

        with ThreadPoolExecutor(2) as threads:
            opener = threads.submit(end, left, one, True)
            guest = threads.submit(end, right, other, False)
            return opener.result(30), guest.result(30)

    yield meet
    for line in lines:
        line.close()


def test_what_one_end_says_the_other_hears_in_order(ends):
    opener, guest = ends()

    for said in (b"", b"one", bytes(20_000)):
        opener.send(said)
        assert guest.receive() == said
    guest.send(b"back")
    assert opener.receive() == b"back"


def test_a_file_crosses_whole_and_one_that_is_too_long_is_cut_off(ends):
    opener, guest = ends()
    content, came = bytes(LONGEST + 1), BytesIO()

    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(opener.send_file, BytesIO(content))
        guest.receive_file(came, len(content))
        sent.result(30)
        again = thread.submit(opener.send_file, BytesIO(b"four"))
        with pytest.raises(Broken):
            guest.receive_file(BytesIO(), 3)
        again.result(30)

    assert came.getvalue() == content


def test_a_code_is_read_as_people_write_it(ends):
    opener, guest = ends(other=f" {CODE.lower().replace('-', ' ')} ")

    opener.send(b"heard")
    assert guest.receive() == b"heard"


def test_without_the_code_neither_end_goes_on(ends):
    opener, guest = ends(other=new_code())

    assert isinstance(opener, WrongCode)
    assert isinstance(guest, WrongCode)


def test_what_is_turned_on_the_way_is_noticed(ends):
    opener, guest = ends()
    sealed = opener._writing.encrypt(opener._written.to_bytes(12), b"said", None)
    turned = bytes([sealed[0] ^ 1]) + sealed[1:]

    opener._line.sendall(len(turned).to_bytes(4) + turned)

    with pytest.raises(Broken):
        guest.receive()


def test_what_was_said_once_cannot_be_said_again_by_somebody_else(ends):
    opener, guest = ends()
    sealed = opener._writing.encrypt(opener._written.to_bytes(12), b"said", None)
    twice = (len(sealed).to_bytes(4) + sealed) * 2

    opener._line.sendall(twice)

    assert guest.receive() == b"said"
    with pytest.raises(Broken):
        guest.receive()


@pytest.mark.parametrize("length", [b"", b"\x00", b"\xff\xff\xff\xff", b"\x00\x00\x00\x10half"])
def test_a_line_that_ends_or_says_nonsense_is_broken(ends, length):
    opener, guest = ends()

    opener._line.sendall(length)
    opener._line.close()

    with pytest.raises(Broken):
        guest.receive()


def test_codes_are_of_letters_that_nobody_takes_for_another():
    codes = {new_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(set(code.replace("-", "")) <= set(ALPHABET) for code in codes)
    assert not set("0O1IL") & set(ALPHABET) - {"L"}
