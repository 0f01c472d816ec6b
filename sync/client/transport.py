"""The server over HTTP. Its failures leave here as our own errors."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TypeVar
from uuid import UUID, uuid4

import msgspec
import requests
from urllib3.exceptions import HTTPError

from sync.answers import Answer
from sync.carry import Delivered, Introduction
from sync.change import PROTOCOL, SyncReply, SyncRequest, encode
from sync.client.failures import AWAY, detail, elsewhere, problem, worded
from sync.client.line import Body
from sync.client.tokens import TokenKeeper
from sync.decoding import decode
from sync.enrolment import SIGN_IN_AGAIN, Enrolled, EnrolRequest, SignInRequest, Tokens, Wiped
from sync.errors import Offline, Refused, SignInAgain
from sync.language import spoken
from sync.late import Late, Verdict
from sync.packing import SMALL, pack, unpack
from sync.parts import COMPLETE, NO, OFFSET, PART, PARTIAL, YES, given_range, number
from sync.reports import Box, MoreSeals, SealedLetter
from sync.sealing import PublicKeys

LARGEST = 64 * 2**20  # bytes of one answer, unpacked: more is not our server
TAKEN = 2**14  # bytes of an answer that are waited for at once

T = TypeVar("T")


class HttpTransport:
    """One laptop's line to its server. `token` may be empty before enrolment.

    With a `keeper` a token that is no longer taken is renewed once, and the same request goes again.
    """

    def __init__(
        self,
        http: requests.Session,
        url: str,
        token: str = "",
        keeper: TokenKeeper | None = None,
    ) -> None:
        self._http, self._url, self._token = http, url.rstrip("/"), token
        self._keeper = keeper
        self._looked = keeper is None  # for a token from before there were terms
        self.sent_bytes = self.taken_bytes = 0  # of bodies, as they went over the line
        self.wipe = False  # whether the server said last that this laptop's work is to be deleted
        self.watch: Callable[[], None] = _nothing  # told with each piece; to stop it raises

    def exchange(self, request: SyncRequest) -> SyncReply:
        """Send changes, take answers and news."""
        self._put_under_term()
        reply = _decode(self._call("POST", "/v1/sync", encode(request)), SyncReply)
        self.wipe = reply.wipe
        return reply

    def enrol(self, code: str, password: str, device: str, *, renews: bool = False) -> Enrolled:
        """Bind this laptop to an account by a one-time code. `renews`: its tokens will be kept."""
        body = EnrolRequest(code=code, password=password, device=device, renews=renews)
        return _decode(self._call("POST", "/v1/enrol", msgspec.json.encode(body)), Enrolled)

    def sign_in(self, person: str, password: str) -> Enrolled:
        """A new token for this laptop, whose old one is no longer taken. Refused if it was closed."""
        renews = self._keeper is not None
        body = SignInRequest(person=person, password=password, token=self._token, renews=renews)
        return _decode(self._call("POST", "/v1/token", msgspec.json.encode(body)), Enrolled)

    def rename(self) -> Tokens:
        """Another name for this laptop, whose own is used by another one too: its new tokens.

        They are used from `use_token` on, when they are written down.
        """
        enrolled = _decode(self._call("POST", "/v1/device"), Enrolled)
        return Tokens(enrolled.token, enrolled.refresh)

    def introduce(self, keys: PublicKeys) -> Introduction:
        """Tell the server this laptop's public keys, and learn the server's."""
        return _decode(self._call("POST", "/v1/key", msgspec.json.encode(keys)), Introduction)

    def deliver(self, parcel: bytes) -> Delivered:
        """Hand over a part of a letter that a laptop, perhaps another one, wrote."""
        more = {"Content-Type": "application/octet-stream"}
        status, _, answer = self._ask("POST", "/v1/carry", parcel, more, packed=False)
        if status >= 400:
            raise problem(status, answer)
        return _decode(answer, Delivered)

    def tell_wiped(self, left: int) -> None:
        """This laptop has deleted its work, and so many edits that nobody had taken."""
        self._call("POST", "/v1/wiped", msgspec.json.encode(Wiped(left)))

    def use_token(self, token: str) -> None:
        """Sign further requests with this token."""
        self._token = token

    def lacking_blobs(self, hashes: list[str]) -> list[str]:
        """Those of the SHA-256 sums (hex) that the server does not have yet."""
        answer = self._call("POST", "/v1/blobs/lacking", msgspec.json.encode(hashes))
        return _decode(answer, list[str])

    def blob_offsets(self, hashes: list[str]) -> dict[str, int]:
        """How many bytes of each file the server has; those it has whole are left out."""
        answer = self._call("POST", "/v1/blobs/offsets", msgspec.json.encode(hashes))
        return _decode(answer, dict[str, int])

    def put_part(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int | None:
        """Send the next part of a file → from where to go on, or None once the server has it all.

        It is another offset than the expected one where another laptop was quicker, and 0 where
        the parts together were not the file: then the server has dropped them.
        """
        more = {"Content-Type": PARTIAL, OFFSET: str(offset), COMPLETE: YES if last else NO}
        path = f"/v1/blobs/{sha256}/upload"
        status, headers, answer = self._ask("PATCH", path, content, more, packed=False)
        reached = number(headers.get(OFFSET))
        if status not in (204, 409, 422) or reached is None:
            raise problem(status, answer)
        return None if headers.get(COMPLETE) == YES else reached

    def get_part(self, sha256: str, offset: int) -> tuple[bytes, int]:
        """Take the next part of a file → (its bytes, the size of the whole). To be checked."""
        more = {"Range": f"bytes={offset}-{offset + PART - 1}"}
        status, headers, answer = self._ask("GET", f"/v1/blobs/{sha256}", b"", more)
        if status >= 400:
            raise problem(status, answer)
        given = given_range(headers.get("Content-Range")) or (0, len(answer))
        if status != 206 and given[0] == 0:  # something on the way took the range off
            return answer[offset:], len(answer)
        if given[0] != offset:
            raise Offline(AWAY)
        return answer, given[1]

    def thumbnails(self, originals: list[str]) -> dict[str, bytes]:
        """Small pictures of these originals by their own sums, as many as the server gives."""
        answer = self._call("POST", "/v1/blobs/thumbnails", msgspec.json.encode(originals))
        return _decode(answer, dict[str, bytes])

    def late_edits(self) -> list[Late]:
        """Edits that wait for this person's decision: their people had left the district."""
        return _decode(self._call("GET", "/v1/late"), list[Late])

    def decide_late(self, change: UUID, *, take: bool) -> None:
        """Take such an edit into its record, or drop it. Refused where the record does not take it."""
        self._call("POST", f"/v1/late/{change}", msgspec.json.encode(Verdict(take)))

    def send_answers(self, answers: list[Answer]) -> None:
        """Send anonymous answers, already shuffled. Sending again is harmless."""
        self._call("POST", "/v1/answers", msgspec.json.encode(answers))

    def take_answers(self, wave: UUID, known: int) -> list[Answer]:
        """All answers of a wave that this person may rate by, or none if `known` of them is all."""
        answer = self._call("GET", f"/v1/answers/{wave}?known={known}")
        return _decode(answer, list[Answer])

    def hand_in(self, letter: SealedLetter) -> None:
        """Send one sealed letter. Sending again is harmless."""
        self._call("POST", "/v1/reports", msgspec.json.encode(letter))

    def open_box(self, box: bytes) -> list[SealedLetter]:
        """All letters in the box of this address."""
        answer = self._call("POST", "/v1/reports/box", msgspec.json.encode(Box(box)))
        return _decode(answer, list[SealedLetter])

    def letters_there(self) -> dict[UUID, int]:
        """{letter: how many seals it has}, of all. Refused to all but integrity officers."""
        return _decode(self._call("GET", "/v1/reports"), dict[UUID, int])

    def take_letters(self, ids: list[UUID]) -> list[SealedLetter]:
        """Some of them, by officers: no more than MOST_TAKEN, and fewer where they are large."""
        answer = self._call("POST", "/v1/reports/take", msgspec.json.encode(ids))
        return _decode(answer, list[SealedLetter])

    def add_seals(self, more: MoreSeals) -> None:
        """Let further readers open a letter."""
        self._call("POST", "/v1/reports/seals", msgspec.json.encode(more))

    def _call(self, method: str, path: str, body: bytes = b"") -> bytes:
        status, _, content = self._ask(method, path, body, {})
        if status >= 400:
            raise problem(status, content)
        return content

    def _ask(
        self, method: str, path: str, body: bytes, more: dict[str, str], *, packed: bool = True
    ) -> tuple[int, Mapping[str, str], bytes]:
        """(status, headers, content) of what was answered by the server, and by nobody else."""
        shown = self._token
        answer = self._ask_once(method, path, body, more, packed=packed)
        if self._keeper is None or answer[0] != 401:
            return answer
        try:
            self._renew(self._keeper, shown)
        except Refused:  # a server from before there were terms
            return answer
        return self._ask_once(method, path, body, more, packed=packed)

    def _put_under_term(self) -> None:
        """Exchange a token that never runs out, once; a server from before does not know how."""
        if self._keeper is not None and not self._looked:
            self._looked = True
            if not self._keeper.held().refresh:
                with suppress(Refused):
                    self._renew(self._keeper, self._token)

    def _renew(self, keeper: TokenKeeper, shown: str) -> None:
        """Go on with another token than the one that has run out. Raises SignInAgain."""
        with keeper.lock:
            if (held := keeper.held().token) == shown:  # nobody else was quicker
                request = keeper.prepare()
                status, _, content = self._ask_once(
                    "POST", "/v1/renew", msgspec.json.encode(request), {}
                )
                if status == 401:
                    if keeper.held().token == shown:  # else the password was typed meanwhile
                        raise SignInAgain(detail(content) or SIGN_IN_AGAIN)  # the server says why
                elif status >= 400:
                    raise problem(status, content)
                else:
                    keeper.settle(request)
                held = keeper.held().token
            self._token = held

    def _ask_once(
        self, method: str, path: str, body: bytes, more: dict[str, str], *, packed: bool = True
    ) -> tuple[int, Mapping[str, str], bytes]:
        nonce = uuid4().hex[:8]  # against mistakes; against attacks there is TLS
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "zstd",
            "Accept-Language": spoken(),
            "Dala-Protocol": str(PROTOCOL),
            "Dala-Nonce": nonce,
            **more,
        }
        if packed and len(body) > SMALL:
            body = pack(body)
            headers["Content-Encoding"] = "zstd"
        answer = self._send(method, path, body, headers)
        if answer.headers.get("Dala-Nonce") != nonce or "Dala-Protocol" not in answer.headers:
            answer.close()
            raise elsewhere(answer.status_code)
        return answer.status_code, answer.headers, self._read(answer)

    def _send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> requests.Response:
        try:
            return self._http.request(
                method,
                self._url + path,
                data=Body(body, self._count_sent) if body else None,
                headers=headers,
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise worded(error) from error

    def _read(self, answer: requests.Response) -> bytes:
        try:  # the raw bytes, so that the limit on what they unpack to is ours
            content = b"".join(self._pieces(answer))
            expected = answer.headers.get("Content-Length")
            if expected is not None and int(expected) != len(content):
                raise ValueError("cut short")
            if answer.headers.get("Content-Encoding") == "zstd":
                content = unpack(content, LARGEST)
        except (HTTPError, OSError, ValueError) as error:
            raise Offline(AWAY) from error
        finally:
            answer.close()
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


def _nothing() -> None:
    """Nobody watches."""


def _decode(content: bytes, shape: type[T]) -> T:
    try:
        return decode(content, shape)
    except ValueError as error:  # half a reply, or a proxy's page in its place
        raise Offline(AWAY) from error
