"""A mean or a share with its standard error, its interval, and whether it may be published."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from desktop.surveys.ratings.design import Design, Scored
from desktop.surveys.ratings.proportions import korn_graubard
from desktop.surveys.ratings.publishing import reason, too_few_to_hide, would_tell
from desktop.surveys.ratings.quantiles import t_quantile
from desktop.surveys.ratings.sample import Row, tally
from desktop.surveys.ratings.suppression import Sum, hide
from sync.errors import UserError
from sync.language import mark

LEVEL = 0.95


@dataclass(frozen=True)
class Shrunk:
    """What a model of all areas makes of one: see desktop.surveys.ratings.small_areas.

    `trust` is the part that the area's own mean has in it; the rest is the model's.
    """

    mean: float
    se: float
    low: float
    high: float
    trust: float
    published: bool


@dataclass(frozen=True)
class Estimate:
    """A mean, unrounded. None where it cannot be told from so few answers.

    `asked` are those in the table, with an answer or without.
    """

    domain: str | None
    n: int
    mean: float | None
    se: float | None
    df: int
    low: float | None
    high: float | None
    deff: float | None
    n_effective: float | None
    published: bool
    why: UserError | None  # it is not published
    asked: int | None = None
    shrunk: Shrunk | None = None

    @property
    def response_rate(self) -> float | None:
        """The part of those who were asked that answered."""
        return self.n / self.asked if self.asked else None

    def as_row(self, language: str | None = None) -> dict[str, object]:
        """The same as plain values, the reason in words."""
        row = {**asdict(self), "why": self.why.words(language) if self.why else None}
        row["response_rate"] = self.response_rate
        if self.shrunk is None:
            del row["shrunk"]
        return row


def rate(
    rows: Iterable[Row], *, by_domain: bool = False, lonely: str = "adjust", level: float = LEVEL
) -> list[Estimate]:
    """Estimate the mean of all, or of each domain in alphabetical order.

    Raises UserError at answers, weights or numbers of PSUs that cannot be.
    """
    design = Design(tally(list(rows)), lonely=lonely)
    return domains(design, level=level) if by_domain else [whole(design, level=level)]


def whole(design: Design, *, share: bool = False, level: float = LEVEL) -> Estimate:
    """The mean of all."""
    return of_domain(design, None, share=share, level=level)


def domains(design: Design, *, share: bool = False, level: float = LEVEL) -> list[Estimate]:
    """The mean of each domain, in alphabetical order.

    Those that would tell one that is not published, beside the mean of all, are not published.
    """
    found = [of_domain(design, domain, share=share, level=level) for domain in design.domains]
    return keep_back(whole(design, share=share, level=level), found)


def keep_back(everyone: Estimate, parts: Sequence[Estimate]) -> list[Estimate]:
    """The parts of a whole, of which no hidden one can be reckoned from what is published."""
    figures = [*parts, everyone]
    people = {place: one.n for place, one in enumerate(figures)}
    hidden = {place for place, one in enumerate(figures) if not is_shown(one)}
    kept = hide(people, hidden, [Sum(len(parts), tuple(range(len(parts))))])
    return [withdrawn(one) if place in kept - hidden else one for place, one in enumerate(parts)]


def nobody(domain: str | None = None) -> Estimate:
    """What is known where nobody was asked."""
    return Estimate(
        domain=domain,
        n=0,
        mean=None,
        se=None,
        df=0,
        low=None,
        high=None,
        deff=None,
        n_effective=None,
        published=False,
        why=too_few_to_hide(),
        asked=0,
    )


def check_shares(rows: Iterable[Row]) -> None:
    """Raise UserError at an answer that is neither 0 nor 1."""
    for place, row in enumerate(rows, 1):
        if row.value not in (None, 0, 1):
            text = mark("Row {row}: a share is reckoned from 0 and 1, not from {found}.")
            raise UserError(text, row=place, found=f"{row.value:g}")


def is_shown(one: Estimate) -> bool:
    """Whether it is published, if only as the model's figure."""
    return one.published or (one.shrunk is not None and one.shrunk.published)


def withdrawn(one: Estimate) -> Estimate:
    """The same, kept back for another one's sake."""
    shrunk = replace(one.shrunk, published=False) if one.shrunk else None
    return replace(one, published=False, why=one.why or would_tell(), shrunk=shrunk)


def of_domain(
    design: Design, domain: str | None, *, share: bool = False, level: float = LEVEL
) -> Estimate:
    """The mean of a domain or a union of the design, or of all."""
    scored = design.score(domain)
    if scored is None:
        return _untold(domain, design, None)
    if scored.df < 1 or scored.n < 2:
        return _untold(domain, design, scored)
    variance = design.variance(scored.totals)
    se, deff = math.sqrt(variance), _design_effect(design, scored, variance)
    if share:
        low, high = korn_graubard(scored.mean, variance, scored.n, scored.df, level)
    else:
        reach = t_quantile((1 + level) / 2, scored.df) * se
        low, high = scored.mean - reach, scored.mean + reach
    n_effective = scored.n / deff if deff else float(scored.n)
    why = reason(scored.n, n_effective, se, scored.mean)
    return Estimate(
        domain=domain,
        n=scored.n,
        mean=scored.mean,
        se=se,
        df=scored.df,
        low=low,
        high=high,
        deff=deff,
        n_effective=n_effective,
        published=why is None,
        why=why,
        asked=scored.asked,
    )


def _design_effect(design: Design, scored: Scored, variance: float) -> float | None:
    """The variance as a multiple of that of as many people drawn one by one (Kish 1965).

    The simple sample is taken from the same finite population where its size is known (`fpc`).
    """
    simple = scored.spread / (scored.n - 1)
    if design.sample.there:
        simple *= max(0.0, 1 - scored.n / scored.weight)
    return variance / simple if simple > 0 else None


def _untold(domain: str | None, design: Design, scored: Scored | None) -> Estimate:
    """What cannot be told: nobody answered, or all who did are of one PSU of each stratum."""
    n = scored.n if scored else 0
    return replace(
        nobody(domain),
        n=n,
        mean=scored.mean if scored else None,
        why=reason(n, 0, 0, 1),
        asked=sum(group.asked for group in design.groups(domain)),
    )
