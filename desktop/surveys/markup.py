"""XML that nobody vouches for → its elements, as many and as deep as a form can need."""

import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sync.errors import UserError
from sync.language import mark

LARGEST = 32_000_000  # characters of XML
DEEPEST = 100  # elements within each other
MOST = 200_000  # elements: a list of all villages with three languages takes a third of it
LONGEST = 100_000  # characters of an attribute
PART = 2**16  # characters that are read at once
_DOCTYPE = re.compile(r"<!DOCTYPE|<!ENTITY", re.IGNORECASE)

NESTED = mark("This form has more than {most} groups within each other, and was not opened.")
CROWDED = mark("This form is too large, or declares entities, and was not opened.")


def parse_xml(xml: str) -> Element:
    """XML without entities → its root. Raises UserError where it cannot be read."""
    if len(xml) > LARGEST or _DOCTYPE.search(xml):
        raise UserError(CROWDED)
    try:
        root = _parse(xml)
    except (ElementTree.ParseError, ValueError) as wrong:
        raise UserError(mark("This form is damaged: its XML cannot be read.")) from wrong
    if any(len(value) > LONGEST for one in root.iter() for value in one.attrib.values()):
        raise UserError(CROWDED)
    return root


def _parse(xml: str) -> Element:
    """Part by part, so that it stops where the tree becomes too large or too deep."""
    parser: Any = ElementTree.XMLPullParser(("start", "end"))  # no entities are left to expand
    deep = many = 0
    root: Element | None = None
    for at in range(0, len(xml), PART):
        parser.feed(xml[at : at + PART])
        for event, element in parser.read_events():
            if event == "end":
                deep -= 1
                continue
            root = element if root is None else root
            deep, many = deep + 1, many + 1
            if deep > DEEPEST:
                raise UserError(NESTED, most=DEEPEST)
            if many > MOST:
                raise UserError(CROWDED)
    parser.close()
    if root is None:
        raise ValueError("nothing")
    return root
