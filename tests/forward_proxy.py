"""A forward proxy of a test, as an office has one: CONNECT, and whole addresses for plain http.

It leads every host to `server`, and with a password it lets nobody through who does not say it.
"""

import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

REFUSAL = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Proxy:
    """Where it listens, and the first line of each request that came."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def forward_proxy(server: tuple[str, int], password: str = "") -> Iterator[Proxy]:
    """A proxy as long as the block lasts. `password` is "name:secret"; "" lets everybody in."""
    threads: list[Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Proxy(f"http://127.0.0.1:{listener.getsockname()[1]}")

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    one = Thread(target=_serve, args=(client, server, password, proxy))
                    one.start()
                    threads.append(one)

        first = Thread(target=accept, name="proxy")
        first.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for one in (first, *threads):
                one.join()


def _serve(client: socket.socket, server: tuple[str, int], password: str, proxy: Proxy) -> None:
    with client, suppress(OSError):
        client.settimeout(20)
        said = b""
        while b"\r\n\r\n" not in said:
            piece = client.recv(4_096)
            if not piece:
                return
            said += piece
        head, _, rest = said.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        proxy.asked.append(lines[0].decode())
        allowed = b"Proxy-Authorization: Basic " + b64encode(password.encode())
        if password and allowed not in lines:
            client.sendall(REFUSAL)
            return
        with socket.create_connection(server, timeout=20) as there:
            if lines[0].startswith(b"CONNECT "):
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                there.sendall(_as_the_server_hears_it(lines) + rest)
            back = Thread(target=_pump, args=(there, client))
            back.start()
            _pump(client, there)
            back.join()


def _as_the_server_hears_it(lines: list[bytes]) -> bytes:
    method, address, version = lines[0].split(b" ")
    path = b"/" + address.split(b"/", 3)[3]
    kept = [line for line in lines[1:] if not line.lower().startswith(b"proxy-")]
    return b"\r\n".join([b" ".join([method, path, version]), *kept, b"", b""])


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(2**16):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
