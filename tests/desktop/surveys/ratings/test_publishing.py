"""No figure that is kept back can be reckoned from those that are shown."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.estimates import domains, whole
from desktop.surveys.ratings.publishing import SMALLEST_CELL
from desktop.surveys.ratings.sample import Row, tally
from desktop.surveys.ratings.suppression import Sum, hide, told

Cell = tuple[int, ...]


def solve(unknown: list[Cell], sums: list[Sum[Cell]]) -> set[Cell]:
    """An attacker of another make: tries whether two populations differ in a cell.

    A cell is safe if some direction of the unknown ones, which no equation sees, moves it: found by
    floating-point elimination of the other columns first.
    """
    found = set()
    for cell in unknown:
        others = [one for one in unknown if one != cell]
        rows = [
            [_sign(equation, one) for one in others] + [_sign(equation, cell)] for equation in sums
        ]
        at = 0
        for column in range(len(others)):
            pivot = next((i for i in range(at, len(rows)) if abs(rows[i][column]) > 1e-9), None)
            if pivot is None:
                continue
            rows[at], rows[pivot] = rows[pivot], rows[at]
            for i in range(at + 1, len(rows)):
                factor = rows[i][column] / rows[at][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[at], strict=True)]
            at += 1
        if any(abs(row[-1]) > 1e-9 for row in rows[at:]):
            found.add(cell)
    return found


def _sign(equation: Sum[Cell], cell: Cell) -> float:
    return -1.0 if cell == equation.whole else float(cell in equation.parts)


def table(rows: int, columns: int) -> list[Sum[Cell]]:
    """Cells of districts by sexes with all their totals; () is the total of all."""
    inside = [Sum((r,), tuple((r, c) for c in range(columns))) for r in range(rows)]
    inside += [Sum((-1, c), tuple((r, c) for r in range(rows))) for c in range(columns)]
    inside.append(Sum((), tuple((r,) for r in range(rows))))
    return [*inside, Sum((), tuple((-1, c) for c in range(columns)))]


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    rows, columns = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    sums = table(rows, columns)
    numbers = st.integers(0, 60)
    people: dict[Cell, int] = {(r, c): draw(numbers) for r in range(rows) for c in range(columns)}
    for one in sums[:-1]:
        people[one.whole] = sum(people[part] for part in one.parts)
    return people, sums


@given(tables())
def test_whoever_solves_the_equations_finds_no_hidden_cell(
    given_table: tuple[dict[Cell, int], list[Sum[Cell]]],
) -> None:
    people, sums = given_table
    small = {cell for cell, number in people.items() if number < SMALLEST_CELL}

    kept = hide(people, small, sums)

    assert small <= kept
    assert not solve(list(kept), sums)
    for one in sums:
        unknown = [part for part in one.parts if part in kept]
        if one.whole not in kept and unknown:
            assert sum(people[part] for part in unknown) >= SMALLEST_CELL


@given(tables())
def test_two_attackers_of_different_make_find_the_same(
    given_table: tuple[dict[Cell, int], list[Sum[Cell]]],
) -> None:
    people, sums = given_table
    hidden = [cell for cell, number in people.items() if number % 3 == 0]

    assert told(hidden, sums) == solve(hidden, sums)


def test_nothing_more_is_hidden_than_has_to_be() -> None:
    people = {1: 4, 2: 8, 3: 40, 4: 50, 0: 102}
    sums = [Sum(0, (1, 2, 3, 4))]

    assert hide(people, {1, 2}, sums) == {1, 2}  # twelve people together
    assert hide(people, {1}, sums) == {1, 2}
    assert hide({**people, 2: 40}, {1}, sums) == {1, 2}
    assert hide(people, {1, 0}, sums) == {1, 0}  # without the total nothing follows
    assert hide(people, set(), sums) == set()
    assert hide({**people, 1: 4, 2: 3}, {1, 2}, sums) == {1, 2, 3}  # seven people together


def people_of(**sizes: int) -> list[Row]:
    return [
        Row(4.0 + place % 2, domain=name) for name, size in sizes.items() for place in range(size)
    ]


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ({"aA": 4, "aB": 20, "bA": 20}, {"a", "aA", "b", "bA"}),
        ({"aA": 20, "aB": 6, "bA": 45, "cB": 12}, {"a", "aB", "c", "cB"}),
    ],
)
def test_what_follows_by_way_of_others_is_kept_back_one_figure_at_a_time(
    parts: dict[str, int], kept: set[str]
) -> None:
    """Districts a, b, c and officials A, B: more would do as well, and would be lost for nothing."""
    names = sorted({name for part in parts for name in part}, key=str.swapcase)
    people = {name: sum(parts[one] for one in parts if name in one) for name in names}
    people |= {**parts, "": sum(parts.values())}
    sums = [Sum(name, tuple(one for one in parts if name in one)) for name in names]
    sums += [Sum("", tuple(filter(sort, names))) for sort in (str.islower, str.isupper)]

    assert hide(people, {one for one, many in people.items() if many < 10}, sums) == kept


def test_a_sound_figure_is_kept_back_where_it_would_tell_another() -> None:
    design = Design(tally(people_of(a=9, b=60, c=40)))

    found = {one.domain: one for one in domains(design)}

    assert whole(design).published
    assert {name for name, one in found.items() if one.published} == {"b"}
    assert "recognised" in found["a"].why.words("en")
    assert "could be reckoned from it" in found["c"].why.words("en")


def test_no_mean_of_a_hidden_domain_follows_from_the_published_ones() -> None:
    for sizes in combinations((5, 9, 12, 31, 40, 80), 4):
        names = dict(zip("abcd", sizes, strict=True))
        design = Design(tally(people_of(**names)))

        hidden = [one for one in domains(design) if not one.published]

        assert len(hidden) != 1 or not whole(design).published
        assert not hidden or sum(one.n for one in hidden) >= SMALLEST_CELL


def test_the_part_of_those_asked_who_answered_stands_beside_the_figure() -> None:
    rows = [*people_of(a=40), *(Row(None, domain="a") for _ in range(10))]

    (found,) = domains(Design(tally(rows)))

    assert (found.asked, found.n, found.response_rate) == (50, 40, 0.8)
    assert found.as_row()["response_rate"] == 0.8
