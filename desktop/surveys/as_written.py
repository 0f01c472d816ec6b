"""An expression as the form compiler wrote it → as its author did, with `${name}`.

The compiler puts the path of a question for each reference, and a blank before and after it. What is
said of the place of a mistake counts the characters of the cell.
"""

import re
from dataclasses import replace

from desktop.surveys.messages import Message
from desktop.surveys.xpath.errors import XPathError
from sync.errors import UserError

_PATH = re.compile(
    r"(?:^| )(?:instance\('__last-saved'\))?((?:/data|\.\.|current\(\)/\.\.)(?:/[\w.\-]+|/\.\.)+)(?: |$)"
)


def as_written(expression: str, position: int = 0) -> tuple[str, int]:
    """The text of the cell, and the place in it of a place in the expression; both from 0."""
    written: list[str] = []
    at, place = 0, position
    for found in _PATH.finditer(expression):
        name = "${" + found[1].rpartition("/")[2] + "}"
        if found.end() <= position:
            place += len(name) - len(found[0])
        elif found.start() <= position:
            place -= position - found.start()
        written += [expression[at : found.start()], name]
        at = found.end()
    return "".join([*written, expression[at:]]), place


def counted_by_cell(message: Message) -> Message:
    """The message with the place of a mistake as its author counts it."""
    wrong, expression = (message.text.values.get(key) for key in ("wrong", "expression"))
    if not isinstance(wrong, XPathError) or not isinstance(expression, str):
        return message
    values = {name: at for name, at in wrong.values.items() if name != "position"}
    told = XPathError(wrong.text, as_written(expression, wrong.position)[1], **values)
    return replace(
        message, text=UserError(message.text.text, **message.text.values | {"wrong": told})
    )
