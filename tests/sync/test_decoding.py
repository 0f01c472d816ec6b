"""JSON from anywhere: the shape that was asked for, or ValueError, soon and in little memory."""

import json
import tracemalloc
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import decoding
from sync.carry import Letter, as_piece, unpacked, unwrap
from sync.change import SyncReply, SyncRequest
from sync.decoding import DEEPEST, decode
from sync.enrolment import Enrolled, Tokens
from sync.packing import pack
from sync.region_key import RegionKey

SHAPES: list[Any] = [SyncRequest, SyncReply, Letter, Enrolled, Tokens, list[RegionKey], Any]
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text('[]{}\\",a', max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text('[]{}"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=30,
)


def depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


@given(values, st.integers(0, 2 * DEEPEST))
def test_a_value_is_read_exactly_if_it_is_not_too_deep(value, more):
    for _ in range(more):
        value = [value]
    content = json.dumps(value).encode()

    if depth(value) <= DEEPEST:
        assert decode(content, Any) == value
    else:
        with pytest.raises(ValueError, match="levels"):
            decode(content, Any)


@given(values, st.integers(1, 40))
def test_where_the_slices_end_does_not_matter(value, size):
    content = json.dumps(value).encode()
    whole = b"".join(decoding._outside_texts(content))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "SLICE", size)
        assert b"".join(decoding._outside_texts(content)) == whole


@given(st.binary(max_size=200), st.sampled_from(SHAPES))
def test_any_bytes_are_a_value_or_a_valueerror(content, shape):
    try:
        decode(content, shape)
    except ValueError:
        return


@pytest.mark.parametrize("level", ["[", '{"a":', '[{"a":[', '{"changes":[{"fields":{"a":'])
@pytest.mark.parametrize("levels", [DEEPEST + 1, 990, 10_000])
@pytest.mark.parametrize("closed", [True, False])
def test_what_is_nested_is_refused_whatever_asks_and_from_however_deep(level, levels, closed):
    opening = level * levels
    closing = (
        opening[::-1].translate(str.maketrans("[{", "]}", '"a:changesfield,')) if closed else ""
    )
    content = (opening + "1" + closing).encode()

    def asked(frames: int) -> None:
        if frames:
            asked(frames - 1)
            return
        for shape in SHAPES:
            with pytest.raises(ValueError, match=r".*"):
                decode(content, shape)

    asked(0)
    asked(300)


def test_brackets_in_texts_are_no_levels():
    said = '["]"]' * 50 + '[[[[\\"[[[' * 50

    assert decode(json.dumps([said] * 9).encode(), list[str]) == [said] * 9


def test_texts_do_not_hide_levels():
    hidden = b'["]",' * 500 + b"1" + b',"["]' * 500

    with pytest.raises(ValueError, match="levels"):
        decode(hidden, Any)


NOTHING = {  # what a body may consist of, over and over
    "lists": b"[],",
    "objects": b"{},",
    "texts": b'"ab",',
    "numbers": b"1.5,",
    "bare texts": b'"ab"',
    "brackets in texts": b'"[["[[',
    "open": b"[",
    "pairs": b"[]",
    "quotes": b'"',
    "slashes": b"\\",
}


@pytest.mark.parametrize("part", NOTHING.values(), ids=NOTHING)
def test_eight_megabytes_of_nothing_are_refused_within_a_second(part, monkeypatch):
    monkeypatch.setattr(decoding, "MOST_VALUES", decoding.MOST_VALUES // 8)  # of 64 MB

    content = b"[" + part * (2**23 // len(part)) + b"1]"

    began = process_time()
    with pytest.raises(ValueError, match=r".*"):
        decode(content, Any)
    assert process_time() - began < 1


@pytest.mark.parametrize("part", NOTHING.values(), ids=NOTHING)
def test_nothing_costs_little_memory(part, monkeypatch):
    monkeypatch.setattr(decoding, "MOST", 1_000)
    monkeypatch.setattr(decoding, "MOST_VALUES", 5_000)
    monkeypatch.setattr(decoding, "SLICE", 2**12)
    content = b"[" + part * (2**19 // len(part)) + b"1]"
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r".*"):
            decode(content, Any)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(content)
    finally:
        tracemalloc.stop()


def test_a_letter_and_its_parts_are_read_by_the_same_rule():
    deep = b'{"request":' + b"[" * 990 + b"]" * 990 + b"}"

    for read in (
        lambda: unpacked(pack(deep), Letter),
        lambda: as_piece(b"\x91" * 100_000),
        lambda: as_piece(b"\xa1\xff"),
        lambda: unwrap(b"DALA-CARRY 1\n" + len(deep).to_bytes(4) + deep),
    ):
        with pytest.raises(ValueError, match=r".*"):
            read()


def test_what_the_program_writes_it_reads():
    reply = SyncReply(epoch="a", cursors={"615600000": 3})

    assert decode(msgspec.json.encode(reply), SyncReply) == reply
