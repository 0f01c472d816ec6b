"""The body of an XForm: which control belongs to which node, and what repeats."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from desktop.surveys.xpath.nodes import local

CONTROLS = {"input", "select", "select1", "rank", "range", "trigger", "upload", "secret"}


class Body:
    """`controls` by the path of their node: questions, groups; `repeats` likewise.

    `inside` is every element that stands in a control or repeat, with the path of that.
    """

    def __init__(self, body: Element, top: str) -> None:
        self.controls: dict[str, Element] = {}
        self.repeats: dict[str, Element] = {}
        self.inside: list[tuple[Element, str]] = []
        pending = [(one, top) for one in reversed(body)]
        while pending:
            element, around = pending.pop()
            tag = local(str(element.tag))
            path = resolved(element.get("ref") or element.get("nodeset") or "", around)
            if tag == "group" or tag in CONTROLS:
                if path != around or element.get("ref"):
                    self.controls.setdefault(path, element)
            elif tag == "repeat":
                self.repeats.setdefault(path, element)
            else:
                self.inside.append((element, around))
                continue
            pending += [(one, path) for one in reversed(element)]


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of this name without its namespace; `*` is any."""
    for one in parent if parent is not None else ():
        if name in ("*", local(str(one.tag))):
            return one
    return None


def attributes(element: Element | None) -> dict[str, str]:
    """Attributes by their names without namespaces."""
    return {} if element is None else {local(key): text for key, text in element.attrib.items()}


def normal(path: str) -> str:
    """A path without the prefixes of namespaces, and without blanks around it."""
    return "/".join(local(part) for part in path.strip().split("/"))


def resolved(path: str, around: str) -> str:
    """A path of a bind or control → from the root; one that is relative goes on from `around`."""
    path = normal(path)
    if path.startswith("/"):
        return path
    return "/" + "/".join(_steps(around, path))


def _steps(around: str, path: str) -> Iterator[str]:
    found = around.strip("/").split("/")
    for part in path.split("/"):
        if part == "..":
            found = found[:-1]
        elif part not in ("", "."):
            found.append(part)
    return iter(found)
