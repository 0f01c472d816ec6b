"""A custodian's sheet as a PDF page: its letters, which key it is of, what it is for, how to keep it."""

from desktop.recovery_code import groups
from sync.language import tr
from ui.code_paper import draw_code


def draw_sheet(words: str, place: int, count: int, fingerprint: str) -> bytes:
    """The page, A4. `words` is canonical; `place` and `count` say which of how many it is."""
    which = tr("Sheet {number} of {count}", number=place, count=count)
    key = tr("The region's key: {fingerprint}", fingerprint=" ".join(groups(fingerprint)))
    return draw_code(
        tr("Sheet of a custodian"),
        words,
        about=f"{which}\n{key}",
        keeping=how_to_keep(),
        opening=how_it_opens(),
        reading=how_it_reads(),
    )


def how_to_keep() -> str:
    """Where the sheet is to lie, and why."""
    return tr(
        "Any two of these sheets, with a laptop, open all the work on it. Keep this one in a sealed "
        "envelope where the others are not, and show it to nobody."
    )


def how_it_opens() -> str:
    """What to do with it."""
    return tr(
        "When a laptop asks: at a computer without a network start the program, press “For "
        "custodians”, open the request, and type these letters when it is your turn."
    )


def how_it_reads() -> str:
    """How the letters are to be read."""
    return tr(
        "There are no letters I, L, O and U; small letters and missing spaces do not matter. Where "
        "the sheet is lost or was seen by others, tell the other custodians at once."
    )
