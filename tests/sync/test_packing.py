"""Bodies come out as they went in, and nothing that came is trusted."""

import tracemalloc
from time import process_time

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.packing import END, WINDOW, Begun, TooLong, fill, pack, unpack

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


@given(bodies, st.text(max_size=END * 2).map(str.encode))
def test_one_that_was_begun_before_its_end_was_known_comes_out_with_blanks_at_the_end(start, end):
    packed = Begun(start).ended(end)

    assert zstandard.frame_content_size(packed) >= 0  # so that nobody need unpack more
    assert unpack(packed, len(start) + END * 4).rstrip(b" ") == (start + end).rstrip(b" ")


@given(bodies, st.sampled_from([64, 4_096]))
def test_one_that_was_filled_up_comes_out_as_it_went_in_and_its_length_tells_little(body, room):
    filled = fill(pack(body), room)

    assert len(filled) % room == 0
    assert len(filled) < len(pack(body)) + room + 8
    assert unpack(filled, len(body)) == body
    assert zstandard.ZstdDecompressor().decompressobj().decompress(filled) == body  # any reader


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


MAGIC = b"\x28\xb5\x2f\xfd"


def zeros(size, *, window=10, said=None):
    """A frame made by hand (RFC 8878): blocks that say "128 KB of this byte" in four bytes each."""
    block = 2**17
    begin = bytes([0xC0]) if said is not None else bytes([0])
    begin += bytes([(window - 10) << 3]) + (
        said.to_bytes(8, "little") if said is not None else b""
    )
    middle = (block << 3 | 0b010).to_bytes(3, "little") + b"\0"
    last = (block << 3 | 0b011).to_bytes(3, "little") + b"\0"
    return MAGIC + begin + middle * (size // block - 1) + last


def test_what_is_made_by_hand_here_is_zstd():
    assert unpack(zeros(2**20, window=17), 2**20) == bytes(2**20)


@pytest.mark.parametrize("said", [None, 10 * 2**30, 100, 2**63])
def test_ten_gigabytes_of_zeros_are_refused_within_a_second(said):
    bomb = zeros(10 * 2**30, window=20, said=said)
    assert len(bomb) < 400_000

    began = process_time()
    with pytest.raises(ValueError, match=r"unpacks to more|not zstd|cut short"):
        unpack(bomb, 8 * 2**20)
    assert process_time() - began < 1


def test_a_bomb_in_a_bomb_is_a_body_of_its_first_layer():
    bomb = pack(zeros(10 * 2**30, window=20))

    assert unpack(bomb, 2**20) == zeros(10 * 2**30, window=20)


@pytest.mark.parametrize("window", [24, 27, 30, 31, 41])
def test_a_frame_that_wants_much_memory_is_refused(window):
    with pytest.raises(ValueError, match="not zstd"):
        unpack(zeros(2**17, window=window), 2**20)


def test_what_packs_best_needs_no_more_memory_than_is_given():
    body = bytes(range(256)) * 2**17  # 32 MB

    for level in (3, 19):
        packed = zstandard.compress(body, level)
        assert zstandard.get_frame_parameters(packed).window_size <= WINDOW
        assert unpack(packed, len(body)) == body


def test_a_frame_that_needs_a_dictionary_is_refused():
    samples = [f"record {n}: Су жоқ, құбыр жарылды {n * 7}".encode() for n in range(2_000)]
    dictionary = zstandard.train_dictionary(2**12, samples)
    packed = zstandard.ZstdCompressor(dict_data=dictionary).compress(samples[7])

    with pytest.raises(ValueError, match="not zstd"):
        unpack(packed, 1_000)


@pytest.mark.parametrize(
    "more", [b"", MAGIC, pack(b"second"), b"\x50\x2a\x4d\x18\xff\xff\xff\xff"]
)
def test_what_follows_the_first_frame_is_not_unpacked(more):
    assert unpack(pack(b"first") + more, 100) == b"first"


@pytest.mark.parametrize("size", [0, 2**32 - 1])
def test_a_frame_that_is_to_be_skipped_is_no_body(size):
    skipped = b"\x50\x2a\x4d\x18" + size.to_bytes(4, "little")

    try:
        assert unpack(skipped, 100) == b""
    except ValueError:
        return
