"""Letters written and replies taken in: what a laptop may believe, and when."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import delete, func, select, update

from sync import carry
from sync.client import carried, identity, outbox, put_back
from sync.client.facts import recall, remember
from sync.client.tables import Attention, Cursor, Erased, Pending
from sync.errors import UserError
from sync.language import speak
from sync.records.base import Base
from sync.records.visit import Visit
from sync.server import lives
from sync.server.tables import Life
from tests.loopback import AMA, BEN, EVA, NOW, SAIRAM, SOZAQ, memory, raw, region_of
from tests.sticks import NoFiles, Sticks

VISIT = {"people": 3}


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def laptops():
    with region_of(AMA, BEN, EVA) as made:
        yield made


@pytest.fixture
def ama(laptops):
    return laptops[0]


@pytest.fixture
def sticks(laptops):
    return Sticks(laptops)


def new_id(number=1):
    return UUID(int=number)


def waiting(laptop):
    with laptop.store() as session:
        return outbox.count(session)


def test_what_is_edited_after_a_letter_travels_by_itself(ama, sticks):
    ama.edit("visit", new_id(), people=3)
    letter = sticks.letter(ama)
    ama.edit("visit", new_id(), people=4)

    done = sticks.take(ama, sticks.deliver(letter).reply)

    assert (done.sent, done.waiting) == (1, 1)
    assert ama.records()[new_id()]["people"] == 4
    ama.sync()
    assert ama.records()[new_id()]["people"] == 4


def test_a_letter_tells_what_had_no_room_in_it(ama, sticks, monkeypatch):
    monkeypatch.setattr(carry, "MOST_CHANGES", 2)
    for number in range(3):
        ama.edit("visit", new_id(number), people=number)

    written = carried.write_letter(ama.store, NoFiles(), BytesIO())

    assert (written.changes, written.left) == (2, 1)


def test_the_newest_letter_is_remembered_and_that_it_was_answered(ama, sticks):
    ama.edit("visit", new_id(), people=3)
    reply = sticks.deliver(sticks.letter(ama)).reply
    with ama.store() as session:
        before = carried.last_letter(session)

    sticks.take(ama, reply)

    with ama.store() as session:
        after = carried.last_letter(session)
    assert (before.changes, before.answered, after.answered) == (1, False, True)
    assert after.at.date() == datetime.now(UTC).date()


def test_a_reply_that_comes_after_an_exchange_tells_nothing_new(laptops, ama, sticks):
    ama.edit("visit", new_id(), people=3)
    reply = sticks.deliver(sticks.letter(ama)).reply
    ama.sync()
    laptops[1].sync()
    laptops[1].edit("visit", new_id(), people=9)
    laptops[1].sync()
    ama.sync()

    done = sticks.take(ama, reply)

    assert done.late
    assert (done.sent, done.changes) == (0, [])
    assert ama.records()[new_id()]["people"] == 9


def test_two_replies_in_their_order_are_both_taken_and_in_the_other_order_one(ama, sticks):
    ama.edit("visit", new_id(1), people=1)
    first = sticks.letter(ama)
    ama.edit("visit", new_id(2), people=2)
    second = sticks.letter(ama)
    replies = [sticks.deliver(one).reply for one in (first, second)]

    assert [sticks.take(ama, one).late for one in replies] == [False, False]
    assert waiting(ama) == 0
    assert sticks.take(ama, replies[0]).late


def test_a_reply_to_somebody_else_is_refused_in_words(laptops, ama, sticks):
    reply = sticks.deliver(sticks.letter(ama)).reply

    with pytest.raises(carry.Unusable, match="another laptop"):
        sticks.take(laptops[1], reply)


def test_a_copy_of_a_laptop_does_not_take_the_reply_to_the_others_letter(ama, sticks):
    copy = memory(Base)
    with ama.store() as here, copy.begin() as there:
        for name in (identity.SEED, identity.SERVER, identity.DEVICE, identity.TOLD):
            remember(there, name, recall(here, name))
    reply = sticks.deliver(sticks.letter(ama)).reply
    original, ama.store = ama.store, copy

    with pytest.raises(carry.Unusable, match="another laptop"):
        sticks.take(ama, reply)

    ama.store = original
    copy.kw["bind"].dispose()


def test_before_the_server_was_met_there_are_words(laptops):
    laptop = laptops[0]
    with pytest.raises(UserError, match="met its server once"):
        carried.write_letter(laptop.store, None, None)


def put_back_file(region, backup):
    region.store.kw["bind"].raw_connection().driver_connection.deserialize(backup)


def restore(region):
    with region.store.begin() as session:
        lives.begin(session, at_once=False)


def test_a_letter_to_a_server_that_was_restored_is_told_so_and_the_work_goes_again(ama, sticks):
    ama.edit("visit", new_id(), people=3)
    ama.sync()
    ama.edit("visit", new_id(), people=4)
    letter = sticks.letter(ama)
    restore(ama.region)

    done = sticks.take(ama, sticks.deliver(letter).reply)

    assert (done.offered_again, done.waiting, done.late) == (1, 2, False)
    again = sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply)
    assert again.waiting == 0
    ama.sync()
    assert ama.records()[new_id()]["people"] == 4


def start_anew(region):
    with region.store.begin() as session:
        lives.begin(session, at_once=True)


def test_a_letter_is_taken_by_a_server_that_was_started_anew_on_its_way(ama, sticks):
    ama.edit("visit", new_id(), people=3)
    ama.sync()
    ama.edit("visit", new_id(), people=4)
    letter = sticks.letter(ama)
    start_anew(ama.region)

    reply = sticks.deliver(letter).reply
    start_anew(ama.region)
    done = sticks.take(ama, reply)

    assert (done.offered_again, done.sent, done.waiting, done.late) == (0, 1, 0, False)
    assert ama.sync().offered_again == 0


@pytest.mark.parametrize("known", ["a record", "an edit", "an erasure", "how far was read"])
def test_a_letter_that_knows_more_than_the_restored_server_is_told_so(ama, sticks, known):
    ama.sync()
    backup = raw(ama.region.store)
    ama.edit("visit", new_id(), people=3)
    ama.sync()
    with ama.store.begin() as session:  # one of these alone tells
        if known != "a record":
            session.execute(update(Visit).values(revision=0))
        if known != "an edit":
            session.execute(delete(Pending))
        if known == "an erasure":
            session.add(
                Erased(
                    record=new_id(2),
                    kind="visit",
                    district=SOZAQ,
                    revision=1,
                    reason="request",
                    by="ama",
                    at=NOW,
                    seal="5ea1",
                )
            )
        session.execute(update(Cursor).values(revision=int(known == "how far was read")))
    ama.edit("visit", new_id(3), people=4)
    letter = sticks.letter(ama)
    put_back_file(ama.region, backup)
    start_anew(ama.region)

    sticks.take(ama, sticks.deliver(letter).reply)

    assert waiting(ama) == 1 + (known == "an edit")
    with ama.region.store() as session:
        assert session.scalar(select(func.count()).select_from(Life)) == 2  # the start told enough


def test_a_reply_of_a_new_life_is_late_where_more_was_read_since_its_letter(laptops, sticks):
    ama, ben, eva = laptops
    for laptop in laptops:
        laptop.sync()
    backup = raw(ama.region.store)
    ama.edit("visit", new_id(), people=3)
    letter = sticks.letter(ama)
    ben.edit("visit", new_id(2), people=4)
    ben.sync(), ama.sync()  # and Ben's laptop is lost
    put_back_file(ama.region, backup)
    start_anew(ama.region)
    for number in range(3, 6):  # the numbers that were lost are given anew
        eva.edit("visit", new_id(number), people=5)
    eva.sync()

    done = sticks.take(ama, sticks.deliver(letter).reply)
    ama.sync()

    assert done.late
    eva.sync()
    assert eva.records()[new_id(2)]["people"] == 4


def test_a_reply_of_a_life_that_is_over_settles_nothing(ama, sticks):
    ama.sync()
    ama.edit("visit", new_id(), people=3)
    reply = sticks.deliver(sticks.letter(ama)).reply
    restore(ama.region)
    other = ama.sync()

    done = sticks.take(ama, reply)

    assert other.waiting == 0
    assert done.late


def test_a_copied_laptop_is_told_to_sync_over_the_network(laptops, ama, sticks):
    ama.edit("visit", new_id(1), people=1)
    ama.sync()
    with ama.store.begin() as session:  # as a copy that has recorded something else
        session.query(outbox.Pending).delete()
    twin = ama.edit("visit", new_id(2), people=2)
    with ama.store.begin() as session:
        session.query(outbox.Pending).one().number = 1
    reply = sticks.deliver(sticks.letter(ama)).reply

    with pytest.raises(UserError, match="was copied"):
        sticks.take(ama, reply)

    assert waiting(ama) == 1
    with ama.store() as session:
        assert outbox.waiting(session)[0].id == twin.id
        before = identity.own(session)
    ama.sync()
    with ama.store() as session:
        assert identity.own(session) is None
    sticks.introduce(ama)
    with ama.store() as session:
        device, keys, _ = identity.own(session)
    assert (device, keys) != before[:2]
    assert sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply).waiting == 0


def test_a_reply_from_before_the_rights_changed_there_and_back_is_late(ama, sticks):
    ama.edit("visit", new_id(), people=3)
    ama.sync()
    reply = sticks.deliver(sticks.letter(ama)).reply
    home = ama.person
    for person in (msgspec.structs.replace(home, district=SAIRAM), home):
        ama.person = person
        ama.sync()
    with ama.store.begin() as session:  # the district is read anew, from its beginning
        session.get(carried.Cursor, SOZAQ).revision = 0

    assert sticks.take(ama, reply).late


def test_a_laptop_that_was_put_back_asks_by_letter_for_what_its_edits_were_made_upon(
    laptops, ama, sticks
):
    ben = laptops[1]
    ama.edit("visit", new_id(), people=1)
    ama.sync(), ben.sync()
    early = sticks.deliver(sticks.letter(ama)).reply
    copy = raw(ama.store)
    ben.edit("visit", new_id(), outcome="Бенде")
    ben.sync(), ama.sync()
    upon = ama.edit("visit", new_id(), people=5)
    with ama.store() as session:
        session.connection().connection.dbapi_connection.deserialize(copy)
    with ama.store.begin() as session:
        put_back.put_back(session, [upon])

    sticks.take(ama, early)  # tells less than the edit was made upon
    first = carried.write_letter(ama.store, NoFiles(), BytesIO())
    sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply)
    second = carried.write_letter(ama.store, NoFiles(), BytesIO())
    sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply)
    ben.sync()

    assert (first.changes, second.changes) == (0, 1)
    assert ama.records()[new_id()]["outcome"] == "Бенде"
    assert ben.records()[new_id()]["people"] == 5


def test_what_the_server_refuses_is_held_with_its_reason(laptops, ama, sticks):
    ama.edit("visit", new_id(), people=-3)

    done = sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply)

    assert (done.refused, done.waiting) == (1, 0)
    with ama.store() as session:
        assert session.query(Attention).one().reason


def test_a_laptop_that_gets_another_name_gets_other_keys(ama, sticks):
    with ama.store.begin() as session:
        before = identity.own(session)
        identity.renew(session)
        assert identity.own(session) is None
    sticks.introduce(ama)

    with ama.store() as session:
        assert identity.own(session)[1].public != before[1].public


def test_a_reply_from_before_an_answer_whose_news_had_not_come_yet_is_late(ama, sticks):
    ama.sync()
    reply = sticks.deliver(sticks.letter(ama)).reply
    later = ama.edit("visit", new_id(), people=3)
    with ama.store.begin() as session:  # answered over a line that broke before the next page
        [waits] = outbox.waiting_with(session, [later.id])
        outbox.settle(session, {waits.number: 99}, NOW)

    assert sticks.take(ama, reply).late


def test_a_reply_from_before_a_change_of_rights_is_late(ama, sticks):
    ama.sync()
    reply = sticks.deliver(sticks.letter(ama)).reply
    with ama.store.begin() as session:
        remember(session, "rights", "others")

    assert sticks.take(ama, reply).late
