"""The way through an interview: page by page, forwards, back, and on after a crash."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.surveys.form import ASKED
from desktop.surveys.interview import Interview, NodeState, Page, Removed, Repeated
from desktop.surveys.pages import HEADING
from desktop.surveys.states import Picture
from sync.errors import UserError
from sync.language import tr
from sync.records.base import Values
from ui.models.answer_words import CHOSEN, answer_words

TITLE = 3  # questions that an instance may be named after
ANSWERED = (*ASKED, "acknowledge")


@dataclass(frozen=True)
class Instance:
    """One of what repeats: its path, which one of how many, and the answer it is known by.

    `picture` is that of the choice which is this answer.
    """

    path: str
    label: str
    number: int
    total: int
    name: str
    picture: Picture | None = None

    def place(self) -> str:
        """«Person 2 of 3»"""
        return tr(
            "{what} {number} of {total}", what=self.label, number=self.number, total=self.total
        ).strip()

    def words(self) -> str:
        """«Person 2 of 3 · Айгүл»"""
        return f"{self.place()} · {self.name}" if self.name else self.place()


@dataclass(frozen=True)
class Roster:
    """A place where one more may be added, and those that are there."""

    place: str
    label: str
    instances: tuple[Instance, ...]
    picture: Picture | None = None

    @property
    def pictures(self) -> list[tuple[str, Picture]]:
        """Its own, then those of its rows, with the words that they stand at."""
        found = [(self.label, self.picture), *((one.name, one.picture) for one in self.instances)]
        return [(words, picture) for words, picture in found if picture is not None]


@dataclass(frozen=True)
class Step:
    """Where the interview stands: a page, what is around it, and how far it is.

    `nodes` are the questions of the page and `headings` names of groups in it, by the question
    that follows; `at` is the question that has the cursor. At a place to add, `roster` is given.
    """

    page: Page
    nodes: tuple[NodeState, ...]
    at: str
    section: str
    number: int  # of this page among those of concern now, from 1
    total: int
    headings: Mapping[str, str] = field(default_factory=dict)
    roster: Roster | None = None
    group: NodeState | None = None  # the nearest group around the page that has a picture

    @property
    def node(self) -> NodeState:
        """The question that has the cursor."""
        return next(node for node in self.nodes if node.path == self.at)


@dataclass(frozen=True)
class Answered:
    """A line of the summary: a question, its answer in words, and the instance that it is in."""

    node: NodeState
    words: str
    around: str


class Walk:
    """Goes through the pages that concern this respondent.

    `at` is the path to go on from, of a question or of a place to add; "" is the summary, None
    the first page. After the last page `step()` is None: then the summary is shown.
    """

    def __init__(self, interview: Interview, at: str | None = None) -> None:
        self.interview = interview
        self._pages: list[Page] = []
        self._on: dict[str, int] = {}  # the page of each path
        self._first: dict[str, list[str]] = {}  # of each instance, the questions that name it
        self._place = 0
        self._at = at or ""
        self._over = at == ""
        self._look()

    @property
    def at(self) -> str:
        """The path of the question that has the cursor, or of the place; "" at the summary."""
        self._look()
        return "" if self._over else self._at

    def step(self) -> Step | None:
        """The page that is asked now; None at the summary."""
        page = self._page()
        if page is None:
            return None
        state = self.interview.state
        nodes = tuple(state(path) for path in page.questions)
        headings = {} if page.place else self._headings(page)
        section = [one.words() for one in map(self.instance, page.around)]
        if not page.place:
            section.append(headings.pop(page.first, "") or self._around(page.first))
        return Step(
            page=page,
            nodes=nodes,
            at=self._at,
            section=" · ".join(part for part in section if part),
            number=self._place + 1,
            total=len(self._pages),
            headings=headings,
            roster=self._roster(page.place) if page.place else None,
            group=None if page.place else self._drawn(page.first),
        )

    # answering

    def choose(self, number: int, path: str | None = None) -> bool:
        """Take the choice of this number, from 1; of several, put it in or out. False: none such.

        `path` is that of the question; by default the one that has the cursor.
        """
        page = self._page()
        at = path or self._at
        if page is None or at not in page.questions:
            return False
        node = self.interview.state(at)
        if node.readonly or node.kind not in (*CHOSEN, "acknowledge"):
            return False
        if not 1 <= number <= max(1, len(node.choices)):
            return False
        if node.kind == "acknowledge":
            self.interview.answer(at, not node.value)
            return True
        name = node.choices[number - 1].value
        self.interview.answer(at, name if node.kind == "select_one" else _toggled(node, name))
        return True

    def type(self, text: str, path: str | None = None) -> None:
        """Take what was typed as the answer."""
        page = self._page()
        at = path or self._at
        if page is not None and at in page.questions and self._asks(at):
            self.interview.answer(at, text)

    # going

    def stand_at(self, path: str) -> None:
        """The cursor goes to another question of the same page."""
        if not self._over and self._on.get(path) == self._place:
            self._at = path

    def go_on_here(self) -> bool:
        """To the next question of the same page; False where there is none."""
        return self._go_here(1)

    def back_here(self) -> bool:
        """To the question before on the same page; False where there is none."""
        return self._go_here(-1)

    def _go_here(self, step: int) -> bool:
        page = self._page()
        if page is None or page.place:
            return False
        asked = [path for path in page.questions if path == self._at or self._asks(path)]
        place = asked.index(self._at) + step
        if not 0 <= place < len(asked):
            return False
        self._at = asked[place]
        return True

    def go_on(self) -> UserError | None:
        """To the next page, or to the summary. What is wrong here keeps the walk here."""
        page = self._page()
        if page is None:
            return None
        for path in page.questions:
            if (message := self.interview.state(path).message) is not None:
                self._at = path
                return message
        if self._place + 1 < len(self._pages):
            self._stand_on(self._place + 1)
        else:
            self._over = True
        return None

    def back(self, *, last: bool = False) -> bool:
        """To the page before; False at the first one. `last`: to the last question of it."""
        self._look()
        if not self._pages or (not self._over and self._place == 0):
            return False
        self._stand_on(len(self._pages) - 1 if self._over else self._place - 1)
        self._over = False
        while last and self.go_on_here():
            pass
        return True

    def go_to(self, path: str) -> None:
        """To this question, place, or instance."""
        self._over = False
        self._look()
        inside = f"{path}/"
        found = self._on.get(path)
        if found is None:
            found = next((self._on[one] for one in self._on if one.startswith(inside)), None)
            path = "" if found is None else self._pages[found].first
        if found is not None:
            self._stand_on(found)
            self._at = path

    # what repeats

    def add(self, place: str) -> str:
        """One more instance, and to its first question. Raises UserError: there are too many."""
        path = self.interview.add(place)
        self.go_to(path)
        return path

    def remove(self, path: str) -> Removed:
        """Take an instance away, with its answers. Raises UserError where that is not allowed."""
        place = path.rpartition("[")[0]
        removed = self.interview.remove(path)
        self.go_to(place)
        return removed

    def put_back(self, removed: Removed) -> None:
        """What was taken away, where it was. Raises UserError where it has no place any more."""
        self.go_to(self.interview.put_back(removed).rpartition("[")[0])

    def instance(self, path: str) -> Instance:
        """How one of what repeats is called."""
        place, _, number = path.removesuffix("]").rpartition("[")
        known = self.interview.place(place)
        return self._instance(path, known, int(number))

    def _instance(self, path: str, known: Repeated, number: int) -> Instance:
        """People know it by the first answer in it."""
        self._look()
        for one in self._first.get(path, ()):
            node = self.interview.state(one)
            if name := answer_words(node):
                drawn = (each.picture for each in node.choices if each.value == node.value)
                return Instance(path, known.label, number, known.many, name, next(drawn, None))
        return Instance(path, known.label, number, known.many, "")

    # what there is

    def left(self) -> list[NodeState]:
        """Questions that still need an answer or a better one."""
        return [node for _, node in self._nodes() if not node.valid]

    def summary(self) -> list[Answered]:
        """The questions asked and their answers in words, in order."""
        return [
            Answered(node, answer_words(node), page.around[-1] if page.around else "")
            for page, node in self._nodes()
            if node.kind in ANSWERED and not _is_heading(node)
        ]

    def kept(self) -> Values:
        """What a crash must not lose: every answer that was given, also those of no concern now."""
        return self.interview.all_kept()

    # how it is found

    def _look(self) -> None:
        """The pages as they are now; where the one that was shown is gone, the one in its place."""
        pages = self.interview.pages()
        if pages is not self._pages:
            self._pages = pages
            self._on = {path: n for n, page in enumerate(pages) for path in _paths(page)}
            self._first = _first_questions(pages)
        if (found := self._on.get(self._at)) is not None:
            self._place = found
        elif pages:
            self._stand_on(min(self._place, len(pages) - 1))
        else:
            self._over = True

    def _page(self) -> Page | None:
        self._look()
        return None if self._over else self._pages[self._place]

    def _stand_on(self, place: int) -> None:
        page = self._pages[place]
        asked = (path for path in page.questions if self._asks(path))
        self._place, self._at = place, next(asked, page.first)

    def _asks(self, path: str) -> bool:
        node = self.interview.state(path)
        return node.kind != "note" and not node.readonly and not _is_heading(node)

    def _nodes(self) -> Iterator[tuple[Page, NodeState]]:
        self._look()
        return (
            (page, self.interview.state(path)) for page in self._pages for path in page.questions
        )

    def _headings(self, page: Page) -> dict[str, str]:
        """The names of the groups that begin on this page, by their first questions."""
        found: dict[str, str] = {}
        before = ""
        for path in page.questions:
            group = path.rpartition("/")[0]
            if group != before and not group.endswith("]"):
                found[path] = self.interview.state(group).label
            before = group
        return found

    def _roster(self, place: str) -> Roster:
        known = self.interview.place(place)
        paths = [f"{place}[{number}]" for number in range(1, known.many + 1)]
        return Roster(
            place,
            known.label,
            tuple(self._instance(path, known, number) for number, path in enumerate(paths, 1)),
            known.picture,
        )

    def _around(self, path: str) -> str:
        """The name of the nearest group around a question that has one, in its own instance."""
        return next((group.label for group in self._groups(path) if group.label), "")

    def _drawn(self, path: str) -> NodeState | None:
        return next((group for group in self._groups(path) if group.picture is not None), None)

    def _groups(self, path: str) -> Iterator[NodeState]:
        """The groups around a question in its own instance, the nearest one first."""
        group = path.rpartition("/")[0]
        while group and not group.endswith("]"):
            yield self.interview.state(group)
            group = group.rpartition("/")[0]


def _paths(page: Page) -> tuple[str, ...]:
    return (page.place,) if page.place else page.questions


def _first_questions(pages: list[Page]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in pages:
        for instance in page.around:
            first = found.setdefault(instance, [])
            first += page.questions[: TITLE - len(first)]
    return found


def _is_heading(node: NodeState) -> bool:
    return node.kind in CHOSEN and HEADING in node.appearance.split()


def _toggled(node: NodeState, name: str) -> str:
    chosen = set(node.value.split()) ^ {name}
    return " ".join(choice.value for choice in node.choices if choice.value in chosen)
