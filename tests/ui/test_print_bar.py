"""Printer, pages and copies are chosen in the preview."""

import pytest
from PySide6.QtCore import Qt

from sync.errors import UserError
from tests.ui.keys import press
from tests.ui.printed import TWO, given_preview  # noqa: F401
from ui import printers
from ui.widgets.print_bar import page_numbers

KEY = Qt.Key


def test_printer_pages_and_copies_are_chosen_in_the_preview(qtbot, preview):
    heard = []
    preview.printing.wanted.connect(heard.append)
    preview.show_printers(TWO)
    bar = preview.printing

    assert (bar.printer.value(), bar.print_button.hasFocus()) == ("HP", True)
    bar.printer.set_value("Canon")
    bar.pages.set_value("2-3")
    bar.copies.set_value(4)
    press(KEY.Key_Return, widget=bar.print_button)

    assert heard == [printers.Wanted("Canon", [1, 2], 4)]


def test_what_is_no_page_or_number_of_copies_is_said_at_its_field(qtbot, preview):
    heard = []
    preview.printing.wanted.connect(heard.append)
    preview.show_printers(TWO)
    bar = preview.printing

    bar.pages.set_value("2-99")
    bar.print_button.click()
    assert f"{preview.view.count}" in bar.pages_row.problem.text()
    assert bar.pages.hasFocus()
    bar.pages.set_value("")
    bar.copies.set_value(0)
    bar.print_button.click()
    assert bar.pages_row.problem.text() == ""
    assert "99" in bar.copies_row.problem.text()

    assert heard == []


@pytest.mark.parametrize(
    ("said", "pages"),
    [("", [0, 1, 2, 3, 4]), ("2", [1]), ("2 – 3", [1, 2]), ("5, 1-2;2", [0, 1, 4]), (" 1 ", [0])],
)
def test_pages_are_written_as_everywhere(said, pages):
    assert page_numbers(said, 5) == pages


@pytest.mark.parametrize("said", ["0", "6", "3-2", "a", "1-", ",", "-1", "1--2"])
def test_what_is_no_page_is_told(said):
    with pytest.raises(UserError):
        page_numbers(said, 5)


def test_esc_goes_back_from_the_printers_to_the_preview_and_what_was_typed_stays(preview):
    preview.show_printers(TWO)
    preview.printing.pages.set_value("2")
    press(KEY.Key_Escape, widget=preview.printing.pages)

    assert preview.isVisible()
    assert (preview.printing.isVisible(), preview.print_button.isVisible()) == (False, True)
    preview.show_printers(TWO)
    assert preview.printing.pages.value() == "2"
