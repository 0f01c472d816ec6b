"""One part of a record: a line, and its form below it, which is made when it is opened first."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop import forms
from desktop.actions.edits import Edit
from desktop.actions.records import Row
from sync.change import new_id
from sync.errors import UserError
from sync.language import tr
from sync.places import Pack
from sync.records.base import Part, Values, fields
from sync.records.values import plain
from ui.models.part_words import part_words
from ui.models.record_page import Links
from ui.models.seen import on_top
from ui.widgets.part_form import PartForm
from ui.widgets.part_line import Mark, PartLine
from ui.widgets.record_form import RecordForm


class PartCard(QWidget):
    """Whether it is open or closed, what was typed into it is kept, counted and saved."""

    edited = Signal()
    next_wanted = Signal()
    removed = Signal()
    asked = Signal()  # for the extra button
    settled = Signal(str, object)  # field, the value taken
    left = Signal()  # Esc: it is to be closed

    def __init__(self, record: type[Part], pack: Pack, row: Row | None, extra: str) -> None:
        super().__init__()
        self.record, self.row = record, row
        self.id: UUID = row["id"] if row else new_id()
        self.gone = False  # it was removed while something typed here was not saved
        self.body: PartForm | None = None
        self._pack, self._extra = pack, extra
        self._number, self._may = 0, "all"
        self._links: Links = {}
        self._names: Mapping[str, str] = {}  # {login: name}
        self._kept: Values | None = None  # typed before a crash, until there is a form for it
        self._problems: dict[str, UserError] = {}
        self._sending = False  # how strictly they were looked for
        self.line = PartLine()
        self.line.reached.connect(self.tell)  # not with each letter: that lays the page out anew
        self.stop: QWidget = self.line  # the last that takes the keys
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)

    @property
    def form(self) -> RecordForm:
        """Its form, which is made if it is not there."""
        return (self.body or self._make()).form

    # showing

    def show_page(self, may: str, links: Links, names: Mapping[str, str]) -> None:
        """What may be changed, what is offered, and who wrote the other value of two."""
        self._may, self._links, self._names = may, links, names
        if self.body is not None:
            self._show_page(self.body)

    def show_number(self, number: int) -> None:
        """Its place among the parts; and what its line tells."""
        self._number = number
        self.tell()

    def rebase(self, row: Row) -> None:
        """The part was saved or changed elsewhere; what is typed stays on top."""
        self.row, self.gone = row, False
        self._problems = {}
        if self.body is not None:
            self.body.form.rebase(row)
        elif self._kept is not None:
            self.take_up(self._kept)

    def tell(self) -> None:
        """Its line anew, as it stands now."""
        words, below = part_words(self.record, self.seen(), self._pack, self._links)
        self.line.say(self._number, words, below, self._marks())

    def is_open(self) -> bool:
        """Whether its form is seen."""
        return self.body is not None and not self.body.isHidden()

    def open(self) -> None:
        """Show its form below its line."""
        body = self.body or self._make()
        body.show()
        self.line.show_opened(True)

    def fold(self) -> bool:
        """Close it; False where something in it is wrong, which is said at its fields then."""
        if self.body is None or not self.is_open():
            return True
        form = self.body.form
        form.commit()
        wrong = form.problems(sending=False)
        if wrong:
            self._say_problems(wrong)
            return False
        if self._problems:
            self._problems = form.problems(sending=self._sending)
        if self.has_cursor():
            self.line.setFocus()
        self.body.hide()
        self.tell()
        self.line.show_opened(False)
        return True

    def enter(self) -> None:
        """The cursor into its first field; onto its line where nothing can be filled in."""
        if self.is_open():
            self.form.focus_first()
        if not self.has_cursor():
            self.line.setFocus()

    def has_cursor(self) -> bool:
        """Whether the cursor is in its form."""
        now = QApplication.focusWidget()
        return self.body is not None and now is not None and self.body.isAncestorOf(now)

    # what was typed

    def seen(self) -> Row:
        """The part as it stands here: what is saved, and on top of it what was typed."""
        if self.body is not None:
            return on_top(self.record, self.row, self.body.form.values())
        typed = {} if self._kept is None else self._kept["values"]
        return on_top(self.record, self.row, typed)

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        if self.body is None:
            return self._kept is not None
        return self.body.form.dirty() and not self.blank()

    def blank(self) -> bool:
        """Nothing was written into a new part."""
        if self.row is not None or self._kept is not None:
            return False
        return self.body is None or all(
            value is None or self.record.begins.get(name) == value
            for name, value in self.body.form.values().items()
        )

    def edit(self, whole: UUID) -> Edit | None:
        """What is to be saved of this part, if anything."""
        if not self.dirty():
            return None
        form = self.form
        changes = form.changes()
        if not changes:
            return None
        if self.gone:  # who saves it wants it back
            changes["removed"] = False
        return Edit(
            self.record.kind, changes, self.id, parent=whole, base=form.base, was=form.was()
        )

    def typed(self) -> Values:
        """What was typed, and upon what, to be kept as a draft."""
        return self._kept if self._kept is not None else self.form.typed()

    def take_up(self, typed: Values) -> None:
        """Go on with what was typed earlier; a form is not made for it before it is needed."""
        if self.body is not None:
            self.body.form.take_up(typed)
            return
        saved = self._saved()
        told = {name: one for name, one in typed["values"].items() if saved.get(name) != one}
        self._kept = {**typed, "values": told} if told else None

    def problems(self, *, sending: bool) -> dict[str, UserError]:
        """What is wrong with it, by field; nothing with a new one into which nothing was written."""
        if self.blank():
            return {}
        if self.body is None and self._kept is None:
            return forms.check(self.record, self._saved(), sending=sending)
        return self.form.problems(sending=sending)

    def look(self, *, sending: bool) -> bool:
        """Whether something is wrong with it: then its line says so, and its fields once they are there."""
        self._sending = sending
        self._say_problems(self.problems(sending=sending))
        self.tell()
        return bool(self._problems)

    def show_problems(self) -> None:
        """Open it, with the cursor in the first field that is not right."""
        self.open()
        self.form.show_problems(self._problems)

    # inside

    def _make(self) -> PartForm:
        body = self.body = PartForm(self.record, self._pack, self._extra)
        form = body.form
        form.set_row(self.row)
        if self.row is None:
            form.set_values(dict(self.record.begins))
        self._show_page(body)
        if self._kept is not None:
            form.take_up(self._kept)
            self._kept = None
        form.tell_problems(self._problems)
        form.edited.connect(self.edited)
        form.settled.connect(self.settled)
        body.next_wanted.connect(self.next_wanted)
        body.removed.connect(self.removed)
        body.asked.connect(self.asked)
        body.hide()
        stops, layout = body.stops(), self.layout()
        if layout is not None:
            layout.addWidget(body)
        for stop in stops:  # before what follows this part, not after all the window
            QWidget.setTabOrder(self.stop, stop)
            self.stop = stop
        return body

    def _say_problems(self, problems: dict[str, UserError]) -> None:
        self._problems = problems
        if self.body is not None:
            self.body.form.tell_problems(problems)

    def _show_page(self, body: PartForm) -> None:
        body.form.set_editable(self._may)
        body.form.set_links(self._links)
        body.form.show_conflicts(self.row, names=self._names)
        body.remove_button.setVisible(self._may == "all")

    def _saved(self) -> Values:
        """What is saved, as JSON."""
        row = self.row or {}
        known = (one.name for one in fields(self.record) if not (one.apart or one.given))
        return plain({name: row.get(name) for name in known})

    def _marks(self) -> list[Mark]:
        said = []
        if self.gone:
            said.append((tr("It was removed"), "danger", "delete"))
        if self.row is not None and self.row["conflicts"]:
            said.append((tr("Two versions"), "danger", "warning"))
        if self._problems:
            said.append((tr("Needs correcting"), "danger", "reject"))
        if self.dirty():
            said.append((tr("Not saved"), "warning", "edit"))
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no field wanted for itself closes it; once more, with what is wrong said, it goes on."""
        if event.key() == Qt.Key.Key_Escape and self.is_open() and not self._told():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _told(self) -> bool:
        """Whether what is wrong stands at its fields already."""
        return bool(self._problems) and bool(self.form.problems(sending=False))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.tell()
        super().changeEvent(event)
