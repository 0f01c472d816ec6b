"""How people rate the officials of a wave: each criterion's mean with what is uncertain about it.

Answers of a wave are a convenience sample unless its passport says otherwise, so an interval tells
how far such answers scatter, not how far they are from what the district thinks. How they are taken
as drawn: desktop.surveys.ratings.drawn. What may be shown or leave is decided for all figures of the
wave at once: desktop.surveys.ratings.release.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.actions import censuses, surveys
from desktop.actions.censuses import WaveCensus
from desktop.actions.marks import count_marks
from desktop.actions.records import Row, list_records, show
from desktop.session import Desk
from desktop.surveys.form import Form, load_form
from desktop.surveys.interview import Interview
from desktop.surveys.ratings.estimates import Estimate, nobody
from desktop.surveys.ratings.release import ALL, Cell, Figure
from desktop.surveys.ratings.wave import WaveFigures, rate_counted
from sync.language import spoken

MARKS = frozenset("12345")  # the names of a rating question's choices; others are no mark
OFFICIAL, SCORE = "official", "score"  # names of nodes: who is rated, the mean of all marks
NOBODY = Figure(nobody(), shown=False)


@dataclass(frozen=True)
class Criterion:
    """What is rated: the path of its question and its label; `whole` is the mean of all marks."""

    path: str
    label: str
    whole: bool


@dataclass(frozen=True)
class Rating:
    """One figure: whom it is about, and by which criterion. `estimate.n` counts those who gave a mark."""

    cell: Cell  # its official is "" where the form rates one nameless post
    post: str
    criterion: Criterion
    figure: Figure

    @property
    def official(self) -> str:
        """The record's id, ALL, or "" where the form rates one nameless post."""
        return self.cell.official

    @property
    def estimate(self) -> Estimate:
        """The figure itself."""
        return self.figure.estimate

    @property
    def shown(self) -> bool:
        """Whether numbers may be shown at all, if only to those who rate."""
        return self.figure.shown


@dataclass(frozen=True)
class WaveRatings:
    """All figures of a wave. Officials are in the order of the wave, criteria in that of the form."""

    wave: UUID
    record: Row  # the wave itself, with its passport
    form: Form
    answers: int
    okrugs: int
    together: bool  # okrugs count as one with others, for fewer than ten answered there
    criteria: tuple[Criterion, ...]
    posts: Mapping[str, str]  # {official: post}
    officials: tuple[str, ...]  # about whom somebody answered
    districts: tuple[str, ...]  # where somebody answered
    figures: WaveFigures
    census: WaveCensus | None = None  # that somebody chose for the wave

    @property
    def title(self) -> str:
        """What the wave is called."""
        return self.record["title"] or ""

    @property
    def clustered(self) -> bool:
        """Whether people of several okrugs were asked, so that neighbours can be told from others."""
        return self.okrugs > 1

    @property
    def fitted(self) -> bool:
        """Whether the answers are fitted to numbers of people."""
        return self.figures.fit is not None

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """Each official by each criterion, wherever people were asked."""
        return tuple(
            self.rating(ALL, official, criterion)
            for official in self.posts
            for criterion in self.criteria
        )

    def rating(self, district: str, official: str, criterion: Criterion) -> Rating:
        """One figure; where nobody was asked it says so."""
        cell = self.cell(district, official, criterion.path)
        found = self.figures.figures.get(cell, NOBODY)
        return Rating(cell, self.posts.get(official, ""), criterion, found)

    def cell(self, district: str, official: str, question: str) -> Cell:
        """Where a figure stands: the only official and the only district are all that there are."""
        if official == ALL and len(self.officials) == 1:
            official = self.officials[0]
        if len(self.districts) < 2:
            district = ALL
        return Cell(district, official, question)


def rate_wave(desk: Desk, wave: UUID) -> WaveRatings:
    """Rate by all answers of a wave on this laptop, labels in the language spoken now.

    Raises UserError where the wave or its form has not come yet.
    """
    record = show(desk, wave, "wave")
    form = load_form(surveys.xform_of(desk, wave))
    rated = criteria(form)
    paths = [one.path for one in rated]
    census = censuses.of_wave(desk, record, form)
    matched = census.matched if census else None
    groups = matched.groups if matched else {}
    found = count_marks(desk, wave, _path_of(form, OFFICIAL), paths, groups)
    officials = sorted({one.official for one in found.times})
    whole = next((one.path for one in rated if one.whole), "")
    return WaveRatings(
        wave=wave,
        record=record,
        form=form,
        answers=found.answers,
        okrugs=found.okrugs,
        together=found.together,
        criteria=tuple(rated),
        posts=_posts(desk, record["rated"] or [], officials),
        officials=tuple(officials),
        districts=tuple(sorted({one.district for one in found.times})),
        figures=rate_counted(found.times, paths, whole, matched.population if matched else None),
        census=census,
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


def _path_of(form: Form, name: str) -> str:
    return next((path for path, node in form.nodes.items() if node.name == name), "")


def earlier_waves(desk: Desk, wave: UUID) -> list[tuple[UUID, str]]:
    """(id, title) of the waves before this one whose form has the same name, the newest first."""
    forms = {str(row["id"]): row["name"] for row in list_records(desk, "form")}
    waves = list_records(desk, "wave")
    this = next((row for row in waves if row["id"] == wave), None)
    if this is None or this["starts_on"] is None:
        return []
    name = forms.get(this["form"])
    before = [
        row
        for row in waves
        if row["id"] != wave
        and (row["starts_on"] or this["starts_on"]) < this["starts_on"]
        and forms.get(row["form"]) == name is not None
    ]
    before.sort(key=lambda row: (row["starts_on"], str(row["id"])), reverse=True)
    return [(row["id"], row["title"] or "") for row in before]
