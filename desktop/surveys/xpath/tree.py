"""The parts of an expression: each evaluates itself, and says which nodes it looks at."""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Protocol

from desktop.surveys.xpath import values
from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.table import Call
from desktop.surveys.xpath.values import Value, to_boolean, to_number

# Names from the root; None: not in the answers. `=` before a name: it is that very node above, as
# in `../age`, not any node of this name, as in `/data/person/age`.
Where = tuple[str, ...] | None
SAME = "="
THERE = "()"  # after the names: only whether the node is there, not what it holds
STRUCTURAL = {"count", "position", "name", "local-name"}


class Expression(Protocol):
    """A part of an expression."""

    def evaluate(self, context: Context) -> Value:
        """Its value. Raises XPathError."""

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        """Paths of the answers that it may look at; `*` is any name, `**` anything below.

        `here` is where `.` is, `current` where current() is.
        """


@dataclass(frozen=True)
class Literal:
    """A number or a quoted text."""

    value: float | str

    def evaluate(self, context: Context) -> Value:
        return self.value

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        yield from ()


@dataclass(frozen=True)
class Logic:
    """A chain of `or`, or of `and`: what decides stops it."""

    parts: Sequence[Expression]
    until: bool

    def evaluate(self, context: Context) -> Value:
        for part in self.parts:
            if to_boolean(part.evaluate(context)) is self.until:
                return self.until
        return not self.until

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        for part in self.parts:
            yield from part.references(here, current)


@dataclass(frozen=True)
class Chain:
    """Operators of one rank from left to right: first + second − third."""

    first: Expression
    rest: Sequence[tuple[str, Expression]]

    def evaluate(self, context: Context) -> Value:
        value = self.first.evaluate(context)
        for sign, part in self.rest:
            other = part.evaluate(context)
            context.effort.spend(_pairs(value, other))
            value = OPERATORS[sign](value, other)
        return value

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        for part in (self.first, *(part for _, part in self.rest)):
            yield from part.references(here, current)


@dataclass(frozen=True)
class Minus:
    """The sign before a value."""

    part: Expression

    def evaluate(self, context: Context) -> Value:
        return -to_number(self.part.evaluate(context))

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        return self.part.references(here, current)


@dataclass(frozen=True)
class FunctionCall:
    """name(argument, …)"""

    name: str
    call: Call
    arguments: Sequence[Expression]

    def evaluate(self, context: Context) -> Value:
        context.effort.spend(1)
        return self.call(context, self.arguments)

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        for place, argument in enumerate(self.arguments):
            found = list(argument.references(here, current))
            counts = self.name in STRUCTURAL or (self.name == "indexed-repeat" and place % 2)
            if found and counts and not isinstance(argument, FunctionCall):
                found[-1] = (*found[-1], THERE)  # a path says last where it leads
            # of what repeats, another instance may be meant
            yield from map(plain, found) if self.name == "indexed-repeat" else found
        if self.name == "jr:choice-name" and isinstance(path := self.arguments[1], Literal):
            yield _quoted(str(path.value).strip(), current)


def plain(where: tuple[str, ...]) -> tuple[str, ...]:
    """The names without what tells that a very node is meant."""
    return tuple(name.lstrip(SAME) for name in where)


def _quoted(path: str, here: Where) -> tuple[str, ...]:
    """A path that stands in quotes → names from the root."""
    if path.startswith("/"):
        return tuple(path.strip("/").split("/"))
    names = list(here or ())
    for part in path.split("/"):
        if part == "..":
            names = names[:-1]
        elif part != ".":
            names.append(part)
    return tuple(names) or ("**",)


def compare(test: Callable[[Value, Value], bool], left: Value, right: Value) -> bool:
    """A comparison; of a node set, one node for which it holds is enough (XPath 1.0, 3.4)."""
    for one in _each(left, right):
        for other in _each(right, left):
            if test(one, other):
                return True
    return False


def _pairs(left: Value, right: Value) -> int:
    """How many comparisons two values may take."""
    sizes = (len(value) if isinstance(value, list) else 1 for value in (left, right))
    return prod(sizes)


def _each(side: Value, other: Value) -> Sequence[Value]:
    if not isinstance(side, list):
        return [side]
    if isinstance(other, bool):
        return [bool(side)]
    return [node.value() for node in side]


def _numbers(work: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    return lambda left, right: work(to_number(left), to_number(right))


def _order(test: Callable[[float, float], bool]) -> Callable[[Value, Value], Value]:
    def both(left: Value, right: Value) -> bool:
        return test(to_number(left), to_number(right))

    # Of a node set and a truth each node counts, as in all engines: not whether there is one.
    return lambda left, right: compare(both, _number_of(left), _number_of(right))


def _number_of(value: Value) -> Value:
    return float(value) if isinstance(value, bool) else value


def _divide(left: float, right: float) -> float:
    if right == 0:
        return left * float("inf") if left else float("nan")
    return left / right


def _remain(left: float, right: float) -> float:
    if right == 0 or left in (float("inf"), float("-inf")):
        return float("nan")
    return values.remainder(left, right)


def _times(left: float, right: float) -> float:
    return left * right


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": lambda left, right: compare(values.equal, left, right),
    "!=": lambda left, right: compare(lambda a, b: not values.equal(a, b), left, right),
    "<": _order(operator.lt),
    "<=": _order(operator.le),
    ">": _order(operator.gt),
    ">=": _order(operator.ge),
    "+": _numbers(operator.add),
    "-": _numbers(operator.sub),
    "*": _numbers(_times),
    "div": _numbers(_divide),
    "mod": _numbers(_remain),
}
