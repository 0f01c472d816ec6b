"""`python -m deploy.bundled_forms`: make the XForms of resources/forms anew from their workbooks.

A laptop needs no form compiler for what comes with the program; a test sees that both say the same.
"""

import sys
from pathlib import Path

from desktop.surveys.bundled import bundled_forms
from desktop.surveys.xlsform import read_xlsform

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "forms"


def make(key: str) -> list[str]:
    """Write the XForm of one workbook, unless something is to be said of it: that, in English."""
    checked = read_xlsform(FOLDER / f"{key}.xlsx")
    if checked.xform is not None and not checked.messages:
        (FOLDER / f"{key}.xml").write_text(checked.xform, encoding="utf-8")
    return [f"{key}: {one.sheet} {one.row}: {one.text.words('en')}" for one in checked.messages]


if __name__ == "__main__":
    told = [line for one in bundled_forms() for line in make(one.key)]
    sys.exit("\n".join(told) or None)
