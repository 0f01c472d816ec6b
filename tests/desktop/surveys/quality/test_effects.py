"""Interviewers who get other answers than the rest: found where it is them, not where it is a place."""

import random

from desktop.surveys.quality import effects as effects_of
from desktop.surveys.quality.effects import effects
from desktop.surveys.quality.interviews import Interviews

EACH = 40


def wave(odd: str = "", seed: int = 1, names: int = 10, **options: object) -> Interviews:
    """`odd`: what i3 does. `villages` is how far each interviewer's place differs."""
    chance = random.Random(seed)
    villages = float(options.pop("villages", 0))  # type: ignore[arg-type]
    rows = [f"i{n}" for n in range(names) for _ in range(EACH)]
    place = {
        (name, item): chance.gauss(0, villages) for name in sorted({*rows}) for item in range(12)
    }
    items: dict[str, list[str]] = {f"q{n}": [] for n in range(12)}
    for name in rows:
        unsure = 0.4 if odd == "unsure" and name == "i3" else 0.05
        for n, answers in enumerate(items.values()):
            leaning = 0.5 + place[name, n]
            if name == "i3" and odd == "filter" and n == 0:
                leaning = -9.0
            if name == "i3" and odd == "everywhere":
                leaning += 0.75 * (-1) ** n
            if chance.random() < unsure:
                answers.append("dk")
            elif n < 6:
                answers.append("yes" if chance.gauss(0, 1) < leaning else "no")
            else:
                answers.append(str(min(5, max(1, round(3 + leaning + chance.gauss(0, 1))))))
    return Interviews(
        interviewers=rows,
        items=items,
        dont_know=frozenset({"dk"}),
        **options,  # type: ignore[arg-type]
    )


def test_who_always_says_no_at_the_filter_is_named_with_the_question():
    flags = effects(wave("filter"))

    assert {(flag.interviewer, flag.check) for flag in flags} == {("i3", "answers")}
    (flag,) = flags
    assert "q0" in str(flag.text)
    assert len(flag.rows) == EACH


def accused(**options: object) -> int:
    """Interviewers of whom something is said, in three waves of 20."""
    waves = [wave(seed=seed, names=20, **options) for seed in range(3)]  # type: ignore[arg-type]
    return sum(len({flag.interviewer for flag in effects(data)}) for data in waves)


def test_honest_interviewers_are_hardly_ever_accused():
    assert accused() <= 3


def test_villages_with_opinions_are_not_taken_for_interviewers(monkeypatch):
    """What is measured is how far the middle one is off; a plain test accuses every second one."""
    assert accused(villages=0.5) <= 5

    monkeypatch.setattr(effects_of, "inflation", lambda _: 1.0)
    monkeypatch.setattr(effects_of, "centred", dict)

    assert accused(villages=0.5) > 20


def test_somebody_far_off_does_not_make_the_others_look_odd():
    data = wave("unsure", names=10)

    flags = effects(data)

    assert {flag.interviewer for flag in flags if flag.check == "dont_know"} == {"i3"}


def test_answers_that_are_a_little_off_everywhere_are_seen_together():
    flags = effects(wave("everywhere", names=30))

    assert ("all_questions", "i3") in {(flag.check, flag.interviewer) for flag in flags}


def test_one_question_does_not_decide_over_all():
    flags = effects(wave("filter", names=30))

    assert {flag.check for flag in flags if flag.interviewer == "i3"} == {"answers"}


def test_a_few_interviewers_are_not_compared():
    assert effects(wave("unsure", names=4)) == []


def test_a_stratum_is_compared_with_itself():
    """All that is odd about i3's village is true of its neighbour's as well."""
    data = wave("filter", names=20)
    for row in data.rows_of["i4"]:
        data.items["q0"][row] = "no"  # type: ignore[index]
    strata = ["far" if name in ("i3", "i4") else "near" for name in data.interviewers]

    inside = Interviews(
        interviewers=data.interviewers, items=data.items, dont_know=data.dont_know, strata=strata
    )

    assert {flag.check for flag in effects(inside)} <= {"all_questions"}
    assert {flag.interviewer for flag in effects(data)} >= {"i3", "i4"}


def test_those_beside_somebody_far_off_are_not_accused():
    """A quarter of their rest is made up, and all their answers differ from it alike."""
    data = wave(names=20)
    for item in ("q6", "q7", "q8", "q9", "q10", "q11"):
        for row in data.rows_of["i3"]:
            data.items[item][row] = "1"  # type: ignore[index]
    strata = [f"of {int(name[1:]) // 5}" for name in data.interviewers]
    apart = Interviews(
        interviewers=data.interviewers, items=data.items, dont_know=data.dont_know, strata=strata
    )

    assert {flag.interviewer for flag in effects(apart)} == {"i3"}


def test_who_is_alone_in_a_stratum_is_not_compared():
    data = wave("filter")
    strata = data.interviewers

    alone = Interviews(interviewers=data.interviewers, items=data.items, strata=strata)

    assert effects(alone) == []


def test_marks_that_are_all_in_the_middle_are_seen_though_their_mean_is_right():
    data, chance = wave(names=20), random.Random(2)
    for row, name in enumerate(data.interviewers):
        data.items["q8"][row] = "3" if name == "i3" else chance.choice("12345")  # type: ignore[index]

    assert {flag.interviewer for flag in effects(data) if flag.check == "answers"} == {"i3"}
