"""Weights that are fitted to a census, and what that takes from the variance."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.estimates import whole
from desktop.surveys.ratings.margins import Joined, Margin
from desktop.surveys.ratings.sample import Row, tally
from sync.errors import UserError

SEX = Margin("sex", {"f": 300, "m": 200})
AGE = Margin("age", {"young": 150, "middle": 200, "old": 150})


def people(**numbers: int) -> list[Row]:
    """So many of each, answers 1, 2, 3, 1…"""
    return [
        Row(1.0 + place % 3, cells=(name,)) for name, n in numbers.items() for place in range(n)
    ]


def test_cells_are_weighted_by_the_census_and_their_scatter_alone_counts() -> None:
    rows = [Row(v, cells=("f",)) for v in (1.0, 2.0, 3.0, 1.0, 3.0)]
    rows += [Row(v, cells=("m",)) for v in (4.0, 5.0, 6.0, 4.0, 6.0)]

    found = whole(Design(tally(rows), [SEX]))

    # 0.6·2 + 0.4·5; residuals within cells are ∓1, 0 with Σ = 4 each, ten people, g/W = 0.6/5, 0.4/5
    assert found.mean == pytest.approx(3.2)
    assert found.se == pytest.approx((10 / 9 * (0.12**2 * 4 + 0.08**2 * 4)) ** 0.5)


def test_a_cell_of_fewer_than_five_is_joined_to_its_neighbour_and_that_is_said() -> None:
    design = Design(tally(people(young=4, middle=20, old=20)), [AGE])
    joined = Design(
        tally([*people(middle=4), *people(middle=20, old=20)]),
        [Margin("age", {"middle": 350, "old": 150})],
    )

    assert design.fit.joined == [Joined("age", "young", "middle")]
    assert whole(design).mean == pytest.approx(whole(joined).mean)
    assert Design(tally(people(young=5, middle=20, old=20)), [AGE]).fit.joined == []


def test_the_last_cell_is_joined_backwards_and_joined_ones_go_on() -> None:
    last = Design(tally(people(young=20, middle=20, old=4)), [AGE]).fit
    both = Design(tally(people(young=1, middle=2, old=9)), [AGE]).fit

    assert last.joined == [Joined("age", "old", "middle")]
    assert both.joined == [Joined("age", "young", "middle"), Joined("age", "middle", "old")]
    assert both.cell(("young",)) == ("old",)


@given(
    st.lists(
        st.tuples(st.sampled_from("fm"), st.sampled_from(list(AGE.counts)), st.floats(0.5, 9)),
        min_size=40,
        max_size=60,
    )
)
def test_raked_weights_have_the_counts_of_all_margins(
    drawn: list[tuple[str, str, float]],
) -> None:
    rows = [Row(1.0, w, cells=(sex, age)) for sex, age, w in drawn]
    rows += [Row(1.0, 1, cells=(sex, age)) for sex in "fm" for age in AGE.counts for _ in range(5)]
    fit = Design(tally(rows), [SEX, AGE]).fit

    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        for value in row.cells:
            sums[value] += (row.weight or 0) * fit.factor(row.cells)

    assert fit.joined == []
    assert sums == pytest.approx({**SEX.counts, **AGE.counts}, rel=1e-9)


@pytest.mark.parametrize(
    ("rows", "margins", "words"),
    [
        (people(f=9, m=9, x=9), [SEX], "“x” of the column “sex” has no count"),
        (people(f=9, m=9, x=9), [Margin("sex", {**SEX.counts, "x": 0})], "“x” of the column"),
        (people(f=9), [SEX], "Nobody in the sample has “m”"),
        (
            [Row(1.0, cells=(s, s)) for s in "fm" for _ in range(9)],
            [SEX, Margin("again", {"f": 200, "m": 300})],
            "cannot be fitted",
        ),
        (
            [Row(1.0, cells=(s, s)) for s in "fm" for _ in range(9)],
            [SEX, Margin("again", {"f": 306, "m": 200})],
            "different populations: 500 and 506",
        ),
    ],
)
def test_margins_that_do_not_fit_the_sample_are_refused(
    rows: list[Row], margins: list[Margin], words: str
) -> None:
    with pytest.raises(UserError) as caught:
        Design(tally(rows), margins)

    assert words in caught.value.words("en")


def test_a_census_may_be_rounded_and_a_value_that_nobody_has_may_stand_in_it() -> None:
    rows = [Row(float(i % 4), cells=("fm"[i % 2], "ab"[i % 3 == 0])) for i in range(60)]
    rounded = Margin("side", {"a": 301, "b": 200, "c": 0})

    fit = Design(tally(rows), [SEX, rounded]).fit

    assert sum(fit.factor(row.cells) for row in rows) == pytest.approx(500)
