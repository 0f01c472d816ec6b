from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolButton

from sync.places import load_pack, typed_place
from tests.ui.input_form import given_put  # noqa: F401
from tests.ui.keys import at_end, press, show, write
from ui.translation import use_language
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import (
    CheckInput,
    ChoiceInput,
    DateInput,
    LongText,
    NumberInput,
    PlacePicker,
    TextLine,
    TimeInput,
)
from ui.widgets.letter_bar import LETTERS, LetterBar
from ui.widgets.search_inputs import SHOWN, ranked

TODAY = date(2026, 11, 24)
WATER = (("water", "Ауыз су"), ("road", "Жол"), ("school", "Мектеп"), ("gas", "Газ"))


LONG = (("one", "Өтініш берушінің келісімі, бірінші нұсқа"), ("two", "Жол"))


def test_words_that_do_not_fit_end_in_dots_until_somebody_types(qtbot, put):
    input = put(ChoiceInput(LONG))
    input.set_value("one")
    input.setFixedWidth(160)
    input.clearFocus()

    assert input.seen().endswith("…")
    assert LONG[0][1].startswith(input.seen()[:-1])
    input.setFocus()
    qtbot.waitUntil(input.hasFocus)
    assert input.seen() == LONG[0][1]


def test_words_that_just_fit_are_whole_to_their_last_letter(put):
    input = put(ChoiceInput(LONG))
    input.set_value("one")
    input.clearFocus()
    input.setFixedWidth(600)
    whole = ink(input)

    fitting = [at for at in range(300, 460, 3) if is_whole(input, at)]

    assert fitting
    assert {wide: ink(input, wide) for wide in fitting} == dict.fromkeys(fitting, whole)


def is_whole(input, wide):
    input.setFixedWidth(wide)
    return input.seen() == input.text()


def ink(input, wide=600):
    """The last column of pixels in which a letter stands."""
    input.setFixedWidth(wide)
    image = input.grab().toImage()
    arrow = min(button.x() for button in input.findChildren(QToolButton))
    middle = range(8, image.height() - 8)
    return max(x for x in range(4, arrow) if any(dark(image, x, y) for y in middle))


def dark(image, x, y):
    return image.pixelColor(x, y).lightness() < 120


def test_words_that_do_not_fit_stand_in_the_tooltip(put, monkeypatch):
    input = put(ChoiceInput(LONG))
    input.setToolTip("a hint")
    input.set_value("one")
    input.setFixedWidth(160)
    input.clearFocus()

    assert told(input) == LONG[0][1]
    assert input.toolTip() == "a hint"
    input.set_value("two")
    assert told(input) == "a hint"


def told(input):
    """What the tooltip says where the mouse rests."""
    at = input.rect().center()
    QApplication.sendEvent(input, QHelpEvent(QEvent.Type.ToolTip, at, input.mapToGlobal(at)))
    [shown] = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
    return shown.text()


def test_a_time_is_written_out_when_the_field_is_left(put):
    input = put(TimeInput())
    write("930")

    press(Qt.Key.Key_Tab)

    assert input.value() == time(9, 30)
    assert input.text() == "09:30"


def test_midnight_is_a_time_and_not_nothing(put):
    input = put(TimeInput())
    input.set_value(time(0, 0))

    assert input.value() == time(0, 0)


@pytest.mark.parametrize("input", [DateInput, TimeInput, NumberInput, TextLine, LongText])
def test_an_empty_field_is_nothing(qtbot, input):
    made = input()
    qtbot.addWidget(made)
    made.set_value(None)

    assert made.value() is None


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (DateInput, TODAY),
        (TimeInput, time(15, 30)),
        (NumberInput, 0),
        (TextLine, "Су"),
        (LongText, "Бір\nекі"),
        (CheckInput, True),
        (lambda: ChoiceInput(WATER), "road"),
    ],
)
def test_a_value_comes_back_as_it_was_given_and_is_announced(qtbot, make, value):
    input = make()
    qtbot.addWidget(input)

    with qtbot.waitSignal(input.changed):
        input.set_value(value)

    assert input.value() == value


# numbers and texts


def test_only_digits_are_taken_as_a_number(put):
    input = put(NumberInput())

    write("4а2 ")

    assert input.value() == 42


