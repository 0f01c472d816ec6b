"""Each question of a filled-in form is merged as if it were a field of its own."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from sync import elements
from sync.change import Change
from sync.merge import BORN, Standing, last_touched, merge
from sync.server.ledger import _with_author

RECORD = UUID(int=1)
PEOPLE, NAMES = ("ama", "ben", "eva"), ("/data/a", "/data/b/c", "/data/d")
AT = datetime(2026, 11, 5, tzinfo=UTC)
CONSENT = {"consent_way": "signed"}
AGES = {"/data/m[1]/age": "41", "/data/m[2]/age": "7"}


def born(kind="filled_form", **fields):
    return Standing(
        kind=kind,
        record=RECORD,
        district="1",
        fields={"author": "ama", "removed": False, "conflicts": {}, **fields},
        touched={BORN: (1, "ama")},
        revision=1,
    )


def edit(by, base, said, was, name="answers", **more):
    return Change(
        kind="filled_form",
        record=RECORD,
        district="1",
        base=base,
        by=by,
        at=AT,
        fields={name: said},
        was={name: was},
        **more,
    )


def play(*edits, first=None):
    standing = first or born()
    for revision, one in enumerate(edits, standing.revision + 1):
        standing = merge(standing, one, revision).standing
    return standing


def rivals(standing, name):
    return {one["by"]: one["value"] for one in standing.fields["conflicts"].get(name, [])}


@st.composite
def histories(draw):
    """(by, base, {path: value or None}, what that laptop has beside) in the order of arrival."""
    edits, seen = [], dict.fromkeys(PEOPLE, 1)
    answers = st.dictionaries(
        st.sampled_from(NAMES), st.none() | st.sampled_from(["1", "2"]), min_size=1
    )
    for revision in range(1, draw(st.integers(1, 12))):
        by = draw(st.sampled_from(PEOPLE))
        seen[by] = draw(st.integers(seen[by], revision))
        edits.append((by, seen[by], draw(answers), draw(answers)))
    return edits


def by_question(by, base, said, beside):
    """As the laptop says it: all answers that it has, and all that stood there before."""
    others = {path: value for path, value in beside.items() if value and path not in said}
    after = others | {path: value for path, value in said.items() if value}
    before = others | dict.fromkeys(said, "0")
    return edit(by, base, after or None, before)


def by_field(by, base, said):
    """The same of a record whose fields the questions are."""
    return Change(
        kind="visit",
        record=RECORD,
        district="1",
        base=base,
        by=by,
        at=AT,
        fields=said,
        was={"": 0},
    )


def alike(conflicts):
    """Without what tells one edit from another."""
    return {
        elements.path_of(name) or name: [(one["by"], one["value"]) for one in rivals]
        for name, rivals in conflicts.items()
    }


@given(histories())
@example([("ben", 1, {"/data/a": "1"}, {}), ("eva", 1, {"/data/d": "2"}, {"/data/a": "2"})])
@example([("ben", 1, {"/data/a": "1"}, {}), ("eva", 1, {"/data/a": "2", "/data/d": "2"}, {})])
@example([("ben", 1, {"/data/a": "1"}, {}), ("eva", 2, {"/data/a": None}, {})])
def test_whatever_comes_in_whatever_order_a_question_is_as_good_as_a_field(history):
    asked, fields = born(), born("visit")
    for revision, (by, base, said, beside) in enumerate(history, 2):
        change, before = by_question(by, base, said, beside), asked.fields.get("answers")
        merged = merge(asked, change, revision)
        asked = merged.standing
        fields = merge(fields, by_field(by, base, said), revision).standing
        if merged.as_sent:  # the sender has all of it
            assert asked.fields.get("answers") == change.fields["answers"]
        if asked.fields.get("answers") != before:  # news of a question are news of what holds it
            assert asked.touched["answers"][0] == revision

    stands = asked.fields.get("answers") or {}
    assert stands == {name: fields.fields[name] for name in NAMES if fields.fields.get(name)}
    assert alike(asked.fields["conflicts"]) == alike(fields.fields["conflicts"])
    for name in NAMES:
        one = elements.element("answers", name)
        assert last_touched(asked, one) == last_touched(fields, name)


def test_two_people_who_answer_two_questions_are_both_right():
    end = play(
        edit("ben", 1, {"/data/a": "1"}, {}),
        edit("eva", 1, {"/data/d": "2"}, {}),
        first=born(answers=None),
    )

    assert end.fields["answers"] == {"/data/a": "1", "/data/d": "2"}
    assert end.fields["conflicts"] == {}


def test_two_answers_to_one_question_wait_for_a_person_and_all_else_goes_on():
    end = play(
        edit("ben", 1, {"/data/a": "1"}, {}),
        edit("eva", 1, {"/data/a": "2", "/data/d": "2"}, {}),
    )

    assert end.fields["answers"] == {"/data/a": "1", "/data/d": "2"}
    assert rivals(end, "answers:/data/a") == {"eva": "2"}


def test_what_stands_is_chosen_by_saying_it_again():
    conflict = play(edit("ben", 1, {"/data/a": "1"}, {}), edit("eva", 1, {"/data/a": "2"}, {}))
    stands = conflict.fields["answers"]

    silent = play(edit("ama", 3, stands, stands), first=conflict)
    was = elements.before_settling("answers", "/data/a", stands)
    settled = play(edit("ama", 3, stands, was), first=conflict)

    assert rivals(silent, "answers:/data/a") == {"eva": "2"}
    assert settled.fields["conflicts"] == {}
    assert settled.fields["answers"] == stands


def test_an_answer_of_before_the_record_had_a_history_is_known_to_be_its_authors():
    end = play(
        edit("ben", 0, {"/data/a": "2"}, {"/data/a": "1"}), first=born(answers={"/data/a": "1"})
    )

    assert end.fields["answers"] == {"/data/a": "1"}
    assert rivals(end, "answers:/data/a") == {"ben": "2"}


def test_two_people_who_write_about_two_members_of_a_family_are_both_right():
    first = born(answers=AGES)
    end = play(
        edit("ben", 1, AGES | {"/data/m[1]/age": "42"}, AGES),
        edit("eva", 1, AGES | {"/data/m[2]/age": "8"}, AGES),
        first=first,
    )

    assert end.fields["answers"] == {"/data/m[1]/age": "42", "/data/m[2]/age": "8"}
    assert end.fields["conflicts"] == {}


def test_who_takes_a_member_away_does_not_give_their_age_to_another():
    """The numbers mean other people then: both versions wait whole, neither is torn."""
    first = born(answers=AGES)
    end = play(
        edit("ben", 1, {"/data/m[1]/age": "7"}, AGES),
        edit("eva", 1, AGES | {"/data/m[1]/age": "42"}, AGES),
        first=first,
    )

    assert end.fields["answers"] == {"/data/m[1]/age": "7"}
    assert rivals(end, "answers:/data/m[]") == {"eva": AGES | {"/data/m[1]/age": "42"}}


def test_what_is_said_of_a_member_is_not_said_of_who_has_their_number_now():
    """Ben takes the mother away and her son gets the number 1; Eva wrote that she works."""
    first = born(answers=AGES)
    end = play(
        edit("ben", 1, {"/data/m[1]/age": "7"}, AGES),
        edit("eva", 1, AGES | {"/data/m[1]/job": "works"}, AGES),
        first=first,
    )

    assert end.fields["answers"] == {"/data/m[1]/age": "7"}
    assert rivals(end, "answers:/data/m[]") == {"eva": AGES | {"/data/m[1]/job": "works"}}


def test_two_ages_of_one_member_wait_for_a_person():
    first = born(answers=AGES)
    end = play(
        edit("ben", 1, AGES | {"/data/m[1]/age": "42"}, AGES),
        edit("eva", 1, AGES | {"/data/m[1]/age": "43"}, AGES),
        first=first,
    )

    assert end.fields["answers"]["/data/m[1]/age"] == "42"
    assert rivals(end, "answers:/data/m[]") == {"eva": AGES | {"/data/m[1]/age": "43"}}


def test_who_told_a_restored_server_of_an_answer_is_known_when_the_author_tells_of_the_record():
    told = born(answers={"/data/a": "1"})
    told = msgspec.structs.replace(told, touched={BORN: (1, "")})
    made = Change(
        kind="filled_form", record=RECORD, district="1", by="ama", at=AT, fields={"title": "x"}
    )

    after = _with_author(told, made, 7)

    assert after.touched[BORN] == (7, "ama")
    assert last_touched(after, "answers:/data/a") == (1, "")


def test_where_consent_ends_no_answer_about_people_stands_or_waits():
    first = born(**CONSENT, personal={"/data/name": "Гүлсім"}, answers={"/data/size": "4"})
    conflict = play(
        edit("ben", 1, {"/data/name": "Болат"}, {"/data/name": "Гүлсім"}, "personal"),
        edit("eva", 1, {"/data/name": "Қанат"}, {"/data/name": "Гүлсім"}, "personal"),
        first=first,
    )
    assert rivals(conflict, "personal:/data/name") == {"eva": "Қанат"}

    ended = Change(
        kind="filled_form",
        record=RECORD,
        district="1",
        base=1,
        by="ama",
        at=AT,
        fields={"consent_ended": "2026-11-20"},
    )
    end = play(ended, first=conflict)

    assert not end.fields["personal"]
    assert end.fields["conflicts"] == {}
    assert end.fields["answers"] == {"/data/size": "4"}


def test_who_tells_a_lost_record_again_takes_no_answer_away():
    whole = msgspec.structs.replace(edit("ben", 1, {"/data/a": "1"}, {}), was={}, whole=True)

    end = play(whole, first=born(answers={"/data/d": "2"}))

    assert end.fields["answers"] == {"/data/a": "1", "/data/d": "2"}


paths = st.text("ab/[]12:", max_size=8)


@given(st.dictionaries(paths, st.text(max_size=3), max_size=6))
def test_what_is_taken_apart_goes_together_again(answers):
    values = {"form": "1", "answers": answers or None, "personal": None}

    again = elements.together("filled_form", elements.apart("filled_form", values))

    assert again.get("answers") == (answers or None)
    assert again["form"] == "1"
