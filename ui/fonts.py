"""The fonts that the program brings: all Kazakh letters, ₸ and №, on every computer alike."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

import resources

FAMILIES = ("Noto Sans", "Noto Sans Math", "Noto Sans Symbols2")  # text, arrows, marks
FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Medium.ttf",
    "NotoSans-SemiBold.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansMath-Arrows.ttf",
    "NotoSansSymbols2-Marks.ttf",
)


@cache
def load_fonts() -> tuple[str, ...]:
    """Give Qt the fonts, once; return the families that they belong to.

    Needs a QGuiApplication. A font that Qt does not take is a fault of the program: OSError.
    """
    families: list[str] = []
    for name in FILES:
        number = QFontDatabase.addApplicationFontFromData(resources.data("fonts", name))
        if number < 0:
            raise OSError(f"Qt does not take the font {name}")
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


def text_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of the program in this size."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font
