"""Pages of several questions, tables, and what repeats: by keys, in the window that asks."""

import pytest
from PySide6.QtCore import Qt

from tests.desktop.surveys.small import small_form
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show, write
from tests.ui.trial_occasion import Trial
from tests.ui.typing import digits
from ui import messages
from ui.widgets.answers.grid import Grid
from ui.widgets.interviewer import Interviewer
from ui.widgets.question_page import AT_ONCE

ENTER, BACK, DOWN, UP, TAB = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Tab,
)
YES_NO = (
    "<item><label>Yes</label><value>y</value></item><item><label>No</label><value>n</value></item>"
)
HEAD = f"<select1 ref='/data/t/head' appearance='label'><label>Tick each</label>{YES_NO}</select1>"


def row(name, label):
    return f"<select1 ref='/data/t/{name}' appearance='list-nolabel'><label>{label}</label>{YES_NO}</select1>"


FORM = small_form(
    "<bind nodeset='/data/g/rooms' type='int' constraint='. &lt; 20'/>"
    "<bind nodeset='/data/g/water' relevant='../rooms &gt; 1' required='true()'/>"
    "<bind nodeset='/data/t/b' required='true()'/><bind nodeset='/data/p/age' type='int'/>",
    "<g><rooms/><water/><more/></g><t><head/><a/><b/><c/></t>"
    "<p jr:template=''><name/><age/></p><p><name/><age/></p><last/>",
    "<group ref='/data/g' appearance='field-list'><label>House</label>"
    "<input ref='/data/g/rooms'><label>Rooms</label></input>"
    f"<select1 ref='/data/g/water'><label>Water</label>{YES_NO}</select1>"
    "<input ref='/data/g/more'><label>More</label></input></group>"
    f"<group ref='/data/t' appearance='field-list'><label>Village</label>{HEAD}"
    f"{row('a', 'Roads')}{row('b', 'Doctor')}{row('c', 'Light')}</group>"
    "<group ref='/data/p'><label>Person</label><repeat nodeset='/data/p'>"
    "<input ref='/data/p/name'><label>Name</label></input>"
    "<input ref='/data/p/age'><label>Age</label></input></repeat></group>"
    "<input ref='/data/last'><label>Last</label></input>",
)


@pytest.fixture
def screen(qtbot, jobs):
    screen = Interviewer(jobs)
    show(qtbot, screen)
    screen.hold(Trial(FORM))
    return screen


@pytest.fixture
def undo():
    """What the last message offers to undo."""
    heard = []

    def hear(message):
        heard.append(message)

    messages.show_with(hear)
    yield lambda: heard[-1].action.run()
    messages.stop_showing(hear)


def at(screen):
    return screen.walk.at.removeprefix("/data/")


def kept(screen, path):
    return screen.walk.interview.kept(f"/data/{path}")


def to(screen, path):
    screen.asking.go_to(f"/data/{path}")


def labels(screen):
    return [piece.label.text() for piece in screen.asking.page.pieces]


# a page of several questions


def test_all_questions_of_a_page_are_seen_and_one_has_the_cursor(screen):
    assert labels(screen) == ["Rooms", "More"]
    assert screen.asking.page.section.text() == "House"
    looks = [piece.property("question") for piece in screen.asking.page.pieces]
    assert looks == ["current", "one"]
    assert screen.question.input.hasFocus()


def test_a_question_comes_while_the_one_before_is_typed_and_the_cursor_stays(screen):
    box = screen.question.input

    digits("3")

    assert labels(screen) == ["Rooms", "Water *", "More"]
    assert screen.question.input is box
    assert box.hasFocus()
    digits("0")
    assert box.text() == "30"


def test_enter_goes_through_a_page_and_then_to_the_next(screen):
    digits("3")
    press(ENTER)
    assert at(screen) == "g/water"
    digits("1")
    press(ENTER)
    assert at(screen) == "g/more"
    write("well")
    press(ENTER)

    assert at(screen) == "t/a"
    assert (kept(screen, "g/water"), kept(screen, "g/more")) == ("y", "well")


