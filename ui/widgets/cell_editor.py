"""The cells of a wave: the questions whose answers make groups, and how many interviews in each."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.surveys.form import Form
from desktop.surveys.questions import Question, questions
from desktop.surveys.waves.cells import makes_cells
from sync import quotas
from sync.language import mark, tr
from sync.places import Pack
from sync.quotas import ANY, Design
from sync.records.base import Values
from ui import theme
from ui.models.cell_table import CellTable
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.many_input import ManyInput

NO_GROUP = frozenset(("dk", "refused", "na", "none", "other"))  # choices that nobody plans for
AGES = "18-29, 30-44, 45-59, 60+"
MOST_ROWS = 12  # seen at once


class CellEditor(QWidget):
    """Gives and takes the fields `groups` and `quotas` of a wave; the other fields tell the places."""

    changed = Signal()

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
        self._asked: dict[str, Question] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._fields: Values = {}  # cell_place, places, districts
        self.by = ManyInput()
        self.ages: dict[str, TextLine] = {}
        self.place = ChoiceInput()
        self.model, self.table = CellTable(pack), QTableView()
        self.total = PlainLabel(role="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._by_row = FieldRow(
            mark("Questions whose answers make cells"),
            self.by,
            mark("Sex, age, household, education, work: what neighbours know. No opinions."),
        )
        self._place_row = FieldRow(mark("Numbers for"), self.place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._by_row)
        layout.addLayout(self._rows)
        for part in (self._place_row, self.table, self.total):
            layout.addWidget(part)
        self._dress()
        self.by.changed.connect(self._chosen)
        self.place.changed.connect(self._show)
        self.model.edited.connect(self._numbered)
        self._row = 0  # where the cursor was last
        self.table.selectionModel().currentChanged.connect(self._stood)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self.table.itemDelegate().closeEditor.connect(self._typed)
        self.place.set_value(ANY)

    def show_form(self, form: Form | None) -> None:
        """What can make cells is what this form asks."""
        found = questions(form) if form is not None else []
        self._asked = {one.path: one for one in found if _fits(one)}
        self._show()

    def show_places(self, fields: Values) -> None:
        """Where is asked: `districts`, `places` and `cell_place` as the wave has them."""
        self._fields = fields
        if self.place.value() not in dict(self._places()):
            self.place.set_value(ANY)
        self._show()

    def values(self) -> Values:
        """`groups` and `quotas` as the wave keeps them; None where there are none."""
        groups = [
            quotas.group_line(path, group) for path, own in self._groups.items() for group in own
        ]
        numbers = [
            quotas.quota_line(line[0], line[1:], number)
            for line, number in self.model.quotas().items()
        ]
        return {"groups": sorted(groups) or None, "quotas": sorted(numbers) or None}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show the groups and numbers of a wave."""
        design = quotas.read(values)
        self._groups = dict(design.groups)
        self._fields = {name: values.get(name) for name in ("districts", "places", "cell_place")}
        self.by.blockSignals(True)
        self.by.set_value(list(design.groups))
        self.by.blockSignals(False)
        self.model.show_design(design, {}, ANY)
        self._make_ages()
        self._show()

    def set_editable(self, *, groups: bool, numbers: bool) -> None:
        """Whether questions and their groups may be changed; whether the numbers may."""
        self.by.set_read_only(not groups)
        for line in self.ages.values():
            line.set_read_only(not groups)
        self.model.set_read_only(not numbers)

    def _chosen(self) -> None:
        """Another question, or one less: numbers of other cells mean nothing any more."""
        chosen = self.by.value() or []
        self._groups = {
            path: self._groups.get(path) or self._proposed(path) for path in sorted(chosen)
        }
        self.model.show_design(self._design({}), {}, ANY)
        self._make_ages()
        self._show()
        self.changed.emit()

    def _proposed(self, path: str) -> tuple[str, ...]:
        question = self._asked.get(path)
        if question is not None and question.choices:
            return tuple(value for value, _ in question.choices if value not in NO_GROUP)
        return _ages(AGES)

    def _make_ages(self) -> None:
        """An input for the groups of each question that is answered by a number."""
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.ages = {}
        for path, groups in self._groups.items():
            question = self._asked.get(path)
            if question is None or not question.choices:
                line = self.ages[path] = TextLine()
                line.set_value(", ".join(groups))
                line.editingFinished.connect(self._aged)
                hint = mark("Groups from – to, with commas: 18-29, 30-44, 45-59, 60+")
                self._rows.addWidget(FieldRow(self._name(path), line, hint))

    def _aged(self) -> None:
        groups = self._groups | {path: _ages(line.text()) for path, line in self.ages.items()}
        if groups != self._groups:
            self._groups = groups
            known = self._design(self.model.quotas())
            kept = {line: n for line, n in known.quotas.items() if _in(line, groups)}
            self.model.show_design(self._design(kept), {}, ANY)
            self._show()
            self.changed.emit()

    def _numbered(self) -> None:
        self._say_total()
        self.changed.emit()

    def _typed(self, _: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._next.start()  # the table is first shown anew, with the sum of all

    def _go_on(self) -> None:
        """Enter after a number: to that of the next cell, as in a spreadsheet."""
        below = self.model.index(self._row + 1, self.model.columnCount() - 1)
        if below.isValid():
            self.table.setFocus()
            self.table.setCurrentIndex(below)  # which begins to edit it

    def _stood(self, now: QModelIndex) -> None:
        if now.isValid():
            self._row = now.row()

    def _design(self, numbers: Mapping[tuple[str, ...], int]) -> Design:
        read = quotas.read(self._fields)
        return Design(read.by_okrug, read.places, dict(sorted(self._groups.items())), numbers)

    def _show(self) -> None:
        self.by.set_choices([(path, self._name(path)) for path in {**self._asked, **self._groups}])
        self.place.set_choices(self._places())
        design = self._design(self.model.quotas())
        self.model.show_design(design, self._words(), self.place.value() or ANY)
        shown = bool(design)
        for part in (self._place_row, self.table, self.total):
            part.setVisible(shown)
        self._say_total()
        head = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        rows = min(self.model.rowCount(), MOST_ROWS)
        high = sum(self.table.rowHeight(row) for row in range(rows))
        self.table.setFixedHeight(high + head.sizeHint().height() + 6)

    def _say_total(self) -> None:
        self.total.setText(
            tr("Together in one place: {n}. Grey numbers are those of all places.",
               n=self.model.total())
        )  # fmt: skip

    def _places(self) -> list[tuple[str, str]]:
        """All; the districts; and where cells are of okrugs, the okrugs."""
        asked = self._fields.get("districts") or list(self._pack.districts)
        found = [(ANY, tr("All places"))]
        for code in asked:
            found.append((code, self._pack.full_name(code)))
            if self._fields.get("cell_place") == quotas.OKRUG:
                found += [
                    (one.code, self._pack.full_name(one.code))
                    for one in self._pack.okrugs.values()
                    if one.district == code
                ]
        return found

    def _name(self, path: str) -> str:
        question = self._asked.get(path)
        return question.label.words() if question else path

    def _words(self) -> dict[str, str]:
        """{path, or line of a group: its name}"""
        words = {path: self._name(path) for path in self._groups}
        for path, groups in self._groups.items():
            labels = dict(self._asked[path].choices) if path in self._asked else {}
            for group in groups:
                names = [labels[one].words() if one in labels else one for one in group.split()]
                words[quotas.group_line(path, group)] = ", ".join(names).replace("-", "–")
        return words

    def _dress(self) -> None:
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.grown(36))
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setHighlightSections(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.table.setAccessibleName(tr("Interviews planned in a cell"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _fits(question: Question) -> bool:
    kinds = ("select_one", "integer")
    return question.node.kind in kinds and makes_cells(question.path)


def _ages(text: str) -> tuple[str, ...]:
    parts = (part.strip().replace("–", "-") for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _in(line: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> bool:
    ordered = [groups[path] for path in sorted(groups)]
    return len(line) == len(ordered) + 1 and all(
        one == ANY or one in own for one, own in zip(line[1:], ordered, strict=True)
    )
