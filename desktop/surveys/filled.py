"""A named form that is filled in: which answers tell of people, what it lacks, and it all in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop.surveys.cells import plain_path
from desktop.surveys.form import ASKED, Form, FormNode, load_form
from desktop.surveys.interview import Interview, NodeState
from desktop.surveys.photo_answers import sum_of
from desktop.surveys.texts import Text
from sync.elements import element
from sync.errors import UserError
from sync.folding import fold
from sync.language import mark, spoken, tr

ANSWERS, PERSONAL = "answers", "personal"  # the fields of sync.records.filled_form
_LIST = re.compile(r"instance\(\s*['\"](.*?)['\"]\s*\)")
GIVEN = ("village", "filled_on")  # nodes that are filled in with what the record says
MEDIA = ("image", "file")
FEW = 8  # forms that are kept compiled
Values = Mapping[str, object]

compiled = lru_cache(maxsize=FEW)(load_form)


@dataclass(frozen=True)
class Question:
    """One question that is of concern, with its answer in words; empty where there is none.

    `field` is what it is called in a record: comments name it so.
    """

    path: str
    field: str
    label: str
    words: str
    personal: bool


@dataclass(frozen=True)
class Section:
    """Questions under one heading: a group of the form, or one instance of what repeats."""

    heading: str
    questions: tuple[Question, ...]


def arranged(
    form: Form,
    before: Values,
    said: Values,
    given: Mapping[str, str],
    on: date | None = None,
) -> tuple[dict[str, str], dict[str, str]]:
    """Answers of before and those said now, {path: value} → what tells of nobody, what of people.

    What is of no concern (any more) is left out, what is calculated is there; said as None or "" an
    answer goes. `given` is by the names in GIVEN; `on` the day that the form takes for today. Raises
    UserError where something is said at a path that the form does not ask.
    """
    answers = {
        path: value for path, value in {**before, **said}.items() if value not in (None, "")
    }
    interview = begun(form, answers, given, on)
    if unasked := [path for path in interview.unknown if path in said]:
        raise UserError(mark("The form asks nothing at “{path}”."), path=unasked[0])
    answers_, personal = dict[str, str](), dict[str, str]()
    for path, value in interview.to_answers().items():
        (personal if node_of(form, path).personal else answers_)[path] = value
    return answers_, personal


def begun(
    form: Form, answers: Values, given: Mapping[str, str], on: date | None = None
) -> Interview:
    """The interview with these answers."""
    interview = Interview(form, dict(answers) or None, spoken(), on)
    for name in GIVEN:
        if (path := hidden_at(form, name)) and given.get(name):
            interview.answer(path, given[name])
    return interview


def hidden_at(form: Form, name: str) -> str:
    """The path of a node that is not asked, by its name; empty where the form has none."""
    found = (
        path for path, node in form.nodes.items() if (node.name, node.kind) == (name, "hidden")
    )
    return next(found, "")


def node_of(form: Form, path: str) -> FormNode:
    """The node of the form that a path of an interview belongs to."""
    return form.nodes[plain_path(path)]


def field_at(form: Form, path: str) -> str:
    """What the answer at a path is called among a record's fields."""
    return f"{PERSONAL if node_of(form, path).personal else ANSWERS}:{path}"


def problems(interview: Interview, form: Form) -> dict[str, tuple[str, UserError]]:
    """What must be put right before it is sent: by field the question's words, and a sentence."""
    found: dict[str, tuple[str, UserError]] = {}
    for node in interview.nodes():
        if node.message is not None and node.kind != "group":
            found.setdefault(field_at(form, node.path), (node.label, node.message))
    return found


def sections(form: Form, answers: Values, on: date | None = None) -> list[Section]:
    """All questions of concern in the language spoken, with their answers, by section."""
    interview = begun(form, answers, {}, on)
    found: list[tuple[str, list[Question]]] = []
    last = ""
    for node in interview.nodes():
        if not node.shown or node.kind not in (*ASKED, "acknowledge"):
            continue
        around = node.path.rpartition("/")[0]
        if not found or around != last:
            found.append((_heading(interview, around), []))
            last = around
        found[-1][1].append(_answered(form, node))
    return [Section(heading, tuple(questions)) for heading, questions in found]


def lines(form: Form, answers: Values, beside: Values) -> list[str]:
    """What these answers say, a question a line: «Family member 1 · Age: 41». `beside`: the other
    answers there are. One that is of no concern beside them is told as it is kept."""
    told, left = list[str](), dict(answers)
    for section in sections(form, {**beside, **answers}):
        for one in section.questions:
            if left.pop(one.path, "") and one.words:
                asked = " · ".join(part for part in (section.heading, one.label) if part)
                told.append(f"{asked}{' ' if asked.endswith('?') else ': '}{one.words}")
    asked_for = (path for path in left if _is_asked(form, path))
    return [*told, *(f"{path.rpartition('/')[2]}: {left[path]}" for path in asked_for)]


def _is_asked(form: Form, path: str) -> bool:
    node = form.nodes.get(plain_path(path))
    return node is None or node.kind in ASKED


