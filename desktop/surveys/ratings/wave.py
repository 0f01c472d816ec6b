"""All figures of a wave, from how often each mark was given: by district, by official, by question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.differences import Difference, Rank, between, ranks
from desktop.surveys.ratings.drawn import Asked, Groups, Times, drawn
from desktop.surveys.ratings.estimates import Estimate, of_domain
from desktop.surveys.ratings.margins import Fit, Margin
from desktop.surveys.ratings.release import ALL, Cell, Figure, release


@dataclass(frozen=True)
class Weights:
    """What the answers are fitted to: the margins of a census, and where people stand in them."""

    margins: Sequence[Margin] = ()
    cells: Mapping[Asked, Groups] = field(default_factory=dict)


@dataclass(frozen=True)
class Designs:
    """One question: `officials` has a domain for each official in a district, and one for each
    official in all; `districts` one for each district, whoever was rated there."""

    officials: Design
    districts: Design

    def of(self, district: str, official: str) -> tuple[Design, str | None]:
        """The design and its domain for a figure."""
        if official == ALL:
            return self.districts, None if district == ALL else district
        return self.officials, _name(district, official)

    def estimate(self, district: str, official: str) -> Estimate:
        """The figure as it is, whether it may be told or not."""
        design, domain = self.of(district, official)
        return of_domain(design, domain)

    def is_alone(self, district: str, official: str) -> bool:
        """Whether answers count one by one there, if only those of a part."""
        design, domain = self.of(district, official)
        return any(isinstance(group.psu, int) for group in design.groups(domain))


@dataclass(frozen=True)
class WaveFigures:
    """`figures` of all districts and officials stand under `ALL`, unless there is only one."""

    figures: Mapping[Cell, Figure]
    designs: Mapping[str, Designs]  # {path of the question: …}

    def ranked(self, cells: Sequence[Cell]) -> dict[Cell, Rank]:
        """Those of one list that are published, ranked among each other. All are of one question."""
        found = self.figures
        told = [cell for cell in cells if cell in found and found[cell].estimate.published]
        if len(told) < 2:
            return {}
        designs = self.designs[told[0].question]
        design, _ = designs.of(told[0].district, told[0].official)
        names = {designs.of(cell.district, cell.official)[1] or "": cell for cell in told}
        return {names[rank.domain]: rank for rank in ranks(design, list(names))}


def rate_counted(
    counted: Mapping[Asked, Sequence[Times]],
    questions: Sequence[str],
    whole: str = "",
    weights: Weights | None = None,
) -> WaveFigures:
    """`counted` has Times for each of `questions`; `whole` is the one that sums up the others.

    Raises UserError where answers and weights do not fit each other.
    """
    weights = weights or Weights()
    fit: Fit | None = None
    designs: dict[str, Designs] = {}
    estimates: dict[Cell, Estimate] = {}
    for at, question in enumerate(questions):
        times = {asked: of_all[at] for asked, of_all in counted.items()}
        designs[question], fit = _designs(times, weights, fit)
        for place in _places(times):
            estimates[Cell(*place, question)] = designs[question].estimate(*place)
    found, shown = release(estimates, whole)
    return WaveFigures(
        {
            cell: Figure(one, cell in shown, designs[cell.question].is_alone(*cell[:2]))
            for cell, one in found.items()
        },
        designs,
    )


def changed(
    earlier: WaveFigures, later: WaveFigures, cell: Cell, was: Cell | None = None
) -> Difference | None:
    """The later figure less the earlier one, with its interval; None unless both are published.

    `was`: where the earlier one stands, if not in the same cell.
    """
    places = (earlier, was or cell), (later, cell)
    found = [wave.figures.get(one) for wave, one in places]
    if not all(one is not None and one.estimate.published for one in found):
        return None
    (old, before), (new, after) = (
        wave.designs[one.question].of(one.district, one.official) for wave, one in places
    )
    return between(old, old.score(before), new, new.score(after))


def _designs(
    times: Mapping[Asked, Times], weights: Weights, fit: Fit | None
) -> tuple[Designs, Fit]:
    unions: dict[str, set[str]] = defaultdict(set)
    for asked in times:
        unions[_name(ALL, asked.official)].add(_name(asked.district, asked.official))
    by_official = drawn(times, lambda one: _name(one.district, one.official), weights.cells)
    by_district = drawn(times, lambda one: one.district, weights.cells)
    fit = fit or Fit(by_official, weights.margins)  # to who was asked: the same for each question
    officials = Design(
        by_official, fit, unions={name: sorted(parts) for name, parts in unions.items()}
    )
    return Designs(officials, Design(by_district, fit)), fit


def _places(times: Mapping[Asked, Times]) -> list[tuple[str, str]]:
    """The district and the official of each figure; one of its sort alone is no part of another."""
    both = sorted({(asked.district, asked.official) for asked in times})
    districts, officials = ({one[at] for one in both} for at in (0, 1))
    found = []
    if len(districts) > 1:
        found += both
        if len(officials) > 1:
            found += [(district, ALL) for district in sorted(districts)]
    found += [(ALL, official) for official in sorted(officials)]
    if len(officials) > 1:
        found.append((ALL, ALL))
    return found


def _name(district: str, official: str) -> str:
    return f"{district}|{official}"
