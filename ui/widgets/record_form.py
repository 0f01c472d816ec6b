"""A form for records of any kind, built from what their declaration says."""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import forms
from desktop.actions.consent import withdrawable
from desktop.actions.records import Row
from desktop.forms import tidy
from sync.errors import UserError
from sync.language import tr
from sync.places import Pack
from sync.records.base import Record, Values, field_map
from sync.records.values import split
from ui.models.comments import Said
from ui.models.record_page import Links
from ui.models.sections import sections
from ui.widgets.consent_bar import ConsentBar
from ui.widgets.form_field import FormField, phone_problem
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import SectionTitle


class RecordForm(QWidget):
    """Fields in sections, each with its words, problem, comments and conflict.

    `pack` and `district` say which places are offered: those of one district, or "" for all.
    """

    edited = Signal()
    settled = Signal(str, object)  # field, the value taken: it ends a conflict
    entered = Signal(QWidget)  # the field that got the cursor from here: it must be seen

    def __init__(
        self, record: type[Record], pack: Pack, district: str = "", *, dense: bool = False
    ) -> None:
        super().__init__()
        self.record = record
        self.base = 0  # the revision of the record that is shown
        self._clean: Values = {}
        self._before: Values = {}  # what typed fields said when their typing began, if not that
        self._row: Row | None = None
        self._filling = False
        self.fields = {
            name: FormField(field, pack, district, dense=dense)
            for name, field in field_map(record).items()
            if not field.apart
        }
        self.consent = ConsentBar(record, self.fields) if record.consent_field else None
        self._may_withdraw = False
        self._headings: list[tuple[SectionTitle, str]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12 if dense else 24)
        for heading, rows in sections(record):
            layout.addLayout(self._section(heading, rows, dense))
        for name, field in self.fields.items():
            field.edited.connect(self._touched)
            field.settled.connect(lambda value, name=name: self.settled.emit(name, value))
        if self.consent is not None:
            for name in (record.consent_field, "consent_on"):
                chosen = partial(self._consent_chosen, name == record.consent_field)
                self.fields[name].edited.connect(chosen)
            self._show_consent()
        self._clean = self.values()

    def values(self) -> Values:
        """What stands in the fields, as JSON; None where empty. Not what only the server gives."""
        return tidy(
            {name: field.value() for name, field in self.fields.items() if not field.field.given}
        )

    def changes(self) -> Values:
        """The values that differ from the record's. Others are not touched by a save."""
        return {
            name: value for name, value in self.values().items() if self._clean.get(name) != value
        }

    def was(self) -> Values:
        """What stood in the changed fields when their typing began."""
        return {name: self._before.get(name, self._clean.get(name)) for name in self.changes()}

    def dirty(self) -> bool:
        """Whether something was typed that the record does not say yet."""
        return bool(self.changes())

    def set_row(self, row: Row | None) -> None:
        """Show a record, or an empty form; what was typed is forgotten."""
        self._stand_on(row, {})

    def set_values(self, values: Values) -> None:
        """Put JSON values in as if they had been typed; so also a text that is no date."""
        typed, unfit = split(self.record, {n: v for n, v in values.items() if n in self.fields})
        self._fill(typed | {n: v for n, v in unfit.items() if isinstance(v, str)})
        self._show_consent()

    def rebase(self, row: Row) -> None:
        """The record changed elsewhere: show it, and keep on top what was typed here."""
        typed, seen, was = self.changes(), self.base, self.was()
        self._stand_on(row, typed)
        if self.changes():  # what was typed was typed upon that: the server must know
            self.base, self._before = seen, was

    def typed(self) -> Values:
        """What was typed, and upon what, to be kept as a draft."""
        return {"values": self.changes(), "base": self.base, "was": self.was()}

    def take_up(self, typed: Values) -> None:
        """Go on with what was typed earlier, perhaps upon an older state of the record."""
        self.set_values(typed["values"])
        if self.changes():
            self.base = min(self.base, int(typed.get("base", self.base)))
            self._before = typed.get("was", {})

    def set_links(self, links: Links) -> None:
        """What the link fields may point to."""
        self._filling = True
        for name, choices in links.items():
            self.fields[name].set_links(choices)
        self._filling = False

    def set_editable(self, what: str) -> None:
        """ "all", "live" (those that may change after approval) or "none"."""
        for name, field in self.fields.items():
            declared = field_map(self.record)[name]
            field.set_editable(what == "all" or (what == "live" and declared.live))
        self._may_withdraw = what != "none"
        self._show_consent()

    def problems(self, *, sending: bool) -> dict[str, UserError]:
        """What is wrong with what was typed, by field; sending asks for all that is required."""
        values = self.values()
        found = forms.check(self.record, values, sending=sending)
        for name, field in self.fields.items():
            if problem := phone_problem(field.field, values.get(name)):
                found[name] = problem
        return found

    def show_problems(self, problems: Mapping[str, UserError]) -> None:
        """Words at each field that is not right; the cursor goes to the first of them."""
        self.tell_problems(problems)
        first = next((name for name in self.order() if name in problems), None)
        if first:
            self.focus_field(first)

    def tell_problems(self, problems: Mapping[str, UserError]) -> None:
        """Words at each field that is not right, wherever the cursor is."""
        for name, field in self.fields.items():
            field.show_problem(problems.get(name))

    def show_comments(self, comments: Iterable[Said]) -> None:
        """A reviewer's words at the fields that they are about."""
        by_field: dict[str, list[Said]] = {name: [] for name in self.fields}
        for comment in comments:
            if comment.about in by_field:
                by_field[comment.about].append(comment)
        for name, field in self.fields.items():
            field.show_comments(by_field[name])
        self._show_consent()

    def show_conflicts(
        self, row: Row | None, links: Links | None = None, names: Mapping[str, str] | None = None
    ) -> None:
        """Both values at each field where two people disagree; `names` of people by login."""
        for field in self.fields.values():
            field.show_conflict(row, links or {}, names or {})
        self._show_consent()

    def order(self) -> list[str]:
        """The fields from top to bottom."""
        return [name for _, rows in sections(self.record) for row in rows for name in row]

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        self.fields[name].focus()
        self.entered.emit(self.fields[name])

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be filled in."""
        name = next((name for name in self.order() if self.fields[name].open()), None)
        if name:
            self.focus_field(name)

    def commit(self) -> None:
        """What was typed to find a choice counts, also where its field was not left yet."""
        for field in self.fields.values():
            if isinstance(field.input, ChoiceInput):
                field.input.commit()

    def focused(self) -> str:
        """The field with the cursor, or ""."""
        return next((name for name, field in self.fields.items() if field.has_cursor()), "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for title, heading in self._headings:
                title.setText(tr(heading))
        super().changeEvent(event)

    def _section(self, heading: str, rows: Iterable[tuple[str, ...]], dense: bool) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(8 if dense else 12)
        if heading:
            title = SectionTitle(tr(heading))
            self._headings.append((title, heading))
            layout.addWidget(title)
        for names in rows:
            side_by_side = QHBoxLayout()
            side_by_side.setSpacing(12)
            for name in names:
                side_by_side.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(side_by_side)
            if self.consent is not None and self.record.consent_field in names:
                layout.addWidget(self.consent)
        return layout

    def _stand_on(self, row: Row | None, typed: Values) -> None:
        """Show it, but for fields with something typed: those are not touched, so that the cursor
        stays in its place, and what Ctrl+Z can take back there."""
        self._row = row
        self.base = row["revision"] if row else 0
        saved = {name: row[name] if row else None for name in self.fields}
        self._fill({name: value for name, value in saved.items() if name not in typed})
        below = tidy({name: saved[name] for name in typed})
        self._clean, self._before = self.values() | below, {}
        self._show_consent()
        self.show_problems({})

    def _fill(self, values: Values) -> None:
        self._filling = True
        for name, value in values.items():
            self.fields[name].set_value(value)
        self._filling = False

    def _consent_chosen(self, way: bool) -> None:
        """A new consent is given to the newest text: that may still be put right here."""
        if self.consent is not None and not self._filling:
            self.set_values(self.consent.read_now(self._clean, chosen=way))

    def _show_consent(self) -> None:
        if self.consent is not None:
            stands = self._row is not None and withdrawable(self.record, self._row)
            self.consent.show_state(withdrawable=stands and self._may_withdraw)

    def _touched(self) -> None:
        if not self._filling:
            self.edited.emit()