def test_a_wrong_answer_is_told_at_its_own_question_and_has_the_cursor(screen):
    digits("3")
    press(ENTER)
    digits("1")
    press(TAB)
    screen.asking.walk.type("99", "/data/g/rooms")

    screen.asking.turn()

    assert at(screen) == "g/rooms"
    told = [piece.problem.isVisible() for piece in screen.asking.page.pieces]
    assert told == [True, False, False]
    assert screen.question.input.hasFocus()


def test_what_is_missing_is_told_when_the_page_is_left(screen):
    digits("3")
    press(TAB)
    press(TAB)
    press(TAB)
    screen.asking.turn()

    assert at(screen) == "g/water"
    assert screen.question.problem.isVisible()


def test_a_click_or_tab_makes_another_question_the_one_that_is_asked(screen):
    digits("3")

    screen.asking.page.pieces[2].answer.setFocus()

    assert at(screen) == "g/more"
    assert screen.asking.page.pieces[2].property("question") == "current"


def test_arrows_go_from_question_to_question(screen):
    digits("3")
    press(DOWN)
    assert at(screen) == "g/water"
    for _ in range(3):  # two choices, then the next question
        press(DOWN)

    assert at(screen) == "g/more"


def test_backspace_goes_back_through_the_page(screen):
    digits("3")
    press(ENTER)
    press(BACK)

    assert at(screen) == "g/rooms"


# a table


def test_what_offers_the_same_is_a_table_with_its_heading(screen):
    to(screen, "t/a")

    [table] = screen.asking.page.pieces
    assert isinstance(table, Grid)
    assert table.label.text() == "Tick each"
    assert [one.label.text() for one in table.rows] == ["Roads", "Doctor *", "Light"]
    assert table.rows[0].property("current")


def test_digits_answer_row_after_row_and_enter_leaves_the_table(screen):
    to(screen, "t/a")

    digits("121")
    assert [kept(screen, f"t/{name}") for name in "abc"] == ["y", "n", "y"]
    assert at(screen) == "t/c"
    press(ENTER)

    assert at(screen) == "p[1]/name"


def test_arrows_go_through_a_table(screen):
    to(screen, "t/a")
    press(DOWN)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)

    assert kept(screen, "t/b") == "n"
    press(UP)
    assert at(screen) == "t/a"
    digits("1")
    assert kept(screen, "t/a") == "y"


def test_a_cell_is_chosen_with_the_mouse(qtbot, screen):
    to(screen, "t/a")
    [table] = screen.asking.page.pieces

    qtbot.mouseClick(table.rows[2].cells[1], Qt.MouseButton.LeftButton)

    assert kept(screen, "t/c") == "n"
    assert table.rows[2].cells[1].isChecked()
    assert at(screen) == "t/c"


def test_a_row_that_lacks_its_answer_is_told_below_the_row(screen):
    to(screen, "t/a")
    digits("1")
    press(TAB)

    screen.asking.turn()

    [table] = screen.asking.page.pieces
    assert [one.problem.isVisible() for one in table.rows] == [False, True, False]
    assert at(screen) == "t/b"
    digits("1")
    assert not table.rows[1].problem.isVisible()


def test_every_cell_of_a_table_says_what_it_is(screen):
    to(screen, "t/a")
    [table] = screen.asking.page.pieces

    assert table.rows[0].cells[1].accessibleName() == "Roads: No"
    digits("1")
    assert table.rows[0].accessibleName() == "Roads: Yes"


# what repeats


def test_people_are_added_by_a_key_one_after_the_other(screen):
    to(screen, "p[1]/name")
    write("Айгүл")
    press(ENTER)
    digits("30")
    press(ENTER)
    assert at(screen) == "p"

    write("+")

    assert at(screen) == "p[2]/name"
    assert screen.asking.page.section.text().count("2") == 2  # the second of two


@pytest.mark.parametrize("key", ["+", "=", "һ"])
def test_the_key_beside_backspace_adds_on_every_layout(screen, key):
    to(screen, "p")

    write(key)

    assert at(screen) == "p[2]/name"


