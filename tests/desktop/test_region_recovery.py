"""Password and sheet are lost: two of three custodians open the file, one of them cannot."""

from base64 import b64decode
from datetime import UTC, datetime
from itertools import combinations

import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from desktop import custodians, keys
from desktop import region_letters as letters
from desktop import region_recovery as region
from desktop.key_file import ASKED, REGION, read_key_file, write_key_file
from desktop.profile import close_desk, open_desk
from desktop.recovery_code import read_code
from desktop.shares import read_share
from sync.client import trust
from sync.client.facts import remember
from sync.errors import UserError
from sync.places import load_pack
from sync.region_key import follow, latest, read_row, written
from sync.sealing import Keys, new_seed
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line, new_profile

DRILLS = 50
SOZAQ = "615600000"
AIGUL = letters.Owner("Айгүл Бейсенова", "aigul", SOZAQ, "СОЗАҚ-3")


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
    region.seal_to_region(path, key, row[-1].keys, AIGUL)
    return key


def ask(path, new="password 2"):
    """The request, as it arrives."""
    return letters.read_letter(
        letters.written(region.ask_region(path, new, cost=CHEAP)), letters.Request
    )


def carried(reply):
    return letters.read_letter(letters.written(reply), letters.Reply)


def test_fifty_of_fifty_drills_open_whichever_two_custodians_come(tmp_path, memory):
    opened = 0
    for number in range(DRILLS):
        path = tmp_path / f"{number}.json"
        row, shares = custodians.make(2, 3)
        key = keys.new_key()
        keys.wrap_new(path, key, "password 1", cost=CHEAP)
        region.seal_to_region(path, key, row[-1].keys, AIGUL)
        memory.kept.clear()  # the computer was set up anew
        sheets = list(combinations(shares, 2))[number % 3]

        request = ask(path)
        typed = [read_share(sheet.words.lower()) for sheet in sheets]
        region.use_reply(
            path, carried(custodians.answer(request, typed).reply), "password 2", cost=CHEAP
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
    reply = custodians.answer(ask(path), made[1][:2]).reply
    assert keys.unwrap(path, "password 1") == key

    following = region.use_reply(path, reply, "password 2", cost=CHEAP)

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")
    with pytest.raises(keys.WrongCode):
        keys.recover(path, code, "password 3", cost=CHEAP)
    keys.recover(path, read_code(following), "password 3", cost=CHEAP)
    assert keys.unwrap(path, "password 3") == key


def test_an_answer_is_good_once(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2]).reply
    region.use_reply(path, reply, "password 2", cost=CHEAP)
    before = path.read_bytes()

    with pytest.raises(UserError) as caught:
        region.use_reply(path, reply, "password 2", cost=CHEAP)

    assert "nothing was changed" in caught.value.words("en")
    assert path.read_bytes() == before
    assert ASKED not in {slot.kind for slot in read_key_file(path).slots}


def test_an_answer_to_an_earlier_request_opens_nothing(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2]).reply
    ask(path)

    with pytest.raises(UserError) as caught:
        region.use_reply(path, reply, "password 2", cost=CHEAP)

    assert "newest request" in caught.value.words("en")


def test_an_answer_needs_the_password_that_was_chosen_with_the_request(path, key, made):
    reply = custodians.answer(ask(path), made[1][:2]).reply

    with pytest.raises(keys.WrongPassword):
        region.use_reply(path, reply, "password 1", cost=CHEAP)


def test_who_carries_request_and_answer_learns_nothing(path, key, made):
    request = ask(path)
    reply = custodians.answer(request, made[1][:2]).reply

    for carried_along in (letters.written(request), letters.written(reply), path.read_text()):
        assert key.hex() not in carried_along
    for other in (Keys(new_seed()), Keys(new_seed())):
        with pytest.raises(ValueError, match="somebody else"):
            other.open(reply.sealed, letters.in_reply(request.profile))


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
        region.use_reply(
            path, custodians.answer(ask(path), made[1][1:]).reply, "password 2", cost=CHEAP
        )

        assert keys.unwrap(path, "password 2") == key


def test_a_changed_password_leaves_the_region_slot_and_there_is_one(path, key, made):
    keys.change_password(path, "password 1", "password 2", cost=CHEAP)
    region.seal_to_region(path, key, made[0][-1].keys, AIGUL)

    assert [slot.kind for slot in read_key_file(path).slots].count(REGION) == 1


def test_the_custodians_are_told_whose_file_it_is(path, key, made):
    answer = custodians.answer(ask(path), made[1][:2])

    assert answer.owner == AIGUL
    said = " ".join(custodians.whose(answer.owner))
    assert "Айгүл Бейсенова (aigul)" in said
    assert load_pack().district(AIGUL.district).words() in said
    assert "СОЗАҚ-3" in said


