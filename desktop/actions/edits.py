"""An edit by all the rules: the change that it would be. Nothing is written here.

Who writes it is desktop/actions/records.py.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop import forms
from desktop.actions import in_use
from desktop.actions.standing import find_any, parent_standing, plain_values, standing
from desktop.session import Desk
from sync import elements
from sync.change import FOLLOWS, UNSURE, Change, new_id, now
from sync.client import outbox
from sync.client.erasure import erased_as
from sync.client.tables import Foreign
from sync.consents import recorded_with
from sync.erasure import GONE
from sync.errors import Refused, UserError
from sync.language import mark
from sync.merge import merged_field
from sync.person import REGION
from sync.records import KINDS
from sync.records.base import SETTABLE, Part, Record, Reviewed, Values, field_map
from sync.records.filled_form import FilledForm
from sync.records.states import ReviewState
from sync.records.survey import Wave
from sync.records.values import Wrong, parse, plain
from sync.rights import check, sends

STATES = tuple(ReviewState)  # a tuple: also what cannot be hashed may be looked for in it
BARE = mark(
    "The words of this record are on the server. Open it where there is a connection, so that it is "
    "whole here; then change it. Nothing was changed."
)


@dataclass(frozen=True)
class Edit:
    """One record to create (id None) or to change. `values` as typed, or as JSON."""

    kind: str
    values: Values = field(default_factory=dict)
    id: UUID | None = None
    parent: UUID | None = None
    base: int | None = None  # the revision the person was looking at, if not the newest here
    was: Values = field(default_factory=dict)  # what stood there then, if not what stands here
    settles: bool = False  # also counts where the value stays: it ends a conflict
    at: datetime | None = None  # the moment, if it is one with other edits


def prepared(
    desk: Desk, session: Session, edit: Edit, waits: Collection[UUID] | None = None
) -> Change | None:
    """The change that an edit would be, by all the rules; nothing is written. None for no change.

    `waits`: the records with edits that wait, where many are prepared.
    Raises Wrong with a sentence by field, or Refused where a rule forbids it.
    """
    record = KINDS[edit.kind]
    known = session.get(record, edit.id) if edit.id else None
    if known is None and edit.id is not None:
        _check_unused(session, edit.id)
    system = {name: edit.values[name] for name in SETTABLE & edit.values.keys()}
    _check_system(record, system)
    declared = {name: value for name, value in edit.values.items() if name not in system}
    before = plain_values(known) if known is not None else {}
    tidied, was = _tidied(desk, session, before, declared, edit)
    changed = (tidied if edit.settles else _changed(known, tidied)) | system
    if known is not None and not changed:
        return None
    parent = known.parent if isinstance(known, Part) else edit.parent
    above = find_any(session, parent) if parent else None
    if any(one is not None and one.bare for one in (known, above)):
        raise Refused(BARE)
    in_use.check(session, known, changed)
    changed |= recorded_with(record, before, changed)
    whole = before | _declared(record, changed)
    if problems := forms.check(record, whole) or _wave_problems(desk, session, record, whole):
        raise Wrong(problems)
    changed |= plain(parse(record, _declared(record, changed)))  # 14:30 as the wire has it
    if record is FilledForm and _is_sent(known, changed):
        _check_filled(desk, session, before | changed)
    refused = known is not None and _was_refused(desk, session, known, waits)
    if refused:
        changed = {name: value for name, value in before.items() if value is not None} | changed
    district = known.district if known is not None else home(desk, record, edit, session)
    change = Change(
        kind=edit.kind,
        record=edit.id or new_id(),
        district=district,
        parent=parent,
        fields=changed,
        base=_base(desk, known, edit, refused=refused),
        was={name: was.get(name, before.get(name)) for name in _merged(known, changed)},
        by=desk.person.id,
        at=edit.at or now(),
    )
    check(
        desk.person,
        change,
        standing(known) if known is not None else None,
        parent=parent_standing(session, parent),
        commented=lambda: True,  # the server looks; `decide` writes the comment first
    )
    return change


def home(desk: Desk, record: type[Record], edit: Edit, session: Session) -> str:
    """The district of a new record: its parent's, else the person's own.

    A coordinator, who has none, works in the district of the village that the record names.
    """
    if record.regional:
        return REGION
    if record.handed_out:  # a coordinator's is the region's
        return desk.person.district
    if edit.parent is not None and (whole := find_any(session, edit.parent)) is not None:
        return whole.district
    if desk.person.district != REGION:
        return desk.person.district
    district = desk.pack.district_of(str(edit.values.get("village") or ""))
    if not district:
        raise Refused(mark("Choose the village first: it tells which district this belongs to."))
    return district


def _tidied(
    desk: Desk, session: Session, before: Values, said: Values, edit: Edit
) -> tuple[Values, Values]:
    """What is said as JSON, answers in their place; and what stood there, as far as that is told."""
    if KINDS[edit.kind] is not FilledForm:
        return forms.tidy(said), edit.was
    # Here: what reads forms is no small thing, and is loaded where one is filled in.
    from desktop.actions import filled_forms

    was = edit.was
    if edit.settles and any(map(elements.path_of, said)):  # two people differ about an answer
        [(name, value)] = said.items()
        said, was = filled_forms.settled(before, name, value)
    return filled_forms.arrange(session, desk.pack, before, forms.tidy(said)), was


def _is_sent(known: Record | None, changed: Values) -> bool:
    before = known.review if isinstance(known, Reviewed) else ReviewState.DRAFT
    after = ReviewState(changed.get("review", before))
    return sends(ReviewState(before), after)


def _check_filled(desk: Desk, session: Session, values: Values) -> None:
    from desktop.actions import filled_forms

    if values.get("form"):  # else it is said that this is missing
        filled_forms.check_sending(session, desk.pack, values)


def _wave_problems(
    desk: Desk, session: Session, record: type[Record], values: Values
) -> dict[str, UserError]:
    """A wave is asked by a form, which says whether its cells and questions fit."""
    if record is not Wave:
        return {}
    # Here: what reads forms is no small thing, and few people ever save a wave.
    from desktop.actions.wave_forms import check as check_wave

    return check_wave(desk, session, values)


def _check_unused(session: Session, id: UUID) -> None:
    """Two records with one id would be one record to the server."""
    if erased_as(session, id) is not None:
        raise Refused(GONE)
    if find_any(session, id) is not None or session.get(Foreign, id) is not None:
        raise Refused(mark("A record cannot become another kind of record."))


def _check_system(record: type[Record], values: Values) -> None:
    """Raise Wrong for values of the undeclared fields that no record can have."""
    problems = {}
    if not isinstance(values.get("removed", False), bool):
        problems["removed"] = UserError(mark("Write true or false."))
    if "review" in values and not issubclass(record, Reviewed):
        problems["review"] = UserError(mark("There is no field “{name}” here."), name="review")
    elif values.get("review", ReviewState.DRAFT) not in STATES:
        problems["review"] = UserError(mark("Choose one of the list."))
    if problems:
        raise Wrong(problems)


def _base(desk: Desk, known: Record | None, edit: Edit, *, refused: bool) -> int:
    """The revision that the edit is made upon, or one of the bases that sync.change names."""
    if known is None:
        return 0
    if known.revision:
        return known.revision if edit.base is None else min(edit.base, known.revision)
    if known.author != desk.person.id:
        return UNSURE
    return 0 if refused else FOLLOWS


def _was_refused(
    desk: Desk, session: Session, known: Record, waits: Collection[UUID] | None
) -> bool:
    """Whether this person's new record was not taken: the next edit must carry all of it."""
    mine = known.revision == 0 and known.author == desk.person.id
    return mine and known.id not in (outbox.unsent(session, known.id) if waits is None else waits)


def _merged(known: Record | None, changed: Values) -> list[str]:
    """The fields whose edits the server brings together with other people's: see sync.merge."""
    return [name for name in changed if known is not None and merged_field(known.kind, name)]


def _changed(known: Record | None, values: Values) -> Values:
    if known is None:
        return {name: value for name, value in values.items() if value is not None}
    before = plain_values(known)
    return {name: value for name, value in values.items() if before.get(name) != value}


def _declared(record: type[Record], values: Values) -> Values:
    return {name: value for name, value in values.items() if name in field_map(record)}
