"""A form that was read from a file: what is wrong with it and where, or how it would be published."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.actions.forms import Reading
from desktop.surveys.messages import Message
from sync.language import mark, tr, trn
from ui import messages, theme
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.publish_card import PublishCard
from ui.widgets.restyle import set_look
from ui.widgets.scrolled import scrolled
from ui.widgets.verdict_list import VerdictList
from ui.widgets.word_button import WordButton


class FormReading(QWidget):
    """Decides nothing: it shows a Reading, and says which button was pressed."""

    again = Signal()  # the same file, which was mended meanwhile
    another = Signal()
    back = Signal()
    stopped = Signal()
    trial = Signal()
    publish = Signal(str, str, str)  # name, version, use

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.file, self.verdict = PlainLabel("", "heading"), Badge()
        self.progress = QProgressBar(textVisible=False)
        self.waiting = PlainLabel(role="muted", wrap=True)
        self.stop_button = WordButton(mark("Cancel"), keys="Esc")
        self.again_button = WordButton(mark("Read the file again"), keys="Ctrl+R")
        self.another_button = WordButton(mark("Another file…"), icon="document", keys="Ctrl+O")
        self.copy_button = WordButton(mark("Copy the list"), icon="duplicate")
        self.back_button = WordButton(mark("Back to the forms"), "quiet", keys="Esc")
        self.table = VerdictList()
        self.tried = Card(mark("Tried with made-up answers"), "eye")
        self.trial_words = QVBoxLayout()
        self.trial_button = WordButton(mark("Try it yourself"), icon="play", keys="F9")
        self.publish_card = PublishCard()
        self._build()
        for button, signal in (
            (self.stop_button, self.stopped),
            (self.again_button, self.again),
            (self.another_button, self.another),
            (self.back_button, self.back),
            (self.trial_button, self.trial),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())
        self.copy_button.clicked.connect(self.copy)
        self.publish_card.publish.connect(self.publish)
        shortcut = QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_reading(self, name: str) -> None:
        """It is being read."""
        self.reading = None
        self.file.setText(name)
        self.progress.setRange(0, 1)
        self.progress.setValue(0)
        self._show_parts()
        self.stop_button.setFocus()

    def show_progress(self, done: int, of: int) -> None:
        """How far the reading is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def show_read(self, reading: Reading) -> None:
        """What came of it. The cursor stands where the work goes on."""
        self.reading = reading
        self.file.setText(reading.file)
        self._show_parts()
        self.retranslate()
        if reading.proposal is None:
            self.table.setFocus()
            self.table.selectRow(0)
        else:
            self.trial_button.setFocus()

    def copy(self) -> None:
        """The list of remarks, to the clipboard."""
        QGuiApplication.clipboard().setText(self.table.verdicts.copied())
        messages.say(tr("The list was copied."))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.waiting.setText(tr("The form is read and tried. That takes some seconds."))
        self.table.setAccessibleName(tr("What is to be mended"))
        self.progress.setAccessibleName(tr("Progress"))
        if self.reading is not None:
            self._say_verdict(self.reading)
            self._say_trial(self.reading)
            self.publish_card.show_proposal(self.reading.proposal)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_parts(self) -> None:
        """Those of the state it is in."""
        read = self.reading
        waits: tuple[QWidget, ...] = (self.progress, self.waiting, self.stop_button)
        for part in waits:
            part.setVisible(read is None)
        self.verdict.setVisible(read is not None)
        for button in (self.again_button, self.another_button, self.back_button):
            button.setVisible(read is not None)
        told = _told(read) if read else []
        self.table.show_messages(told)
        self.copy_button.setVisible(bool(told))
        good = read is not None and read.proposal is not None
        self.tried.setVisible(good)
        self.publish_card.setVisible(good)
        set_look(self.again_button, "kind", "" if good else "primary")

    def _say_verdict(self, reading: Reading) -> None:
        told = _told(reading)
        errors = sum(one.stops for one in told)
        remarks = len(told) - errors
        if errors or reading.proposal is None:
            words, tone, picture = trn("{n} error", "{n} errors", errors), "danger", "warning"
        else:
            words, tone, picture = tr("The form can be used"), "success", "check"
        if remarks:
            words = " · ".join((words, trn("{n} remark", "{n} remarks", remarks)))
        self.verdict.say(words, tone, picture)
        self.table.fit()

    def _say_trial(self, reading: Reading) -> None:
        clear(self.trial_words)
        if (found := reading.trial) is None:
            return
        held = trn(
            "{n} interview with made-up answers came to its end: {asked} of {questions} questions "
            "were asked.",
            "{n} interviews with made-up answers came to their end: {asked} of {questions} questions "
            "were asked.",
            found.interviews,
            asked=found.asked,
            questions=found.questions,
        )
        self.trial_words.addWidget(PlainLabel(held, wrap=True))
        for remark in found.remarks:
            self.trial_words.addWidget(PlainLabel(f"• {remark.words()}", wrap=True))

    def _build(self) -> None:
        top, buttons = FlowLayout(12), FlowLayout()
        for part in (self.file, self.verdict):
            top.addWidget(part)
        for button in (
            *(self.again_button, self.another_button, self.copy_button),
            *(self.stop_button, self.back_button),
        ):
            buttons.addWidget(button)
        self.tried.add(self.trial_words)
        self.tried.body.addWidget(self.trial_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(960))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 24)
        page.setSpacing(14)
        page.addLayout(top)
        page.addWidget(self.progress)
        page.addWidget(self.waiting)
        page.addLayout(buttons)
        page.addWidget(self.table)
        page.addWidget(self.tried)
        page.addWidget(self.publish_card)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def _told(reading: Reading) -> list[Message]:
    """What is said of the form, and which of its questions keep it from being a survey's."""
    return [*reading.checked.messages, *reading.checked.telling]
