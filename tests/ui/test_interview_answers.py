"""Answers that are typed, picked or shown, by keys, in the window that holds interviews."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.surveys.interview import NodeState
from desktop.surveys.states import Choice
from sync.errors import UserError
from sync.language import mark
from sync.places import load_pack
from tests.desktop.surveys.small import small_form
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, write
from tests.ui.one_question import (  # noqa: F401
    ALT,
    BACK,
    DOWN,
    ENTER,
    LAST,
    SHIFT,
    UP,
    asking,
    at,
    given_held,
    value,
)
from tests.ui.typing import digits
from ui.translation import use_language
from ui.widgets.answers import SORTS, Aids, answer_for
from ui.widgets.answers.place import point_of

# numbers, days, places


def test_a_range_is_typed_or_counted_and_the_slider_follows(held):
    screen = held(asking("range", type_="int", more="start='0' end='10' step='2'"))
    slider = screen.question.answer.slider
    assert slider.property("unset")

    digits("4")
    assert (value(screen), slider.value()) == ("4", 2)
    press(UP)
    assert (value(screen), screen.question.input.text()) == ("6", "6")
    slider.setValue(5)

    assert value(screen) == "10"
    assert not slider.property("unset")


def test_nothing_is_answered_on_a_range_until_it_is_touched(held):
    screen = held(asking("range", type_="int", more="start='0' end='10' step='1'"))

    press(ENTER)

    assert value(screen) == ""
    assert at(screen) == "last"


def test_a_range_without_sense_is_typed(held):
    screen = held(asking("range", type_="decimal", more="start='0' end='x' step='0'"))

    digits("7")

    assert value(screen) == "7"


@pytest.mark.parametrize(
    ("look", "keys", "kept"),
    [
        ("", ["28.11.26"], "2026-11-28"),
        ("month-year", ["қараш", ENTER, Qt.Key.Key_Tab, "2026"], "2026-11-01"),
        ("month-year", ["11", ENTER, Qt.Key.Key_Tab, "2026"], "2026-11-01"),
        ("year", ["1985"], "1985-01-01"),
        ("year", ["3985"], "3985"),
    ],
)
def test_a_day_a_month_and_a_year_are_typed(held, look, keys, kept):
    screen = held(asking("input", look, type_="date"))

    for one in keys:
        write(one) if isinstance(one, str) else press(one)

    assert value(screen) == kept


def test_a_year_that_is_none_is_told(held):
    screen = held(asking("input", "year", type_="date"))
    write("3985")

    press(ENTER)

    assert at(screen) == "q"
    assert screen.question.problem.isVisible()


def test_a_time_is_typed_as_people_write_it(held):
    screen = held(asking("input", type_="time"))

    write("930")
    press(ENTER)

    assert value(screen) == "09:30"
    assert at(screen) == "last"


def test_a_moment_is_a_day_and_a_time_of_this_laptop(held):
    screen = held(asking("input", type_="dateTime"))

    write("28.11.2026")
    press(ENTER)
    assert at(screen) == "q", "half a moment is none"
    press(Qt.Key.Key_Tab)
    write("14:30")

    wanted = datetime(2026, 11, 28, 14, 30).astimezone()
    assert datetime.fromisoformat(value(screen)) == wanted
    press(ENTER)
    press(Qt.Key.Key_Left, ALT)
    assert screen.question.answer.time_input.text() == "14:30"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("43.3019 68.2704", "43.3019 68.2704"),
        ("43.3019, 68.2704", "43.3019 68.2704"),
        ("43,3019; 68,2704", "43.3019 68.2704"),
        ("N 43.3019° E 68.2704°", "43.3019 68.2704"),
        ("43.3019 68.2704 310 5", "43.3019 68.2704 310 5"),
        ("95 68", "95 68"),
        ("Созақ", "Созақ"),
    ],
)
def test_a_place_is_read_as_it_is_written_elsewhere(typed, kept):
    assert point_of(typed) == kept


def test_what_is_no_place_is_told_and_what_is_one_is_said_in_words(held):
    screen = held(asking("input", type_="geopoint"))
    write("95 68")
    press(ENTER)
    assert screen.question.problem.isVisible()

    screen.question.input.selectAll()
    write("43.3 68.27")

    assert "43,3°" in screen.question.answer.said.text()
    press(ENTER)
    assert at(screen) == "last"


def test_a_village_gives_its_place(held):
    screen = held(asking("input", type_="geopoint"), places=load_pack())
    village = screen.question.answer.village
    village.setFocus()

    write("Түркістан")
    press(ENTER)

    assert value(screen) == "43.3019 68.2704"


def test_an_area_ends_where_it_began(held):
    screen = held(asking("input", type_="geoshape"))

    for line in ("43 68", "44 68", "44 69"):
        write(line)
        press(ENTER, SHIFT)

    assert value(screen) == "43 68; 44 68; 44 69; 43 68"
    press(ENTER)
    assert at(screen) == "last"


def test_yes_is_taken_by_its_digit(held):
    screen = held(asking("trigger"))

    digits("1")

    assert value(screen) == "OK"
    digits("1")
    assert value(screen) == ""


# photos, and what a laptop cannot take

PHOTO = small_form(
    "<bind nodeset='/data/q' type='binary'/>",
    "<q/><last/>",
    f"<upload ref='/data/q' mediatype='image/*'><label>Well</label></upload>{LAST}",
)


class Shelf:
    """Keeps nothing but what it was given."""

    def __init__(self):
        self.given = []

    def add(self, content):
        if content == b"broken":
            raise UserError(mark("Type a whole number, in digits."))
        self.given.append(content)
        return f"{len(self.given):064d}.jpg"

    def read(self, value):
        return None


def test_a_photo_is_pasted_dropped_and_taken_away(held, qtbot, jobs, tmp_path):
    shelf = Shelf()
    screen = held(PHOTO, shelf=shelf)
    copied = QMimeData()
    copied.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    screen.question.answer.take_from(copied)
    settle(qtbot, jobs)
    assert value(screen) == f"{1:064d}.jpg"

    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "well.png"))])
    screen.question.answer.take_from(file)
    settle(qtbot, jobs)
    assert shelf.given[1] == Path(tmp_path / "well.png")
    assert value(screen) == f"{2:064d}.jpg"

    press(Qt.Key.Key_Delete)
    assert value(screen) == ""


def test_what_is_no_photo_is_told_at_the_question(held, qtbot, jobs):
    screen = held(PHOTO, shelf=Shelf())

    screen.question.answer._add(b"broken")
    settle(qtbot, jobs)

    assert screen.question.answer.problem.isVisible()
    assert value(screen) == ""


@pytest.mark.parametrize("medium", ["image", "audio", "video", "application"])
def test_what_cannot_be_answered_here_says_so_and_is_passed(held, medium):
    form = small_form(
        "",
        "<q/><last/>",
        f"<upload ref='/data/q' mediatype='{medium}/*'><label>Q</label></upload>{LAST}",
    )
    screen = held(form)

    assert screen.question.answer.words.text()
    assert screen.question.answer.accessibleName()
    press(ENTER)

    assert at(screen) == "last"


def test_a_value_that_only_the_form_changes_is_only_shown(held):
    form = small_form(
        "<bind nodeset='/data/q' calculate=\"'7'\" readonly='true()'/>",
        "<q/><last/>",
        f"<input ref='/data/q'><label>Sum</label></input>{LAST}",
    )
    screen = held(form)

    assert screen.question.input is None
    assert screen.question.answer.words.text() == "7"


def test_what_helps_the_interviewer_stands_at_the_question(held):
    form = small_form(
        "",
        "<q/>",
        "<input ref='/data/q'><label>Q</label><hint ref=\"jr:itext('h')\"/></input>",
        itext="<itext><translation lang='kk'><text id='h'><value>Hint</value>"
        "<value form='guidance'>Do not read this out</value></text></translation></itext>",
    )

    screen = held(form)

    assert screen.question.hint.text() == "Hint"
    assert screen.question.guidance.text() == "Do not read this out"


# all of them


def sample(sort):
    """A state of a question of this sort."""
    many = 40 if sort.many else 3
    return NodeState(
        path="/data/q",
        kind=sort.kinds[0],
        relevant=True,
        required=False,
        readonly=False,
        value="",
        valid=True,
        message=None,
        label="Question",
        hint="",
        choices=tuple(Choice(f"c{n}", f"Choice {n}") for n in range(many)),
        appearance=sort.looks[0] if sort.looks else "",
    )


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: f"{sort.kinds[0]} {' '.join(sort.looks)}")
def test_every_sort_of_answer_is_found_by_its_look_and_can_be_read_to_the_blind(qtbot, jobs, sort):
    node = sample(sort)
    answer = answer_for(node, Aids(None, Shelf(), jobs.read))
    qtbot.addWidget(answer)
    answer.show()

    assert type(answer) is sort.made_by
    nameless = [
        widget
        for widget in (answer, *answer.findChildren(QWidget))
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and widget is not answer
    ]
    assert nameless == []


def test_the_language_of_the_program_changes_the_words_of_the_answer_alone(held):
    screen = held(asking("trigger"))
    label = screen.question.label.text()
    kazakh = screen.question.rows[0].accessibleName()

    use_language("en")

    assert screen.question.label.text() == label
    assert screen.question.rows[0].accessibleName() == "1 Yes" != kazakh
