"""zstd for bodies in both directions, with a limit on what comes out."""

import struct
from io import BytesIO

import zstandard

SMALL = 300  # bytes under which packing gains nothing
LEVEL = 3
END = 4_096  # bytes that are left for the end of what was begun
WINDOW = 2**23  # bytes that unpacking may hold besides; RFC 8878, 3.1.1.1.2: no frame needs more
FILLING = struct.Struct("<II")  # a frame that every reader skips: its sign, and how long it is
SKIPPED = 0x184D2A50  # RFC 8878, 3.1.2
SHORT, THOROUGH = 4_096, 19  # bytes up to which the best level costs no time that is felt


class TooLong(ValueError):
    """The body unpacks to more than was allowed."""


def pack(body: bytes) -> bytes:
    """Compress one body."""
    return zstandard.compress(body, LEVEL if len(body) > SHORT else THOROUGH)


class Begun:
    """JSON that is packed before its end is known: while the answer to the last is on its way.

    A frame says first how long it is, so that nobody need unpack more: blanks fill the end, which
    JSON may have.
    """

    def __init__(self, start: bytes) -> None:
        self._start = start
        self._stream = zstandard.ZstdCompressor(LEVEL).compressobj(len(start) + END)
        self._packed: bytes = self._stream.compress(start)

    def ended(self, end: bytes) -> bytes:
        """The whole, packed; to be asked for once."""
        if len(end) > END:
            return pack(self._start + end)
        last: bytes = self._stream.compress(end.ljust(END))
        return self._packed + last + self._stream.flush()


def fill(packed: bytes, room: int) -> bytes:
    """With as many bytes that mean nothing as make it a multiple of `room` long, so that its length
    tells little. `unpack` takes it as it was; so does that of programs from before there was filling."""
    lacking = -(len(packed) + FILLING.size) % room
    return packed + FILLING.pack(SKIPPED, lacking) + bytes(lacking)


def unpack(packed: bytes, most: int) -> bytes:
    """Decompress one body of at most `most` bytes.

    Raises TooLong where it is longer, ValueError where it is no zstd at all, wants more memory
    than such a body needs, or is cut, which can be seen if it says its size: ours do, a proxy's
    need not.
    """
    try:
        expected = zstandard.frame_content_size(packed)  # -1: it does not say
        # no more than is needed: all of it is filled with zeros first
        room = min(most, expected) if expected >= 0 else most
        with zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(
            BytesIO(packed)
        ) as reader:
            body: bytes = reader.read(room + 1)
    except zstandard.ZstdError as error:
        raise ValueError("not zstd") from error
    if len(body) > most:
        raise TooLong(f"unpacks to more than {most} bytes")
    if expected >= 0 and expected != len(body):
        raise ValueError("cut short")
    return body
