"""Bodies come out as they went in, and nothing that came is trusted."""

import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.packing import TooLong, pack, unpack

NOT_WHOLE = r"cut short|not zstd"
bodies = st.binary(max_size=6_000) | st.text(max_size=3_000).map(lambda said: said.encode() * 3)


@given(bodies)
def test_a_body_comes_out_as_it_went_in(body):
    assert unpack(pack(body), len(body)) == body


@given(bodies)
def test_so_does_one_that_was_packed_before_its_size_was_known(body):
    packer = zstandard.ZstdCompressor().compressobj()
    packed = packer.compress(body) + packer.flush()

    assert unpack(packed, len(body)) == body


@given(bodies.filter(len), st.data())
def test_one_that_is_cut_is_refused(body, data):
    packed = pack(body)
    cut = packed[: data.draw(st.integers(0, len(packed) - 1))]

    with pytest.raises(ValueError, match=NOT_WHOLE):
        unpack(cut, len(body))


@given(st.binary())
def test_what_is_no_zstd_is_refused(content):
    try:
        unpack(content, 100)
    except ValueError:
        return
    assert content[:4] == b"\x28\xb5\x2f\xfd"


def test_more_than_was_allowed_is_refused_whatever_it_says_of_its_size():
    body = bytes(1_000)
    packer = zstandard.ZstdCompressor().compressobj()

    for packed in (pack(body), packer.compress(body) + packer.flush()):
        with pytest.raises(TooLong):
            unpack(packed, 999)


def test_a_size_that_is_not_true_is_refused():
    packed = pack(bytes(1_000))
    for size in (b"\x00\x00", b"\x00\xff"):
        with pytest.raises(ValueError, match=NOT_WHOLE):
            unpack(packed[:5] + size + packed[7:], 2**20)


def test_what_is_too_much_is_not_unpacked_to_its_end():
    packed = pack(bytes(10_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(TooLong):
            unpack(packed, 1_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000  # bytes
    finally:
        tracemalloc.stop()
