"""A language of nobody: each text of the code is longer by a third, in brackets and accented.

What stands on a screen in Latin letters and without brackets is said by the code itself, and by no
catalogue. It takes the place of Kazakh, in which days and what resources name stay.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableView, QWidget

from sync import language

CODE = "kk"
ACCENTED = str.maketrans("AEIOUYaeiouycnsz", "ÀÉÎÕÛÝàéîõûýçñšž")
BRACES = re.compile(r"(\{[^{}]*\})")
LONGER = 0.35  # of a text: Kazakh and Russian are longer than English by about as much
SAID = re.compile(r"\[[^\[\]]*\]")  # by a catalogue, or data in it
NOTED: set[str] = set()  # texts from no catalogue, of all pictures of a gallery
FIRST = 12  # rows and columns of a table
WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(  # of keys, languages, files, records without a number, sources, and people
    r"Ctrl|Alt|Shift|Enter|Esc|Left|Right|English|~[0-9A-F]{5}|[\w-]+\.(csv|xlsx|jpg|pdf)"
    r"|© OpenStreetMap contributors, ODbL|stat\.gov\.kz|[a-z]{1,2}\.[a-z]+"
)


class Pseudo(NullTranslations):
    """Translates from English without knowing any other language."""

    def gettext(self, message: str) -> str:
        return accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return accented(msgid1 if n == 1 else msgid2)


def accented(text: str) -> str:
    """The text in brackets and longer; what stands in braces stays."""
    parts = (
        part if part.startswith("{") else part.translate(ACCENTED) for part in BRACES.split(text)
    )
    return f"[{''.join(parts)}{' ·' * round(len(text) * LONGER / 2)}]"


@contextmanager
def pseudo_spoken() -> Iterator[None]:
    """Whoever speaks Kazakh speaks it meanwhile."""
    real = language._catalogue
    with patch.object(
        language, "_catalogue", lambda code: Pseudo() if code == CODE else real(code)
    ):
        yield


def note(window: QWidget) -> None:
    """Keep what a picture shows without a catalogue, where this language is spoken."""
    if isinstance(language._catalogue(CODE), Pseudo):
        NOTED.update(unsaid(window))


def unsaid(window: QWidget) -> set[str]:
    """All texts below this one, seen or not yet, that no catalogue has said: those with a word in
    Latin letters, for what people write, and what resources name, is in Cyrillic ones."""
    every = (text for one in [window, *window.findChildren(QWidget)] for text in _texts(one))
    return {text for text in every if WORD.search(_left(text))}


def _left(text: str) -> str:
    text, before = NAMES.sub(" ", text), ""
    while before != text:
        before, text = text, SAID.sub(" ", text)
    return text


def _texts(widget: QWidget) -> Iterator[str]:
    for name in ("text", "title", "placeholderText"):
        if callable(told := getattr(widget, name, None)):
            yield str(told())
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
    yield widget.accessibleDescription()
    if isinstance(widget, QComboBox):
        yield from map(widget.itemText, range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model():
        yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model, roles = view.model(), (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    at = view.rootIndex()
    columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for column in range(min(columns, FIRST)):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        yield head if isinstance(head, str) else ""
        for row in range(min(model.rowCount(at), FIRST)):
            index = model.index(row, column, at)
            said = [index.data(role) for role in roles] if index.isValid() else []
            yield from (one for one in said if isinstance(one, str))
