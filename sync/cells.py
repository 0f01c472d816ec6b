"""What somebody wrote, as it may stand in a cell: a text, whatever it begins with.

A spreadsheet takes a text for a formula by its first character, and may open a CSV file with
another separator than it was written with. Rows: https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

LONGEST = 32_767  # UTF-16 units of a cell, says Excel
CUT = "…"
NO_CHARACTER = "\ufffd"

# what XML 1.0 cannot hold, and what no text has: https://www.w3.org/TR/xml/#charsets
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile(
    r"_(?=x[0-9A-Fa-f]{4}_)"
)  # Excel reads _x0041_ as A: its own sign for "_" first
LEADS = "=+\\-@\t\r＝＋－＠"  # full-width ones: some input methods give them, Excel takes them
NUMBER = r"\d[\d .,:/()eE+\-]*$"  # what would lose its noughts, or become a day
# Where a cell may begin, if the separator is taken for another one. Quotes before it are doubled
# up by one more, so that what was put there can be taken away again.
BEGINNING = r"(?:^|(?<=[,;|\t\r\n]))"
GUARDED = re.compile(f"{BEGINNING}(?='*[{LEADS}])|^(?='*{NUMBER})")
UNGUARDED = re.compile(f"{BEGINNING}'(?='*[{LEADS}])|^'(?='*{NUMBER})")


def holdable(text: str) -> str:
    """The text without what neither format can hold; lines end as everywhere here."""
    return ILLEGAL.sub(NO_CHARACTER, text.replace("\r\n", "\n"))


def in_excel(text: str) -> tuple[str, bool]:
    """(the text of a cell, whether it was cut)."""
    kept = holdable(text).replace("\r", "\n")  # XML readers do the same
    told = ESCAPE.sub("_x005F_", kept)
    units = told.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return told, False
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT, True


def in_csv(text: str) -> str:
    """The text of a cell, with ' before what a spreadsheet would reckon."""
    return GUARDED.sub("'", holdable(text))


def out_of_csv(text: str) -> str:
    """What `in_csv` was given."""
    return UNGUARDED.sub("", text)


def begins_like_a_formula(text: str) -> bool:
    """Whether Excel would reckon it as soon as somebody goes into the cell."""
    return text[:1] in ("=", "+", "-", "@")
