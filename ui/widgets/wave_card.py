"""A wave on the screen of surveys: how far it is, where most are lacking, and the next interview."""

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.surveys import WaveState
from desktop.actions.waves import DistrictProgress
from sync.answers import FEWEST
from sync.language import mark, tr, trn
from sync.places import Pack
from ui.dates import moment, plain_day, short_day
from ui.icons import Picture, icon
from ui.models.waves import ShownWave, today
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.cell_grid import CellGrid, bar_row, cell_row
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel, SectionTitle

MOST_ROWS = 3  # cells that are shown before somebody asks for all; of districts as many
ALL, FEWER = mark("All cells"), mark("Fewer cells")


class WaveCard(Card):
    """One wave. It is made anew when anything of it changes."""

    started = Signal(object)  # the wave's id
    passport_wanted = Signal(object)

    def __init__(self, shown: ShownWave, pack: Pack) -> None:
        super().__init__()
        self._shown, self._pack = shown, pack
        self._id: UUID = shown.state.id
        self.start_button: QPushButton | None = None
        self.more_button: QPushButton | None = None
        self.grid: CellGrid | None = None
        self._all = QWidget()
        self._head()
        if words := silence_words(shown):
            self.add(_notice(words))
        self._numbers()
        if shown.state.unsent:
            self.add(PlainLabel(unsent_words(shown.state), "muted", wrap=True))
        self._buttons()

    def _head(self) -> None:
        state = self._shown.state
        head = QHBoxLayout()
        head.addWidget(PlainLabel(state.title, "heading", wrap=True), 1)
        head.addWidget(_state_badge(state), 0, Qt.AlignmentFlag.AlignTop)
        self.add(head)
        self.add(PlainLabel(_dates(state), "muted"))

    def _numbers(self) -> None:
        progress = self._shown.progress
        if not progress.districts:
            return
        whole = _whole(progress.districts)
        if whole.planned:
            bar = QProgressBar(textVisible=False)
            bar.setMaximum(whole.planned)
            bar.setValue(min(whole.answers, whole.planned))
            bar.setAccessibleName(whole_words(whole))
            self.add(bar)
        self.add(PlainLabel(whole_words(whole), "strong", wrap=True))
        self.add(PlainLabel(age_words(progress.told_at, datetime.now(UTC)), "hint", wrap=True))
        self._details = QVBoxLayout()
        self._details.setSpacing(6)
        self.add(self._details)
        self._lacking()

    def _lacking(self) -> None:
        """Where most are lacking: cells of the one district, or districts."""
        progress = self._shown.progress
        if len(progress.districts) > 1:
            self._districts()
            return
        [one] = progress.districts
        if not one.cells:
            return
        if not one.lacking:
            self._details.addWidget(Badge(tr("Every cell is full"), "success", "check"))
        else:
            self._details.addWidget(SectionTitle(tr("Most are lacking here")))
            for state in one.lacking[:MOST_ROWS]:
                self._details.addWidget(cell_row(state, progress, self._pack))

    def _districts(self) -> None:
        self._details.addWidget(SectionTitle(tr("Most are lacking here")))
        districts = sorted(self._shown.progress.districts, key=_share)
        for one in districts[:MOST_ROWS]:
            words = self._pack.full_name(one.district)
            self._details.addWidget(bar_row(words, one.answers, one.planned))

    def _buttons(self) -> None:
        state, row = self._shown.state, QHBoxLayout()
        row.setSpacing(8)
        if state.runs(today()):
            begun = self._shown.begun
            words = tr("Go on with the interview") if begun else tr("Start an interview")
            self.start_button = QPushButton(words)
            self.start_button.setProperty("kind", "primary")
            self.start_button.setIcon(icon("play", "on_accent"))
            self.start_button.clicked.connect(lambda: self.started.emit(self._id))
            row.addWidget(self.start_button)
        if any(one.cells for one in self._shown.progress.districts):
            self.more_button = QPushButton(tr(ALL))
            self.more_button.setProperty("kind", "quiet")
            self.more_button.clicked.connect(self.show_all)
            row.addWidget(self.more_button)
        self.passport_button = QPushButton(tr("Passport"))
        self.passport_button.setProperty("kind", "quiet")
        self.passport_button.clicked.connect(lambda: self.passport_wanted.emit(self._id))
        row.addWidget(self.passport_button)
        for button in (self.start_button, self.more_button, self.passport_button):
            if button is not None:
                button.setAutoDefault(True)  # Enter presses it
        row.addStretch(1)
        self.body.addSpacing(4)
        self.add(row)

    def show_all(self) -> None:
        """All cells, or again those alone that lack most."""
        assert self.more_button is not None
        if self.grid is not None:
            self._all.deleteLater()
            self.grid = None
            self.more_button.setText(tr(ALL))
            return
        self._all = QWidget()
        layout = QVBoxLayout(self._all)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        districts = self._shown.progress.districts
        if len(districts) > 1:
            self.district_input = ChoiceInput()
            names = [(one.district, self._pack.full_name(one.district)) for one in districts]
            self.district_input.set_choices(names)
            self.district_input.set_value(min(districts, key=_share).district)
            self.district_input.changed.connect(self._turn_to)
            layout.addWidget(self.district_input)
        self.grid = CellGrid(min(districts, key=_share), self._shown.progress, self._pack)
        layout.addWidget(self.grid)
        self._details.addWidget(self._all)
        self.more_button.setText(tr(FEWER))

    def _turn_to(self) -> None:
        found = self._shown.progress.of(self.district_input.value() or "")
        if found is None or self.grid is None:
            return
        before, self.grid = self.grid, CellGrid(found, self._shown.progress, self._pack)
        layout = self._all.layout()
        assert layout is not None
        layout.replaceWidget(before, self.grid)
        before.deleteLater()


