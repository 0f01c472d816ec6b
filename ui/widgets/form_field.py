"""One declared field in a form: its words, its input, what is wrong, what others said."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.actions.records import Row
from desktop.phones import parse_phone, show_phone
from sync.check_digits import doubt
from sync.errors import UserError
from sync.language import mark, tr
from sync.places import Pack
from sync.political import political
from sync.records.base import Field
from sync.vocabulary import choices
from ui.models.comments import Said
from ui.models.record_page import Links, rivals, spell
from ui.widgets.field_marks import Claim, CommentMark, ConflictMark, comment_mark, said_by
from ui.widgets.inputs import (
    ChoiceInput,
    DateInput,
    LongText,
    MoneyInput,
    NumberInput,
    PlacePicker,
    TextLine,
    TimeInput,
)
from ui.widgets.labels import PlainLabel
from ui.widgets.many_input import ManyInput
from ui.widgets.near_places import NearPlaces
from ui.widgets.restyle import set_look
from ui.widgets.tips import tip

Pairs = list[tuple[str, str]]  # key → words
LOOKED_AT = 2_000  # characters before the end of a text, with each key that is pressed
REMINDER = mark("Nobody's political views are written down: no party, no vote, no loyalty.")


class FormField(QWidget):
    """Shows and takes one value. Which input it gets follows from the field's type."""

    edited = Signal()
    settled = Signal(object)

    def __init__(
        self, field: Field, pack: Pack, district: str = "", *, dense: bool = False
    ) -> None:
        super().__init__()
        self.field, self._pack, self._dense = field, pack, dense
        self._linked: Pairs = []
        self._district = district or None
        self._problem: UserError | None = None
        self._open = not field.given
        self.label, self.hint, self.problem = PlainLabel(), PlainLabel(), PlainLabel()
        self.label.setProperty("role", "label")
        self.hint.setProperty("role", "hint")
        self.problem.setProperty("role", "error")
        self.hint.setWordWrap(True)
        self.problem.setWordWrap(True)
        self.reminder = PlainLabel(role="hint", wrap=True)
        self.reminder.hide()
        self.input: Any = self._make_input()
        self._value: Any = None  # of a given field
        self._marks = QVBoxLayout()
        self._marks.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.label, self.input, self.reminder, self.hint, self.problem):
            layout.addWidget(widget)
        if field.place:
            layout.insertWidget(2, NearPlaces(self.input, pack, self._district))
        layout.addLayout(self._marks)
        self.conflict: ConflictMark | None = None
        if not field.given:
            self.label.setBuddy(self.input)
            self.input.changed.connect(self._changed)
        self._retranslate()

    def value(self) -> Any:
        """What stands in the input, or None."""
        if self.field.given:
            return self._value
        value = self.input.value()
        if self.field.type is bool:
            return {"yes": True, "no": False}.get(value)
        if self.field.type is list and not self.field.okrugs:
            return [line.strip() for line in (value or "").splitlines() if line.strip()]
        if _is_phone(self.field) and value:
            return _stored(value)
        return value

    def set_value(self, value: Any) -> None:
        """Put a value of the declared type in. The cursor stays where nothing changes."""
        if self.field.given:
            self._value = value
            self._show_given()
        elif self.value() != value:
            self.input.set_value(self._typed(value))

    def set_links(self, choices: Pairs) -> None:
        """What a link may point to, or what is offered while one types; what stands there stays."""
        self._linked = choices
        if self.field.offers:
            self.input.offer([words for _, words in choices])
        else:
            self.input.set_choices(choices)

    def set_editable(self, editable: bool) -> None:
        """Whether the value may be changed; else it is still read and copied."""
        self._open = editable and not self.field.given
        if not self.field.given:
            self.input.set_read_only(not self._open)

    def open(self) -> bool:
        """Whether the value may be changed now."""
        return self._open

    def show_problem(self, problem: UserError | None) -> None:
        """Say at the field what is wrong."""
        self._problem = problem
        self.problem.setText(problem.words() if problem else "")
        self.problem.setVisible(problem is not None)
        set_look(self.input, "wrong", problem is not None)
        self.input.setAccessibleDescription(self.problem.text() or self.hint.text())

    def show_comments(self, comments: Iterable[Said]) -> None:
        """What a reviewer said about this field: what is open stands out."""
        _empty(self._marks, CommentMark)
        for said in comments:
            self._marks.addWidget(comment_mark(said))
        set_look(self.input, "commented", bool(self.comments()))

    def comments(self) -> list[str]:
        """The words of the comments that are still to be put right."""
        shown = (self._marks.itemAt(place) for place in range(self._marks.count()))
        marks = (item.widget() for item in shown if item is not None)
        said = [mark for mark in marks if isinstance(mark, CommentMark)]
        return [mark.words.text() for mark in said if mark.open]

    def show_conflict(self, row: Row | None, links: Links, names: Mapping[str, str]) -> None:
        """Both values where two people disagree; a button takes either. A cursor there stays here."""
        now, asked = QApplication.focusWidget(), self.conflict
        asks = asked is not None and now is not None and asked.isAncestorOf(now)
        self._ask(row, links, names)
        if asks:
            (self.conflict.buttons[0] if self.conflict is not None else self.input).setFocus()

    def _ask(self, row: Row | None, links: Links, names: Mapping[str, str]) -> None:
        _empty(self._marks, ConflictMark)
        self.conflict = None
        others = rivals(row, self.field.name) if row else []
        if row is None or not others:
            return
        stands = row[self.field.name]
        claims = [
            Claim(stands, self._words(stands, links), tr("Stands in the record")),
            *(
                Claim(
                    one.value,
                    self._words(one.value, links),
                    said_by(names.get(one.by, one.by), one.at),
                )
                for one in others
            ),
        ]
        self.conflict = ConflictMark(claims)
        self.conflict.taken.connect(self.settled)
        self._marks.addWidget(self.conflict)

    def focus(self) -> None:
        """Put the cursor here, and scroll so far that the problem and comments are seen."""
        self.input.setFocus()
        if isinstance(self.input, LongText):
            self.input.moveCursor(QTextCursor.MoveOperation.End)

    def has_cursor(self) -> bool:
        """Whether the cursor is in this field."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self.input or self.isAncestorOf(focused))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _make_input(self) -> Any:
        field = self.field
        if field.given:
            return PlainLabel(wrap=True)
        if field.place:
            return PlacePicker(
                lambda: self._pack.places(self._district),
                self._pack.full_name,
                self._district or "",
                lambda words: self._pack.search(words, self._district),
            )
        if field.okrugs:
            return ManyInput()
        if field.choices or field.link or field.type is bool:
            return ChoiceInput(self._pairs())
        if field.long or field.type is list:
            text = LongText()
            if self._dense:
                text.LEAST = 1  # it grows as one writes
            return text
        made: dict[type, Callable[[], Any]] = {
            date: DateInput,
            time: TimeInput,
            int: NumberInput,
        }
        return MoneyInput() if field.money else made.get(field.type, TextLine)()

    def _pairs(self) -> Pairs:
        if self.field.choices:
            return [(choice.key, choice.words()) for choice in choices(self.field.choices)]
        if self.field.type is bool:
            return [("yes", tr("Yes")), ("no", tr("No"))]
        if self.field.okrugs:
            return self._pack.okrugs_of(self._district)
        return self._linked

    def _show_given(self) -> None:
        self.input.setText(self._value or tr("The server gives it at the next sync"))

    def _typed(self, value: Any) -> Any:
        """A stored value as the input takes it."""
        if self.field.type is bool:
            return None if value is None else "yes" if value else "no"
        if self.field.type is list and not self.field.okrugs:
            return "\n".join(value or [])
        if _is_phone(self.field):
            return show_phone(value or "")
        return value

    def _words(self, value: Any, links: Links) -> str:
        return spell(self.field, value, self._pack, links)

    def _changed(self) -> None:
        if self._problem is not None:
            self.show_problem(None)  # being put right: said again on the next save
        self._remind()
        self.edited.emit()

    def _remind(self) -> None:
        """One line that forbids nothing: about somebody's political views, or a mistyped number."""
        if self.field.check:
            doubtful = doubt(self.field.check, str(self.input.value() or ""))
            self.reminder.setText(doubtful.words() if doubtful else "")
            self.reminder.setVisible(doubtful is not None)
        if self.field.long:
            told = political(str(self.input.value() or "")[-LOOKED_AT:])
            self.reminder.setText(tr(REMINDER) if told else "")
            self.reminder.setVisible(bool(told))

    def _retranslate(self) -> None:
        words = self.field.words()
        self.label.setText(tr("{field} *", field=words) if self.field.required else words)
        self.hint.setText(tr(self.field.hint))
        self.hint.setVisible(bool(self.field.hint) and not self._dense)
        self.input.setToolTip(tip(self.hint.text()))
        self.input.setAccessibleName(words)
        if self.field.given:
            self._show_given()
        else:
            self._remind()
        if isinstance(self.input, ChoiceInput | ManyInput) and not self.field.place:
            self.input.set_choices(self._pairs())
        self.show_problem(self._problem)


def phone_problem(field: Field, value: Any) -> UserError | None:
    """What is wrong with a phone number; None for other fields."""
    if not (_is_phone(field) and value):
        return None
    try:
        parse_phone(value)
    except UserError as problem:
        return problem
    return None


def _is_phone(field: Field) -> bool:
    return field.name == "phone"


def _stored(typed: str) -> str:
    """E.164, or the text as typed where it is no number: the problem is said on saving."""
    try:
        return parse_phone(typed)
    except UserError:
        return typed.strip()


def _empty(layout: QVBoxLayout, sort: type[QWidget]) -> None:
    for place in reversed(range(layout.count())):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        if isinstance(widget, sort):
            layout.takeAt(place)
            widget.hide()
            widget.deleteLater()
