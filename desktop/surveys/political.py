"""A form that asks who answers must not ask about political views: what is wrong, and where.

Both are known by words, see sync.political. An anonymous form may ask what it likes, one that is filled
in by name may not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.surveys.form import Form, FormNode
from desktop.surveys.messages import Message
from desktop.surveys.texts import Text
from sync.errors import UserError
from sync.language import mark
from sync.political import naming, political

TYPED = ("text", "integer")  # answers that can say who somebody is
REFUSAL = mark(
    "This is about political views ({words}), and the form asks who answers (“{who}”). Nobody's "
    "views are kept with their name: take out the one or the other."
)

NAMED_REFUSAL = mark(
    "This is about political views ({words}), and the form is filled in by name. Nobody's views are "
    "kept with their name: take it out."
)


@dataclass(frozen=True)
class Cell:
    """A text of a form, and where it stands, if that is known."""

    text: str
    typed: bool = False  # the label or name of a question that is answered by typing
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


def refused(cells: Iterable[Cell], *, named: bool = False) -> list[Message]:
    """A message for each text about political views; none for a form that does not ask who, unless it
    is `named`: filled in in a record, which says where and with whom.
    """
    cells = list(cells)
    who = next((cell.text for cell in cells if cell.typed and naming(cell.text)), None)
    if who is None and not named:
        return []
    sentence = REFUSAL if who is not None else NAMED_REFUSAL
    return [
        Message(
            UserError(sentence, words=", ".join(words), who=who or ""),
            cell.sheet,
            cell.row,
            cell.column,
        )
        for cell in cells
        if (words := political(cell.text))
    ]


def cells_of(form: Form) -> Iterator[Cell]:
    """Every text of a form, in all its languages."""
    yield Cell(form.title)
    for node in form.nodes.values():
        yield from _of_node(node)
    for text in form.texts.values():
        yield from _cells(text)


def _of_node(node: FormNode) -> Iterator[Cell]:
    typed = node.kind in TYPED
    yield Cell(node.name, typed)
    yield from _cells(node.label, typed)
    for text in (node.hint, node.required_message, node.constraint_message):
        yield from _cells(text)
    for _, text in node.choices.fixed if node.choices else ():
        yield from _cells(text)


def _cells(text: Text, typed: bool = False) -> Iterator[Cell]:
    for parts in text.parts.values():
        yield Cell("".join(part for part in parts if isinstance(part, str)), typed)
