"""Sealed letters at the server: kept as they are, given to whom they may go, and nothing said of whom."""

import logging
import os
from uuid import uuid1, uuid4

import msgspec
import pytest

from sync.errors import Offline, Refused
from sync.reports import BOX, LARGEST, MOST_IN_BOX, MOST_READERS, SEAL, MoreSeals, SealedLetter
from sync.server import reports


def letter(**more):
    given = {"box": os.urandom(BOX), "seals": [os.urandom(SEAL)], "body": os.urandom(100)}
    return SealedLetter(**{**given, **more})


def test_what_was_handed_in_lies_in_its_box_for_whoever_knows_the_address(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere")
    box = os.urandom(BOX)
    put = [letter(box=box), letter(box=box), letter()]
    for one in put:
        aidana.transport.hand_in(one)

    found = zere.transport.open_box(box)
    assert found == sorted(put[:2], key=lambda one: one.id.bytes)
    assert zere.transport.open_box(os.urandom(BOX)) == []


def test_officers_take_all_of_them_a_few_at_a_time(server):
    aidana, officer = server.laptop("aidana"), server.laptop("o", "integrity_officer")
    put = {one.id: one for one in (letter() for _ in range(12))}
    for one in put.values():
        aidana.transport.hand_in(one)

    assert officer.transport.letters_there() == dict.fromkeys(put, 1)
    taken = officer.transport.take_letters([*put, uuid4()])
    assert 0 < len(taken) < len(put)
    assert all(put[one.id] == one for one in taken)


def test_large_letters_come_as_many_as_go_into_one_answer_and_always_one(server, monkeypatch):
    monkeypatch.setattr(reports, "AT_ONCE", 150)
    aidana, officer = server.laptop("aidana"), server.laptop("o", "integrity_officer")
    put = [letter(), letter(body=bytes(400)), letter()]
    for one in put:
        aidana.transport.hand_in(one)

    ids = [one.id for one in put]
    assert officer.transport.take_letters(ids) == put[:1]
    assert officer.transport.take_letters(ids[1:]) == put[1:2]


def test_a_letter_that_comes_twice_is_kept_as_it_came_first(server):
    aidana = server.laptop("aidana")
    first = letter()
    aidana.transport.hand_in(first)
    aidana.transport.hand_in(msgspec.structs.replace(first, body=b"other"))

    assert aidana.transport.open_box(first.box) == [first]


@pytest.mark.parametrize("role", ["coordinator", "leader", "activist", "analyst", "administrator"])
def test_nobody_but_an_officer_is_told_which_there_are(server, role):
    line = server.laptop("somebody", role)

    for call in (
        line.transport.letters_there,
        lambda: line.transport.take_letters([uuid4()]),
        lambda: line.transport.add_seals(MoreSeals(uuid4(), [os.urandom(SEAL)])),
    ):
        with pytest.raises(Refused):
            call()


@pytest.mark.parametrize(
    "wrong",
    [
        {"box": b""},
        {"box": bytes(BOX + 1)},
        {"seals": []},
        {"seals": [bytes(SEAL)] * (MOST_READERS + 1)},
        {"seals": [bytes(SEAL - 1)]},
        {"body": b""},
        {"id": uuid1()},
    ],
)
def test_what_is_no_sealed_letter_is_not_kept(server, wrong):
    aidana, officer = server.laptop("aidana"), server.laptop("o", "integrity_officer")

    with pytest.raises(Refused):
        aidana.transport.hand_in(letter(**wrong))
    assert officer.transport.letters_there() == {}


def test_a_letter_that_is_too_large_is_not_kept(server):
    aidana = server.laptop("aidana")
    largest = letter(body=os.urandom(LARGEST))
    aidana.transport.hand_in(largest)

    with pytest.raises((Refused, Offline)):
        aidana.transport.hand_in(letter(body=os.urandom(LARGEST + 1)))
    assert aidana.transport.open_box(largest.box) == [largest]


def test_a_box_is_not_to_be_filled_without_end(server, monkeypatch):
    monkeypatch.setattr(reports, "MOST_IN_BOX", 3)
    aidana = server.laptop("aidana")
    box = os.urandom(BOX)
    put = [letter(box=box) for _ in range(3)]
    for one in put:
        aidana.transport.hand_in(one)

    with pytest.raises(Refused):
        aidana.transport.hand_in(letter(box=box))
    aidana.transport.hand_in(put[0])  # again: its answer was lost
    assert MOST_IN_BOX >= 100


def test_seals_are_added_and_none_is_taken_away(server):
    aidana, officer = server.laptop("aidana"), server.laptop("o", "integrity_officer")
    one = letter()
    aidana.transport.hand_in(one)
    more = [os.urandom(SEAL) for _ in range(MOST_READERS + 5)]

    officer.transport.add_seals(MoreSeals(one.id, more[:1]))
    officer.transport.add_seals(MoreSeals(one.id, more[:1]))
    assert officer.transport.letters_there() == {one.id: 2}
    officer.transport.add_seals(MoreSeals(one.id, more[1:MOST_READERS]))
    (now,) = officer.transport.take_letters([one.id])
    assert now.seals == [*one.seals, *more[: MOST_READERS - 1]]
    for wrong in (MoreSeals(uuid4(), more[:1]), MoreSeals(one.id, [b"?"])):
        with pytest.raises(Refused):
            officer.transport.add_seals(wrong)


def test_the_log_says_nothing_of_a_letter(server, caplog):
    aidana = server.laptop("aidana")
    with caplog.at_level(logging.DEBUG):
        one = letter()
        aidana.transport.hand_in(one)
        aidana.transport.open_box(one.box)
        with pytest.raises(Refused):
            aidana.transport.hand_in(letter(box=b"no box"))

    told = caplog.text
    for word in (str(one.id), one.box.hex(), str(aidana.device)):
        assert word not in told
