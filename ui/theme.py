"""The look of the program: one style sheet filled from the tokens: light, dark, or of high contrast.

It follows the system as it changes, or is held to one scheme. After a change Qt repaints every
widget; whoever paints by hand asks `colour()` inside paintEvent and keeps nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

import resources
from ui import fonts
from ui.palette import CONTRAST, DARK, LIGHT, TYPE, Scheme, tokens

AUTO, LIGHT_ONLY, DARK_ONLY, HIGH = "system", "light", "dark", "contrast"
_SCHEMES = {LIGHT_ONLY: LIGHT, DARK_ONLY: DARK, HIGH: CONTRAST}
_HELD = {  # what file dialogs and title bars are told
    LIGHT_ONLY: Qt.ColorScheme.Light,
    DARK_ONLY: Qt.ColorScheme.Dark,
    HIGH: Qt.ColorScheme.Dark,
}
# the style sheet can only name files: each takes a token for its colour
_IMAGES = {
    "chevron_down": "muted",
    "chevron_up": "muted",
    "chevron_left": "muted",
    "chevron_right": "muted",
    "check": "on_accent",
    "dash": "on_accent",
    "dot": "on_accent",
    "calendar": "muted",
    "close": "muted",
}


@dataclass
class _Look:
    choice: str = AUTO
    scale: float = 1.0
    scheme: Scheme = field(default_factory=lambda: LIGHT)
    images: QTemporaryDir | None = None  # gone when the program ends


_look = _Look()


def install(app: QApplication, choice: str = AUTO, scale: float = 1.0) -> None:
    """Dress the application: `choice` is one that `choose` takes; `scale` enlarges text 1–2."""
    app.setStyle("Fusion")  # the same ground everywhere; the style sheet draws the rest
    _look.images = QTemporaryDir()
    app.styleHints().colorSchemeChanged.connect(_follow)
    app.styleHints().accessibility().contrastPreferenceChanged.connect(_follow)
    _look.scale = scale
    choose(choice)


def choose(choice: str) -> None:
    """Follow the system ("system") or hold one scheme ("light", "dark", "contrast"), from now on."""
    _look.choice = choice
    hints = QGuiApplication.styleHints()
    if choice in _HELD:
        hints.setColorScheme(_HELD[choice])
    else:
        hints.unsetColorScheme()
    _dress()


def enlarge(scale: float) -> None:
    """Show text larger: 1.0 to 2.0."""
    if scale != _look.scale:
        _look.scale = scale
        _dress()


def scale() -> float:
    """How much larger than usual text is shown: 1.0 to 2.0."""
    return _look.scale


def chosen() -> str:
    """What was chosen, as `choose` was told."""
    return _look.choice


def is_dark() -> bool:
    """Whether light words stand on a dark ground now."""
    return _look.scheme is not LIGHT


def colour(role: str) -> str:
    """A colour of the scheme shown now, #RRGGBB; `role` is a name of ui.palette.Scheme."""
    return str(getattr(_look.scheme, role))


def size(step: str) -> int:
    """A size of type in pixels: a name of ui.palette.TYPE."""
    return round(TYPE[step] * _look.scale)


def grown(pixels: int) -> int:
    """A width for words: it grows with the size of the type, by half as much as the type does
    where it holds a line, since most lines leave some room."""
    return round(pixels * (1 + _look.scale) / 2)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in for @names. A name that is not there raises KeyError."""
    return re.sub(r"@(\w+)", lambda name: values[name[1]], template)


def grow(template: str, scale: float) -> str:
    """Pixels that grow as type does, written @32px: heights of lines, signs beside words."""
    return re.sub(r"@(\d+)px", lambda said: f"{round(int(said[1]) * scale)}px", template)


def style_sheet(scheme: Scheme, scale: float, images: str) -> str:
    """resources/style.qss for a scheme; `images` is the folder of the small pictures."""
    values = {**tokens(scheme, scale), "images": images}
    return fill(grow(resources.text("style.qss"), scale), values)


def _follow(_: object) -> None:
    if _look.choice == AUTO:
        _dress()


def _dress() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert _look.images is not None, "install() comes first"
    worn = _look.choice if _look.choice in _SCHEMES else _of_system(app.styleHints())
    _look.scheme = _SCHEMES[worn]
    folder = Path(_look.images.path()) / worn
    _draw_images(folder, _look.scheme)
    app.setPalette(_palette(_look.scheme))
    app.setFont(fonts.text_font(size("body")))
    app.setStyleSheet(style_sheet(_look.scheme, _look.scale, folder.as_posix()))


def _of_system(hints: QStyleHints) -> str:
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH
    return DARK_ONLY if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT_ONLY


def _draw_images(folder: Path, scheme: Scheme) -> None:
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    colours = asdict(scheme)
    for name, role in _IMAGES.items():
        drawn = resources.text("icons", f"{name}.svg").replace("currentColor", colours[role])
        (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")


def _palette(scheme: Scheme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: scheme.ground,
        QPalette.ColorRole.WindowText: scheme.text,
        QPalette.ColorRole.Base: scheme.surface,
        QPalette.ColorRole.AlternateBase: scheme.ground,
        QPalette.ColorRole.Text: scheme.text,
        QPalette.ColorRole.PlaceholderText: scheme.faint,
        QPalette.ColorRole.Button: scheme.surface,
        QPalette.ColorRole.ButtonText: scheme.text,
        QPalette.ColorRole.BrightText: scheme.danger,
        QPalette.ColorRole.ToolTipBase: scheme.raised,
        QPalette.ColorRole.ToolTipText: scheme.text,
        QPalette.ColorRole.Highlight: scheme.accent,
        QPalette.ColorRole.HighlightedText: scheme.on_accent,
        QPalette.ColorRole.Link: scheme.accent,
        QPalette.ColorRole.LinkVisited: scheme.accent,
        QPalette.ColorRole.Light: scheme.surface,
        QPalette.ColorRole.Midlight: scheme.hover,
        QPalette.ColorRole.Mid: scheme.line,
        QPalette.ColorRole.Dark: scheme.edge,
        QPalette.ColorRole.Shadow: scheme.line,
        QPalette.ColorRole.Accent: scheme.accent,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(scheme.faint))
    return palette
