"""A program with one guard removed: its refusals taken out, one after another.

for guard in guards(rights.check):
    with guard.removed():
        ...  # a test of rights that still passes proves nothing
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType
from typing import Any

Site = tuple[ast.AST, ast.expr | None]  # a raise; or an `if` and the condition of it that goes


@dataclass(frozen=True)
class Guard:
    """One `raise` of a function, or one of the conditions of which any leads to it."""

    name: str
    function: Any
    without: CodeType  # the function without it

    @contextmanager
    def removed(self) -> Iterator[None]:
        """The function goes on where it refused; also for those who imported it long ago."""
        whole = self.function.__code__
        self.function.__code__ = self.without
        try:
            yield
        finally:
            self.function.__code__ = whole


def guards(*functions: Callable[..., Any]) -> list[Guard]:
    """Every guard of these functions, named by its own words."""
    return [guard for function in functions for guard in _of(inspect.unwrap(function))]


def rewritten(function: Callable[..., Any], words: str, others: str) -> Guard:
    """The function with other words in the place of these, which stand in it once."""
    whole = inspect.unwrap(function)
    source = textwrap.dedent(inspect.getsource(whole))
    assert source.count(words) == 1
    name = f"{whole.__module__}.{whole.__qualname__}: {words.strip()}"
    return Guard(name[:120], whole, _code(ast.parse(source.replace(words, others)), name))


def _code(tree: ast.Module, name: str) -> CodeType:
    """That of the one function that this tree defines, without its decorators."""
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef)
    definition.decorator_list = []
    made = compile(ast.fix_missing_locations(tree), name, "exec")
    (code,) = (each for each in made.co_consts if isinstance(each, CodeType))
    return code


def _of(function: Any) -> Iterator[Guard]:
    source = textwrap.dedent(inspect.getsource(function))
    for place in range(len(_sites(ast.parse(source)))):
        tree = ast.parse(source)
        node, condition = _sites(tree)[place]
        name = f"{function.__module__}.{function.__qualname__}: {ast.unparse(condition or node)}"
        _Without(node, condition).visit(tree)
        yield Guard(name[:120], function, _code(tree, name))


def _sites(tree: ast.Module) -> list[Site]:
    found: list[Site] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            found.append((node, None))
        if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
            test = node.test
            if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
                found += [(test, condition) for condition in test.values]
    return found


class _Without(ast.NodeTransformer):
    """Takes out one site."""

    def __init__(self, node: ast.AST, condition: ast.expr | None) -> None:
        self._node, self._condition = node, condition

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node is self._node else node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        if node is self._node:
            node.values = [each for each in node.values if each is not self._condition]
        self.generic_visit(node)
        return node.values[0] if len(node.values) == 1 else node
