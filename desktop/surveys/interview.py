"""One interview: what was answered, and what the form makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from desktop.surveys.cells import Cell, leaves, plain_path
from desktop.surveys.form import ASKED, Form, FormNode
from desktop.surveys.instances import Instances, Removed, by_hand, wanted_by
from desktop.surveys.kinds import as_text, worked_out
from desktop.surveys.pages import Page, Pages
from desktop.surveys.recalculation import Sheet
from desktop.surveys.states import Examiner, NodeState, Picture
from desktop.surveys.texts import Text
from desktop.surveys.xpath.nodes import Node
from sync.errors import UserError
from sync.language import mark

__all__ = ["Interview", "NodeState", "Page", "Removed", "Repeated"]
NOT_ANSWERED = ("group", "repeat", "note", "calculate", "meta")
NOT_TOLD = ("note", "meta")  # what they say is the form's own: it is not among the answers


@dataclass(frozen=True)
class Repeated:
    """A place where something repeats: its path without the last number, how many, and `more`.

    `more`: whether the interviewer may add one, or take one away.
    """

    path: str
    label: str
    many: int
    more: bool
    picture: Picture | None = None


class Interview:
    """The state of one interview; after an answer, only what depends on it is recalculated.

    Paths are those of the form, with the number of each repeat around: /data/person[2]/name.
    `answers` is {path: value} of an interview to go on with; a path that the form does not have
    (any more), or that no instance has, is kept in `unknown`. `today` is for tests and trials; by
    default the clock is read. `counts` are those of `counts()`: instances without an answer as well.
    `whole`: these are all answers of concern, so what has none has had its default taken away.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, object] | None = None,
        language: str = "kk",
        today: date | None = None,
        counts: Mapping[str, int] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self._form, self.language, self._today = form, language, today
        self.unknown = {
            path: at for path, at in (answers or {}).items() if plain_path(path) not in form.nodes
        }
        self._sheet = Sheet(form, self)
        self._examiner = Examiner(form, self._sheet, lambda: self.language)
        self._instances = Instances(form, self._sheet)
        self._finder = Pages(form)
        self._paged: list[Page] = []
        self._paged_as = (-1, -1)
        self._numbered: dict[str, FormNode] | None = None
        self._states: dict[str, NodeState] = {}
        self._shape = self._sheet.cells.shape
        there = list(self._sheet.cells.at.values())
        if answers is not None:
            for cell in there:
                cell.fresh = False
            self._update(there)
            self._make_room(counts or {})
            taken = self._take(answers)
            if whole:
                self._empty(
                    [one for one in self._sheet.cells.at.values() if one.at not in answers]
                )
            if moved := self._instances.leave_out(counts or {}):
                self._update(moved)
                self._write_over(answers, taken)  # of those there are
            return
        self._sheet.update(there)
        self._fill_first([one for one in there if self._sheet.cells.at.get(one.at) is one])
        self._update([])

    @property
    def form(self) -> Form:
        """The form; where something repeats, with the nodes that this interview has of it."""
        if not self._instances.repeats:
            return self._form
        if self._numbered is None:
            self._numbered = {
                path: replace(cell.form, path=path) for path, cell in self._sheet.cells.at.items()
            }
        return replace(self._form, nodes=self._numbered)

    # What expressions see (desktop.surveys.xpath.context.World)

    @property
    def instances(self) -> Mapping[str, Node]:
        """The lists of the form."""
        return self._form.instances

    @property
    def now(self) -> datetime:
        """The moment; noon of the day that was set for a trial."""
        if self._today is None:
            return datetime.now().astimezone()
        return datetime.combine(self._today, time(12)).astimezone()

    def choice_name(self, value: str, path: str, node: Node) -> str:
        """The label of a choice; the value itself where there is none."""
        cell = self._sheet.cells.quoted(path, node)
        if cell is None:
            return value
        found = {choice.value: choice.label for choice in self._examiner.choices(cell)}
        return " ".join(found.get(one, one) for one in value.split())

    def words(self, key: str) -> str:
        """A text of the form, in the language of the interview."""
        return self._examiner.say(self._form.texts.get(key, Text()), self._sheet.cells.root)

    # What the interviewer does

    def answer(self, path: str, value: object) -> None:
        """Take an answer. Raises UserError at a path that is not asked; a wrong one is kept."""
        cell = self._cell(path)
        if cell is None or cell.form.kind in NOT_ANSWERED:
            raise UserError(mark("The form asks nothing at “{path}”."), path=path)
        self._sheet.begin()
        text = as_text(cell.form.kind, value)
        changed, cell.kept = text != cell.kept, text
        cell.given = cell.form.calculation is not None
        self._update([cell])
        if changed:
            self._follow([cell])

    def take(self, answers: Mapping[str, object], *, told: bool = False) -> None:
        """Take many at once, as they were kept: calculated ones as well, before they are again.

        `told`: the form hears of them as of answers that are given now, and may set others.
        """
        taken = self._take(answers)
        if told:
            self._follow(taken, spared=taken)

    def _take(self, answers: Mapping[str, object]) -> list[Cell]:
        """The same → the cells that took one."""
        self._sheet.begin()
        left = {path: at for path, at in answers.items() if plain_path(path) in self._form.nodes}
        taken: list[Cell] = []
        while left:  # the count of a repeat may be among them
            self._make_room(wanted_by(left, self._instances.repeats))
            found = {path: cell for path in left if (cell := self._cell(path)) is not None}
            for path, cell in found.items():
                cell.kept = as_text(cell.form.kind, left.pop(path))
            self._update(found.values())
            taken += found.values()
            shape = self._shape
            if not found:  # somebody may have written over a count
                self._write_over(answers, taken)
            if not found and shape == self._shape:
                break
        self._write_over(answers, taken)
        self.unknown |= left
        return taken

    def _write_over(self, answers: Mapping[str, object], taken: Iterable[Cell]) -> None:
        """What somebody wrote over something that is worked out stays so.

        One after another: what is worked out of it is over before that is written over as well.
        """
        asked = (cell for cell in taken if cell.form.calculation and cell.form.kind in ASKED)
        for cell in sorted(asked, key=self._sheet.place_of):
            there = self._sheet.cells.at.get(cell.at) is cell and cell.at in answers
            text = as_text(cell.form.kind, answers[cell.at]) if there else cell.kept
            if text != cell.kept:
                cell.kept, cell.given = text, True
                self._update([cell])

    def _empty(self, cells: Iterable[Cell]) -> None:
        """Take the defaults of these away again, where they are of concern and would be told."""
        for cell in sorted(cells, key=self._sheet.place_of):
            told = cell.form.calculation is None and cell.form.kind not in NOT_TOLD
            if cell.form.begins and cell.relevant and told:
                cell.kept = ""
                self._update([cell])

    def taken_away(self) -> list[str]:
        """Paths of what is of concern, began with an answer and has none now."""
        return [
            cell.at
            for cell in self._sheet.cells.at.values()
            if cell.form.begins and cell.relevant and not cell.kept
            if cell.form.kind not in NOT_ANSWERED
        ]

    def worked_out(self) -> list[str]:
        """Paths of the answers that are offered: worked out, and nobody wrote over them."""
        return [
            cell.at
            for cell in self._sheet.cells.at.values()
            if cell.form.calculation and cell.form.kind in ASKED and not cell.given
        ]

    def repeated(self) -> list[Repeated]:
        """Where something repeats, in the order of the form, innermost places as well."""
        return [
            self._repeated(place, node, holder) for place, node, holder in self._instances.places()
        ]

    def place(self, place: str) -> Repeated:
        """One place where something repeats. Raises KeyError where nothing does."""
        found = self._instances.at(place)
        if found is None:
            raise KeyError(place)
        return self._repeated(place, *found)

    def add(self, place: str) -> str:
        """One more instance of what repeats at a place of `repeated` → its path.

        Raises UserError where nothing can be added.
        """
        self._sheet.begin()
        cell, moved = self._instances.add(place)
        self._update(moved)
        return cell.at

    def remove(self, path: str) -> Removed:
        """Take an instance away, with its answers. Raises UserError where that is not allowed."""
        self._sheet.begin()
        removed, moved = self._instances.remove(path)
        self._update(moved)
        return removed

    def put_back(self, removed: Removed) -> str:
        """What was taken away, where it was → its path. Raises UserError: it has no place."""
        self._sheet.begin()
        self._update(self._instances.put_back(removed))
        return removed.cell.at

    def counts(self) -> dict[str, int]:
        """{place: how many instances} where the interviewer says how many, to go on with."""
        return self._instances.counts()

    def pages(self) -> list[Page]:
        """What is asked together, and where one may add, in the order of the form."""
        asked = (self._sheet.cells.shape, self._sheet.shifts)
        if self._paged_as != asked or self._finder.depends:
            self._paged, self._paged_as = self._finder.find(self._sheet), asked
        return self._paged

    def speak(self, language: str) -> None:
        """Go on in another language; names of choices and months in calculations follow."""
        self.language = language
        self._states.clear()
        self._sheet.begin()
        self._update(list(self._sheet.cells.at.values()))

    def state(self, path: str) -> NodeState:
        """One node as it is now. Raises KeyError at a path that the interview does not have."""
        if path not in self._states:
            if (cell := self._cell(path)) is None:
                raise KeyError(path)
            self._states[path] = self._examiner.state(cell)
        return self._states[path]

    def nodes(self) -> list[NodeState]:
        """All nodes in the order of the form, those of no concern to anyone left out."""
        return [
            self.state(path)
            for path, cell in self._sheet.cells.at.items()
            if cell.form.kind != "meta"
        ]

    def node(self, path: str) -> Node:
        """The node that expressions see, with its value as it is now."""
        return self._sheet.cells.at[path]

    def kept(self, path: str) -> str:
        """What was answered here, even where it is not relevant now."""
        cell = self._cell(path)
        return "" if cell is None else cell.kept

    def all_kept(self) -> dict[str, str]:
        """{path: value} of all that was answered or worked out: what a crash must not lose.

        Also where an answer that the form had given was taken away.
        """
        return {
            path: cell.kept
            for path, cell in self._sheet.cells.at.items()
            if cell.kept
            or (cell.form.kind not in NOT_ANSWERED and (cell.given or cell.form.begins))
        }

    def missing(self) -> list[str]:
        """Paths of required questions that have no answer yet, in order."""
        return [
            one.path for one in self.nodes() if one.relevant and one.required and not one.value
        ]

    def complete(self) -> bool:
        """Whether all is answered that must be, and nothing is wrong."""
        return all(one.valid for one in self.nodes())

    def to_answers(self) -> dict[str, str]:
        """{path: value} of what is relevant and not empty: what is kept and sent."""
        return {
            cell.at: cell.text
            for cell in leaves(self._sheet.cells.at.values())
            if cell.form.kind not in NOT_TOLD and cell.text
        }

    # How it is worked out

    def _cell(self, path: str) -> Cell | None:
        return self._sheet.cells.find(path)

    def _repeated(self, place: str, node: FormNode, holder: Node) -> Repeated:
        many = len(self._sheet.cells.instances(holder, node))
        label, drawn = self._examiner.said_and_drawn(node, holder)
        return Repeated(place, label, many, by_hand(node), drawn)

    def _make_room(self, wanted: Mapping[str, int]) -> None:
        if moved := self._instances.make_room(wanted):
            self._update(moved)

    def _fill_first(self, cells: Iterable[Cell], *, added: bool = False) -> None:
        """Defaults that are calculated: once, when the interview or an instance begins."""
        for cell in sorted(cells, key=self._sheet.place_of):
            node, cell.fresh = cell.form, False
            value = node.new_value if added else node.first_value
            if value is not None:
                cell.kept = worked_out(self._sheet.value(cell, value, ""), whole=cell.form.whole)
            elif node.preload == "date":
                cell.kept = self.now.date().isoformat()
            else:
                continue
            self._update([cell])

    def _follow(self, begun: Iterable[Cell], spared: Iterable[Cell] = ()) -> None:
        """Set what the form sets when an answer changes, and what it sets when that does."""
        left, done = list(begun), set(spared)
        while left:
            source = left.pop(0)
            for path, value in source.form.triggers:
                for cell in self._sheet.cells.nearest(path, source):
                    if cell in done:
                        continue
                    done.add(cell)
                    text = worked_out(self._sheet.value(cell, value, ""), whole=cell.form.whole)
                    if text != cell.kept:
                        cell.kept = text
                        self._update([cell])
                        left.append(cell)

    def _update(self, begun: Iterable[Cell]) -> None:
        begun = list(begun)
        changed = {*begun, *self._sheet.update(begun)}
        if self._shape != self._sheet.cells.shape:
            self._shape, self._numbered = self._sheet.cells.shape, None
            self._states.clear()
        for cell in changed if self._states else ():
            for reader, repeat in self._form.readers.get(cell.form.path, {}).items():
                for one in self._sheet.cells.below(reader, cell, repeat):
                    self._states.pop(one.at, None)
        grown, self._sheet.grown = self._sheet.grown, []
        for instance in grown:
            if self._sheet.cells.at.get(instance.at) is instance:
                self._fill_first([one for one in instance.cells() if one.fresh], added=True)
