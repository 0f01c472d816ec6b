"""What is seen of a wave's ratings: one list at a time, from all officials down to one of their criteria.

Each view is cut out of the same published set (desktop.surveys.ratings.release): nothing is reckoned
anew for it, so none tells what another one hides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.actions.ratings import Criterion, Rating, WaveRatings
from desktop.surveys.ratings.differences import Difference, Rank
from desktop.surveys.ratings.release import ALL
from desktop.surveys.ratings.wave import changed
from sync.errors import UserError
from sync.language import mark, tr
from sync.places import Pack


class By(StrEnum):
    """What a list has a line for."""

    OFFICIALS = "officials"
    DISTRICTS = "districts"
    CRITERIA = "criteria"
    WAVES = "waves"


@dataclass(frozen=True)
class View:
    """A list: the lines are `by` something, within a district, an official and a criterion.

    ALL stands for every district, every official. `question` is the path of a criterion.
    """

    by: By
    question: str
    district: str = ALL
    official: str = ALL


@dataclass(frozen=True)
class Line:
    """One figure of a list. `rank`: among the published ones of the list, where these are ranked.

    `before` is the same figure of an earlier wave, `change` what became of it; `into` what the line
    opens.
    """

    name: str
    rating: Rating
    into: View | None = None
    rank: Rank | None = None
    before: Rating | None = None
    change: Difference | None = None


@dataclass(frozen=True)
class Crumb:
    """A step of the way down: its name, and the view it leads back to."""

    name: str
    view: View


def first_view(found: WaveRatings) -> View:
    """All officials by the mean of all marks, or by the first criterion; one alone by its criteria."""
    view = View(By.OFFICIALS, next((one.path for one in found.criteria), ""))
    if len(found.posts) == 1:
        return replace(view, by=By.CRITERIA, official=next(iter(found.posts)))
    return view


def ways(found: WaveRatings, view: View) -> tuple[By, ...]:
    """How the same thing can be listed: what it has several of."""
    if view.by is By.WAVES:
        return (By.WAVES,)
    several = len(found.districts) > 1 and view.district == ALL
    if view.official == ALL:
        return (By.OFFICIALS, By.DISTRICTS) if several else (By.OFFICIALS,)
    return (By.CRITERIA, By.DISTRICTS) if several else (By.CRITERIA,)


def goes_by_criterion(view: View) -> bool:
    """Whether a list shows one criterion, which can be changed."""
    return view.by in (By.OFFICIALS, By.DISTRICTS)


def way_down(found: WaveRatings, view: View, pack: Pack) -> list[Crumb]:
    """From the whole to what is looked at."""
    at = first_view(found)
    at = replace(at, question=view.question if goes_by_criterion(at) else at.question)
    crumbs = [Crumb(_whole_name(found, pack), at)]
    if view.district != ALL:
        at = replace(at, by=By.OFFICIALS, district=view.district)
        crumbs.append(Crumb(pack.full_name(view.district), at))
    if view.official != ALL and len(found.posts) > 1:
        at = replace(at, by=By.CRITERIA, official=view.official)
        crumbs.append(Crumb(post_words(found, view.official), at))
    if view.by is By.WAVES:
        crumbs.append(Crumb(criterion_words(_criterion(found, view.question)), view))
    elif view.by is By.DISTRICTS:
        crumbs.append(Crumb(tr("By district"), view))
    return crumbs


def lines(
    found: WaveRatings, view: View, pack: Pack, others: Sequence[WaveRatings] = ()
) -> list[Line]:
    """The lines of a view, in the order in which they are to be read.

    `others` are earlier waves of the same form, the newest first: lists are compared with the first
    of them, a list of waves has all. Raises UserError for a criterion that the form does not have.
    """
    if view.by is By.WAVES:
        return list(_waves([found, *others], view))
    compared = [_compared(line, found, others) for line in _listed(found, view, pack)]
    if view.by is By.CRITERIA:
        return compared
    ranks = found.figures.ranked([line.rating.cell for line in compared])
    ranked = [replace(line, rank=ranks.get(line.rating.cell)) for line in compared]
    return sorted(ranked, key=_order)


def criterion_words(one: Criterion) -> str:
    """Its label."""
    return one.label or tr("All criteria together")


def post_words(found: WaveRatings, official: str) -> str:
    """Whom it is about; "" for a form that rates one nameless post."""
    if official == ALL:
        return tr("All officials together")
    return found.posts.get(official) or (
        tr("An official who is not on this laptop") if official else ""
    )


def _listed(found: WaveRatings, view: View, pack: Pack) -> Iterator[Line]:
    if view.by is By.CRITERIA:
        for one in found.criteria:
            into = replace(view, by=By.WAVES, question=one.path)
            rating = found.rating(view.district, view.official, one)
            yield Line(criterion_words(one), rating, into)
        return
    one = _criterion(found, view.question)
    if view.by is By.DISTRICTS:
        lower = By.OFFICIALS if view.official == ALL else By.CRITERIA
        for district in found.districts:
            into = replace(view, by=lower, district=district)
            rating = found.rating(district, view.official, one)
            yield Line(pack.full_name(district), rating, into)
        return
    for official in found.posts:
        into = replace(view, by=By.CRITERIA, official=official)
        rating = found.rating(view.district, official, one)
        if view.district == ALL or rating.estimate.asked:
            yield Line(post_words(found, official), rating, into)


def _compared(line: Line, found: WaveRatings, others: Sequence[WaveRatings]) -> Line:
    for other in others[:1]:
        before = _in(other, line.rating)
        if before is not None:
            change = changed(other.figures, found.figures, line.rating.cell, before.cell)
            return replace(line, before=before, change=change)
    return line


def _waves(waves: Sequence[WaveRatings], view: View) -> Iterator[Line]:
    """The same figure in each wave, each compared with the one before."""
    one = _criterion(waves[0], view.question)
    first = waves[0].rating(view.district, view.official, one)
    for at, wave in enumerate(waves):
        rating = first if at == 0 else _in(wave, first)
        if rating is not None:
            line = Line(wave.title, rating)
            yield _compared(line, wave, waves[at + 1 : at + 2])


def _in(other: WaveRatings, rating: Rating) -> Rating | None:
    """The same figure in another wave; None where that asked nothing of the kind."""
    cell = rating.cell
    criterion = next((one for one in other.criteria if one.path == cell.question), None)
    if criterion is None or cell.official not in (ALL, *other.posts):
        return None
    if cell.district != ALL and cell.district not in other.districts:
        return None
    return other.rating(cell.district, cell.official, criterion)


def _criterion(found: WaveRatings, path: str) -> Criterion:
    one = next((one for one in found.criteria if one.path == path), None)
    if one is None:
        raise UserError(mark("This survey has no criterion “{name}”."), name=path)
    return one


def _order(line: Line) -> tuple[int, float]:
    """The published ones by their means, then those that are only shown, then the others."""
    one = line.rating.estimate
    if line.rating.shown and one.mean is not None:
        return (0 if one.published else 1), -one.mean
    return 2, 0.0


def _whole_name(found: WaveRatings, pack: Pack) -> str:
    if len(found.posts) == 1 and (post := next(iter(found.posts.values()))):
        return post
    if len(found.districts) == 1:
        return pack.full_name(found.districts[0])
    return tr("All districts")
