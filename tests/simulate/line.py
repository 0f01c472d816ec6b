"""The line between a laptop's own transport and the server's own code, and what befalls it."""

import json
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import msgspec
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from sync.change import PROTOCOL
from sync.errors import Refused, UserError
from sync.packing import SMALL, pack, unpack
from sync.server.proofs import Asked, Proven
from tests.servers import body_of
from tests.simulate.memory import Died

LARGEST = 64 * 2**20
ELSEWHERE: dict[str, tuple[int, dict[str, str], bytes]] = {
    "portal": (200, {"Content-Type": "text/html"}, b"<html>Room number?</html>"),
    "redirect": (302, {"Location": "http://portal.example/"}, b""),
}
# what was asked, its body unpacked → body, what proves it; raises what went wrong
Answer = Callable[[Asked, bytes], tuple[bytes, Proven | None]]
Late = tuple[str, Callable[[], object]]  # a request's path, and its arrival

FAULTS = (
    "drop before",  # the request is lost
    "drop after",  # the reply is lost
    "twice",  # the request arrives two times
    "late",  # a copy of the request arrives again, after others
    "cut",  # the reply breaks off
    "server error",  # 500
    "portal",  # a hotel's page answers
    "redirect",  # or sends elsewhere
    "stranger",  # an answer that was another request's comes back
)


class Line(BaseAdapter):
    """What the transport's session is mounted on. `fault` befalls the next request."""

    def __init__(self, answer: Answer, chance: Random, late: list[Late]) -> None:
        super().__init__()
        self._answer, self._chance, self._late = answer, chance, late
        self.fault, self.sound = "", 0  # after so many sound requests
        self.afterwards: dict[str, Callable[[], object]] = {}  # done before an answer comes
        self.meanwhile: Callable[[], object] | None = None  # done while the network is waited for
        self.then = ""  # the fault of the request after that
        self._last: requests.Response | None = None
        self.others: dict[str, tuple[dict[str, str], bytes]] = {}  # what a proxy remembers
        self.note: Callable[[bytes], object] = lambda _: None  # is told all that is said

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        fault = self._fault()
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
            self.fault = self.then
        path = str(request.path_url)
        self.note(f"{fault} {path} {request.headers.get('Dala-Nonce')} ".encode() + _body(request))
        if fault == "drop before":
            raise requests.ConnectionError("no route")
        if fault in ELSEWHERE:
            return _reply(request, *ELSEWHERE[fault])
        if fault == "stranger" and path in self.others:
            return _reply(request, 200, *self.others[path])
        status, said, proven = self._serve(_asked(request), _body(request), fault)
        self.note(f"{status} ".encode() + said)
        if afterwards := self.afterwards.pop(path, None):
            afterwards()
        if fault == "drop after":
            raise requests.ReadTimeout("no answer")
        said, told = _wrapped(request, status, said, proven)
        if status < 300:
            self.others[path] = (dict(told), said)
        if fault == "cut":
            said = said[: self._chance.randrange(len(said) + 1)]
        return _reply(request, status, told, said)

    def _fault(self) -> str:
        if self.fault and self.sound:
            self.sound -= 1
            return ""
        fault, self.fault = self.fault, ""
        return fault

    def _serve(self, asked: Asked, body: bytes, fault: str) -> tuple[int, bytes, Proven | None]:
        if fault == "late":
            self._late.append((asked.target, lambda: self._ask(asked, body)))
        answer = self._ask(asked, body)
        if fault == "twice":
            answer = self._ask(asked, body)
        return (500, b'{"detail": "?"}', None) if fault == "server error" else answer

    def _ask(self, asked: Asked, body: bytes) -> tuple[int, bytes, Proven | None]:
        try:
            said, proven = self._answer(asked, body)
        except Died:
            raise requests.ConnectionError("the server died") from None
        except UserError as error:  # as the routes tell it
            status = getattr(error, "status", 403 if isinstance(error, Refused) else 400)
            return status, json.dumps({"detail": error.words("en")}).encode(), None
        except (msgspec.DecodeError, ArithmeticError) as error:
            return 422, json.dumps({"detail": str(error)}).encode(), None
        except OSError as error:
            return 500, json.dumps({"detail": str(error)}).encode(), None
        return 200 if said else 204, said, proven

    def close(self) -> None:
        """There is nothing to close."""


def _body(request: requests.PreparedRequest) -> bytes:
    body = body_of(request)
    packed = request.headers.get("Content-Encoding") == "zstd"
    return unpack(body, LARGEST) if packed else body


def _asked(request: requests.PreparedRequest) -> Asked:
    headers = {name: str(value) for name, value in request.headers.items()}
    return Asked(str(request.method), request.path_url, headers, body_of(request))


def _wrapped(
    request: requests.PreparedRequest, status: int, said: bytes, proven: Proven | None
) -> tuple[bytes, dict[str, str]]:
    """(body, headers) as they leave the server."""
    told = {
        "Dala-Nonce": str(request.headers.get("Dala-Nonce")).partition(".")[0],
        "Dala-Protocol": str(PROTOCOL),
        "Content-Type": "application/json",
    }
    if len(said) > SMALL:
        said, told["Content-Encoding"] = pack(said), "zstd"
    told["Content-Length"] = str(len(said))
    if proven:
        told["Dala-Nonce"] = proven.reply(status, told, said)
    return said, told


def _reply(
    request: requests.PreparedRequest, status: int, headers: dict[str, str], body: bytes
) -> requests.Response:
    reply = requests.Response()
    reply.status_code, reply.url, reply.request = status, request.url or "", request
    reply.headers = CaseInsensitiveDict(headers)
    reply.raw = HTTPResponse(BytesIO(body), headers=headers, status=status, preload_content=False)
    return reply
