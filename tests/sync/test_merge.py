"""Who wins, field by field. Stated as properties over any order of any people's edits."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync.change import Change
from sync.merge import BORN, Standing, last_touched, merge

RECORD = UUID(int=1)
PEOPLE, NAMES = ("ama", "ben", "eva"), ("a", "b")
AT = datetime(2026, 11, 5, tzinfo=UTC)


def born():
    return Standing(
        kind="visit",
        record=RECORD,
        district="1",
        fields={"author": "ama", "removed": False, "conflicts": {}},
        touched={},
    )


def edit(by, base, **fields):
    return Change(
        kind="visit", record=RECORD, district="1", base=base, by=by, at=AT, fields=fields
    )


def play(*edits, first=None):
    standing = first or born()
    for revision, one in enumerate(edits, 1):
        standing = merge(standing, one, revision).standing
    return standing


def rivals(standing, name):
    return {one["by"]: one["value"] for one in standing.fields["conflicts"].get(name, [])}


@st.composite
def histories(draw):
    """Edits in the order of their arrival; each person's base is one that person may have seen."""
    edits, seen = [], dict.fromkeys(PEOPLE, 0)
    for revision in range(draw(st.integers(0, 12))):
        by = draw(st.sampled_from(PEOPLE))
        seen[by] = draw(st.integers(seen[by], revision))
        values = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), min_size=1)
        edits.append(edit(by, seen[by], **draw(values)))
    return edits


@given(histories())
def test_nobodys_last_word_vanishes_unless_someone_saw_it_and_chose(edits):
    """Also the word of someone who says the same as another one, whom they have not seen."""
    end = play(*edits)

    for name in NAMES:
        for position, one in enumerate(edits):
            revision, before = position + 1, play(*edits[:position])
            when, who = before.touched.get(name, (0, ""))
            known = when <= one.base or who == one.by
            if known and before.fields.get(name) == one.fields.get(name):
                continue
            later = [other for other in edits[revision:] if name in other.fields]
            spoke_again = any(other.by == one.by for other in later)
            chosen = any(other.base >= revision for other in later)
            if name in one.fields and not spoke_again and not chosen:
                kept = {end.fields.get(name), *rivals(end, name).values()}
                assert one.fields[name] in kept


@given(histories())
def test_values_in_conflict_come_from_people_who_differ(edits):
    end = play(*edits)

    for waiting in end.fields["conflicts"].values():
        assert waiting
        assert len({one["by"] for one in waiting}) == len(waiting)


@given(histories())
def test_merging_changes_neither_the_record_before_nor_the_edit(edits):
    standing = born()
    for revision, one in enumerate(edits, 1):
        before, said = repr(standing), repr(one)
        after = merge(standing, one, revision).standing
        assert (repr(standing), repr(one)) == (before, said)
        standing = after


@given(histories())
def test_what_was_not_edited_stays_as_it_was(edits):
    standing = born()
    for revision, one in enumerate(edits, 1):
        after = merge(standing, one, revision).standing
        for name in standing.fields.keys() - one.fields.keys() - {"conflicts"}:
            assert after.fields[name] == standing.fields[name]
            assert after.touched.get(name) == standing.touched.get(name)
        standing = after


@given(histories(), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)))
def test_a_field_that_stands_as_it_came_need_not_be_noted(edits, values):
    came = (0, "ama")
    fields = {**born().fields, **values}
    brief = msgspec.structs.replace(born(), fields=fields, touched={BORN: came})
    noted = msgspec.structs.replace(brief, touched={BORN: came, **dict.fromkeys(values, came)})

    brief, noted = play(*edits, first=brief), play(*edits, first=noted)

    assert brief.fields == noted.fields
    for name in {*fields, *NAMES}:
        assert last_touched(brief, name) == last_touched(noted, name)


@given(histories())
def test_as_sent_means_that_the_sender_has_it_whole(edits):
    standing = born()
    for revision, one in enumerate(edits, 1):
        merged = merge(standing, one, revision)
        if merged.as_sent and one.base == standing.revision:
            expected = {**standing.fields, **one.fields}
            assert merged.standing.fields == expected
        standing = merged.standing


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3))))
def test_one_person_never_conflicts_with_themselves(said):
    end = play(*(edit("ama", 0, **{name: value}) for name, value in said))

    assert end.fields["conflicts"] == {}
    assert {name: end.fields[name] for name, _ in said} == dict(said)


def test_of_two_peoples_values_the_first_stands_and_the_other_waits():
    end = play(edit("ama", 0, a=1), edit("ama", 1, a=2), edit("ben", 1, a=3))

    assert end.fields["a"] == 2
    assert rivals(end, "a") == {"ben": 3}


def test_the_same_value_from_two_people_is_no_conflict():
    end = play(edit("ama", 0, a=1), edit("ama", 1, a=2), edit("ben", 1, a=2))

    assert rivals(end, "a") == {}


def test_who_comes_round_to_the_value_that_stands_no_longer_conflicts():
    end = play(edit("ama", 0, a=1), edit("ama", 1, a=2), edit("ben", 1, a=3), edit("ben", 1, a=2))

    assert end.fields["a"] == 2
    assert rivals(end, "a") == {}


def test_choosing_what_stands_settles_a_conflict_too():
    end = play(edit("ama", 0, a=1), edit("ama", 1, a=2), edit("ben", 1, a=3), edit("eva", 3, a=2))

    assert end.fields["a"] == 2
    assert rivals(end, "a") == {}


def test_two_people_who_settle_a_conflict_differently_conflict_again():
    end = play(
        edit("ama", 0, a=1),
        edit("ama", 1, a=2),
        edit("ben", 1, a=3),
        edit("eva", 3, a=2),  # both saw revision 3
        edit("ben", 3, a=3),
    )

    assert end.fields["a"] == 2
    assert rivals(end, "a") == {"ben": 3}


def test_a_third_person_waits_beside_the_second():
    end = play(edit("ama", 0, a=1), edit("ama", 1, a=2), edit("ben", 1, a=3), edit("eva", 1, a=0))

    assert rivals(end, "a") == {"ben": 3, "eva": 0}
