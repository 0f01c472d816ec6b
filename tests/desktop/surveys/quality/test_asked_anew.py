import random
from collections import Counter

from desktop.surveys.quality.asked_anew import FEWEST, PEOPLE, apart, draw
from sync.language import speak


def test_a_tenth_of_the_okrugs_of_each_district_is_drawn_one_at_least():
    many = {f"o{n}": 30 for n in range(25)}
    drawn = draw({"d": many, "e": {"x": 400, "y": FEWEST - 1, "": 90}}, random.Random(1))

    assert len([okrug for okrug in drawn if okrug in many]) == 3
    assert drawn["x"] == 40
    assert {number for okrug, number in drawn.items() if okrug in many} == {PEOPLE}
    assert not {"y", ""} & drawn.keys()


def test_which_ones_are_drawn_is_chance():
    answers = {"d": {f"o{n}": 30 for n in range(10)}}
    seen = {next(iter(draw(answers, random.Random(seed)))) for seed in range(200)}

    assert len(seen) == 10


def wave(chance, yes, number=100, okrugs=20, questions=30):
    """Places that answer each question with this chance of a yes."""
    return {
        f"o{okrug}": {
            f"q{q}": Counter(
                "yes" if chance.random() < yes(okrug) else "no" for _ in range(number)
            )
            for q in range(questions)
        }
        for okrug in range(okrugs)
    }


def test_where_the_same_is_said_again_nothing_is_named():
    named = 0
    for seed in range(10):
        chance = random.Random(seed)
        named += bool(apart(wave(chance, lambda _: 0.4), wave(chance, lambda _: 0.4, PEOPLE)))

    assert named <= 2


def test_a_place_that_says_otherwise_is_named_with_the_answer_that_differs_most():
    chance = random.Random(3)
    first = wave(chance, lambda _: 0.4)
    second = wave(chance, lambda okrug: 0.9 if okrug == 7 else 0.4, PEOPLE)

    found = apart(first, second)

    assert {one.okrug for one in found} == {"o7"}
    assert len(found) > 5
    speak("en")
    assert "something may have happened" in found[0].text.words()
    assert abs(found[0].first - found[0].second) > 25


def test_too_few_and_unknown_places_are_not_compared():
    yes, no = {"q": Counter(yes=100)}, {"q": Counter(no=FEWEST - 1)}

    assert apart({"o": yes, "": yes}, {"o": no, "": {"q": Counter(no=100)}, "p": no}) == []
