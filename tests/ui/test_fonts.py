import pytest
from PySide6.QtGui import QFont, QFontInfo, QRawFont

import resources
from ui.fonts import FAMILIES, FILES, load_fonts, text_font

WEIGHTS = (400, 500, 600, 700)


def letters():
    rows = resources.table("alphabet", "kazakh.csv")
    return "".join(row["upper"] + row["lower"] for row in rows) + "₸№«»—–…·×ЁёЪъ0123456789"


@pytest.mark.parametrize("file", FILES[:4])
def test_the_bundled_font_has_every_kazakh_letter(dressed, file):
    font = QRawFont()
    font.loadFromData(resources.data("fonts", file), 14, QFont.HintingPreference.PreferNoHinting)

    assert [sign for sign in letters() if not font.supportsCharacter(ord(sign))] == []


def test_all_letters_of_the_alphabet_are_asked_for():
    assert set("ӘәҒғҚқҢңӨөҰұҮүҺһІі") <= set(letters())
    assert len(resources.table("alphabet", "kazakh.csv")) == 42


@pytest.mark.parametrize(("file", "signs"), [(FILES[4], "→←↑↓≤≥−"), (FILES[5], "✓✗★")])
def test_arrows_and_marks_have_fonts_too(dressed, file, signs):
    font = QRawFont()
    font.loadFromData(resources.data("fonts", file), 14, QFont.HintingPreference.PreferNoHinting)

    assert [sign for sign in signs if not font.supportsCharacter(ord(sign))] == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_each_weight_is_a_font_of_its_own_and_not_smeared(dressed, weight):
    found = QFontInfo(text_font(14, QFont.Weight(weight)))

    assert (found.family(), found.weight()) == ("Noto Sans", weight)


def test_the_families_that_are_asked_for_are_those_that_are_loaded(dressed):
    assert set(FAMILIES) <= set(load_fonts())


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in resources.text("fonts", "OFL.txt")
