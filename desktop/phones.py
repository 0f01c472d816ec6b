"""Phone numbers as people type them, as they are stored, and as they are shown."""

import re

from sync.errors import UserError
from sync.language import mark

_SIGNS = re.compile(r"[\s().‐-―-]+")  # spaces, brackets, dots, hyphens and dashes


def parse_phone(text: str) -> str:
    """8 701 123 45 67, 7701…, 701… or +7701… → +77011234567 (E.164); "" stays "".

    Ten digits are taken as a number of Kazakhstan; one of another country needs its plus.
    Raises UserError when it is no phone number.
    """
    bare = _SIGNS.sub("", text)
    if not bare:
        return ""
    if re.fullmatch(r"(\+7|7|8)?[67][0-9]{9}", bare):
        return f"+7{bare[-10:]}"
    if re.fullmatch(r"\+(?!7)[1-9][0-9]{7,14}", bare):
        return bare
    raise UserError(mark("Write the phone number as +7 701 123 4567."))


def show_phone(stored: str) -> str:
    """+77011234567 → +7 701 123 4567; any other text as it is."""
    parts = re.fullmatch(r"(\+7)([0-9]{3})([0-9]{3})([0-9]{4})", stored)
    return " ".join(parts.groups()) if parts else stored
