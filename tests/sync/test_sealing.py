import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sealing import OVERHEAD, SIGNATURE, Keys, PublicKeys, new_seed

AMA, BEN = Keys(bytes(range(32))), Keys(bytes(range(1, 33)))
SEALED = AMA.public.seal("Су жоқ".encode(), b"here")


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_what_is_sealed_is_opened_by_its_reader_unchanged(content, context):
    sealed = AMA.public.seal(content, context)

    assert len(sealed) == len(content) + OVERHEAD
    assert AMA.open(sealed, context) == content


def test_the_same_is_never_sealed_alike_twice():
    assert AMA.public.seal(b"one", b"") != AMA.public.seal(b"one", b"")


def test_nobody_else_opens_it_and_not_in_another_place():
    for keys, context in ((BEN, b"here"), (AMA, b"there")):
        with pytest.raises(ValueError, match="somebody else"):
            keys.open(SEALED, context)


def test_a_turned_bit_is_noticed_wherever_it_is():
    for at in range(len(SEALED)):
        altered = SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1 :]
        with pytest.raises(ValueError, match=r"."):
            AMA.open(altered, b"here")


@pytest.mark.parametrize("length", [0, 1, 31, 32, 47, len(SEALED) - 1])
def test_what_is_cut_is_not_opened(length):
    with pytest.raises(ValueError, match=r"."):
        AMA.open(SEALED[:length], b"here")


def test_a_signature_is_its_writers_and_of_what_was_written():
    signature = AMA.sign(b"said")

    AMA.public.check(signature, b"said")
    assert len(signature) == SIGNATURE
    for keys, content in ((BEN, b"said"), (AMA, b"Said")):
        with pytest.raises(ValueError, match="altered"):
            keys.public.check(signature, content)


def test_a_seed_gives_the_same_keys_and_is_not_shown():
    seed = new_seed()

    assert Keys(seed).public == Keys(seed).public != AMA.public
    assert seed.hex() not in repr(Keys(seed))
    assert repr(seed) not in repr(Keys(seed))


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32)])
def test_what_is_no_key_is_known_as_none(key):
    assert not PublicKeys(AMA.public.signing, key).sound
    assert AMA.public.sound


def test_a_signing_key_of_another_length_is_none():
    assert not PublicKeys(bytes(31), AMA.public.sealing).sound
