"""Letters on sticks that lie in drawers keep their meaning for ever."""

import pytest

from sync import carry
from sync.carry import CarryFile, Letter, Piece, Reply
from tests.golden.carried import ANSWER, HEAD, LAPTOP, LETTER, PHOTO, SERVER, SUM
from tests.golden.make import FOLDER


@pytest.fixture
def opened():
    """A function: the form → (head, parts, opened by their reader)."""

    def read(form):
        writer, reader = (LAPTOP, SERVER) if form == "letter" else (SERVER, LAPTOP)
        with (FOLDER / f"carry-1-{form}.dala").open("rb") as file:
            carried = CarryFile(file, "old.dala", form)
            carried.check_whole()
            return carried.head, [
                carry.open_part(carried.raw, index, part, writer.public, reader)
                for index, part in carried.parts()
            ]

    return read


def test_a_letter_of_the_first_version_says_what_it_said(opened):
    head, [message, piece] = opened("letter")

    assert head == HEAD
    assert carry.unpacked(message, Letter) == LETTER
    assert carry.as_piece(piece) == Piece(SUM, len(PHOTO), 0, PHOTO)


def test_a_reply_of_the_first_version_says_what_it_said(opened):
    head, [message] = opened("reply")

    assert (head.form, head.letter) == ("reply", HEAD.letter)
    assert carry.unpacked(message, Reply) == ANSWER
