"""A small world in which expressions are tried: a few answers, two lists, a fixed noon."""

from datetime import datetime, timedelta, timezone
from xml.etree.ElementTree import fromstring

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.nodes import Node, document_of
from desktop.surveys.xpath.parser import compile_expression
from desktop.surveys.xpath.values import Value

DATA = """<data><age>17</age><name>Айгүл</name><picked>gas road</picked><born>2001-03-09</born>
<house><m>2</m><m>5</m><m/></house></data>"""


class World:
    """Two lists, and a fixed noon in Turkistan."""

    language = "en"
    now = datetime(2025, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))

    def __init__(self) -> None:
        items = "<root><item k='1'><name>a</name></item><item k='2'><name>b</name></item></root>"
        self.instances = {"list": document_of(fromstring(items))}

    def choice_name(self, value: str, path: str, node: Node) -> str:
        return f"{path}:{value}"

    def words(self, key: str) -> str:
        return f"<{key}>"


def evaluate(text: str, at: str = "age") -> Value:
    """The value at a child of /data; a node set as the list of its texts."""
    root = document_of(fromstring(DATA)).children[0]
    node = next(child for child in root.children if child.name == at)
    value = compile_expression(text).evaluate(Context.at(node, World()))
    return [one.value() for one in value] if isinstance(value, list) else value
