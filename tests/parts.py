"""Files that go over a line in parts, and lines that break in all the ways that lines do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter

from sync.client.photos import _send_parts
from sync.client.transport import HttpTransport
from sync.parts import PART
from tests.servers import AppAdapter


def send(transport: HttpTransport, content: bytes) -> str:
    """Send a file as the exchange does it; its sum. Raises what the exchange would raise."""
    name = sha256(content).hexdigest()
    start = transport.blob_offsets([name]).get(name)
    if start is not None:
        _send_parts(transport, name, content, start)
    return name


def take(transport: HttpTransport, name: str) -> bytes:
    """Take a whole file, part by part."""
    content = b""
    while True:
        part, size = transport.get_part(name, len(content))
        content += part
        if len(content) >= size:
            return content


@dataclass
class Traffic:
    """What went over a line: bodies of parts that the server had read in full or half."""

    up: int = 0
    down: int = 0
    requests: int = 0
    cuts: int = 0
    refused: int = 0  # parts that did not belong where they were sent


@dataclass
class FaultyLine(BaseAdapter):
    """Carries requests to `app()`; each may meet a fault of `faults`, the next one first.

    "" none · "before" nothing arrives · "half" half the body arrives · "after" the answer is lost
    · "short" half of the answer arrives · "twice" it arrives twice, as from a proxy that retries.
    """

    app: Callable[[], Any]
    faults: Iterable[str] = ()
    traffic: Traffic = field(default_factory=Traffic)

    def __post_init__(self) -> None:
        super().__init__()
        self._faults = iter(self.faults)

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """One request. Only those about files meet faults."""
        about_files = "/v1/blobs" in (request.url or "")
        fault = next(self._faults, "") if about_files else ""
        self.traffic.requests += about_files
        size = int(request.headers.get("Content-Length") or 0) if request.method == "PATCH" else 0
        if fault and fault != "twice":
            self.traffic.cuts += 1
        if fault == "before":
            raise requests.ConnectionError("cut")
        self.traffic.up += size // 2 if fault == "half" else size
        app = Half(self.app()) if fault == "half" else self.app()
        reply = AppAdapter(app).send(request)
        if fault == "twice":
            reply = AppAdapter(app).send(request)
        self.traffic.refused += reply.status_code in (409, 422)
        if fault in ("half", "after"):
            raise requests.ConnectionError("cut")
        body = reply.raw.read()
        given = body[: len(body) // 2] if fault == "short" else body
        self.traffic.down += len(given)
        reply.raw = type(reply.raw)(BytesIO(given), headers=reply.headers, preload_content=False)
        return reply

    def close(self) -> None:
        """There is nothing to close."""


class Half:
    """An application that hears half of what is said, and then that the line is gone."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        length = next(
            (int(value) for name, value in scope["headers"] if name == b"content-length"), 0
        )
        left = length // 2

        async def hear() -> Any:
            nonlocal left
            if left <= 0:
                return {"type": "http.disconnect"}
            message = await receive()
            body = message.get("body", b"")[:left]
            left -= len(body)
            return {**message, "body": body, "more_body": True}

        await self._app(scope, hear, send)


def parts_of(content: bytes) -> int:
    """How many parts a file makes."""
    return max(1, -(-len(content) // PART))
