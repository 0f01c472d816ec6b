"""Files of map tiles: read only, in words where they are none, whatever somebody put into them."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.maps.mercator import Box
from desktop.maps.tiles import LONGEST, SIDE, Tile, TileFile, plain, tiles_over
from sync.errors import UserError
from tests.map_tiles import ABOUT, REGION, make_tiles, picture


def test_a_tile_is_found_by_its_place_from_the_north(tmp_path):
    path = make_tiles(tmp_path / "map.mbtiles")
    file = TileFile(path)

    tile = next(iter(tiles_over(REGION, 6)))
    drawn = file.picture(tile)

    assert (drawn.width, drawn.height, len(drawn.pixels)) == (256, 256, 256 * 256 * 4)
    assert file.picture(Tile(6, tile.x, 63 - tile.y)) is None
    assert (file.about.least, file.about.most) == (5, 7)
    file.close()


def test_an_attribution_is_plain_words(tmp_path):
    file = TileFile(make_tiles(tmp_path / "map.mbtiles"))

    assert file.about.attribution == "© Somebody"
    assert plain("<script>a</script>" * 100)[:3] == "a a"
    assert len(plain("а" * 10_000)) == LONGEST
    file.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("", (SIDE + 1, 4)),
        picture("", (256, 256), "GIF"),
        picture("") + b"\0" * 2**20,
    ],
    ids=["empty", "broken", "svg", "large", "gif", "long"],
)
def test_a_tile_that_is_no_small_picture_is_not_drawn(tmp_path, content):
    file = TileFile(make_tiles(tmp_path / "map.mbtiles", zooms=(5,), content=content))

    assert file.picture(next(iter(tiles_over(REGION, 5)))) is None
    file.close()


def no_database(path):
    path.write_bytes(b"no database at all" * 100)


def cut_short(path):
    whole = make_tiles(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 3] + b"\0" * 100)


def without_tables(path):
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE other (x)")
    file.close()


def without_tiles(path):
    make_tiles(path, zooms=())


def of_vectors(path):
    make_tiles(path, about=ABOUT | {"format": "pbf"})


def of_odd_zooms(path):
    make_tiles(path)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE tiles SET zoom_level = 'deep'")
    file.close()


def without_end(path):
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
            " SELECT x AS zoom_level, x AS tile_column, x AS tile_row, x AS tile_data FROM n"
        )
    file.close()


@pytest.mark.parametrize(
    "make",
    [no_database, cut_short, without_tables, without_tiles, of_vectors, of_odd_zooms, without_end],
)
def test_what_is_no_file_of_tiles_is_told_in_words(tmp_path, make):
    path = tmp_path / "map.mbtiles"
    make(path)

    with pytest.raises(UserError) as told:
        TileFile(path)
    assert "map.mbtiles" in str(told.value)


def test_a_file_that_is_gone_is_told_and_not_made(tmp_path):
    with pytest.raises(UserError):
        TileFile(tmp_path / "gone.mbtiles")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_never_written(tmp_path):
    path = make_tiles(tmp_path / "map.mbtiles")
    with sqlite3.connect(path) as made:
        made.execute(
            "PRAGMA journal_mode = WAL"
        )  # who opens such a file to write makes two beside it
    made.close()
    before = path.read_bytes()

    file = TileFile(path)
    assert file.picture(next(iter(tiles_over(REGION, 6)))) is not None

    assert [one.name for one in tmp_path.iterdir()] == ["map.mbtiles"]
    file.close()
    assert path.read_bytes() == before


@given(
    zoom=st.integers(0, 12),
    left=st.floats(0, 0.98),
    top=st.floats(0, 0.98),
    size=st.floats(0, 0.002),
)
def test_the_tiles_over_a_part_of_the_world_cover_it_and_no_more(zoom, left, top, size):
    box = Box(left, top, left + size, top + size)

    found = [tile.box for tile in tiles_over(box, zoom)]

    whole = found[0]
    for each in found[1:]:
        whole = whole.with_(each)
    side = 1 / (1 << zoom)
    assert whole.left <= box.left
    assert whole.right >= box.right
    assert whole.top <= box.top
    assert whole.bottom >= box.bottom
    assert whole.width < box.width + 2 * side + 1e-9
    assert len(found) == len(set(found))
