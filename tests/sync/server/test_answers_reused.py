"""An answer counts once, however often, by whom and in which form it is handed in again."""

import random

import msgspec
import pytest

from sync.errors import SignInAgain
from tests.servers import SAIRAM
from tests.sync.server.test_answers_route import answer, wave

IDS, TIMES = 500, 20  # ten thousand are handed in again


def test_of_ten_thousand_answers_that_come_again_none_is_accepted(server):
    chance = random.Random(58)
    id, eset = wave(server)
    lines = [server.laptop(login).transport for login in ("aidana", "bolat")]
    first = [answer(id, values={"/data/q": str(number)}) for number in range(IDS)]
    lines[0].send_answers(first)

    for _ in range(TIMES):
        again = [
            one
            if chance.random() < 0.5
            else msgspec.structs.replace(one, values={"/data/q": "another"})
            for one in chance.sample(first, IDS)
        ]
        chance.choice(lines).send_answers(again)

    kept = {one.id: one for one in eset.transport.take_answers(id, 0)}
    accepted_again = [one for one in first if kept.pop(one.id) != one]
    assert (accepted_again, kept) == ([], {})


def test_nor_does_one_move_to_another_district(server):
    id, eset = wave(server)
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    one = answer(id)
    aidana.transport.send_answers([one])

    zere.transport.send_answers([msgspec.structs.replace(one, district=SAIRAM)])

    assert eset.transport.take_answers(id, 0) == [one]


def test_who_has_no_account_hands_in_none(server):
    id, eset = wave(server)

    for token in ("", "guessed", "Bearer x"):
        with pytest.raises(SignInAgain):
            server.transport(token).send_answers([answer(id)])

    assert eset.transport.take_answers(id, 0) == []
