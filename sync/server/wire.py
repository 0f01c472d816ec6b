"""What every request and reply has in common: nonce, protocol, packing, one line in the log."""

import logging
import re
from collections.abc import MutableMapping
from time import perf_counter
from typing import Any

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.change import PROTOCOL
from sync.language import tr
from sync.packing import SMALL, pack
from sync.server.mistakes import told
from sync.server.problems import BUG, language_of, problem

NONCE = re.compile(r"[0-9A-Za-z-]{1,64}")
UNLOGGED = ("/v1/answers", "/healthz", "/readyz")  # anonymous, or only noise
log = logging.getLogger("dala.server")


class Wire:
    """Wraps the whole application, so that also an error carries what a laptop knows us by."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, started = Headers(scope=scope), perf_counter()
        reply = _Reply(send, headers, scope["method"], scope.setdefault("state", {}))
        try:
            await self._app(scope, receive, reply.send)
        except Exception as error:  # the last door: a bug must not show itself
            log.error("%s", told(error))
            if reply.status:  # too late to say anything else
                raise
            words = tr(BUG, language_of(headers.get("accept-language")))
            await problem(500, words)(scope, receive, reply.send)
        if not scope["path"].startswith(UNLOGGED):
            took = (perf_counter() - started) * 1000
            path = scope["path"] if reply.status < 400 else _known(scope["path"])
            log.info("%s %s %d %.0f ms", scope["method"], path, reply.status, took)


class _Reply:
    """Sends a reply on with our headers. JSON is held back until it is whole, to be packed.

    What answers a proven request is proven too, but for files: those have their sums.
    """

    def __init__(
        self, send: Send, asked: Headers, method: str, state: MutableMapping[str, Any]
    ) -> None:
        self._send, self._asked, self._method, self._state = send, asked, method, state
        self._start: Message | None = None
        self._held: list[bytes] = []
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Dala-Protocol"] = str(PROTOCOL)
            if self._method != "POST":  # an answer to that is not kept by anybody
                headers["Cache-Control"] = "no-store"
            nonce = self._asked.get("dala-nonce", "").partition(".")[0]
            if NONCE.fullmatch(nonce):
                headers["Dala-Nonce"] = nonce
            self.status = message["status"]
            json = headers.get("content-type", "").endswith("json")
            if not json:  # a file: no browser may take it for something that it could run
                headers["X-Content-Type-Options"] = "nosniff"
            elif "zstd" in self._asked.get("accept-encoding", ""):
                self._start = message
                return
            if message["status"] == 204:
                self._prove(message, b"")
        elif self._start:
            self._held.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._held))
            return
        await self._send(message)

    async def _finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(scope=start)
        if len(body) > SMALL:
            body = await run_sync(pack, body)
            headers["Content-Encoding"] = "zstd"
            headers["Content-Length"] = str(len(body))
        self._prove(start, body)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})

    def _prove(self, start: Message, body: bytes) -> None:
        """The proof stands where the nonce did, which it covers."""
        if proven := self._state.get("proven"):
            headers = MutableHeaders(scope=start)
            headers["Dala-Nonce"] = proven.reply(start["status"], headers, body)


def _known(path: str) -> str:
    """A refused path was perhaps written by a stranger: only its harmless beginning is logged."""
    return re.sub(r"[^0-9A-Za-z/._-]", "?", path[:100])
