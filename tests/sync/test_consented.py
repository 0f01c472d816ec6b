"""No person's data without a consent that stands: by the rule, in any order of anybody's edits."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import merge as merging
from sync import rights
from sync.change import Change
from sync.errors import Refused
from sync.inventory import held_of
from sync.merge import BORN, Standing, merge
from sync.person import Person
from sync.records import KINDS
from sync.records.base import fields
from sync.records.consented import (
    consented_part,
    ends_consent,
    has_consent,
    kept_by_consent,
    unconsented,
    unproven,
)
from sync.records.issue import Issue
from sync.records.values import missing
from sync.records.visit import Visit
from tests.guards import rewritten

AT = datetime(2026, 11, 5, tzinfo=UTC)
PEOPLE = {
    login: Person(login, login.title(), role, "1")
    for login, role in (("ama", "activist"), ("ben", "activist"), ("eva", "leader"))
}
GIVEN = {"consent_way": "signed", "consent_on": "2026-11-05", "consent_text": "applicant_1"}
SAID = {
    "essence": ("Су жоқ", "Жол жоқ", None),
    "applicant": ("Гүлсім", "Болат", None),
    "phone": ("+77011234567", None),
    "consent_witness": ("Қанат", None),
    "consent_way": ("signed", "spoken_witness", None),
    "consent_ended": ("2026-11-20", None),
}


def test_a_name_without_consent_asks_for_it():
    assert unconsented(Issue, {"applicant": "А. Серік"}).keys() == {"consent_way"}
    assert not unconsented(Issue, {"applicant": "А. Серік", "consent_way": "signed"})
    assert not unconsented(Issue, {"consent_on": "2026-11-05"})


def test_a_name_after_the_end_of_its_consent_is_told_so():
    ended = GIVEN | {"consent_ended": "2026-11-20"}

    assert unconsented(Issue, ended | {"phone": "+77011234567"}).keys() == {"consent_ended"}
    assert not unconsented(Issue, ended)


def test_a_witness_is_a_person_too():
    assert unconsented(Issue, {"consent_witness": "Қанат"}).keys() == {"consent_way"}


def test_before_it_is_sent_a_consent_has_its_day_and_a_spoken_one_its_witness():
    spoken = {"consent_way": "spoken_witness", "consent_text": "applicant_1"}

    assert unproven(Issue, spoken).keys() == {"consent_on", "consent_witness"}
    assert missing(Issue, spoken).keys() >= {"consent_on", "consent_witness"}
    assert not unproven(Issue, GIVEN)
    assert not unproven(Issue, spoken | {"consent_on": "2026-11-05", "consent_witness": "Қанат"})


def test_of_a_consent_from_before_texts_had_versions_no_more_is_asked_than_then():
    assert not unproven(Issue, {"consent_way": "spoken_witness"})


def test_of_a_spoken_consent_that_ended_no_witness_is_asked():
    assert not unproven(
        Issue, GIVEN | {"consent_way": "spoken_witness", "consent_ended": "2026-11-20"}
    )


def test_an_edit_that_ends_a_consent_does_nothing_else():
    gone = dict.fromkeys(kept_by_consent(Issue))

    assert ends_consent(Issue, {"consent_ended": "2026-11-20", **gone})
    for more in ({"essence": None}, {"applicant": "Болат"}, {"consent_ended": None}):
        assert not ends_consent(Issue, {"consent_ended": "2026-11-20", **gone, **more})
    assert not ends_consent(Issue, gone)
    assert not ends_consent(Visit, {"consent_ended": "2026-11-20"})


def test_of_a_refused_edit_no_name_is_kept_that_nobody_consented_to():
    said = {"essence": "Су жоқ", "applicant": "Гүлсім"}

    assert consented_part(Issue, {}, said) == {"essence": "Су жоқ"}
    assert consented_part(Issue, GIVEN, said) == said
    assert consented_part(Visit, {}, {"outcome": "Су жоқ"}) == {"outcome": "Су жоқ"}


def test_what_is_kept_by_consent_stands_in_a_kind_that_records_one():
    """By what right a field is kept is declared; a kind without a consent may not say consent."""
    for record in KINDS.values():
        by_consent = {
            one.name for one in fields(record) if held_of(record, one.name).basis == "consent"
        }
        assert kept_by_consent(record) <= by_consent
        assert bool(by_consent) == bool(record.consent_field)


@st.composite
def arrivals(draw):
    """(who, the revision they had seen, what they say), in the order of their arrival."""
    edits, seen = [], dict.fromkeys(PEOPLE, 0)
    for revision in range(1, draw(st.integers(2, 9))):
        by = draw(st.sampled_from(sorted(PEOPLE)))
        seen[by] = draw(st.integers(min(1, seen[by]), revision))
        names = draw(st.sets(st.sampled_from(sorted(SAID)), min_size=1))
        said = {name: draw(st.sampled_from(SAID[name])) for name in sorted(names)}
        edits.append((by, seen[by], said))
    return edits


def play(edits):
    """Whatever the server's rules let through, as it stands after each of them."""
    standing = Standing(
        kind="issue",
        record=UUID(int=1),
        district="1",
        revision=1,
        fields={"author": "ama", "removed": False, "conflicts": {}, "review": "draft"},
        touched={BORN: (1, "ama")},
    )
    for revision, (by, base, said) in enumerate(edits, 2):
        change = Change(
            kind="issue", record=UUID(int=1), district="1", base=base, by=by, at=AT, fields=said
        )
        try:
            rights.check(PEOPLE[by], change, standing, parent=None, commented=lambda: True)
            merged = merge(standing, change, revision).standing
            rights.check_merged(change, merged)
        except Refused:
            continue
        standing = merged
        yield standing


