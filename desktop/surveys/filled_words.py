"""A named form that is filled in, in words: for its page, for search, for a table, for who asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.surveys.cells import plain_path
from desktop.surveys.filled import MEDIA, Values, begun, field_at, node_of
from desktop.surveys.form import ASKED, Form, FormNode
from desktop.surveys.interview import Interview, NodeState
from desktop.surveys.photo_answers import sum_of
from desktop.surveys.texts import Text
from sync.folding import fold
from sync.language import spoken, tr

_LIST = re.compile(r"instance\(\s*['\"](.*?)['\"]\s*\)")


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


def _heading(interview: Interview, around: str) -> str:
    """The words of the group or repeat around, with the number of its instance."""
    if around.count("/") < 2:
        return ""
    label = interview.state(around).label
    number = around.rpartition("[")[2].removesuffix("]") if around.endswith("]") else ""
    return " ".join(part for part in (label, number) if part)


def photos(form: Form, answers: Values) -> dict[str, str]:
    """{SHA-256: words of the question} of the photos among the answers."""
    return {
        found: _plain(node_of(form, path))
        for path, value in answers.items()
        if node_of(form, path).kind in MEDIA and (found := sum_of(str(value)))
    }
