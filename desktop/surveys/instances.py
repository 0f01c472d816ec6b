"""What repeats in one interview: instances that the interviewer adds, takes away and puts back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.surveys.cells import Cell, plain_path
from desktop.surveys.form import Form, FormNode
from desktop.surveys.recalculation import Sheet
from desktop.surveys.xpath.nodes import Node
from sync.errors import UserError
from sync.language import mark


@dataclass(frozen=True)
class Removed:
    """An instance that was taken away, with its answers, and which one it was, from 0."""

    cell: Cell
    number: int


class Instances:
    """Changes how many instances there are; what is to be worked out then is given back.

    A place is a path without its last number: `/data/person[2]/child`.
    """

    def __init__(self, form: Form, sheet: Sheet) -> None:
        self.repeats = {path: node for path, node in form.nodes.items() if node.kind == "repeat"}
        self._sheet = sheet

    def places(self) -> Iterator[tuple[str, FormNode, Node]]:
        """Where something repeats that concerns the respondent, in the order of the form."""
        for place, node, holder in self._places():
            if not isinstance(holder, Cell) or holder.relevant:
                yield place, node, holder

    def _places(self) -> Iterator[tuple[str, FormNode, Node]]:
        for node in self.repeats.values():
            for holder in self._sheet.cells.holders(node):
                above = holder.at if isinstance(holder, Cell) else ""
                yield f"{above}/{node.name}", node, holder

    def at(self, place: str) -> tuple[FormNode, Node] | None:
        """The repeat of a place, and the cell that its instances lie in."""
        node, above = self.repeats.get(plain_path(place)), place.rpartition("/")[0]
        holder = self._sheet.cells.find(above) if above else self._sheet.cells.root
        return None if node is None or holder is None else (node, holder)

    def there(self, place: str) -> list[Cell]:
        """The instances of a place, in order."""
        found = self.at(place)
        return [] if found is None else self._sheet.cells.instances(found[1], found[0])

    def counts(self) -> dict[str, int]:
        """{place: how many} where the interviewer says how many; outer places first."""
        return {
            place: len(self._sheet.cells.instances(holder, node))
            for place, node, holder in self._places()
            if by_hand(node)
        }

    def add(self, place: str) -> tuple[Cell, set[Cell]]:
        """One more instance. Raises UserError where nothing can be added."""
        found = self.at(place)
        if found is None or not by_hand(found[0]):
            raise UserError(mark("Nothing can be added at “{path}”."), path=place)
        node, holder = found
        cell = self._sheet.cells.add(holder, node)
        self._sheet.grown.append(cell)
        return cell, self._sheet.moved(node, holder, [cell])

    def remove(self, path: str) -> tuple[Removed, set[Cell]]:
        """Take an instance away. Raises UserError where that is not allowed."""
        cell, node = self._sheet.cells.at.get(path), self.repeats.get(plain_path(path))
        if cell is None or node is None or not by_hand(node):
            raise UserError(mark("Nothing can be taken away at “{path}”."), path=path)
        assert cell.parent is not None
        number = self._sheet.cells.remove(cell, spare=False)
        left = self._sheet.cells.instances(cell.parent, node)
        return Removed(cell, number), self._sheet.moved(node, cell.parent, left)

    def put_back(self, removed: Removed) -> set[Cell]:
        """Where it was. Raises UserError where it has no place any more."""
        if not self._sheet.cells.put_back(removed.cell, removed.number):
            raise UserError(mark("It cannot be put back: what it belonged to was taken away."))
        assert removed.cell.parent is not None
        return self._sheet.moved(removed.cell.form, removed.cell.parent, [removed.cell])

    def make_room(self, wanted: Mapping[str, int]) -> set[Cell]:
        """At least as many instances as wanted at each place, where no count says how many."""
        added: dict[str, list[Cell]] = {}
        for place, many in wanted.items():
            found = self.at(place)
            if found is None or found[0].count is not None:
                continue
            node, holder = found
            for _ in range(many - len(self._sheet.cells.instances(holder, node))):
                added.setdefault(node.path, []).append(self._sheet.cells.add(holder, node))
        # all at once: each time, everything is numbered anew
        moved = [self._sheet.moved(self.repeats[path], None, new) for path, new in added.items()]
        return set().union(*moved)

    def leave_out(self, counts: Mapping[str, int]) -> set[Cell]:
        """At most as many instances as were counted before."""
        moved: set[Cell] = set()
        for place, many in counts.items():
            found = self.at(place)
            if found is None or not by_hand(found[0]):
                continue
            for cell in self.there(place)[many:][::-1]:
                self._sheet.cells.remove(cell, spare=False)
                moved |= self._sheet.moved(cell.form, found[1], self.there(place))
        return {cell for cell in moved if self._sheet.cells.at.get(cell.at) is cell}


def by_hand(repeat: FormNode) -> bool:
    """Whether the interviewer says how many instances there are."""
    return not repeat.fixed and repeat.count is None


def wanted_by(answers: Iterable[str], repeats: Mapping[str, FormNode]) -> dict[str, int]:
    """{place: how many instances these paths of answers are of}; outer places come first."""
    wanted: dict[str, int] = {}
    for path in answers:
        parts = path.split("/")
        for deep in range(3, len(parts) + 1):
            place, _, number = "/".join(parts[:deep]).removesuffix("]").rpartition("[")
            if number.isdecimal() and plain_path(place) in repeats:
                wanted[place] = max(wanted.get(place, 0), int(number))
    return wanted
