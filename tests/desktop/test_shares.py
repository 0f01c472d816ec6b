"""Any two of three sheets give the region's key back; one of them gives nothing."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.recovery_code import ALPHABET, NoCode
from desktop.shares import SECRET, Share, combine, read_share, split, times
from sync.errors import UserError

SECRETS = st.binary(min_size=SECRET, max_size=SECRET)


@pytest.mark.parametrize(("a", "b", "product"), [(0x57, 0x83, 0xC1), (0x57, 0x13, 0xFE)])
def test_the_field_is_that_of_fips_197(a, b, product):
    assert times(a, b) == times(b, a) == product


@settings(max_examples=40)
@given(SECRETS, st.integers(2, 4), st.integers(0, 2))
def test_as_many_as_are_needed_give_the_secret_back_whichever_they_are(secret, needed, spare):
    shares = split(secret, needed, needed + spare)

    for chosen in combinations(shares, needed):
        assert combine(chosen) == secret
    assert combine(shares) == secret


@given(SECRETS)
def test_one_fewer_gives_nothing_and_says_so(secret):
    shares = split(secret, 2, 3)

    told = 0
    for share in shares:
        try:
            assert combine([share]) != secret
        except UserError:
            told += 1

    assert told > 1  # the mark has 15 bits: one of 32,768 times it fits by chance


def test_a_single_share_is_as_likely_any_byte_whatever_the_secret():
    for secret in (bytes(SECRET), b"\xff" * SECRET):
        seen = Counter(byte for _ in range(1000) for byte in split(secret, 2, 3)[0].body)

        expected = 1000 * SECRET / 256
        chi = sum((seen[byte] - expected) ** 2 / expected for byte in range(256))
        assert chi < 400  # 255 degrees of freedom: above that once in 10^8 runs


@given(SECRETS)
def test_what_is_printed_is_read_back(secret):
    for share in split(secret, 2, 3):
        assert len(share.words) == 60
        assert read_share(share.words.lower()) == share


@given(SECRETS, st.integers(0, 59), st.sampled_from(ALPHABET))
def test_a_slip_of_the_pen_is_noticed(secret, at, letter):
    words = split(secret, 2, 3)[0].words
    slipped = words[:at] + letter + words[at + 1 :]

    if slipped != words:
        with pytest.raises(NoCode):
            read_share(slipped)


@given(st.text())
def test_garbage_is_said_in_words(text):
    with pytest.raises(NoCode):
        read_share(text)


def test_sheets_of_two_keys_are_not_put_together():
    one, other = split(bytes(SECRET), 2, 3), split(b"1" * SECRET, 2, 3)

    with pytest.raises(UserError) as caught:
        combine([one[0], other[1]])

    assert "two different keys" in caught.value.words("en")


def test_sheets_of_two_sets_of_one_key_are_not_put_together_unseen():
    one, other = split(bytes(SECRET), 2, 3), split(bytes(SECRET), 2, 3)

    with pytest.raises(UserError) as caught:
        combine([one[0], other[1]])

    assert "one set" in caught.value.words("en")


def test_one_sheet_twice_is_one_sheet():
    share = split(bytes(SECRET), 2, 3)[0]

    with pytest.raises(UserError) as caught:
        combine([share, share])

    assert "same sheet twice" in caught.value.words("en")


def test_a_sheet_says_nothing_of_itself_in_a_log():
    assert repr(Share(2, b"secret", "ABC")) == "Share(2)"


@pytest.mark.parametrize(("needed", "shares"), [(1, 3), (4, 3), (2, 32), (0, 0)])
def test_numbers_that_make_no_sense_are_refused(needed, shares):
    with pytest.raises(ValueError, match="shares"):
        split(bytes(SECRET), needed, shares)
