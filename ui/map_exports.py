"""The map leaves as a picture: the question before it, the work, and how it went."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import map_files
from desktop.exports.tables import Tell
from desktop.session import Desk
from sync.exports import Exported
from sync.language import tr
from ui.dialogs.export import ExportDialog
from ui.exports import follow
from ui.jobs import Jobs
from ui.maps.layout import Content
from ui.maps.picture import View, draw
from ui.maps.view import MapView
from ui.models.map_places import measure_words, period_words, what_words

FILES = "PNG (*.png);;PDF (*.pdf)"


def ask_map_export(
    desk: Desk, jobs: Jobs, content: Content, map: MapView, parent: QWidget
) -> ExportDialog:
    """Show the question about the part of the map that is seen."""
    view = view_of(content, map, desk.pack.attribution)
    shown = tr("The part of the map that you see, with what its signs mean.")
    name = f"{tr('Map')} {what_words(content.counted.wish)} {content.counted.today:%d.%m.%Y}"
    dialog = ExportDialog(name, shown, (), parent, heading=tr("Save the map"), files=FILES)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return map_files.export(desk, content.counted, path, partial(draw, view))

    follow(jobs, dialog, parent, write, _saved)
    return dialog


def view_of(content: Content, map: MapView, attribution: str) -> View:
    """What is seen now, and the words around it."""
    wish, pack = content.counted.wish, content.pack
    place = pack.full_name(content.scope) if content.scope else tr("All districts")
    said = [] if wish.what[1].days else [period_words(wish)]
    said += [tr("as of {day}", day=_day(content.counted.today))]
    if words := measure_words(wish):
        said.insert(0, tr("Districts are shaded by: {measure}", measure=words))
    credits, tiles = [attribution], map.tiles.file if map.tiles else None
    if tiles is not None:
        credits.append(tiles.about.attribution or tiles.about.name)
    title = f"{what_words(wish)}. {place}"
    return View(content, map.frame_now(), title, " · ".join(said), tuple(credits), tiles)


def _saved(noted: Exported) -> str:
    return tr("The map was saved. Export {id}.", id=noted.id)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
