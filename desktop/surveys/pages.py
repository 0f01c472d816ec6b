"""The pages of an interview: questions that are asked together, and places where one may add."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from desktop.surveys.cells import Cell
from desktop.surveys.form import SHOWN, Form, FormNode
from desktop.surveys.recalculation import Sheet
from desktop.surveys.xpath.nodes import Node

TOGETHER = "field-list"  # the appearance of what is one page
HEADING = "label"  # the appearance of a choice that only says what the rows below it offer


@dataclass(frozen=True)
class Page:
    """Paths of the questions on it, in order; or a `place` where an instance may be added.

    `around` are the instances that it is in, the outermost first.
    """

    questions: tuple[str, ...]
    place: str = ""
    around: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The path by which it is found again."""
        return self.place or self.questions[0]


class _Part(NamedTuple):
    """A question or a place; parts in a row that have the same `together` are one page."""

    path: str
    together: str
    around: tuple[str, ...]
    asks: bool  # and not a place, nor a heading
    place: bool = False


class Pages:
    """Finds the pages of interviews in one form. No label and no check is worked out for it."""

    def __init__(self, form: Form) -> None:
        self._rows = {path: row for row, path in enumerate(form.nodes)}
        self._repeats: dict[str, list[FormNode]] = {}  # by the path of what they lie in
        self.depends = False  # on answers, besides what is relevant and there
        for node in form.nodes.values():
            if node.kind == "repeat" and node.count is None and not node.fixed:
                self._repeats.setdefault(node.parent, []).append(node)
                self.depends = self.depends or node.relevant is not None

    def find(self, sheet: Sheet) -> list[Page]:
        """All pages that concern the respondent now, in the order of the form."""
        found: list[Page] = []
        parts = self._below(sheet, sheet.cells.root, "", ())
        for _, group in groupby(parts, lambda part: part.together):
            same = list(group)
            if same[0].place:
                found.append(Page((), same[0].path, same[0].around))
            elif any(part.asks for part in same):
                found.append(Page(tuple(part.path for part in same), "", same[0].around))
        return found

    def _below(
        self, sheet: Sheet, holder: Node, together: str, around: tuple[str, ...]
    ) -> Iterator[_Part]:
        path, at = (holder.form.path, holder.at) if isinstance(holder, Cell) else ("", "")
        places = [(self._rows[one.path], one) for one in self._repeats.get(path, ())]
        for cell in [one for one in holder.children if isinstance(one, Cell)]:
            while places and places[0][0] < self._rows[cell.form.path]:
                yield from _place(sheet, holder, places.pop(0)[1], at, around)
            if cell.relevant:
                yield from self._of(sheet, cell, together, around)
        for _, repeat in places:
            yield from _place(sheet, holder, repeat, at, around)

    def _of(
        self, sheet: Sheet, cell: Cell, together: str, around: tuple[str, ...]
    ) -> Iterator[_Part]:
        node = cell.form
        own = cell.at if TOGETHER in node.appearance.split() else ""
        if node.kind in SHOWN:
            yield _Part(cell.at, together or cell.at, around, asks=not is_heading(node))
        elif node.kind == "repeat":  # never on the page of what is around it: it has a number
            yield from self._below(sheet, cell, own, (*around, cell.at))
        elif node.kind == "group":
            yield from self._below(sheet, cell, together or own, around)


def is_heading(node: FormNode) -> bool:
    """Whether this choice only says what the rows of a table below it offer."""
    return node.kind.startswith("select") and HEADING in node.appearance.split()


def _place(
    sheet: Sheet, holder: Node, repeat: FormNode, at: str, around: tuple[str, ...]
) -> Iterator[_Part]:
    if sheet.offers(holder, repeat):
        place = f"{at}/{repeat.name}"
        yield _Part(place, place, around, asks=False, place=True)
