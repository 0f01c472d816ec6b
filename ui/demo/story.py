"""What happens in the demo, told through the same actions that the screens call."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import resources
from desktop.actions import answers, attachments, exchange, ratings, records, review, surveys
from desktop.actions.edits import Edit
from desktop.actions.progress import Tell, untold
from desktop.session import Desk
from desktop.surveys.bundled import rating_xform
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from sync.change import Change
from sync.language import tr
from sync.records import KINDS
from ui.demo.pictures import photo
from ui.models.rating_table import number as said

Say = Callable[[str], None]
INTERVIEWS = 10


@dataclass
class Counts:
    """What the demo counts; the JSON of --json."""

    recorded: int = 0  # records made on the activist's laptop
    interviews: int = 0
    sent: int = 0  # changes that the server accepted
    taken: int = 0  # records that came to a laptop
    answers_sent: int = 0
    photos: int = 0  # that reached the other laptop
    returned: int = 0
    approved: int = 0
    conflicts: int = 0
    refused: int = 0
    lost: int = 0  # records, answers and photos that one laptop has and the other has not
    rating: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def told() -> dict[str, Any]:
    """The words of the story: people, meeting, issues, in Kazakh."""
    words: dict[str, Any] = json.loads(resources.text("demo", "story.json"))
    return words


class Story:
    """The parts of the demo in their order; each is one sentence to the person."""

    def __init__(self, activist: Desk, coordinator: Desk, say: Say) -> None:
        self.activist, self.coordinator, self._say = activist, coordinator, say
        self.counts = Counts()
        self._told = told()
        self._issues: list[UUID] = []
        self._changes: list[Change] = []
        self.activist_saw: list[str] = []  # comments at the returned issue
        self._wave: UUID | None = None
        self._official: UUID | None = None

    def open_wave(self, today: date) -> list[Change]:
        """The coordinator opens a survey wave; both laptops have it before the team leaves."""
        save = self._save
        form = save(self.coordinator, "form", {"name": "Рейтинг", "xform": rating_xform()})
        self._official = save(
            self.coordinator,
            "official",
            {"post": "Созақ ауданының әкімі", "body": "akimat", "territory": "615600000"},
        )
        self._wave = save(
            self.coordinator,
            "wave",
            {
                "title": "Лауазымды тұлғалардың рейтингі, 2026 жылғы 4-тоқсан",
                "form": str(form),
                "starts_on": today - timedelta(days=3),
                "ends_on": today + timedelta(days=14),
                "districts": ["615600000"],
                "rated": [str(self._official)],
                "target": 40,
                **self._told["wave"],
            },
        )
        self._say(tr("The coordinator opens a survey wave."))
        return self._written()

    def record_meeting(self) -> list[Change]:
        """A dialogue with its questions and decisions, in one transaction."""
        words = self._told
        meeting = self._save(self.activist, "meeting", words["meeting"])
        edits = [
            *(Edit("question", one, parent=meeting) for one in words["questions"]),
            *(Edit("decision", one, parent=meeting) for one in words["decisions"]),
        ]
        self._note(self.activist, records.save_all(self.activist, edits))
        for issue in words["issues"]:
            self._issues.append(
                self._save(self.activist, "issue", {**issue, "meeting": str(meeting)})
            )
        self._save(self.activist, "visit", words["visit"])
        for step in words["steps"]:
            self._save(self.activist, "step", step, parent=self._issues[0])
        self._say(
            tr("Without a network: a meeting, its questions and decisions, three issues, a visit.")
        )
        return self._written()

    def add_photos(self) -> list[Change]:
        """A photo to each issue."""
        for number, (issue, caption) in enumerate(
            zip(self._issues, self._told["captions"], strict=True)
        ):
            self._note(
                self.activist, attachments.attach(self.activist, issue, photo(number), caption)
            )
        self._say(tr("Three photos, made small and stripped of their hidden data."))
        return self._written()

    def hold_interviews(self, on: date, *, chance: random.Random) -> list[Change]:
        """Ten interviews in Kazakh, each answered as the form asks."""
        assert self._wave is not None
        form = load_form(surveys.xform_of(self.activist, self._wave))
        about = {"/data/official": str(self._official), "/data/post": "Созақ ауданының әкімі"}
        for _ in range(INTERVIEWS):
            interview = Interview(form, about, language="kk")
            answer_all(interview, chance)
            answers.finish(self.activist, self._wave, "615647000", on, interview.to_answers())
            self.counts.interviews += 1
        self._say(tr("Ten anonymous interviews in Kazakh."))
        return self._written()

    def end_wave(self, today: date) -> list[Change]:
        """The coordinator ends the wave: answers leave only in crowds, and the rest of them then."""
        yesterday = today - timedelta(days=1)
        self._note(
            self.coordinator,
            records.save(self.coordinator, "wave", {"ends_on": yesterday}, self._wave),
        )
        self._say(tr("The coordinator ends the wave; the answers leave the laptop together."))
        return self._written()

    def send_for_review(self) -> list[Change]:
        """Everything that is reviewed goes to the coordinator."""
        for kind in review.REVIEWABLE:
            for row in records.list_records(self.activist, kind, {"review": "draft"}):
                self._decide(self.activist, row["id"], review.Decision.SEND)
        return self._written()

    def exchange(self, desk: Desk, tell: Tell = untold) -> exchange.Report:
        """One exchange, counted. Raises Offline while the server is away."""
        report = exchange.exchange(desk, tell)
        self.counts.sent += report.sent
        self.counts.taken += report.taken
        self.counts.refused += report.refused
        self.counts.conflicts += report.conflicts
        self.counts.answers_sent += report.answers_sent
        self.counts.photos += report.photos_taken
        return report

    @property
    def returned(self) -> UUID:
        """The issue that comes back with a comment."""
        return self._issues[int(self._told["returned"])]

    def comment_on(self, id: UUID) -> str:
        """What the coordinator has to say about a record; "" where it is well."""
        return str(self._told["comment"]["text"]) if id == self.returned else ""

    def correct(self) -> list[Change]:
        """The activist sees the comment, puts the issue right, and sends it again."""
        [row] = review.returned(self.activist)
        self.activist_saw = [one["text"] for one in review.comments(self.activist, row["id"])]
        changes = records.save(self.activist, "issue", self._told["correction"], row["id"])
        self._changes += changes
        self._decide(self.activist, row["id"], review.Decision.SEND)
        self._say(tr("The activist reads the comment, corrects the issue and sends it again."))
        return self._written()

    def compare(self) -> None:
        """Both laptops show the same; the answers and photos are all there."""
        mine, theirs = seen(self.activist), seen(self.coordinator)
        differ = [id for id in mine.keys() | theirs.keys() if mine.get(id) != theirs.get(id)]
        assert self._wave is not None
        unanswered = self.counts.interviews - len(answers.of_wave(self.coordinator, self._wave))
        unseen = len(self._issues) - self.counts.photos
        self.counts.lost = len(differ) + unanswered + unseen
        alike, unlike = tr("Both laptops show the same records."), tr("They differ.")
        self._say(unlike if differ else alike)

    def rate(self) -> None:
        """The rating with its interval, from the answers."""
        assert self._wave is not None
        [whole] = [
            one
            for one in ratings.rate_wave(self.coordinator, self._wave).ratings
            if one.criterion.whole
        ]
        self.counts.rating = whole.estimate.as_row("en")
        self._say(
            tr(
                "Rating from {n} answers: {mean}, 95 % interval {low} to {high}.",
                n=whole.estimate.n,
                mean=said(whole.estimate.mean),
                low=said(whole.estimate.low),
                high=said(whole.estimate.high),
            )
        )

    def _decide(self, desk: Desk, id: UUID, decision: review.Decision) -> None:
        self._changes += review.decide(desk, id, decision)

    def _save(self, desk: Desk, kind: str, values: Any, parent: UUID | None = None) -> UUID:
        changes = records.save(desk, kind, values, parent=parent)
        self._note(desk, changes)
        return changes[0].record

    def _note(self, desk: Desk, changes: list[Change]) -> None:
        self._changes += changes
        self.counts.recorded += len(changes) if desk is self.activist else 0

    def _written(self) -> list[Change]:
        """What was written since the last time, for the screens."""
        changes, self._changes = self._changes, []
        return changes


def answer_all(interview: Interview, chance: random.Random) -> None:
    """Answer whatever is asked, until nothing is missing."""
    while lacking := interview.missing():
        state = interview.state(lacking[0])
        marks = [choice.value for choice in state.choices if choice.value.isdigit()]
        if marks:
            interview.answer(state.path, chance.choice(marks[1:]))
        elif state.choices:
            of_anybody = state.choices if "/person/" in state.path else state.choices[:2]
            interview.answer(state.path, chance.choice(of_anybody).value)
        elif state.kind == "acknowledge":
            interview.answer(state.path, "OK")
        else:
            interview.answer(state.path, str(chance.randint(2, 7)))


def seen(desk: Desk) -> dict[UUID, dict[str, Any]]:
    """Every record on a laptop by its id, without what is each laptop's own."""
    own = {"edited", "unsent"}
    return {
        row["id"]: {name: value for name, value in row.items() if name not in own}
        for kind in KINDS
        for row in records.list_records(desk, kind)
    }
