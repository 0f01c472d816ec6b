"""A text of consent: to be read aloud from the screen, or saved as a page to sign."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.consent_paper import to_read, to_sign
from desktop.files import write_whole
from sync.consents import given_in
from sync.errors import UserError
from sync.language import LANGUAGES, tr
from ui import messages
from ui.dialogs.tall import button_row, fitting
from ui.file_places import to_save
from ui.widgets.labels import PlainLabel


class ConsentDialog(QDialog):
    """Shows one version, in one language at a time; a page to sign only in one that people consent in."""

    def __init__(self, version: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Text of the consent"))
        self.resize(fitting(self, 640, 600))
        self.version, self.language = version, language
        self.languages: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.words = PlainLabel(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.title = PlainLabel("", "heading", wrap=True)
        self.save_button = QPushButton(tr("Save as PDF…"))
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self.ask_where)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.languages[language].setChecked(True)
        self.languages[language].setFocus()
        self.show_language(language)

    def show_language(self, language: str) -> None:
        """The same version in another language."""
        self.language = language
        title, *parts = [one.words for one in to_read(self.version, language)]
        self.title.setText(title)
        self.words.setText("\n\n".join(parts))
        self.save_button.setEnabled(language in given_in())

    def ask_where(self) -> None:
        """Let the person choose a file."""
        proposed = f"{self.version}-{self.language}.pdf"
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Text of the consent"), to_save(proposed), "PDF (*.pdf)"
        )
        if name:
            self.save(name)

    def save(self, name: str) -> None:
        """Write the page to this file, and say how that went."""
        from ui.held_paper import draw_held  # what draws pages comes when one is wanted

        try:
            write_whole(Path(name), draw_held(to_sign(self.version, self.language)))
        except UserError as error:
            messages.warn(str(error))
        else:
            messages.say(tr("Saved. Print it, and have it signed. Nobody's name is in the file."))

    def _lay_out(self) -> None:
        languages = QHBoxLayout()
        languages.setSpacing(16)
        for language, name in LANGUAGES.items():
            button = self.languages[language] = QRadioButton(name)
            button.clicked.connect(partial(self.show_language, language))
            self._group.addButton(button)
            languages.addWidget(button)
        languages.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(languages)
        layout.addWidget(area, 1)
        layout.addLayout(button_row(self.save_button, self.close_button))
