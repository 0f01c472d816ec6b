"""Parts of a file that is coming outlive a restart and a power cut, and tell nothing."""

import os
import time
from hashlib import sha256
from random import Random

import pytest

from desktop import photo_parts
from desktop.files import settle
from desktop.photos import PhotoFolder
from sync.errors import UserError
from sync.parts import PART
from tests.power import forgetful

CONTENT = b"canary" + Random(9).randbytes(2 * PART)
SUM = sha256(CONTENT).hexdigest()


@pytest.fixture
def place(tmp_path):
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def opened(place):
    return PhotoFolder(place, bytes(32))


def losses(place):
    """Take a file; the power goes after each part. What had been taken and is lost."""
    with forgetful(place) as disk:
        settle(place)
        for number in range(2):
            at = number * PART
            opened(place).add_part(SUM, at, CONTENT[at : at + PART])
            disk.cut_power()
            if opened(place).received(SUM) != at + PART:
                return f"part {number} is lost"
        opened(place).finish(SUM, CONTENT[2 * PART :])
        disk.cut_power()
        return "" if opened(place).read(SUM) == CONTENT else "the file is lost"


def test_nothing_that_was_taken_is_lost_in_a_power_cut(place):
    assert losses(place) == ""


@pytest.mark.parametrize("lost", ["fsync", "settle"])
def test_parts_that_are_not_written_through_would_be(place, monkeypatch, lost):
    if lost == "settle":
        monkeypatch.setattr(photo_parts, "settle", lambda folder: None)
    else:
        monkeypatch.setattr(photo_parts, "os", Sloppy())

    assert losses(place)


class Sloppy:
    """The module os, but for writing through."""

    def __getattr__(self, name):
        return (lambda handle: None) if name == "fsync" else getattr(os, name)


def test_half_a_part_is_none(place):
    opened(place).add_part(SUM, 0, CONTENT[:PART])
    (path,) = place.glob("*.part")
    path.write_bytes(path.read_bytes() + bytes(1_000))

    assert opened(place).received(SUM) == PART
    opened(place).add_part(SUM, PART, CONTENT[PART : 2 * PART])
    opened(place).finish(SUM, CONTENT[2 * PART :])
    assert opened(place).read(SUM) == CONTENT


def test_parts_tell_nothing_to_whoever_has_the_disk(place):
    opened(place).add_part(SUM, 0, CONTENT[:PART])

    (path,) = place.glob("*.part")
    assert b"canary" not in path.read_bytes()
    assert SUM[:8] not in path.name
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("swapped", ["order", "file", "key"])
def test_a_part_in_the_place_of_another_is_noticed_and_all_are_dropped(place, swapped):
    folder = opened(place)
    for number in range(2):
        folder.add_part(SUM, number * PART, CONTENT[number * PART :][:PART])
    (path,) = place.glob("*.part")
    if swapped == "order":
        half = len(path.read_bytes()) // 2
        path.write_bytes(path.read_bytes()[half:] + path.read_bytes()[:half])
    elif swapped == "file":
        other = sha256(b"other").hexdigest()
        folder.add_part(other, 0, CONTENT[:PART])
        (foreign,) = set(place.glob("*.part")) - {path}
        foreign.replace(path)
    else:
        path.rename(PhotoFolder(place, bytes(range(32)))._parts._path(SUM))
        folder = PhotoFolder(place, bytes(range(32)))

    with pytest.raises(ValueError, match="part"):
        folder.finish(SUM, CONTENT[2 * PART :])

    assert list(place.iterdir()) == []


def test_parts_that_together_are_another_file_are_dropped(place):
    folder = opened(place)
    folder.add_part(SUM, 0, bytes(PART))

    with pytest.raises(ValueError, match="other bytes"):
        folder.finish(SUM, CONTENT[PART:])

    assert (folder.received(SUM), folder.has(SUM)) == (0, False)


def test_parts_that_nobody_needs_are_dropped_at_the_start(place):
    folder, old, young = opened(place), sha256(b"old").hexdigest(), sha256(b"young").hexdigest()
    for name in (SUM, old, young):
        folder.add_part(name, 0, CONTENT[:PART])
    folder.keep(SUM, CONTENT)
    path = folder._parts._path(old)
    os.utime(path, (time.time() - photo_parts.KEPT - 60,) * 2)

    folder = opened(place)

    assert [folder.received(name) for name in (SUM, old, young)] == [0, 0, PART]
    assert folder.read(SUM) == CONTENT


def test_a_full_disk_is_said_in_words(place, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(UserError) as caught:
        opened(place).add_part(SUM, 0, CONTENT[:PART])

    assert "disk is full" in caught.value.words("en")
