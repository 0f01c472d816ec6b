"""The values of a form: after an answer, only what depends on it is worked out again."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from desktop.surveys.form import Form
from desktop.surveys.xpath.context import Context, World
from desktop.surveys.xpath.effort import LONG, LONGEST, Effort
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.parser import Compiled
from desktop.surveys.xpath.values import Value, to_boolean, to_text

MOST_TOGETHER = 1_000_000  # characters of all that is worked out


class Sheet:
    """What was answered (`kept`), what counts (`tree`: empty where not relevant), what failed.

    A name that repeats, as in groups that repeat, would be more nodes in the tree: the expressions
    and the links between nodes are by name and stay as they are.
    """

    def __init__(self, form: Form, world: World) -> None:
        self._form, self._world = form, world
        self.tree = {"": Node("")}
        for path, node in form.nodes.items():
            self.tree[path] = Node(node.name, "", self.tree[node.parent])
        self.kept = {path: node.default for path, node in form.nodes.items()}
        self.relevant = dict.fromkeys(form.nodes, True)
        self.failed: dict[str, XPathError] = {}
        self._effort = Effort()
        self._together = 0
        self._place = {path: place for place, path in enumerate(form.order)}

    def begin(self) -> None:
        """A new answer: what follows from it may take its own time."""
        self._effort = Effort()

    def value(self, path: str, expression: Compiled, otherwise: Value) -> Value:
        """What an expression of this node says; where it fails, this is noted for the node."""
        try:
            with self.at(self.tree[path]) as context:
                return expression.evaluate(context)
        except XPathError as failed:  # the form's fault: it is told at the question
            self.failed[path] = failed
            return otherwise

    @contextmanager
    def at(self, node: Node) -> Iterator[Context]:
        """Where an expression of this node is evaluated; its time is part of what there is."""
        effort = self._effort.resume()
        try:
            yield Context.at(node, self._world, effort)
        finally:
            effort.rest()

    def holds(self, path: str, expression: Compiled | None, *, otherwise: bool) -> bool:
        """Whether a condition holds; `otherwise` where there is none, or it fails."""
        if expression is None:
            return otherwise
        return to_boolean(self.value(path, expression, otherwise))

    def update(self, paths: Iterable[str]) -> set[str]:
        """Work out these nodes, and each that depends on a change, once. → paths that changed."""
        waiting = sorted(self._place[path] for path in paths)
        queued, changed = set(waiting), set()
        while waiting:
            path = self._form.order[heapq.heappop(waiting)]
            if not self._recalculate(path):
                continue
            changed.add(path)
            for dependent in self._form.dependents.get(path, ()):
                if (place := self._place[dependent]) not in queued:
                    queued.add(place)
                    heapq.heappush(waiting, place)
        return changed

    def _recalculate(self, path: str) -> bool:
        """Whether the node's value or relevance changed."""
        node, leaf = self._form.nodes[path], self.tree[path]
        self.failed.pop(path, None)
        was = self.relevant[path], leaf.text
        relevant = self.relevant.get(node.parent, True) and self.holds(
            path, node.relevant, otherwise=True
        )
        if relevant and node.calculation is not None:
            leaf.text = self.kept[path]  # what once() and `.` see
            self.kept[path] = self._worked_out(path, node.calculation)
        self.relevant[path] = relevant
        leaf.text = self.kept[path] if relevant else ""
        return (relevant, leaf.text) != was

    def _worked_out(self, path: str, calculation: Compiled) -> str:
        """What a calculation says; nothing where that, or all together, is too long."""
        self._together -= len(self.kept[path])
        found = to_text(self.value(path, calculation, ""))
        if len(found) > LONGEST or self._together + len(found) > MOST_TOGETHER:
            self.failed[path] = XPathError(LONG, most=LONGEST)
            found = ""
        self._together += len(found)
        return found
