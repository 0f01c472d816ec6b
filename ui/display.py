"""Whether this computer has a screen to draw on. Qt would end the whole process where it has none."""

import os
import sys
from collections.abc import Mapping

NAMES = ("DISPLAY", "WAYLAND_DISPLAY")
CHOSEN = "QT_QPA_PLATFORM"  # somebody chose where Qt draws


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether windows can be seen here."""
    return platform != "linux" or any(environment.get(name) for name in NAMES)


def can_draw(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether Qt has something to draw on, be it seen or not."""
    return has_screen(environment, platform) or bool(environment.get(CHOSEN))
