"""What would become of each of many records, in words: what cannot be changed first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt

from desktop.actions import bulk
from desktop.actions.bulk import Fate, Plan, Wish
from desktop.actions.records import Tell
from desktop.session import Desk
from sync.language import mark, tr, trn
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import field_map
from sync.records.values import split
from sync.vocabulary import label
from ui.models.record_page import spell
from ui.models.row_table import Index, RowTable
from ui.widgets.tips import tip

REASONS = 3  # that are told above the table


@dataclass(frozen=True)
class Line:
    """One record: its number or tag, its title, and what becomes of it, or why it stays."""

    id: UUID
    tag: str
    title: str
    words: str


@dataclass(frozen=True)
class Preview:
    """A plan with its lines and its sum in words."""

    plan: Plan
    lines: Sequence[Line]
    words: str
    going: int
    reasons: Sequence[str] = ()  # why some cannot be changed, the most frequent first


def read_preview(
    desk: Desk, records: Sequence[tuple[str, UUID]], wish: Wish, tell: Tell
) -> Preview:
    """For a thread. Raises what `bulk.plan` raises."""
    plan = bulk.plan(desk, records, wish, tell)
    cannot = [fate for fate in plan.fates if not (fate.goes or fate.same)]
    going = [fate for fate in plan.fates if fate.goes]
    same = [fate for fate in plan.fates if fate.same]
    lines = [_line(fate, desk.pack) for fate in (*cannot, *going, *same)]
    said = [trn("{n} record changes.", "{n} records change.", len(going))]
    if cannot:
        said.append(trn("{n} cannot be changed.", "{n} cannot be changed.", len(cannot)))
    if same:
        said.append(trn("{n} stands so already.", "{n} stand so already.", len(same)))
    reasons = Counter(fate.why for fate in cannot).most_common(REASONS)
    told = [tr("{n}: {why}", n=n, why=why) for why, n in reasons]
    return Preview(plan, lines, " ".join(said), len(going), told)


def _line(fate: Fate, pack: Pack) -> Line:
    words = "; ".join(_change(fate, name, pack) for name in fate.changes)
    return Line(fate.id, fate.tag, fate.title, words or tr("Stays: {why}", why=fate.why))


def _change(fate: Fate, name: str, pack: Pack) -> str:
    before, after = fate.changes[name]
    if name == "removed":
        return tr("is removed")
    if name == "comment":
        return tr("Comment: {text}", text=after)
    if name == "review":
        old, new = label("review_state", before), label("review_state", after)
        return tr("{field}: {old} → {new}", field=tr("Review"), old=old, new=new)
    known = field_map(KINDS[fate.kind])[name]
    old, new = (spell(known, _typed(fate.kind, name, one), pack) for one in (before, after))
    return tr("{field}: {old} → {new}", field=known.words(), old=old, new=new)


def _typed(kind: str, name: str, value: Any) -> Any:
    typed: Mapping[str, Any]
    typed, _ = split(KINDS[kind], {name: value})
    return typed.get(name)


class FateTable(RowTable[Line]):
    """A line for each record."""

    heads = (mark("Number"), mark("Record"), mark("What becomes of it"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The whole of a cell that is cut stands in its tip."""
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return tip(self.text(self._rows[index.row()], index.column()))
        return super().data(index, role)

    def text(self, row: Line, column: int) -> str:
        """What stands in a cell."""
        return (row.tag, row.title, row.words)[column]

    def ids(self, rows: Sequence[int]) -> set[UUID]:
        """The records of these rows."""
        return {self._rows[row].id for row in rows}
