"""What was said in one sealed report, in order: the report, words, and to whom it was handed over."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.reports import Said, Thread
from desktop.reports.letters import HandedOver, Report
from sync.language import tr, trn
from ui.dates import plain_day
from ui.models.case import Photo
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.photo_view import PhotoRow


class ReportThread(QWidget):
    """Shows a Thread; `images` are the report's pictures, decoded."""

    enlarged = Signal(int)  # one of the pictures

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thread: Thread | None = None
        self._images: Sequence[QImage] = ()
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)

    def show_thread(self, thread: Thread | None, images: Sequence[QImage] = ()) -> None:
        """Replace what is shown."""
        self._thread, self._images = thread, images
        clear(self._list)
        if thread is None:
            return
        for said in thread.said:
            self._list.addWidget(self._card(said))
        if thread.foreign:
            words = trn(
                "{n} letter in this box is by nobody that is known, or was altered: it is not shown.",
                "{n} letters in this box are by nobody that is known, or were altered: they are not "
                "shown.",
                thread.foreign,
            )
            self._list.addWidget(PlainLabel(words, "error", wrap=True))

    def _card(self, said: Said) -> Card:
        card = Card()
        letter = said.letter
        who = said.by or tr("Who reports")
        card.add(PlainLabel(f"{who}  ·  {plain_day(letter.on)}", "muted"))
        if isinstance(letter, Report):
            self._add_report(card, letter)
        elif isinstance(letter, HandedOver):
            card.add(
                PlainLabel(tr("Handed over to: {body}", body=letter.body), "strong", wrap=True)
            )
            card.add(PlainLabel(plain_day(letter.handed_on)))
            if letter.incoming_number:
                card.add(
                    PlainLabel(
                        tr("Their incoming number: {number}", number=letter.incoming_number)
                    )
                )
            if letter.text:
                card.add(PlainLabel(letter.text, wrap=True))
        else:
            card.add(PlainLabel(letter.text, wrap=True))
        return card

    def _add_report(self, card: Card, report: Report) -> None:
        card.add(PlainLabel(report.what, wrap=True))
        for label, text in (
            (tr("Where"), report.where),
            (tr("When"), report.when),
            (tr("Who reports"), report.reporter_name),
            (tr("How to reach them"), report.contact),
        ):
            if text:
                card.add(PlainLabel(label, "label"))
                card.add(PlainLabel(text, wrap=True))
        if self._images:
            row = PhotoRow()
            captions = tuple(Photo("", "image/jpeg", photo) for photo in report.photos)
            row.show_photos(captions, list(self._images))
            row.chosen.connect(self.enlarged)
            card.add(row)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_thread(self._thread, self._images)
        super().changeEvent(event)
