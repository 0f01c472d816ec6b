"""Servers that go silent: for what must not wait for them.

with Silent(says=b"HTTP/1.1 200 OK\r\n") as server:  # takes a request, says so much, and no more
    ...  # ask server.url
    server.silent.wait(20)
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from threading import Event, Thread
from typing import Self

import pytest

from sync.errors import Stopped
from sync.wish import Wish, heeded
from tests.certificates import Files

SOON = 10  # seconds within which a thing has ended at once, on a busy computer too
# halves of answers
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"
ENDLESS = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf"
HELD = 2**14  # bytes of a body that are taken though nobody reads them


class _Listening:
    """Serves each connection on a thread, until the block ends."""

    scheme = "http"

    def __init__(self) -> None:
        self.silent = Event()  # somebody waits for what will not come
        self.connections = 0
        self._threads: list[Thread] = []
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        self._listener = self._ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, HELD)  # of those taken, too
        self.place = self._listener.getsockname()
        self.url = f"{self.scheme}://127.0.0.1:{self.place[1]}"
        self._threads.append(Thread(target=self._accept, name="silent"))
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._ends.close()
        for one in self._threads:
            one.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                self.connections += 1
                self._ends.callback(_shut, line)
                self._begin(self._serve, line)

    def _begin(self, serve: Callable[..., None], *lines: socket.socket) -> None:
        one = Thread(target=_quietly, args=(serve, *lines), name="silent line")
        self._threads.append(one)
        one.start()

    def _serve(self, line: socket.socket) -> None:
        raise NotImplementedError


class Silent(_Listening):
    """Takes a request, says `says`, and then nothing. With `files` it speaks TLS.

    With `deaf` it takes nothing of what comes, and says nothing at all, be it the greeting of TLS.
    """

    def __init__(
        self, says: bytes = b"", files: Files | None = None, *, deaf: bool = False
    ) -> None:
        super().__init__()
        self._says, self._files, self._deaf = says, files, deaf
        self.scheme = "https" if files else "http"

    def _serve(self, line: socket.socket) -> None:
        if self._deaf:
            line.recv(1, socket.MSG_PEEK)
            self.silent.set()
            return
        if self._files:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._files.certificate, self._files.key)
            line = context.wrap_socket(line, server_side=True)
            self._ends.callback(_shut, line)
        if _take_request(line):
            line.sendall(self._says)
            self.silent.set()
        else:
            _shut(line)


class Withholding(_Listening):
    """A way to a server, which takes requests to it and keeps its answers from the first request on
    that has `after` in its head; b"" for none of them."""

    def __init__(self, server: str, after: bytes) -> None:
        super().__init__()
        host, _, port = server.rpartition("/")[2].partition(":")
        self._server, self.after = (host, int(port)), after
        self._kept: set[socket.socket] = set()

    def _serve(self, line: socket.socket) -> None:
        onward = socket.create_connection(self._server)
        self._ends.callback(_shut, onward)
        self._begin(self._up, line, onward)
        while piece := onward.recv(2**14):
            if onward in self._kept:
                self.silent.set()
            else:
                line.sendall(piece)

    def _up(self, line: socket.socket, onward: socket.socket) -> None:
        while piece := line.recv(2**14):
            if self.after and self.after in piece:
                self._kept.add(onward)
            onward.sendall(piece)
        onward.shutdown(socket.SHUT_RDWR)


@contextmanager
def swallowing() -> Iterator[str]:
    """An address at which no connection comes about, and nothing is refused."""
    with socket.socket() as listener, ExitStack() as full:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        while True:
            one = full.enter_context(socket.socket())
            one.settimeout(0.1)
            try:
                one.connect(listener.getsockname())
            except TimeoutError:  # the queue is full: from now on all is swallowed
                break
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def stopping(work: Callable[[], object]) -> Iterator[None]:
    """The block runs while this is done on another thread; then it is stopped, and has to end."""
    wish = Wish()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(heeded, wish, work)
        yield
        wish.make()
        with pytest.raises(Stopped):
            coming.result(SOON)


def _take_request(line: socket.socket) -> bool:
    """Whether a whole one came."""
    said = b""
    while b"\r\n\r\n" not in said:
        piece = line.recv(4_096)
        if not piece:
            return False
        said += piece
    head, _, body = said.partition(b"\r\n\r\n")
    lengths = [row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    left = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while left > 0 and (piece := line.recv(4_096)):
        left -= len(piece)
    return left <= 0


def _quietly(serve: Callable[..., None], *lines: socket.socket) -> None:
    with suppress(OSError):
        serve(*lines)


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
