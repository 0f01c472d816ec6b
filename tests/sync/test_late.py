"""Which edits are late ones, and who decides about them."""

from uuid import uuid4

import pytest

from sync.change import Change
from sync.late import as_then, decides
from sync.person import Person
from tests.loopback import EVA, SAIRAM, SOZAQ, ZOE

ANN = Person(id="ann", name="Анна", role="analyst", district=SAIRAM, language="en")
LIZ = Person(id="liz", name="Лиза", role="leader", district=SAIRAM, language="en")


def edit(kind="visit", district=SOZAQ, **more):
    return Change(kind=kind, record=uuid4(), district=district, fields={}, **more)


@pytest.mark.parametrize("person", [ZOE, LIZ])
def test_who_left_a_district_is_seen_as_they_were_there(person):
    then = as_then(person, edit())

    assert then is not None
    assert (then.id, then.role, then.district) == (person.id, person.role, SOZAQ)


@pytest.mark.parametrize(
    ("person", "change"),
    [
        (ZOE, edit(district=SAIRAM)),  # where they work
        (ZOE, edit(district="region")),
        (ZOE, edit("form")),  # belongs to the region, whatever it says
        (ZOE, edit("shared_view")),  # was never theirs to share
        (ZOE, edit("well")),  # not known
        (ZOE, edit(witness=True)),  # somebody else's
        (ANN, edit()),  # never wrote anything
        (EVA, edit()),  # works everywhere
    ],
)
def test_other_edits_are_not_late(person, change):
    assert as_then(person, change) is None


@pytest.mark.parametrize(
    ("person", "district", "may"),
    [
        (LIZ, SAIRAM, True),
        (LIZ, SOZAQ, False),
        (EVA, SOZAQ, True),
        (ZOE, SAIRAM, False),
        (ANN, SAIRAM, False),
    ],
)
def test_a_leader_decides_in_the_own_district_a_coordinator_everywhere(person, district, may):
    assert decides(person, district) is may
