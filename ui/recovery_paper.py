"""The recovery sheet as a PDF page: the code in large letters, whose it is, and what it is for."""

from sync.language import tr
from ui.code_paper import draw_code


def draw_sheet(code: str, who: str, below: str) -> bytes:
    """The page, A4. `code` is canonical; `who` and `below` say whose it is, and what they are."""
    return draw_code(
        tr("Recovery sheet"),
        code,
        about=f"{who}\n{below}",
        keeping=for_whom(),
        opening=how_it_opens(),
        reading=how_it_ends(),
    )


def for_whom() -> str:
    """Where the sheet is to lie."""
    return tr(
        "Whoever has this sheet and the laptop can open the work on it. Keep the sheet in a sealed "
        "envelope away from the laptop, best with your coordinator."
    )


def how_it_opens() -> str:
    """What to do with it."""
    return tr(
        "When the password is forgotten: press “Forgot the password?” where it is asked, then type "
        "this code and a new password. No network is needed."
    )


def how_it_ends() -> str:
    """How long it is good."""
    return tr(
        "The code ends when it was used or a newer sheet was made. It has no letters I, L, O and U; "
        "small letters and missing spaces do not matter."
    )
