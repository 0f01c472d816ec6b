"""What was done about an issue, step by step, and a place to write the next one."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.edits import Edit
from desktop.actions.records import Row
from desktop.actions.terms import FORWARDED
from desktop.forms import EXTENDED
from sync.change import new_id
from sync.language import tr
from sync.person import Person
from sync.places import Pack
from sync.records.base import Values
from sync.records.issue import Step
from sync.vocabulary import label
from ui.dates import plain_day
from ui.icons import Picture
from ui.models.record_page import Page, editable
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.record_form import RecordForm

SIGNS = {
    "note": "edit",
    "call": "phone",
    "handed_over": "send",
    "reply": "document",
    "site_visit": "place",
    "told_applicant": "people",
    "extended": "later",
    "forwarded": "send",
}
OF = {"until": EXTENDED, "body": FORWARDED, "part": FORWARDED}  # fields of one sort of step alone


class StepsTimeline(QWidget):
    """The steps of the issue on the page, oldest first. They are written once."""

    record = Step
    edited = Signal()
    settled = Signal(object, str, object)  # as every panel; steps cannot conflict

    def __init__(self, person: Person, pack: Pack) -> None:
        super().__init__()
        self._person = person
        self._rows: list[Row] = []
        self._names: Mapping[str, str] = {}  # {login: name}
        self._id = new_id()  # of the step that is being written
        self._heading, self._next, self._empty = SectionTitle(""), PlainLabel(), PlainLabel()
        self._next.setProperty("role", "strong")
        self._empty.setProperty("role", "hint")
        self._past = QVBoxLayout()
        self._past.setSpacing(8)
        self.form = RecordForm(Step, pack, dense=True)
        self.form.edited.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(self._empty)
        layout.addLayout(self._past)
        layout.addWidget(self._next)
        layout.addWidget(self.form)
        self._retranslate()

    def show_page(self, page: Page, *, again: bool) -> None:
        """The steps that were saved; a step being written stays if it is `again` this page."""
        self._rows, self._names = page.parts.get(Step.kind, []), page.names
        if not again or any(row["id"] == self._id for row in self._rows):
            self._id = new_id()
            self.form.set_row(None)
            self.form.set_values({"done_on": date.today().isoformat()})  # noqa: DTZ011  # the person's day
            self._show_fields()
        may = editable(self._person, Step, None, page.row)
        for widget in (self._next, self.form):
            widget.setVisible(may == "all")
        self._show_past()

    def edits(self, whole: UUID) -> list[Edit]:
        """The step that was written, if any."""
        values = self.form.values()
        said = {
            name: one for name, one in values.items() if OF.get(name) in (None, values["type"])
        }
        return [] if self._blank() else [Edit(Step.kind, said, self._id, parent=whole)]

    def dirty(self) -> bool:
        """Whether a step was begun."""
        return not self._blank()

    def show_problems(self, *, sending: bool) -> bool:
        """A step is written once: it must be whole at once."""
        problems = {} if self._blank() else self.form.problems(sending=True)
        self.form.show_problems(problems)
        return bool(problems)

    def state(self) -> list[Values]:
        """What was typed, to be kept as a draft."""
        return [] if self._blank() else [{"id": str(self._id), "values": self.form.values()}]

    def restore(self, state: list[Values]) -> None:
        """Put a kept draft back."""
        for kept in state:
            self._id = UUID(kept["id"])
            self.form.set_values(kept["values"])
        self._show_fields()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _typed(self) -> None:
        self._show_fields()
        self.edited.emit()

    def _show_fields(self) -> None:
        """What only some sorts of step have is asked for them alone."""
        chosen = self.form.values()["type"]
        for name, sort in OF.items():
            self.form.fields[name].setVisible(chosen == sort)

    def _blank(self) -> bool:
        """A date alone is no step: it is filled in beforehand."""
        values = self.form.values()
        return not values["type"] and not values["text"]

    def _show_past(self) -> None:
        while (item := self._past.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in sorted(
            self._rows, key=lambda row: (row["done_on"] or date.max, row["created"])
        ):
            by = self._names.get(row["author"], row["author"])
            self._past.addWidget(_past_step(row, by))
        self._empty.setVisible(not self._rows)

    def _retranslate(self) -> None:
        self._heading.setText(tr("Steps"))
        self._next.setText(tr("Next step"))
        self._empty.setText(tr("Nothing was done yet. Write the first step below."))
        self._show_past()


def _of_the_sort(row: Row) -> str:
    """Until when it was extended, or to whom it went on."""
    if row["type"] == EXTENDED and row["until"]:
        return tr("Until {day}", day=plain_day(row["until"]))
    if row["type"] != FORWARDED:
        return ""
    part = tr("Only a part of it") if row["part"] else ""
    return " · ".join(word for word in (row["body"], part) if word)


def _past_step(row: Row, by: str) -> QWidget:
    sign = Picture(SIGNS.get(row["type"], "check"), "accent")
    what = PlainLabel(label("step_type", row["type"]) if row["type"] else "")
    what.setProperty("role", "strong")
    when = plain_day(row["done_on"]) if row["done_on"] else ""
    who = PlainLabel(" · ".join(part for part in (when, by) if part))
    who.setProperty("role", "hint")
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(what)
    head.addWidget(who)
    head.addStretch(1)
    said = "\n".join(part for part in (_of_the_sort(row), row["text"]) if part)
    text = PlainLabel(said)
    text.setWordWrap(True)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addLayout(head)
    if said:
        words.addWidget(text)
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    return whole
