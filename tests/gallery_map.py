"""Pictures of the map: numbers by district and by village, shades, records, tiles below, nothing at all."""

from collections.abc import Iterator
from pathlib import Path


def map_pictures(app, folder: Path) -> Iterator[tuple[str, object]]:
    """(name, picture) of each state."""
    from tests.gallery import SIZE, discard, settle
    from tests.gallery_figures import fill
    from tests.map_tiles import make_tiles
    from tests.ui.desks import close, make_desk, seen_by
    from ui.jobs import Jobs
    from ui.screens.map import MapScreen

    desk = make_desk(folder / "map", "coordinator")
    jobs = Jobs()
    size = (SIZE[0] - 240, SIZE[1] - 90)  # less the sidebar and the bars
    for role in ("nobody", "coordinator", "activist"):
        if role == "coordinator":
            fill(desk)
        screen = MapScreen(seen_by(desk, "coordinator" if role == "nobody" else role), jobs)
        screen.resize(*size)
        screen.show()
        settle(app, jobs)
        tiles = make_tiles(folder / f"{role}.mbtiles")
        for name in worked(screen, role, tiles):
            settle(app, jobs)
            settle(app, jobs)
            yield f"map-{name}", screen.grab()
        discard(screen)
        settle(app, jobs)
    jobs.close()
    close(desk)


def worked(screen, role: str, tiles: Path) -> Iterator[str]:
    """From the region down to the records of a village."""
    if role == "nobody":
        yield "empty"
        return
    if role == "activist":
        yield "own"
        screen.bar.layer.set_value("unvisited")
        yield "unvisited"
        return
    screen.bar.show_wish("issues", "open", "always", "late")
    screen.reload()
    yield "districts"
    screen.bar.measure.set_value("coverage")
    screen.map.zoom_by(5)
    yield "villages"
    screen.bar.measure.set_value("ahead")
    screen.bar.layer.set_value("projects")
    screen.map.fit()
    yield "projects"
    screen.go_into("613900000")
    yield "district"
    key = screen.places.rows.rows[1].key
    screen.open_place(key)
    yield "records"
    screen.back()
    screen.go_into("")
    screen.open_tiles(tiles)
    yield "tiles"
