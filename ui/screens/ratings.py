"""How people rate the officials of a wave: each mean with its interval, or why it is not shown."""

from functools import partial
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import ratings, surveys
from desktop.actions.ratings import Rating, WaveRatings
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr, trn
from ui import messages, theme
from ui.icons import Picture
from ui.jobs import Jobs
from ui.models.rating_table import (
    ANSWERS,
    CHART,
    CRITERION,
    INTERVAL,
    MEAN,
    STATUS,
    RatingTable,
    reason,
)
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import clear
from ui.widgets.inputs import ChoiceInput
from ui.widgets.intervals import Inks, IntervalDelegate, ScaleHeader
from ui.widgets.labels import PlainLabel
from ui.widgets.table_words import WordsDelegate, WordsTable

ROW = 44  # px
WIDTHS = {MEAN: 84, INTERVAL: 124, ANSWERS: 96}  # px: they grow with the type
CRITERION_WIDTH, STATUS_WIDTH = 260, 188  # large words are broken there
CHART_WIDTH, CHART_LEAST = 230, 170  # the drawing gives its room to large words


class RatingsScreen(QWidget):
    """One wave at a time; a card with a table for each official."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.tables: list[QTableView] = []
        self.header = ChoiceInput()  # stands at the right end of the window's header
        self.header.setMinimumWidth(theme.grown(460))
        self.none = EmptyState(
            "ratings", mark("No ratings yet. They come with the answers of a survey.")
        )
        self._build()
        self.header.changed.connect(self._read)
        jobs.recorded.connect(self.refresh)
        self.retranslate()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the waves, then the ratings of the one that is chosen."""
        self._jobs.read(self, partial(_read_waves, self._desk), self._offer)

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """After an exchange or an interview there may be new answers."""
        if not changes or any(change.kind in ("wave", "form", "official") for change in changes):
            self.reload()

    def _offer(self, waves: list[tuple[str, str]]) -> None:
        self.header.set_choices(waves)
        if self.header.value() not in dict(waves):
            self.header.blockSignals(True)
            self.header.set_value(waves[0][0] if waves else None)
            self.header.blockSignals(False)
        self._read()

    def _read(self) -> None:
        if wave := self.header.value():
            work = partial(ratings.rate_wave, self._desk, UUID(wave))
            self._jobs.read(self, work, self._show, self._cannot)
        else:
            self.pages.setCurrentIndex(0)

    def _cannot(self, error: UserError) -> None:
        self.pages.setCurrentIndex(0)
        messages.warn(str(error))

    def _show(self, found: WaveRatings) -> None:
        self.pages.setCurrentIndex(1 if found.answers else 0)
        self.title.setText(found.title)
        self.counted.setText(_counted(found))
        self.caution.setText(_caution(found))
        clear(self._cards)
        self.tables = []
        for official, rated in groupby(found.ratings, key=lambda each: each.official):
            self._cards.addWidget(self._card(official, list(rated)))
        self._cards.addStretch(1)

    def _card(self, official: str, rated: list[Rating]) -> Card:
        card = Card()
        post = rated[0].post or (tr("An official who is not on this laptop") if official else "")
        if post:
            card.add(PlainLabel(post, "heading", wrap=True))
        model = RatingTable()
        model.show_rows(rated)
        table = _WholeTable(ROW)
        model.setParent(table)
        table.setModel(model)
        self._dress(table)
        table.setAccessibleName(post or tr("Ratings"))
        self.tables.append(table)
        card.add(table)
        for words in _reasons(rated):
            card.add(PlainLabel(words, "hint", wrap=True))
        return card

    def _dress(self, table: QTableView) -> None:
        table.setHorizontalHeader(ScaleHeader(CHART, _inks, table))
        table.setItemDelegateForColumn(CHART, IntervalDelegate(_inks, table))
        for column in (CRITERION, STATUS):
            table.setItemDelegateForColumn(column, WordsDelegate(table))
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(60)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, theme.grown(width))
        table.setColumnWidth(STATUS, STATUS_WIDTH)
        head.setSectionResizeMode(CRITERION, QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight((table.model().rowCount() + 1) * ROW)  # until it knows its width

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.header.setAccessibleName(tr("Survey wave"))
        self.legend.setText(
            tr("The dot is the mean, the line its 95 % interval. Hollow: not for publication.")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def _build(self) -> None:
        self.title, self.counted = PlainLabel("", "heading", wrap=True), PlainLabel("", "muted")
        self.caution, self.legend = PlainLabel("", wrap=True), PlainLabel("", "hint", wrap=True)
        notice = Card()
        notice.setProperty("card", "")
        notice.setProperty("notice", "warning")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Picture("info", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.caution, 1)
        notice.add(row)
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 24)
        page.setSpacing(14)
        for part in (self.title, self.counted, notice):
            page.addWidget(part)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        page.addLayout(self._cards, 1)
        page.addWidget(self.legend)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)


class _WholeTable(WordsTable):
    """Shows all its rows, each as high as its words need: nothing in it is cut or scrolls."""

    def fit(self) -> None:
        """Share the width between the words and the drawing, then measure the rows anew."""
        taken = STATUS_WIDTH + sum(self.columnWidth(column) for column in WIDTHS)
        room = self.viewport().width() - taken - theme.grown(CRITERION_WIDTH)
        self.setColumnWidth(CHART, max(CHART_LEAST, min(CHART_WIDTH, room)))
        self.resizeRowsToContents()
        self.setFixedHeight(self.verticalHeader().length() + self.horizontalHeader().height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)  # the stretched column has its width only then


def _read_waves(desk: Desk) -> list[tuple[str, str]]:
    """(id, title) of the waves that have answers here, then of the others; newest first."""
    waves = surveys.list_waves(desk)
    waves.sort(key=lambda wave: not (wave.taken or wave.unsent))
    return [(str(wave.id), wave.title) for wave in waves]


def _inks() -> Inks:
    return Inks(
        grid=QColor(theme.colour("line")),
        firm=QColor(theme.colour("accent")),
        faint=QColor(theme.colour("warning")),
        ground=QColor(theme.colour("surface")),
        words=QColor(theme.colour("muted")),
    )


def _counted(found: WaveRatings) -> str:
    people = trn("{n} answer", "{n} answers", found.answers)
    return tr(
        "{answers} · {okrugs}", answers=people, okrugs=trn("{n} okrug", "{n} okrugs", found.okrugs)
    )


def _reasons(rated: list[Rating]) -> list[str]:
    """Why figures are not for publication: each reason once, with what it is about."""
    found: dict[str, list[str]] = {}
    for rating in rated:
        if why := reason(rating):
            name = rating.criterion.label or tr("All criteria together")
            found.setdefault(why, []).append(name)
    return [
        tr("{why} Not for publication: {names}.", why=why, names="; ".join(names))
        if len(names) < len(rated)
        else tr("{why} None of these is for publication.", why=why)
        for why, names in found.items()
    ]


def _caution(found: WaveRatings) -> str:
    """What such numbers cannot tell, in words."""
    said = [
        tr(
            "This is not a probability sample: the interval shows how far answers scatter, not how "
            "far they are from what the whole district thinks."
        )
    ]
    if not found.clustered and found.answers:
        said.append(
            tr("All were asked in one okrug, so likeness of neighbours is not counted in.")
        )
    if found.together:
        said.append(
            tr(
                "Only counts are kept of this survey: 90 days after its end the answers were deleted. "
                "Okrugs where fewer than ten people answered about an official were put together and "
                "count as one."
            )
        )
    if method := found.record["method"]:
        said.append(tr("Method: {method}", method=method))
    return " ".join(said)
