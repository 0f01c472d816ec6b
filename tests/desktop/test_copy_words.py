"""What a check of the work found, in words: what is right by now stands apart from what is not."""

import pytest

from desktop.copy_words import repair_words, told_apart
from desktop.repair import Repair


@pytest.mark.parametrize(
    ("done", "right", "wrong"),
    [
        (Repair(photos=3), 1, 0),
        (Repair(photos=3, from_copies=1), 2, 0),
        (Repair(photos=3, from_server=1, lost=1), 2, 1),
        (Repair(file=["page 3"]), 0, 1),
    ],
)
def test_only_what_nobody_could_put_right_is_told_as_wrong(done, right, wrong):
    words, problem = told_apart(done)

    assert [len(words.splitlines()), len(problem.splitlines())] == [right, wrong]
    assert [*words.splitlines(), *problem.splitlines()] == list(repair_words(done))