def groundless(standing):
    """Names and phones that stand, or wait beside what stands, without a consent."""
    if has_consent(Issue, standing.fields):
        return []
    waits = standing.fields["conflicts"]
    return [
        name for name in kept_by_consent(Issue) if standing.fields.get(name) or waits.get(name)
    ]


@given(arrivals())
def test_in_no_order_of_edits_does_a_name_stay_without_its_consent(edits):
    for standing in play(edits):
        assert unconsented(Issue, standing.fields) == {}
        assert groundless(standing) == []


WROTE_A_NAME_UNSEEN = [
    ("ama", 1, {"consent_way": "signed", "applicant": "Гүлсім"}),
    ("ben", 2, {"applicant": "Болат"}),
    ("eva", 2, {"consent_ended": "2026-11-20", "applicant": None}),
]
WAITS_BESIDE_NOTHING = [
    ("ama", 1, {"consent_way": "signed", "applicant": "Гүлсім"}),
    ("ben", 2, {"applicant": None}),
    ("eva", 2, {"applicant": "Қанат"}),
    ("ama", 2, {"consent_way": None}),
]


ENDS_AND_NAMES_NOTHING = [
    ("ama", 1, {"consent_way": "signed", "applicant": "Гүлсім"}),
    ("ben", 2, {"consent_ended": "2026-11-20"}),
]
NAMES_UPON_ANOTHER_END = [
    ("ama", 1, {"consent_ended": "2026-11-20"}),
    ("ben", 1, {"consent_way": "signed", "consent_ended": None, "applicant": "Гүлсім"}),
]


def test_a_name_is_refused_where_the_consent_it_came_with_does_not_stand():
    """Refused, so that its author hears of it; and the end that somebody wrote stays."""
    *_, last = play(NAMES_UPON_ANOTHER_END)

    assert last.fields["consent_ended"] == "2026-11-20"
    assert last.revision == 2


@pytest.mark.parametrize(
    "edits", [WROTE_A_NAME_UNSEEN, WAITS_BESIDE_NOTHING, ENDS_AND_NAMES_NOTHING]
)
def test_a_withdrawal_takes_what_was_written_unseen(edits):
    *_, last = play(edits)

    assert last.fields["applicant"] is None
    assert "applicant" not in last.fields["conflicts"]
    assert last.touched["applicant"] == (last.revision, edits[-1][0])


@pytest.mark.parametrize("edits", [WROTE_A_NAME_UNSEEN, ENDS_AND_NAMES_NOTHING])
def test_the_laptop_that_withdrew_is_told_what_went_with_it(edits):
    *_, before = play(edits[:-1])
    by, base, said = edits[-1]
    change = Change(kind="issue", record=UUID(int=1), district="1", base=base, by=by, fields=said)

    assert not merge(before, change, 9).as_sent


NOT_WAITING = rewritten(merging._without_consent, " or conflicts.get(name)", "")
NOT_STANDING = rewritten(merging._without_consent, "values.get(name) or ", "")


@pytest.mark.parametrize(
    ("edits", "guard"),
    [(ENDS_AND_NAMES_NOTHING, NOT_STANDING), (WAITS_BESIDE_NOTHING, NOT_WAITING)],
    ids=["what stands", "what waits"],
)
def test_each_part_of_the_merge_is_missed_when_it_is_gone(edits, guard):
    assert not any(map(groundless, play(edits)))
    with guard.removed():
        assert any(map(groundless, play(edits)))


@pytest.mark.parametrize(
    ("edits", "guard"),
    [
        (NAMES_UPON_ANOTHER_END, rewritten(rights.check_merged, "stands | said", "{}")),
        (
            [("ama", 1, {"applicant": "Гүлсім"})],
            rewritten(unconsented, "not held or has_consent(record, values)", "True"),
        ),
    ],
    ids=["after the merge", "the rule itself"],
)
def test_without_the_rule_a_name_would_be_dropped_and_its_author_not_told(edits, guard):
    taken = len(list(play(edits)))
    with guard.removed():
        assert len(list(play(edits))) == taken + 1
