"""The list of those who open reports: only the region's key puts somebody on it, and takes off."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import UserError
from sync.officers import Officer, appoint, read_card, read_list, vouched, written
from sync.sealing import Keys, PublicKeys, new_seed

REGION = Keys(b"r" * 32)
AIGUL, BOLAT = (Officer(name, Keys(name.encode().ljust(32)).public) for name in ("Aigul", "Bolat"))


def first():
    return appoint(None, [AIGUL, BOLAT], [], REGION)


def test_the_list_is_read_as_it_was_written_and_the_regions_key_vouches_for_it():
    told = read_list(written(first()))

    assert told == first()
    assert vouched(told, REGION.public)
    assert [one.name for one in told.readers] == ["Aigul", "Bolat"]


def test_another_key_vouches_for_nothing():
    assert not vouched(first(), Keys(new_seed()).public)


@pytest.mark.parametrize(
    "altered",
    [
        lambda one: msgspec.structs.replace(one, serial=one.serial + 1),
        lambda one: msgspec.structs.replace(one, officers=one.officers[:1]),
        lambda one: msgspec.structs.replace(
            one, officers=[*one.officers, Officer("Mole", Keys(new_seed()).public)]
        ),
        lambda one: msgspec.structs.replace(
            one, officers=[msgspec.structs.replace(one.officers[0], former=True), BOLAT]
        ),
    ],
)
def test_whoever_alters_the_list_is_not_believed(altered):
    assert not vouched(altered(first()), REGION.public)


def test_a_list_with_keys_that_are_none_is_not_taken_although_it_is_signed():
    none = Officer("Aigul", PublicKeys(bytes(31), bytes(32)))

    assert not vouched(appoint(None, [none], [], REGION), REGION.public)


def test_who_is_dropped_reads_nothing_more_and_what_they_signed_can_still_be_checked():
    after = appoint(first(), [], [AIGUL.check], REGION)

    assert [one.name for one in after.readers] == ["Bolat"]
    assert AIGUL.keys in [one.keys for one in after.officers]
    assert (after.serial, vouched(after, REGION.public)) == (2, True)


def test_a_new_key_is_noted_with_the_list_that_brought_it():
    new = Officer("Aigul", Keys(new_seed()).public)

    after = appoint(first(), [new], [AIGUL.check], REGION)

    assert [(one.name, one.since) for one in after.readers] == [("Bolat", 1), ("Aigul", 2)]


def test_somebody_must_stay_and_only_who_is_there_can_go():
    with pytest.raises(UserError):
        appoint(first(), [], [AIGUL.check, BOLAT.check], REGION)
    with pytest.raises(UserError):
        appoint(first(), [], ["nobody"], REGION)
    with pytest.raises(UserError):
        appoint(None, [], [], REGION)


def test_a_key_that_was_dropped_does_not_come_back_by_its_card():
    gone = appoint(first(), [], [AIGUL.check], REGION)

    assert [one.name for one in appoint(gone, [AIGUL], [], REGION).readers] == ["Bolat"]


@given(st.text(max_size=200))
def test_any_text_is_read_or_answered_in_words(text):
    for read in (read_list, read_card):
        with pytest.raises(UserError):
            read(text)


@pytest.mark.parametrize(
    "card",
    [
        msgspec.structs.replace(AIGUL, name=" "),
        msgspec.structs.replace(AIGUL, name="A" * 201),
        msgspec.structs.replace(AIGUL, former=True),
        msgspec.structs.replace(AIGUL, keys=msgspec.structs.replace(AIGUL.keys, sealing=b"")),
    ],
)
def test_a_card_without_a_name_or_keys_is_none(card):
    with pytest.raises(UserError):
        read_card(written(card))
