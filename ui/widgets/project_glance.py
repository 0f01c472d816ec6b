"""A village project at a glance: its money against its work, the next day, defects, before and now."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from desktop.actions import attachments
from desktop.actions.project_look import ProjectLook, look_at, next_day
from desktop.actions.project_progress import ProjectProgress, progress_of
from desktop.session import Desk
from sync.language import mark, tr, trn
from sync.money import in_tenge
from ui import theme
from ui.dates import plain_day
from ui.deadlines import deadline
from ui.icons import Picture, icon
from ui.jobs import Jobs
from ui.models.seen import Seen
from ui.widgets.badges import Badge
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.photo_pair import PhotoPair
from ui.widgets.photo_panel import thumbnail

BESIDE = 620  # px that bars and photos need side by side, at the usual size of words
DAYS = {
    "ends_on": mark("To be finished on {day}"),
    "warranty_until": mark("Warranty until {day}"),
}
OVER = ("finished", "accepted", "closed")  # states in which no end of the work is late


class ProjectGlance(Glance):
    """Money and work stand side by side and are never mixed; words where the one runs ahead."""

    kinds = ("inspection", "defect", "attachment")

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._of: UUID | None = None  # whose inspections were read
        self.look = ProjectLook()
        self.money, self.work = (PlainLabel(role="strong", wrap=True) for _ in range(2))
        self.sums = PlainLabel(role="hint", wrap=True)
        self.paid, self.done = QProgressBar(textVisible=False), QProgressBar(textVisible=False)
        self.warning = PlainLabel(role="error", wrap=True)
        self._sign = Picture("warning", "danger")
        self.day_words, self.day_badge = PlainLabel(), Badge()
        self.defects = QPushButton()
        self.defects.setProperty("kind", "chip")
        self.defects.setAutoDefault(True)
        self.defects.clicked.connect(self._open_defect)
        self.inspected = PlainLabel(role="hint", wrap=True)
        self.photos = PhotoPair()
        self.photos.chosen.connect(self._enlarge)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(20)
        self._told = self._words()
        self._sides.addLayout(self._told, 1)
        self._sides.addWidget(self.photos, 0, Qt.AlignmentFlag.AlignTop)
        self.add(self._sides)

    def tell(self, seen: Seen) -> None:
        """Of a project that is not saved yet there is nothing to tell."""
        row = seen.page.row
        self.setVisible(row is not None)
        if row is None:
            return
        self._tell_progress(progress_of(seen.row, seen.parts.get("payment", [])))
        self._tell_day(seen)
        if self._of != seen.page.id:
            self._of, self.look = seen.page.id, ProjectLook()
            self.photos.show_photos(())
            self.look_again()
        self._tell_look()

    def look_again(self) -> None:
        """Read the inspections, off the screen's thread."""
        if self._of is not None:
            work = partial(look_at, self._desk, self._of)
            self._jobs.read(self, work, partial(self._found, self._of))

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the photos below: else the page could never be narrower again."""
        whole = super().minimumSizeHint()
        alone = max(self._told.minimumSize().width(), self.photos.minimumSizeHint().width())
        return QSize(min(whole.width(), alone + self._edges()), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_photos()

    def _place_photos(self) -> None:
        """Beside the words, or below them where they have no room there."""
        parts = self._told.minimumSize().width() + self.photos.minimumSizeHint().width()
        needed = parts + self._sides.spacing() + self._edges()
        way = QBoxLayout.Direction
        wide = self.width() >= max(needed, round(BESIDE * theme.scale()))
        self._sides.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _edges(self) -> int:
        layout = self.layout()
        edges = layout.contentsMargins() if layout is not None else QMargins()
        return edges.left() + edges.right() + 2 * self.frameWidth()

    def _words(self) -> QVBoxLayout:
        bars = QHBoxLayout()
        bars.setSpacing(20)
        for words, bar, below in (
            (self.money, self.paid, self.sums),
            (self.work, self.done, None),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(words)
            column.addWidget(bar)
            if below is not None:
                column.addWidget(below)
            column.addStretch(1)
            bars.addLayout(column, 1)
        warned, near = QHBoxLayout(), FlowLayout(spacing=8)
        warned.setSpacing(8)
        warned.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        warned.addWidget(self.warning, 1)
        near.addWidget(self.day_words)
        near.addWidget(self.day_badge)
        whole = QVBoxLayout()
        whole.setSpacing(8)
        whole.addLayout(bars)
        for line in (warned, near):
            whole.addLayout(line)
        whole.addWidget(self.inspected)
        whole.addWidget(self.defects, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)
        return whole

    def _tell_progress(self, told: ProjectProgress) -> None:
        paid = in_tenge(told.paid)
        if told.contract is None or told.paid_share is None:
            self.money.setText(
                tr("Paid: {paid}. The sum of the contract is not written down.", paid=paid)
            )
            self.sums.hide()
        else:
            self.money.setText(
                _together(tr("Paid: {share} % of the contract", share=told.paid_share))
            )
            self.sums.setText(tr("{paid} of {sum}", paid=paid, sum=in_tenge(told.contract)))
            self.sums.show()
        known = told.work is not None
        self.work.setText(
            _together(tr("Work done: {share} %", share=told.work))
            if known
            else tr("Work done: not known")
        )
        for bar, share, words in (
            (self.paid, told.paid_share, self.money),
            (self.done, told.work, self.work),
        ):
            bar.setVisible(share is not None)
            bar.setValue(min(share or 0, 100))
            bar.setAccessibleName(words.text())
        self.warning.setText(_warning(told))
        for part in (self._sign, self.warning):
            part.setVisible(bool(self.warning.text()))

    def _tell_day(self, seen: Seen) -> None:
        found = next_day(seen.row)
        for part in (self.day_words, self.day_badge):
            part.setVisible(found is not None)
        if found is None:
            return
        name, day = found
        self.day_words.setText(tr(DAYS[name], day=plain_day(day)))
        near = deadline(day, date.today())  # noqa: DTZ011  # the day of the place
        past = day < date.today()  # noqa: DTZ011
        if past and (name == "warranty_until" or seen.row.get("state") in OVER):
            self.day_badge.say(tr("the day has passed"), "neutral", "check")
        else:
            self.day_badge.say(near.words, near.tone, near.icon)

    def _found(self, of: UUID, look: ProjectLook) -> None:
        if self._of != of:
            return  # another project is shown by now
        self.look = look
        self.photos.show_photos(look.photos)
        for photo in look.photos:
            work = partial(_small, self._desk, photo.sha256)
            self._jobs.read(self, work, partial(self._picture, photo.sha256))
        self._tell_look()

    def _picture(self, sha256: str, image: QImage | None) -> None:
        if image is not None and not image.isNull():
            self.photos.show_image(sha256, image)

    def _tell_look(self) -> None:
        look = self.look
        grave = sum(row["severity"] == "dangerous" for row in look.defects)
        self.defects.setVisible(bool(look.defects))
        words = [trn("{n} open defect", "{n} open defects", len(look.defects))]
        if grave:
            words.append(trn("{n} of them dangerous", "{n} of them dangerous", grave))
        self.defects.setText(", ".join(words))
        self.defects.setIcon(icon("warning", "danger" if grave else "warning"))
        if look.last is None:
            self.inspected.setText(tr("Nobody has inspected it yet."))
        else:
            said = [tr("Inspected last on {day}", day=plain_day(look.last))]
            if not look.defects:
                said.insert(0, tr("No open defects"))
            self.inspected.setText(" · ".join(said))
        self.photos.retell()
        self._place_photos()

    def _open_defect(self) -> None:
        """The inspection that found the gravest."""
        self.opened.emit("inspection", self.look.defects[0]["parent"])

    def _enlarge(self, at: int) -> None:
        sums = [photo.sha256 for photo in self.photos.photos]
        notes = [photo.caption for photo in self.photos.photos]
        pairs = zip(self.photos.words(), notes, strict=True)
        self.enlarged.emit(sums, [" · ".join(filter(None, pair)) for pair in pairs], at)


def _small(desk: Desk, sha256: str) -> QImage | None:
    content = attachments.picture(desk, sha256)
    return None if content is None else thumbnail(content)


def _warning(told: ProjectProgress) -> str:
    if told.overpaid:
        return tr("More was paid than the contract says.")
    if told.money_is_ahead:
        return tr("Far more was paid than was built: ask why.")
    return ""


def _together(words: str) -> str:
    """No line ends between a number and its sign."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")
