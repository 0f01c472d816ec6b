"""What a form sets when something happens: `setvalue` in the model, in repeats and in controls."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from desktop.surveys.body import Body, attributes, resolved
from desktop.surveys.xpath.nodes import local

FIRST, NEW, CHANGED = "odk-instance-first-load", "odk-new-repeat", "xforms-value-changed"
OLD = {"xforms-ready": FIRST}  # what the specification called it before


@dataclass(frozen=True)
class SetValue:
    """`target` is set to what the expression `value` says there, on these events.

    `source` is the question whose answer is waited for; empty for the other events.
    """

    target: str
    value: str
    events: frozenset[str]
    source: str


def setvalues(model: Element, body: Body, top: str) -> Iterator[SetValue]:
    """All of a form: those of the model first."""
    within = [(one, top) for one in model]
    for element, around in (*within, *body.inside):
        if local(str(element.tag)) != "setvalue":
            continue
        told = attributes(element)
        events = frozenset(OLD.get(one, one) for one in told.get("event", "").split())
        yield SetValue(
            target=resolved(told.get("ref", ""), around),
            value=told.get("value") or quoted(element.text or ""),
            events=events,
            source=around if CHANGED in events else "",
        )


def quoted(text: str) -> str:
    """A text as it is → an expression that says it."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
