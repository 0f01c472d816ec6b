"""Tiles for the screen: read and decoded on another thread, kept while there is room."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.maps.mercator import Box
from desktop.maps.tiles import Picture, Tile, TileFile, tiles_over
from ui.jobs import Jobs

KEPT = 160  # tiles of 256 px are a quarter of a megabyte each
AT_ONCE = 12  # read before others have the lane
MOST = 80  # over a screen: of a zoom that the file lacks there would be thousands


class TileCache(QObject):
    """Of one file. `came` says that there is more to paint."""

    came = Signal()

    def __init__(self, jobs: Jobs, file: TileFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._file = jobs, file
        self._kept: OrderedDict[Tile, QImage] = OrderedDict()  # a null one: the file has none
        self._wanted: list[Tile] = []
        self._busy = False

    @property
    def file(self) -> TileFile:
        """Where they come from."""
        return self._file

    def over(self, box: Box, zoom: float) -> list[tuple[Tile, QImage]]:
        """What there is to paint; what is lacking is read and comes later."""
        deep = deep_enough(self._file, zoom)
        side = 1 / (1 << deep)
        if (box.width / side + 1) * (box.height / side + 1) > MOST:
            return []
        wanted = list(tiles_over(box, deep))
        self._wanted = [tile for tile in wanted if tile not in self._kept]
        self._read()
        found = []
        for tile in wanted:
            image = self._kept.get(tile)
            if image is not None and not image.isNull():
                self._kept.move_to_end(tile)
                found.append((tile, image))
        return found

    def _read(self) -> None:
        if self._busy or not self._wanted:
            return
        now, self._wanted = self._wanted[:AT_ONCE], self._wanted[AT_ONCE:]
        self._busy = True
        self._jobs.look(self, partial(_images, self._file, now), self._take)

    def _take(self, images: Iterable[tuple[Tile, QImage]]) -> None:
        self._busy = False
        for tile, image in images:
            self._kept[tile] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self._wanted = [tile for tile in self._wanted if tile not in self._kept]
        self._read()
        self.came.emit()


def deep_enough(file: TileFile, zoom: float) -> int:
    """The zoom of the file that is nearest to one of the screen."""
    return max(file.about.least, min(file.about.most, round(zoom)))


def _images(file: TileFile, tiles: Iterable[Tile]) -> list[tuple[Tile, QImage]]:
    return [(tile, as_image(file.picture(tile))) for tile in tiles]


def as_image(picture: Picture | None) -> QImage:
    """For Qt; a null one of nothing."""
    if picture is None:
        return QImage()
    width, height = picture.width, picture.height
    image = QImage(picture.pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # its own pixels
