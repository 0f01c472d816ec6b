"""Expressions tried out on their own, against any XML document or a whole form."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.markup import parse_xml
from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.effort import Effort
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import document_of
from desktop.surveys.xpath.parser import compile_expression
from desktop.surveys.xpath.values import Value, to_text
from sync.language import spoken

SECONDS = 1.0  # of one expression
_EMPTY = load_form("<h><model><instance><data/></instance></model><body/></h>")


def trial_context(xml: str | None) -> Context:
    """Where expressions are evaluated: at the root element of a document, or of a form.

    Raises UserError where the XML cannot be read.
    """
    root = parse_xml(xml or "<data/>")
    if root.tag.endswith("}html"):
        interview = Interview(load_form(xml or ""), language=spoken())
        top = next(iter(interview.form.nodes))
        return Context.at(interview.node(top), interview)
    return Context.at(document_of(root).children[0], Interview(_EMPTY, language=spoken()))


def try_expression(text: str, context: Context) -> Mapping[str, object]:
    """{type, value} of an expression, or {error}. A node set is the list of its values.

    Each has its own time: one that takes too long costs the others nothing.
    """
    try:
        compiled = compile_expression(text.strip(), late=True)
        return _typed(compiled.evaluate(replace(context, effort=Effort(SECONDS))))
    except XPathError as wrong:
        return {"error": wrong.words()}


def _typed(value: Value) -> dict[str, object]:
    match value:
        case bool():
            return {"type": "boolean", "value": value}
        case float():
            return {"type": "number", "value": value if math.isfinite(value) else to_text(value)}
        case str():
            return {"type": "string", "value": value}
        case datetime():
            return {"type": "dateTime", "value": to_text(value)}
        case date():
            return {"type": "date", "value": to_text(value)}
        case _:
            return {"type": "nodeset", "value": [node.value() for node in value]}
