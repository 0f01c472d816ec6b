"""A bad line: a TCP proxy in this process that delays, throttles, loses and cuts.

with BadLine(server_url, Weather(rtt=0.3, rate=512_000)) as line:
    ...  # speak to line.url
    line.up, line.down, line.connections

What it does to a stream depends on nothing but the seed and the bytes: a stream is taken as
segments of 1,448 bytes, and chance decides segment by segment which of them were lost at first
and came late. Loss is what a lost segment is to a program: a pause, after which all comes.
Making a connection costs one round trip, as it does where no proxy stands in between.
The way a connection starts slowly (its congestion window) is not played.
"""

import asyncio
import socket
import struct
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from threading import Thread
from typing import Any, Self
from urllib.parse import urlsplit

SEGMENT = 1_448  # bytes
HELD = 2**14  # bytes that the line takes before it lets the sender wait
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: a close is a reset, as when a line breaks


@dataclass(frozen=True)
class Weather:
    """What the line is like."""

    rtt: float = 0.0  # seconds there and back
    rate: float = 0.0  # bits a second each way; 0: no limit
    loss: float = 0.0  # the part of all segments that comes only after a pause
    pause: float = 0.2  # seconds that a lost segment takes beyond a round trip
    cut_up: int | None = None  # the line breaks after so many bytes to the server
    cut_down: int | None = None  # or from it
    cuts: int = 1  # how often


@dataclass
class _Way:
    """One direction of all connections: they share the line."""

    cut: int | None
    bytes: int = 0
    free: float = 0.0  # when the line can take the next segment
    due: float = 0.0
    begun: int = 0  # segments, counted by their bytes: how TCP cut them does not matter
    chance: Random = field(default_factory=Random)

    def lost(self, share: float) -> bool:
        """Whether one of the segments begun since the last call was lost at first."""
        now = -(-self.bytes // SEGMENT)
        drawn = [self.chance.random() < share for _ in range(self.begun, now)]
        self.begun = max(self.begun, now)
        return any(drawn)


class BadLine:
    """The line to one server, open as long as the block lasts."""

    def __init__(self, server: str, weather: Weather | None = None, seed: int = 0) -> None:
        address = urlsplit(server)
        assert address.hostname
        assert address.port
        self._server = (address.hostname, address.port)
        self._scheme = address.scheme
        self.weather = weather or Weather()
        self._up = _Way(self.weather.cut_up, chance=Random(f"{seed} up"))
        self._down = _Way(self.weather.cut_down, chance=Random(f"{seed} down"))
        self.connections = self.cuts = 0
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="bad line")
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def up(self) -> int:
        """Bytes that went to the server since the last `forget`."""
        return self._up.bytes

    @property
    def down(self) -> int:
        """Bytes that came from it."""
        return self._down.bytes

    def forget(self) -> None:
        """Count from nothing again."""
        self.connections = 0
        for way in (self._up, self._down):
            way.bytes = way.begun = 0

    def __enter__(self) -> Self:
        self._thread.start()
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, HELD)  # of those accepted too
        self._listener = self._do(asyncio.start_server(self._accept, sock=listener, limit=HELD))
        self.url = f"{self._scheme}://127.0.0.1:{listener.getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _stop(self) -> None:
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for _ in range(3):  # so that closed ends are told so
            await asyncio.sleep(0)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        made = self._loop.time() + self.weather.rtt  # its first byte leaves when it is made
        ends = [writer]
        try:
            back, there = await asyncio.open_connection(*self._server, limit=HELD)
            ends.append(there)
            up = self._carry(reader, there, self._up, made)
            down = self._carry(back, writer, self._down, made)
            failed = await _both(up, down)
            if any(isinstance(one, _Cut) and one.way is self._up for one in failed):
                _reset(writer)  # the sender's end; the other one still gets what is on its way
                await _run_dry(back)
            elif any(isinstance(one, _Cut) for one in failed):
                _reset(there)
                await _run_dry(reader)
            elif failed:
                _reset(*ends)
        except OSError:
            _reset(*ends)
        except asyncio.CancelledError:  # the block is left
            for end in ends:
                end.transport.abort()
        finally:
            for end in ends:
                end.close()

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: _Way, made: float
    ) -> None:
        """One direction of one connection, until its sender has ended or the line breaks."""
        carried: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        room = asyncio.Semaphore(self._room())
        deliver = self._loop.create_task(self._deliver(carried, room, sink))
        try:
            while piece := await source.read(SEGMENT):
                broken = self._breaks(way, len(piece))
                piece = piece[: len(piece) if broken is None else broken]
                way.bytes += len(piece)
                await room.acquire()
                carried.put_nowait((self._due(way, len(piece), made), piece))
                if broken is not None:
                    carried.put_nowait((0.0, b""))
                    await deliver  # what went before the break still arrives
                    sink.write_eof()
                    self.cuts += 1
                    raise _Cut(way)
            carried.put_nowait((0.0, b""))
            await deliver
            sink.write_eof()
        finally:
            deliver.cancel()

    async def _deliver(
        self,
        carried: "asyncio.Queue[tuple[float, bytes]]",
        room: asyncio.Semaphore,
        sink: asyncio.StreamWriter,
    ) -> None:
        while True:
            due, piece = await carried.get()
            if not piece and not due:
                return
            if (wait := due - self._loop.time()) > 0:
                await asyncio.sleep(wait)
            sink.write(piece)
            await sink.drain()
            room.release()

    def _breaks(self, way: _Way, size: int) -> int | None:
        """How many of these bytes still go before the line breaks; None: all of them."""
        if way.cut is None or self.cuts >= self.weather.cuts or way.bytes + size <= way.cut:
            return None
        return max(0, way.cut - way.bytes)

    def _due(self, way: _Way, size: int, made: float) -> float:
        """When a segment that is sent now arrives."""
        weather = self.weather
        starts = max(self._loop.time(), way.free, made)
        way.free = starts + (size * 8 / weather.rate if weather.rate else 0)
        late = weather.rtt + weather.pause if way.lost(weather.loss) else 0
        way.due = max(way.due, way.free + weather.rtt / 2 + late)  # the order is kept
        return way.due

    def _room(self) -> int:
        """Segments on their way at once: what the line holds, and a little that waits."""
        weather = self.weather
        held = weather.rate / 8 * (weather.rtt + weather.pause) if weather.rate else 2**20
        return max(4, int(held + HELD) // SEGMENT)


class _Cut(Exception):
    """The line breaks here."""

    def __init__(self, way: _Way) -> None:
        super().__init__()
        self.way = way


async def _both(*ways: Coroutine[Any, Any, None]) -> list[BaseException]:
    """Carry both ways until both have ended or one has failed; how they failed."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    return [one for one in ended if isinstance(one, OSError | _Cut)]


def _reset(*ends: asyncio.StreamWriter) -> None:
    for end in ends:
        with suppress(OSError):  # closed already
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


async def _run_dry(end: asyncio.StreamReader) -> None:
    """Let the other end finish: closed with something unread, it would lose what it was sent."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(2):
            while await end.read(HELD):
                pass
