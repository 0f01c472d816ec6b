"""Which nodes of a form depend on which, so that an answer costs only what depends on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from desktop.surveys.form import FormNode, Links
from desktop.surveys.messages import Message
from desktop.surveys.other_words import BARE, DIALECT_WORDS
from desktop.surveys.xpath.parser import Compiled
from desktop.surveys.xpath.tree import SAME, THERE, plain
from sync.errors import UserError
from sync.language import mark

Nodes = Mapping[str, FormNode]
MOST_LINKS = 500_000  # between nodes; a form of 2,000 questions has some thousands
MISSED = mark("“{name}” refers to {path}, which this form does not have.")
BRACELESS = mark("“{name}”: a question is referred to in braces, as ${{{word}}}.")
QUOTELESS = mark("“{name}”: there is no question “{word}”. Write “{instead}”.")
OF_DIALECT = mark("“{name}”: “{word}” is a word of {dialect}. Write “{instead}”.")
MOST_TOLD = 20  # circles, and names that are missed: who has so many mends one and looks again


def connect(nodes: Nodes) -> tuple[tuple[str, ...], Links, Links, Links, list[Message]]:
    """→ an order in which values can be calculated, dependents by value and those by calculation
    alone, readers, messages.

    Raises UserError where too many nodes look at too many.
    """
    looked_at = _Expander(nodes)
    sources: dict[str, set[str]] = {}
    dependents: dict[str, dict[str, str]] = defaultdict(dict)
    reworked: dict[str, dict[str, str]] = defaultdict(dict)
    readers: dict[str, dict[str, str]] = defaultdict(dict)
    for path, node in nodes.items():
        decisive = looked_at.by(path, node.calculations())
        for source, repeat in decisive.items():
            _widen(reworked[source], path, repeat)
        for source, repeat in looked_at.by(path, node.conditions()).items():
            _widen(decisive, source, repeat)
        if node.parent in nodes:
            _widen(decisive, node.parent, looked_at.repeat_of(node.parent))
        sources[path] = decisive.keys() - {path}
        for source, repeat in decisive.items():
            _widen(dependents[source], path, repeat)
            _widen(readers[source], path, repeat)
        for source, repeat in looked_at.by(path, node.others()).items():
            _widen(readers[source], path, repeat)
        readers[path].setdefault(path, looked_at.repeat_of(path))
    messages = looked_at.messages
    return _order(sources, messages), dependents, reworked, readers, messages


def _widen(links: dict[str, str], path: str, repeat: str) -> None:
    """Enter a link; of two the one that holds for more instances."""
    links[path] = min(links.get(path, repeat), repeat, key=len)


def _order(sources: dict[str, set[str]], messages: list[Message]) -> tuple[str, ...]:
    """Where nodes wait for each other, one of the ring is let go, and this is told.

    Of very many rings not each: the order of the form has to do, which is not used then.
    """
    for _ in range(MOST_TOLD):
        try:
            return tuple(TopologicalSorter(sources).static_order())
        except CycleError as ring:
            later, sooner = ring.args[1][:2]
            names = [path.rpartition("/")[2] for path in ring.args[1]]
            text = mark("These questions wait for each other in a circle: {names}.")
            messages.append(
                Message(UserError(text, names=", ".join(names), name=names[0]), "survey")
            )
            for one, other in ((later, sooner), (sooner, later)):
                sources[one].discard(other)
    return tuple(sources)


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
        self._repeats = {path for path, node in nodes.items() if node.kind == "repeat"}
        self._known: dict[tuple[str, ...], frozenset[str]] = {}
        self._links = 0
        self.messages: list[Message] = []

    def repeat_of(self, path: str) -> str:
        """The innermost repeat that a node is in, or is; empty where there is none."""
        while path and path not in self._repeats:
            path = path.rpartition("/")[0]
        return path

    def by(self, path: str, expressions: Iterable[Compiled]) -> dict[str, str]:
        """The nodes that these expressions of `path` may look at: {node: repeat}, see Links.

        What an expression says of its own node alone, as `. > 1`, is no link.
        """
        found: dict[str, str] = {}
        for expression in expressions:
            for pattern in expression.links(path):
                names = plain(pattern)
                if not (meant := self._meant(names)):
                    self._miss(path, names, expression)
                self._links += 1 + len(meant)
                if self._links > MOST_LINKS:
                    raise UserError(
                        mark("The questions of this form look at each other too often.")
                    )
                shared = sum(name.startswith(SAME) for name in pattern)
                repeat = self.repeat_of("/" + "/".join(names[:shared])) if self._repeats else ""
                for node in meant:
                    if node != path or shared < len(names):
                        _widen(found, node, repeat)
        return found

    def _meant(self, pattern: tuple[str, ...]) -> frozenset[str]:
        if pattern not in self._known:
            if "**" in pattern:
                found = list(self._nodes)
            elif "*" in pattern:
                only = pattern[-1] == THERE
                found = [
                    below
                    for path in self._nodes
                    if _fits(path.strip("/").split("/"), pattern[:-1] if only else pattern)
                    for below in ([path] if only else self._below[path])
                ]
            elif pattern[-1] == THERE:
                path = "/" + "/".join(pattern[:-1])
                found = [path] if path in self._nodes else []
            else:
                found = self._below.get("/" + "/".join(pattern), [])
            self._known[pattern] = frozenset(found)
        return self._known[pattern]

    def _miss(self, path: str, pattern: tuple[str, ...], expression: Compiled) -> None:
        if len(self.messages) >= MOST_TOLD or "/meta/" in path:  # what is not kept anyway
            return
        node, word = self._nodes[path], pattern[-1]
        values = {"name": node.name, "path": "/" + "/".join(pattern).removesuffix("/()")}
        text = MISSED
        if pattern[:-1] == tuple(path.strip("/").split("/")):  # a bare word
            values |= {"word": word, "instead": BARE.get(word.lower(), f"'{word}'")}
            named = any(one.endswith(f"/{word}") for one in self._nodes)
            text = BRACELESS if named else QUOTELESS
            if not named and (dialect := DIALECT_WORDS.get(word)):
                text, values = OF_DIALECT, values | {"dialect": dialect}
        column = node.column_of(expression)
        self.messages.append(
            Message(UserError(text, **values), "survey", column=column, stops=False)
        )


def _fits(path: list[str], pattern: tuple[str, ...]) -> bool:
    return len(path) == len(pattern) and all(
        wanted in ("*", name) for name, wanted in zip(path, pattern, strict=True)
    )
