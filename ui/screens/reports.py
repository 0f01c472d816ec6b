"""Sealed reports for whoever reports, or writes for them: one is written, another followed up."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions import reports
from desktop.actions.reports import Thread
from desktop.reports.code import Reporter, read_reporter
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.dialogs.report_slip import ReportSlip
from ui.icons import icon
from ui.jobs import Jobs
from ui.widgets.cards import Card
from ui.widgets.field_row import FieldRow
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.report_form import ReportForm
from ui.widgets.report_thread import ReportThread
from ui.widgets.scrolled import scrolled
from ui.widgets.text_inputs import LongText, TextLine

NOT_YET = mark(
    "This laptop has not heard yet of an integrity officer that a report could be sealed to. Sync once."
)


class ReportsScreen(FreshPage):
    """What was typed is in the fields alone; what was opened, on the screen alone."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._reporter: Reporter | None = None
        self._thread: Thread | None = None
        self.form = ReportForm()
        self.not_yet = PlainLabel(role="muted", wrap=True)
        self.number, self.code, self.word = TextLine(), TextLine(), LongText()
        self.number_row = FieldRow(mark("Number"), self.number)
        self.code_row = FieldRow(mark("Code"), self.code)
        self.word_row = FieldRow(mark("Add something"), self.word)
        self.look_button, self.add_button, self.end_button = (QPushButton() for _ in range(3))
        self.shown = ReportThread()
        self._build()
        self.form.wanted.connect(self._seal)
        self.look_button.clicked.connect(self._look)
        self.add_button.clicked.connect(self._add)
        self.end_button.clicked.connect(self.end)
        for line in (self.number, self.code):
            line.returnPressed.connect(self._look)
            line.changed.connect(lambda: self.code_row.show_problem(""))
        jobs.recorded.connect(lambda _: self.reload())
        self._show_follow()
        self.retranslate()

    def reload(self) -> None:
        """Whether there is anybody to report to: a sync may have told."""
        self._jobs.read(self, partial(reports.may_report, self._desk), self._show_may)

    def end(self) -> None:
        """What was followed up leaves the screen, its code too."""
        self._reporter = self._thread = None
        for field in (self.number, self.code, self.word):
            field.set_value(None)
        self._show_follow()

    def _show_may(self, may: bool) -> None:
        self.form.setVisible(may)
        self.not_yet.setVisible(not may)

    def _seal(self, texts: dict[str, Any], files: Sequence[Path]) -> None:
        work = partial(reports.write, self._desk, **texts, photos=files)
        self._jobs.read(self, work, self._sealed, self._unsealed)

    def _sealed(self, reporter: Reporter) -> None:
        self.form.clear()
        self._jobs.recorded.emit([])  # the status line counts it
        ReportSlip(reporter, self.window()).open()

    def _unsealed(self, error: UserError) -> None:
        self.form.show_busy(False)
        messages.warn(str(error))

    def _look(self) -> None:
        try:
            reporter = read_reporter(self.number.text(), self.code.text())
        except UserError as error:
            self.code_row.show_problem(str(error))
            return
        self._ask(reporter)

    def _ask(self, reporter: Reporter) -> None:
        self.look_button.setEnabled(False)
        work = partial(reports.follow, self._desk, reporter)
        self._jobs.call(self, work, partial(self._followed, reporter), self._unfollowed)

    def _followed(self, reporter: Reporter, thread: Thread) -> None:
        self._reporter, self._thread = reporter, thread
        self._show_follow()
        self.word.setFocus()

    def _unfollowed(self, error: UserError) -> None:
        self.look_button.setEnabled(True)
        self.code_row.show_problem(str(error))

    def _add(self) -> None:
        text = self.word.value()
        if not text or self._reporter is None or self._thread is None:
            self.word_row.show_problem(tr("Fill this in."))
            return
        self.add_button.setEnabled(False)
        work = partial(reports.add, self._desk, self._reporter, text, self._thread)
        self._jobs.call(self, work, self._added, self._not_added)

    def _added(self, sent: bool) -> None:
        self.word.set_value(None)
        messages.say(tr("It was sent.") if sent else tr("It waits here until the next sync."))
        self.add_button.setEnabled(True)
        self._jobs.recorded.emit([])
        if sent and self._reporter is not None:
            self._ask(self._reporter)

    def _not_added(self, error: UserError) -> None:
        self.add_button.setEnabled(True)
        self.word_row.show_problem(str(error))

    def _show_follow(self) -> None:
        there = self._thread is not None
        self.look_button.setEnabled(True)
        self._asked.setVisible(not there)
        for part in (self.shown, self.word_row, self.add_button, self.end_button):
            part.setVisible(there)
        self.shown.show_thread(self._thread)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.not_yet.setText(tr(NOT_YET))
        self.look_button.setText(tr("See the answers"))
        self.add_button.setText(tr("Send"))
        self.end_button.setText(tr("Done"))
        self._lead.setText(
            tr(
                "With the number and the code of a report. This needs the network; nothing stays here."
            )
        )

    def _build(self) -> None:
        follow = Card(mark("Follow up a report"), "history")
        self._lead = PlainLabel(wrap=True)
        self._asked = QWidget()
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(12)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.number_row, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.code_row, 2, Qt.AlignmentFlag.AlignTop)
        asked.addLayout(fields)
        self.look_button.setIcon(icon("search", "muted"))
        asked.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.add_button.setIcon(icon("send", "on_accent"))
        self.add_button.setProperty("kind", "primary")
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.end_button)
        buttons.addStretch(1)
        for button in (self.look_button, self.add_button, self.end_button):
            button.setAutoDefault(True)
        follow.body.setSpacing(12)
        for part in (self._lead, self._asked, self.shown, self.word_row, buttons):
            follow.add(part)
        inside = QWidget()
        inside.setMaximumWidth(920)
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(16)
        for widget in (self.form, self.not_yet, follow):
            page.addWidget(widget)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
