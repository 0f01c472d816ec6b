"""A sealed letter: its readers open it, nobody else, and nothing in it can be altered or moved."""

from datetime import date
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports import letters
from desktop.reports.code import new_reporter
from desktop.reports.letters import HandedOver, Report, Word, open_letter, seal, seals_for
from sync.errors import UserError
from sync.reports import LARGE_STEP, STEP, sound
from sync.sealing import Keys, new_seed

DAY = date(2026, 11, 28)
OFFICERS = [Keys(bytes([number]) * 32) for number in (1, 2)]
READERS = [one.public for one in OFFICERS]
BOX = bytes(range(16))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def word(text="Су құбыры", **more):
    return Word(on=DAY, text=text, **more)


def sealed(letter=None, writer=None, readers=READERS):
    return seal(letter or word(), BOX, writer or new_reporter().keys, readers)


LETTERS = st.one_of(
    st.builds(Word, on=st.dates(), place=st.integers(0, 2**31), text=TEXT),
    st.builds(HandedOver, on=st.dates(), body=TEXT, handed_on=st.dates(), text=TEXT),
    st.builds(Report, on=st.dates(), what=TEXT,
              where=TEXT, contact=TEXT, photos=st.lists(st.binary(max_size=300), max_size=3)),
)  # fmt: skip


@settings(max_examples=50)
@given(LETTERS)
def test_each_reader_reads_what_was_written_and_by_whom(letter):
    reporter = new_reporter().keys
    one = sealed(letter, reporter)

    assert sound(one)
    for officer in OFFICERS:
        read = open_letter(one, [officer])
        assert (read.letter, read.writer, read.id) == (letter, reporter.public, one.id)


def test_nobody_else_opens_it_not_even_its_writer():
    reporter = new_reporter().keys
    one = sealed(writer=reporter)

    assert open_letter(one, [reporter, Keys(new_seed())]) is None
    assert open_letter(one, []) is None
    assert seals_for(one, [reporter], READERS) == []


@settings(max_examples=200)
@given(st.data())
def test_one_flipped_bit_anywhere_and_it_is_refused_or_for_nobody(data):
    one = sealed()
    part = data.draw(st.sampled_from(["body", "box", "id"]))
    said = {"body": one.body, "box": one.box, "id": one.id.bytes}[part]
    at = data.draw(st.integers(0, len(said) * 8 - 1))
    flipped = bytearray(said)
    flipped[at // 8] ^= 1 << at % 8
    value = type(one.id)(bytes=bytes(flipped)) if part == "id" else bytes(flipped)

    try:
        assert open_letter(msgspec.structs.replace(one, **{part: value}), OFFICERS) is None
    except ValueError:
        return


def test_a_letter_is_not_to_be_moved_to_another_box_or_told_as_another_one():
    one = sealed()

    assert open_letter(msgspec.structs.replace(one, box=bytes(16)), OFFICERS) is None
    assert open_letter(msgspec.structs.replace(one, id=uuid4()), OFFICERS) is None


def test_a_reader_cannot_put_other_words_into_the_writers_mouth(monkeypatch):
    """An officer has the letter's key, but not the reporter's hand."""
    reporter = new_reporter().keys.public
    monkeypatch.setattr(Keys, "public", property(lambda _: reporter))
    forged = seal(word("I take it back"), BOX, OFFICERS[0], READERS)
    monkeypatch.undo()

    with pytest.raises(ValueError, match="signed by somebody else"):
        open_letter(forged, OFFICERS)


def test_a_signature_is_good_for_its_letter_alone(monkeypatch):
    """What a reporter once signed cannot be sealed again into another letter of the box."""
    reporter = new_reporter().keys
    signed = []
    sign = Keys.sign
    monkeypatch.setattr(
        Keys, "sign", lambda self, content: signed.append(sign(self, content)) or signed[0]
    )
    seal(word("Old"), BOX, reporter, READERS)
    replayed = seal(word("Old"), BOX, reporter, READERS)
    monkeypatch.undo()

    with pytest.raises(ValueError, match="signed by somebody else"):
        open_letter(replayed, OFFICERS)


def test_the_length_tells_little():
    lengths = {len(sealed(word("а" * count)).body) for count in range(0, 1_500, 50)}

    assert lengths == {STEP + letters.TAG}
    large = Report(on=DAY, what="?", photos=[bytes(300_000)])
    assert (len(sealed(large).body) - letters.TAG) % LARGE_STEP == 0


def test_what_is_too_long_is_told_before_it_is_kept():
    with pytest.raises(UserError) as caught:
        sealed(word("а" * 3 * 2**20))

    assert "Nothing was sealed yet" in caught.value.words("en")


def test_further_readers_open_it_by_a_seal_that_one_who_can_has_made():
    late = Keys(new_seed())
    one = sealed()
    more = seals_for(one, OFFICERS[:1], [late.public])

    assert open_letter(one, [late]) is None
    wider = msgspec.structs.replace(one, seals=[*one.seals, *more])
    assert open_letter(wider, [late]).letter == word()


def test_seals_do_not_tell_whose_they_are():
    """Their order is of chance: the first officer of the list is not always the first seal."""
    first = set()
    for _ in range(40):
        one = sealed()
        first.add(
            open_letter(msgspec.structs.replace(one, seals=one.seals[:1]), OFFICERS[:1]) is None
        )

    assert first == {True, False}


def test_a_letter_nested_without_end_is_refused_as_an_altered_one_is(monkeypatch):
    said = word("ал")
    monkeypatch.setattr(letters.msgspec.msgpack, "encode", _nested(msgspec.msgpack.encode))
    letter = seal(said, BOX, new_reporter().keys, READERS)
    monkeypatch.undo()

    with pytest.raises(ValueError, match="too deep"):
        open_letter(letter, OFFICERS)


def _nested(encode):
    """Writes a word as a map whose unknown field has no end."""

    def encoded(value):
        if isinstance(value, Word):
            return b"\x82\xa4type\xa4word\xa1x" + b"\x91" * 40_000
        return encode(value)

    return encoded
