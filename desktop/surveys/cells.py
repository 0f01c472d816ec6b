"""The answers of one interview as a tree: a cell for each node, and for each instance of a repeat.

A cell is the node that expressions see. Its path has the number of each repeat around it, from 1:
`/data/person[2]/name`; without repeats it is the path of the form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from desktop.surveys.form import Form, FormNode
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from sync.language import mark

MOST = 10_000  # cells: a form whose repeats make more cannot be answered in a day
MANY = mark("There are more than {most} answers in this form: no more is added to “{name}”.")
_NUMBER = re.compile(r"\[\d+\]")


def plain_path(path: str) -> str:
    """The path of the form that belongs to a path of an interview."""
    return _NUMBER.sub("", path)


class Cell(Node):
    """A node of the answers. `text` is what counts, `kept` what was answered or worked out.

    `given`: somebody wrote over what is worked out here; it stays until that is worked out anew.
    """

    __slots__ = ("at", "failed", "form", "fresh", "given", "kept", "relevant", "spare")

    def __init__(self, form: FormNode, text: str, parent: Node) -> None:
        super().__init__(form.name, "", parent)
        self.form, self.kept = form, text
        self.at = ""  # its path with numbers
        self.relevant = True
        self.given = False
        self.fresh = True  # until its first values were worked out
        self.failed: XPathError | None = None
        self.spare: dict[str, list[Cell]] = {}  # instances that a count took away, by path

    @property
    def above(self) -> "Cell | None":
        """The cell it lies in; None for the topmost one."""
        return self.parent if isinstance(self.parent, Cell) else None

    def within(self, path: str) -> "Cell | None":
        """The cell of this path of the form around it, or itself."""
        cell: Cell | None = self
        while cell is not None and cell.form.path != path:
            cell = cell.above
        return cell

    def cells(self) -> Iterator["Cell"]:
        """It and all below, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Cell):
                yield from child.cells()


