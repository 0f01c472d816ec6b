"""Who is compared with whom."""

from desktop.surveys.quality.compared import compare_answers, compare_means
from desktop.surveys.quality.interviews import Interviews

NAMES = [name for name in "abc" for _ in range(6)]


def wave(*columns: list[str], strata: list[str] | None = None) -> Interviews:
    items = {f"q{n}": column for n, column in enumerate(columns)}
    missing = frozenset({"dk"})
    return Interviews(interviewers=NAMES, items=items, strata=strata or [], dont_know=missing)


def sides(data: Interviews, *aside: str) -> dict[str, tuple[float, float]]:
    amounts = {row: {"a": 1.0, "b": 2.0, "c": 6.0}[name] for row, name in enumerate(NAMES)}
    found = compare_means(data, amounts, aside)
    return {name: (one.own, one.rest) for name, one in found.items()}


def test_each_is_compared_with_all_others():
    assert sides(wave()) == {"a": (1, 4), "b": (2, 3.5), "c": (6, 1.5)}


def test_who_is_aside_is_compared_but_nobodys_rest():
    assert sides(wave(), "c") == {"a": (1, 2), "b": (2, 1), "c": (6, 1.5)}


def test_the_rest_is_of_the_same_stratum():
    strata = ["x"] * 12 + ["y"] * 6

    assert sides(wave(strata=strata)) == {"a": (1, 2), "b": (2, 1)}


def test_what_was_not_said_is_no_answer():
    column = ["1", "2", "3"] * 6
    column[0:2] = ["dk", ""]

    by_mean, _ = compare_answers(wave(column), "q0")

    assert by_mean.keys() == {"b", "c"}  # a has four answers left


def test_who_cannot_say_has_no_other_opinion():
    data = Interviews(
        interviewers=[name for name in "ab" for _ in range(40)],
        items={"q": ["dk"] * 20 + ["yes", "no"] * 30},
        dont_know=frozenset({"dk"}),
    )

    (found,) = compare_answers(data, "q")

    assert found["a"].statistic == 0


def test_marks_are_compared_by_mean_and_by_distribution_amounts_by_mean():
    marks = [str(n % 3) for n in range(18)]
    amounts = [str(n * 7) for n in range(18)]
    mixed = [*marks[:-1], "as before"]
    data = wave(marks, amounts, ["yes", "no"] * 9, ["0", "1"] * 9, mixed)

    assert [len(list(compare_answers(data, f"q{n}"))) for n in range(5)] == [2, 1, 1, 1, 1]
