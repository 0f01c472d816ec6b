"""Cases of a public suite of the standard's XPath: the same answers here.

They are of ODK Web Forms, see the head of the file beside this one. What differs is in docs/forms.md.
"""

import json
import math
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.nodes import Node, document_of
from desktop.surveys.xpath.parser import compile_expression
from desktop.surveys.xpath.values import Value, nodes_of, to_boolean, to_number, to_text
from tests.desktop.surveys.world import World

SUITE = Path(__file__).with_name("web_forms_xpath.json")
GROUPS = json.loads(SUITE.read_text(encoding="utf-8"))["groups"]


class Phoenix(World):
    """Where the suite is at home: always seven hours behind."""

    now = datetime(2025, 3, 1, 12, tzinfo=UTC).astimezone(timezone(timedelta(hours=-7)))


def node_at(document: Node, place: str) -> Node:
    """`0/1@id`: of the first element the second, and its attribute."""
    steps, _, attribute = place.partition("@")
    node = document
    for step in steps.split("/") if steps else ():
        node = node.children[int(step)]
    if not attribute:
        return node
    name = f"@{attribute.rpartition(':')[2]}"
    return next(one for one in node.attributes if one.name == name)


@pytest.mark.parametrize(
    "group", GROUPS, ids=[f"{one['file']} {number}" for number, one in enumerate(GROUPS)]
)
def test_expressions_give_what_the_suite_expects(group: dict[str, list[list[object]]]) -> None:
    document = document_of(fromstring(group["xml"]))
    differing = []
    for place, kind, expression, expected in group["cases"]:
        compiled = compile_expression(expression.strip(), late=True)
        value = compiled.evaluate(Context.at(node_at(document, place), Phoenix()))
        if not fits(value, kind, expected, document):
            differing.append((expression, expected, value))

    assert differing == []


def fits(value: Value, kind: str, expected: object, document: Node) -> bool:
    match kind:
        case "boolean":
            return to_boolean(value) is expected
        case "number":
            wanted = float(str(expected))
            return math.isclose(to_number(value), wanted, abs_tol=1e-9) or math.isnan(wanted)
        case "rounded":
            wanted, factor = map(float, expected)
            return math.floor(to_number(value) * factor + 0.5) / factor == pytest.approx(wanted)
        case "string":
            return to_text(value) == expected
        case "matches":
            return re.search(str(expected), to_text(value)) is not None
        case "length":
            return str(len(to_text(value))) == str(expected)
        case "nodes" | "set":
            wanted = [node_at(document, place) for place in expected]
            return nodes_of(value) == wanted
        case _:
            raise AssertionError(kind)
