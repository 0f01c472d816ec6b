"""The design tokens: colours of the three schemes, sizes of type, steps of space, radii.

Colours are sRGB. Steppe and sky: a deep teal leads, a warm ochre marks what wants attention.
tests/ui/test_palette.py computes every pair that PAIRS promises (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

SPACE = 4  # px: every distance is a multiple of it
TARGET = 32  # px: nothing that is pressed is smaller
RADIUS = {"radius_s": 4, "radius": 8, "radius_l": 12, "radius_pill": 10}
TYPE = {
    "caption": 12,
    "body": 14,
    "lead": 16,
    "heading": 18,
    "title": 22,
    "display": 30,
    "clock": 48,
}  # px
TONES = ("neutral", "accent", "success", "warning", "danger", "info")


@dataclass(frozen=True)
class Scheme:
    """The colours of one scheme. `…_soft` is the ground of a badge or notice of that tone."""

    ground: str  # behind everything
    side: str  # the sidebar
    surface: str  # cards, lists, inputs
    raised: str  # popups
    hover: str
    pressed: str
    line: str  # hairlines that only decorate
    edge: str  # borders that show where a control is
    text: str
    muted: str
    faint: str  # placeholders and what is switched off
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    focus: str
    selection: str  # ground of what is chosen
    neutral: str
    neutral_soft: str
    accent_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str


LIGHT = Scheme(
    ground="#F7F8F6",
    side="#EEF1EE",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#E9EEEB",
    pressed="#DDE5E1",
    line="#DFE5E1",
    edge="#84928D",
    text="#17211F",
    muted="#51605B",
    faint="#66756F",
    accent="#0E6670",
    accent_hover="#0B565F",
    accent_pressed="#08464D",
    on_accent="#FFFFFF",
    focus="#C77F12",
    selection="#DCEFEE",
    neutral="#4A5954",
    neutral_soft="#E8ECEA",
    accent_soft="#DCEFEE",
    success="#1C6E41",
    success_soft="#DFF2E6",
    warning="#85540A",
    warning_soft="#FBEFD5",
    danger="#AE2A20",
    danger_soft="#FBE7E4",
    info="#1D5A9E",
    info_soft="#E2EDF9",
)

DARK = Scheme(
    ground="#111716",
    side="#151D1C",
    surface="#1A2322",
    raised="#212C2A",
    hover="#25312F",
    pressed="#2E3C39",
    line="#2A3634",
    edge="#6D7C77",
    text="#E6ECE9",
    muted="#A5B3AE",
    faint="#8C9B96",
    accent="#5FC6C4",
    accent_hover="#7CD5D3",
    accent_pressed="#97E0DE",
    on_accent="#06211F",
    focus="#E3AF55",
    selection="#1B3B3A",
    neutral="#B4C0BC",
    neutral_soft="#2A3634",
    accent_soft="#1B3B3A",
    success="#76D19B",
    success_soft="#18351F",
    warning="#E6B65C",
    warning_soft="#372B13",
    danger="#FF9389",
    danger_soft="#401F1C",
    info="#8ABBF3",
    info_soft="#192C44",
)

CONTRAST = Scheme(  # for eyes that need it: words at 7 to 1 and more, every edge drawn
    ground="#000000",
    side="#000000",
    surface="#000000",
    raised="#0D0D0D",
    hover="#2B2B2B",
    pressed="#404040",
    line="#9A9A9A",
    edge="#FFFFFF",
    text="#FFFFFF",
    muted="#E8E8E8",
    faint="#C8C8C8",
    accent="#FFD83D",
    accent_hover="#FFE474",
    accent_pressed="#FFEFA8",
    on_accent="#000000",
    focus="#4DEBFF",
    selection="#3D3400",
    neutral="#E8E8E8",
    neutral_soft="#2B2B2B",
    accent_soft="#3D3400",
    success="#6CFFA6",
    success_soft="#003314",
    warning="#FFC94D",
    warning_soft="#3D2C00",
    danger="#FFB3AD",
    danger_soft="#4A0D09",
    info="#A3D8FF",
    info_soft="#002B52",
)

Pair = tuple[str, str, float]  # what is drawn, on what, the least ratio of their luminances
TEXT, SHAPE = 4.5, 3.0
CLEAR_TEXT, CLEAR_SHAPE = 7.0, 4.5  # of CONTRAST (1.4.6; shapes as elsewhere words)
_GROUNDS = ("ground", "side", "surface", "raised", "hover")
PAIRS: tuple[Pair, ...] = (
    *((ink, ground, TEXT) for ink in ("text", "muted") for ground in (*_GROUNDS, "selection")),
    *((ink, "surface", TEXT) for ink in ("faint", *TONES)),
    *((tone, f"{tone}_soft", TEXT) for tone in TONES),
    *(("text", f"{tone}_soft", TEXT) for tone in TONES),
    *(("muted", f"{tone}_soft", TEXT) for tone in TONES),
    *(("on_accent", ground, TEXT) for ground in ("accent", "accent_hover", "accent_pressed")),
    *((shape, ground, SHAPE) for shape in ("edge", "focus") for ground in ("ground", "surface")),
    *((tone, ground, SHAPE) for tone in TONES for ground in _GROUNDS),
)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours #RRGGBB, 1 to 21. WCAG 2.2, definition of contrast ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tokens(scheme: Scheme, scale: float = 1.0) -> Mapping[str, str]:
    """All tokens by name, as a style sheet takes them. `scale` enlarges type only."""
    return {
        **asdict(scheme),
        **{name: f"{size}px" for name, size in RADIUS.items()},
        **{name: f"{round(size * scale)}px" for name, size in TYPE.items()},
    }


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