def words_at(form: Form, answers: Values, path: str) -> str:
    """One answer in words; as it is kept where it is of no concern."""
    try:
        return answer_words(begun(form, answers, {}).state(path)) or str(answers[path])
    except KeyError:
        return str(answers[path])


def columns(form: Form) -> dict[str, str]:
    """{path of the form: heading} of its questions: a table has a column for each."""
    return {
        path: _plain(node) or node.name
        for path, node in form.nodes.items()
        if node.kind in (*ASKED, "acknowledge")
    }


def choices_with(form: Form, word: str) -> Iterator[tuple[str, str]]:
    """(keys of the answers as GLOB has them, what is kept) of choices with a folded word in theirs."""
    for path, node in form.nodes.items():
        for name, label in _choices(form, node):
            if word in fold(label):
                yield _keys(form, path), name


def _choices(form: Form, node: FormNode) -> Iterator[tuple[str, str]]:
    """(what is kept, words) of all choices of a question, whatever filters them."""
    if node.choices is None:
        return
    for name, text in node.choices.fixed:
        yield name, _said(text)
    found = _LIST.search(node.choices.nodes.text) if node.choices.nodes else None
    items = form.instances.get(found[1]) if found else None
    for item in items.below() if items is not None else ():
        parts = {one.name: one.value() for one in item.children}
        if node.choices.value in parts:
            key = parts.get("itextId", "")
            label = _said(form.texts[key]) if key in form.texts else parts.get("label", "")
            yield parts[node.choices.value], label


def _keys(form: Form, path: str) -> str:
    """/data/member/age → /data/member[[]*[]]/age where members repeat."""
    at, keys = "", ""
    for part in path.split("/")[1:]:
        at += f"/{part}"
        keys += f"/{part}" + ("[[]*[]]" if form.nodes[at].kind == "repeat" else "")
    return keys


def words_by_question(form: Form, answers: Values, on: date | None = None) -> dict[str, str]:
    """{path of the form: answer in words}; of what repeats all of them, one after the other."""
    said: dict[str, list[str]] = {}
    for section in sections(form, answers, on):
        for one in section.questions:
            if one.words:
                said.setdefault(plain_path(one.path), []).append(one.words)
    return {path: "; ".join(words) for path, words in said.items()}


def _plain(node: FormNode) -> str:
    """The words of a question that quote no answer; also of one in a repeat that has no instance."""
    return _said(node.label)


def _said(text: Text) -> str:
    words = text.parts.get(spoken()) or next(iter(text.parts.values()), ())
    return "".join(part if isinstance(part, str) else "…" for part in words).strip()


def answer_words(node: NodeState) -> str:
    """An answer as a person reads it: names of choices, days as they are written here."""
    names = {choice.value: choice.label for choice in node.choices}
    if node.kind == "select_one":
        return names.get(node.value, node.value)
    if node.kind in ("select_multiple", "rank"):
        return ", ".join(names.get(one, one) for one in node.value.split())
    if node.kind in ("acknowledge", "boolean"):
        return tr("Yes") if node.value in ("OK", "true", "1") else ""
    if node.kind in MEDIA:
        return tr("Photo") if sum_of(node.value) else node.value
    if node.kind == "date" and len(node.value) == len("2026-11-05"):
        return ".".join(reversed(node.value.split("-")))
    return node.value


def _answered(form: Form, node: NodeState) -> Question:
    return Question(
        path=node.path,
        field=field_at(form, node.path),
        label=node.label,
        words=answer_words(node),
        personal=node_of(form, node.path).personal,
    )


def photos(form: Form, answers: Values) -> dict[str, str]:
    """{SHA-256: words of the question} of the photos among the answers."""
    return {
        found: _plain(node_of(form, path))
        for path, value in answers.items()
        if node_of(form, path).kind in MEDIA and (found := sum_of(str(value)))
    }


def _heading(interview: Interview, around: str) -> str:
    """The words of the group or repeat around, with the number of its instance."""
    if around.count("/") < 2:
        return ""
    label = interview.state(around).label
    number = around.rpartition("[")[2].removesuffix("]") if around.endswith("]") else ""
    return " ".join(part for part in (label, number) if part)


def said_anew(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """The answers that differ, whole repeats where anything in them does; None: taken away."""
    units = {_unit(path) for path in {*before, *after} if before.get(path) != after.get(path)}
    return {path: after.get(path) for path in {**before, **after} if _unit(path) in units}


def seen_before(
    said: Mapping[str, object], seen: Mapping[str, str], stands: Mapping[str, str]
) -> dict[str, str]:
    """What stood before an edit that says this, made by somebody who saw that: of a repeat what they
    saw, for it is merged as a whole; of all else what stands."""
    units = {_unit(path) for path in said if "[" in path}
    others = {path: value for path, value in stands.items() if _unit(path) not in units}
    return others | {path: value for path, value in seen.items() if _unit(path) in units}


def _unit(path: str) -> str:
    return element("", path)
