"""Made-up files of map tiles."""

import sqlite3
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from desktop.maps.mercator import Box, to_plane
from desktop.maps.tiles import tiles_over

NORTH_WEST, SOUTH_EAST = to_plane(46.2, 65.0), to_plane(40.4, 71.2)
REGION = Box(*NORTH_WEST, *SOUTH_EAST)
ABOUT = {
    "name": "Сынақ",
    "format": "png",
    "attribution": '<a href="https://example.org/">&copy; Somebody</a>',
}


def make_tiles(path: Path, zooms=(5, 6, 7), about=ABOUT, content=None) -> Path:
    """A file with tiles of the region, each with its number on it; `content` instead of pictures."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.executemany("INSERT INTO metadata VALUES (?, ?)", about.items())
        file.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        for zoom in zooms:
            for tile in tiles_over(REGION, zoom):
                drawn = (
                    content if content is not None else picture(f"{tile.zoom}/{tile.x}/{tile.y}")
                )
                row = 2**zoom - 1 - tile.y
                file.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", (zoom, tile.x, row, drawn))
    file.close()
    return path


def picture(words: str, size=(256, 256), form="PNG") -> bytes:
    """A tile with words on it."""
    image = Image.new("RGB", size, "#e8e4d8")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline="#b0a890")
    pen.text((10, 10), words, fill="#806040")
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()
