"""The server over HTTP. Its failures leave here as our own errors."""

from contextlib import suppress
from typing import TypeVar
from uuid import UUID

import msgspec
import requests

from sync.answers import ROOM, Answer
from sync.audit import AuditPage
from sync.carry import Delivered, Introduction
from sync.change import Change, SyncReply, SyncRequest, closing, encode, opening
from sync.client.asking import Asking, Call, Heard, Mutual
from sync.client.failures import AWAY, detail, problem
from sync.client.tokens import TokenKeeper
from sync.counts import Counts
from sync.decoding import decode
from sync.enrolment import SIGN_IN_AGAIN, Enrolled, EnrolRequest, SignInRequest, Tokens, Wiped
from sync.errors import Offline, Refused, SignInAgain
from sync.late import Late, Verdict
from sync.packing import Begun
from sync.parts import COMPLETE, NO, OFFSET, PART, PARTIAL, YES, given_range, number
from sync.quality import Ask, Card, Row, Told, written
from sync.reports import Box, GivenBack, MoreSeals, SealedLetter, Shelf
from sync.sealing import Keys

SYNC = "/v1/sync"
KEY = "/v1/key"
UNKNOWN_KEYS = 428

T = TypeVar("T")


class HttpTransport(Asking):
    """One laptop's line to its server. `token` may be empty before enrolment.

    With a `keeper` a token that is no longer taken is renewed once, and the same request goes again.
    With `mutual` keys each request is proven, and of the answers only those are taken that are.
    """

    def __init__(
        self,
        http: requests.Session,
        url: str,
        token: str = "",
        keeper: TokenKeeper | None = None,
        mutual: Mutual | None = None,
    ) -> None:
        super().__init__(http, url, token, mutual)
        self._keeper = keeper
        self._looked = keeper is None  # for a token from before there were terms
        self._expected: tuple[list[Change], Begun] | None = None
        self.wipe = False  # whether the server said last that this laptop's work is to be deleted

    def exchange(self, request: SyncRequest) -> SyncReply:
        """Send changes, take answers and news."""
        self._put_under_term()
        reply = _decode(self._answered(self._as_call(request)), SyncReply)
        self.wipe = reply.wipe
        return reply

    def expect(self, changes: list[Change]) -> None:
        """These are to be sent next, this very list: packed now, perhaps while another thread waits
        for an answer. Where something else is sent after all, nothing is lost but the packing."""
        self._expected = (changes, Begun(opening(changes))) if changes else None

    def _as_call(self, request: SyncRequest) -> Call:
        expected, self._expected = self._expected, None
        if expected is None or expected[0] is not request.changes:
            return Call("POST", SYNC, encode(request))
        body, packed = expected[1].ended(closing(request)), {"Content-Encoding": "zstd"}
        return Call("POST", SYNC, body, packed, packed=False)

    def enrol(self, code: str, password: str, device: str, *, renews: bool = False) -> Enrolled:
        """Bind this laptop to an account by a one-time code. `renews`: its tokens will be kept."""
        body = EnrolRequest(code=code, password=password, device=device, renews=renews)
        said = msgspec.json.encode(body)
        return _decode(self._call("POST", "/v1/enrol", said, proven=False), Enrolled)

    def sign_in(self, person: str, password: str) -> Enrolled:
        """A new token for this laptop, whose old one is no longer taken. Refused if it was closed."""
        renews = self._keeper is not None
        body = SignInRequest(person=person, password=password, token=self._token, renews=renews)
        said = msgspec.json.encode(body)
        return _decode(self._call("POST", "/v1/token", said, proven=False), Enrolled)

    def rename(self) -> Tokens:
        """Another name for this laptop, whose own is used by another one too: its new tokens.

        They are used from `use_token` on, when they are written down.
        """
        enrolled = _decode(self._call("POST", "/v1/device"), Enrolled)
        return Tokens(enrolled.token, enrolled.refresh)

    def introduce(self, keys: Keys) -> Introduction:
        """Tell the server this laptop's public keys, and learn the server's.

        From then on, where the server knows how, each end proves to the other what it says.
        """
        told = _decode(self._call("POST", KEY, msgspec.json.encode(keys.public)), Introduction)
        self._mutual = Mutual(keys, told.keys) if told.proves else None
        return told

    def deliver(self, parcel: bytes) -> Delivered:
        """Hand over a part of a letter that a laptop, perhaps another one, wrote."""
        more = {"Content-Type": "application/octet-stream"}
        answer = self._ask(Call("POST", "/v1/carry", parcel, more, packed=False))
        if answer.status >= 400:
            raise problem(answer.status, answer.content)
        return _decode(answer.content, Delivered)

    def tell_wiped(self, left: int) -> None:
        """This laptop has deleted its work, and so many edits that nobody had taken."""
        self._call("POST", "/v1/wiped", msgspec.json.encode(Wiped(left)))

    def use_token(self, token: str) -> None:
        """Show this token with further requests. They are proven again after an introduction."""
        self._token, self._mutual = token, None

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
        status, headers, answer = self._ask(Call("PATCH", path, content, more, packed=False))
        reached = number(headers.get(OFFSET))
        if status not in (204, 409, 422) or reached is None:
            raise problem(status, answer)
        return None if headers.get(COMPLETE) == YES else reached

    def get_part(self, sha256: str, offset: int) -> tuple[bytes, int]:
        """Take the next part of a file → (its bytes, the size of the whole). To be checked."""
        more = {"Range": f"bytes={offset}-{offset + PART - 1}"}
        path = f"/v1/blobs/{sha256}"
        status, headers, answer = self._ask(Call("GET", path, more=more, proven=False))
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

    def audit(self, after: int, known: int) -> AuditPage:
        """Who looked: rows beyond one number, and what stands at another. See sync.audit."""
        answer = self._call("GET", f"/v1/audit?after={after}&known={known}")
        return _decode(answer, AuditPage)

    def send_answers(self, answers: list[Answer]) -> None:
        """Send anonymous answers, already shuffled. Sending again is harmless.

        Who sees the line sees that some were sent, not how many.
        """
        body = msgspec.json.encode(answers)
        answer = self._ask(Call("POST", "/v1/answers", body, room=ROOM))
        if answer.status >= 400:
            raise problem(answer.status, answer.content)

    def take_answers(self, wave: UUID, known: int) -> list[Answer]:
        """All answers of a wave that this person may rate by, or none if `known` of them is all."""
        answer = self._call("GET", f"/v1/answers/{wave}?known={known}")
        return _decode(answer, list[Answer])

    def take_counts(self, wave: UUID) -> list[Counts]:
        """What is left of a wave whose answers are past their term, for each district."""
        return _decode(self._call("GET", f"/v1/answers/{wave}/counts"), list[Counts])

    def tell_signs(self, told: Told) -> None:
        """What was counted of a wave's interviews, always of one length. Again is harmless."""
        call = Call("POST", "/v1/answers/signs", written(told), packed=False)
        answer = self._ask(call)
        if answer.status >= 400:
            raise problem(answer.status, answer.content)

    def take_signs(self, wave: UUID, known: int) -> list[Row]:
        """What laptops told of a wave, by who checks, or none if `known` rows of it are all."""
        answer = self._call("GET", f"/v1/answers/{wave}/signs?known={known}")
        return _decode(answer, list[Row])

    def ask_card(self, ask: Ask) -> Card:
        """Who one of them is, sealed, by an officer. The audit has it and the reason."""
        return _decode(self._call("POST", "/v1/answers/card", msgspec.json.encode(ask)), Card)

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

    def shelf(self) -> Shelf:
        """The same, with the years in which they came, and the first one that is still kept."""
        return _decode(self._call("GET", "/v1/reports/shelf"), Shelf)

    def give_back(self, given: GivenBack) -> None:
        """A letter that a restored server lost, by an officer. Sending again is harmless."""
        self._call("POST", "/v1/reports/back", msgspec.json.encode(given))

    def take_letters(self, ids: list[UUID]) -> list[SealedLetter]:
        """Some of them, by officers: no more than MOST_TAKEN, and fewer where they are large."""
        answer = self._call("POST", "/v1/reports/take", msgspec.json.encode(ids))
        return _decode(answer, list[SealedLetter])

    def add_seals(self, more: MoreSeals) -> None:
        """Let further readers open a letter."""
        self._call("POST", "/v1/reports/seals", msgspec.json.encode(more))

    def _call(self, method: str, path: str, body: bytes = b"", *, proven: bool = True) -> bytes:
        return self._answered(Call(method, path, body, proven=proven))

    def _answered(self, call: Call) -> bytes:
        answer = self._ask(call)
        if answer.status >= 400:
            raise problem(answer.status, answer.content)
        return answer.content

    def _ask(self, call: Call) -> Heard:
        """Where a token has run out or keys are unknown, once more after that was mended."""
        shown = self._token
        answer = self._ask_once(call)
        if self._keeper is not None and answer.status == 401:
            try:
                self._renew(self._keeper, shown)
            except Refused:  # a server from before there were terms
                return answer
            answer = self._ask_once(call)
        if self._mutual and answer.status == UNKNOWN_KEYS and call.path != KEY:
            self.introduce(self._mutual.own)  # the server was restored to a time before
            answer = self._ask_once(call)
        return answer

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
                    Call("POST", "/v1/renew", msgspec.json.encode(request), proven=False)
                )
                if status == 401:
                    held = keeper.held().token
                    if held == shown:  # else the password was typed meanwhile
                        raise SignInAgain(detail(content) or SIGN_IN_AGAIN)  # the server says why
                elif status >= 400:
                    raise problem(status, content)
                else:
                    held = keeper.settle(request)
            self._token = held


def _decode(content: bytes, shape: type[T]) -> T:
    try:
        return decode(content, shape)
    except ValueError as error:  # half a reply, or a proxy's page in its place
        raise Offline(AWAY) from error
