"""The one table of functions: name → how many arguments it takes, and what it does.

A new function is one decorated Python function in a module that `functions` imports.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.values import Value

if TYPE_CHECKING:
    from desktop.surveys.xpath.tree import Expression

Call = Callable[[Context, Sequence["Expression"]], Value]


@dataclass(frozen=True)
class Function:
    """`call` gets its arguments unevaluated, so that if() and coalesce() can leave some alone."""

    least: int
    most: int | None
    call: Call


FUNCTIONS: dict[str, Function] = {}


def lazy(name: str, least: int, most: int | None = -1) -> Callable[[Call], Call]:
    """Enter a function that evaluates its own arguments. `most` None: any number."""

    def enter(call: Call) -> Call:
        FUNCTIONS[name] = Function(least, least if most == -1 else most, call)
        return call

    return enter


def eager(
    name: str, least: int, most: int | None = -1
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Enter a function of the context and of the values of its arguments."""

    def enter(work: Callable[..., Value]) -> Callable[..., Value]:
        def call(context: Context, arguments: Sequence["Expression"]) -> Value:
            return work(context, *[argument.evaluate(context) for argument in arguments])

        FUNCTIONS[name] = Function(least, least if most == -1 else most, call)
        return work

    return enter
