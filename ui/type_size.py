"""How large words are: as the system has it, or from 100 to 200 % as the person chose.

What a system says is compared with what it says where nobody has changed anything: of Windows the
size of text in its settings for ease of access, elsewhere the font of its own windows.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication

SMALLEST, LARGEST, STEP = 100, 200, 25  # per cent
STEPS = tuple(range(SMALLEST, LARGEST + 1, STEP))
AS_SYSTEM = "system"
USUAL = 11.0  # points of a desktop's own font where nobody has changed it: at most this
ACCESSIBILITY = r"Software\Microsoft\Accessibility"


def per_cent(choice: str) -> int:
    """100 to 200, of "system" or of a number as it is kept."""
    return of_system() if choice == AS_SYSTEM else within(int(choice))


def of_system() -> int:
    """What the system asks for, in steps of 5 %."""
    return within(5 * round(_of_windows() / 5 if sys.platform == "win32" else _of_font() / 5))


def within(wanted: float) -> int:
    """The nearest size that there is."""
    return round(min(max(wanted, SMALLEST), LARGEST))


def next_step(now: int, way: int) -> int:
    """The next step that is larger (`way` 1) or smaller (-1) than `now`; at the end `now` itself."""
    others = [step for step in STEPS if (step - now) * way > 0]
    return now if not others else min(others) if way > 0 else max(others)


def _of_font() -> float:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return QFontInfo(font).pointSizeF() / USUAL * 100


def _of_windows() -> float:
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ACCESSIBILITY) as key:  # type: ignore[attr-defined,unused-ignore]
            return float(winreg.QueryValueEx(key, "TextScaleFactor")[0])  # type: ignore[attr-defined,unused-ignore]
    except (OSError, ValueError):
        return SMALLEST


class SystemSize(QObject):
    """Tells when the person comes back from the settings of the system with another size."""

    def __init__(self, changed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._changed, self._seen = changed, of_system()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._look)

    def _look(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and of_system() != self._seen:
            self._seen = of_system()
            self._changed()
