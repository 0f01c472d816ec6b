"""The figures that R's survey and sae give for the tables of tests/golden/ratings, digit by digit."""

import csv
from pathlib import Path

import pytest

from desktop.surveys.ratings.design import LONELY, Design
from desktop.surveys.ratings.differences import less
from desktop.surveys.ratings.estimates import Estimate, domains, whole
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.quantiles import beta_quantile, t_beyond, t_quantile
from desktop.surveys.ratings.sample import tally
from desktop.surveys.ratings.small_areas import fit
from desktop.surveys.ratings.tables import read_margin, read_table

GOLDEN = Path(__file__).parents[3] / "golden" / "ratings"
SAID = [line.split("\t") for line in (GOLDEN / "r.tsv").read_text(encoding="utf-8").splitlines()]
EXACT = pytest.approx

SRS = {"fpc": "fpc"}
STRATA = {"stratum": "stype", "weight": "pw", "fpc": "fpc"}
CLUSTERS = {"psu": "dnum", "weight": "pw", "fpc": "fpc"}
MADE = {"stratum": "stratum", "psu": "psu", "weight": "weight"}
TYPES, WIDE = ("stype", "stype.csv"), ("sch.wide", "wide.csv")
AGE, SEX = ("age", "age.csv"), ("sex", "sex.csv")

# {case of make.R: (table, answers, columns, margins)}
CASES = {
    "srs": ("apisrs", "api00", SRS, []),
    "strat": ("apistrat", "api00", STRATA, []),
    "clus1": ("apiclus1", "api00", CLUSTERS, []),
    "clus2": ("apiclus2", "api00", CLUSTERS, []),
    "clus2 enroll": ("apiclus2", "enroll", CLUSTERS, []),
    "strat by stype": ("apistrat", "api00", STRATA | {"domain": "stype"}, []),
    "clus1 by stype": ("apiclus1", "api00", CLUSTERS | {"domain": "stype"}, []),
    "clus1 post": ("apiclus1", "api00", CLUSTERS, [TYPES]),
    "clus1 post by wide": ("apiclus1", "api00", CLUSTERS | {"domain": "sch.wide"}, [TYPES]),
    "clus1 rake()": ("apiclus1", "api00", CLUSTERS, [TYPES, WIDE]),
    "clus1 rake": ("apiclus1", "api00", CLUSTERS, [TYPES, WIDE]),
    "clus1 rake by stype": ("apiclus1", "api00", CLUSTERS | {"domain": "stype"}, [TYPES, WIDE]),
    "made post": ("made", "y", MADE | {"fpc": "fpc"}, [AGE]),
    "made post by sex": ("made", "y", MADE | {"fpc": "fpc", "domain": "sex"}, [AGE]),
    "made rake": ("made", "y", MADE | {"fpc": "fpc"}, [AGE, SEX]),
    "made rake by age": ("made", "y", MADE | {"fpc": "fpc", "domain": "age"}, [AGE, SEX]),
    "share clus1": ("apiclus1", "noell", CLUSTERS, []),
    "share strat": ("apistrat", "noell", STRATA, []),
    "share srs": ("apisrs", "noell", SRS, []),
    "share made": ("made", "glad", MADE | {"fpc": "fpc"}, []),
    "share made post": ("made", "glad", MADE | {"fpc": "fpc"}, [AGE]),
    "clus1 E-H": ("apiclus1", "api00", CLUSTERS | {"domain": "stype"}, []),
    "made f-m": ("made", "y", MADE | {"fpc": "fpc", "domain": "sex"}, []),
} | {
    f"made{kind} {how}": ("made", "y", MADE | columns, [])
    for how in ("remove", "adjust", "average", "certainty")
    for kind, columns in {"": {}, " fpc": {"fpc": "fpc"}, " by sex": {"domain": "sex"}}.items()
}


def design_of(case: str) -> Design:
    name, value, columns, files = CASES[case]
    table = read_table(
        GOLDEN / f"{name}.csv", {"value": value, **columns}, [column for column, _ in files]
    )
    margins: list[Margin] = [read_margin(GOLDEN / file, column) for column, file in files]
    last = case.split()[-1]
    return Design(tally(table.rows), margins, last if last in LONELY else "adjust")


