"""Interviews that are too much like one another, whatever their middle."""

import random

from desktop.surveys.quality.evenness import evenness
from desktop.surveys.quality.interviews import Interviews

EACH = 30


def wave(scatter: float = 1.0, middle: float = 0.0) -> Interviews:
    """People's content scatters by 1; that of i3's by `scatter` around `middle`."""
    chance = random.Random(1)
    rows = [f"i{n}" for n in range(10) for _ in range(EACH)]
    items: dict[str, list[str]] = {f"q{n}": [] for n in range(8)}
    for name in rows:
        odd = name == "i3"
        content = middle + scatter * chance.gauss(0, 1) if odd else chance.gauss(0, 1)
        for answers in items.values():
            answers.append(str(min(5, max(1, round(3 + content + chance.gauss(0, 0.8))))))
    return Interviews(interviewers=rows, items=items)


def test_people_who_are_all_equally_content_are_flagged():
    (flag,) = evenness(wave(scatter=0.1))

    assert (flag.check, flag.interviewer, len(flag.rows)) == ("evenness", "i3", EACH)


def test_a_village_that_is_more_content_is_not():
    assert list(evenness(wave(middle=1.0))) == []


def test_people_who_differ_more_than_elsewhere_are_not():
    assert list(evenness(wave(scatter=2.5))) == []


def test_people_as_everywhere_are_not():
    assert list(evenness(wave())) == []


def test_a_few_marks_tell_nothing_of_a_person():
    data = wave(scatter=0.1)
    few = {item: data.items[item] for item in ("q0", "q1", "q2")}

    assert list(evenness(Interviews(interviewers=data.interviewers, items=few))) == []
