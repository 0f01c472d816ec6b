"""How people rate the officials of a wave: each criterion's mean with what is uncertain about it.

Answers of a wave are a convenience sample unless its passport says otherwise, so an interval tells
how far such answers scatter, not how far they are from what the district thinks. Okrugs are taken
as primary sampling units, for people of one okrug answer alike; where everyone was asked in one
okrug, nothing is known about that, and each answer counts by itself (`clustered` is False).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.actions import surveys
from desktop.actions.marks import Times, count_marks
from desktop.actions.records import list_records, show
from desktop.session import Desk
from desktop.surveys.form import Form, load_form
from desktop.surveys.interview import Interview
from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.estimates import Estimate, whole
from desktop.surveys.ratings.publishing import SMALLEST_CELL
from desktop.surveys.ratings.sample import LARGEST, Group, Sample
from sync.language import spoken

MARKS = frozenset("12345")  # the names of a rating question's choices; others are no mark
MIDDLE = 3.0  # of the marks: what they are counted from
OFFICIAL, SCORE = "official", "score"  # names of nodes: who is rated, the mean of all marks


@dataclass(frozen=True)
class Criterion:
    """What is rated: the path of its question and its label; `whole` is the mean of all marks."""

    path: str
    label: str
    whole: bool


@dataclass(frozen=True)
class Rating:
    """One official by one criterion; `estimate.n` counts those who gave a mark."""

    official: str  # the record's id, "" where the form rates one nameless post
    post: str
    criterion: Criterion
    estimate: Estimate

    @property
    def shown(self) -> bool:
        """Whether numbers may be shown at all, if only to those who rate."""
        return self.estimate.n >= SMALLEST_CELL and self.estimate.low is not None


@dataclass(frozen=True)
class WaveRatings:
    """All ratings of a wave, officials in the order of the wave, criteria in that of the form."""

    wave: UUID
    title: str
    answers: int
    okrugs: int
    clustered: bool
    together: bool  # okrugs count as one with others, for fewer than ten answered there
    method: str  # from the wave's passport
    ratings: tuple[Rating, ...]


def rate_wave(desk: Desk, wave: UUID) -> WaveRatings:
    """Rate by all answers of a wave on this laptop, labels in the language spoken now.

    Raises UserError where the wave or its form has not come yet.
    """
    passport = show(desk, wave, "wave")
    form = load_form(surveys.xform_of(desk, wave))
    rated = criteria(form)
    found = count_marks(desk, wave, _path_of(form, OFFICIAL), [one.path for one in rated])
    by_okrug = found.okrugs > 1
    posts = _posts(desk, passport["rated"] or [], sorted(found.times))
    return WaveRatings(
        wave=wave,
        title=passport["title"] or "",
        answers=found.answers,
        okrugs=found.okrugs,
        clustered=by_okrug,
        together=found.together,
        method=passport["method"] or "",
        ratings=tuple(
            Rating(
                official,
                post,
                criterion,
                _estimate(found.times.get(official, {}), place, by_okrug),
            )
            for official, post in posts.items()
            for place, criterion in enumerate(rated)
        ),
    )


def criteria(form: Form, language: str | None = None) -> list[Criterion]:
    """What a form rates: the mean of all marks if it makes one, then each question of 1 to 5."""
    always = {path: replace(node, relevant=None) for path, node in form.nodes.items()}
    asked = Interview(replace(form, nodes=always), {}, language or spoken())  # as if all were
    found: list[Criterion] = []
    for node in asked.nodes():
        if node.kind == "calculate" and asked.form.nodes[node.path].name == SCORE:
            found.insert(0, Criterion(node.path, "", whole=True))
        elif node.kind == "select_one" and {each.value for each in node.choices} >= MARKS:
            found.append(Criterion(node.path, node.label, whole=False))
    return found


def _posts(desk: Desk, rated: Sequence[str], answered: Sequence[str]) -> dict[str, str]:
    """{official: post} of the wave, then of any other that was answered about."""
    known = {str(row["id"]): row["post"] or "" for row in list_records(desk, "official")}
    return {id: known.get(id, "") for id in [*rated, *answered] if id or not rated}


def _estimate(by_okrug: Mapping[str, Sequence[Times]], question: int, clustered: bool) -> Estimate:
    """One official by one question."""
    groups: list[Group] = []
    for okrug, times in by_okrug.items():
        for said, number in times[question].items():
            mark = _mark(said)
            if clustered:
                groups.append(_group(okrug, mark, number))
            else:
                groups += [_group(len(groups) + one, mark, 1) for one in range(number)]
    drawn = len(by_okrug) if clustered else len(groups)
    return whole(Design(Sample(groups, {"": drawn}, {}, MIDDLE)))


def _group(psu: str | int, mark: float | None, people: int) -> Group:
    """So many people who gave this mark."""
    n, d = (0, 0.0) if mark is None else (people, mark - MIDDLE)
    return Group("", psu, None, (), people, people, n, n, n * d, n * d * d)


def _mark(said: object) -> float | None:
    """A mark as a number; None for «cannot say», what was not asked, and what no form takes."""
    try:
        given = float(str(said))
    except ValueError:
        return None
    return given if abs(given) <= LARGEST else None


def _path_of(form: Form, name: str) -> str:
    return next((path for path, node in form.nodes.items() if node.name == name), "")
