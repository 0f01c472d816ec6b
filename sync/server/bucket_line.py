"""One question to a store that speaks S3, with limits on its time and on all that it answers.

The library signs what is asked. It does not ask: what a store answers, an error above all, it
reads to the end, however long that is (3 GB in 20 s, measured with version 0.12).
"""

import socket
import ssl
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from threading import Timer
from typing import NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """The status, how many bytes the store says it has, and those that were asked for."""

    status: int
    length: int | None
    content: bytes


def ask(
    method: str,
    url: str,
    seconds: float,
    *,
    span: tuple[int, int] | None = None,
    body: Path | None = None,
) -> Answer:
    """Ask once, at a signed address; with `span`, for the bytes [start, stop) of the file.

    Of the answer no byte more than these is read; with another status than 206, none at all.
    Raises OSError, HTTPException where it is none, or has not ended in so many seconds.
    """
    address = urlsplit(url)
    headers = {"Connection": "close"}
    if span:
        headers["Range"] = f"bytes={span[0]}-{span[1] - 1}"
    with closing(_connection(url, seconds)) as connection:
        connection.connect()
        line: socket.socket = connection.sock
        cut = Timer(seconds, _cut, [line])  # a byte now and then would go on for ever
        cut.daemon = True
        cut.start()
        try:
            target = f"{address.path}?{address.query}"
            if body is None:
                connection.request(method, target, headers=headers)
            else:
                headers["Content-Length"] = str(body.stat().st_size)
                with body.open("rb") as file:
                    connection.request(method, target, file, headers)
            with closing(connection.getresponse()) as reply:
                wanted = span[1] - span[0] if span and reply.status == 206 else 0
                said = reply.headers.get("Content-Length", "")
                length = int(said) if said.isdecimal() and len(said) < 20 else None
                return Answer(reply.status, length, reply.read(wanted) if wanted else b"")
        finally:
            cut.cancel()


def _connection(url: str, seconds: float) -> HTTPConnection:
    address = urlsplit(url)
    if address.scheme == "http":
        return HTTPConnection(address.hostname or "", address.port, timeout=seconds)
    context = ssl.create_default_context()
    return HTTPSConnection(address.hostname or "", address.port, timeout=seconds, context=context)


def _cut(line: socket.socket) -> None:
    """Whoever reads from it hears its end."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
