"""All figures of a wave, from how often each mark was given: by district, by official, by question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.differences import Difference, Rank, between, ranks
from desktop.surveys.ratings.drawn import Asked, Groups, Times, drawn
from desktop.surveys.ratings.estimates import Estimate, of_domain
from desktop.surveys.ratings.fitting import People, Place, PlacesFit
from desktop.surveys.ratings.margins import Fitted
from desktop.surveys.ratings.population import Population
from desktop.surveys.ratings.release import ALL, Cell, Figure, Released, release, sums
from desktop.surveys.ratings.suppression import hanging_together


@dataclass(frozen=True)
class Designs:
    """One question: `officials` has a domain for each official in a district, and one for each
    official in all; `districts` one for each district, whoever was rated there. Where weights are
    fitted these are domains of `officials`, too: how many answers each official has is no chance then.
    """

    officials: Design
    districts: Design | None

    def of(self, district: str, official: str) -> tuple[Design, str | None]:
        """The design and its domain for a figure."""
        if official == ALL and self.districts is not None:
            return self.districts, None if district == ALL else district
        name = None if official == district == ALL else _name(district, official)
        return self.officials, name

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
    fit: PlacesFit | None = None  # where the answers were fitted to a population

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
    population: Population | None = None,
) -> WaveFigures:
    """`counted` has Times for each of `questions`; `whole` is the one that sums up the others.

    With a population the answers are fitted to it: their groups are those of its questions.
    """
    plain, told = _rated(counted, questions, whole)
    if population is None or not counted:
        return plain
    fit = PlacesFit(_people(counted), population, _kept_together(counted, told, whole))
    return _rated(counted, questions, whole, fit, told)[0]


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


def _rated(
    counted: Mapping[Asked, Sequence[Times]],
    questions: Sequence[str],
    whole: str,
    fit: PlacesFit | None = None,
    before: Released | None = None,
) -> tuple[WaveFigures, Released]:
    cells: dict[Asked, Groups] = {}
    if fit is not None:
        cells = {asked: (*_place(asked), *asked.groups) for asked in counted}
    designs: dict[str, Designs] = {}
    estimates: dict[Cell, Estimate] = {}
    for at, question in enumerate(questions):
        times = {asked: of_all[at] for asked, of_all in counted.items()}
        designs[question] = _designs(times, cells, fit)
        for place in _places(times):
            estimates[Cell(*place, question)] = designs[question].estimate(*place)
    told = release(estimates, whole, before)
    figures = {
        cell: Figure(one, cell in told.shown, designs[cell.question].is_alone(*cell[:2]))
        for cell, one in told.estimates.items()
    }
    return WaveFigures(figures, designs, fit), told


def _people(counted: Mapping[Asked, Sequence[Times]]) -> dict[Place, People]:
    """How many were asked in each place, by their groups."""
    found: dict[Place, dict[Groups, int]] = defaultdict(lambda: defaultdict(int))
    for asked, of_all in counted.items():
        found[_place(asked)][asked.groups] += sum(of_all[0].values())
    return {place: dict(here) for place, here in found.items()}


def _kept_together(
    counted: Mapping[Asked, Sequence[Times]], told: Released, whole: str
) -> list[set[Place]]:
    """Places of which something is not published, by what hangs together in what is kept back."""
    districts = {asked.district for asked in counted}
    answered = {cell: one for cell, one in told.estimates.items() if one.n}
    kept = {cell for cell, one in answered.items() if not one.published}
    found: list[set[Place]] = []
    for cells in hanging_together(kept, sums(list(answered), whole)):
        places = set()
        for cell in cells:
            if cell.official != ALL and (cell.district != ALL or len(districts) == 1):
                district = cell.district if cell.district != ALL else min(districts)
                places.add((district, cell.official))
        near = [one for one in found if one & places]  # by another question
        found = [one for one in found if one not in near]
        found += [places.union(*near)] if places else []
    return found


def _place(asked: Asked) -> Place:
    return asked.district, asked.official


def _designs(
    times: Mapping[Asked, Times], cells: Mapping[Asked, Groups], fit: Fitted | None
) -> Designs:
    unions: dict[str, set[str]] = defaultdict(set)
    for asked in times:
        name = _name(asked.district, asked.official)
        unions[_name(ALL, asked.official)].add(name)
        unions[_name(asked.district, ALL)].add(name)
    by_official = drawn(times, lambda one: _name(one.district, one.official), cells)
    names = {name: sorted(parts) for name, parts in unions.items()}
    if fit is not None:  # to who was asked: the same for each question
        return Designs(Design(by_official, fit, unions=names), None)
    by_district = drawn(times, lambda one: one.district, cells)
    return Designs(Design(by_official, unions=names), Design(by_district))


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
