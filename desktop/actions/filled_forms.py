"""Forms that are filled in by name: which there are, what was answered, and how it is kept."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions.finding import Chosen
from desktop.session import Desk
from desktop.surveys import filled, filled_words
from desktop.surveys.filled import ANSWERS, PERSONAL
from desktop.surveys.filled_words import Section
from desktop.surveys.form import Form
from sync import elements
from sync.errors import UserError
from sync.language import mark
from sync.places import Pack
from sync.records.base import Values
from sync.records.filled_form import FilledForm
from sync.records.survey import NAMED
from sync.records.survey import Form as Published
from sync.records.values import Wrong

NOT_HERE = mark("The form is not on this laptop yet. Sync first.")
OTHER_FORM = mark(
    "It is filled in already: the answers would be lost. For another form begin another record."
)
HOLDERS = (ANSWERS, PERSONAL)


@dataclass(frozen=True)
class Filled:
    """The answers of one record, to be shown; `why` says why there is nothing to show."""

    sections: tuple[Section, ...] = ()
    lacking: Mapping[str, UserError] = field(default_factory=dict)  # by field
    why: UserError | None = None


def named_forms(desk: Desk) -> list[tuple[UUID, str]]:
    """The forms that can be filled in by name, and what they are called: of each the newest version."""
    with desk.store() as session:
        found = session.scalars(
            select(Published)
            .where(Published.use == NAMED, ~Published.removed)
            .order_by(Published.name, Published.created.desc(), Published.id)
        )
        newest = {one.name or "": one.id for one in reversed(found.all())}
    return [(id, name) for name, id in newest.items()]


def form_of(session: Session, id: object) -> Form:
    """The compiled form of a record. Raises UserError where it has not come with a sync yet."""
    try:
        found = session.get(Published, UUID(str(id)))
    except ValueError:
        found = None
    if found is None or not found.xform:
        raise UserError(NOT_HERE)
    return filled.compiled(found.xform)


def read_form(desk: Desk, id: object) -> Form:
    """The same, for an interview."""
    with desk.store() as session:
        return form_of(session, id)


def read_filled(desk: Desk, row: Mapping[str, Any]) -> Filled:
    """What a record says, in the language spoken, and what it lacks before it can be sent."""
    if not row["form"]:
        return Filled()
    try:
        form = read_form(desk, row["form"])
    except UserError as error:
        return Filled(why=error)
    answers = answers_of(row)
    found = _problems(form, row, desk.pack)
    lacking = {name: problem for name, (_, problem) in found.items()}
    return Filled(tuple(filled_words.sections(form, answers, row["filled_on"])), lacking)


def choices_with(session: Session, word: str) -> list[Chosen]:
    """The choices of all forms that were filled in whose words have a folded word in them."""
    ids = session.scalars(select(FilledForm.form).where(FilledForm.form.is_not(None)).distinct())
    found = []
    for id in ids.all():
        with suppress(UserError):  # it has not come yet
            form = form_of(session, id)
            found += [Chosen(str(id), *one) for one in filled_words.choices_with(form, word)]
    return found


def arrange(session: Session, pack: Pack, before: Values, said: Values) -> Values:
    """The edit of a filled-in form, with each answer where it belongs and the form's name.

    `said[ANSWERS]` and `said[PERSONAL]` are {path: value} of the answers that change, in either of
    them. Raises UserError, or Wrong at a field.
    """
    named = {"form", "village", "filled_on", *HOLDERS}
    if named.isdisjoint(said) or said.get("consent_ended"):
        return said
    whole = {**before, **said}
    changed = {
        path: value for name in HOLDERS for path, value in _said(before, said, name).items()
    }
    if not whole.get("form"):
        if changed:
            raise Wrong({"form": UserError(mark("Please fill this in."))})
        return said
    stood = {path: value for name in HOLDERS for path, value in (before.get(name) or {}).items()}
    if stood and before.get("form") != whole["form"]:
        raise Wrong({"form": UserError(OTHER_FORM)})
    form = form_of(session, whole["form"])
    answers, personal = filled.arranged(form, stood, changed, given(whole, pack), _day(whole))
    kept = {ANSWERS: answers or None, PERSONAL: personal or None, "title": _name(session, whole)}
    return {**said, **kept}


def check_sending(session: Session, pack: Pack, values: Values) -> None:
    """Raise UserError, with the questions' names, where a form is not filled in as it asks."""
    form = form_of(session, values["form"])
    if found := _problems(form, values, pack):
        labels = ", ".join(dict.fromkeys(label for label, _ in found.values()))
        raise UserError(
            mark(
                "Before it can be sent, these questions need an answer or a better one: {names}."
            ),
            names=labels,
        )


