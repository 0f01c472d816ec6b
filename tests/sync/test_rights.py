"""Who may do what: the whole matrix of roles, places, kinds and states, against the rules."""

from itertools import product
from uuid import uuid4

import pytest

from sync import vocabulary
from sync.change import Change
from sync.errors import Refused
from sync.merge import Standing
from sync.person import Person
from sync.records import KINDS
from sync.records.base import REGION, Part, Reviewed
from sync.records.states import ReviewState
from sync.review import LOCKED, TRANSITIONS
from sync.rights import check, reviews, streams

HERE, THERE = "615600000", "615200000"
ROLES = [choice.key for choice in vocabulary.choices("role")]
FILLED = {  # one field of each kind that anyone who may write may write
    "meeting": {"title": "Су"},
    "question": {"text": "Қашан?"},
    "decision": {},
    "issue": {"essence": "Су жоқ"},
    "step": {"text": "Хат"},
    "visit": {"people": 3},
    "form": {"name": "Н"},
    "official": {"post": "Әкім"},
    "wave": {"title": "Т"},
    "comment": {"text": "?"},
    "attachment": {"name": "a.jpg"},
}
PARENTS = {"question": "meeting", "decision": "meeting", "step": "issue"}


def person(role, district=HERE):
    return Person(
        id="p", name="P", role=role, district=REGION if role == "coordinator" else district
    )


def change(kind, district, fields, record=None, parent=None):
    return Change(
        kind=kind, record=record or uuid4(), district=district, fields=fields, parent=parent
    )


def standing(kind, district=HERE, review=None, **fields):
    if review:
        fields["review"] = review
    return Standing(kind=kind, record=uuid4(), district=district, fields=fields, touched={})


def allowed(who, one, there=None, parent=None, commented=False):
    try:
        check(who, one, there, parent=parent, commented=lambda: commented)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "role", "district"), [*product(KINDS, ROLES, [HERE, THERE, REGION])]
)
def test_who_may_record_what_where(kind, role, district):
    record = KINDS[kind]
    parent = standing(PARENTS.get(kind, "issue"), district) if issubclass(record, Part) else None
    one = change(kind, district, FILLED[kind], parent=parent and parent.record)

    if record.regional:
        expected = role == "coordinator" and district == REGION
    else:
        own = district == HERE or (role == "coordinator" and district != REGION)
        expected = role in ("activist", "leader", "coordinator") and own
    assert allowed(person(role), one, parent=parent) == expected


@pytest.mark.parametrize(("role", "before", "after"), [*product(ROLES, ReviewState, ReviewState)])
def test_who_may_move_a_record_from_where_to_where(role, before, after):
    whole = {
        "essence": "Су жоқ",
        "category": "drinking_water",
        "village": "1",
        "received_on": "2026-11-05",
    }
    there = standing("issue", review=before.value, **whole)
    one = change("issue", HERE, {"review": after.value}, there.record)

    worker = role in ("activist", "leader", "coordinator")
    expected = worker and (before == after or role in TRANSITIONS.get((before, after), ()))
    assert allowed(person(role), one, there, commented=True) == expected


@pytest.mark.parametrize(("role", "state"), [*product(["activist", "leader"], ReviewState)])
def test_what_is_decided_is_closed_to_those_who_do_not_decide(role, state):
    there = standing("issue", review=state.value)
    essence = change("issue", HERE, {"essence": "басқа"}, there.record)
    live = change("issue", HERE, {"handed_to": "Әкімдік"}, there.record)
    step = change("step", HERE, {"text": "Хат"}, parent=there.record)

    assert allowed(person(role), essence, there) == (role == "leader" or state not in LOCKED)
    assert allowed(person(role), live, there)
    assert allowed(person(role), step, parent=there)


def test_what_is_written_once_is_not_changed():
    issue = standing("issue")
    there = standing("step")
    there.parent = issue.record
    one = change("step", HERE, {"text": "басқа"}, there.record, issue.record)

    assert not allowed(person("coordinator"), one, there, parent=issue)


def test_a_part_belongs_where_it_may_and_stays_there():
    issue, meeting = standing("issue"), standing("meeting")
    there = standing("question")
    there.parent = meeting.record
    other = standing("meeting")

    new = change("question", HERE, {"text": "?"}, parent=issue.record)
    moved = change("question", HERE, {"text": "?"}, there.record, other.record)
    lost = change("question", HERE, {"text": "?"}, parent=uuid4())

    assert not allowed(person("leader"), new, parent=issue)
    assert not allowed(person("leader"), moved, there, parent=other)
    assert not allowed(person("leader"), lost, parent=None)


def test_a_persons_data_need_consent():
    named = {"applicant": "Гүлнар"}
    consent = {"consent_way": vocabulary.choices("consent_way")[0].key}

    assert not allowed(person("activist"), change("issue", HERE, named))
    assert allowed(person("activist"), change("issue", HERE, named | consent))


@pytest.mark.parametrize(
    "fields", [{"number": "1"}, {"author": "eva"}, {"conflicts": {}}, {"created": "2026"}]
)
def test_what_the_server_fills_in_is_nobodys_to_say(fields):
    assert not allowed(person("coordinator"), change("issue", HERE, fields))


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_which_streams(role):
    read = streams(person(role), (HERE, THERE))

    expected = {"activist": [HERE], "leader": [HERE], "coordinator": [HERE, THERE]}
    assert list(read) == [REGION, *expected.get(role, [])]
    assert reviews(person(role)) == (role in ("leader", "coordinator"))


def test_the_matrix_has_every_kind():
    assert FILLED.keys() == KINDS.keys()
    assert all(issubclass(KINDS[kind], (Part, Reviewed)) or KINDS[kind].regional for kind in KINDS)
