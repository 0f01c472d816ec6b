"""The fields of a wave in the order in which it is planned: what, where, whom, how many, and its passport."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.wave_plan import Page, Remark
from desktop.forms import tidy
from desktop.surveys.form import Form
from sync.folding import kazakh_key
from sync.language import mark, tr
from sync.places import Pack
from sync.records.base import Values, field_map
from sync.records.survey import Wave
from sync.records.values import plain, split
from ui.widgets.cell_editor import CellEditor
from ui.widgets.form_field import FormField
from ui.widgets.labels import SectionTitle
from ui.widgets.many_field import ManyField

Rows = tuple[tuple[str, ...], ...]
SECTIONS: tuple[tuple[str, Rows], ...] = (
    (mark("What is asked"), (("title",), ("form",), ("starts_on", "ends_on"))),
    (mark("Where and about whom"), (("districts",), ("places",), ("rated",))),
    (mark("How many"), (("target", "cell_place"),)),
    (
        mark("Passport"),
        (
            ("asker", "client"),
            ("mode", "sample"),
            ("population",),
            ("method",),
            ("consent_line",),
            ("census",),
            ("weighting",),
        ),
    ),
    (
        mark("Elections"),
        (
            ("linked_to", "polling_day"),
            ("experience", "notice_number", "notice_on"),
            ("specialists",),
        ),
    ),
)
MANY = ("districts", "places", "rated")
OF_VOTE = ("polling_day", "experience", "notice_number", "notice_on", "specialists")
AFTER = "target"  # the section of this field is followed by the cells


class WaveForm(QWidget):
    """Shows a Page, and gives back all fields as JSON."""

    edited = Signal()
    form_chosen = Signal(str)  # its id: what it asks is to be read

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._pack, self._filling = pack, False
        self._clean: Values = {}
        declared = field_map(Wave)
        self.fields: dict[str, FormField] = {
            name: (ManyField if name in MANY else FormField)(declared[name], pack)
            for _, rows in SECTIONS
            for row in rows
            for name in row
        }
        self.cells = CellEditor(pack)
        self._titles: list[tuple[SectionTitle, str]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(28)
        for heading, rows in SECTIONS:
            layout.addLayout(self._section(heading, rows))
        for name, field in self.fields.items():
            field.label.setWordWrap(True)  # two stand beside each other, in large type too
            field.edited.connect(lambda name=name: self._touched(name))
        self.cells.changed.connect(lambda: self._touched("groups"))
        self._offer()

    def show_page(self, page: Page) -> None:
        """Another wave, or the same anew; what was typed and kept stands above what is saved."""
        self._filling = True
        self.fields["form"].set_links(list(page.forms))
        self.fields["census"].set_links(list(page.censuses))
        self._many("rated").set_choices(page.officials)
        self._offer()
        for name, field in self.fields.items():
            field.set_value(page.values[name])
            field.show_problem(None)
        self.cells.set_values(page.values)
        self._clean = self.values()
        self._fill(page.draft)
        self._lock(page)
        self._follow()
        self._filling = False
        self.form_chosen.emit(self.fields["form"].value() or "")

    def show_form(self, form: Form | None) -> None:
        """What the chosen form asks: of that, cells are made."""
        self._filling = True
        self.cells.show_form(form)
        self._filling = False

    def values(self) -> Values:
        """All fields as JSON; None where empty."""
        own = {name: field.value() for name, field in self.fields.items()}
        return tidy({**own, **self.cells.values()})

    def changes(self) -> Values:
        """Those that differ from what is saved."""
        return {name: v for name, v in self.values().items() if self._clean.get(name) != v}

    def show_remarks(self, remarks: Iterable[Remark]) -> None:
        """What stops the wave, at its field."""
        told = {one.field: one.text for one in reversed(list(remarks)) if one.stops and one.field}
        for name, field in self.fields.items():
            field.show_problem(told.get(name))

    def focus_field(self, name: str) -> QWidget:
        """Put the cursor there; the widget that must be seen."""
        if (field := self.fields.get(name)) is None:
            self.cells.by.setFocus()
            return self.cells
        field.focus()
        return field

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for title, heading in self._titles:
            title.setText(tr(heading))
        self._offer()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _many(self, name: str) -> ManyField:
        field = self.fields[name]
        assert isinstance(field, ManyField)
        return field

    def _offer(self) -> None:
        """Districts of the pack; okrugs of those that were chosen."""
        pack = self._pack
        districts = [(code, one.words()) for code, one in pack.districts.items()]
        self._many("districts").set_choices(_sorted(districts))
        asked = self._many("districts").value() or list(pack.districts)
        okrugs = [
            (one.code, pack.full_name(one.code))
            for one in pack.okrugs.values()
            if one.district in asked
        ]
        self._many("places").set_choices(_sorted(okrugs))
        self.fields["census"].input.setPlaceholderText(tr("Nothing: answers count as they are"))
        for name, words in (
            ("districts", tr("The whole region")),
            ("places", tr("All of them")),
            ("rated", tr("Nobody")),
        ):
            self._many(name).input.say_empty("" if self._many(name).value() else words)

    def _fill(self, draft: Mapping[str, Any]) -> None:
        if not draft:
            return
        typed, _ = split(Wave, {n: v for n, v in draft.items() if n in field_map(Wave)})
        for name, value in typed.items():
            if name in self.fields:
                self.fields[name].set_value(value)
        self.cells.set_values(self.values() | plain(typed))

    def _lock(self, page: Page) -> None:
        for name, field in self.fields.items():
            field.set_editable(name not in page.stays)
            if name in MANY:
                kept = page.values[name] or [] if name in page.grows else []
                self._many(name).input.set_kept(kept)
        self.cells.set_editable(
            groups="groups" not in page.stays, numbers="quotas" not in page.stays
        )

    def _touched(self, name: str) -> None:
        if self._filling:
            return
        self._follow()
        if name == "form":
            self.form_chosen.emit(self.fields["form"].value() or "")
        self.edited.emit()

    def _follow(self) -> None:
        """What depends on other fields."""
        self._offer()
        for name in OF_VOTE:
            self.fields[name].setVisible(bool(self.fields["linked_to"].value()))
        places = {name: self.fields[name].value() for name in ("districts", "places")}
        self.cells.show_places(places | {"cell_place": self.fields["cell_place"].value()})

    def _section(self, heading: str, rows: Rows) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setSpacing(12)
        title = SectionTitle(tr(heading))
        self._titles.append((title, heading))
        section.addWidget(title)
        for names in rows:
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in names:
                row.addWidget(self.fields[name], 1)
            section.addLayout(row)
            if AFTER in names:
                section.addWidget(self.cells)
        return section


def _sorted(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: kazakh_key(pair[1]))
