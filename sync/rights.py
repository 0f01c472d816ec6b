"""What a change asks for, and whether its person may: `sync.policy` is the table that decides.

The laptop asks early, the server asks for certain.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec

from sync.change import Change
from sync.errors import Refused
from sync.language import mark
from sync.merge import Standing, last_touched
from sync.person import REGION, Person, Scope
from sync.policy import Action, may, reach
from sync.records import KINDS
from sync.records.base import SETTABLE, Field, Part, Record, Reviewed, Values, field_map, fields
from sync.records.consented import ENDED, as_left, ends_consent, kept_by_consent, unconsented
from sync.records.states import ReviewState
from sync.records.values import Wrong, check_values, missing
from sync.review import LOCKED, move

REMOVABLE = SETTABLE - {"review"}  # what may change of a record that is not reviewed
NEW = {"comment": Action.COMMENT, "attachment": Action.ATTACH}  # by kind; Action.RECORD else

READ_ONLY = mark("Your role may read this, but not change it.")
ELSEWHERE = mark("This record belongs to another district.")
SAID = {  # where a role may do something nowhere; READ_ONLY else
    Action.DECIDE: mark("Only a leader or a coordinator may decide about a record."),
    Action.SHARE: mark(
        "Only a leader or a coordinator shares phrases and views, and takes them back."
    ),
    Action.ERASE: mark("Only a leader or a coordinator may erase a record."),
}


def streams(person: Person, districts: tuple[str, ...]) -> tuple[str, ...]:
    """What this person may read, of what the region shares and of its districts."""
    return where(person, Action.READ, (REGION, *districts))


def where(person: Person, action: Action, among: Iterable[str]) -> tuple[str, ...]:
    """Those of these streams in which this person may do it."""
    return tuple(stream for stream in among if may(person, action, stream))


def scope(person: Person, readable: tuple[str, ...], names: Mapping[str, str]) -> Scope:
    """The person's rights, the names of those they work with, and the mark of both.

    The person's own language does not count.
    """
    known = dict(sorted(names.items()))
    said = msgspec.json.encode((person.role, person.district, readable, known))
    return Scope(sha256(said).hexdigest()[:8], person, readable, known)


def reviews(person: Person) -> bool:
    """Whether this person decides about what others recorded."""
    return bool(reach(person.role, Action.DECIDE))


def require(person: Person, action: Action, district: str) -> None:
    """Raise Refused, in words, unless this person may do it there."""
    if not may(person, action, district):
        elsewhere = district != REGION and reach(person.role, action)
        raise Refused(ELSEWHERE if elsewhere else SAID.get(action, READ_ONLY))


def check(
    person: Person,
    change: Change,
    standing: Standing | None,
    *,
    parent: Standing | None,
    commented: Callable[[], bool],
) -> None:
    """Raise Refused, with the reason, where this person may not make the change.

    `standing` and `parent` are the record and the one it is a part of, None where there is none;
    `commented` tells whether a comment was made since the record was sent.
    """
    record = KINDS.get(change.kind)
    if record is None:
        raise Refused(mark("The server does not know this kind of record yet. Your work is kept."))
    check_place(person, record, change, standing, asked(record, change, standing))
    _check_part(record, change, standing, parent)
    _check_fields(person, record, change, standing, parent)
    settable = SETTABLE if issubclass(record, Reviewed) else REMOVABLE
    try:
        check_values(record, _without(change.fields, settable))
    except Wrong as wrong:
        raise Refused(wrong.text, names=Names(record, wrong.problems)) from wrong
    whole = as_left(record, standing.fields if standing else {}, change.fields)
    for problem in unconsented(record, whole).values():
        raise Refused(problem.text)
    if issubclass(record, Reviewed):
        _check_review(person, record, change, standing, commented)


def check_merged(change: Change, merged: Standing) -> None:
    """Raise Refused where a name would stand, or wait, in a record whose consent does not.

    To its author the consent stood, or they gave one: somebody else has said another thing.
    """
    record = KINDS[change.kind]
    stands = {name: merged.fields.get(name) for name in (record.consent_field, ENDED)}
    said = {name: change.fields.get(name) for name in kept_by_consent(record)}
    for problem in unconsented(record, stands | said).values():
        raise Refused(problem.text)


def _without(values: Values, names: frozenset[str]) -> Values:
    """Mostly they are without these anyway."""
    if values.keys().isdisjoint(names):
        return values
    return {name: value for name, value in values.items() if name not in names}


def asked(record: type[Record], change: Change, standing: Standing | None) -> tuple[Action, ...]:
    """What a change asks for by itself; its step of review, and a decided record, ask for more."""
    if record.handed_out:
        return (Action.SHARE,)
    first = NEW.get(record.kind) or (Action.RECORD if standing is None else Action.EDIT)
    if "removed" not in change.fields:
        return (first,)
    alone = standing is not None and len(change.fields) == 1
    return (Action.REMOVE,) if alone else (first, Action.REMOVE)


def check_place(
    person: Person,
    record: type[Record],
    change: Change,
    standing: Standing | None,
    actions: tuple[Action, ...],
) -> None:
    """Raise Refused unless this person may do this to records of this kind and district."""
    for action in actions:
        require(person, action, REGION if record.regional else change.district)
    if standing and standing.district != change.district:
        raise Refused(mark("A record cannot be moved to another district."))
    if not record.handed_out and record.regional != (change.district == REGION):
        raise Refused(mark("This kind of record does not belong there."))


def _check_part(
    record: type[Record], change: Change, standing: Standing | None, parent: Standing | None
) -> None:
    if not issubclass(record, Part):
        return
    moved = standing is not None and standing.parent != change.parent
    if parent is None or parent.district != change.district or moved:
        raise Refused(mark("The record that this belongs to is not there."))
    if record.parents and parent.kind not in record.parents:
        raise Refused(mark("This does not belong to such a record."))


def _check_fields(
    person: Person,
    record: type[Record],
    change: Change,
    standing: Standing | None,
    parent: Standing | None,
) -> None:
    declared = change.fields
    if not declared.keys().isdisjoint(_given(record)):
        raise Refused(mark("That is filled in by the server."))
    if standing and record.append_only:
        raise Refused(mark("This was written once and is not changed; add another one."))
    whole = standing if issubclass(record, Reviewed) else None if record.late else parent
    state = whole.fields.get("review") if whole else None
    if not declared.keys().isdisjoint(private(record)):
        require(person, Action.READ_PRIVATE, change.district)
    if state not in LOCKED or may(person, Action.EDIT_DECIDED, change.district):
        return
    if ends_consent(record, declared):  # whoever withdraws it need not look for somebody else
        return
    known = field_map(record)
    if any(name != "review" and not _live(known.get(name)) for name in declared):
        raise Refused(
            mark("The record is closed for changes. Ask the coordinator to return it to you.")
        )


def _live(field: Field | None) -> bool:
    return field is not None and field.live


@cache
def private(record: type[Record]) -> frozenset[str]:
    """The fields of a kind that are a person's data."""
    return frozenset(field.name for field in fields(record) if field.private)