def whole_words(whole: DistrictProgress) -> str:
    """«23 of 60 were asked, 7 of them here.»"""
    said = {"n": whole.answers, "here": whole.here, "planned": whole.planned}
    if whole.planned:
        return tr("{n} of {planned} were asked, {here} of them on this laptop.", **said)
    return tr("{n} were asked, {here} of them on this laptop.", **said)


def age_words(told_at: datetime | None, now: datetime) -> str:
    """How old the knowledge of others is."""
    if told_at is None:
        return tr("What others have asked is not known yet: sync first.")
    return tr(
        "What others have asked is as of {moment}; what was asked here since is added.",
        moment=moment(told_at, now),
    )


def silence_words(shown: ShownWave) -> str:
    """What a vote means for the figures of this wave, or ""."""
    if not shown.linked:
        return ""
    days = shown.silence
    if days is None:
        return tr(
            "Linked to a vote whose day is not filled in: until it is, figures stay here. Interviews "
            "go on."
        )
    on = today()
    if on > days.last:
        return ""
    said = {"first": plain_day(days.first), "last": plain_day(days.last)}
    if days.holds(on):
        return tr(
            "Silent days before the vote, until the end of {last}: no figure of this survey is "
            "published, exported or told. Interviews go on.",
            **said,
        )
    return tr(
        "Linked to the vote on {last}: from {first} to that day no figure of this survey is "
        "published or exported.",
        **said,
    )


def unsent_words(wave: WaveState) -> str:
    """What waits, and why it may wait on."""
    waits = trn("{n} waits to be sent.", "{n} wait to be sent.", wave.unsent)
    on = today()
    if not wave.gathers(on):
        return waits
    if wave.ends_on is not None and wave.ends_on < on:
        few = tr(
            "They are fewer than {fewest}, and stay on this laptop: it could be told whose they are.",
            fewest=FEWEST,
        )
        return f"{waits} {few}"
    why = tr(
        "Interviews are sent with at least {others} others of the same place, sex and age, so that "
        "nobody can be told apart; the rest when the survey has ended.",
        others=FEWEST - 1,
    )
    return f"{waits} {why}"


def _whole(districts: tuple[DistrictProgress, ...]) -> DistrictProgress:
    """All districts together."""
    if len(districts) == 1:
        return districts[0]
    return DistrictProgress(
        district="",
        answers=sum(one.answers for one in districts),
        here=sum(one.here for one in districts),
        planned=sum(one.planned or 0 for one in districts) or None,
        cells=(),
    )


def _share(one: DistrictProgress) -> float:
    return one.answers / one.planned if one.planned else 1.0


def _dates(wave: WaveState) -> str:
    if wave.starts_on is None or wave.ends_on is None:
        return ""
    return f"{short_day(wave.starts_on)} – {short_day(wave.ends_on)}"


def _state_badge(wave: WaveState) -> Badge:
    on = today()
    if wave.runs(on):
        return Badge(tr("Runs"), "success", "play")
    if wave.starts_on and wave.starts_on > on:
        return Badge(tr("Not begun yet"), "neutral", "clock")
    return Badge(tr("Ended"), "neutral", "check")


def _notice(words: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("notice", "info")
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.setSpacing(10)
    layout.addWidget(Picture("lock", "info"), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(PlainLabel(words, wrap=True), 1)
    return frame