class Cells:
    """All cells of an interview: by path, and by path of the form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._rows = {path: row for row, path in enumerate(form.nodes)}
        self.root = Node("")
        self.shape = 0  # grows whenever paths may mean other cells
        self.at: dict[str, Cell] = {}
        self.of: dict[str, list[Cell]] = {}
        self._plant(form.start, "", self.root)
        self.number()

    def number(self) -> None:
        """Give each cell its path, after instances were added or removed."""
        self.at.clear()
        self.of = {path: [] for path in self._form.nodes}
        pending: list[tuple[Node, str]] = [(self.root, "")]
        while pending:
            node, path = pending.pop()
            if isinstance(node, Cell):
                node.at = path
                self.at[path] = node
                self.of[node.form.path].append(node)
            pending += reversed(list(self._numbered(node, path)))
        self._many = len(self.at)
        self.shape += 1

    def _numbered(self, node: Node, path: str) -> Iterator[tuple[Node, str]]:
        counted: dict[str, int] = {}
        for child in node.children:
            name = child.name
            if isinstance(child, Cell) and child.form.kind == "repeat":
                counted[name] = counted.get(name, 0) + 1
                name = f"{name}[{counted[name]}]"
            yield child, f"{path}/{name}"

    def find(self, path: str) -> Cell | None:
        """The cell at a path; where a number is left out, the first instance is meant."""
        if (cell := self.at.get(path)) is not None:
            return cell
        found: Node | None = self.root
        for part in path.strip("/").split("/"):
            name, _, number = part.rstrip("]").partition("[")
            same = [one for one in found.children if one.name == name] if found else []
            place = int(number) if number.isdecimal() else 1
            found = same[place - 1] if 0 < place <= len(same) else None
        return found if isinstance(found, Cell) else None

    def below(self, path: str, node: Node | None, repeat: str) -> Sequence[Cell]:
        """Cells of this path of the form: those in the instance of `repeat` that `node` is in.

        All of them where `repeat` is empty.
        """
        around = node.within(repeat) if repeat and isinstance(node, Cell) else None
        if around is None:
            return self.of.get(path, ())
        found = around.down(path[len(repeat) :].split("/")[1:])
        return [one for one in found if isinstance(one, Cell)]

    def nearest(self, path: str, node: Node) -> Sequence[Cell]:
        """Cells of this path of the form in the innermost repeat that `node` shares with them."""
        cell = node if isinstance(node, Cell) else None
        while cell is not None:
            if cell.form.kind == "repeat" and f"{path}/".startswith(f"{cell.form.path}/"):
                return self.below(path, cell, cell.form.path)
            cell = cell.above
        return self.of.get(path, ())

    def quoted(self, path: str, node: Node) -> Cell | None:
        """The cell of a path that stands in quotes, as seen from a node."""
        if path.startswith("/"):
            return next(iter(self.nearest(path, node)), None)
        found: Node | None = node
        for part in path.split("/"):
            if part == "..":
                found = found and found.parent
            elif found is not None and part != ".":
                found = next((one for one in found.children if one.name == part), None)
        return found if isinstance(found, Cell) else None

    def holders(self, repeat: FormNode) -> Sequence[Node]:
        """The cells that instances of a repeat lie in."""
        return self.of[repeat.parent] if repeat.parent else [self.root]

    def instances(self, holder: Node, repeat: FormNode) -> list[Cell]:
        """The instances of a repeat in this cell."""
        return [
            one for one in holder.children if isinstance(one, Cell) and one.name == repeat.name
        ]

    def add(self, holder: Node, repeat: FormNode) -> Cell:
        """One more instance behind the others: one that was taken away before, or a new one.

        Raises XPathError where there are too many. Afterwards `number` is due.
        """
        spare = holder.spare.get(repeat.path) if isinstance(holder, Cell) else None
        if spare:
            cell = spare.pop()
            holder.children.append(cell)
        else:
            blank = self._form.blanks[repeat.path]
            if self._many + 1 + sum(1 for _ in blank.below()) > MOST:
                raise XPathError(MANY, most=MOST, name=repeat.name)
            cell = self._plant(blank, repeat.parent, holder)
        self._move_up(holder, cell)
        self._many += sum(1 for _ in cell.cells())
        return cell

    def remove(self, cell: Cell, *, spare: bool) -> int:
        """Take an instance away → which one it was, from 0. Afterwards `number` is due.

        `spare`: for as long as a count is too small for it.
        """
        assert cell.parent is not None
        number = self.instances(cell.parent, cell.form).index(cell)
        cell.parent.children.remove(cell)
        if spare and cell.above is not None:
            cell.above.spare.setdefault(cell.form.path, []).append(cell)
        return number

    def put_back(self, cell: Cell, number: int) -> bool:
        """A removed instance, as the one of this number; False where its holder is gone as well.

        Afterwards `number` is due.
        """
        holder = cell.parent
        if isinstance(holder, Cell) and self.at.get(holder.at) is not holder:
            return False
        many = self._many + sum(1 for _ in cell.cells())
        if holder is None or many > MOST:
            return False
        holder.children.append(cell)
        self._move_up(holder, cell)
        *others, _ = self.instances(holder, cell.form)
        if number < len(others):
            holder.children.remove(cell)
            holder.children.insert(holder.children.index(others[number]), cell)
        self._many = many
        return True

    def _plant(self, start: Node, above: str, parent: Node) -> Cell:
        """Cells for a part of the form's own instance; templates are no part of the answers."""
        top = self._grow(start, above, parent)
        pending = [(start, top)]
        while pending:
            node, cell = pending.pop()
            pending += [
                (child, self._grow(child, cell.form.path, cell))
                for child in node.children
                if not is_template(child)
            ]
        return top

    def _grow(self, node: Node, above: str, parent: Node) -> Cell:
        form = self._form.nodes[f"{above}/{node.name}"]
        return Cell(form, "" if node.children else node.text, parent)

    def _move_up(self, holder: Node, cell: Cell) -> None:
        """From the end of its siblings to behind those that the form has before it."""
        siblings = holder.children
        siblings.pop()
        row = self._rows[cell.form.path]
        later = (
            place
            for place, one in enumerate(siblings)
            if isinstance(one, Cell) and self._rows[one.form.path] > row
        )
        siblings.insert(next(later, len(siblings)), cell)


def is_template(node: Node) -> bool:
    """Whether it only shows how a new instance of a repeat begins (`jr:template`)."""
    return any(one.name == "@template" for one in node.attributes)


def leaves(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Those that can hold a value."""
    return (cell for cell in cells if cell.form.kind not in ("group", "repeat"))
