"""Functions of node sets: places, choices, lists of other instances, and what repeats."""

from collections.abc import Callable, Sequence
from math import floor, isfinite, isnan
from random import SystemRandom

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.table import eager, lazy
from desktop.surveys.xpath.tree import Expression
from desktop.surveys.xpath.values import Value, nodes_of, to_number, to_text
from sync.language import mark

Arguments = Sequence[Expression]
MINSTD, MOST = 16_807, 2**31 - 1  # the generator of Park and Miller

NO_LIST = mark("The form has no list “{name}”.")


@eager("last", 0)
def _last(context: Context) -> Value:
    return float(context.size)


@lazy("position", 0, 1)
def _position(context: Context, arguments: Arguments) -> Value:
    """position(..): the place of that node among its namesakes, which tells repeats apart."""
    if not arguments:
        return float(context.position)
    nodes = nodes_of(arguments[0].evaluate(context))
    if not nodes or nodes[0].parent is None:
        return float("nan")
    return _place(nodes[0])


@eager("current", 0)
def _current(context: Context) -> Value:
    return [context.current]


@eager("instance", 1)
def _instance_named(context: Context, key: Value) -> Value:
    return _instance(context, key)


def _instance(context: Context, key: Value) -> list[Node]:
    found = context.world.instances.get(to_text(key))
    if found is None:
        raise XPathError(NO_LIST, name=to_text(key))
    return [found]


@eager("count-non-empty", 1)
def _count_non_empty(context: Context, nodes: Value) -> Value:
    return float(sum(bool(node.value()) for node in nodes_of(nodes)))


def _name(of: Callable[[Node], str], name: str) -> None:
    @lazy(name, 0, 1)
    def named(context: Context, arguments: Arguments) -> Value:
        nodes = nodes_of(arguments[0].evaluate(context)) if arguments else [context.node]
        return of(nodes[0]) if nodes else ""


_name(lambda node: node.name.lstrip("@"), "name")
_name(lambda node: node.name.lstrip("@"), "local-name")
_name(lambda node: "", "namespace-uri")


@eager("id", 1)
def _id(context: Context, wanted: Value) -> Value:
    """The elements of these ids, with blanks between (XPath 1.0, 4.1)."""
    texts = [node.value() for node in wanted] if isinstance(wanted, list) else [to_text(wanted)]
    ids = {one for text in texts for one in text.split()}
    found = []
    for node in context.node.document().below():
        context.effort.spend(1)
        if any(one.name == "@id" and one.text in ids for one in node.attributes):
            found.append(node)
    return found


@eager("lang", 1)
def _lang(context: Context, wanted: Value) -> Value:
    """Whether the node is in this language, by the nearest `xml:lang` (XPath 1.0, 4.3)."""
    node: Node | None = context.node
    while node is not None:
        for one in node.attributes:
            if one.name == "@lang":
                language, asked = one.text.lower(), to_text(wanted).lower()
                return language == asked or language.startswith(f"{asked}-")
        node = node.parent
    return False


@eager("selected", 2)
def _selected(context: Context, chosen: Value, value: Value) -> Value:
    """Whether it is among the names; of none, whether none is asked for, as all engines have it."""
    return to_text(value).strip() in (to_text(chosen).split() or [""])


@eager("selected-at", 2)
def _selected_at(context: Context, chosen: Value, place: Value) -> Value:
    names, at = to_text(chosen).split(), to_number(place)
    return names[int(at)] if 0 <= at < len(names) else ""


@eager("count-selected", 1)
def _count_selected(context: Context, chosen: Value) -> Value:
    return float(len(to_text(chosen).split()))


@eager("jr:choice-name", 2)
def _choice_name(context: Context, value: Value, path: Value) -> Value:
    return context.world.choice_name(to_text(value), to_text(path).strip(), context.current)


@eager("jr:itext", 1)
def _itext(context: Context, key: Value) -> Value:
    return context.world.words(to_text(key))


@eager("indexed-repeat", 3, 7)
def _indexed_repeat(context: Context, wanted: Value, *pairs: Value) -> Value:
    """The value within the instance of this number of each repeat; empty where there is none.

    It may be asked for from within the same repeat: what is meant goes by names from the root.
    """
    found = _namesakes(nodes_of(wanted))
    for repeats, place in zip(pairs[::2], pairs[1::2], strict=True):
        names = {_names(node) for node in nodes_of(repeats)}
        number = to_number(place)
        found = [node for node in found if any(_stands(a, names, number) for a in _up(node))]
    return found[0].value() if found else ""


def _namesakes(nodes: Sequence[Node]) -> list[Node]:
    """All nodes that have the same names above them as the first of these, and its own."""
    return nodes[0].document().down(_names(nodes[0])) if nodes else []


def _up(node: Node | None) -> list[Node]:
    above = []
    while node is not None and node.parent is not None:
        above.append(node)
        node = node.parent
    return above


def _names(node: Node) -> tuple[str, ...]:
    return tuple(one.name for one in reversed(_up(node)))


def _stands(node: Node, names: set[tuple[str, ...]], number: float) -> bool:
    return _names(node) in names and _place(node) == number


def _place(node: Node) -> float:
    """The place of a node among its namesakes, from 1."""
    assert node.parent is not None
    same = [one for one in node.parent.children if one.name == node.name]
    return float(next(place for place, one in enumerate(same, 1) if one is node))


@eager("pulldata", 4)
def _pulldata(context: Context, key: Value, wanted: Value, column: Value, value: Value) -> Value:
    """The first item of a list whose `column` is `value` → its element `wanted`, else empty."""
    (document,) = _instance(context, key)
    name, sought, element = to_text(column), to_text(value), to_text(wanted)
    for root in document.children:
        context.effort.spend(len(root.children))
        for item in root.children:
            if any(one.name == name and one.value() == sought for one in item.children):
                return next((one.value() for one in item.children if one.name == element), "")
    return ""


@eager("randomize", 1, 2)
def _randomize(context: Context, nodes: Value, seed: Value | None = None) -> Value:
    """Shuffled inside out (Fisher and Yates); with a seed, always in the same way."""
    draw = SystemRandom().random if seed is None else _drawing(to_number(seed))
    shuffled: list[Node] = []
    for place, node in enumerate(nodes_of(nodes)):
        at = floor(draw() * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[at] = shuffled[at], node
    return shuffled


def _drawing(seed: float) -> Callable[[], float]:
    """Numbers from 0 to 1; a seed that is no number counts as 0, an endless one as the largest."""
    whole = 0 if isnan(seed) else int(seed) if isfinite(seed) else 2**63 - 1
    state = whole % MOST if whole >= 0 else -(-whole % MOST)
    state += 0 if state > 0 else MOST - 1

    def draw() -> float:
        nonlocal state
        state = state * MINSTD % MOST
        return (state - 1) / (MOST - 1)

    return draw
