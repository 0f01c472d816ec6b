"""Pictures of a form on the screen: under the words, at the choices, large by a key, in the form's language."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor

from desktop.actions import exchange, forms
from desktop.surveys.form import load_form
from sync.language import speak
from sync.records.survey import LONGEST_FORM
from tests.drawn_forms import drawn_form, labelled, noise, picture, question, read, wells
from tests.picture_bombs import BOMBS
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, show, write
from tests.ui.one_question import given_held, value  # noqa: F401
from tests.ui.test_survey_story import laptops  # noqa: F401
from tests.ui.trial_occasion import Trial
from tests.ui.typing import digits
from ui import theme
from ui.widgets.answers.grid import Grid
from ui.widgets.interviewer import Interviewer
from ui.widgets.labels import PlainLabel

F3, F6, ESC = Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_Escape
GROUND = {"kk": "#2f7d5b", "ru": "#4a6fa5", "en": "#a5674a"}


def drawn(tmp_path, *rows, **more):
    return load_form(read(drawn_form(tmp_path, *rows, **more)).xform)


def near(widget, colour, x=4, y=4):
    """Whether its pixel has nearly this colour: JPEG keeps no exact ones."""
    seen, wanted = QColor(widget.grab().toImage().pixel(x, y)), QColor(colour)
    return all(abs(a - b) < 12 for a, b in zip(seen.getRgb(), wanted.getRgb(), strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_stands_under_the_words_in_the_language_of_the_form(held, tmp_path, scheme):
    theme.choose(scheme)
    screen = held(load_form(read(wells(tmp_path)).xform))
    seen = []
    for _ in GROUND:
        language = screen.asking.language
        picture_ = screen.question.picture
        assert near(picture_, GROUND[language])
        assert picture_.accessibleName() == screen.question.label.text()
        assert picture_.y() > screen.question.label.y()
        seen.append(language)
        press(F6)

    assert {*seen} == {*GROUND}
    theme.choose("light")


def test_it_is_as_large_as_there_is_room_and_never_larger_than_it_is(held, qtbot, tmp_path):
    rows = [question("wide", image="wide.png"), question("tiny", image="tiny.png")]
    files = {"wide.png": picture(size=(3_000, 400)), "tiny.png": picture(size=(40, 30))}
    screen = held(drawn(tmp_path, *rows, files=files))
    wide = screen.question.picture

    assert wide.width() / wide.height() == pytest.approx(7.5, rel=0.1)
    assert near(wide, "#4a7a9a", wide.width() - 4, wide.height() - 4)
    screen.resize(560, 500)
    qtbot.waitUntil(lambda: wide.width() < 540)
    assert wide.height() <= wide.width() / 7.5 + 2
    assert wide.height() < 0.4 * screen.window().height()
    press(Qt.Key.Key_Return)
    assert screen.question.picture.sizeHint() == QSize(40, 30)


def test_choices_have_their_pictures_beside_their_words_and_digits_choose_them(held, tmp_path):
    screen = held(load_form(read(wells(tmp_path)).xform))

    rows = screen.question.rows
    assert [row.picture.size() for row in rows] == [QSize(96, 64), QSize(72, 72)]
    assert [row.accessibleName() for row in rows] == ["1 Құдық", "2 Су құбыры"]
    assert "F3" in rows[0].toolTip()
    digits("2")
    assert value(screen) == "p"


@pytest.mark.parametrize(("kind", "look"), [("select_one w", "likert"), ("rank w", ""), ("select_multiple w", "columns")])  # fmt: skip
def test_scales_orders_and_columns_have_them_too(held, tmp_path, kind, look):
    names = ("a", "b", "c")
    choices = tuple(
        labelled((name,) * 3, list_name="w", name=name, **{"media::image": "a.png"})
        for name in names
    )
    form = drawn(
        tmp_path,
        question(kind=kind, appearance=look),
        files={"a.png": picture("#8a6fb0")},
        choices=choices,
    )
    screen = held(form)

    found = screen.question.answer.grab().toImage()
    line = [QColor(found.pixel(x, y)) for x in range(0, found.width(), 4) for y in range(0, found.height(), 4)]  # fmt: skip
    assert any(abs(one.red() - 0x8A) + abs(one.blue() - 0xB0) < 20 for one in line)
    digits("2")
    assert "b" in value(screen).split()


def searched(tmp_path, kind="select_one w", more=()):
    """A list that is searched: one choice with a purple picture, one with a green one, one with none."""
    images = {"a": "a.png", "b": "b.png", "c": ""}
    choices = tuple(
        labelled((f"Word {name}",) * 3, list_name="w", name=name, **{"media::image": image})
        for name, image in images.items()
    )
    files = {"a.png": picture("#8a6fb0"), "b.png": picture("#2f7d5b")}
    rows = [question(kind=kind, appearance="minimal"), *more]
    return drawn(tmp_path, *rows, files=files, choices=choices)


def test_a_list_that_is_searched_has_them_beside_its_rows_and_beside_what_is_chosen(
    held, tmp_path
):
    screen = held(searched(tmp_path))
    answer = screen.question.answer
    rows, popup = answer.input._rows, answer.input._popup
    write("word")

    icons = [rows.index(row).data(Qt.ItemDataRole.DecorationRole) for row in range(3)]
    size = popup.iconSize()
    seen = [one.pixmap(size).toImage() for one in icons]
    for image, colour in zip(seen, ("#8a6fb0", "#2f7d5b", None), strict=True):
        pixel = QColor.fromRgba(image.pixel(image.width() // 2, image.height() // 2 - 14))
        assert image.size() == seen[0].size()  # so that words stand below each other
        assert (pixel.alpha() == 0) == (colour is None)
        if colour:
            assert abs(pixel.red() - QColor(colour).red()) < 12
    assert answer.picture is None
    press(Qt.Key.Key_Down, widget=popup)
    press(Qt.Key.Key_Return)
    assert value(screen) == "b"
    assert near(answer.picture, "#2f7d5b")
    answer.input.set_value("c")
    assert answer.picture is None


def test_a_key_shows_them_large_also_from_the_midst_of_a_list(held, tmp_path):
    screen = held(searched(tmp_path))
    view = screen.asking.view
    assert "F3" in screen.frame.keys.text()

    write("word")
    press(F3)

    assert view.isVisible()
    assert view.accessibleName().startswith("Word a")
    press(ESC)
    assert value(screen) == ""


def test_several_that_were_found_have_theirs(held, tmp_path):
    screen = held(searched(tmp_path, "select_multiple w"))
    answer = screen.question.answer
    for letter in "ca":
        write(f"word {letter}")
        press(Qt.Key.Key_Return)

    assert value(screen) == "a c"
    beside = [one.parentWidget().findChildren(PlainLabel) for one in answer.taken]
    assert near(beside[0][0], "#8a6fb0")
    answer.taken[0].click()
    assert value(screen) == "c"
    assert len(answer._stand) == 1


def test_where_one_adds_to_what_repeats_its_picture_and_those_of_its_rows_are_shown(
    held, tmp_path
):
    rows = [
        question("p", "begin repeat", image="house.png"),
        question("q", "select_one w"),
        {"type": "end repeat"},
    ]
    choices = tuple(
        labelled((name,) * 3, list_name="w", name=name, **{"media::image": image})
        for name, image in (("one", "a.png"), ("two", ""))
    )
    files = {"house.png": picture("#777777"), "a.png": picture("#8a6fb0")}
    screen = held(drawn(tmp_path, *rows, files=files, choices=choices))
    digits("1")
    press(Qt.Key.Key_Return)
    roster, view = screen.asking.roster, screen.asking.view

    assert near(roster.picture, "#777777")
    [row] = roster.rows
    assert near(row.picture, "#8a6fb0")
    assert row.main.accessibleName().startswith("one")
    assert "F3" in screen.frame.keys.text()
    press(F3)
    assert view.isVisible()
    press(Qt.Key.Key_Right)
    assert view.accessibleName().startswith("one")
    press(F3)
    assert not view.isVisible()
    roster.picture.click()
    assert view.isVisible()
    press(ESC)
    write("+")
    digits("2")
    press(Qt.Key.Key_Return)
    assert [one.picture is None for one in roster.rows] == [False, True]


def test_a_list_without_any_has_no_room_for_them(held, tmp_path):
    choices = tuple(labelled((name,) * 3, list_name="w", name=name) for name in "ab")
    form = drawn(
        tmp_path, question(kind="select_one w", appearance="minimal"), files={}, choices=choices
    )
    screen = held(form)
    write("a")

    rows = screen.question.answer.input._rows
    assert rows.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert "F3" not in screen.frame.keys.text()


def test_a_table_has_them_at_its_rows_and_columns(held, tmp_path):
    choices = tuple(
        labelled((name,) * 3, list_name="w", name=name, **{"media::image": "a.png"})
        for name in ("a", "b")
    )
    rows = [
        labelled(("T",) * 3, type="begin group", name="t", appearance="field-list"),
        *(
            question(name, "select_one w", image="b.png", appearance="list-nolabel")
            for name in ("x", "y")
        ),
        {"type": "end group"},
    ]
    files = {"a.png": picture("#8a6fb0"), "b.png": picture("#2f7d5b")}
    screen = held(drawn(tmp_path, *rows, files=files, choices=choices))

    [table] = screen.asking.page.pieces
    assert isinstance(table, Grid)
    found = table.grab().toImage()
    colours = {
        QColor(found.pixel(x, y)).name() for x in range(found.width()) for y in range(0, found.height(), 3)
    }  # fmt: skip
    for ground in (QColor("#8a6fb0"), QColor("#2f7d5b")):
        assert any(
            abs(QColor(one).red() - ground.red()) + abs(QColor(one).blue() - ground.blue()) < 12
            for one in colours
        )


def test_a_key_or_a_click_shows_them_large_and_the_interview_goes_on_behind(held, tmp_path):
    screen = held(load_form(read(wells(tmp_path)).xform))
    view = screen.asking.view

    press(F3)
    assert view.isVisible()
    assert view.size() == screen.asking.size()
    assert view.accessibleName().startswith("Ауыз су қайдан алынады?  ·  1")
    press(Qt.Key.Key_Right)
    assert view.accessibleName().startswith("Құдық")
    digits("1")  # keys of the page do not work below
    press(ESC)
    assert not view.isVisible()
    assert value(screen) == ""
    digits("1")
    assert value(screen) == "w"
    screen.question.picture.click()
    assert view.isVisible()
    press(F3)
    assert not view.isVisible()
    press(F3)
    press(F6)  # what is looked at would be another language's
    assert not view.isVisible()


def test_the_keys_name_f3_only_where_there_is_something_to_see(held, tmp_path):
    rows = [question("q", image="a.png"), question("plain")]
    screen = held(drawn(tmp_path, *rows, files={"a.png": picture()}))
    keys = screen.frame.keys

    assert "F3" in keys.text()
    assert screen.question.picture.isVisible()
    press(Qt.Key.Key_Return)
    assert "F3" not in keys.text()
    assert not screen.question.picture.isVisible()
    press(F3)
    assert not screen.asking.view.isVisible()


def test_a_group_has_its_picture_at_each_of_its_pages(held, tmp_path):
    rows = [question("g", "begin group", image="a.png"), question("q"), {"type": "end group"}, question("after")]  # fmt: skip
    screen = held(drawn(tmp_path, *rows, files={"a.png": picture()}))
    page = screen.asking.page

    assert near(page.picture, "#4a7a9a")
    press(F3)
    assert screen.asking.view.isVisible()
    press(ESC)
    press(Qt.Key.Key_Return)
    assert not page.picture.isVisible()


@pytest.mark.parametrize("bomb", [*BOMBS.values(), b"<svg/>"], ids=[*BOMBS, "an empty drawing"])
def test_what_a_form_from_elsewhere_brings_as_a_picture_is_not_opened(held, tmp_path, bomb):
    form = load_form(read(wells(tmp_path)).xform)
    hostile = dict.fromkeys(form.pictures, bomb)
    screen = held(form.__class__(**{**vars(form), "pictures": hostile}))

    press(F3)
    if bomb is BOMBS["hidden data in a ring"]:  # a JPEG of 64 by 64 pixels
        press(ESC)
    else:
        assert not screen.asking.view.isVisible()
        assert not screen.question.picture.isVisible()
        assert all(row.picture is None for row in screen.question.rows)
    digits("1")
    assert value(screen) == "w"


def test_published_on_one_laptop_it_is_shown_on_another(qtbot, jobs, laptops, tmp_path):  # noqa: F811
    coordinator, activist = laptops
    path = wells(tmp_path)
    for name in ("one.png", "pipe.png"):
        (tmp_path / "wells-media" / name).write_bytes(noise(1_050))
    xform = read(path).xform
    assert len(xform) > LONGEST_FORM  # it has as many pictures as it may
    [change] = forms.publish(coordinator, xform, name="Құдықтар", version="1")
    exchange.exchange(coordinator)
    exchange.exchange(activist)
    for file in (tmp_path / "wells-media").iterdir():
        file.unlink()

    screen = Interviewer(jobs)
    show(qtbot, screen)
    speak("kk")
    screen.hold(Trial(load_form(forms.xform_of(activist, change.record))))

    assert near(screen.question.picture, GROUND["kk"])
    assert all(row.picture is not None for row in screen.question.rows)
