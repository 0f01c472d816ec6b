"""Pictures below the map, from a local MBTiles file: read only, whatever somebody has put into it.

The form is SQLite (MBTiles 1.3): `metadata` says what it is, `tiles` has the pictures, counted from the
south. Nothing is fetched: what the file lacks is not drawn.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from PIL import Image
from sqlalchemy import column, create_engine, func, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from desktop.maps.mercator import Box
from desktop.pictures import BROKEN
from sync.errors import UserError
from sync.language import mark

FORMS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
DEEPEST = 22  # zooms that a file may name
LARGEST_TILE, SIDE = 2**20, 1024  # bytes; px
LONGEST = 300  # letters of an attribution that are shown
STEPS = 20_000  # of the database between two looks whether a statement is worth waiting for
MOST_LOOKS = 500
METADATA = table("metadata", column("name"), column("value"))
TILES = table(
    "tiles",
    *map(column, ("zoom_level", "tile_column", "tile_row", "tile_data")),
)
BAD_FILE = (SQLAlchemyError, sqlite3.Error, OSError, ValueError, OverflowError)
NOT_TILES = mark(
    "{name} is no file of map tiles (MBTiles), or it is damaged. Choose another file; the map is drawn "
    "without it meanwhile."
)
NO_PICTURES = mark(
    "The tiles of {name} are no pictures (“{format}”), so they cannot be shown. Choose a file of raster "
    "tiles: PNG, JPEG or WebP."
)
GONE = mark("The file {name} is not there any more. The map is drawn without it.")


class Tile(NamedTuple):
    """Which one, counted from the north-west."""

    zoom: int
    x: int
    y: int

    @property
    def box(self) -> Box:
        """The part of the plane that it shows."""
        side = 1 / (1 << self.zoom)
        return Box(self.x * side, self.y * side, (self.x + 1) * side, (self.y + 1) * side)


@dataclass(frozen=True)
class Picture:
    """A tile decoded: RGBA, line by line."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class About:
    """What a file says of itself."""

    name: str
    attribution: str  # plain words
    least: int
    most: int


class TileFile:
    """An open file; closed by `close`. Any one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Raises UserError where it is not there, no MBTiles, damaged, or has no pictures."""
        self.path, self._lock = path, Lock()
        if not path.is_file():
            raise UserError(GONE, name=path.name)
        self._looks = 0
        engine = create_engine("sqlite://", creator=self._connect, poolclass=StaticPool)
        try:
            self._open = engine.connect()
            self.about = self._read_about()
        except BAD_FILE as error:
            engine.dispose()
            raise UserError(NOT_TILES, name=path.name) from error
        except UserError:
            engine.dispose()
            raise

    def picture(self, tile: Tile) -> Picture | None:
        """One tile; None where the file has none, or none that can be read."""
        row = (1 << tile.zoom) - 1 - tile.y
        columns = TILES.c
        query = select(columns.tile_data).where(
            columns.zoom_level == tile.zoom,
            columns.tile_column == tile.x,
            columns.tile_row == row,
        )
        with self._lock:
            self._looks = 0
            try:
                content = self._open.scalar(query)
            except BAD_FILE:  # a damaged page: other tiles are perhaps whole
                return None
        return _decoded(content) if isinstance(content, bytes) else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._open.engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        """Read only, and as a file that nobody writes: no journal is looked for or made beside it."""
        address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        made = sqlite3.connect(address, uri=True, check_same_thread=False)
        made.set_progress_handler(self._is_too_long, STEPS)
        made.execute("PRAGMA trusted_schema = OFF")  # its views call no odd functions
        return made

    def _read_about(self) -> About:
        rows = self._open.execute(select(METADATA).limit(1000))
        said = {str(name): str(value) for name, value in rows}
        form = said.get("format", "png").lower()
        if form not in FORMS:
            raise UserError(NO_PICTURES, name=self.path.name, format=form[:20])
        zoom = TILES.c.zoom_level
        least, most = self._open.execute(select(func.min(zoom), func.max(zoom))).one()
        if not isinstance(least, int) or not isinstance(most, int):
            raise UserError(NOT_TILES, name=self.path.name)
        return About(
            said.get("name", "") or self.path.stem,
            plain(said.get("attribution", "")),
            max(0, least),
            min(DEEPEST, most),
        )

    def _is_too_long(self) -> bool:
        """A file may call a view `tiles` that never ends."""
        self._looks += 1
        return self._looks > MOST_LOOKS


def plain(words: str) -> str:
    """An attribution without its tags: it is shown as words, and leads nowhere."""
    bare = re.sub(r"<[^<>]*>", " ", words[: 10 * LONGEST])
    for code, letter in (("&copy;", "©"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">")):
        bare = bare.replace(code, letter)
    return " ".join(bare.replace("&amp;", "&").split())[:LONGEST]


def tiles_over(box: Box, zoom: int) -> Iterator[Tile]:
    """The tiles that show a part of the plane."""
    last = (1 << zoom) - 1

    def number(at: float) -> int:
        return max(0, min(last, int(at * (1 << zoom))))

    for y in range(number(box.top), number(box.bottom) + 1):
        for x in range(number(box.left), number(box.right) + 1):
            yield Tile(zoom, x, y)


def _decoded(content: bytes) -> Picture | None:
    if len(content) > LARGEST_TILE:
        return None
    try:
        with Image.open(BytesIO(content), formats=sorted(set(FORMS.values()))) as image:
            if max(image.size) > SIDE:
                return None
            drawn = image.convert("RGBA")
    except BROKEN:
        return None
    return Picture(drawn.width, drawn.height, drawn.tobytes())
