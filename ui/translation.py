"""Switching the language of the window while it is open.

The one mechanism: `use_language()` sets the language of sync.language and of Qt, then Qt sends
LanguageChange to every widget. A widget with texts of its own overrides changeEvent and calls its
`retranslate()`; it keeps English msgids, never translated words.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from sync.language import LANGUAGES, speak, spoken
from ui.qt_words import QtWords

_installed: list[QTranslator] = []  # Qt's own words: buttons of dialogs, context menus


def use_language(code: str) -> None:
    """Speak kk, ru or en from now on. Every open widget has changed when this returns."""
    app = QCoreApplication.instance()
    assert app is not None, "there is no application yet"
    speak(code)
    QLocale.setDefault(QLocale(spoken()))
    while _installed:
        app.removeTranslator(_installed.pop())
    its_own = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    its_own.load(f"qtbase_{spoken()}", folder)  # where it is not there, Qt speaks English
    words = QtWords(its_own, app)
    app.installTranslator(words)
    _installed.append(words)
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    # Qt has posted the news to the windows, once for all changes above: hand it over now
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)


def following(code: str) -> str:
    """The language after this one, in the order of sync.language."""
    codes = list(LANGUAGES)
    return codes[(codes.index(code) + 1) % len(codes)]
