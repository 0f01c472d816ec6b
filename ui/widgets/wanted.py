"""Before an interview: who is still to be asked where it is held, or that enough were asked there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.waves import DistrictProgress, WaveProgress, full_place
from desktop.surveys.waves.cells import CellState, cell_words
from sync.language import tr
from sync.places import Pack
from ui.icons import Picture
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

MOST = 3  # cells that are named


class Wanted(QFrame):
    """Hidden where the wave has no cells. It forbids nothing."""

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._progress: WaveProgress | None = None
        self._okrug = ""
        self.words, self.more = PlainLabel("", "strong", wrap=True), PlainLabel("", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.words)
        column.addWidget(self.more)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(Picture("info", "text"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        self.hide()

    def show_progress(self, progress: WaveProgress | None, okrug: str) -> None:
        """`okrug`: where the interview is to be held; "" while nobody chose."""
        self._progress, self._okrug = progress, okrug
        self.retranslate()

    def retranslate(self) -> None:
        """In the language spoken now; names of groups stay as the form was read."""
        progress, found = self._progress, self._district()
        if progress is None or found is None or not any(one.planned for one in found.cells):
            self.hide()
            return
        by_okrug = progress.design.by_okrug
        here = self._okrug if by_okrug else found.district
        full = bool(here) and full_place(found, here)
        if not here:
            self.words.setText(tr("Most are lacking here"))
            self.more.setText(self._named(found.lacking, place=True))
        elif full:
            self.words.setText(tr("Enough were asked here. You may go on all the same."))
            cells = self._named(found.lacking, place=by_okrug)
            elsewhere = tr("Still lacking elsewhere:")
            self.more.setText(f"{elsewhere}\n{cells}" if cells else "")
        else:
            self.words.setText(tr("Still lacking here:"))
            lacking = [one for one in found.lacking if one.cell.place == here]
            self.more.setText(self._named(lacking, place=False))
        self.more.setVisible(bool(self.more.text()))
        set_look(self, "notice", "warning" if full else "info")
        self.show()

    def _district(self) -> DistrictProgress | None:
        """Where the interview is held; before a place is chosen, the one that there is."""
        if self._progress is None:
            return None
        if not self._okrug and len(self._progress.districts) == 1:
            return self._progress.districts[0]
        return self._progress.of(self._pack.district_of(self._okrug))

    def _named(self, lacking: Sequence[CellState], *, place: bool) -> str:
        """«Әйел · 18–29 жас (2)», a line each, of those that lack most."""
        assert self._progress is not None
        design, words = self._progress.design, self._progress.words
        return "\n".join(
            f"{cell_words(one.cell, design, words, self._pack, place=place)} ({one.lacks})"
            for one in lacking[:MOST]
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
