"""What was answered in a filled-in form, as facts: by section, with comments and other answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.actions.records import Row
from desktop.session import Desk
from sync import elements
from sync.change import Rival
from sync.errors import UserError
from sync.language import tr
from sync.records.filled_form import FilledForm
from ui.models.comments import Said
from ui.models.facts import Fact, Groups, Other

if TYPE_CHECKING:
    from desktop.surveys.filled_words import Question


@dataclass(frozen=True)
class Answered:
    """The answers of one record. `lacking` is by the names of facts; `why`: nothing can be shown."""

    groups: Groups = ()
    lacking: Mapping[str, UserError] = field(default_factory=dict)
    why: UserError | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All of them in their order."""
        return tuple(fact for _, facts in self.groups for fact in facts)


def read_answered(
    desk: Desk, row: Row | None, said: list[Said], names: Mapping[str, str]
) -> Answered:
    """For the store's thread. Nothing of a record that is no filled-in form."""
    if row is None or row["kind"] != FilledForm.kind:
        return Answered()
    from desktop.actions import filled_forms  # here: what reads forms is no small thing

    found = filled_forms.read_filled(desk, row)
    waiting = {
        name: _others(desk, row, name, rivals, names)
        for name, rivals in row["conflicts"].items()
        if elements.path_of(name)
    }
    groups = []
    for section in found.sections:
        facts = tuple(_fact(desk, row, one, said, waiting) for one in section.questions)
        groups.append((section.heading, facts))
    if left := tuple(_unasked(row, name, others) for name, others in waiting.items() if others):
        groups.append((tr("Answers to questions that are of no concern now"), left))
    return Answered(tuple(groups), found.lacking, found.why)


def _fact(
    desk: Desk,
    row: Row,
    one: "Question",
    said: list[Said],
    waiting: dict[str, tuple[Other, ...]],
) -> Fact:
    """Where two people differ about what repeats, both are shown at its first question."""
    from desktop.actions import filled_forms

    name = elements.element(elements.field_of(one.field), one.path)
    others = waiting.get(name, ())
    waiting[name] = ()
    value = elements.value_at(row, name) if others else None
    return Fact(
        name=one.field,
        label=one.label,
        words=one.words,
        value=value,
        said=tuple(each for each in said if each.about == one.field),
        others=others,
        stands=filled_forms.other_words(desk, row, name, value) if isinstance(value, dict) else "",
    )


def _unasked(row: Row, name: str, others: tuple[Other, ...]) -> Fact:
    """Somebody else's answer to what is not asked here any more."""
    value = elements.value_at(row, name)
    label = elements.path_of(name).rpartition("/")[2]
    return Fact(name, label, "" if isinstance(value, dict) else value or "", value, others=others)


def _others(
    desk: Desk, row: Row, name: str, rivals: list[Any], names: Mapping[str, str]
) -> tuple[Other, ...]:
    from desktop.actions import filled_forms

    return tuple(
        Other(
            value=rival.value,
            words=filled_forms.other_words(desk, row, name, rival.value),
            by=names.get(rival.by, rival.by),
            at=rival.at,
        )
        for rival in msgspec.convert(rivals, list[Rival])
    )
