"""How long others wait while two hundred lines bring their bodies a byte at a time."""

import select
import socket
import statistics
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from sync.change import SyncRequest
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from tests.bench.processes import listening
from tests.bench.ratios import Figure, in_turns
from tests.servers import regional

FLOOR = "the same exchanges while nobody else speaks"
LINES = 200
EXCHANGES = 60  # of one run: the wait is what one in twenty of them exceeds
RUNS = 9
PAUSE = 0.5  # seconds between two bytes of one line
HEAD = (
    "POST /v1/sync HTTP/1.1\r\nHost: dala\r\nAuthorization: Bearer {token}\r\nDala-Protocol: 1\r\n"
    "Dala-Nonce: 5ea15ea15ea15ea15ea15ea15ea15ea1\r\nContent-Length: 200000\r\n\r\n"
)


def measure(runs: int | None = None, lines: int | None = None) -> Iterator[Figure]:
    """The wait of a quiet exchange with a real server, by the slowest one in twenty."""
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        home = Path(temporary)
        with regional(f"sqlite:///{home / 'server.db'}", home) as server:
            tokens = [server.laptop(login).transport._token for login in ("ours", "slow")]
        with (
            listening("sync.server", home=home, DALA_DATA=str(home), DALA_PORT="0") as url,
            open_http() as http,
        ):
            line = HttpTransport(http, url, tokens[0])

            kept = []

            def beside() -> float:
                with slow_lines(url, tokens[1], lines or LINES) as made:
                    waited = _wait(line)
                    answered, _, _ = select.select(made, [], [], 0)
                    kept.append(len(made) - len(answered))
                    return waited

            floors, owns = in_turns(lambda: _wait(line), beside, runs or RUNS)
            facts = {
                "slow lines at the end": float(min(kept)),
                "exchanges of a run": float(EXCHANGES),
            }
            yield Figure("slow lines", FLOOR, floors, owns, facts)


def _wait(line: HttpTransport) -> float:
    asked, waits = SyncRequest(cursors={}, changes=[]), []
    for _ in range(EXCHANGES):
        began = perf_counter()
        line.exchange(asked)
        waits.append(perf_counter() - began)
    return statistics.quantiles(waits, n=20)[-1]


@contextmanager
def slow_lines(url: str, token: str, count: int) -> Iterator[list[socket.socket]]:
    """So many, each in the middle of a body, as long as the block lasts."""
    place, done = urlsplit(url), threading.Event()
    with ExitStack() as lines:
        made = []
        for _ in range(count):
            one = lines.enter_context(socket.create_connection((place.hostname, place.port)))
            one.sendall(HEAD.format(token=token).encode())
            made.append(one)

        def drip() -> None:
            while not done.wait(PAUSE):
                for one in made:
                    one.sendall(b" ")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield made
        finally:
            done.set()
            dripping.join()
