"""Password and sheet are lost: two of three custodians open the file, one of them cannot."""

from itertools import combinations

import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from desktop import custodians, keys
from desktop import region_recovery as region
from desktop.key_file import ASKED, REGION, read_key_file
from desktop.recovery_code import read_code
from desktop.shares import read_share
from sync.errors import UserError
from sync.region_key import follow, latest, read_row, written
from sync.sealing import Keys, new_seed
from tests.profiles import CHEAP, MemoryKeyring, keystore

DRILLS = 50


@pytest.fixture
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


@pytest.fixture(name="made")
def given_region():
    return custodians.make(2, 3)


@pytest.fixture
def key(path, memory, made):
    row, _ = made
    key = keys.new_key()
    keys.wrap_new(path, key, "password 1", cost=CHEAP)
    assert region.seal_to_region(path, key, row[-1].keys)
    return key


def ask(path, new="password 2"):
    """The request, as it arrives."""
    return region.read_letter(
        region.written(region.ask_region(path, new, cost=CHEAP)), region.Request
    )


def carried(reply):
    return region.read_letter(region.written(reply), region.Reply)


def test_fifty_of_fifty_drills_open_whichever_two_custodians_come(tmp_path, memory):
    opened = 0
    for number in range(DRILLS):
        path = tmp_path / f"{number}.json"
        row, shares = custodians.make(2, 3)
        key = keys.new_key()
        keys.wrap_new(path, key, "password 1", cost=CHEAP)
        region.seal_to_region(path, key, row[-1].keys)
        memory.kept.clear()  # the computer was set up anew
        sheets = list(combinations(shares, 2))[number % 3]

        request = ask(path)
        typed = [read_share(sheet.words.lower()) for sheet in sheets]
        region.use_reply(
            path, carried(custodians.answer(request, typed)), "password 2", cost=CHEAP
        )

        opened += keys.unwrap(path, "password 2") == key
    assert opened == DRILLS


def test_one_custodian_opens_nothing(path, key, made):
    request = ask(path)

    for sheet in made[1]:
        with pytest.raises(UserError):
            custodians.answer(request, [sheet])


def test_afterwards_the_old_password_and_sheet_are_void_and_a_new_sheet_is_good(path, key, made):
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)
    reply = custodians.answer(ask(path), made[1][:2])
    assert keys.unwrap(path, "password 1") == key

    following = region.use_reply(path, reply, "password 2", cost=CHEAP)

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")
    with pytest.raises(keys.WrongCode):
        keys.recover(path, code, "password 3", cost=CHEAP)
    keys.recover(path, read_code(following), "password 3", cost=CHEAP)
    assert keys.unwrap(path, "password 3") == key


def test_an_answer_is_good_once(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2])
    region.use_reply(path, reply, "password 2", cost=CHEAP)
    before = path.read_bytes()

    with pytest.raises(UserError) as caught:
        region.use_reply(path, reply, "password 2", cost=CHEAP)

    assert "nothing was changed" in caught.value.words("en")
    assert path.read_bytes() == before
    assert ASKED not in {slot.kind for slot in read_key_file(path).slots}


def test_an_answer_to_an_earlier_request_opens_nothing(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2])
    ask(path)

    with pytest.raises(UserError) as caught:
        region.use_reply(path, reply, "password 2", cost=CHEAP)

    assert "newest request" in caught.value.words("en")


def test_an_answer_needs_the_password_that_was_chosen_with_the_request(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2])

    with pytest.raises(keys.WrongPassword):
        region.use_reply(path, reply, "password 1", cost=CHEAP)


def test_who_carries_request_and_answer_learns_nothing(path, key, made):
    request = ask(path)
    reply = custodians.answer(request, made[1][:2])

    for carried_along in (region.written(request), region.written(reply), path.read_text()):
        assert key.hex() not in carried_along
    for other in (Keys(new_seed()), Keys(new_seed())):
        with pytest.raises(ValueError, match="somebody else"):
            other.open(reply.sealed, region.in_reply(request.profile))


def test_a_request_of_another_file_is_not_answered_with_this_ones_key(path, key, made):
    request = msgspec.structs.replace(ask(path), profile="0" * 32)

    with pytest.raises(UserError):
        custodians.answer(request, made[1][:2])


def test_a_laptop_that_never_heard_of_the_key_says_so_and_stays_as_it_is(path, memory):
    keys.wrap_new(path, keys.new_key(), "password 1", cost=CHEAP)
    before = path.read_bytes()

    with pytest.raises(UserError) as caught:
        region.ask_region(path, "password 2", cost=CHEAP)

    assert "has not heard of the region's key" in caught.value.words("en")
    assert path.read_bytes() == before


def test_without_a_keystore_it_works_too(path, key, made):
    with keystore(NoKeyring()):
        region.use_reply(path, custodians.answer(ask(path), made[1][1:]), "password 2", cost=CHEAP)

        assert keys.unwrap(path, "password 2") == key


def test_a_changed_password_leaves_the_region_slot_and_it_is_sealed_once(path, key, made):
    keys.change_password(path, "password 1", "password 2", cost=CHEAP)

    assert not region.seal_to_region(path, key, made[0][-1].keys)
    assert [slot.kind for slot in read_key_file(path).slots].count(REGION) == 1


def test_a_lost_sheet_is_replaced_and_the_new_ones_answer(path, key, made):
    row, shares = made

    anew = custodians.share_anew(row, shares[:2], 2, 3)

    with pytest.raises(UserError):
        custodians.answer(ask(path), [shares[2], anew[0]])
    region.use_reply(path, custodians.answer(ask(path), anew[1:]), "password 2", cost=CHEAP)


def test_a_new_key_of_the_region_is_taken_because_the_old_one_signed_it(path, key, made):
    row, shares = made
    row, newer = custodians.renew(row, shares[1:], 2, 3)
    taken = latest(read_row(written(row)), made[0][-1].keys)

    assert region.seal_to_region(path, key, taken)

    with pytest.raises(UserError):
        custodians.answer(ask(path), shares[:2])
    region.use_reply(path, custodians.answer(ask(path), newer[:2]), "password 2", cost=CHEAP)
    assert keys.unwrap(path, "password 2") == key


def test_a_key_that_the_former_did_not_sign_is_not_taken(made):
    trusted = made[0][-1].keys
    thief = Keys(new_seed())

    assert latest(custodians.make(2, 3)[0], trusted) is None
    assert latest(follow(made[0], Keys(combined(made)), thief)[1:], trusted) is None
    forged = [
        *made[0],
        msgspec.structs.replace(made[0][0], keys=thief.public, by_former=bytes(64)),
    ]
    assert latest(forged, trusted) is None


def test_the_first_key_that_is_heard_of_is_trusted(made):
    assert latest(made[0], None) == made[0][0].keys
    assert latest([], None) is None


def combined(made):
    from desktop.shares import combine

    return combine(made[1][:2])


@pytest.mark.parametrize("text", ["", "AAAA", "{}", "not base64 ё"])
def test_garbage_in_place_of_a_letter_is_said_in_words(text):
    for kind in (region.Request, region.Reply):
        with pytest.raises(UserError):
            region.read_letter(text, kind)
    with pytest.raises(UserError):
        read_row(text)
