"""Where a repository of updates is read. Nothing is believed here: `trust` checks each byte.

A folder is read as an address is, so a stick carries what a server serves.
"""

from abc import abstractmethod
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
from sync.wish import heed

PIECE = 2**18  # bytes read at once
SLOWEST = 500.0  # bytes a second, as sync.client.line waits for
GRACE = 60.0  # seconds before the speed of a file counts
SLOW = mark(
    "The updates come too slowly, so no more of them was waited for. Nothing was installed, and "
    "the program goes on as it is. Try again, or take the update from a stick."
)


class Source(FetcherInterface):
    """A place whose files are read from their beginning, or on from where a reading was cut."""

    @abstractmethod
    def rest(self, url: str, begin: int) -> Iterator[bytes]:
        """The bytes of the file from `begin` on, in pieces; some may be empty.

        Raises DownloadHTTPError where there is no such file, DownloadError where it is cut.
        """

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self.rest(url, 0)


class FolderSource(Source):
    """A repository in a folder."""

    def rest(self, url: str, begin: int) -> Iterator[bytes]:
        if not Path(url).is_file():
            raise DownloadHTTPError("not there", HTTPStatus.NOT_FOUND)
        return self._pieces(Path(url), begin)

    def _pieces(self, path: Path, begin: int) -> Iterator[bytes]:
        """Opened for each piece: who has read enough goes without a word."""
        while True:
            try:
                with path.open("rb") as file:
                    file.seek(begin)
                    piece = file.read(PIECE)
            except OSError as error:  # the stick was pulled out
                raise DownloadError(str(error)) from error
            if not piece:
                return
            begin += len(piece)
            yield piece


class LineSource(Source):
    """A repository at an address, read by the session of this laptop. No redirect is followed.

    Who serves it need know nothing of parts: then the beginning comes once more, and is passed over.

    `clock` tells seconds. A file that comes slower than SLOWEST is given up: each piece of it
    may come in time, and the whole never.
    """

    def __init__(self, http: requests.Session, clock: Callable[[], float] = monotonic) -> None:
        self._http, self._clock = http, clock

    def rest(self, url: str, begin: int) -> Iterator[bytes]:
        headers = {"Accept-Encoding": "identity"}  # what is counted is what was signed
        if begin:
            headers["Range"] = f"bytes={begin}-"
        answer = self._ask(url, headers)
        pieces = self._in_time(_pieces_of(answer.raw.read1, answer.close))
        if answer.status_code == HTTPStatus.OK:
            return _without(begin, pieces)
        said = answer.headers.get("Content-Range", "")
        if answer.status_code == HTTPStatus.PARTIAL_CONTENT and said.startswith(f"bytes {begin}-"):
            return pieces
        answer.close()
        if answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return iter(())  # the file there has no more
        raise DownloadHTTPError(answer.reason or "", answer.status_code)

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        try:
            return self._http.get(url, headers=headers, stream=True, allow_redirects=False)
        except requests.RequestException as error:
            raise DownloadError(str(error)) from error

    def _in_time(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        began, had = self._clock(), 0
        for piece in pieces:
            had += len(piece)
            spent = self._clock() - began
            if spent > GRACE and had < spent * SLOWEST:
                raise UpdateFailed(SLOW)
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


def _without(begin: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What comes after so many bytes. Something is given for each piece, so that who waits for
    the rest may stop meanwhile."""
    for piece in pieces:
        yield piece[begin:]
        begin = max(0, begin - len(piece))


def _pieces_of(read: Callable[[int], bytes], close: Callable[[], object]) -> Iterator[bytes]:
    try:
        while piece := read(PIECE):
            yield piece
    except (OSError, HTTPError) as error:
        heed()
        raise DownloadError(str(error)) from error
    finally:
        close()
    heed()  # what seems to be its end may be a wish
