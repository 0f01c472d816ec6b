"""What a node of an interview looks like to the interviewer: worked out when it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.surveys.cells import Cell
from desktop.surveys.form import NOT_DRAWN, SHOWN, Choices, Drawn, Form, FormNode
from desktop.surveys.kinds import outside, wrong
from desktop.surveys.pictures import picture_name
from desktop.surveys.questions import ITEXT
from desktop.surveys.recalculation import Sheet
from desktop.surveys.texts import EMPTY, Text
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.values import nodes_of, to_text
from sync.errors import UserError
from sync.language import mark


@dataclass(frozen=True)
class Picture:
    """A picture of a label as it came with the form, and what is shown where it is looked at large.

    Nobody vouches for the bytes: the screen opens them by ui.pictures.
    """

    content: bytes = field(repr=False)
    large: bytes = field(repr=False)


@dataclass(frozen=True)
class Choice:
    """One choice of a question: what is kept, and what is shown."""

    value: str
    label: str
    picture: Picture | None = None


@dataclass(frozen=True)
class NodeState:
    """A node of the form after the answers so far."""

    path: str
    kind: str
    relevant: bool
    required: bool
    readonly: bool
    value: str  # empty where it is not relevant
    valid: bool
    message: UserError | None  # why it is not valid
    label: str
    hint: str
    choices: tuple[Choice, ...]
    appearance: str
    bounds: tuple[str, str, str] | None = None  # of a range: start, end and step
    guidance: str = ""  # what helps the interviewer and is not read out
    picture: Picture | None = None

    @property
    def shown(self) -> bool:
        """Whether the interviewer sees it now."""
        return self.relevant and self.kind in SHOWN


class FormWords(UserError):
    """A message that the form brings in its own words."""

    def __init__(self, words: str) -> None:
        super().__init__("{words}", words=words)


class Examiner:
    """Looks at the cells of one interview; `language` is the one that it is held in now."""

    def __init__(self, form: Form, sheet: Sheet, language: Callable[[], str]) -> None:
        self._form, self._sheet, self._language = form, sheet, language

    def state(self, cell: Cell) -> NodeState:
        """All about one cell."""
        node, value = cell.form, cell.text
        failed = cell.failed
        relevant = cell.relevant
        required = relevant and self._sheet.holds(cell, node.required, otherwise=False)
        choices = self.choices(cell) if relevant else ()
        message = self._problem(cell, required, choices) if relevant else None
        readonly = self._sheet.holds(cell, node.readonly, otherwise=False)
        message = cell.failed or message
        cell.failed = failed  # while it was worked out, not just now
        return NodeState(
            path=cell.at,
            kind=node.kind,
            relevant=relevant,
            required=required,
            readonly=readonly,
            value=value,
            valid=message is None,
            message=message,
            label=self.say(node.label, cell),
            hint=self.say(node.hint, cell),
            choices=choices,
            appearance=node.appearance,
            bounds=node.bounds,
            guidance=self.say(node.guidance, cell),
            picture=self._picture(node.drawn, cell),
        )

    def _problem(
        self, cell: Cell, required: bool, choices: tuple[Choice, ...]
    ) -> UserError | None:
        node, value = cell.form, cell.text
        if not value:
            if required and node.kind not in ("group", "repeat", "note"):
                own = self.say(node.required_message, cell)
                return FormWords(own) if own else UserError(mark("An answer is needed here."))
            return None
        found = wrong(node.kind, value, [one.value for one in choices])
        if found is None and node.bounds is not None:
            found = outside(value, node.bounds)
        if found is None and not self._sheet.holds(cell, node.constraint, otherwise=True):
            own = self.say(node.constraint_message, cell)
            found = FormWords(own) if own else UserError(mark("This answer is not allowed."))
        return found

    def choices(self, cell: Cell) -> tuple[Choice, ...]:
        """What can be chosen at a cell."""
        choices = cell.form.choices
        if choices is None:
            return ()
        fixed = [
            Choice(
                value,
                self.say(text, cell),
                self._picture(choices.drawn.get(value, NOT_DRAWN), cell),
            )
            for value, text in choices.fixed
        ]
        return (*fixed, *self._listed(cell, choices))

    def _listed(self, cell: Cell, choices: Choices) -> list[Choice]:
        if choices.nodes is None:
            return []
        found = self._sheet.value(cell, choices.nodes, "")
        return [
            Choice(
                _below(item, choices.value),
                self._label(item, choices) or _below(item, choices.value),
                self._picture(self._drawn(item, choices), item),
            )
            for item in (nodes_of(found) if isinstance(found, list) else [])
        ]

    def _label(self, item: Node, choices: Choices) -> str:
        if choices.label is None:
            return _below(item, "label")
        try:
            with self._sheet.at(item) as context:
                return to_text(choices.label.evaluate(context))
        except XPathError:  # a label that cannot be made leaves the value to be read
            return ""

    def _drawn(self, item: Node, choices: Choices) -> Drawn:
        """What a choice of a list names: its text is known by an id that is one of its children."""
        found = ITEXT.fullmatch(choices.label.text.strip()) if choices.label else None
        key, besides = _below(item, found[1]) if found else "", self._form.besides
        if not key:
            return NOT_DRAWN
        return Drawn(besides.get((key, "image"), EMPTY), besides.get((key, "big-image"), EMPTY))

    def _picture(self, drawn: Drawn, here: Node) -> Picture | None:
        """The picture in the language spoken; None where there is none, or it did not come."""
        if not self._form.pictures or drawn is NOT_DRAWN:
            return None
        named = [picture_name(self.say(text, here)) for text in (drawn.image, drawn.large)]
        content, large = (self._form.pictures.get(name) for name in named)
        if content is None:
            return None if large is None else Picture(large, large)
        return Picture(content, large or content)

    def said_and_drawn(self, node: FormNode, here: Node) -> tuple[str, Picture | None]:
        """The label of a node and its picture, as seen from another one."""
        return self.say(node.label, here), self._picture(node.drawn, here)

    def say(self, text: Text, here: Node) -> str:
        """A text of the form with the answers that it quotes, as seen from a node."""
        try:
            languages = (self._language(), "kk", *self._form.languages)
            with self._sheet.at(here) as context:
                return text.words(languages, context).strip()
        except XPathError as failed:
            return failed.words(self._language())


def _below(item: Node, name: str) -> str:
    return next((child.value() for child in item.children if child.name == name), "")