def given(values: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    """What the form is told of the record: the village in words, and the day."""
    day = _day(values)
    known = {
        "village": pack.full_name(values["village"]) if values.get("village") else "",
        "filled_on": day.isoformat() if day else "",
    }
    return {name: value for name, value in known.items() if value}


def settled(before: Values, name: str, value: Any) -> tuple[Values, Values]:
    """A value for an element at which two people differ → what is said, and what stood before it."""
    holder, path = elements.field_of(name), elements.path_of(name)
    name = name if name.endswith(elements.REPEATS) else elements.element(holder, path)
    stands = before.get(holder) or {}
    if name.endswith(elements.REPEATS):
        path = elements.path_of(name)
        gone = {at: None for at in stands if elements.element(holder, at) == name}
        said, path = {**gone, **(value or {})}, f"{path}[0]"
    else:
        said = {path: value}
    return {holder: said}, {holder: elements.before_settling(holder, path, stands)}


def answer_lines(
    session: Session, row: Mapping[str, Any], answers: Mapping[str, str]
) -> list[str]:
    """Some answers to a record's form in words, a line each; as they are kept where it is not here."""
    try:
        return filled_words.lines(form_of(session, row["form"]), answers, answers_of(row))
    except UserError:
        return list(answers.values())


def other_words(desk: Desk, row: Mapping[str, Any], name: str, value: Any) -> str:
    """Another answer at an element of a record in words; of what repeats a line for each question."""
    if not value:
        return ""
    holder, path = elements.field_of(name), elements.path_of(name)
    others = {
        at: one for at, one in (row[holder] or {}).items() if elements.element(holder, at) != name
    }
    beside = {**row, holder: others}
    try:
        with desk.store() as session:
            if isinstance(value, dict):
                return "\n".join(answer_lines(session, beside, value))
            form = form_of(session, row["form"])
    except UserError:
        return str(value)
    return filled_words.words_at(form, {**answers_of(beside), path: str(value)}, path)


def _problems(
    form: Form, values: Mapping[str, Any], pack: Pack
) -> dict[str, tuple[str, UserError]]:
    interview = filled.begun(form, answers_of(values), given(values, pack), _day(values))
    return filled.problems(interview, form)


def answers_of(values: Mapping[str, Any]) -> dict[str, str]:
    """All answers of a record, {path: value}."""
    return {**(values.get(ANSWERS) or {}), **(values.get(PERSONAL) or {})}


def _said(before: Values, said: Values, name: str) -> dict[str, Any]:
    """The answers that change; a whole field of None takes all of them away."""
    if name not in said:
        return {}
    value = said[name]
    if value is None:
        return dict.fromkeys(before.get(name) or {})
    if not isinstance(value, dict) or not all(map(_is_answer, value.values())):
        raise Wrong({name: UserError(mark("Please check this."))})
    return value


def _is_answer(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | int | float)


def _day(values: Mapping[str, Any]) -> date | None:
    day = values.get("filled_on")
    try:
        return day if isinstance(day, date) or day is None else date.fromisoformat(str(day))
    except ValueError:  # it is said at its field
        return None


def _name(session: Session, values: Values) -> str | None:
    found = session.get(Published, UUID(str(values["form"])))
    return found.name if found is not None else None
