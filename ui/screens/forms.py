"""Forms: opened from a file, mended, tried, published; a part of the screen "Forms and directory"."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from desktop.actions import forms
from desktop.actions.forms import Published, Reading
from desktop.session import Desk
from desktop.surveys.bundled import BundledForm, bundled_forms
from desktop.surveys.form import load_form
from sync.change import Change
from sync.errors import Stopped, UserError
from sync.language import tr
from ui import messages
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.undoing import undo_button
from ui.widgets.form_reading import FormReading
from ui.widgets.form_shelf import FormShelf
from ui.widgets.fresh_page import FreshPage
from ui.widgets.trial_page import TrialPage

FILES = "XLSForm, XForm (*.xlsx *.xls *.xml);;* (*)"


class FormsPage(FreshPage):
    """The shelf; a file that is read, and a trial, take its place and give it back. Esc goes back."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._path: Path | None = None
        self._how_far = HowFar()
        self._left: FormShelf | FormReading
        self.shelf, self.reading, self.trial = (
            FormShelf(),
            FormReading(),
            TrialPage(jobs, desk.pack),
        )
        self.pages = QStackedWidget()
        for page in (self.shelf, self.reading, self.trial):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._left = self.shelf
        self.shelf.file_wanted.connect(self.open_file)
        self.shelf.trial.connect(self.try_one)
        self.shelf.taken.connect(self.take)
        self.shelf.saved.connect(self.save_workbook)
        self.shelf.away.connect(self.take_away)
        self.reading.again.connect(self.read_again)
        self.reading.another.connect(self.open_file)
        self.reading.back.connect(self.back)
        self.reading.stopped.connect(self.stop)
        self.reading.trial.connect(self.try_read)
        self.reading.publish.connect(self.publish)
        self.trial.ended.connect(self.end_trial)
        for keys, act in (
            ("Ctrl+O", self.open_file),
            ("Ctrl+R", self.read_again),
            ("F9", self.try_read),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.pages)

    @Slot()
    def reload(self) -> None:
        """Read the shelf anew."""
        self._jobs.look(self, partial(forms.list_forms, self._desk), self._show)

    def _show(self, found: list[Published]) -> None:
        self.shelf.show_forms(found, bundled_forms())

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind in ("form", "wave") for change in changes):
            self.reload()

    # reading a file

    @Slot()
    def open_file(self) -> None:
        """Ask which file."""
        if self.pages.currentWidget() is self.trial:
            return
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a form file"), "", FILES)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file in the background; what came of it is shown."""
        self._path = path
        self._begin(path.name)
        work = partial(forms.read_file, self._desk, path, self._how_far.tell)
        self._jobs.aside(self, work, self._read, self._not_read)

    @Slot()
    def read_again(self) -> None:
        """The same file: it was mended in Excel meanwhile."""
        if self.pages.currentWidget() is self.reading and self.reading.reading and self._path:
            self.read(self._path)

    @Slot()
    def stop(self) -> None:
        """Read no further."""
        self._how_far.stop()
        self.back()

    def _begin(self, name: str) -> None:
        self._how_far = HowFar()
        self._how_far.told.connect(self.reading.show_progress)
        self.reading.show_reading(name)
        self.pages.setCurrentWidget(self.reading)

    def _read(self, read: Reading) -> None:
        if self.pages.currentWidget() is self.reading:  # and nobody stopped it at the last moment
            self.reading.show_read(read)

    def _not_read(self, error: UserError) -> None:
        if not isinstance(error, Stopped):
            self.back()
            messages.warn(str(error))

    # trying

    @Slot(object)
    def try_one(self, one: Published | BundledForm) -> None:
        """A form of the shelf."""
        if isinstance(one, BundledForm):
            self._try(one.xform(), one.words())
        else:
            work = partial(forms.xform_of, self._desk, one.id)
            self._jobs.read(self, work, partial(self._try, title=one.name))

    @Slot()
    def try_read(self) -> None:
        """The form that was read, as an interviewer would see it."""
        read = self.reading.reading
        if self.pages.currentWidget() is self.reading and read and read.checked.xform:
            self._try(read.checked.xform, read.file)

    def _try(self, xform: str, title: str) -> None:
        try:
            form = load_form(xform)
        except UserError as error:
            messages.warn(str(error))
            return
        self._left = self.reading if self.pages.currentWidget() is self.reading else self.shelf
        self.pages.setCurrentWidget(self.trial)
        self.trial.try_form(form, title)

    @Slot()
    def end_trial(self) -> None:
        """Back to where it was begun."""
        self.pages.setCurrentWidget(self._left)
        (self.reading.trial_button if self._left is self.reading else self.shelf).setFocus()

    # publishing

    @Slot(object)
    def take(self, one: BundledForm) -> None:
        """A form of the program, to be published as it is."""
        self._path = None
        self._begin(one.words())
        work = partial(forms.read_bundled, self._desk, one)
        self._jobs.aside(self, work, self._read, self._not_read)

    @Slot(str, str, str)
    def publish(self, name: str, version: str, use: str) -> None:
        """Save the form that was read."""
        read = self.reading.reading
        if read is None or not read.checked.xform:
            return
        self.reading.publish_card.button.setEnabled(False)  # pressed twice, it is published once
        work = partial(
            forms.publish,
            self._desk,
            read.checked.xform,
            name=name,
            version=version,
            use=use or forms.SURVEY,
        )
        self._jobs.write(work, partial(self._published, name), self._refused)

    def _published(self, name: str) -> None:
        self.reading.publish_card.button.setEnabled(True)
        messages.say(tr("“{name}” is published. It goes to all laptops with the next sync.",
                        name=name.strip()))  # fmt: skip
        self.back()

    def _refused(self, error: UserError) -> None:
        self.reading.publish_card.button.setEnabled(True)
        messages.warn(str(error), about=messages.SAVING)

    @Slot(object)
    def take_away(self, one: Published) -> None:
        """A version that no wave asks by. It can be undone at once."""
        done = partial(self._taken_away, one)
        self._jobs.write(partial(forms.take_away, self._desk, one.id), done, self._refused)

    def _taken_away(self, one: Published) -> None:
        back = undo_button(self._desk, self._jobs)
        said = tr(
            "Version {version} of “{name}” was taken away.", version=one.version, name=one.name
        )
        messages.tell(said, back)

    @Slot(object)
    def save_workbook(self, one: BundledForm) -> None:
        """Ask where to, and write the workbook there."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the workbook"), forms.workbook_name(one), "Excel (*.xlsx)"
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".xlsx")
            said = partial(self._saved, path)
            self._jobs.aside(self, partial(forms.save_workbook, one, path), said, self._refused)

    def _saved(self, path: Path, _: object) -> None:
        messages.say(tr("Saved as {name}. Change it in Excel, then open it here.", name=path.name))

    @Slot()
    def back(self) -> None:
        """To the shelf."""
        self.pages.setCurrentWidget(self.shelf)
        self.shelf.setFocus()
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing took for itself: back, or read no further."""
        here = self.pages.currentWidget()
        if event.key() == Qt.Key.Key_Escape and here is self.reading:
            (self.back if self.reading.reading else self.stop)()
        else:
            super().keyPressEvent(event)
