"""When the computer is about to sleep: then the work is locked, for it may wake up elsewhere.

On Linux systemd's logind says so on the system bus (PrepareForSleep), on Windows the window gets
WM_POWERBROADCAST. macOS says it in a way that Qt does not hand on: there the lock after minutes without
work has to do.
"""

import sys
from ctypes import c_size_t
from ctypes.wintypes import MSG
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)

SERVICE, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
POWER_BROADCAST, SUSPEND = 0x0218, 4  # WM_POWERBROADCAST, PBT_APMSUSPEND


class Sleep(QObject):
    """`coming` is sent before the computer sleeps. Where nothing tells of it, never."""

    coming = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter: _Broadcasts | None = None
        if sys.platform == "win32":
            self._filter = _Broadcasts(self)
            if (app := QCoreApplication.instance()) is not None:
                app.installNativeEventFilter(self._filter)
        elif sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection

            bus = QDBusConnection.systemBus()
            slot: Any = SLOT("prepare(bool)")  # a text, whatever Qt's types say: bytes are refused
            bus.connect(SERVICE, PATH, MANAGER, "PrepareForSleep", self, slot)

    @Slot(bool)
    def prepare(self, begins: bool) -> None:  # as D-Bus hands it over
        """The computer is about to sleep, or has woken up."""
        if begins:
            self.coming.emit()


class _Broadcasts(QAbstractNativeEventFilter):
    def __init__(self, sleep: Sleep) -> None:
        super().__init__()
        self._sleep = sleep

    def nativeEventFilter(  # noqa: N802  # Qt's own name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> Any:
        if kind == b"windows_generic_MSG" and is_suspend(int(message)):
            self._sleep.prepare(begins=True)
        return False, 0


def is_suspend(address: int) -> bool:
    """Whether the MSG at this address says that the computer is about to sleep."""
    told = MSG.from_address(address)
    return told.message == POWER_BROADCAST and c_size_t(told.wParam).value == SUSPEND
