"""Where a repository of updates is read. Nothing is believed here: `trust` checks each byte.

A folder is read as an address is, so a stick carries what a server serves.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import requests
from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface
from urllib3.exceptions import HTTPError

from desktop.updates import UpdateFailed
from sync.errors import UserError
from sync.language import mark

PIECE = 2**18  # bytes read at once
SLOWEST = 500.0  # bytes a second, as sync.client.line waits for
GRACE = 60.0  # seconds before the speed of a file counts
SLOW = mark(
    "The updates come too slowly, so no more of them was waited for. Nothing was installed, and "
    "the program goes on as it is. Try again, or take the update from a stick."
)


class FolderSource(FetcherInterface):
    """A repository in a folder."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        if not Path(url).is_file():
            raise DownloadHTTPError("not there", HTTPStatus.NOT_FOUND)
        return self._pieces(Path(url))

    def _pieces(self, path: Path) -> Iterator[bytes]:
        """Opened for each piece: who has read enough goes without a word."""
        begin = 0
        while True:
            with path.open("rb") as file:
                file.seek(begin)
                piece = file.read(PIECE)
            if not piece:
                return
            begin += len(piece)
            yield piece


class LineSource(FetcherInterface):
    """A repository at an address, read by the session of this laptop. No redirect is followed.

    `clock` tells seconds. A file that comes slower than SLOWEST is given up: each piece of it
    may come in time, and the whole never.
    """

    def __init__(self, http: requests.Session, clock: Callable[[], float] = monotonic) -> None:
        self._http, self._clock = http, clock

    def _fetch(self, url: str) -> Iterator[bytes]:
        plain = {"Accept-Encoding": "identity"}  # what is counted is what was signed
        answer = self._http.get(url, headers=plain, stream=True, allow_redirects=False)
        if answer.status_code != HTTPStatus.OK:
            answer.close()
            raise DownloadHTTPError(answer.reason or "", answer.status_code)
        return self._in_time(_pieces_of(answer.raw.read1, answer.close))

    def _in_time(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        began, had = self._clock(), 0
        for piece in pieces:
            had += len(piece)
            spent = self._clock() - began
            if spent > GRACE and had < spent * SLOWEST:
                raise UpdateFailed(SLOW)
            yield piece


class Heard(FetcherInterface):
    """A source that tells how many bytes came, all files together. `hear` may raise Stopped."""

    def __init__(self, source: FetcherInterface, hear: Callable[[int], None]) -> None:
        self._source, self._hear, self._had = source, hear, 0

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self._told(self._source.fetch(url))

    def _told(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._had += len(piece)
            self._hear(self._had)
            yield piece


def require_address(address: str) -> str:
    """The address of a repository as it is kept; "" is none. Raises UserError for another word."""
    address = address.strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UserError(
            mark("The address of the updates is not right. Write it as https://example.kz/dala.")
        )
    return address


def _pieces_of(read: Callable[[int], bytes], close: Callable[[], object]) -> Iterator[bytes]:
    try:
        while piece := read(PIECE):
            yield piece
    except (OSError, HTTPError) as error:
        raise DownloadError(str(error)) from error
    finally:
        close()
