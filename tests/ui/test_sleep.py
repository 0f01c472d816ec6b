"""A computer that falls asleep wakes up locked."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from ctypes import addressof
from ctypes.wintypes import MSG

import pytest

from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
)
from ui.sleep import POWER_BROADCAST, SUSPEND, Sleep, is_suspend

# A process of its own: Qt keeps its connection to the system's bus for ever. It plays logind too.
LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from ui.sleep import MANAGER, PATH, SERVICE, Sleep

app = QCoreApplication([])
sleep, heard = Sleep(), []
sleep.coming.connect(lambda: (heard.append("asleep"), app.quit()))
logind = QDBusConnection.connectToBus(sys.argv[1], "logind")
assert logind.registerService(SERVICE)

def say(begins):
    told = QDBusMessage.createSignal(PATH, MANAGER, "PrepareForSleep")
    told.setArguments([begins])
    assert logind.send(told)

QTimer.singleShot(0, lambda: say(False))  # it has woken up: nothing follows
QTimer.singleShot(1, lambda: say(True))
QTimer.singleShot(20_000, app.quit)
app.exec()
print(*heard)
"""


@contextmanager
def own_bus():
    """A message bus of this test's own → its address."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon here: what logind says was not tried")
    with subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    ) as bus:
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip()
        finally:
            bus.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
def test_logind_says_that_the_computer_is_about_to_sleep(monkeypatch):
    with own_bus() as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)

        told = subprocess.run(
            [sys.executable, "-c", LISTENER, address],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert told.stdout.split() == ["asleep"]


@pytest.mark.parametrize(
    ("message", "what", "expected"),
    [
        (POWER_BROADCAST, SUSPEND, True),
        (POWER_BROADCAST, 7, False),  # PBT_APMRESUMESUSPEND
        (0x0100, SUSPEND, False),  # a key
    ],
)
def test_windows_says_it_by_a_message(message, what, expected):
    told = MSG(message=message, wParam=what)

    assert is_suspend(addressof(told)) == expected


def test_the_work_is_locked_before_the_computer_sleeps(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    program.sleep.prepare(begins=True)

    assert program.desk is None
    settle(qtbot, program)


def test_waking_up_locks_nothing(qtbot):
    sleep, told = Sleep(), []
    sleep.coming.connect(lambda: told.append(True))

    sleep.prepare(begins=False)

    assert told == []
