"""What must hold for every design, and variances beside those of replicates."""

from collections import defaultdict
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.estimates import domains, whole
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.sample import Row, tally

SEX = Margin("sex", {"f": 300.0, "m": 200.0})
AGE = Margin("age", {"young": 220.0, "old": 280.0})


@st.composite
def samples(draw: st.DrawFn) -> list[Row]:
    """Rows of one to three strata; each cell has its five people."""
    strata = draw(st.integers(1, 3))
    rows = [
        Row(
            draw(st.none() | st.floats(-9, 9)),
            weight=draw(st.floats(0.1, 9)),
            stratum=str(draw(st.integers(1, strata))),
            psu=draw(st.sampled_from("abcd")),
            domain=draw(st.sampled_from("xy")),
            cells=(draw(st.sampled_from("fm")), draw(st.sampled_from(["young", "old"]))),
        )
        for _ in range(draw(st.integers(2, 12)))
    ]
    full = [
        Row(float(i), 1.0, str(i % strata + 1), "abcd"[i % 4], None, "xy"[i % 2], (sex, age))
        for sex in "fm"
        for age in AGE.counts
        for i in range(5)
    ]
    return rows + full


MARGINS = st.sampled_from([[], [SEX], [SEX, AGE]])


def figures(rows: list[Row], margins: list[Margin]) -> list[tuple[float, ...]]:
    """(mean, standard error, design effect) of all, then of each domain."""
    margins = margins or []
    cut = [replace(row, cells=row.cells[: len(margins)]) for row in rows]
    design = Design(tally(cut), margins)
    found = [whole(design), *domains(design)]
    return [(one.mean or 0.0, one.se or 0.0, one.deff or 0.0) for one in found]


def close(one: list[tuple[float, ...]], other: list[tuple[float, ...]]) -> bool:
    return all(a == pytest.approx(b, rel=1e-6, abs=1e-7) for a, b in zip(one, other, strict=True))


@given(samples(), MARGINS, st.floats(0.01, 100), st.floats(-50, 50), st.floats(0.1, 10))
def test_another_scale_or_another_nought_of_the_answers_is_the_same_rating(
    rows: list[Row], margins: list[Margin], weights: float, shift: float, scale: float
) -> None:
    moved = [
        replace(
            row,
            value=None if row.value is None else row.value * scale + shift,
            weight=(row.weight or 1) * weights,
        )
        for row in rows
    ]

    expected = [(m * scale + shift, se * scale, deff) for m, se, deff in figures(rows, margins)]

    assert close(figures(moved, margins), expected)


@given(samples(), MARGINS, st.randoms(use_true_random=False))
def test_the_order_of_rows_tells_nothing(
    rows: list[Row], margins: list[Margin], chance: Random
) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)

    assert close(figures(mixed, margins), figures(rows, margins))


@given(samples(), MARGINS)
def test_people_of_one_place_may_be_counted_together(
    rows: list[Row], margins: list[Margin]
) -> None:
    twice = [replace(row, weight=(row.weight or 1) / 2) for row in rows for _ in range(2)]

    for one, other in zip(figures(twice, margins), figures(rows, margins), strict=True):
        assert one[:2] == pytest.approx(other[:2], rel=1e-6, abs=1e-7)


@given(samples(), MARGINS)
def test_twice_the_places_alike_halve_the_variance_but_for_the_degrees_lost(
    rows: list[Row], margins: list[Margin]
) -> None:
    rows = [replace(row, stratum="") for row in rows]
    n = len({row.psu for row in rows})
    again = [*rows, *(replace(row, psu=f"{row.psu}'") for row in rows)]

    for (mean, se, _), (same, less, _) in zip(
        figures(rows, margins), figures(again, margins), strict=True
    ):
        assert same == pytest.approx(mean, abs=1e-9)
        assert less**2 == pytest.approx(se**2 * (n - 1) / (2 * n - 1), abs=1e-9)


def drawn(seed: int, strata: int = 2, places: int = 25) -> list[Row]:
    """A sample of many places of like size, whose replicates scatter little."""
    chance = Random(seed)
    rows = []
    for stratum in range(strata):
        for place in range(places):
            liking = chance.gauss(3 + stratum / 2, 0.5)
            for _ in range(chance.randint(8, 12)):
                sex, age = chance.choice("fm"), chance.choice(list(AGE.counts))
                rows.append(
                    Row(
                        liking + (sex == "f") + 0.7 * (age == "old") + chance.gauss(0, 1),
                        chance.uniform(1, 3),
                        str(stratum),
                        f"{stratum}-{place}",
                        None,
                        chance.choice("xy"),
                        (sex, age),
                    )
                )
    return rows


@pytest.mark.parametrize("margins", [[], [SEX], [SEX, AGE]], ids=["plain", "post", "raked"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_variance_is_that_of_replicates_without_one_place_each(
    margins: list[Margin], seed: int
) -> None:
    rows = drawn(seed)
    n = len({row.psu for row in rows if row.stratum == "0"})
    replicates: dict[str, list[list[float]]] = defaultdict(list)
    for stratum, psu in sorted({(row.stratum, row.psu or "") for row in rows}):
        left = [
            replace(row, weight=(row.weight or 1) * (n / (n - 1) if row.stratum == stratum else 1))
            for row in rows
            if row.psu != psu
        ]
        replicates[stratum].append([mean for mean, *_ in figures(left, margins)])

    for place, (mean, se, _) in enumerate(figures(rows, margins)):
        jackknife = sum(
            (n - 1) / n * (one[place] - mean) ** 2
            for means in replicates.values()
            for one in means
        )
        assert se**2 == pytest.approx(jackknife, rel=0.06)  # they agree to the order of 1/n
