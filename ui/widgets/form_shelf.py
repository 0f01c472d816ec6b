"""The forms of the region by name with their versions, and those that come with the program."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.forms import Published
from desktop.surveys.bundled import BundledForm
from sync.language import LANGUAGES, mark, tr, trn
from sync.vocabulary import label
from ui import theme
from ui.dates import short_day
from ui.widgets.badges import Badge
from ui.widgets.cards import Card, Line
from ui.widgets.fact_sheet import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.scrolled import scrolled
from ui.widgets.word_button import WordButton

NONE = mark(
    "No form is published yet. Open an XLSForm made in Excel, or take one of those below: it can be "
    "tried first, and changed in Excel."
)


class FormShelf(QWidget):
    """Decides nothing; says what was pressed."""

    file_wanted = Signal()
    trial = Signal(object)  # a Published or a BundledForm
    taken = Signal(object)  # a BundledForm, to be published
    saved = Signal(object)  # a BundledForm, whose workbook is wanted
    away = Signal(object)  # a Published that nobody uses

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[tuple[str, object], WordButton] = {}  # {(what, id or key): button}
        self.open_button = WordButton(
            mark("Open a form file…"), "primary", "document", keys="Ctrl+O"
        )
        self.open_button.clicked.connect(lambda _=False: self.file_wanted.emit())
        self.hint = PlainLabel(role="muted", wrap=True)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(960))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 24)
        page.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.hint, 1)
        page.addLayout(top)
        page.addLayout(self.cards)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.open_button)

    def show_forms(self, found: Sequence[Published], bundled: Sequence[BundledForm]) -> None:
        """All cards anew, in the language spoken now."""
        self.hint.setText(
            tr("An Excel workbook (.xlsx, .xls) as Kobo, ODK and SurveyCTO have it, or an XForm.")
        )
        clear(self.cards)
        self.buttons = {}
        if not found:
            self.cards.addWidget(PlainLabel(tr(NONE), wrap=True))
        for name, versions in groupby(found, key=lambda one: one.name):
            self.cards.addWidget(self._card(name, list(versions)))
        self.cards.addWidget(SectionTitle(tr("Forms that come with the program")))
        card = Card()
        for place, one in enumerate(bundled):
            if place:
                card.add(Line())
            card.add(self._bundled(one))
        self.cards.addWidget(card)

    def _card(self, name: str, versions: Sequence[Published]) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(PlainLabel(name, "heading", wrap=True), 1)
        use = versions[0].use
        badge = Badge(label("form_use", use), "accent" if use == "named" else "neutral")
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        card.add(head)
        for place, version in enumerate(versions):
            if place:
                card.add(Line())
            card.add(self._version(version))
        return card

    def _version(self, one: Published) -> QWidget:
        words = [PlainLabel(_asks(one), "muted", wrap=True)]
        if one.version:
            words.insert(0, PlainLabel(tr("Version {version}", version=one.version), "strong"))
        if one.waves:
            asked = tr("Asks in: {waves}. It stays as it is.", waves=", ".join(one.waves))
            words.append(PlainLabel(asked, "muted", wrap=True))
        buttons = [self._button("try", one.id, mark("Try"), "play", partial(self.trial.emit, one))]
        if not one.used:
            take = partial(self.away.emit, one)
            buttons.append(self._button("away", one.id, mark("Take away"), "delete", take))
        return _row(words, buttons, one.name)

    def _bundled(self, one: BundledForm) -> QWidget:
        purpose, use = label("form_purpose", one.purpose), label("form_use", one.use)
        about = use if purpose == one.words() else f"{purpose} · {use}"
        words = [PlainLabel(one.words(), "strong", wrap=True), PlainLabel(about, "muted")]
        acts = (
            ("take", mark("Take this form…"), "add", partial(self.taken.emit, one)),
            ("try", mark("Try"), "play", partial(self.trial.emit, one)),
            ("save", mark("Save the workbook…"), "save", partial(self.saved.emit, one)),
        )
        buttons = [self._button(what, one.key, said, icon, act) for what, said, icon, act in acts]
        return _row(words, buttons, one.words())

    def _button(
        self, what: str, key: object, words: str, icon: str, act: "partial[None]"
    ) -> WordButton:
        button = self.buttons[(what, key)] = WordButton(words, icon=icon)
        button.clicked.connect(lambda _=False: act())
        return button


def _asks(one: Published) -> str:
    languages = ", ".join(LANGUAGES.get(code, code) for code in one.languages)
    day = short_day(one.published.astimezone().date())
    return " · ".join(
        part
        for part in (trn("{n} question", "{n} questions", one.questions), languages, day)
        if part
    )


def _row(words: Sequence[QWidget], buttons: Sequence[WordButton], name: str) -> QWidget:
    """What it is, and below what can be done: in more lines where there is no room."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    for part in words:
        column.addWidget(part)
    flow = FlowLayout()
    for button in buttons:
        button.setAccessibleName(f"{button.text()}: {name}")
        flow.addWidget(button)
    column.addSpacing(4)
    column.addLayout(flow)
    return row
