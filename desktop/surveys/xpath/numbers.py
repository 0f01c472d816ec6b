"""Functions of numbers."""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal
from random import SystemRandom

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.table import eager, lazy
from desktop.surveys.xpath.tree import Expression
from desktop.surveys.xpath.values import Value, nodes_of, to_number

NAN = math.nan
_FEW = 30  # digits after the point beyond which rounding changes nothing


@lazy("number", 0, 1)
def _number(context: Context, arguments: Sequence[Expression]) -> Value:
    return to_number(arguments[0].evaluate(context) if arguments else [context.node])


@eager("int", 1)
def _int(context: Context, value: Value) -> Value:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


@eager("round", 1, 2)
def _round(context: Context, value: Value, digits: Value = 0.0) -> Value:
    """Halves go up, towards +infinity; a negative number of digits rounds tens, hundreds, …

    The digits that are rounded are those the number is shown with: round(1.005, 2) is 1.01.
    """
    number, after = to_number(value), to_number(digits)
    if not math.isfinite(number) or math.isnan(after):
        return number if not math.isnan(after) else NAN
    places = int(max(-400, min(_FEW, after)))
    if not number or abs(number) >= 1e17:  # no digits after the point are left
        return number
    shifted = Decimal(repr(number)).scaleb(places) + Decimal("0.5")
    return float(shifted.to_integral_value(ROUND_FLOOR).scaleb(-places))


def _of_number(name: str, work: Callable[[float], float]) -> None:
    @eager(name, 1)
    def calculate(context: Context, value: Value) -> Value:
        return _safely(work, to_number(value))


def _of_two(name: str, work: Callable[[float, float], float]) -> None:
    @eager(name, 2)
    def calculate(context: Context, first: Value, second: Value) -> Value:
        return _safely(work, to_number(first), to_number(second))


def _safely(work: Callable[..., float], *numbers: float) -> float:
    """NaN where mathematics has no answer, infinity where it is too large."""
    try:
        return float(work(*numbers))
    except (ValueError, ZeroDivisionError):
        return NAN
    except OverflowError:
        return math.inf


def _floor(number: float) -> float:
    return math.floor(number) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return math.ceil(number) if math.isfinite(number) else number


def _logarithm(of: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else of(number)


def _exp10(number: float) -> float:
    return math.pow(10, number)


_PLAIN: dict[str, Callable[[float], float]] = {
    "floor": _floor,
    "ceiling": _ceiling,
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": _exp10,
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
}
for _name, _work in _PLAIN.items():
    _of_number(_name, _work)
_of_two("pow", math.pow)
_of_two("atan2", math.atan2)


@eager("pi", 0)
def _pi(context: Context) -> Value:
    return math.pi


@eager("random", 0)
def _random(context: Context) -> Value:
    return SystemRandom().random()


@eager("sum", 1)
def _sum(context: Context, nodes: Value) -> Value:
    return math.fsum(numbers) if math.isfinite(sum(numbers := _all(nodes))) else sum(numbers)


@eager("count", 1)
def _count(context: Context, nodes: Value) -> Value:
    return float(len(nodes_of(nodes)))


@eager("min", 0, None)
def _min(context: Context, *values: Value) -> Value:
    return _extreme(min, values)


@eager("max", 0, None)
def _max(context: Context, *values: Value) -> Value:
    return _extreme(max, values)


def _extreme(choose: Callable[[list[float]], float], values: Sequence[Value]) -> float:
    """NaN of nothing, and where one of them is no number."""
    numbers = [number for value in values for number in _all(value)]
    return NAN if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


def _all(value: Value) -> list[float]:
    if isinstance(value, list):
        return [to_number(node.value()) for node in value]
    return [to_number(value)]
