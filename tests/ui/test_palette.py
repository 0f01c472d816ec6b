import re
from dataclasses import asdict, fields

import pytest

import resources
from ui.palette import (
    CLEAR_SHAPE,
    CLEAR_TEXT,
    CONTRAST,
    DARK,
    LIGHT,
    PAIRS,
    SHAPE,
    TEXT,
    TONES,
    TYPE,
    Scheme,
    contrast,
    tokens,
)
from ui.theme import fill, style_sheet

SCHEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_pair_of_colours_can_be_told_apart(scheme):
    weak = {
        f"{ink} on {ground}": ratio
        for ink, ground, least in PAIRS
        if (ratio := contrast(getattr(scheme, ink), getattr(scheme, ground))) < least
    }

    assert weak == {}


def test_high_contrast_is_higher():
    asked = {TEXT: CLEAR_TEXT, SHAPE: CLEAR_SHAPE}
    weak = {
        f"{ink} on {ground}": ratio
        for ink, ground, least in (*PAIRS, ("line", "surface", SHAPE))
        if (ratio := contrast(getattr(CONTRAST, ink), getattr(CONTRAST, ground))) < asked[least]
    }

    assert weak == {}


def test_every_tone_is_promised_for_its_words_and_its_icon():
    for tone in TONES:
        assert (tone, f"{tone}_soft", TEXT) in PAIRS
        assert (tone, "surface", SHAPE) in PAIRS


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_colours_are_written_alike(scheme):
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in asdict(scheme).values())


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_the_style_sheet_is_filled_completely(scheme):
    sheet = style_sheet(scheme, 1.0, "pictures")

    assert "@" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_style_sheet_has_no_colour_of_its_own():
    assert re.findall(r"#[0-9A-Fa-f]{6}\b", resources.text("style.qss")) == []


def test_a_name_that_is_no_token_is_a_bug():
    with pytest.raises(KeyError):
        fill("color: @nothing;", tokens(LIGHT))


def test_larger_text_leaves_the_rest_as_it_is():
    usual, large = tokens(LIGHT), tokens(LIGHT, 1.5)

    assert large["body"] == f"{round(TYPE['body'] * 1.5)}px"
    assert {name for name in usual if usual[name] != large[name]} == set(TYPE)


def test_both_schemes_name_the_same_colours():
    assert {field.name for field in fields(Scheme)} == set(asdict(DARK)) == set(asdict(LIGHT))
