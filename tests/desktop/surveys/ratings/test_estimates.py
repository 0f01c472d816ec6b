"""Estimates against references worked out by hand, and the rule of publication."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.ratings.estimates import rate
from desktop.surveys.ratings.quantiles import t_quantile
from desktop.surveys.ratings.sample import Row
from sync.errors import UserError


@pytest.mark.parametrize(
    ("df", "value"),
    [
        (1, 12.706204736),
        (2, 4.302652730),
        (10, 2.228138852),
        (30, 2.042272456),
        (1000, 1.962339081),
    ],
)
def test_quantiles_are_those_of_the_printed_tables(df: int, value: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(value, abs=1e-9)


def test_a_simple_sample_has_the_textbook_standard_error() -> None:
    (found,) = rate(Row(value) for value in (1.0, 2.0, 3.0, 4.0))

    assert found.mean == 2.5
    assert found.se == pytest.approx(sqrt(Fraction(5, 3) / 4))  # s²/n with s² = 5/3
    assert found.df == 3
    assert found.deff == pytest.approx(1)
    assert found.high - found.mean == pytest.approx(3.182446305 * found.se, abs=1e-8)


def test_a_census_has_no_sampling_error() -> None:
    (found,) = rate(Row(value, fpc=3) for value in (1.0, 2.0, 6.0))

    assert found.se == 0


def test_strata_are_weighted_by_their_size() -> None:
    rows = [Row(v, stratum="a", fpc=10) for v in (1.0, 3.0)]
    rows += [Row(v, stratum="b", fpc=30) for v in (10.0, 12.0, 14.0)]

    (found,) = rate(rows)

    # (10·2 + 30·12)/40; Σ (N_h/N)² (1 − n_h/N_h) s_h²/n_h with s² = 2 and 4 (Cochran 1977, 5.3)
    assert found.mean == pytest.approx(9.5)
    variance = Fraction(1, 16) * Fraction(8, 10) * 1 + Fraction(9, 16) * Fraction(
        9, 10
    ) * Fraction(4, 3)
    assert found.se == pytest.approx(sqrt(variance))
    assert found.df == 3


def test_clusters_count_as_one_draw_each() -> None:
    rows = [Row(v, psu="a") for v in (1.0, 2.0)] + [Row(v, psu="b") for v in (5.0, 6.0, 7.0)]
    rows += [Row(9.0, psu="c")]

    (found,) = rate(rows)

    # ȳ = 5; totals of (y − ȳ)/6: −7/6, 3/6, 4/6; V = 3/2 · Σ t² (their mean is 0)
    assert found.mean == pytest.approx(5)
    assert found.se == pytest.approx(sqrt(1.5 * (49 + 9 + 16) / 36))
    assert found.df == 2


def test_the_same_psu_name_in_two_strata_is_two_units() -> None:
    rows = [
        Row(float(i), stratum=s, psu=p)
        for i, (s, p) in enumerate([("x", "1"), ("x", "2"), ("y", "1"), ("y", "2")])
    ]

    (found,) = rate(rows)

    assert found.df == 2


def test_a_domain_keeps_the_rest_of_the_sample_in_its_variance() -> None:
    rows = [Row(v, domain="in") for v in (2.0, 4.0)] + [Row(0.0, domain="out") for _ in range(2)]

    found = rate(rows, by_domain=True)

    # scores ∓1/2, 0, 0; V = 4/3 · 1/2
    assert [one.domain for one in found] == ["in", "out"]
    assert found[0].se == pytest.approx(sqrt(2 / 3))
    assert (found[0].n, found[0].df) == (2, 1)


def test_places_without_anybody_of_a_domain_were_drawn_all_the_same() -> None:
    rows = [Row(4.0, stratum="a", psu="1", domain="in")]
    rows += [Row(9.0, stratum="a", psu=psu, domain="out") for psu in ("2", "3")]
    rows += [Row(1.0, stratum="b", psu=psu, domain="in") for psu in ("1", "2")]

    found = rate(rows, by_domain=True)[0]

    # scores 2/3, 0, 0 and −1/3, −1/3: V = 3/2 · (16 + 4 + 4)/81 + 0
    assert found.mean == pytest.approx(2)
    assert found.se == pytest.approx(2 / 3)


def test_those_who_did_not_answer_do_not_count() -> None:
    (found,) = rate([Row(1.0), Row(None), Row(3.0)])

    assert (found.n, found.mean) == (2, 2.0)


def test_a_lonely_psu_is_dealt_with_as_asked() -> None:
    rows = [Row(v, stratum="a", psu=p) for v, p in ((1.0, "1"), (2.0, "2"), (4.0, "3"))]
    rows += [Row(9.0, stratum="b", psu="1")]

    removed, adjusted, averaged = (
        rate(rows, lonely=how)[0].se for how in ("remove", "adjust", "average")
    )

    assert averaged == pytest.approx(removed * sqrt(2))
    assert adjusted > averaged > removed > 0


def why(rows: list[Row]) -> str:
    (found,) = rate(rows)
    assert found.published is (found.why is None)
    return found.why.words("en") if found.why else ""


def test_only_figures_that_can_be_defended_are_published() -> None:
    alike = [Row(4.0 + i % 2) for i in range(30)]

    assert why(alike) == ""
    assert "30 people" in why(alike[:29])
    assert "recognised" in why(alike[:9])
    assert "too rough" in why([Row(float(i == 0)) for i in range(30)])
    assert "close together" in why([Row(float(i % 4), psu=str(i % 4)) for i in range(80)])
    assert "recognised" in why([])


@pytest.mark.parametrize(
    "rows",
    [
        [Row(1.0, weight=0), Row(2.0, weight=1)],
        [Row(1.0, weight=float("nan")), Row(2.0, weight=1)],
        [Row(1.0, fpc=1), Row(2.0, fpc=1)],
        [Row(1.0, fpc=5), Row(2.0, fpc=6)],
        [Row(1.0, fpc=5), Row(2.0, stratum="b")],
    ],
)
def test_impossible_designs_are_refused(rows: list[Row]) -> None:
    with pytest.raises(UserError):
        rate(rows)


@given(
    st.lists(
        st.tuples(st.floats(-9, 9), st.floats(0.1, 9), st.sampled_from("abcd")),
        min_size=2,
        max_size=30,
    ),
    st.floats(0.1, 10),
    st.floats(-5, 5),
)
def test_scaling_weights_changes_nothing_and_shifting_values_only_the_mean(
    people: list[tuple[float, float, str]], factor: float, shift: float
) -> None:
    (plain,) = rate(Row(v, weight=w, psu=p) for v, w, p in people)
    (moved,) = rate(Row(v + shift, weight=w * factor, psu=p) for v, w, p in people)

    assert moved.mean == pytest.approx(plain.mean + shift, abs=1e-9)
    assert moved.n == plain.n
    if plain.se is not None:
        assert moved.se == pytest.approx(plain.se, abs=1e-9)
