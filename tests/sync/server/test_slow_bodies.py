"""A body may be as slow as a telephone line, but must go on coming."""

from types import SimpleNamespace

import anyio
import pytest

from sync.server import deps
from sync.server.problems import Problem


def body_of(*pieces, pause=0.0, for_ever=False):
    """A request whose pieces come with a pause before all but the first of them."""

    async def stream():
        for number, piece in enumerate(pieces):
            if number:
                await anyio.sleep_until(anyio.current_time() + pause)
            yield piece
        if for_ever:
            await anyio.sleep_forever()

    size = sum(map(len, pieces))
    return SimpleNamespace(headers={"content-length": str(size)}, stream=stream)


def read(request):
    taken = bytearray()
    anyio.run(deps.read_body, request, 10_000, taken.extend)
    return bytes(taken)


@pytest.fixture(autouse=True)
def short_patience(monkeypatch):
    monkeypatch.setattr(deps, "PATIENCE", 0.02)


def test_what_has_come_buys_the_time_for_what_is_to_come(monkeypatch):
    monkeypatch.setattr(deps, "SLOWEST", 10.0)  # bytes a second

    assert read(body_of(b"x" * 100, b"y", pause=0.04)) == b"x" * 100 + b"y"


def test_a_body_that_is_slower_than_any_line_is_given_up():
    with pytest.raises(Problem) as told:
        read(body_of(b"x", b"y", pause=0.04))
    assert told.value.status == 408


def test_a_body_that_stops_coming_is_given_up():
    with pytest.raises(Problem) as told:
        read(body_of(b"x", for_ever=True))
    assert told.value.status == 408


def test_256_kb_may_take_as_long_as_a_telephone_line_takes():
    assert 2**18 / deps.SLOWEST > 500
