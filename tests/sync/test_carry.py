"""The carry file as a file: whole, cut, altered, strange, of another time."""

from io import BytesIO
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import carry
from sync.carry import CarryFile, Delivered, FileName, Head, Letter, Unusable
from sync.change import SyncRequest
from sync.language import speak
from sync.sealing import Keys

LAPTOP, SERVER = Keys(bytes(range(32))), Keys(bytes(range(1, 33)))
HEAD = Head(
    form="letter",
    letter=UUID(int=1),
    device=UUID(int=2),
    server=carry.known_by(SERVER.public),
    parts=3,
)
PARTS = [b"message", b"first piece", b"second piece"]


def written(head=HEAD, parts=PARTS):
    file = BytesIO()
    carry.write_carry(file, head, parts, LAPTOP, SERVER.public)
    return file.getvalue()


FILE = written()


def read(content, form="letter"):
    """All parts, opened by the server; ValueError where one is not as it was written."""
    file = CarryFile(BytesIO(content), "хат.dala", form)
    file.check_whole()
    return [
        carry.open_part(file.raw, index, part, LAPTOP.public, SERVER)
        for index, part in file.parts()
    ]


@pytest.fixture(autouse=True)
def english():
    speak("en")


def test_what_was_written_is_read():
    assert read(FILE) == PARTS
    assert CarryFile(BytesIO(FILE), "", "letter").head == HEAD


def test_wherever_it_is_cut_it_says_so():
    for length in range(1, len(FILE)):
        with pytest.raises(Unusable, match="cut short"):
            read(FILE[:length])


@given(at=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
@settings(max_examples=400)
def test_wherever_a_bit_is_turned_nothing_is_taken_for_true(at, bit):
    altered = FILE[:at] + bytes([FILE[at] ^ 1 << bit]) + FILE[at + 1 :]

    with pytest.raises((Unusable, ValueError)):
        read(altered)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "no carry file"),
        (b"", "no carry file"),
        (b"DALA-CARRY 2\n" + FILE[13:], "newer version"),
        (FILE + b"more", "damaged or altered"),
        (FILE[:17] + b"[" + FILE[18:], "damaged or altered"),
        (FILE[:13] + b"\xff\xff\xff\xff" + FILE[17:], "damaged or altered"),
    ],
)
def test_each_strange_file_is_told_as_what_it_is(content, words):
    with pytest.raises(Unusable, match=words):
        read(content)


def test_a_letter_is_no_reply_and_a_reply_no_letter():
    reply = written(msgspec.structs.replace(HEAD, form="reply"))

    with pytest.raises(Unusable, match="Deliver it instead"):
        read(FILE, "reply")
    with pytest.raises(Unusable, match="Take it in"):
        read(reply)


def test_parts_do_not_change_places_nor_files():
    file = CarryFile(BytesIO(FILE), "", "letter")
    [_, (_, first), (_, second)] = file.parts()
    other = CarryFile(
        BytesIO(written(msgspec.structs.replace(HEAD, letter=UUID(int=9)))), "", "letter"
    )

    for raw, index, part in ((file.raw, 1, second), (file.raw, 2, first), (other.raw, 1, first)):
        with pytest.raises(ValueError, match="altered"):
            carry.open_part(raw, index, part, LAPTOP.public, SERVER)


def test_who_carries_a_letter_reads_nothing_of_it():
    assert b"message" not in FILE
    file = CarryFile(BytesIO(FILE), "", "letter")
    _, part = next(file.parts())
    with pytest.raises(ValueError, match="somebody else"):
        carry.open_part(file.raw, 0, part, LAPTOP.public, LAPTOP)


def test_a_parcel_is_unwrapped_as_it_was_wrapped():
    file = CarryFile(BytesIO(FILE), "", "letter")
    [_, (index, part), _] = file.parts()

    assert carry.unwrap(carry.parcel(file.raw, index, part)) == (file.raw, HEAD, 1, part)


@given(st.binary(max_size=400))
def test_what_is_no_parcel_is_never_taken_for_one(content):
    for parcel in (content, carry.MAGIC + content):
        with pytest.raises(ValueError, match=r"."):
            carry.unwrap(parcel)


def test_a_message_comes_out_as_it_went_in():
    letter = Letter(request=SyncRequest(cursors={"a": 1}, changes=[]), language="kk")

    assert carry.unpacked(carry.packed(letter), Letter) == letter
    for content in (b"", b"x", carry.pack(b"{"), carry.pack(b'{"request":1}')):
        with pytest.raises(ValueError, match=r"."):
            carry.unpacked(content, Letter)


@pytest.mark.parametrize("size", [0, 1, carry.PIECE, carry.PIECE + 1, 2 * carry.PIECE])
def test_a_file_is_its_pieces(size):
    name = FileName("a" * 64, size)
    parts = [carry.as_piece(one) for one in carry.pieces(name, bytes(size))]

    assert len(parts) == name.parts == len(list(carry.placed([name])))
    assert b"".join(one.content for one in parts) == bytes(size)


def test_only_what_is_wanted_is_sent_and_the_message_once_more_after_it():
    sent = []

    def send(parcel):
        sent.append(carry.unwrap(parcel)[2])
        return Delivered(b"reply", again=len(sent) > 1, wanted=[2] if len(sent) == 1 else [])

    told = carry.deliver_file(CarryFile(BytesIO(FILE), "", "letter"), send)

    assert sent == [0, 2, 0]
    assert (told.reply, told.again) == (b"reply", False)


def test_nothing_is_sent_of_a_file_that_is_cut():
    with pytest.raises(Unusable):
        carry.deliver_file(CarryFile(BytesIO(FILE[:-1]), "", "letter"), lambda _: 1 / 0)
