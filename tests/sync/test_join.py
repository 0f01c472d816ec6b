"""The join file: what was written is read, and whatever else the bytes are is said in words."""

from datetime import UTC, datetime
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import UserError
from sync.join import (
    DAMAGED,
    LONGEST,
    MAGIC,
    NEWER,
    NOT_OURS,
    UNSOUND,
    Join,
    Unusable,
    certificates,
    check_address,
    read_join,
    write_join,
)
from sync.language import speak, spoken
from sync.sealing import Keys
from tests.certificates import make

KEYS = Keys(b"7" * 32)
JOIN = Join(
    server="https://dala.example.kz",
    code="7QK4M-2XW9T",
    until=datetime(2026, 12, 5, 12, tzinfo=UTC),
    login="aidana",
    name="Айдана Ерланқызы",
    region="Түркістан облысы",
    region_key=KEYS.public,
)
NAME = "айдана.dala-join"


def file_of(said: bytes) -> bytes:
    """What somebody makes who knows the form: the sum fits whatever they say."""
    return b"\n".join((MAGIC, sha256(said).hexdigest()[:16].encode(), said)) + b"\n"


def refusal(content: bytes) -> UserError:
    with pytest.raises(Unusable) as caught:
        read_join(content, NAME)
    assert NAME in caught.value.words("en")
    return caught.value


def read_or_reason(content: bytes) -> Join | str:
    try:
        return read_join(content, NAME)
    except Unusable as error:
        return error.text


@pytest.fixture(autouse=True)
def language():
    before = spoken()
    yield
    speak(before)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make(tmp_path_factory.mktemp("tls"))


def test_what_was_written_is_read(authority):
    own = msgspec.structs.replace(JOIN, authority=certificates(authority.authority.read_bytes()))

    assert read_join(write_join(JOIN), NAME) == JOIN
    assert read_join(write_join(own), NAME) == own


def test_ends_of_lines_may_become_those_of_another_system():
    assert read_join(write_join(JOIN).replace(b"\n", b"\r\n"), NAME) == JOIN
    assert read_join(b"\n" + write_join(JOIN).rstrip(b"\n"), NAME) == JOIN


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content):
    refusal(content)
    refusal(file_of(content))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_value_in_the_place_of_any_other_is_refused_or_read(value):
    said = msgspec.json.decode(msgspec.json.encode(JOIN))
    for name in said:
        content = file_of(msgspec.json.encode({**said, name: value}))
        read = read_or_reason(content)
        assert isinstance(read, Join) or read == UNSOUND


@given(st.data())
def test_a_file_that_was_cut_or_damaged_binds_nothing(data):
    content = write_join(JOIN)
    at = data.draw(st.integers(0, len(content.rstrip()) - 1))
    other = data.draw(st.integers(1, 255))
    damaged = content[:at] + bytes([content[at] ^ other]) + content[at + 1 :]

    refusal(content[:at])
    # the first: a sign that became the end of a line, where one was
    assert read_or_reason(damaged) in (JOIN, DAMAGED, NEWER, NOT_OURS)


def test_a_newer_file_a_foreign_one_and_a_large_one_are_told_apart():
    assert refusal(write_join(JOIN).replace(MAGIC, b"DALA-JOIN 2")).text == NEWER
    assert refusal(b"DALA-CARRY 1\n").text == NOT_OURS
    assert refusal(b"PK\x03\x04 a table").text == NOT_OURS
    assert refusal(MAGIC + b" " * LONGEST).text == NOT_OURS
    assert refusal(write_join(JOIN)[:-20]).text == DAMAGED


@pytest.mark.parametrize(
    "address",
    [
        *("http://dala.example.kz", "ftp://dala.example.kz", "dala.example.kz", "", "https://"),
        "https://dala.example.kz@evil.example",
        "https://dala.example.kz?.evil.example",
        "https://dala.example.kz#x",
        "https://dаla.example.kz",  # the а is Cyrillic
        "https://dala.example.kz ",
        "https://dala.example.kz/\u202e",
        "https://dala.example.kz:99999",
        "https://" + "a" * 300,
        "http://localhost.evil.example",
    ],
)
def test_a_file_never_leads_to_an_address_that_is_not_what_it_looks_like(address):
    said = msgspec.json.encode(msgspec.structs.replace(JOIN, server=address))

    assert refusal(file_of(said)).text == UNSOUND


@pytest.mark.parametrize(
    "address", ["https://dala.example.kz", "https://10.0.0.1:8443/dala", "http://[::1]:80"]
)
def test_addresses_that_a_person_can_compare_are_taken(address):
    assert check_address(address)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Айдана\u202eадамал"},
        {"login": "a\nServer: https://dala.example.kz"},
        {"region": "x" * 201},
        {"name": "Айдана. Сервер: https://dala.example.kz"},  # above the true one
        {"code": "7QK4M"},
        {"until": datetime(2026, 12, 5)},  # noqa: DTZ001  # in no zone
        {"until": datetime(1, 1, 1, tzinfo=UTC)},  # no zone west of it can show this
        {"region_key": msgspec.structs.replace(KEYS.public, signing=b"short")},
        {"authority": "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_only_looks_like_a_join_file_is_refused(other):
    said = msgspec.json.encode(msgspec.structs.replace(JOIN, **other))

    assert refusal(file_of(said)).text == UNSOUND


def test_a_key_that_lies_beside_a_certificate_never_travels(authority):
    both = authority.authority.read_bytes() + authority.key.read_bytes()

    assert "PRIVATE" not in certificates(both)
    with pytest.raises(ValueError, match="certificates"):
        write_join(msgspec.structs.replace(JOIN, authority=both.decode()))


def test_more_certificates_than_a_laptop_reads_are_not_written(authority):
    many = certificates(authority.authority.read_bytes()) * 200

    with pytest.raises(ValueError, match="larger"):
        write_join(msgspec.structs.replace(JOIN, authority=many))


def test_what_is_to_be_compared_is_told_and_a_term_that_is_over_only_said():
    before, after = (datetime(2026, 12, day, tzinfo=UTC) for day in (1, 20))

    speak("en")

    assert JOIN.told(before) == [f"Server: {JOIN.server}", f"The region's key: {JOIN.key}"]
    assert "05.12.2026" in JOIN.told(after)[-1]


def test_no_log_quotes_the_code():
    assert JOIN.code not in repr(JOIN)


def test_the_key_is_read_aloud_in_groups():
    assert [len(group) for group in JOIN.key.split()] == [4, 4, 4]
    assert msgspec.structs.replace(JOIN, region_key=None).key == ""
