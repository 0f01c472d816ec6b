"""Pictures of the custodians' work: begin, a sheet for each, two sheets typed, whose laptop asks."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.custodians import whose
from desktop.region_letters import Owner
from ui.screens.custodian_answer import SheetWanted, WhoseLaptop
from ui.screens.custodian_key import KeyBegins, KeyMade, SheetToKeep
from ui.screens.custodians import CustodiansStart

LETTERS = "1" + "7QK4M2XW9TRB5HDC8VNZ3PJG6YF1SAE0K4MT" * 2  # they open nothing
SHEET = LETTERS[:60]
ASKED = date(2026, 11, 24)
AIGUL = Owner("Айгүл Бейсенова", "aigul", "615600000", "SOZAQ-03")


def custodians() -> Iterator[tuple[str, QWidget]]:
    """(name of the state, page), in the language spoken now."""
    yield "custodians", CustodiansStart(leaves=True)
    yield "custodians-key", KeyBegins()
    yield "custodians-hidden", SheetToKeep(SHEET, 2, 3)
    shown = SheetToKeep(SHEET, 2, 3)
    shown.show_words()
    yield "custodians-shown", shown
    yield "custodians-public", KeyMade("4271ab90ff3c")
    yield "custodians-first", SheetWanted(1, ASKED)
    yield "custodians-second", mistyped()
    yield "custodians-whose", WhoseLaptop(whose(AIGUL), ASKED)
    yield "custodians-whose-old", WhoseLaptop(whose(None), None)


def mistyped() -> QWidget:
    """A letter of the second sheet is wrong."""
    from desktop.recovery_code import NoCode, groups
    from desktop.shares import read_share

    page = SheetWanted(2, ASKED)
    page.sheet.setPlainText(" ".join(groups(SHEET)))
    try:
        read_share(SHEET)
    except NoCode as error:
        page.show_problem(str(error))
    return page
