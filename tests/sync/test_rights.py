"""Who may do what: the whole matrix of roles, places, kinds, actions and states."""

from unittest.mock import patch

import pytest

from sync import erasure, policy, review, rights, vocabulary
from sync.person import REGION
from sync.policy import Action, Place
from sync.records import KINDS
from tests.guards import guards
from tests.sync import rights_matrix
from tests.sync.rights_forged import FORGED, let_through
from tests.sync.rights_matrix import (
    EDITED,
    FILLED,
    LIVE,
    PLACES,
    PRIVATE,
    ROLES,
    cells,
    other_than_specified,
    person,
    specified,
    specified_beside,
)

GUARDS = guards(
    rights.check,
    rights.require,
    rights.check_place,
    rights._check_part,
    rights._check_fields,
    rights._check_review,
    review.move,
    erasure.check_erasure,
    erasure.stone_of,
)
OF_RECORDS = tuple(map(Action, (*["record", "edit", "edit_decided", "remove", "comment", "attach"],
                               *["send", "decide", "erase", "read_private"])))  # fmt: skip
UNUSED = (Action.READ_PRIVATE, "coordinator", Place.REGION)  # nothing shared is about a person yet
GRANTS = [grant for grant in policy.GRANTED if grant[0] in OF_RECORDS and grant != UNUSED]
EVERYTHING = frozenset((action, "analyst", Place.OWN) for action in Action)


def test_every_cell_is_as_specified():
    assert sum(1 for _ in cells()) >= 3_000
    assert [str(cell) for cell in other_than_specified()] == []


def test_what_lies_beside_the_records_is_as_specified():
    granted = {(action.value, role, place.name.lower()) for action, role, place in policy.GRANTED}

    assert granted == specified_beside()


def test_the_matrix_has_every_kind_and_every_role():
    assert {cell.kind for cell in cells()} == KINDS.keys()
    assert all(FILLED[kind] and EDITED[kind] for kind in KINDS)
    assert "state" in LIVE["issue"]
    assert "applicant" in PRIVATE["issue"]
    assert ROLES[:-1] == policy.ROLES
    assert set(policy.ROLES) == {choice.key for choice in vocabulary.choices("role")}
    assert [action for action, _ in policy.TABLE] == list(Action)


@pytest.mark.parametrize(
    "line",
    [
        "poem | record | - | own | own | own",
        "issue | sing | any | own | own | own",
        "issue | to_sent | blessed | own | own | own",
        "issue | edit | open | own | own | own\nissue | edit | sent | own | - | -",
    ],
)
def test_a_line_that_says_nothing_or_one_thing_twice_is_no_specification(line):
    with pytest.raises(ValueError, match=r"no such row|twice"):
        specified(line)


def test_a_coordinator_of_the_region_and_one_who_lives_in_a_district_may_the_same():
    at_home, of_region = person("coordinator"), policy.Person("p", "P", "coordinator", REGION)

    for action in Action:
        for district in PLACES.values():
            assert policy.may(at_home, action, district) == policy.may(of_region, action, district)


@pytest.mark.parametrize("name", FORGED)
def test_what_nobody_may_is_refused(name):
    assert name not in let_through()


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_which_streams(role):
    read = rights.streams(person(role), (PLACES["own"], PLACES["other"]))

    expected = [stream for place, stream in PLACES.items()
                if ("read", role, place) in specified_beside()]  # fmt: skip
    assert sorted(read) == sorted(expected)
    assert rights.reviews(person(role)) == (role in ("leader", "coordinator"))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_each_guard_is_missed(guard):
    """Without it some cell is granted that is not, or something forged passes."""
    with guard.removed():
        missed = let_through() or [*_first_differing()]

    assert missed


def test_each_grant_of_the_table_is_missed_when_it_is_withdrawn():
    kept = []
    for grant in GRANTS:
        with patch.object(policy, "GRANTED", policy.GRANTED - {grant}):
            kept += [] if any(_first_differing()) else [grant]

    assert kept == []


@pytest.mark.parametrize("action", OF_RECORDS)
def test_each_right_is_asked_for_by_itself(action):
    """All other rights together do not make up for it."""
    own = [cell for cell in cells() if (cell.role, cell.place) == ("analyst", "own")]
    with patch.object(policy, "GRANTED", EVERYTHING):
        most = {cell for cell in own if rights_matrix.allowed(cell)}
    with patch.object(policy, "GRANTED", EVERYTHING - {(action, "analyst", Place.OWN)}):
        fewer = {cell for cell in own if rights_matrix.allowed(cell)}

    assert fewer < most


def _first_differing():
    """The first cell that is not as specified; also one at which the program breaks."""
    try:
        yield from [next(other_than_specified())]
    except StopIteration:
        return
    except Exception as error:  # noqa: BLE001
        yield error
