"""Which nodes of a form depend on which, so that an answer costs only what depends on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from desktop.surveys.form import FormNode
from desktop.surveys.messages import Message
from desktop.surveys.xpath.parser import Compiled
from sync.errors import UserError
from sync.language import mark

Nodes = Mapping[str, FormNode]
Links = Mapping[str, frozenset[str]]
MOST_LINKS = 500_000  # between nodes; a form of 2,000 questions has some thousands
MOST_TOLD = 20  # circles, and names that are missed: who has so many mends one and looks again


def connect(nodes: Nodes) -> tuple[tuple[str, ...], Links, Links, list[Message]]:
    """→ an order in which values can be calculated, dependents by value, readers, messages.

    Raises UserError where too many nodes look at too many.
    """
    looked_at = _Expander(nodes)
    sources: dict[str, set[str]] = {}
    readers: dict[str, set[str]] = defaultdict(set)
    for path, node in nodes.items():
        sources[path] = looked_at.by(path, node.decisive()) - {path}
        if node.parent in nodes:
            sources[path].add(node.parent)
        for source in {*looked_at.by(path, node.expressions()), *sources[path], path}:
            readers[source].add(path)
    messages = looked_at.messages
    order = _order(sources, messages)
    dependents: dict[str, set[str]] = defaultdict(set)
    for path, needed in sources.items():
        for source in needed:
            dependents[source].add(path)
    return order, _frozen(dependents), _frozen(readers), messages


def _order(sources: dict[str, set[str]], messages: list[Message]) -> tuple[str, ...]:
    """Where nodes wait for each other, one of the ring is let go, and this is told.

    Of very many rings not each: the order of the form has to do, which is not used then.
    """
    for _ in range(MOST_TOLD):
        try:
            return tuple(TopologicalSorter(sources).static_order())
        except CycleError as ring:
            later, sooner = ring.args[1][:2]
            names = ", ".join(path.rpartition("/")[2] for path in ring.args[1])
            text = mark("These questions wait for each other in a circle: {names}.")
            messages.append(Message(UserError(text, names=names), "survey"))
            for one, other in ((later, sooner), (sooner, later)):
                sources[one].discard(other)
    return tuple(sources)


def _frozen(links: Mapping[str, set[str]]) -> Links:
    return {path: frozenset(found) for path, found in links.items()}


class _Expander:
    """Paths with `*` and `**` → the nodes that they may mean; a group means all that it holds."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._below: dict[str, list[str]] = defaultdict(list)
        for path in nodes:
            self._below[path].append(path)
            above = path
            while above := above.rpartition("/")[0]:
                self._below[above].append(path)
        self._known: dict[tuple[str, ...], frozenset[str]] = {}
        self._links = 0
        self.messages: list[Message] = []

    def by(self, path: str, expressions: Iterable[Compiled]) -> set[str]:
        """All nodes that these expressions of the node at `path` may look at."""
        found: set[str] = set()
        for expression in expressions:
            for pattern in expression.references(path):
                if not (meant := self._meant(pattern)):
                    self._miss(path, pattern)
                self._links += 1 + len(meant)
                if self._links > MOST_LINKS:
                    raise UserError(
                        mark("The questions of this form look at each other too often.")
                    )
                found |= meant
        return found

    def _meant(self, pattern: tuple[str, ...]) -> frozenset[str]:
        if pattern not in self._known:
            if "**" in pattern:
                found = list(self._nodes)
            elif "*" in pattern:
                found = [
                    below
                    for path in self._nodes
                    if _fits(path.strip("/").split("/"), pattern)
                    for below in self._below[path]
                ]
            else:
                found = self._below.get("/" + "/".join(pattern), [])
            self._known[pattern] = frozenset(found)
        return self._known[pattern]

    def _miss(self, path: str, pattern: tuple[str, ...]) -> None:
        if len(self.messages) >= MOST_TOLD:
            return
        text = mark("“{name}” refers to {path}, which this form does not have.")
        name = path.rpartition("/")[2]
        wrong = UserError(text, name=name, path="/" + "/".join(pattern))
        self.messages.append(Message(wrong, "survey", stops=False))


def _fits(path: list[str], pattern: tuple[str, ...]) -> bool:
    return len(path) == len(pattern) and all(
        wanted in ("*", name) for name, wanted in zip(path, pattern, strict=True)
    )