def estimate(case: str, domain: str, **how: bool) -> Estimate:
    found = domains(design_of(case)) if domain else [whole(design_of(case), **how)]
    return next(one for one in found if one.domain == (domain or None))


def lines(*starts: str) -> list[list[str]]:
    return [line for line in SAID if line[0].split()[0] in starts]


@pytest.mark.parametrize(
    "said",
    [one for one in lines("srs", "strat", "clus1", "clus2", "made") if len(one) > 4],
    ids=lambda said: f"{said[0]} {said[1]}",
)
def test_means_are_those_of_r(said: list[str]) -> None:
    case, domain, mean, se, df, deff = said

    found = estimate(case, domain)

    close = 1e-8 if case == "clus1 rake()" else 1e-11  # rake() regresses in ten rounds
    assert found.mean == EXACT(float(mean), rel=close)
    assert found.se == EXACT(float(se), rel=close)
    assert found.df == int(df)
    assert found.deff == EXACT(float(deff), rel=1e-7)  # R's has a rounding of its own


@pytest.mark.parametrize("said", lines("share"), ids=lambda said: said[0])
def test_shares_have_the_interval_of_r(said: list[str]) -> None:
    case, _, mean, se, low, high = said

    found = estimate(case, "", share=True)

    close = 1e-9 if case != "share made post" else 1e-4  # R counts who did not answer there
    assert found.mean == EXACT(float(mean), rel=1e-11)
    assert found.se == EXACT(float(se), rel=1e-11)
    assert found.low == EXACT(float(low), rel=close)
    assert found.high == EXACT(float(high), rel=close)


@pytest.mark.parametrize("case", ["clus1 E-H", "made f-m"])
def test_differences_of_domains_have_the_standard_error_of_r(case: str) -> None:
    (said,) = (line for line in SAID if line[0] == case)
    design, (one, other) = design_of(case), case.split()[-1].split("-")

    a, b = design.score(one), design.score(other)

    assert a is not None
    assert b is not None
    assert a.mean - b.mean == EXACT(float(said[2]), rel=1e-11)
    spread = design.variance(less(a.totals, b.totals))
    assert spread**0.5 == EXACT(float(said[3]), rel=1e-11)


def test_quantiles_are_those_of_r() -> None:
    for _, df, quantile, below in lines("qt"):
        assert t_quantile(0.975, float(df)) == EXACT(float(quantile), rel=1e-11)
        assert t_beyond(2.1, float(df)) / 2 == EXACT(float(below), rel=1e-11)
    for _, a, b, low, high in lines("qbeta"):
        assert beta_quantile(0.025, float(a), float(b)) == EXACT(float(low), rel=1e-10)
        assert beta_quantile(0.975, float(a), float(b)) == EXACT(float(high), rel=1e-10)


@pytest.mark.parametrize("case", ["with", "alone"])
def test_small_areas_are_shrunk_as_by_sae(case: str) -> None:
    with (GOLDEN / "milk.csv").open(encoding="utf-8") as opened:
        areas = list(csv.DictReader(opened))
    kinds = ["2", "3", "4"] if case == "with" else []
    x = [[1.0, *(float(area["MajorArea"] == kind) for kind in kinds)] for area in areas]
    said = (GOLDEN / "fay_herriot.tsv").read_text(encoding="utf-8").splitlines()
    begins = said.index(case)

    model = fit(
        [float(area["yi"]) for area in areas], [float(area["SD"]) ** 2 for area in areas], x
    )

    assert model.between == EXACT(float(said[begins + 1]), rel=1e-9)
    for mean, error, line in zip(model.means, model.errors, said[begins + 2 :], strict=False):
        assert mean == EXACT(float(line.split("\t")[0]), rel=1e-10)
        assert error == EXACT(float(line.split("\t")[1]), rel=1e-9)


@pytest.mark.parametrize(
    ("case", "mean", "se"),
    [
        ("strat", "662.29", "9.4089"),  # the package's vignette “A survey analysis example”
        ("clus1", "644.17", "23.542"),
        ("clus1 post", "642.31", "23.92"),
        ("clus1 rake", "641.23", "23.704"),
    ],
)
def test_the_printed_examples_of_the_package_are_met(case: str, mean: str, se: str) -> None:
    found = estimate(case, "")

    assert f"{found.mean:.2f}" == mean
    assert f"{found.se:.5g}" == se
