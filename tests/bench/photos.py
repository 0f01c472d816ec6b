"""Photos over a real socket to the real server: `python -m tests.bench.photos`; JSON on stdout.

40 files of 400 KB up and down, whole and cut at half; then 87 photos of a camera's size, to see
when their small pictures are there.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

import requests
from PIL import Image
from sqlalchemy.orm import Session, sessionmaker

from desktop.photos import PhotoFolder
from desktop.store import create_store
from sync.change import Change, SyncRequest
from sync.client.line import Line, open_http
from sync.client.photos import exchange_photos
from sync.client.rows import write
from sync.client.tables import Blob
from sync.client.transport import HttpTransport
from sync.errors import Offline
from tests.bench.laptops import PEOPLE, enrol
from tests.bench.material import KEY
from tests.bench.processes import listening
from tests.servers import SOZAQ

FILES, SIZE = 40, 400_000
PHOTOS = 87


class CountingAdapter(Line):
    """Counts requests and bytes of parts; loses the whole part that goes beyond `cut_after`."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = self.parts = 0
        self.cut_after = 0

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.requests += 1
        if request.method == "PATCH":
            self.parts += len(request.body)
            if 0 < self.cut_after < self.parts:
                self.cut_after = 0
                raise requests.ConnectionError("cut")
        return super().send(request, *args, **kwargs)


class Side:
    """One laptop at its line."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.store: sessionmaker[Session] = create_store(folder / "dala.db", KEY, folder)
        self.photos = PhotoFolder(folder / "photos", KEY)
        self.adapter = CountingAdapter()
        http = open_http()
        http.mount("http://", self.adapter)
        self.line = HttpTransport(http, url, token)

    def exchange(self) -> dict[str, Any]:
        """Until nothing is left to do; what that took."""
        adapter, line = self.adapter, self.line
        adapter.requests = adapter.parts = 0
        down, began = line.taken_bytes, perf_counter()
        try:
            done = exchange_photos(self.store, line, self.photos)
        except Offline:
            done = exchange_photos(self.store, line, self.photos)
        return {
            "seconds": round(perf_counter() - began, 2),
            "requests": adapter.requests,
            "parts_bytes_up": adapter.parts,
            "bytes_down": line.taken_bytes - down,
            "photos": done.sent + done.taken,
            "small": done.small_sent + done.small_taken,
        }


def attach(side: Side, contents: list[bytes], name: str) -> list[Change]:
    """Attach files to an issue, and send the records; the changes."""
    issue, changes = uuid4(), []
    changes.append(Change(kind="issue", record=issue, district=SOZAQ, fields={"essence": "Су"}))
    for content in contents:
        photo = side.photos.add(content, name)
        sizes = {photo.sha256: photo.size}
        fields = {"sha256": photo.sha256, "name": name, "media_type": "x", "size": photo.size}
        if photo.thumbnail:
            fields["thumbnail"] = photo.thumbnail
            sizes[photo.thumbnail] = photo.thumbnail_size
        part = {"kind": "attachment", "parent": issue, "district": SOZAQ}
        changes.append(Change(record=uuid4(), fields=fields, **part))
        with side.store.begin() as session:
            for sum, size in sizes.items():
                session.add(Blob(sha256=sum, size=size, here=True, there=False))
    with side.store.begin() as session:
        write(session, changes)
    side.line.exchange(SyncRequest(cursors={}, changes=changes))
    return changes


def camera(chance: Random) -> bytes:
    """A photo with enough in it to be as large as real ones are."""
    image = Image.frombytes("RGB", (320, 240), chance.randbytes(320 * 240 * 3))
    out = BytesIO()
    image.resize((1600, 1200), Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


@contextmanager
def sides(folder: Path) -> Iterator[list[Side]]:
    """The server's process and two laptops."""
    database = f"sqlite:///{folder}/server.db"
    tokens = enrol(database, folder)
    told = {"DALA_DATABASE": database, "DALA_DATA": str(folder), "DALA_PORT": "0"}
    with listening("sync.server", home=folder, **told) as url:
        made = []
        for name in PEOPLE:
            (folder / name).mkdir()
            made.append(Side(folder / name, url, tokens[name]))
        yield made


def main() -> None:
    """Print all figures."""
    chance, found = Random(20261124), {}
    for label, cut in (("whole", 0), ("cut", FILES * SIZE // 2 + 100_000)):
        with TemporaryDirectory() as name, sides(Path(name)) as (sender, taker):
            files = [b"%PDF-" + chance.randbytes(SIZE - 5) for _ in range(FILES)]
            changes = attach(sender, files, "file.pdf")
            sender.adapter.cut_after = cut
            found[f"up, {label}"] = sender.exchange()
            found[f"up, {label}"]["again"] = sender.adapter.parts - FILES * SIZE
            with taker.store.begin() as session:
                write(session, changes)
            found[f"down, {label}"] = taker.exchange()
            assert all(taker.photos.has(sha256(one).hexdigest()) for one in files)
    with TemporaryDirectory() as name, sides(Path(name)) as (sender, taker):
        changes = attach(sender, [camera(chance) for _ in range(PHOTOS)], "photo.jpg")
        found["photos up"] = sender.exchange()
        with taker.store.begin() as session:
            write(session, changes)
        began = perf_counter()
        small = exchange_photos(taker.store, taker.line, taker.photos, most_taken=0)
        found["small pictures down"] = {
            "seconds": round(perf_counter() - began, 2),
            "requests": taker.adapter.requests,
            "bytes_down": taker.line.taken_bytes,
            "small": small.small_taken,
        }
        found["photos down"] = taker.exchange()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
