"""Many records changed together: what is to become of them, and what would, before it is done."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.bulk import REMOVE, Saved, Wish
from desktop.actions.review import Decision
from sync.language import counted, mark, tr, trn
from sync.places import Pack
from sync.records.base import Field
from sync.records.values import plain
from ui import theme
from ui.dialogs.tall import button_row, fitting
from ui.icons import Picture, icon
from ui.models.fates import FateTable, Preview
from ui.widgets.field_row import FieldRow
from ui.widgets.form_field import FormField
from ui.widgets.inputs import ChoiceInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

PAUSE = 300  # ms after the last key until it is looked through
LEAST = 150  # px of the table
MEASURED, TITLE = 50, 240  # rows by whose numbers the first column is as wide; px of a title
MOVES = {
    Decision.SEND.value: mark("Send for review"),
    Decision.APPROVE.value: mark("Approve"),
    Decision.RETURN.value: mark("Return"),
    REMOVE: mark("Remove"),
}


class BulkDialog(QDialog):
    """Decides and writes nothing. Fields are added one by one; several at once are a change that may
    be kept under a name."""

    asked = Signal(object)  # the Wish, to be looked through
    wanted = Signal(object)  # the Plan, to be done
    left_out = Signal(object)  # ids
    kept = Signal(str, object)  # a name, the Wish
    stop_wanted = Signal()

    def __init__(
        self,
        n: int,
        fields: Sequence[Field],
        moves: Sequence[str],
        pack: Pack,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Change together"))
        self._pack, self._known = pack, {field.name: field for field in fields}
        self._saved: dict[str, Saved] = {}
        self._offers: Mapping[str, list[tuple[str, str]]] = {}
        self._busy = False
        self.preview: Preview | None = None
        self.fields: dict[str, FormField] = {}
        self.heading = PlainLabel(role="heading", wrap=True)
        self.saved_input = ChoiceInput()
        self.field_input = ChoiceInput([(one.name, one.words()) for one in fields])
        self.move_input = ChoiceInput([(one, tr(MOVES[one])) for one in moves])
        self.comment_input, self.name_input = TextLine(), TextLine()
        self.keep_button = QPushButton(tr("Keep this change"))
        self.summary = PlainLabel(tr("Choose what is to become of them."), "strong", wrap=True)
        self.reasons = PlainLabel(role="muted", wrap=True)
        self.problem = PlainLabel("", "error", wrap=True)
        self.table, self.view = FateTable(), QTableView()
        self.out_button = QPushButton(tr("Leave out the marked ones"))
        self.run_button, self.stop_button = QPushButton(), QPushButton(tr("Cancel"))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._ask)
        self._lay_out(bool(fields), bool(moves))
        self._connect()
        self.show_count(n)
        self._show_state()
        self.resize(fitting(self, 980, 680))

    # what is told

    def show_count(self, n: int) -> None:
        """So many records are chosen."""
        self.heading.setText(trn("{n} record is chosen", "{n} records are chosen", n))

    def offer(self, offers: Mapping[str, list[tuple[str, str]]]) -> None:
        """What is offered while a field is typed, by its name."""
        self._offers = offers

    def show_saved(self, saved: Sequence[Saved]) -> None:
        """The changes that were kept under a name."""
        self._saved = {one.name: one for one in saved}
        self.saved_input.set_choices([(name, name) for name in self._saved])
        self.saved_row.setVisible(bool(saved))

    def show_preview(self, preview: Preview) -> None:
        """What would become of them; now it can be done."""
        self.preview = preview
        self.problem.hide()
        self.table.show_rows(list(preview.lines))
        self.summary.setText(preview.words)
        self.reasons.setText("\n".join(preview.reasons))
        self.reasons.setVisible(bool(preview.reasons))
        self._show_state()

    def show_progress(self, done: int, of: int) -> None:
        """It takes longer than a moment."""
        self.summary.setText(tr("{done} of {n} records", done=counted(done), n=counted(of)))

    def show_problem(self, words: str) -> None:
        """What did not work; it can be tried again."""
        self._busy, self.preview = False, None
        self.problem.setText(words)
        self.problem.show()
        self._show_state()

    # what is wished

    def wish(self) -> Wish:
        """What stands in the inputs; a field without a value is not touched."""
        found = {name: field.value() for name, field in self.fields.items()}
        values = plain({name: value for name, value in found.items() if value not in (None, "")})
        return Wish(values, self.move_input.value() or "", self.comment_input.value() or "")

    def ask_again(self) -> None:
        """Look through what is wished, as it is now."""
        self._soon.start()

    def add_field(self, name: str, value: object = None) -> None:
        """Ask for one field more."""
        if name not in self._known or name in self.fields:
            return
        field = self.fields[name] = FormField(self._known[name], self._pack)
        if offered := self._offers.get(name):
            field.set_links(offered)
        if value is not None:
            field.set_value(value)
        field.edited.connect(self._edited)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(field, 1)
        away = QToolButton()
        away.setIcon(icon("close", "muted"))
        words = tr("Do not change “{field}”", field=self._known[name].words())
        away.setAccessibleName(words)
        away.setToolTip(tip(words))
        away.clicked.connect(partial(self._drop, name, row))
        across.addWidget(away, 0, Qt.AlignmentFlag.AlignBottom)
        self._rows[name] = row
        self._lay_fields()
        field.focus()

    def _drop(self, name: str, row: QWidget, _: bool = False) -> None:
        del self.fields[name], self._rows[name]
        row.hide()
        row.deleteLater()
        self._lay_fields()
        self.field_input.setFocus()
        self._edited()

    def _lay_fields(self) -> None:
        """Two beside each other: what becomes of the records needs the room below."""
        for place, row in enumerate(self._rows.values()):
            self._grid.addWidget(row, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)

    def _add_chosen(self) -> None:
        name = self.field_input.value()
        if name:
            self.field_input.set_value(None)
            self.add_field(name)

    def _take_saved(self) -> None:
        """The inputs say what was kept."""
        one = self._saved.get(self.saved_input.value() or "")
        if one is None:
            return
        from sync.records.values import typed  # each as its field has it

        for name, value in one.values.items():
            if name in self._known:
                self.add_field(name)
                self.fields[name].set_value(typed(self._known[name], value))
        self.move_input.set_value(one.move or None)
        self.comment_input.set_value(one.comment)
        self.name_input.set_value(one.name)
        self._edited()

    def _keep(self) -> None:
        if (name := (self.name_input.value() or "").strip()) and not self.wish().empty:
            self.kept.emit(name, self.wish())

    def _edited(self) -> None:
        self.preview = None
        self._show_state()
        self._soon.start()

    def _ask(self) -> None:
        wish = self.wish()
        if wish.empty:
            self.table.show_rows([])
            self.reasons.hide()
            self.summary.setText(tr("Choose what is to become of them."))
        else:
            self.summary.setText(tr("Being looked at…"))
            self.asked.emit(wish)

    def _leave_out(self) -> None:
        rows = [index.row() for index in self.view.selectionModel().selectedRows()]
        if rows:
            self.left_out.emit(self.table.ids(rows))

    def _run(self) -> None:
        if self.preview is not None and not self._busy:
            self._busy = True
            self._show_state()
            self.wanted.emit(self.preview.plan)

    def _show_state(self) -> None:
        going = self.preview.going if self.preview is not None else 0
        many = trn("Change {n} record", "Change {n} records", going)
        self.run_button.setText(many if going else tr("Change together"))
        self.run_button.setEnabled(going > 0 and not self._busy)
        self.out_button.setEnabled(self.preview is not None and not self._busy)
        for part in (self.inputs, self.keep_button, self.name_input):
            part.setEnabled(not self._busy)

    def _connect(self) -> None:
        self.field_input.changed.connect(self._add_chosen)
        self.saved_input.changed.connect(self._take_saved)
        for one in (self.move_input, self.comment_input):
            one.changed.connect(self._edited)
        self.keep_button.clicked.connect(self._keep)
        self.out_button.clicked.connect(self._leave_out)
        self.run_button.clicked.connect(self._run)
        self.stop_button.clicked.connect(self.reject)
        self.finished.connect(lambda _: self.stop_wanted.emit())

    def _lay_out(self, fields: bool, moves: bool) -> None:  # inside
        self.run_button.setProperty("kind", "primary")
        self.run_button.setDefault(True)
        for button in (self.stop_button, self.out_button, self.keep_button):
            button.setAutoDefault(False)
        self.saved_row = FieldRow(mark("A change that you kept"), self.saved_input)
        self.saved_row.hide()
        self.inputs = QWidget()
        column = QVBoxLayout(self.inputs)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._rows: dict[str, QWidget] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        field_row = FieldRow(mark("Set a field"), self.field_input)
        move_row = FieldRow(mark("Step"), self.move_input)
        field_row.setVisible(fields)
        move_row.setVisible(moves)
        across = QHBoxLayout()
        across.setSpacing(12)
        for row in (self.saved_row, field_row, move_row):
            across.addWidget(row, 1)
        column.addLayout(across)
        column.addLayout(self._grid)
        column.addWidget(FieldRow(mark("Comment at each of them"), self.comment_input))
        self.view.setModel(self.table)
        self.view.setAccessibleName(tr("What becomes of each record"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setResizeContentsPrecision(MEASURED)
        head.resizeSection(1, theme.grown(TITLE))
        self.problem.hide()
        self.reasons.hide()
        self.name_input.setPlaceholderText(tr("Name"))
        self.name_input.setAccessibleName(tr("Name of this change"))
        keeping = QHBoxLayout()
        keeping.setSpacing(8)
        keeping.addWidget(self.name_input, 1)
        keeping.addWidget(self.keep_button)
        for part in (self.name_input, self.keep_button):
            part.setVisible(fields)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Picture("check", "accent", 28))
        top.addWidget(self.heading, 1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.inputs)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self.summary, 1)
        told.addWidget(self.out_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(told)
        layout.addWidget(self.reasons)
        layout.addWidget(self.problem)
        self.view.setMinimumHeight(theme.grown(LEAST))
        layout.addWidget(self.view, 1)
        layout.addLayout(keeping)
        self.area = QScrollArea(widgetResizable=True)  # large words in a low window
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self.area, 1)
        whole.addLayout(button_row(self.run_button, self.stop_button))
