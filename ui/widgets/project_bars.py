"""The money of a project and its work as two bars, and a word where the one is far ahead."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.actions.project_progress import ProjectProgress, progress_of
from sync.language import mark, tr
from sync.money import in_tenge
from ui.models.record_page import Page
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class ProjectBars(QWidget):
    """Shows what is saved; what is typed shows with the next save."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: ProjectProgress | None = None
        self.card = Card(mark("Money and work"))
        self.money, self.work = PlainLabel(role="label"), PlainLabel(role="label")
        self.paid, self.done = QProgressBar(textVisible=False), QProgressBar(textVisible=False)
        self.warning = PlainLabel(role="error", wrap=True)
        for part in (self.money, self.paid, self.work, self.done, self.warning):
            self.card.add(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)

    def show_page(self, page: Page) -> None:
        """The figures of the project on the page; nothing for one that is not saved yet."""
        self.setVisible(page.row is not None)
        if page.row is not None:
            self._progress = progress_of(page.row, page.parts.get("payment", []))
            self._tell(self._progress)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._progress is not None:
            self._tell(self._progress)
        super().changeEvent(event)

    def _tell(self, told: ProjectProgress) -> None:
        paid = in_tenge(told.paid)
        if told.contract is None or told.paid_share is None:
            self.money.setText(
                tr("Paid: {paid}. The sum of the contract is not written down.", paid=paid)
            )
        else:
            self.money.setText(
                tr(
                    "Paid: {paid} of {sum}, {share} %",
                    paid=paid,
                    sum=in_tenge(told.contract),
                    share=told.paid_share,
                )
            )
        known = told.work is not None
        self.work.setText(
            tr("Work done: {share} %", share=told.work) if known else tr("Work done: not known")
        )
        for bar, share, words in (
            (self.paid, told.paid_share, self.money),
            (self.done, told.work, self.work),
        ):
            bar.setVisible(share is not None)
            bar.setValue(min(share or 0, 100))
            bar.setAccessibleName(words.text())
        self.warning.setText(_warning(told))
        self.warning.setVisible(bool(self.warning.text()))


def _warning(told: ProjectProgress) -> str:
    if told.overpaid:
        return tr("More was paid than the contract says.")
    if told.money_is_ahead:
        return tr("Far more was paid than was built: ask why.")
    return ""
