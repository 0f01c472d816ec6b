"""What of a list of late matters is wanted: four fields that say how many each choice would leave."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.overdue import LISTED, Choice, Late
from sync.folding import kazakh_key
from sync.language import mark, tr
from sync.places import Pack
from sync.records import KINDS
from ui import theme
from ui.models.lines import short_place
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import ChoiceInput
from ui.widgets.word_button import WordButton

EVERY = {
    "kind": mark("All kinds"),
    "district": mark("All districts"),
    "village": mark("All villages"),
    "body": mark("Whoever is to answer"),
}
WIDTH = 230


Offers = Mapping[str, list[tuple[str, str]]]  # {field: what can be chosen, in order}

NAMED: Mapping[str, Callable[[Pack, str], str]] = {
    "kind": lambda _, kind: tr(KINDS[kind].label),
    "district": lambda pack, code: pack.full_name(code),
    "village": short_place,
    "body": lambda _, body: body,
}


def offers(pack: Pack, late: Late) -> Offers:
    """What can be chosen of what is late, each with how many it would leave. For a worker: names are put
    into Kazakh order, and a region has many villages."""
    counted = {
        "kind": late.kinds,
        "district": late.districts,
        "village": late.villages,
        "body": late.bodies,
    }
    found = {}
    for name, counts in counted.items():
        words = {key: NAMED[name](pack, key) for key in counts}
        keys = sorted(counts, key=lambda key: kazakh_key(words[key]))
        if name == "kind":
            keys = [kind for kind in LISTED if kind in counts]
        found[name] = [(key, f"{words[key]} · {counts[key]}") for key in keys]
    return found


class LateFilters(QWidget):
    """`changed`: something else is wanted. `regional`: districts are chosen from, too."""

    changed = Signal()

    def __init__(self, pack: Pack, *, regional: bool) -> None:
        super().__init__()
        self._pack = pack
        self._showing = False
        self.fields = {name: ChoiceInput() for name in EVERY}
        self.all_button = WordButton(mark("Show all again"), "quiet")
        layout = FlowLayout(spacing=8)
        self.setLayout(layout)
        for field in self.fields.values():
            field.setMinimumWidth(theme.grown(WIDTH))
            field.setMaximumWidth(theme.grown(WIDTH))
            field.changed.connect(self._tell)
            layout.addWidget(field)
        layout.addWidget(self.all_button)
        self.fields["district"].setVisible(regional)
        self.all_button.clicked.connect(self.clear)
        self.all_button.hide()
        self.retranslate()

    def choice(self, days: int) -> Choice:
        """What is chosen, with the days late that are chosen elsewhere."""
        kind, district, village, body = (one.value() or "" for one in self.fields.values())
        return Choice(days, kind, district, village, body)

    def clear(self) -> None:
        """Choose nothing: all is wanted."""
        self._showing = True
        for field in self.fields.values():
            field.set_value(None)
        self._showing = False
        self._tell()

    def offer(self, offers: Offers) -> None:
        """What can be chosen now."""
        self._showing = True
        for name, pairs in offers.items():
            field = self.fields[name]
            chosen = field.value()
            more = [(chosen, self._named(name, chosen, 0))] if chosen else []
            field.set_choices([*pairs, *(one for one in more if chosen not in dict(pairs))])
        self._showing = False

    def _named(self, name: str, key: str, count: int) -> str:
        return f"{NAMED[name](self._pack, key)} · {count}"

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for name, words in EVERY.items():
            self.fields[name].setPlaceholderText(tr(words))
            self.fields[name].setAccessibleName(tr(words))

    def _tell(self) -> None:
        if not self._showing:
            self.all_button.setVisible(any(field.value() for field in self.fields.values()))
            self.changed.emit()
