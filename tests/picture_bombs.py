"""Pictures of some kilobytes that would take gigabytes or minutes; and what a door lets them cost."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import process_time

from PIL import Image


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes(1_000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + rows + chunk(b"IEND", b"")


def jpeg(width: int, height: int, scans: int = 1) -> bytes:
    """A small picture that says it is large, or says its pixels over and over."""
    out = BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", progressive=scans > 1)
    raw = bytearray(out.getvalue())
    at = raw.index(b"\xff\xc2" if scans > 1 else b"\xff\xc0")
    raw[at + 5 : at + 9] = struct.pack(">HH", height, width)
    last = raw.rindex(b"\xff\xda")
    return bytes(raw[:-2]) + bytes(raw[last:-2]) * (scans - 1) + bytes(raw[-2:])


def webp(width: int, height: int) -> bytes:
    said = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", said) + bytes(100)
    body = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def moving_webp(width: int, height: int) -> bytes:
    """An animation that says how large its page is, and has no pictures yet."""
    page = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + page
    body += b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def moving_gif() -> bytes:
    out = BytesIO()
    frames = [Image.new("P", (64, 64), number) for number in range(200)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    raw = bytearray(out.getvalue())
    raw[6:10] = struct.pack("<HH", 65_000, 65_000)
    return bytes(raw)


def exif() -> bytes:
    """Hidden data that refers to itself five thousand times."""
    out = BytesIO()
    rows = b"".join(struct.pack("<HHII", 0x8769, 4, 1, 8) for _ in range(5_000))
    said = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 5_000) + rows
    Image.new("RGB", (64, 64)).save(out, "JPEG", exif=said)
    return out.getvalue()


PACKED = zlib.compress(bytes(60_000_000))
BOMBS = {
    "a PNG of 50,000 by 50,000": png(50_000, 50_000),
    "a PNG as large as can be said": png(2**31 - 1, 2**31 - 1),
    "a profile of 60 MB in a PNG": png(64, 64, chunk(b"iCCP", b"a\0\0" + PACKED)),
    "texts of 1 GB in a PNG": png(64, 64, *[chunk(b"zTXt", b"a\0\0" + PACKED)] * 20),
    "a PNG of endless pictures": png(64, 64, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    "a JPEG of 65,000 by 65,000": jpeg(65_000, 65_000),
    "a JPEG of 20,000 by 20,000 twice": jpeg(20_000, 20_000, 2),
    "a JPEG that is said 5,000 times": jpeg(6_000, 6_000, 5_000),
    "a JPEG that is said 90 times": jpeg(6_000, 6_000, 90),
    "a WebP of 16,384 by 16,384": webp(16_384, 16_384),
    "a WebP that moves": moving_webp(16_384, 16_384),
    "a WebP that moves far": moving_webp(2**24, 200),
    "a GIF of 65,000 by 65,000": moving_gif(),
    "hidden data in a ring": exif(),
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"/>',
    "an icon": b"\0\0\1\0\1\0\0\0\0\0\1\0\x20\0" + struct.pack("<II", 10**6, 22) + bytes(1_000),
    "a bitmap": b"BM" + struct.pack("<IIIIiiHH", 54, 0, 54, 40, 50_000, 50_000, 1, 24) + bytes(24),
    "a TIFF": b"II*\0\x08\0\0\0" + bytes(1_000),
}


@contextmanager
def bounded(seconds: float = 1.0, megabytes: int = 100) -> Iterator[None]:
    """What is done inside takes no more time, and no more memory at any moment (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, began = _memory("VmHWM"), process_time()
    yield
    took, more = process_time() - began, _memory("VmHWM") - before
    assert took < seconds, f"{took:.2f} s"
    assert more < megabytes * 1024, f"{more // 1024} MB"


def _memory(name: str) -> int:
    """KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
