"""The values of a form: after an answer, only what depends on it is worked out again."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import isfinite

from desktop.surveys.cells import Cell, Cells
from desktop.surveys.form import Form, FormNode
from desktop.surveys.kinds import worked_out
from desktop.surveys.xpath.context import Context, World
from desktop.surveys.xpath.effort import LONG, LONGEST, Effort
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.parser import Compiled
from desktop.surveys.xpath.values import Value, to_boolean, to_number

MOST_TOGETHER = 1_000_000  # characters of all that is worked out
ROUNDS = 20  # of counts that follow from what other counts made


class Sheet:
    """What was answered, what counts (empty where not relevant), and what failed, cell by cell."""

    def __init__(self, form: Form, world: World) -> None:
        self._form, self._world = form, world
        self.cells = Cells(form)
        self._effort = Effort()
        self._together = 0
        self._place = {path: place for place, path in enumerate(form.order)}
        self._waiting: dict[int, set[Cell]] = {}
        self._heap: list[int] = []
        self._counts = {path for path, node in form.nodes.items() if node.count is not None}
        self.shifts = 0  # grows whenever something becomes relevant, or is not any more
        self.grown: list[Cell] = []  # instances that were added; who reads them empties it

    def place_of(self, cell: Cell) -> int:
        """Where a cell stands in the order in which values are worked out."""
        return self._place[cell.form.path]

    def begin(self) -> None:
        """A new answer: what follows from it may take its own time."""
        self._effort = Effort()

    def value(self, cell: Cell, expression: Compiled, otherwise: Value) -> Value:
        """What an expression of this cell says; where it fails, this is noted for the cell."""
        try:
            with self.at(cell) as context:
                return expression.evaluate(context)
        except XPathError as failed:  # the form's fault: it is told at the question
            cell.failed = failed
            return otherwise

    @contextmanager
    def at(self, node: Node) -> Iterator[Context]:
        """Where an expression of this node is evaluated; its time is part of what there is."""
        effort = self._effort.resume()
        try:
            yield Context.at(node, self._world, effort)
        finally:
            effort.rest()

    def holds(self, cell: Cell, expression: Compiled | None, *, otherwise: bool) -> bool:
        """Whether a condition holds; `otherwise` where there is none, or it fails."""
        if expression is None:
            return otherwise
        return to_boolean(self.value(cell, expression, otherwise))

    def offers(self, holder: Node, repeat: FormNode) -> bool:
        """Whether a repeat concerns the respondent here, also while it has no instance."""
        if repeat.relevant is None:
            return True
        try:
            with self.at(_ghost(holder, repeat)) as context:
                return to_boolean(repeat.relevant.evaluate(context))
        except XPathError:  # it is told where there is an instance
            return True

    def update(self, begun: Iterable[Cell]) -> set[Cell]:
        """Work out these cells, and each that depends on a change, once. → cells that changed.

        Where that changes how often something repeats, instances are added or taken away.
        """
        changed = self._work_out(begun)
        for _ in range(ROUNDS):
            if not (moved := self._recount()):
                break
            changed |= self._work_out(moved)
        return changed

    def moved(self, repeat: FormNode, holder: Node | None, instances: Iterable[Cell]) -> set[Cell]:
        """What is to be worked out after instances of a repeat came or went, numbered anew.

        What is calculated of all in a holder together is worked out anew, whoever wrote over it.
        """
        self.cells.number()
        found = {cell for instance in instances for cell in instance.cells()}
        for path in self._form.nodes:
            if f"{path}/".startswith(f"{repeat.path}/"):
                for dependent in self._form.dependents.get(path, ()):
                    found |= set(self.cells.of[dependent])
                    self._note_count(dependent)
                reworked = self._form.reworked.get(path, {}) if holder is not None else {}
                for dependent, shared in reworked.items():
                    if not f"{shared}/".startswith(f"{repeat.path}/"):
                        self._work_anew(dependent, holder, shared)
        return found

    def _work_anew(self, path: str, source: Node | None, repeat: str) -> None:
        """What was written over these calculations stands no longer: what they look at changed."""
        for one in self.cells.below(path, source, repeat):
            one.given = False

    def _work_out(self, begun: Iterable[Cell]) -> set[Cell]:
        changed: set[Cell] = set()
        self._await(begun)
        while self._heap:
            place = heapq.heappop(self._heap)
            path, waiting = self._form.order[place], self._waiting[place]
            dependents = self._form.dependents.get(path, {})
            ordered = self.cells.of[path] if len(waiting) > 1 or path in dependents else [*waiting]
            for cell in ordered:  # an instance may wait for the one before it
                if cell not in waiting or not self._recalculate(cell):
                    continue
                changed.add(cell)
                for dependent, repeat in dependents.items():
                    self._note_count(dependent)
                    self._await(self.cells.below(dependent, cell, repeat), after=place)
                for dependent, repeat in self._form.reworked.get(path, {}).items():
                    self._work_anew(dependent, cell, repeat)
            del self._waiting[place]
        return changed

    def _await(self, cells: Iterable[Cell], after: int = -1) -> None:
        """Let cells wait; of a ring, which stops a form, what is done already is not done again."""
        for cell in cells:
            place = self._place[cell.form.path]
            if place < after:
                continue
            if place not in self._waiting:
                self._waiting[place] = set()
                heapq.heappush(self._heap, place)
            self._waiting[place].add(cell)

    def _recalculate(self, cell: Cell) -> bool:
        """Whether the cell's value or relevance changed."""
        node, was = cell.form, (cell.relevant, cell.text)
        cell.failed = None
        above = cell.above
        relevant = (above is None or above.relevant) and self.holds(
            cell, node.relevant, otherwise=True
        )
        if relevant and node.calculation is not None and not cell.given:
            cell.text = cell.kept  # what once() and `.` see
            cell.kept = self._worked_out(cell, node.calculation)
        self.shifts += relevant != cell.relevant
        cell.relevant = relevant
        cell.text = cell.kept if relevant else ""
        return (relevant, cell.text) != was

    def _worked_out(self, cell: Cell, calculation: Compiled) -> str:
        """What a calculation says; nothing where that, or all together, is too long."""
        self._together -= len(cell.kept)
        found = worked_out(self.value(cell, calculation, ""), whole=cell.form.whole)
        if len(found) > LONGEST or self._together + len(found) > MOST_TOGETHER:
            cell.failed = XPathError(LONG, most=LONGEST)
            found = ""
        self._together += len(found)
        return found

    def _note_count(self, path: str) -> None:
        if self._form.nodes[path].count is not None:
            self._counts.add(path)

    def _recount(self) -> set[Cell]:
        """As many instances as the counts say that may have changed. → what is to be worked out."""
        counts, self._counts = sorted(self._counts, key=self._place.__getitem__), set()
        found: set[Cell] = set()
        for path in counts:
            repeat = self._form.nodes[path]
            for holder in list(self.cells.holders(repeat)):
                added, fewer = self._resize(holder, repeat)
                if added or fewer:
                    found |= self.moved(repeat, holder, self.cells.instances(holder, repeat))
        return {cell for cell in found if self.cells.at.get(cell.at) is cell}

    def _resize(self, holder: Node, repeat: FormNode) -> tuple[bool, bool]:
        """Whether instances were added, and whether there are fewer."""
        there = self.cells.instances(holder, repeat)
        if isinstance(holder, Cell):
            holder.failed = None
        wanted = self._wanted(holder, repeat)
        for cell in there[wanted:][::-1]:
            self.cells.remove(cell, spare=True)
        added = [*self._added(holder, repeat, wanted - len(there))]
        return bool(added), wanted < len(there)

    def _added(self, holder: Node, repeat: FormNode, many: int) -> Iterator[Cell]:
        for _ in range(many):
            try:
                cell = self.cells.add(holder, repeat)
            except XPathError as failed:
                if isinstance(holder, Cell):
                    holder.failed = failed
                return
            self.grown.append(cell)
            yield cell

    def _wanted(self, holder: Node, repeat: FormNode) -> int:
        """What the count of a repeat says; it may stand for an instance that is not there yet."""
        assert repeat.count is not None
        try:
            with self.at(_ghost(holder, repeat)) as context:
                number = to_number(repeat.count.evaluate(context))
        except XPathError as failed:
            if isinstance(holder, Cell):
                holder.failed = failed
            return 0
        return max(0, int(number)) if isfinite(number) else 0


def _ghost(holder: Node, repeat: FormNode) -> Node:
    """An instance of a repeat that is not there."""
    ghost = Node(repeat.name)
    ghost.parent = holder
    return ghost
