"""Areas with few answers lean on the others, and it is said how much."""

import math

import pytest

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.estimates import domains, keep_back, whole
from desktop.surveys.ratings.sample import Row, tally
from desktop.surveys.ratings.small_areas import fit, shrink
from sync.errors import UserError

MEANS = [(2.0, 60), (3.0, 60), (3.5, 60), (4.0, 60), (4.8, 12), (2.5, 5), (3.2, 60)]


def design() -> Design:
    return Design(
        tally(
            [
                Row(mean + (place % 3 - 1), domain=f"a{at}")
                for at, (mean, n) in enumerate(MEANS)
                for place in range(n)
            ]
        )
    )


def test_the_fewer_answers_the_more_an_area_is_drawn_to_the_others() -> None:
    raw = domains(design())

    found, between = shrink(raw)

    assert between > 0
    for one, before in zip(found, raw, strict=True):
        assert (one.mean, one.se) == (before.mean, before.se)  # the raw figure stays beside it
        assert abs(one.shrunk.mean - 3.2) <= abs(one.mean - 3.2) + 0.1
        assert one.shrunk.se < one.se * 1.1
    assert found[4].shrunk.trust < found[3].shrunk.trust
    assert found[4].as_row()["shrunk"]["mean"] == found[4].shrunk.mean


def test_a_shrunk_figure_of_ten_people_may_be_published_but_none_of_fewer() -> None:
    found, _ = shrink(domains(design()))

    assert not found[4].published
    assert found[4].shrunk.published
    assert not found[5].shrunk.published


def test_an_area_that_covers_another_shows_no_shrunk_figure_either() -> None:
    rows = [
        Row(mean + (place % 3 - 1), domain=f"a{at}")
        for at, (mean, n) in enumerate([(2.0, 60), (3.0, 50), (4.0, 60), (3.5, 60), (3.0, 6)])
        for place in range(n)
    ]
    drawn = Design(tally(rows))

    found = keep_back(whole(drawn), shrink(domains(drawn))[0])

    assert [one.published for one in found] == [True, False, True, True, False]
    assert [one.shrunk.published for one in found] == [True, False, True, True, False]


def test_areas_that_differ_by_chance_only_have_the_mean_of_all() -> None:
    model = fit([3.0, 3.1, 2.9, 3.0, 3.05], [0.25] * 5, [[1.0]] * 5)

    assert model.between == 0
    assert model.means == pytest.approx([3.01] * 5)
    # g1 = 0, g2 = ψ/m, 2·g3 = 2·ψ²·(2·ψ²/m)/ψ³
    assert model.errors == pytest.approx([0.25 / 5 + 4 * 0.25 / 5] * 5)


def test_equal_variances_have_the_solution_of_the_textbook() -> None:
    means, psi = [1.0, 2.0, 4.0, 5.0, 8.0], 0.5
    spread = sum((y - 4) ** 2 for y in means) / 4

    model = fit(means, [psi] * 5, [[1.0]] * 5)

    assert model.between == pytest.approx(spread - psi)  # REML and moments are the same then
    assert model.trust == pytest.approx([1 - psi / spread] * 5)


def test_covariates_explain_what_they_can() -> None:
    known = {f"a{at}": [mean] for at, (mean, _) in enumerate(MEANS)}

    found, between = shrink(domains(design()), known)

    assert between == 0
    assert all(math.isclose(one.shrunk.mean, one.mean, rel_tol=0.1) for one in found)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "no row for “a0”"),
        ({f"a{at}": [1.0] for at in range(7)}, "says the same"),
        ({f"a{at}": [at**p for p in (1, 2, 3, 4)] for at in range(7)}, "too few areas"),
    ],
)
def test_areas_that_nothing_can_be_learned_from_are_refused(
    known: dict[str, list[float]], words: str
) -> None:
    with pytest.raises(UserError) as caught:
        shrink(domains(design()), known)

    assert words in caught.value.words("en")
