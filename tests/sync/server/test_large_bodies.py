"""Bodies of any size, said beforehand or not: what is too large is refused, and takes no memory."""

import http.client
import sys
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

import pytest
import zstandard

from sync.server.deps import MOST
from tests.processes import serving
from tests.servers import regional

MB = 2**20
SIZES = (1, 1_000, MB, MOST - 1, MOST + 1, 12 * MB, 100 * MB)  # bytes
GROWTH = 50 * MB  # bytes that all of it may cost the process, as docs/security.md has it
PIECE = bytes(2**16)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


@contextmanager
def running(folder):
    """A real server → (its process id, its address, a token)."""
    with regional(f"sqlite:///{folder / 'server.db'}", folder) as server:
        token = server.laptop("a").transport._token
    with serving(folder) as (process, address):
        yield process.pid, urlsplit(address), token


def memory(pid, what="VmHWM"):
    """The most that the process ever held, or what it holds now (VmRSS), in bytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:  # noqa: PTH123
        (line,) = (one for one in file if one.startswith(what))
    return int(line.split()[1]) * 1024


def forget_the_most(pid):
    """What it held at its start, to check passwords, does not count: proc(5), clear_refs."""
    with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as file:  # noqa: PTH123
        file.write("5")


def post(url, token, body, *, said, encoding=""):
    """The status; None where the server hung up while there was more to say."""
    headers = {"Authorization": f"Bearer {token}", "Dala-Protocol": "1", "Dala-Nonce": "5ea1" * 8}
    if encoding:
        headers["Content-Encoding"] = encoding
    with closing(http.client.HTTPConnection(url.hostname, url.port, timeout=60)) as line:
        if said is not None:
            headers["Content-Length"] = str(said)
        with suppress(BrokenPipeError, ConnectionResetError):
            line.request("POST", "/v1/sync", body, headers, encode_chunked=said is None)
        with suppress(ConnectionResetError, BrokenPipeError, http.client.BadStatusLine):
            return line.getresponse().status
    return None


def zeros(size):
    for at in range(0, size, len(PIECE)):
        yield PIECE[: size - at]


def test_no_body_costs_the_server_more_memory_than_a_page_of_edits(tmp_path):
    with running(tmp_path) as (pid, url, token):
        fair = b'{"cursors":{},"changes":[]}'
        assert post(url, token, fair, said=len(fair)) == 200
        forget_the_most(pid)
        before = memory(pid, "VmRSS")
        for size in SIZES:
            for said in (size, None):
                status = post(url, token, zeros(size), said=said)
                assert status in ((413, None) if size > MOST else (422,)), size
        bomb = zstandard.compress(bytes(200 * MB))
        assert post(url, token, bomb, said=len(bomb), encoding="zstd") == 413
        grown = memory(pid) - before
        print(f"{grown / MB:.0f} MB")  # noqa: T201  # for docs/security.md

        assert post(url, token, fair, said=len(fair)) == 200
    assert grown < GROWTH, f"{grown / MB:.0f} MB"
