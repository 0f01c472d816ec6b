"""Location paths: steps from node to node, and what they may refer to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.tree import Expression, FunctionCall, Where
from desktop.surveys.xpath.values import Value, nodes_of, to_boolean


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _siblings(node: Node) -> tuple[list[Node], int]:
    """The children of the parent, and this node's place among them."""
    if node.parent is None or node.name.startswith("@"):
        return [node], 0
    among = node.parent.children
    return among, next(place for place, one in enumerate(among) if one is node)


def _following(node: Node) -> Iterable[Node]:
    among, place = _siblings(node)
    return among[place + 1 :]


def _preceding(node: Node) -> Iterable[Node]:
    among, place = _siblings(node)
    return among[:place][::-1]


def _after(node: Node) -> Iterator[Node]:
    """All that begins after a node ends."""
    for one in (node, *_ancestors(node)):
        for sibling in _following(one):
            yield sibling
            yield from sibling.below()


def _before(node: Node) -> Iterator[Node]:
    """All that ends before a node begins, the nearest first."""
    for one in (node, *_ancestors(node)):
        for sibling in _preceding(one):
            yield from reversed([sibling, *sibling.below()])


AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "child": lambda node: node.children,
    "attribute": lambda node: node.attributes,
    "self": lambda node: (node,),
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "descendant": lambda node: node.below(),
    "descendant-or-self": lambda node: (node, *node.below()),
    "following-sibling": _following,
    "preceding-sibling": _preceding,
    "following": _after,
    "preceding": _before,
    "namespace": lambda node: (),  # they are dropped when a document is read
}
DOWN = {"child", "self", "attribute"}  # steps that keep nodes in the order of the document


@dataclass(frozen=True)
class Step:
    """axis::name[predicate]…; the name `*` takes any element, `node()` anything, `#` nothing."""

    axis: str
    name: str
    predicates: Sequence[Expression] = ()

    def walk(self, context: Context, nodes: Iterable[Node]) -> list[Node]:
        """The nodes reached from these, each once, in the order they were met."""
        reached: dict[int, Node] = {}
        for start in nodes:
            found = [node for node in AXES[self.axis](start) if self._takes(node)]
            context.effort.spend(1 + len(found))
            for node in keep(context, found, self.predicates):
                reached[id(node)] = node
        return list(reached.values())

    def _takes(self, node: Node) -> bool:
        name = node.name
        if self.axis == "attribute":
            return self.name in ("*", "node()", name[1:])
        if name == self.name or self.name == "node()":
            return True
        return self.name == "*" and name[:1] not in ("", "@")


@dataclass(frozen=True)
class Path:
    """Steps from the root (`start` None and absolute), from here, or from a value's nodes."""

    start: Expression | None
    absolute: bool
    steps: Sequence[Step]

    def evaluate(self, context: Context) -> Value:
        if self.start is not None:
            nodes = nodes_of(self.start.evaluate(context))
        else:
            # The root is that of the answers, also within a predicate on a list of choices.
            nodes = [context.current.document() if self.absolute else context.node]
        for step in self.steps:
            nodes = step.walk(context, nodes)
        if len(nodes) > 1 and any(step.axis not in DOWN for step in self.steps):
            return in_order(context, nodes)
        return nodes

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        where = () if self.absolute else here
        if self.start is not None:
            yield from self.start.references(here, current)
            where = _where_of(self.start, here, current)
        for step in self.steps:
            where = _move(where, step)
            for predicate in step.predicates:
                yield from predicate.references(where, current)
        if where:
            yield where


@dataclass(frozen=True)
class Filter:
    """A value that is a node set, and predicates on it: (//a | //b)[1]"""

    part: Expression
    predicates: Sequence[Expression]

    def evaluate(self, context: Context) -> Value:
        return keep(context, nodes_of(self.part.evaluate(context)), self.predicates)

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        yield from self.part.references(here, current)
        where = _where_of(self.part, here, current)
        for predicate in self.predicates:
            yield from predicate.references(where, current)


@dataclass(frozen=True)
class Union:
    """a | b | …: the nodes of all, each once."""

    parts: Sequence[Expression]

    def evaluate(self, context: Context) -> Value:
        found = [node for part in self.parts for node in nodes_of(part.evaluate(context))]
        return in_order(context, found) if len(found) > 1 else found

    def references(self, here: Where, current: Where) -> Iterator[tuple[str, ...]]:
        for part in self.parts:
            yield from part.references(here, current)


def in_order(context: Context, nodes: list[Node]) -> list[Node]:
    """Nodes of one document or several in document order (XPath 1.0, 5)."""
    wanted = {id(node): node for node in nodes}
    found: list[Node] = []
    for document in {id(top): top for top in map(Node.document, nodes)}.values():
        context.effort.spend(1)
        for node in (document, *document.below()):
            context.effort.spend(1)
            found += (one for one in (node, *node.attributes) if id(one) in wanted)
    return found


def keep(context: Context, nodes: list[Node], predicates: Sequence[Expression]) -> list[Node]:
    """The nodes for which every predicate holds; a number means a place."""
    for predicate in predicates:
        kept = []
        context.effort.spend(len(nodes))
        for place, node in enumerate(nodes, 1):
            value = predicate.evaluate(context.on(node, place, len(nodes)))
            if value == place if type(value) is float else to_boolean(value):
                kept.append(node)
        nodes = kept
    return nodes


def _where_of(start: Expression, here: Where, current: Where) -> Where:
    """Where the steps after this value begin, as far as that can be told without evaluating."""
    if isinstance(start, FunctionCall) and start.name == "current":
        return current
    if isinstance(start, FunctionCall) and start.name == "instance":
        return None
    if isinstance(start, Filter):
        return _where_of(start.part, here, current)
    if isinstance(start, Path):
        where = () if start.absolute else here
        if start.start is not None:
            where = _where_of(start.start, here, current)
        for step in start.steps:
            where = _move(where, step)
        return where
    return ("**",)


def _move(where: Where, step: Step) -> Where:
    if where is None or step.axis in ("self", "attribute"):
        return where
    if "**" in where:
        return ("**",)
    match step.axis:
        case "parent":
            return where[:-1]
        case "child":
            return (*where, "*" if step.name == "node()" else step.name)
        case "following-sibling" | "preceding-sibling":
            return (*where[:-1], step.name)
        case _:
            return ("**",)
