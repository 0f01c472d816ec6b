"""Functions of conditions and texts; those of other subjects stand beside it."""

import re
from collections.abc import Iterator, Sequence
from math import floor, inf, isfinite
from secrets import choice
from string import ascii_letters, digits
from uuid import uuid4

import desktop.surveys.xpath.dates
import desktop.surveys.xpath.digests
import desktop.surveys.xpath.nodesets
import desktop.surveys.xpath.numbers
import desktop.surveys.xpath.places  # noqa: F401  # all fill the table
from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.effort import LONGEST, bounded
from desktop.surveys.xpath.patterns import matcher_of
from desktop.surveys.xpath.table import eager, lazy
from desktop.surveys.xpath.tree import Expression
from desktop.surveys.xpath.values import BLANKS, Value, to_boolean, to_number, to_stored, to_text

Arguments = Sequence[Expression]
_BLANK = re.compile(f"[{BLANKS}]+")


@lazy("if", 3)
def _if(context: Context, arguments: Arguments) -> Value:
    asked, then, otherwise = arguments
    return (then if to_boolean(asked.evaluate(context)) else otherwise).evaluate(context)


@lazy("coalesce", 1, None)
def _coalesce(context: Context, arguments: Arguments) -> Value:
    for argument in arguments:
        value = argument.evaluate(context)
        if to_stored(value):  # what is no number counts as empty
            return value
    return ""


@lazy("once", 1)
def _once(context: Context, arguments: Arguments) -> Value:
    return context.node.value() or arguments[0].evaluate(context)


@eager("true", 0)
def _true(context: Context) -> Value:
    return True


@eager("false", 0)
def _false(context: Context) -> Value:
    return False


@eager("not", 1)
def _not(context: Context, value: Value) -> Value:
    return not to_boolean(value)


@eager("boolean", 1)
def _boolean(context: Context, value: Value) -> Value:
    return to_boolean(value)


@eager("boolean-from-string", 1)
def _boolean_from_string(context: Context, value: Value) -> Value:
    return to_text(value) in ("true", "1")


@eager("checklist", 2, None)
def _checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    return _between(sum(to_boolean(value) for value in _spread(values)), least, most)


@eager("weighted-checklist", 2, None)
def _weighted_checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    pairs = zip(_spread(values[::2]), _spread(values[1::2]), strict=False)
    total = sum(to_number(weight) for value, weight in pairs if to_boolean(value))
    return _between(total, least, most)


def _between(count: float, least: Value, most: Value) -> bool:
    low, high = to_number(least), to_number(most)
    return low in (-1, min(low, count)) and high in (-1, max(high, count))


def _spread(values: Sequence[Value]) -> list[Value]:
    """Node sets as the values of their nodes, the rest as it is."""
    return [
        one
        for value in values
        for one in ([node.value() for node in value] if isinstance(value, list) else [value])
    ]


# Texts


def _texts(values: Sequence[Value]) -> Iterator[str]:
    """Of node sets the text of each node, one at a time: together they may be very long."""
    for value in values:
        if isinstance(value, list):
            yield from (node.value() for node in value)
        else:
            yield to_text(value)


@lazy("string", 0, 1)
def _string(context: Context, arguments: Arguments) -> Value:
    return _own(context, arguments)


@eager("concat", 0, None)
def _concat(context: Context, *values: Value) -> Value:
    return bounded("", _texts(values))


@eager("join", 1, None)
def _join(context: Context, between: Value, *values: Value) -> Value:
    return bounded(to_text(between), _texts(values))


@eager("starts-with", 2)
def _starts_with(context: Context, value: Value, start: Value) -> Value:
    return to_text(value).startswith(to_text(start))


@eager("ends-with", 2)
def _ends_with(context: Context, value: Value, end: Value) -> Value:
    return to_text(value).endswith(to_text(end))


@eager("contains", 2)
def _contains(context: Context, value: Value, part: Value) -> Value:
    return to_text(part) in to_text(value)


@eager("substring-before", 2)
def _substring_before(context: Context, value: Value, mark_: Value) -> Value:
    before, found, _ = to_text(value).partition(to_text(mark_)) if to_text(mark_) else ("", "", "")
    return before if found else ""


@eager("substring-after", 2)
def _substring_after(context: Context, value: Value, mark_: Value) -> Value:
    if not to_text(mark_):
        return to_text(value)
    return to_text(value).partition(to_text(mark_))[2]


@eager("substring", 2, 3)
def _substring(context: Context, value: Value, start: Value, length: Value = "") -> Value:
    """Characters from 1; start and length are rounded as round() does (XPath 1.0, 4.2)."""
    first = _rounded(to_number(start))
    end = first + _rounded(to_number(length)) if length != "" else inf
    letters = enumerate(to_text(value), 1)
    return "".join(letter for place, letter in letters if first <= place < end)


def _rounded(number: float) -> float:
    return float(floor(number + 0.5)) if isfinite(number) else number


@eager("substr", 2, 3)
def _substr(context: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    """Characters from 0 up to, not including, `end`; a negative place counts from the end."""
    text = to_text(value)
    places = [to_number(start), len(text) if end is None else to_number(end)]
    if any(place != place for place in places):
        return ""
    first, last = (int(max(-1e9, min(1e9, place))) for place in places)
    return text[slice(first, last)]


@eager("uuid", 0, 1)
def _uuid(context: Context, length: Value | None = None) -> Value:
    """A random id of RFC 4122; with an argument, random letters and digits, so many of them."""
    if length is None:
        return str(uuid4())
    many = to_number(length)
    wanted = int(many) if 0 <= many <= LONGEST else 0
    return "".join(choice(ascii_letters + digits) for _ in range(wanted))


@lazy("string-length", 0, 1)
def _string_length(context: Context, arguments: Arguments) -> Value:
    return float(len(_own(context, arguments)))


@lazy("normalize-space", 0, 1)
def _normalize_space(context: Context, arguments: Arguments) -> Value:
    words = _BLANK.split(_own(context, arguments))
    return " ".join(word for word in words if word)


@eager("translate", 3)
def _translate(context: Context, value: Value, old: Value, new: Value) -> Value:
    letters: dict[int, str | None] = {}
    fresh = to_text(new)
    for place, letter in enumerate(to_text(old)):
        letters.setdefault(ord(letter), fresh[place] if place < len(fresh) else None)
    return to_text(value).translate(letters)


@lazy("regex", 2)
def _regex(context: Context, arguments: Arguments) -> Value:
    """Whether the pattern is found anywhere; ^ and $ tie it to the ends."""
    value, pattern = (to_text(argument.evaluate(context)) for argument in arguments)
    return matcher_of(pattern).finds(value)


def _own(context: Context, arguments: Arguments) -> str:
    """The text of the argument, or of the node itself where there is none."""
    return to_text(arguments[0].evaluate(context)) if arguments else context.node.value()
