"""The way through an interview: one question at a time, forwards, back, and on after a crash."""

from dataclasses import dataclass

from desktop.surveys.form import ASKED
from desktop.surveys.interview import Interview, NodeState
from sync.errors import UserError
from sync.language import tr
from sync.records.base import Values

CHOSEN = ("select_one", "select_multiple")
SEPARATOR = ", "


@dataclass(frozen=True)
class Step:
    """Where the interview stands: the question, its section's name, and how far it is."""

    node: NodeState
    section: str
    number: int  # of this question among those of concern now, from 1
    total: int


class Walk:
    """Goes through the questions that concern this respondent.

    `at` is the path to go on from; None: the first question. After the last one `step()` is None:
    then the summary is shown.
    """

    def __init__(self, interview: Interview, at: str | None = None) -> None:
        self.interview = interview
        shown = self._shown()
        known = {node.path for node in shown}
        self._at = at if at is None or at in known else None
        self._over = not shown
        if self._at is None and shown:
            self._at = shown[0].path

    @property
    def at(self) -> str | None:
        """The path of the question that is asked now; None at the summary."""
        return None if self._over else self._at

    def step(self) -> Step | None:
        """The question that is asked now; None at the summary."""
        if self._over or self._at is None:
            return None
        shown = self._shown()
        place = next(n for n, node in enumerate(shown) if node.path == self._at)
        return Step(shown[place], self._section(self._at), place + 1, len(shown))

    def choose(self, number: int) -> bool:
        """Take the choice of this number, from 1; of several, put it in or out. False: none such."""
        step = self.step()
        if step is None or step.node.kind not in (*CHOSEN, "acknowledge"):
            return False
        node = step.node
        if not 1 <= number <= max(1, len(node.choices)):
            return False
        if node.kind == "acknowledge":
            self.interview.answer(node.path, not node.value)
            return True
        name = node.choices[number - 1].value
        self.interview.answer(
            node.path, name if node.kind == "select_one" else _toggled(node, name)
        )
        return True

    def type(self, text: str) -> None:
        """Take what was typed as the answer."""
        if self._at is not None and not self._over:
            self.interview.answer(self._at, text)

    def go_on(self) -> UserError | None:
        """To the next question, or to the summary. What is wrong here keeps the walk here."""
        step = self.step()
        if step is None:
            return None
        if step.node.message is not None:
            return step.node.message
        shown = self._shown()
        if step.number < len(shown):
            self._at = shown[step.number].path
        else:
            self._over = True
        return None

    def back(self) -> bool:
        """To the question before; False at the first one."""
        shown = self._shown()
        if self._over:
            self._over = not shown
            self._at = shown[-1].path if shown else None
            return bool(shown)
        step = self.step()
        if step is None or step.number == 1:
            return False
        self._at = shown[step.number - 2].path
        return True

    def go_to(self, path: str) -> None:
        """To this question, from the summary."""
        self._at, self._over = path, False

    def left(self) -> list[NodeState]:
        """Questions that still need an answer or a better one."""
        return [node for node in self._shown() if not node.valid]

    def summary(self) -> list[tuple[NodeState, str]]:
        """The questions asked and their answers in words, in order."""
        asked = (node for node in self._shown() if node.kind in (*ASKED, "acknowledge"))
        return [(node, answer_words(node)) for node in asked]

    def kept(self) -> Values:
        """What a crash must not lose: every answer that was given, also those of no concern now."""
        form = self.interview.form
        return {path: text for path in form.nodes if (text := self.interview.kept(path))}

    def _shown(self) -> list[NodeState]:
        return [node for node in self.interview.nodes() if node.shown]

    def _section(self, path: str) -> str:
        parent = self.interview.form.nodes[path].parent
        return self.interview.state(parent).label if parent else ""


def answer_words(node: NodeState) -> str:
    """An answer as a person reads it: names of the choices instead of their keys."""
    if node.kind in CHOSEN:
        names = {choice.value: choice.label for choice in node.choices}
        chosen = [node.value] if node.kind == "select_one" else node.value.split()
        return SEPARATOR.join(names.get(one, one) for one in chosen)
    if node.kind == "acknowledge":
        return tr("Yes") if node.value else ""
    return node.value


def _toggled(node: NodeState, name: str) -> str:
    chosen = set(node.value.split()) ^ {name}
    return " ".join(choice.value for choice in node.choices if choice.value in chosen)
