"""The kinds of questions: what may be answered to each, and how it is kept: as a node's text."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from math import isfinite
from xml.etree.ElementTree import Element

from desktop.surveys.xpath.nodes import local
from desktop.surveys.xpath.places import read_point, read_points
from desktop.surveys.xpath.values import Value, read_date, to_number, to_stored, to_text
from sync.errors import UserError
from sync.language import mark

TYPES = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
}  # of a bind: the kind of an input; all others are text
CONTROLS = {
    "select1": "select_one",
    "select": "select_multiple",
    "trigger": "acknowledge",
    "rank": "rank",
}
MEDIA = ("image", "audio", "video")  # of an upload; all others are a file
AGREED = "OK"  # what an acknowledgement is kept as (ODK)
_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?(\d{1,15}(\.\d*)?|\.\d+)", re.ASCII)


def kind_of(control: Element | None, bind: Mapping[str, str], holds: bool, path: str) -> str:
    """The kind of a node that is no repeat, see FormNode. `holds`: it has nodes in it."""
    if path.count("/") > 1 and path.split("/")[2] == "meta":
        return "meta"
    tag = "" if control is None else local(control.tag)
    if holds or tag == "group":
        return "group"
    if control is None:
        return "calculate" if "calculate" in bind else "hidden"
    if tag in CONTROLS:
        return CONTROLS[tag]
    if "query" in control.attrib:
        return "select_one"
    if tag == "upload":
        medium = control.get("mediatype", "").partition("/")[0]
        return medium if medium in MEDIA else "file"
    kind = TYPES.get(local(bind.get("type", "")))
    if tag == "range":
        return "integer" if kind == "integer" else "decimal"
    if kind is not None:
        return kind
    noted = bind.get("readonly", "").strip() == "true()" and "calculate" not in bind
    return "note" if noted else "text"


def as_text(kind: str, value: object) -> str:
    """An answer as typed, chosen or calculated → the text that is kept; nothing is "".

    Several choices are names with a space between; a decimal comma becomes a point.
    """
    match value:
        case False if kind == "boolean":
            return "false"
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
    if kind == "rank":
        if sorted(text.split()) == sorted(offered):
            return None
        return UserError(mark("Put all choices in an order, each of them once."))
    takes, sentence = CHECKS.get(kind, (None, ""))
    return UserError(sentence) if takes is not None and not takes(text) else None


def worked_out(value: Value, *, whole: bool) -> str:
    """What a node keeps of a value that the form works out; `whole`: of numbers."""
    text = to_stored(value)
    if not whole or _INTEGER.fullmatch(text):
        return text
    number = to_number(text)
    return str(int(number)) if isfinite(number) else text


def outside(text: str, bounds: tuple[str, str, str]) -> UserError | None:
    """What is wrong with a number that is to lie on a range of (start, end, step)."""
    try:
        number, (start, end, step) = Decimal(text), map(Decimal, bounds)
        low, high = min(start, end), max(start, end)
        if low <= number <= high and (not step or (number - start) % step == 0):
            return None
    except (InvalidOperation, ValueError):  # the form's own numbers are none
        return None
    return UserError(
        mark("Type a number from {low} to {high} in steps of {step}."),
        low=low,
        high=high,
        step=abs(step),
    )


def _is_trace(text: str) -> bool:
    points = read_points(text)
    return points is not None and len(points) > 1


def _is_shape(text: str) -> bool:
    points = read_points(text)
    return points is not None and len(points) > 3 and points[0] == points[-1]


def _is_date(text: str) -> bool:
    return len(text) == 10 and read_date(text) is not None


def _is_moment(text: str) -> bool:
    return len(text) > 10 and read_date(text) is not None


def _is_time(text: str) -> bool:
    try:
        return bool(time.fromisoformat(text)) or True
    except ValueError:
        return False


_PLACES = mark("Type places as latitude and longitude in degrees, with semicolons between.")
CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "integer": (_INTEGER.fullmatch, mark("Type a whole number, in digits.")),
    "decimal": (_DECIMAL.fullmatch, mark("Type a number, in digits.")),
    "date": (_is_date, mark("This is no date. Type it as year-month-day.")),
    "time": (_is_time, mark("This is no time. Type it as hours:minutes.")),
    "dateTime": (_is_moment, mark("This is no date with a time.")),
    "boolean": (("true", "false", "1", "0").__contains__, mark("Type true or false.")),
    "geopoint": (read_point, mark("Type a place as latitude and longitude in degrees.")),
    "geotrace": (_is_trace, _PLACES),
    "geoshape": (_is_shape, _PLACES),
}
