"""The application object: fonts, look, language, and what happens to bugs. No heavy import here:
the first paint comes before the store, the network and the records are loaded.
"""

import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from sync import VERSION
from sync.language import speak
from ui import fonts, theme
from ui.crash import CrashHooks, report
from ui.translation import use_language
from ui.type_size import SMALLEST, per_cent
from ui.widgets.sidebar import paint_sign

ALLOCATION = 192  # MB that Qt may take for one picture: 40 million pixels


def make_app(
    argv: list[str] | None = None,
    *,
    language: str = "kk",
    scheme: str = theme.AUTO,
    size: str = str(SMALLEST),
) -> QApplication:
    """The dressed application, with its fonts and its language. There may be one in a process.

    `size` of words: "system", or per cent.
    """
    speak(language)
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication((argv or sys.argv)[:1])
    app.setApplicationName("Dala")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("dala")  # the icon of the window on Wayland
    QImageReader.setAllocationLimit(ALLOCATION)  # also for what it reads from a clipboard
    percent = per_cent(size)  # before the program's own font hides the system's
    fonts.load_fonts()
    theme.install(app, scheme, percent / 100)
    use_language(language)
    app.setWindowIcon(sign_icon())
    return app


def catch_bugs(app: QApplication) -> CrashHooks:
    """From now on a bug on any thread opens one dialog, once. Connect `jobs.crashed` to it too."""
    hooks = CrashHooks(lambda error: show_crash(app, error), app)
    hooks.install()
    return hooks


def show_crash(app: QApplication, error: BaseException) -> QDialog:
    """Open the crash dialog over the window that is in front, without waiting for it."""
    from ui.dialogs.crash import CrashDialog  # seldom needed

    dialog = CrashDialog(report(error, VERSION), app.activeWindow())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def sign_icon() -> QIcon:
    """The program's sign in the sizes that windows and task bars ask for."""
    found = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setViewport(QRect(0, 0, side, side))
        paint_sign(painter, float(side))
        painter.end()
        found.addPixmap(drawn)
    return found
