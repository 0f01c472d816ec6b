"""One interview: what was answered, and what the form makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop.surveys.form import SHOWN, Choices, Form, FormNode
from desktop.surveys.kinds import as_text, wrong
from desktop.surveys.recalculation import Sheet
from desktop.surveys.texts import Text
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.values import nodes_of, to_text
from sync.errors import UserError
from sync.language import mark

NOT_ANSWERED = ("group", "note", "calculate", "meta")


@dataclass(frozen=True)
class Choice:
    """One choice of a question: what is kept, and what is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class NodeState:
    """A node of the form after the answers so far."""

    path: str
    kind: str
    relevant: bool
    required: bool
    readonly: bool
    value: str  # empty where it is not relevant
    valid: bool
    message: UserError | None  # why it is not valid
    label: str
    hint: str
    choices: tuple[Choice, ...]
    appearance: str

    @property
    def shown(self) -> bool:
        """Whether the interviewer sees it now."""
        return self.relevant and self.kind in SHOWN


class FormWords(UserError):
    """A message that the form brings in its own words."""

    def __init__(self, words: str) -> None:
        super().__init__("{words}", words=words)


class Interview:
    """The state of one interview; after an answer, only what depends on it is recalculated.

    `answers` is {path: value} of an interview to go on with; a path that the form does not have
    (any more) is kept in `unknown`. `today` is for tests and trials; by default the clock is read.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, object] | None = None,
        language: str = "kk",
        today: date | None = None,
    ) -> None:
        self.form, self.language, self._today = form, language, today
        self.unknown = {path: at for path, at in (answers or {}).items() if path not in form.nodes}
        self._sheet = Sheet(form, self)
        self._states: dict[str, NodeState] = {}
        self._update(form.order)
        if answers is None:
            self._fill_first()
        else:
            self.take(answers)

    # What expressions see (desktop.surveys.xpath.context.World)

    @property
    def instances(self) -> Mapping[str, Node]:
        """The lists of the form."""
        return self.form.instances

    @property
    def now(self) -> datetime:
        """The moment; noon of the day that was set for a trial."""
        if self._today is None:
            return datetime.now().astimezone()
        return datetime.combine(self._today, time(12)).astimezone()

    def choice_name(self, value: str, path: str, node: Node) -> str:
        """The label of a choice; the value itself where there is none."""
        path = path if path.startswith("/") else f"{node.path()}/{path}"
        if path not in self.form.nodes:
            return value
        found = {choice.value: choice.label for choice in self._choices(self.form.nodes[path])}
        return " ".join(found.get(one, one) for one in value.split())

    def words(self, key: str) -> str:
        """A text of the form, in the language of the interview."""
        return self._say(self.form.texts.get(key, Text()), self._sheet.tree[""])

    # What the interviewer does

    def answer(self, path: str, value: object) -> None:
        """Take an answer. Raises UserError at a path that is not asked; a wrong one is kept."""
        node = self.form.nodes.get(path)
        if node is None or node.kind in NOT_ANSWERED:
            raise UserError(mark("The form asks nothing at “{path}”."), path=path)
        self._sheet.begin()
        self._sheet.kept[path] = as_text(node.kind, value)
        self._update([path])

    def take(self, answers: Mapping[str, object]) -> None:
        """Take many at once, as they were kept: calculated ones as well, before they are again."""
        self._sheet.begin()
        known = {path: value for path, value in answers.items() if path in self.form.nodes}
        for path, value in known.items():
            self._sheet.kept[path] = as_text(self.form.nodes[path].kind, value)
        self._update(known)

    def speak(self, language: str) -> None:
        """Go on in another language; names of choices and months in calculations follow."""
        self.language = language
        self._states.clear()
        self._sheet.begin()
        self._update(self.form.order)

    def state(self, path: str) -> NodeState:
        """One node as it is now."""
        if path not in self._states:
            self._states[path] = self._examine(self.form.nodes[path])
        return self._states[path]

    def nodes(self) -> list[NodeState]:
        """All nodes in the order of the form, those of no concern to anyone left out."""
        return [self.state(path) for path, node in self.form.nodes.items() if node.kind != "meta"]

    def node(self, path: str) -> Node:
        """The node that expressions see, with its value as it is now."""
        return self._sheet.tree[path]

    def kept(self, path: str) -> str:
        """What was answered here, even where it is not relevant now."""
        return self._sheet.kept[path]

    def missing(self) -> list[str]:
        """Paths of required questions that have no answer yet, in order."""
        return [
            one.path for one in self.nodes() if one.relevant and one.required and not one.value
        ]

    def complete(self) -> bool:
        """Whether all is answered that must be, and nothing is wrong."""
        return all(one.valid for one in self.nodes())

    def to_answers(self) -> dict[str, str]:
        """{path: value} of what is relevant and not empty: what is kept and sent."""
        return {
            path: self._sheet.tree[path].text
            for path, node in self.form.nodes.items()
            if node.kind not in ("group", "note", "meta") and self._sheet.tree[path].text
        }

    # How it is worked out

    def _fill_first(self) -> None:
        """Defaults that are calculated, once, when the interview begins."""
        for path in self.form.order:
            node = self.form.nodes[path]
            if node.first_value is not None:
                self._sheet.kept[path] = to_text(self._sheet.value(path, node.first_value, ""))
            elif node.preload == "date":
                self._sheet.kept[path] = self.now.date().isoformat()
            else:
                continue
            self._update([path])

    def _update(self, paths: Iterable[str]) -> None:
        for path in {*paths, *self._sheet.update(paths)}:
            for reader in self.form.readers.get(path, ()):
                self._states.pop(reader, None)

    def _examine(self, node: FormNode) -> NodeState:
        path, value = node.path, self._sheet.tree[node.path].text
        failed = self._sheet.failed.get(path)
        relevant = self._sheet.relevant[path]
        required = relevant and self._sheet.holds(path, node.required, otherwise=False)
        choices = self._choices(node) if relevant else ()
        message = self._problem(node, value, required, choices) if relevant else None
        readonly = self._sheet.holds(path, node.readonly, otherwise=False)
        message = self._sheet.failed.pop(path, message)
        if failed is not None:  # while it was worked out, not just now
            self._sheet.failed[path] = failed
        return NodeState(
            path=path,
            kind=node.kind,
            relevant=relevant,
            required=required,
            readonly=readonly,
            value=value,
            valid=message is None,
            message=message,
            label=self._say(node.label, self._sheet.tree[path]),
            hint=self._say(node.hint, self._sheet.tree[path]),
            choices=choices,
            appearance=node.appearance,
        )

    def _problem(
        self, node: FormNode, value: str, required: bool, choices: tuple[Choice, ...]
    ) -> UserError | None:
        found: UserError | None = None
        if not value:
            if required and node.kind not in ("group", "note"):
                own = self._say(node.required_message, self._sheet.tree[node.path])
                found = FormWords(own) if own else UserError(mark("An answer is needed here."))
            return found
        found = wrong(node.kind, value, [one.value for one in choices])
        if found is None and not self._sheet.holds(node.path, node.constraint, otherwise=True):
            own = self._say(node.constraint_message, self._sheet.tree[node.path])
            found = FormWords(own) if own else UserError(mark("This answer is not allowed."))
        return found

    def _choices(self, node: FormNode) -> tuple[Choice, ...]:
        if node.choices is None:
            return ()
        here = self._sheet.tree[node.path]
        fixed = [Choice(value, self._say(text, here)) for value, text in node.choices.fixed]
        return (*fixed, *self._listed(node.path, node.choices))

    def _listed(self, path: str, choices: Choices) -> list[Choice]:
        if choices.nodes is None:
            return []
        found = self._sheet.value(path, choices.nodes, "")
        return [
            Choice(
                _below(item, choices.value),
                self._label(item, choices) or _below(item, choices.value),
            )
            for item in (nodes_of(found) if isinstance(found, list) else [])
        ]

    def _label(self, item: Node, choices: Choices) -> str:
        if choices.label is None:
            return _below(item, "label")
        try:
            with self._sheet.at(item) as context:
                return to_text(choices.label.evaluate(context))
        except XPathError:  # a label that cannot be made leaves the value to be read
            return ""

    def _say(self, text: Text, here: Node) -> str:
        try:
            languages = (self.language, "kk", *self.form.languages)
            with self._sheet.at(here) as context:
                return text.words(languages, context).strip()
        except XPathError as failed:
            return failed.words(self.language)


def _below(item: Node, name: str) -> str:
    return next((child.value() for child in item.children if child.name == name), "")
