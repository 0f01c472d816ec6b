"""The map of the region or the district, beside it the same as a list, down to the records."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import drafts, on_map
from desktop.actions.on_map import Counted, Wish
from desktop.actions.records import Row
from desktop.maps.outlines import plan_of
from desktop.maps.tiles import TileFile
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.person import REGION
from ui import messages, theme
from ui.jobs import Jobs
from ui.maps.bar import SAVE, MapBar
from ui.maps.layout import Content, Key
from ui.maps.legend import Legend
from ui.maps.side import MapSide
from ui.maps.tile_cache import TileCache
from ui.maps.view import MapView
from ui.models.map_places import rows, wish_words
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.two_panes import TwoPanes

MEMORY = "screen:map"  # under which it is kept what was chosen
ARRIVING = 300  # ms: while an exchange brings page after page, it is counted when it pauses
PAUSE = 60  # ms: arrow keys held down move the map only to the place they stop at
LOW = 600  # px
FILES = "MBTiles (*.mbtiles)"
NONE = mark("nothing here. Choose other days, or something else.")


class MapScreen(FreshPage):
    """Enter on a district goes into it, on a village to its records; Backspace back."""

    record_wanted = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        own = desk.person.district
        self.scope = "" if own == REGION else own
        self.counted: Counted | None = None
        self.content: Content | None = None
        self._tiles: TileFile | None = None
        self._asked_anything = False
        self.bar = MapBar(_today())
        self.map, self.legend = MapView(), Legend()
        self.side, self.keys = MapSide(), PlainLabel("", "hint", wrap=True)
        self.places, self.records = self.side.places, self.side.records
        self._opened: Key | None = None  # the place whose records are seen
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._anew = QTimer(self, singleShot=True, interval=ARRIVING)
        self._build()
        self._connect()
        usual = "late" if own == REGION else ""
        self.bar.show_wish("", "", "", usual)
        self.retranslate()
        jobs.recorded.connect(self._recorded)
        jobs.read(self, partial(drafts.recall, desk, MEMORY), self._remember)

    # what others may ask for

    @Slot()
    def reload(self) -> None:
        """Count anew."""
        wish = self.bar.wish()
        if self.counted is None:  # the places themselves are there at once
            self._draw(Counted(wish, _today()))
            self.side.behind.setText(tr("Counting…"))
        work = partial(on_map.read_map, self._desk, wish, _today())
        self._jobs.look(self, work, self._show, _warn)

    def go_into(self, scope: str) -> None:
        """Show a district, or with "" all of them."""
        if self._desk.person.district == REGION:
            left, self.scope = self.scope, scope
            self._list()
            if left and not scope:
                self.places.choose((left, None))
                self.map.choose((left, None))

    def open_place(self, key: Key) -> None:
        """A district is gone into; of a village, or of the district one is in, the records are listed."""
        district, village = key
        if village is None and not self.scope:
            self.go_into(district)
            self.places.setFocus()
            return
        if self.counted is None:
            return
        self.places.choose(key)
        self._read_records(key, again=False)

    def back(self) -> None:
        """From records to places, from a district to the region."""
        if self.side.within:
            self._show_places()
            self.places.setFocus()
        else:
            self.go_into("")

    def open_tiles(self, path: Path) -> None:
        """Show the tiles of this file below the map."""
        self._jobs.look(self, partial(TileFile, path), self._show_tiles, self._no_tiles)

    def ask_tiles(self) -> None:
        """Let the person choose a file of tiles."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a file of map tiles"), "", FILES)
        if name:
            self.open_tiles(Path(name))

    def drop_tiles(self) -> None:
        """The map alone."""
        self.map.show_tiles(None)
        file, self._tiles = self._tiles, None
        if file is not None:
            self._jobs.look(self, file.close, lambda _: None)
        self._tell_source()
        self._keep()

    def save(self) -> None:
        """Ask where to, and let the map leave as a picture."""
        from ui.map_exports import ask_map_export  # with what draws papers

        if self.content is not None and self.counted is not None:
            ask_map_export(self._desk, self._jobs, self.content, self.map, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the map has the room of the hint about keys, which F1 tells too."""
        super().resizeEvent(event)
        self.keys.setVisible(self.height() >= theme.grown(LOW))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.bar.retranslate()
        self.side.retranslate()
        self.map.setAccessibleName(tr("Map"))
        self._tell_source()
        self.keys.setText(
            tr(
                "Arrows: another place · Shift and arrows: move · + − 0: nearer, farther, the whole · "
                "Enter: open · Backspace: back"
            )
        )

    # reading

    def _show(self, counted: Counted) -> None:
        if counted.wish != self.bar.wish():  # another one was asked meanwhile
            return
        stays = self.side.within and self.counted is not None and self.counted.wish == counted.wish
        self.counted = counted
        if stays and self._opened is not None:  # news of an exchange lead nobody away
            self._fill()
            self._read_records(self._opened, again=True)
        else:
            self._list()

    def _list(self) -> None:
        if self.counted is not None:
            self._fill()
            self._show_places()

    def _fill(self) -> None:
        assert self.counted is not None
        content = self._draw(self.counted)
        self.places.show_rows(rows(content, on_map.districts_seen(self._desk)))
        if self.places.current_key() is None:
            self.places.step(1)

    def _draw(self, counted: Counted) -> Content:
        pack = self._desk.pack
        self.content = Content(plan_of(pack), pack, counted, self.scope)
        self.map.show_content(self.content)
        self._tell_source()
        return self.content

    def _show_places(self) -> None:
        if self.counted is None:
            return
        self._opened = None
        where = self._desk.pack.full_name(self.scope) if self.scope else tr("All districts")
        nothing = "" if any(self.counted.at(self.scope).values()) else f" · {tr(NONE)}"
        back = self._desk.person.district == REGION and bool(self.scope)
        self.side.show_places(where, f"{wish_words(self.counted.wish)}{nothing}", back=back)

    def _read_records(self, key: Key, *, again: bool) -> None:
        assert self.counted is not None
        wish, today = self.counted.wish, self.counted.today
        work = partial(on_map.records_at, self._desk, wish, today, *key)
        self._jobs.look(self, work, partial(self._show_records, key, wish, again), _warn)

    def _show_records(self, key: Key, wish: Wish, again: bool, found: list[Row]) -> None:
        if again and self._opened != key:  # left meanwhile
            return
        pack, (district, village) = self._desk.pack, key
        place = village if village is not None else district
        name = pack.full_name(place) if place else tr("Without a village")
        if not found:
            messages.say(tr("{name}: there are no records behind this number.", name=name))
            if again:
                self._show_places()
            return
        self._opened = key
        self.side.show_records(name, wish_words(wish), found, pack)
        if not again:
            self.panes.turn_to(0)
            self.records.setFocus()

    def _show_tiles(self, file: TileFile) -> None:
        self._let_go()
        self._tiles = file
        self.map.show_tiles(TileCache(self._jobs, file, self.map))
        self._tell_source()
        self._keep()

    def _no_tiles(self, error: UserError) -> None:
        """Said once: what is gone is not looked for again the next time."""
        messages.warn(str(error))
        self._keep()

    def _let_go(self) -> None:
        if self._tiles is not None:
            self._jobs.look(self, self._tiles.close, lambda _: None)

    def _tell_source(self) -> None:
        """What the signs mean, and whose places and tiles these are."""
        if self.content is None:
            return
        credits = [self._desk.pack.attribution]
        if self._tiles is not None:
            credits.append(self._tiles.about.attribution or self._tiles.about.name)
        self.legend.show_content(self.content, credits)

    def _choose_soon(self) -> None:
        key = self.places.current_key()
        if key is not None:
            self.map.choose(key)

    def _chosen_on_map(self, key: Key) -> None:
        self._show_places()
        said = self.side.point_at(key)
        self.map.setAccessibleDescription(said or self._desk.pack.full_name(key[1] or key[0]))

    def _remember(self, kept: dict[str, Any] | None) -> None:
        """What was chosen the last time, unless somebody chose meanwhile."""
        if not kept or self._asked_anything:
            return
        said = {name: str(kept.get(name, "")) for name in ("layer", "sort", "days", "measure")}
        self.bar.show_wish(**said)
        if self.isVisible():
            self.reload()
        if path := str(kept.get("tiles", "")):
            self.open_tiles(Path(path))

    def _asked(self) -> None:
        self._asked_anything = True
        self._keep()
        self.reload()

    def _keep(self) -> None:
        kept = self.bar.kept() | {"tiles": str(self._tiles.path) if self._tiles else ""}
        self._jobs.read(self, partial(drafts.keep, self._desk, MEMORY, kept), lambda _: None)

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        layer, _ = self.bar.wish().what
        kinds = {sort.source.record.kind for sort in layer.sorts}
        if self.isVisible() and any(change.kind in kinds for change in changes):
            self._anew.start()

    def _connect(self) -> None:
        self.bar.asked.connect(self._asked)
        self.bar.nearer.connect(self.map.zoom_by)
        self.bar.whole_wanted.connect(self.map.fit)
        self.bar.save_wanted.connect(self.save)
        self.bar.tiles_wanted.connect(self.ask_tiles)
        self.bar.bare_wanted.connect(self.drop_tiles)
        self.places.chosen.connect(lambda _: self._soon.start())
        self._soon.timeout.connect(self._choose_soon)
        self._anew.timeout.connect(self.reload)
        self.places.opened.connect(self.open_place)
        self.side.left.connect(self.back)
        self.records.opened.connect(lambda key: self.record_wanted.emit(*key))
        self.map.chosen.connect(self._chosen_on_map)
        self.map.opened.connect(self.open_place)
        self.map.left.connect(self.back)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            (SAVE, self.save),
            ("Alt+Left", self.back),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        work = QWidget()
        right = QVBoxLayout(work)
        right.setContentsMargins(12, 8, 20, 12)
        right.setSpacing(8)
        right.addWidget(self.bar)
        right.addWidget(self.map, 1)
        for part in (self.legend, self.keys):
            right.addWidget(part)
        on_it = QVBoxLayout(self.map.viewport())
        on_it.setContentsMargins(8, 8, 8, 8)
        above = QHBoxLayout()
        above.setSpacing(8)
        for button in self.bar.buttons:
            above.addWidget(button)
            if button is self.bar.whole_button:
                above.addStretch(1)
        on_it.addLayout(above)
        on_it.addStretch(1)
        self.panes = TwoPanes(self, self.side, work, 320, front=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self.setFocusProxy(self.places)


def _warn(error: UserError) -> None:
    messages.warn(str(error))


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
