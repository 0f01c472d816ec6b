"""One request to the server and its answer: headers, packing, limits, and the proof of both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import uuid4

import requests
from urllib3.exceptions import HTTPError

from sync.change import PROTOCOL
from sync.client.failures import AWAY, IMPOSTOR, elsewhere, worded
from sync.client.line import Body
from sync.errors import Offline
from sync.language import spoken
from sync.packing import SMALL, fill, pack, unpack
from sync.parts import OFFSET
from sync.proof import LineKey, line_key, same
from sync.sealing import Keys, PublicKeys
from sync.wish import heed

LARGEST = 64 * 2**20  # bytes of one answer, unpacked: more is not our server
TAKEN = 2**14  # bytes of an answer that are waited for at once


@dataclass(frozen=True)
class Mutual:
    """The laptop's keys and the server's: each end proves to the other what it says."""

    own: Keys
    server: PublicKeys

    @property
    def line(self) -> LineKey:
        """What the two share."""
        return line_key(self.own.seed, self.server.sealing)


@dataclass(frozen=True)
class Call:
    """What is asked. `more`: headers of its own. `proven` is False for an answer that the server
    cannot prove or need not: a token's giving, a file, which has its sum. With `room` the body is
    filled up to a multiple of so many bytes.
    """

    method: str
    path: str
    body: bytes = b""
    more: Mapping[str, str] = field(default_factory=dict)
    packed: bool = True
    proven: bool = True
    room: int = 0


class Heard(NamedTuple):
    """What was answered by the server, and by nobody else."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Asking:
    """One laptop's line to its server. `token` may be empty before enrolment.

    With `mutual` keys each request is proven, and of the answers only those are taken that are.
    """

    def __init__(
        self, http: requests.Session, url: str, token: str = "", mutual: Mutual | None = None
    ) -> None:
        self._http, self._url, self._token = http, url.rstrip("/"), token
        self._mutual = mutual
        self.sent_bytes = self.taken_bytes = 0  # of bodies, as they went over the line
        self.watch: Callable[[], None] = _nothing  # told with each piece; to stop it raises

    def _ask_once(self, call: Call) -> Heard:
        """One request. Raises sync.errors where nobody answers, or somebody else does; Stopped where
        somebody wished that it ends."""
        nonce = uuid4().hex[:8]
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept-Encoding": "zstd",
            "Accept-Language": spoken(),
            "Dala-Protocol": str(PROTOCOL),
            **call.more,
        }
        body = call.body
        if call.packed and (len(body) > SMALL or call.room):
            body = fill(pack(body), call.room) if call.room else pack(body)
            headers["Content-Encoding"] = "zstd"
        line = self._mutual.line if self._mutual else None
        proof = line.of_request(nonce, call.method, call.path, headers, body) if line else ""
        headers["Dala-Nonce"] = f"{nonce}.{proof}" if proof else nonce
        answer = self._send(call, body, headers)
        status, told = answer.status_code, answer.headers
        shown = told.get("Dala-Nonce", "")
        if not shown or (shown != nonce and not line) or "Dala-Protocol" not in told:
            answer.close()
            raise elsewhere(status)
        content = self._read(answer)
        due = shown != nonce or (call.proven and _means_something(status, told))
        if line and due and not same(shown, line.of_reply(proof, status, told, content)):
            raise Offline(IMPOSTOR)
        return Heard(status, told, _unpacked(told, content))

    def _send(self, call: Call, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        try:
            return self._http.request(
                call.method,
                self._url + call.path,
                data=Body(body, self._count_sent) if body else None,
                headers=headers,
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise worded(error) from error

    def _read(self, answer: requests.Response) -> bytes:
        try:  # the raw bytes: those are proven, and the limit on what they unpack to is ours
            content = b"".join(self._pieces(answer))
            expected = answer.headers.get("Content-Length")
            if expected is not None and int(expected) != len(content):
                raise ValueError("cut short")
        except (HTTPError, OSError, ValueError) as error:
            heed()
            raise Offline(AWAY) from error
        finally:
            answer.close()
        heed()  # one of unknown length seems whole where it was cut
        return content

    def _pieces(self, answer: requests.Response) -> Iterator[bytes]:
        """The answer as it comes; of one that is too large, a little too much."""
        length = 0
        while length <= LARGEST and (piece := answer.raw.read(TAKEN, decode_content=False)):
            length += len(piece)
            self.taken_bytes += len(piece)
            self.watch()
            yield piece

    def _count_sent(self, size: int) -> None:
        self.sent_bytes += size
        self.watch()


def _means_something(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the laptop would go by this answer: a mere refusal changes nothing."""
    return status < 400 or OFFSET in headers


def _unpacked(headers: Mapping[str, str], content: bytes) -> bytes:
    if headers.get("Content-Encoding") != "zstd":
        return content
    try:
        return unpack(content, LARGEST)
    except ValueError as error:
        raise Offline(AWAY) from error


def _nothing() -> None:
    """Nobody watches."""
