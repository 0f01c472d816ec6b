"""What is said when the work has been opened: what happened on the way, and what is still to be done."""

from collections.abc import Callable

from sync.language import tr
from ui import messages
from ui.opening import Opened
from ui.password_change import say_password_alone, say_recovered
from ui.sheets import Sheets


def tell(opened: Opened, sheets: Sheets, enter_code: Callable[[], object]) -> None:
    """Say it all; a recovery code that was made is shown by `sheets`, once."""
    if opened.refused is not None:  # nothing asks again by itself: it would only be refused again
        again = messages.Action(tr("Enter a new code"), enter_code)
        messages.warn(str(opened.refused), again)
    say_recovered(opened.recoveries)
    if opened.mended is not None:
        messages.warn(opened.mended.words(), about=messages.MENDED)
    if opened.left is not None:
        messages.warn(str(opened.left))
    if opened.password_alone:
        say_password_alone()
    if opened.code:
        sheets.show(opened.code)
    if opened.no_code is not None:
        sheets.say_missing(opened.no_code)
