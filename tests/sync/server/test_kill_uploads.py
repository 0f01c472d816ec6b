"""kill -9 of the real server while a photo arrives: what was answered is there, and no more goes."""

import os
import threading
from contextlib import suppress
from hashlib import sha256
from random import Random
from time import perf_counter

import pytest

from sync.client.line import Line, open_http
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.parts import PART
from tests.parts import send
from tests.processes import serving
from tests.servers import regional

SEED = 20261124
KILLS = 60 if os.environ.get("DALA_SOAK") else 6
PHOTO = Random(SEED).randbytes(12 * PART + 500)
SUM = sha256(PHOTO).hexdigest()

TOO_SURE = """
from sync.server import parts
class Memory(parts.PartFolder):  # it answers, and writes nothing yet
    held_back = {}
    def offset(self, name): return len(self.held_back.get(name, b""))
    def append(self, name, device, offset, content):
        self.held_back[name] = self.held_back.get(name, b"") + content
        if len(content) < parts.PART: super().append(name, device, 0, self.held_back.pop(name))
parts.PartFolder.offset, parts.PartFolder.append = Memory.offset, Memory.append
parts.PartFolder.held_back = {}
"""


class Deadly(Line):
    """Kills the server at some moment of the n-th part; counts the bytes of parts."""

    def __init__(self, process, number, delay):
        super().__init__()
        self.process, self.left, self.delay, self.sent = process, number, delay, 0

    def send(self, request, *rest, **more):
        if request.method == "PATCH":
            self.sent += int(request.headers.get("Content-Length") or 0)
            self.left -= 1
            if not self.left:
                threading.Thread(target=self.kill).start()
        return super().send(request, *rest, **more)

    def kill(self):
        moment = perf_counter() + self.delay
        while perf_counter() < moment:
            pass
        self.process.kill()


def lives(folder, mutant=""):
    """Send one photo through a server that is killed again and again → (losses, bytes sent)."""
    with regional(f"sqlite:///{folder / 'server.db'}", folder) as server:
        token = server.laptop("a").transport._token
    chance, lost, sent, answered = Random(SEED), [], 0, 0
    for life in range(KILLS + 1):
        with serving(folder, mutant) as (process, url), open_http() as http:
            line = HttpTransport(http, url, token)
            kept = line.blob_offsets([SUM]).get(SUM, len(PHOTO))
            if kept < answered:
                lost.append(f"seed {SEED}, life {life}: {answered} answered, {kept} kept")
            number = chance.randrange(1, 4) if life < KILLS else -1
            deadly = Deadly(process, number, chance.uniform(0, 0.006))
            http.mount("http://", deadly)
            answered = max(kept, send_on(line))
            sent += deadly.sent
    with serving(folder) as (_, url), open_http() as http:
        if HttpTransport(http, url, token).lacking_blobs([SUM]):
            lost.append("the photo never arrived")
    return lost, sent


def send_on(line):
    """Send until the server dies → how many bytes it has answered for."""
    answered, put = 0, line.put_part

    def noted(name, offset, content, *, last):
        nonlocal answered
        reached = put(name, offset, content, last=last)
        answered = len(PHOTO) if reached is None else reached
        return reached

    line.put_part = noted
    with suppress(Offline):
        send(line, PHOTO)
    return answered


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_answered_survives_kills_and_at_most_a_part_a_kill_goes_again(tmp_path):
    lost, sent = lives(tmp_path)

    assert lost == []
    assert sent <= len(PHOTO) + KILLS * PART
    stored = tmp_path / "blobs" / SUM[:2] / SUM
    assert stored.read_bytes() == PHOTO


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_server_that_answers_before_it_has_written_is_caught(tmp_path):
    lost, _ = lives(tmp_path, TOO_SURE)

    assert any("kept" in one for one in lost)
