"""Forms that are filled in by name: the list, each with its answers in words, and the questions."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.actions import filling
from desktop.actions.filling import Filling
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark
from sync.records.base import Values
from sync.records.filled_form import FilledForm
from ui import messages
from ui.jobs import Jobs
from ui.models.form_occasion import FormOccasion
from ui.models.record_page import read_page
from ui.screens.photographed import PhotographedRecords
from ui.widgets.answers_panel import AnswersPanel
from ui.widgets.interviewer import Interviewer
from ui.widgets.scrolled import Place

CHOOSE = mark("Choose the form that is to be filled in.")


class FilledFormsScreen(PhotographedRecords):
    """The questions take the place of the list, and give it back with the answers saved."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self.answers = AnswersPanel(desk.person)
        super().__init__(desk, jobs, FilledForm.kind, [self.answers])
        self.interviewer = Interviewer(jobs)
        self._asked: FormOccasion | None = None  # whose questions are on the screen
        self._held: FormOccasion | None = None
        self._over_list()
        self.answers.wanted.connect(self.ask)
        self.editor.sheet.question_chosen.connect(self._to_question)
        self.interviewer.opened.connect(self._questions_opened)
        self.interviewer.finished.connect(self._finished)
        self.interviewer.closed.connect(self._closed)

    def ask(self) -> None:
        """Save the record as far as it is, then go through its questions."""
        page = self.editor.page
        if page is None:
            return
        if not self.editor.form.values()["form"]:
            self.editor.form.show_problems({"form": UserError(CHOOSE)})
            return
        if (page.row is None or self.editor.dirty()) and not self.editor.save():
            return
        work = partial(filling.begin, self._desk, page.id)
        self._jobs.read(self, work, self._hold, lambda error: messages.warn(str(error)))

    def asking(self) -> bool:
        """Whether questions are on the screen."""
        return self.places.currentWidget() is self.interviewer

    def begin(self, values: Values | None = None) -> None:
        """Another record; not in the midst of questions."""
        if not self.asking():
            super().begin(values)

    def export(self) -> None:
        """The list as a table; not in the midst of questions."""
        if not self.asking():
            super().export()

    def changeEvent(self, event: QEvent) -> None:
        """The answers are told in one language: tell them anew."""
        if event.type() == QEvent.Type.LanguageChange and (id := self._shown_id()) is not None:
            work = partial(read_page, self._desk, self.kind, id)
            self._jobs.read(self, work, partial(self.answers.show_page, again=True))
        super().changeEvent(event)

    # inside

    def _hold(self, begun: Filling) -> None:
        self._held = FormOccasion(self._desk, begun)
        self.interviewer.hold(self._held)
        self.interviewer.setFocus()

    def _questions_opened(self) -> None:
        """Also anew, when it is taken back that they were thrown away."""
        self._asked = self._held
        self.places.setCurrentWidget(self.interviewer)

    def _finished(self, _: object) -> None:
        self._asked = None

    def _closed(self) -> None:
        """Back to the record; what was answered so far is saved in it as a draft."""
        self.places.setCurrentIndex(0)
        asked, self._asked = self._asked, None
        if asked is not None:
            work = partial(filling.leave, self._desk, asked.begun.id)
            self._jobs.write(work, None, lambda error: messages.warn(str(error)))
        self.answers.button.setFocus()

    def _to_question(self, name: str) -> None:
        line = self.answers.pick(name)
        if line is not None:
            self.editor.area.ensureWidgetVisible(line, 0, 60)

    def _shown_id(self) -> UUID | None:
        page = self.editor.page if hasattr(self, "answers") else None
        return page.id if page is not None and page.row is not None else None

    def _save(self) -> None:
        if not self.asking():
            super()._save()

    def _send(self) -> None:
        if not self.asking():
            super()._send()

    def _over_list(self) -> None:
        """The frame of the list becomes one of two places."""
        layout = self.layout()
        assert layout is not None
        item = layout.takeAt(0)
        assert item is not None
        frame = item.widget()
        assert frame is not None
        self.places = QStackedWidget()
        before = Place()
        self.places.addWidget(before)
        layout.addWidget(self.places)
        before.hold(frame)
        self.places.addWidget(self.interviewer)
