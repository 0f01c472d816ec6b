"""What may be answered to each kind of question, and how it is kept: as the text of a node."""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, time

from desktop.surveys.xpath.values import read_date, to_text
from sync.errors import UserError
from sync.language import mark

AGREED = "OK"  # what an acknowledgement is kept as (ODK)
_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?(\d{1,15}(\.\d*)?|\.\d+)", re.ASCII)


def as_text(kind: str, value: object) -> str:
    """An answer as typed, chosen or calculated → the text that is kept; nothing is "".

    Several choices are names with a space between; a decimal comma becomes a point.
    """
    match value:
        case None | False:
            return ""
        case True:
            return AGREED if kind == "acknowledge" else "true"
        case int():
            return str(value)
        case float() | date():
            return to_text(value)
        case str():
            text = value if kind == "text" else value.strip()
            return text.replace(",", ".") if kind == "decimal" else text
        case Iterable():
            return " ".join(str(one) for one in value)
        case _:
            return str(value)


def wrong(kind: str, text: str, offered: Collection[str]) -> UserError | None:
    """What is wrong with this answer to a question of this kind; None when it will do."""
    if not text:
        return None
    if kind in ("select_one", "select_multiple"):
        chosen = [text] if kind == "select_one" else text.split()
        if all(one in offered for one in chosen) and len(set(chosen)) == len(chosen):
            return None
        return UserError(mark("This answer is not among the choices. Choose again."))
    takes, sentence = CHECKS.get(kind, (None, ""))
    return UserError(sentence) if takes is not None and not takes(text) else None


def _is_date(text: str) -> bool:
    return len(text) == 10 and read_date(text) is not None


def _is_moment(text: str) -> bool:
    return len(text) > 10 and read_date(text) is not None


def _is_time(text: str) -> bool:
    try:
        return bool(time.fromisoformat(text)) or True
    except ValueError:
        return False


CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "integer": (_INTEGER.fullmatch, mark("Type a whole number, in digits.")),
    "decimal": (_DECIMAL.fullmatch, mark("Type a number, in digits.")),
    "date": (_is_date, mark("This is no date. Type it as year-month-day.")),
    "time": (_is_time, mark("This is no time. Type it as hours:minutes.")),
    "dateTime": (_is_moment, mark("This is no date with a time.")),
}