@cache
def _given(record: type[Record]) -> frozenset[str]:
    return frozenset(field.name for field in fields(record) if field.given)


def _check_review(
    person: Person,
    record: type[Record],
    change: Change,
    standing: Standing | None,
    commented: Callable[[], bool],
) -> None:
    if "review" not in change.fields:
        return
    before = ReviewState(standing.fields["review"]) if standing else ReviewState.DRAFT
    try:
        after = ReviewState(change.fields["review"])
    except ValueError:
        raise Refused(mark("The server does not know this step of review.")) from None
    require(person, move(before, after), change.district)
    if after == ReviewState.RETURNED and not commented():
        raise Refused(mark("Say at a field what is to be put right, then return it."))
    if sends(before, after):
        fields = {**(standing.fields if standing else {}), **change.fields}
        if lacking := missing(record, fields):
            raise Refused(
                mark("Before it can be sent, please fill in: {names}."),
                names=Names(record, lacking),
            )
    if standing and after is ReviewState.APPROVED and (gone := _emptied(record, change, standing)):
        raise Refused(
            mark("Meanwhile somebody emptied what is required: {names}. Look again, then decide."),
            names=Names(record, gone),
        )


def _emptied(record: type[Record], change: Change, standing: Standing) -> list[str]:
    """What is required and was taken out by somebody else, unseen by whoever makes the change."""
    found = []
    for name in missing(record, {**standing.fields, **change.fields}):
        when, who = last_touched(standing, name) or (0, "")
        if when > change.base and who != change.by:
            found.append(name)
    return found


def sends(before: ReviewState, after: ReviewState) -> bool:
    """Whether a record is sent for review, which asks for all that is required.

    Taking a decision back does not: who decided could not fill in what lacks.
    """
    return after is ReviewState.SENT and before in (ReviewState.DRAFT, ReviewState.RETURNED)


class Names:
    """Names of fields, in the language of the sentence around them."""

    def __init__(self, record: type[Record], names: Any) -> None:
        self._record, self._names = record, tuple(names)

    def words(self, language: str | None = None) -> str:
        known = field_map(self._record)
        return ", ".join(
            known[name].words(language) if name in known else name for name in self._names
        )
