"""A column for each question of the forms that were filled in: a table of a list has them beside the
record's own. Of what repeats all answers to a question stand in its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from desktop.actions import filled_forms
from desktop.actions.records import Row
from desktop.exports.tables import Cell, Column
from desktop.session import Desk
from desktop.surveys import filled_words
from desktop.surveys.form import Form
from sync.errors import UserError
from sync.policy import Action, may
from sync.records.filled_form import FilledForm

WIDTH = 30
AT_ONCE = 500  # records that are looked for together


@dataclass(frozen=True)
class Asked:
    """One question: versions of a form share it, as long as it stands at the same place."""

    form: str  # its name
    path: str
    label: str
    personal: bool


class AnswerColumns:
    """The questions of all forms among these records; those about people only where asked for."""

    def __init__(self, desk: Desk, ids: Sequence[str], *, personal: bool) -> None:
        self._desk = desk
        self._forms: dict[str, Form] = {}
        found: dict[tuple[str, str], Asked] = {}
        for id, name in _forms_of(desk, ids):
            try:
                form = self._forms[id] = filled_forms.read_form(desk, id)
            except UserError:  # it has not come yet: its answers cannot be told
                continue
            for path, label in filled_words.columns(form).items():
                about = form.nodes[path].personal
                if personal or not about:
                    found.setdefault((name, path), Asked(name, path, label, about))
        self._asked = list(found.values())

    def columns(self) -> list[Column]:
        """With the form's name before each, where there are several."""
        several = len({one.form for one in self._asked}) > 1
        return [
            Column(f"{one.form}: {one.label}" if several else one.label, WIDTH)
            for one in self._asked
        ]

    def cells(self, row: Row, not_here: str) -> list[Cell]:
        """The answers of one record in words; `not_here` where they are on the server alone."""
        form = self._forms.get(str(row["form"]))
        if form is None:
            return [None] * len(self._asked)
        said = filled_words.words_by_question(form, filled_forms.answers_of(row), row["filled_on"])
        private = may(self._desk.person, Action.READ_PRIVATE, row["district"])
        mine = {one.path for one in self._asked if one.form == row["title"]}
        return [
            None
            if one.path not in mine or (one.personal and not private)
            else not_here
            if row["bare"]
            else said.get(one.path)
            for one in self._asked
        ]


def _forms_of(desk: Desk, ids: Sequence[str]) -> list[tuple[str, str]]:
    """(id, name) of the forms that these records name, each once."""
    found: dict[tuple[str, str], None] = {}
    with desk.store() as session:
        for start in range(0, len(ids), AT_ONCE):
            some = [UUID(hex=id) for id in ids[start : start + AT_ONCE]]
            query = select(FilledForm.form, FilledForm.title).where(FilledForm.id.in_(some))
            for id, title in session.execute(query.distinct()):
                found[str(id), title or ""] = None
    return sorted(found, key=lambda one: one[::-1])