def test_a_request_names_nobody_to_who_carries_it(path, key):
    carried_along = b64decode(letters.written(ask(path)))

    for word in (AIGUL.name, AIGUL.login, AIGUL.device, AIGUL.district):
        assert word.encode() not in carried_along
        assert word.encode() not in path.read_bytes()


def test_a_thief_cannot_put_a_name_of_their_own_into_the_seal(path, key, made):
    """Without the key of the file they can only make a seal of another key, which opens nothing."""
    request = ask(path)
    bolat = letters.Owner("Болат", "bolat", "region", "own")
    forged = made[0][-1].keys.seal(
        keys.new_key() + msgspec.json.encode(bolat), letters.in_slot(request.profile)
    )
    answer = custodians.answer(msgspec.structs.replace(request, sealed=forged), made[1][:2])

    region.use_reply(path, answer.reply, "password 2", cost=CHEAP)

    assert keys.unwrap(path, "password 2") != key


def test_what_an_older_program_sealed_is_answered_and_it_is_said_that_nobody_is_named(
    path, key, made
):
    file, one = read_key_file(path), made[0][-1].keys
    slots = [
        msgspec.structs.replace(slot, wrapped=one.seal(key, letters.in_slot(file.profile)))
        if slot.kind == REGION
        else slot
        for slot in file.slots
    ]
    write_key_file(path, file.profile, slots)

    answer = custodians.answer(ask(path), made[1][:2])

    assert answer.owner is None
    assert len(custodians.whose(None)) == 1
    region.use_reply(path, answer.reply, "password 2", cost=CHEAP)
    assert keys.unwrap(path, "password 2") == key


def test_custodians_with_an_older_program_can_answer_a_newer_laptop(path, key, made):
    request = ask(path)
    own = Keys(combined(made))
    sealed = own.open(request.sealed, letters.in_slot(request.profile))
    reply = letters.Reply(
        profile=request.profile,
        sealed=request.once.seal(sealed, letters.in_reply(request.profile)),
    )

    region.use_reply(path, reply, "password 2", cost=CHEAP)

    assert keys.unwrap(path, "password 2") == key


def test_a_seal_that_holds_no_key_is_not_answered(path, key, made):
    request = ask(path)
    sealed = made[0][-1].keys.seal(b"short", letters.in_slot(request.profile))

    with pytest.raises(UserError):
        custodians.answer(msgspec.structs.replace(request, sealed=sealed), made[1][:2])


@pytest.fixture
def profile(own_server, tmp_path, memory, made):
    """A laptop that has heard of the region's key in an exchange, and was opened since."""
    profile = new_profile(tmp_path / "laptop", own_server)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with desk.store.begin() as session:
        trust.take(session, made[0])
    close_desk(desk)
    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))
    return profile


def named(profile, made):
    return custodians.answer(ask(profile.keys), made[1][:2]).owner


def test_a_laptop_seals_its_persons_name_when_it_is_opened(profile, made):
    owner = named(profile, made)

    assert (owner.login, owner.district) == ("aidana", SOZAQ)


def test_who_works_elsewhere_since_is_named_so_from_the_next_opening_on(profile, made, own_server):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with desk.store.begin() as session:
        remember(session, "person", msgspec.structs.replace(desk.person, district="611600000"))
    close_desk(desk)

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert named(profile, made).district == "611600000"


def test_where_nothing_has_changed_an_opening_leaves_the_seal_as_it_is(profile, made, own_server):
    before = profile.keys.read_bytes()

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert profile.keys.read_bytes() == before


def test_a_request_says_its_day(path, key):
    assert ask(path).on == datetime.now(UTC).astimezone().date()


def test_a_lost_sheet_is_replaced_and_the_new_ones_answer(path, key, made):
    row, shares = made

    anew = custodians.share_anew(row, shares[:2], 2, 3)

    with pytest.raises(UserError):
        custodians.answer(ask(path), [shares[2], anew[0]])
    region.use_reply(path, custodians.answer(ask(path), anew[1:]).reply, "password 2", cost=CHEAP)


def test_a_new_key_of_the_region_is_taken_because_the_old_one_signed_it(path, key, made):
    row, shares = made
    row, newer = custodians.renew(row, shares[1:], 2, 3)
    taken = latest(read_row(written(row)), made[0][-1].keys)

    region.seal_to_region(path, key, taken, AIGUL)

    with pytest.raises(UserError):
        custodians.answer(ask(path), shares[:2])
    region.use_reply(path, custodians.answer(ask(path), newer[:2]).reply, "password 2", cost=CHEAP)
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
    for kind in (letters.Request, letters.Reply):
        with pytest.raises(UserError):
            letters.read_letter(text, kind)
    with pytest.raises(UserError):
        read_row(text)
