"""Tokens → the tree of an expression, by precedence climbing (Pratt)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import desktop.surveys.xpath.functions  # noqa: F401  # fills the table
from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.dialects import HINT, hint, unknown_function
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import local
from desktop.surveys.xpath.paths import AXES, Filter, Path, Step, Union
from desktop.surveys.xpath.patterns import matcher_of
from desktop.surveys.xpath.table import FUNCTIONS
from desktop.surveys.xpath.tokens import Token, tokens
from desktop.surveys.xpath.tree import (
    SAME,
    Chain,
    Expression,
    FunctionCall,
    Literal,
    Logic,
    Minus,
    Where,
    plain,
)
from desktop.surveys.xpath.values import Value
from sync.language import mark

DEEPEST = 100  # brackets, calls and predicates within each other
SIGNS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
RANKS = {sign: rank for rank, signs in enumerate(SIGNS) for sign in signs}
DAY = mark("A date at character {position} stands in quotes: '2025-03-31'.")
KINDS = {  # of nodes: comments and instructions are dropped when a document is read
    "node": "node()",
    "text": "text()",
    "comment": "#",
    "processing-instruction": "#",
}
ANYWHERE = Step("descendant-or-self", "node()")


@dataclass(frozen=True)
class Compiled:
    """An expression ready to be evaluated many times. `text` is as it was written."""

    text: str
    tree: Expression

    def evaluate(self, context: Context) -> Value:
        """Its value. Raises XPathError where a function cannot take what it is given."""
        return self.tree.evaluate(context)

    def references(self, path: str) -> frozenset[tuple[str, ...]]:
        """What it may look at when it belongs to the node at `path`: names from the root."""
        return frozenset(plain(where) for where in self.links(path))

    def links(self, path: str) -> frozenset[tuple[str, ...]]:
        """The same, with `=` before the names of nodes that are those above `path` themselves."""
        here = tuple(SAME + name for name in path.strip("/").split("/"))
        return frozenset(self.tree.references(here, here))


@lru_cache(maxsize=4096)
def compile_expression(text: str, *, late: bool = False) -> Compiled:
    """Read one expression. Raises XPathError at the place that cannot be read.

    `late`: a call of a function that there is not, or with arguments that it does not take, is
    wrong only where it is evaluated, as other engines have it; of a form it is told at once.
    """
    parser = _Parser(text, late)
    tree = parser.expression()
    parser.expect("end", "")
    return Compiled(text, tree)


class _Parser:
    def __init__(self, text: str, late: bool) -> None:
        self._late = late
        self._tokens = list(tokens(text))
        self._next = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def ahead(self, kind: str, *texts: str) -> bool:
        """Whether the token after this one is of this kind (and one of these)."""
        following = self._tokens[min(self._next + 1, len(self._tokens) - 1)]
        return following.kind == kind and (not texts or following.text in texts)

    def take(self) -> Token:
        token = self.token
        self._next += 1
        return token

    def accept(self, *texts: str) -> bool:
        if self.token.kind == "symbol" and self.token.text in texts:
            self._next += 1
            return True
        return False

    def expect(self, kind: str, text: str) -> None:
        if (self.token.kind, self.token.text) != (kind, text):
            raise self.unexpected()
        self._next += 1

    def unexpected(self) -> XPathError:
        if self.token.kind == "end":
            return XPathError(mark("The expression ends too early."), self.token.position)
        if (known := self._of_elsewhere()) is not None:
            return known
        return XPathError(
            mark("“{found}” at character {position} does not belong here."),
            self.token.position,
            found=self.token.text,
        )

    def _of_elsewhere(self) -> XPathError | None:
        """What is said of `==`, `a / 2`, `0,5` and the like, which other languages have."""
        before = self._tokens[self._next - 1] if self._next else self.token
        token = self.token
        if before.text + token.text in ("==", "<>", "=>", "=<", "||"):
            return hint(before.text + token.text, before.position)
        if before.text == "/" and token.kind == "number":
            return hint("/", before.position)
        if token.text == "," and before.kind == "number" and self.ahead("number"):
            place, instead = before.position, f"{before.text}.{self._tokens[self._next + 1].text}"
            return XPathError(HINT, place, found=before.text + ",", instead=instead)
        if before.kind == token.kind == "number" and token.text.startswith("."):
            return XPathError(DAY, before.position)
        return hint(token.text, token.position)

    def expression(self, least: int = 0) -> Expression:
        """Read as far as operators bind at least this tightly; a chain of one rank is one part."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise XPathError(mark("The expression is nested too deep."), self.token.position)
        left = self.signed()
        while (rank := self.rank()) >= least:
            rest: list[tuple[str, Expression]] = []
            while self.rank() == rank:
                rest.append((self.take().text, self.expression(rank + 1)))
            left = _join(rank, left, rest)
        self._depth -= 1
        return left

    def rank(self) -> int:
        """How tightly the operator at hand binds; -1 if there is none."""
        kind, text, _ = self.token
        return RANKS.get(text, -1) if kind in ("symbol", "name") else -1

    def signed(self) -> Expression:
        signs = 0
        while self.accept("-"):
            signs += 1
        part = self.path()
        if self.token.text == "|":
            parts = [part]
            while self.accept("|"):
                parts.append(self.path())
            part = Union(tuple(parts))
        if signs == 0:
            return part
        return Minus(part) if signs % 2 else Minus(Minus(part))

    def path(self) -> Expression:
        if self.accept("/"):
            return Path(None, True, self.steps() if self.begins_step() else ())
        if self.accept("//"):
            return Path(None, True, (ANYWHERE, *self.steps()))
        if self.begins_step():
            return Path(None, False, self.steps())
        if self.accept("("):
            part = self.expression()
            self.expect("symbol", ")")
        else:
            part = self.primary()
        if predicates := self.predicates():
            part = Filter(part, predicates)
        if self.accept("/"):
            return Path(part, False, self.steps())
        if self.accept("//"):
            return Path(part, False, (ANYWHERE, *self.steps()))
        return part

    def begins_step(self) -> bool:
        kind, text, _ = self.token
        if kind == "symbol":
            return text in ("*", "@", ".", "..")
        if kind != "name":
            return False
        return text in KINDS or not self.ahead("symbol", "(")

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while True:
            if self.accept("/"):
                found.append(self.step())
            elif self.accept("//"):
                found += (ANYWHERE, self.step())
            else:
                return tuple(step for step in found if step is not TEXT)

    def step(self) -> Step:
        if self.accept("."):
            return Step("self", "node()", self.predicates())
        if self.accept(".."):
            return Step("parent", "node()", self.predicates())
        axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.token.kind == "name" and self.ahead("symbol", "::"):
            axis = self.axis()
        return self.named(axis)

    def axis(self) -> str:
        token = self.take()
        self.take()
        if token.text not in AXES:
            raise XPathError(
                mark("The axis “{axis}” at character {position} is not known."),
                token.position,
                axis=token.text,
            )
        return token.text

    def named(self, axis: str) -> Step:
        if self.accept("*"):
            return Step(axis, "*", self.predicates())
        if self.token.kind != "name":
            raise self.unexpected()
        name = self.take().text
        if name in KINDS and self.accept("("):
            if name == "processing-instruction" and self.token.kind == "literal":
                self.take()
            self.expect("symbol", ")")
            return TEXT if name == "text" else Step(axis, KINDS[name], self.predicates())
        return Step(axis, local(name), self.predicates())

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.accept("["):
            found.append(self.expression())
            self.expect("symbol", "]")
        return tuple(found)

    def primary(self) -> Expression:
        match self.token.kind:
            case "number":
                return Literal(float(self.take().text))
            case "literal":
                return Literal(self.take().text[1:-1])
            case "name":
                return self.call()
            case _:
                raise self.unexpected()

    def call(self) -> Expression:
        token = self.take()
        self.expect("symbol", "(")
        arguments: list[Expression] = []
        if not self.accept(")"):
            arguments.append(self.expression())
            while self.accept(","):
                arguments.append(self.expression())
            self.expect("symbol", ")")
        try:
            return _call(token, arguments)
        except XPathError as wrong:
            if not self._late:
                raise
            return Wrong(wrong)


@dataclass(frozen=True)
class Wrong:
    """A part that is only wrong where it is evaluated."""

    error: XPathError

    def evaluate(self, context: Context) -> Value:
        raise self.error

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        yield from ()


TEXT = Step("self", "text()")  # the text of an element is its value: the step changes nothing


def _join(rank: int, first: Expression, rest: list[tuple[str, Expression]]) -> Expression:
    if "or" in SIGNS[rank] or "and" in SIGNS[rank]:
        return Logic((first, *(part for _, part in rest)), until="or" in SIGNS[rank])
    return Chain(first, tuple(rest))


def _call(token: Token, arguments: list[Expression]) -> FunctionCall:
    function = FUNCTIONS.get(token.text)
    if function is None:
        raise unknown_function(token.text, token.position, FUNCTIONS)
    if len(arguments) < function.least or (
        function.most is not None and len(arguments) > function.most
    ):
        raise XPathError(
            mark("The function {name}() at character {position} does not take {n} arguments."),
            token.position,
            name=token.text,
            n=len(arguments),
        )
    if token.text == "regex" and isinstance(pattern := arguments[1], Literal):
        matcher_of(str(pattern.value))  # told when the form is read, not at somebody's answer
    return FunctionCall(token.text, function.call, tuple(arguments))
