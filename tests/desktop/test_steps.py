"""The stack of what was done: what is on top, what is kept of it, and what is struck from it."""

from uuid import uuid4

import pytest

from desktop.steps import MOST, Own, Piece, Recording, Step, Steps, note_final, recording


def piece(**more):
    record = uuid4()
    said = {"before": {"state": "new"}, "after": {"state": "closed"}, "parent": None}
    return Piece(**{"kind": "issue", "record": record, "of": ("issue", "1"), **said, **more})


@pytest.fixture
def steps():
    return Steps()


def test_what_was_done_last_is_taken_first(steps):
    first, last = Step((piece(),)), Step((piece(),))
    steps.did(first)
    steps.did(last)

    assert [steps.take(), steps.take(), steps.take()] == [last, first, None]


def test_what_was_taken_back_is_done_again_until_something_else_is_done(steps):
    done, back = Step((piece(),)), Step((piece(),))
    steps.did(done)
    steps.undone(steps.take(), back)
    assert steps.to_redo.pieces == back.pieces
    assert steps.to_redo.origin is done

    steps.did(Step((piece(),)))

    assert steps.to_redo is None


def test_what_was_done_again_can_be_taken_back_and_is_called_as_at_first(steps):
    done = Step((piece(),))
    steps.did(done)
    steps.undone(steps.take(), Step((piece(),)))
    steps.redone(steps.take_again(), Step((piece(),)))

    assert steps.to_undo.origin is done


def test_one_is_taken_from_among_the_others_once(steps):
    first, second, last = (Step((piece(),)) for _ in range(3))
    for step in (first, second, last):
        steps.did(step)

    assert [steps.take(second), steps.take(second)] == [second, None]
    assert [steps.take(), steps.take()] == [last, first]


def test_no_more_than_a_hundred_are_kept(steps):
    for _ in range(MOST + 1):
        steps.did(Step((piece(),)))

    assert sum(steps.take() is not None for _ in range(MOST + 5)) == MOST


def test_what_was_erased_is_struck_with_its_parts_and_the_rest_of_the_step_stays(steps):
    gone, part, other = piece(), piece(), piece()
    part = piece(parent=gone.record)
    steps.did(Step((gone,)))
    steps.did(Step((gone, part, other)))
    steps.did(Step(own=Own("discarded", list, about=frozenset((gone.record,)))))
    steps.undone(Step((gone,)), Step((gone,)))

    steps.strike([gone.record])

    assert steps.to_redo is None
    assert steps.take() == Step((other,))
    assert steps.take() is None


def test_two_writings_of_a_record_are_one_piece():
    first = piece(before={"state": "new"}, after={"state": "in_work"})
    into = Recording()
    into.add([first, piece(record=first.record, before={"state": "in_work", "body": None},
                           after={"state": "closed", "body": "Әкімдік"})])  # fmt: skip

    [whole] = into.step().pieces

    assert whole.before == {"state": "new", "body": None}
    assert whole.after == {"state": "closed", "body": "Әкімдік"}


def test_what_stands_as_before_in_the_end_is_no_step():
    there = piece(before={"state": "new"}, after={"state": "closed"})
    into = Recording()
    into.add(
        [there, piece(record=there.record, before={"state": "closed"}, after={"state": "new"})]
    )
    made = piece(before=None, after={"state": "new"})
    into.add([made, piece(record=made.record, before={"removed": False}, after={"removed": True})])

    assert into.step() is None


def test_what_was_written_once_is_named_and_cannot_be_undone():
    assert not Step((piece(before=None, stays=True),)).undoable
    assert Step((piece(before=None, stays=True), piece())).undoable
    assert not Step(words="erased a record").undoable


def test_nothing_is_noted_where_no_command_runs():
    from desktop import steps as module

    assert not module.is_recording()
    with recording(Recording()):
        assert module.is_recording()
    assert not module.is_recording()


def test_of_what_is_done_for_good_only_the_words_are_kept():
    into = Recording(pieces={(one := piece()).record: one})
    with recording(into):
        note_final("burned")

    assert into.step() == Step(words="burned")
    assert not into.step().undoable
