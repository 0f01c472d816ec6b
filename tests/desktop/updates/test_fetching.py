"""A file comes in as many tries as a line needs, and is used only as it was signed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tuf.api._payload import TargetFile
from tuf.api.exceptions import DownloadError, DownloadHTTPError

from desktop.updates import Unfit, UpdateFailed, fetching, trust
from desktop.updates.fetching import fetch
from desktop.updates.sources import FolderSource, Source
from desktop.updates.trust import Signed
from sync.errors import Stopped, UserError
from sync.language import speak
from tests.releases import LIBRARY

PIECE = 1000


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


class Line(Source):
    """Gives a file piece by piece, and breaks at each of the places in `cuts`, once."""

    def __init__(self, content: bytes = LIBRARY, *cuts: int) -> None:
        self.content, self.cuts, self.asked = content, list(cuts), []

    def rest(self, url: str, begin: int) -> Iterator[bytes]:
        self.asked.append(begin)
        while begin < len(self.content):
            if self.cuts and begin >= self.cuts[0]:
                self.cuts.pop(0)
                raise DownloadError("the line broke")
            yield self.content[begin : begin + PIECE]
            begin += PIECE


@pytest.fixture
def signed():
    return Signed("region", TargetFile.from_data("library", LIBRARY))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library"


def test_a_line_that_breaks_is_gone_on_with_from_there(signed, path):
    line = Line(LIBRARY, 5000, 5000, 21_000)

    with pytest.raises(UpdateFailed):
        fetch(signed, line, path)
    fetch(signed, line, path)

    assert line.asked == [0, 5000, 5000, 21_000]
    assert path.read_bytes() == LIBRARY


def test_who_stops_keeps_what_came_and_hears_it_counted_from_there(signed, path):
    heard = []

    def hear(came, of):
        heard.append((came, of))
        if came == 7000:
            raise Stopped

    line = Line()
    with pytest.raises(Stopped):
        fetch(signed, line, path, hear)
    fetch(signed, line, path, hear)

    assert line.asked == [0, 7000]
    assert heard == [(came, len(LIBRARY)) for came in range(1000, len(LIBRARY) + 1, 1000)]


def test_what_is_whole_is_not_asked_for_again(signed, path):
    path.write_bytes(LIBRARY)
    line = Line()

    fetch(signed, line, path)

    assert line.asked == []


@pytest.mark.parametrize("left", [b"x" * 3000, b"x" * len(LIBRARY), LIBRARY + b"x"])
def test_what_was_left_of_a_try_and_suffered_comes_once_more(signed, path, left):
    path.write_bytes(left)
    line = Line()

    fetch(signed, line, path)

    assert line.asked[-1] == 0
    assert path.read_bytes() == LIBRARY


def test_without_a_line_it_is_said_and_what_came_stays(signed, path):
    path.write_bytes(LIBRARY[:3000])

    with pytest.raises(UpdateFailed) as error:
        fetch(signed, Line(LIBRARY, 0), path)

    assert error.value.text == fetching.CUT
    assert not isinstance(error.value, Unfit)
    assert path.read_bytes() == LIBRARY[:3000]


def test_where_nothing_came_it_is_not_said_that_something_is_kept(signed, path):
    with pytest.raises(UpdateFailed) as error:
        fetch(signed, Line(LIBRARY, 0), path)

    assert error.value.text == trust.NOT_READ


def test_a_line_that_breaks_ever_again_is_given_up_and_what_came_stays(signed, path):
    line = Line(LIBRARY, *range(PIECE, len(LIBRARY), PIECE))

    with pytest.raises(UpdateFailed) as error:
        fetch(signed, line, path)

    assert error.value.text == fetching.CUT
    assert not isinstance(error.value, Unfit)
    assert len(line.asked) == fetching.CUTS
    assert path.stat().st_size == fetching.CUTS * PIECE


@pytest.mark.parametrize("there", [LIBRARY[:9000], LIBRARY + b"x", LIBRARY[::-1], b""])
def test_another_file_there_is_not_taken_and_nothing_of_it_stays(signed, path, there):
    with pytest.raises(Unfit) as error:
        fetch(signed, Line(there), path)

    assert error.value.text == trust.UNSIGNED
    assert not path.exists() or path.stat().st_size <= len(LIBRARY)
    fetch(signed, Line(), path)
    assert path.read_bytes() == LIBRARY


def test_what_is_not_there_will_not_be_there_the_next_time(signed, path):
    class Nothing(Line):
        def rest(self, url, begin):
            raise DownloadHTTPError("not there", 404)

    with pytest.raises(Unfit):
        fetch(signed, Nothing(), path)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_full_disk_is_said(signed):
    with pytest.raises(UserError, match="the disk is full") as error:
        fetch(signed, Line(), Path("/dev/full"))

    assert not isinstance(error.value, UpdateFailed)


def test_a_stick_that_is_pulled_out_is_no_full_disk(tmp_path, signed, path, monkeypatch):
    there = tmp_path / signed.name
    there.write_bytes(LIBRARY)
    stick = Signed(str(tmp_path), signed.file)
    pieces = FolderSource().rest(stick.url, 0)
    there.unlink()

    with pytest.raises(DownloadError):
        next(pieces)