def test_those_that_are_there_are_listed_and_opened(screen):
    to(screen, "p[1]/name")
    write("Айгүл")
    to(screen, "p")

    press(DOWN)
    assert screen.asking.roster.rows[0].main.hasFocus()
    press(ENTER)
    assert at(screen) == "p[1]/name"

    screen.walk.add("/data/p")
    to(screen, "p")
    press(DOWN)
    press(DOWN)
    assert screen.asking.roster.rows[1].main.hasFocus()


def test_one_is_taken_out_by_a_key_and_comes_back(screen, undo):
    to(screen, "p[1]/name")
    write("Айгүл")
    to(screen, "p")
    press(DOWN)

    press(Qt.Key.Key_Delete)
    assert screen.asking.roster.rows == []
    assert kept(screen, "p[1]/name") == ""
    undo()

    assert kept(screen, "p[1]/name") == "Айгүл"
    assert len(screen.asking.roster.rows) == 1


def test_the_bin_beside_a_row_takes_it_out(screen):
    to(screen, "p")

    screen.asking.roster.rows[0].remove_button.click()

    assert screen.asking.roster.rows == []
    press(ENTER)
    assert at(screen) == "last"


def test_the_summary_names_the_person_and_leads_to_what_is_missing(screen):
    to(screen, "p[1]/name")
    write("Айгүл")
    to(screen, "last")
    press(ENTER)

    rows = {one.key: one for one in screen.summary.list.rows.rows}
    assert "Айгүл" in rows["/data/p[1]/age"].when
    assert rows["/data/t/b"].badge
    assert screen.summary.left == 1
    press(ENTER)

    assert at(screen) == "t/b"
    [table] = screen.asking.page.pieces
    assert table.rows[1].problem.isVisible()


def test_the_page_says_how_far_it_is(screen):
    assert screen.frame.place.text().endswith("1/6")
    to(screen, "last")

    assert screen.frame.place.text().endswith("6/6")


def test_going_back_from_the_summary_asks_the_last_page_again(qtbot, jobs, screen):
    to(screen, "last")
    press(ENTER)

    press(BACK)
    settle(qtbot, jobs)

    assert at(screen) == "last"


# long pages


def long_page(many, *, relevant=""):
    names = [f"q{n}" for n in range(many)]
    return small_form(
        "".join(f"<bind nodeset='/data/g/{n}' type='int'{relevant}/>" for n in names[1:]),
        f"<g>{''.join(f'<{n}/>' for n in names)}</g>",
        "<group ref='/data/g' appearance='field-list'>"
        + "".join(f"<input ref='/data/g/{n}'><label>{n}</label></input>" for n in names)
        + "</group>",
    )


def test_the_end_of_a_long_page_is_drawn_in_the_moments_after_its_beginning(qtbot, screen):
    screen.hold(Trial(long_page(30)))
    page = screen.asking.page
    assert len(page.pieces) == AT_ONCE

    qtbot.waitUntil(lambda: len(page.pieces) == 30)

    assert labels(screen) == [f"q{n}" for n in range(30)]
    assert screen.question.input.hasFocus()


def test_a_question_at_the_end_of_a_long_page_is_there_when_it_is_asked(screen):
    screen.hold(Trial(long_page(30)))

    to(screen, "g/q20")

    assert labels(screen)[20] == "q20"
    assert screen.question.input.hasFocus()


def test_many_questions_that_an_answer_brings_stand_in_their_order(qtbot, screen):
    screen.hold(Trial(long_page(20, relevant=" relevant='/data/g/q0 != 5'")))
    page = screen.asking.page
    qtbot.waitUntil(lambda: len(page.pieces) == 20)
    last = page.pieces[-1]
    digits("5")
    assert labels(screen) == ["q0"]

    press(Qt.Key.Key_Backspace)
    digits("7")
    qtbot.waitUntil(lambda: len(page.pieces) == 20)

    assert labels(screen) == [f"q{n}" for n in range(20)]
    assert page.pieces[-1] is not last
    ys = [piece.y() for piece in page.pieces]
    qtbot.waitUntil(lambda: [piece.y() for piece in page.pieces] == sorted(ys))
