"""How the journal lies on the disk: whatever becomes of its bytes, it tells what was, or less."""

import os
from random import Random
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import journal_file
from desktop.journal_file import HEAD, ROOM, JournalFile, Place, new_place, read_journal
from sync.change import Change, encode

KEY = bytes(range(32))
FLIPS = 1_500 if os.environ.get("DALA_SOAK") else 300


def edit(words):
    return Change(kind="visit", record=uuid4(), district="615600000", fields={"outcome": words})


class Written:
    """A journal with some entries, and what each holds."""

    def __init__(self, path, entries=6, chance=None):
        self.path, self.place = path, new_place()
        chance = chance or Random(1)
        self.edits = [
            [edit("сөз " * chance.randrange(1, 60)) for _ in range(chance.randrange(1, 4))]
            for _ in range(entries)
        ]
        self.file = JournalFile(path, KEY)
        self.file.begin(self.place, map(encode, self.edits[0]))
        for edits in self.edits[1:]:
            self.add(edits)

    def add(self, edits):
        bodies = list(map(encode, edits))
        self.file.make_room(bodies)
        self.file.add(bodies)

    def told(self, key=KEY):
        return read_journal(self.path, key)

    def entries(self):
        told = self.told()
        return [] if told is None else [edits for _, edits in told.entries]


@pytest.fixture
def journal(tmp_path):
    return Written(tmp_path / "outbox.journal")


def frames(content):
    """(start, end) of each entry."""
    found, at = [], HEAD
    while length := int.from_bytes(content[at : at + 4]):
        found.append((at, at + 4 + length))
        at = found[-1][1]
    return found


def test_it_tells_what_was_written_in_its_order(journal):
    told = journal.told()

    assert journal.entries() == journal.edits
    assert [number for number, _ in told.entries] == [0, 1, 2, 3, 4, 5]
    assert told.place == Place(journal.place.journal, {journal.place.journal: 5})
    assert told.clean
    assert told.whole


def test_a_file_is_told_what_it_lacks(journal):
    name = journal.place.journal

    def lacks(place):
        return journal.told().since(place)

    assert lacks(Place(name, {name: 5})) == []
    assert lacks(Place(name, {name: 3})) == journal.edits[4] + journal.edits[5]
    assert lacks(None) == [one for edits in journal.edits for one in edits]
    assert lacks(Place("other", {"other": 9})) == lacks(None)


def test_it_goes_on_from_a_file_that_holds_nothing_else():
    old = Place("a", {"a": 7})
    new = new_place(Place("a", {"a": 5}))  # somebody went back to an older state

    assert old.holds(Place("a", {"a": 7}))
    assert old.holds(Place("a", {"a": 6}))
    assert old.holds(None)
    assert not old.holds(Place("a", {"a": 8}))
    assert not old.holds(Place("b", {"b": 0}))
    assert new.next().holds(Place("a", {"a": 5}))
    assert not new.next().holds(Place("a", {"a": 6}))  # what was left behind


def test_after_a_restart_it_is_added_to(journal):
    again = JournalFile(journal.path, KEY)
    again.go_on(journal.told())
    again.add([encode(more := edit("тағы"))])

    assert journal.entries() == [*journal.edits, [more]]


def test_it_grows_by_room_that_is_there_before_it_is_needed(journal):
    large = [edit("ұзақ " * 20_000)]
    bodies = list(map(encode, large))
    before = journal.path.stat().st_size

    journal.file.make_room(bodies)
    ready = journal.path.stat().st_size
    journal.file.add(bodies)

    assert before == ROOM
    assert ready > before
    assert journal.path.stat().st_size == ready
    assert ready % ROOM == 0
    assert journal.entries()[-1] == large


def test_nothing_of_it_can_be_read_without_the_key(journal):
    assert journal.told(bytes(32)) is None
    assert "сөз".encode() not in journal.path.read_bytes()
    assert journal.path.stat().st_mode & 0o077 == 0


def test_a_missing_or_foreign_file_tells_nothing(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "foreign").write_bytes(os.urandom(5_000))

    assert read_journal(tmp_path / "none", KEY) is None
    assert read_journal(tmp_path / "empty", KEY) is None
    assert read_journal(tmp_path / "foreign", KEY) is None


