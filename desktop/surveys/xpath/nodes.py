"""The tree that expressions look at: the answers of an interview, or a list of choices."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element


class Node:
    """An element, an attribute (`name` begins with @), or a document (`name` is empty).

    `tail` is the text between it and the next element.
    """

    __slots__ = ("attributes", "children", "name", "parent", "tail", "text")

    def __init__(self, name: str, text: str = "", parent: "Node | None" = None) -> None:
        self.name, self.text, self.parent = name, text, parent
        self.tail = ""
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        if parent is not None:
            (parent.attributes if name.startswith("@") else parent.children).append(self)

    def value(self) -> str:
        """The string value: the text of a leaf, or all text below in its order."""
        if not self.children:
            return self.text
        parts = (part for child in self.children for part in (child.value(), child.tail))
        return "".join([self.text, *parts])

    def document(self) -> "Node":
        """The topmost node of this tree."""
        return self if self.parent is None else self.parent.document()

    def below(self) -> Iterator["Node"]:
        """All elements below, in document order."""
        for child in self.children:
            yield child
            yield from child.below()

    def down(self, names: Iterable[str]) -> list["Node"]:
        """The elements that these names lead to, one below the other; itself without names."""
        found = [self]
        for name in names:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def path(self) -> str:
        """`/data/group/question`, by names only."""
        return "" if self.parent is None else f"{self.parent.path()}/{self.name}"


def local(name: str) -> str:
    """A name without its namespace, whichever way that is written: {uri}name or prefix:name."""
    return name.rpartition("}")[2].rpartition(":")[2]


def document_of(element: Element) -> Node:
    """A parsed XML element → a document whose only child it is. Namespaces are dropped."""
    document = Node("")
    _grow(element, document)
    document.children[0].tail = ""
    return document


def _grow(element: Element, parent: Node) -> None:
    node = Node(local(element.tag), element.text or "", parent)
    node.tail = element.tail or ""
    for name, value in element.attrib.items():
        Node(f"@{local(name)}", value, node)
    for child in element:
        if isinstance(child.tag, str):  # comments have a function for a tag
            _grow(child, node)
