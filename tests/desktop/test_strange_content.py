"""Whatever lies in the files that a laptop reads: words or a default, soon, and in little memory."""

from base64 import b64encode
from time import process_time

import pytest

from desktop import newer
from desktop.backups import _read
from desktop.files import SMALL, read_whole
from desktop.key_file import KeysDamaged, read_key_file
from desktop.region_letters import Reply, Request, read_letter
from desktop.settings import load_settings
from desktop.shares import read_share
from sync.change import SyncReply
from sync.client import failures
from sync.client.transport import _decode
from sync.errors import Offline, UserError
from sync.region_key import read_row

STRANGE = {
    "empty": b"",
    "open": b"[" * 100_000,
    "deep": b"[" * 990 + b"]" * 990,
    "deep object": b'{"version":' * 990 + b"1" + b"}" * 990,
    "no letters": b'{"version":1,"profile":"\xff"}',
    "half a letter": b'{"version":1,"profile":"\\ud800"}',
    "endless number": b'{"version":1e999}',
    "long number": b'{"version":' + b"9" * 50_000 + b"}",
    "another shape": b'{"version":1}',
    "null": b"null",
    "nulls": bytes(1_000),
    "megabytes": b"[" + b"[]," * 300_000 + b"1]",
}


@pytest.fixture(params=STRANGE.values(), ids=STRANGE)
def strange(request, tmp_path):
    path = tmp_path / "strange"
    path.write_bytes(request.param)
    began = process_time()
    yield path
    assert process_time() - began < 1


def test_keys_are_called_damaged(strange):
    with pytest.raises(KeysDamaged):
        read_key_file(strange)


@pytest.mark.parametrize(
    "more",
    [b'"memory":4194304,"passes":1', b'"memory":8,"passes":1000', b'"memory":-1,"passes":1'],
)
def test_keys_that_would_keep_a_laptop_busy_are_called_damaged(tmp_path, more):
    slot = b'{"kind":"password",' + more + b',"lanes":1,"salt":"","nonce":""}'
    path = tmp_path / "keys.json"
    path.write_bytes(b'{"profile":"a","sum":"","slots":[' + slot + b"]}")

    with pytest.raises(KeysDamaged):
        read_key_file(path)


def test_settings_are_the_defaults(strange, tmp_path):
    assert load_settings(strange) == load_settings(tmp_path / "none")


def test_a_copy_is_none(strange):
    copy = strange.parent / "2026-11-28_101010"
    copy.mkdir()
    for name in ("keys.json", "dala.db"):
        (copy / name).touch()
    strange.rename(copy / "about.json")

    assert _read(copy) is None


def test_a_note_beside_a_newer_file_is_none(strange):
    assert newer._noted(strange) == []


@pytest.mark.parametrize(
    "read",
    [read_row, lambda t: read_letter(t, Request), lambda t: read_letter(t, Reply), read_share],
)
def test_what_custodians_carry_is_refused_in_words(strange, read):
    content = strange.read_bytes()
    for text in (content.decode("latin-1"), b64encode(content).decode()):
        with pytest.raises(UserError):
            read(text)


def test_an_answer_of_the_server_is_none(strange):
    with pytest.raises(Offline):
        _decode(strange.read_bytes(), SyncReply)


def test_a_problem_of_the_server_has_our_words(strange):
    assert failures.detail(strange.read_bytes()) == ""


def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "keys.json"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)  # a hole: it takes no room

    with pytest.raises(OSError, match="too large"):
        read_whole(path, SMALL)
    with pytest.raises(KeysDamaged):
        read_key_file(path)
    assert load_settings(path) == load_settings(tmp_path / "none")