def test_an_entry_that_is_torn_is_told_from_one_that_is_damaged(journal):
    content = journal.path.read_bytes()
    (first, _), *_, (last, end) = frames(content)[1:]

    journal.path.write_bytes(content[: last + 20] + bytes(len(content) - last - 20))
    torn = journal.told()
    journal.path.write_bytes(content[: first + 20] + bytes(9) + content[first + 29 :])
    damaged = journal.told()

    assert (torn.clean, torn.whole, len(torn.entries)) == (False, True, 5)
    assert (damaged.clean, damaged.whole, len(damaged.entries)) == (False, False, 1)
    assert end < ROOM


def test_every_flipped_bit_costs_entries_and_brings_none(journal):
    chance, content = Random(20261128), journal.path.read_bytes()
    end = frames(content)[-1][1]

    for _ in range(FLIPS):
        at, bit = chance.randrange(end), 1 << chance.randrange(8)
        journal.path.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        found = journal.entries()
        assert found == journal.edits[: len(found)]
        assert len(found) < len(journal.edits)
        told = journal.told()
        assert told is None or not told.clean


def swapped(content, chance):
    pieces = [content[start:end] for start, end in frames(content)]
    first, second = sorted(chance.sample(range(len(pieces)), 2))
    pieces[first], pieces[second] = pieces[second], pieces[first]
    return first, content[:HEAD] + b"".join(pieces)


def missing(content, chance):
    pieces = [content[start:end] for start, end in frames(content)]
    which = chance.randrange(len(pieces) - 1)
    del pieces[which]
    return which, content[:HEAD] + b"".join(pieces)


def repeated(content, chance):
    pieces = [content[start:end] for start, end in frames(content)]
    which = chance.randrange(len(pieces) - 1)
    pieces.insert(which + 1, pieces[which])
    return which + 1, content[:HEAD] + b"".join(pieces)


@pytest.mark.parametrize("how", [swapped, missing, repeated])
def test_an_entry_out_of_its_place_ends_it(journal, how):
    content, chance = journal.path.read_bytes(), Random(2)

    for _ in range(30):
        good, spoiled = how(content, chance)
        journal.path.write_bytes(spoiled + bytes(100))
        assert journal.entries() == journal.edits[:good]
        told = journal.told()
        assert told is None or not told.clean


def test_an_entry_of_another_journal_of_the_same_file_ends_it(journal, tmp_path):
    other = Written(tmp_path / "other", 8)
    mine, theirs = journal.path.read_bytes(), other.path.read_bytes()
    at, end = frames(mine)[-1][1], frames(theirs)[6]

    journal.path.write_bytes(mine[:at] + theirs[slice(*end)] + bytes(ROOM))

    assert journal.entries() == journal.edits


@pytest.mark.parametrize("how", [swapped, missing, repeated])
def test_without_the_chain_it_would_be_believed(journal, how, monkeypatch):
    monkeypatch.setattr(journal_file, "_bound", lambda head, _index, _before: head[:HEAD])
    unchained = Written(journal.path)

    with pytest.raises(AssertionError):
        test_an_entry_out_of_its_place_ends_it(unchained, how)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_torn_end_costs_the_entry_that_was_being_written_and_no_other(tmp_path_factory, data):
    journal = Written(tmp_path_factory.mktemp("torn") / "outbox.journal", 3)
    before = journal.path.read_bytes()
    journal.add([edit(data.draw(st.text(max_size=900)))])
    after = journal.path.read_bytes()
    torn = bytearray(before)
    for at in range(0, len(after), 512):  # any of its sectors, as a disk has them
        if data.draw(st.booleans()):
            torn[at : at + 512] = after[at : at + 512]
    journal.path.write_bytes(torn)

    assert journal.entries()[:3] == journal.edits
    assert len(journal.entries()) == 3 or bytes(torn) == after


def test_what_a_place_says_is_kept_as_json():
    place = Place("a", {"a": 1, "b": 2})

    assert msgspec.json.decode(msgspec.json.encode(place), type=Place) == place