def test_numbers_are_counted_up_and_down_within_their_limits(put):
    input = put(NumberInput(least=0, most=2))

    for _ in range(4):
        press(Qt.Key.Key_Up)
    assert input.value() == 2
    for _ in range(4):
        press(Qt.Key.Key_Down)

    assert input.value() == 0


def test_a_long_text_grows_with_its_lines_and_then_scrolls(qtbot, put):
    input = put(LongText())
    least = input.height()

    write("a")
    input.setPlainText("\n".join("abcdefg"))
    qtbot.waitUntil(lambda: input.height() > least)
    some = input.height()
    input.setPlainText("\n".join("a" * 50))
    qtbot.waitUntil(lambda: input.height() > some)

    line = input.fontMetrics().lineSpacing()
    assert input.height() < (LongText.MOST + 3) * line


def test_tab_leaves_a_long_text(put):
    input = put(LongText())

    press(Qt.Key.Key_Tab)

    assert not input.hasFocus()
    assert input.value() is None


# choosing


def test_a_choice_is_found_by_a_part_of_it_typed_with_russian_letters(put):
    input = put(ChoiceInput(WATER))

    write("мект")
    press(Qt.Key.Key_Return)

    assert input.value() == "school"
    assert input.text() == "Мектеп"


def test_down_shows_all_and_enter_takes_the_one_marked(put):
    input = put(ChoiceInput(WATER))

    press(Qt.Key.Key_Down)
    assert input._popup.isVisible()
    press(Qt.Key.Key_Down, widget=input._popup)
    press(Qt.Key.Key_Down, widget=input._popup)
    press(Qt.Key.Key_Return, widget=input._popup)

    assert input.value() == "road"
    assert not input._popup.isVisible()


def test_looking_at_the_choices_chooses_nothing(put):
    input = put(ChoiceInput(WATER))

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab, widget=input._popup)

    assert input.value() is None


def test_tab_takes_the_marked_row_of_what_was_typed(put):
    input = put(ChoiceInput(WATER))

    write("жо")
    press(Qt.Key.Key_Tab, widget=input._popup)

    assert input.value() == "road"


def test_a_click_shows_all(qtbot, put):
    input = put(ChoiceInput(WATER))

    qtbot.mouseClick(input, Qt.MouseButton.LeftButton)

    assert input._popup.model().rowCount() == len(WATER)
    input._popup.hide()


def test_what_fits_nothing_is_put_back(put):
    input = put(ChoiceInput(WATER))
    input.set_value("gas")
    input.selectAll()

    write("ххх")
    press(Qt.Key.Key_Tab)

    assert (input.value(), input.text()) == ("gas", "Газ")


def test_escape_puts_back_what_was_chosen(put):
    input = put(ChoiceInput(WATER))
    input.set_value("gas")
    input.selectAll()
    write("ж")

    press(Qt.Key.Key_Escape, widget=input._popup)
    assert input.text() == "ж"
    press(Qt.Key.Key_Escape)

    assert input.text() == "Газ"


def test_an_emptied_choice_is_nothing(put):
    input = put(ChoiceInput(WATER))
    input.set_value("gas")
    input.selectAll()

    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Tab)

    assert input.value() is None


def test_an_unknown_key_is_kept_and_shown(qtbot):
    input = ChoiceInput(WATER)
    qtbot.addWidget(input)

    input.set_value("heating")

    assert (input.value(), input.text()) == ("heating", "heating")


def test_choices_in_another_language_keep_what_is_chosen(qtbot):
    input = ChoiceInput(WATER)
    qtbot.addWidget(input)
    input.set_value("road")

    input.set_choices([("water", "Water"), ("road", "Road")])

    assert (input.value(), input.text()) == ("road", "Road")


def test_a_closed_choice_opens_nothing(qtbot, put):
    input = put(ChoiceInput(WATER))
    input.set_read_only(True)

    qtbot.mouseClick(input, Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Down)

    assert not input._popup.isVisible()


def test_those_that_begin_with_the_words_come_first():
    pairs = [("1", "Ескі жол"), ("2", "Жол"), ("3", "Су")]

    assert [key for key, _ in ranked(pairs, "жол")] == ["2", "1"]
    assert ranked(pairs, "  ") == pairs


