"""A named form that is filled in: which answers tell of people, and what it lacks."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from desktop.surveys.cells import plain_path
from desktop.surveys.form import Form, FormNode, load_form
from desktop.surveys.interview import Interview
from sync.elements import element
from sync.errors import UserError
from sync.language import mark, spoken

ANSWERS, PERSONAL = "answers", "personal"  # the fields of sync.records.filled_form
GIVEN = ("village", "filled_on")  # nodes that are filled in with what the record says
MEDIA = ("image", "file")
FEW = 8  # forms that are kept compiled
Values = Mapping[str, object]

compiled = lru_cache(maxsize=FEW)(load_form)


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
    interview = begun(form, _together(form, before, said, on), given, on, whole=False)
    if unasked := [path for path in interview.unknown if path in said]:
        raise UserError(mark("The form asks nothing at “{path}”."), path=unasked[0])
    answers_, personal = dict[str, str](), dict[str, str]()
    for path, value in interview.to_answers().items():
        (personal if node_of(form, path).personal else answers_)[path] = value
    return answers_, personal


def _together(form: Form, before: Values, said: Values, on: date | None) -> Values:
    """The answers of before with those said now. What was only worked out is so again, what had its
    default taken away has none; what is of concern only now may have one."""
    now = {path: value for path, value in said.items() if value not in (None, "")}
    stood = begun(form, before, {}, on) if before else None
    offered, without = (stood.worked_out(), stood.taken_away()) if stood is not None else ([], [])
    changed = {*said, *offered}
    after = {path: value for path, value in before.items() if path not in changed} | now
    there = {path.rpartition("]")[0] for path in after}
    for path in {*without, *said} - after.keys():
        if path.rpartition("]")[0] in {"", *there} and _begins(form, path):
            after[path] = ""
    return after


def _begins(form: Form, path: str) -> bool:
    node = form.nodes.get(plain_path(path))
    return node is not None and node.begins


def begun(
    form: Form,
    answers: Values,
    given: Mapping[str, str],
    on: date | None = None,
    *,
    whole: bool = True,
) -> Interview:
    """The interview with these answers; `whole`: they are all that there are."""
    interview = Interview(form, dict(answers) or None, spoken(), on, whole=whole)
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


def taken_away(form: Form, answers: Values) -> dict[str, None]:
    """What these, all answers of an interview, say of questions that had one before they were asked."""
    return dict.fromkeys(begun(form, answers, {}).taken_away())


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