def test_a_whole_word_comes_before_its_beginning_and_that_before_the_middle_of_another():
    """«су» took «Жұмысқа орналасу» for water."""
    pairs = [("1", "Жұмысқа орналасу"), ("2", "Ескі су құбыры"), ("3", "Дала сулары")]

    assert [key for key, _ in ranked(pairs, "су")] == ["2", "3", "1"]


def test_a_list_is_as_wide_as_its_longest_choice(qtbot, put):
    long = "Біздің бақылау мерзіміміз өткен, әлі жабылмаған"
    input = put(ChoiceInput([("1", long), ("2", "Су")]))
    input.setFixedWidth(120)

    qtbot.mouseClick(input, Qt.MouseButton.LeftButton)

    room = input._popup.viewport().width()
    assert room >= input._popup.fontMetrics().horizontalAdvance(long)
    assert input._popup.geometry().right() <= input.screen().availableGeometry().right()


# places


@pytest.fixture
def place(put):
    pack = load_pack()
    district = "615600000"
    return put(
        PlacePicker(
            lambda: pack.places(district),
            pack.full_name,
            district,
            lambda words: pack.search(words, district),
        )
    )


def test_a_village_is_chosen_by_village_and_okrug(place):
    write("созак")
    first = place._offered[0]
    press(Qt.Key.Key_Return, widget=place._popup)

    assert place.value() == first[0]
    assert place.text().startswith("Созақ")
    assert "Созақ ауданы" in place.text()


def test_a_village_is_found_by_its_name_in_another_language(place):
    use_language("ru")

    write("созақ")
    press(Qt.Key.Key_Return, widget=place._popup)

    assert place.value() == "615647100"
    assert "Сузак" in place.text()


def test_a_village_that_is_missing_is_kept_as_it_was_typed(place):
    write("Жаңа қыстақ")
    press(Qt.Key.Key_Tab)

    assert place.value() == typed_place("Жаңа қыстақ", "615600000")
    assert place.text().startswith("Жаңа қыстақ")


def test_the_name_of_a_place_follows_the_language(qtbot, place):
    use_language("kk")
    place.set_value("615647100")
    kazakh, listed = place.text(), place.choices()

    use_language("ru")
    assert listed != place.choices()

    assert place.value() == "615647100"
    assert place.text() != kazakh


def test_long_lists_are_cut_where_nobody_reads_on(qtbot):
    input = ChoiceInput([(str(n), f"Ауыл {n}") for n in range(5000)])
    qtbot.addWidget(input)

    assert len(input.offered("ауыл")) == SHOWN


def test_what_is_offered_is_seen_without_scrolling_where_it_is_not_much(put):
    few = put(ChoiceInput([("a", "Пол"), ("b", "Возраст")]))

    press(Qt.Key.Key_Down, widget=few)

    assert few._popup.isVisible()
    assert few._popup.verticalScrollBar().maximum() == 0
    press(Qt.Key.Key_Escape, widget=few)


# around them


def test_letters_are_written_where_the_cursor_is(qtbot, put):
    input = put(TextLine())
    bar = LetterBar()
    input.window().layout().addWidget(bar)
    write("М")
    typed = []
    input.textEdited.connect(typed.append)

    for letter in "әі":
        bar.buttons[LETTERS.index(letter)].click()

    assert input.text() == "Мәі"
    assert typed == ["Мә", "Мәі"]
    assert input.hasFocus()


def test_a_sentence_begins_with_a_capital_letter(qtbot, put):
    input = put(LongText())
    bar = LetterBar()
    qtbot.addWidget(bar)

    bar.buttons[LETTERS.index("ө")].click()
    at_end(input)
    write("тт. ")
    bar.buttons[LETTERS.index("і")].click()

    assert input.value() == "Өтт. І"


def test_all_letters_that_a_russian_keyboard_lacks_are_there():
    assert sorted(LETTERS) == sorted("әғқңөұүһі")


def test_a_problem_is_said_at_its_field(qtbot):
    row = FieldRow("Village", TextLine(), "Where it was", required=True)
    show(qtbot, row)
    use_language("en")
    assert row.label.text() == "Village *"
    assert row.input.accessibleName() == "Village"

    row.show_problem("Choose a village.")
    assert row.problem.isVisible()
    assert row.input.property("wrong") is True
    assert row.input.accessibleDescription() == "Choose a village."
    row.show_problem("")

    assert not row.problem.isVisible()
    assert row.input.property("wrong") is False
