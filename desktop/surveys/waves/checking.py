"""What is wrong with a wave that somebody wants to save, field by field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.surveys.form import Form
from desktop.surveys.questions import questions
from desktop.surveys.waves.anonymity import telling
from desktop.surveys.waves.cells import NAMES, makes_cells
from sync import quotas
from sync.errors import UserError
from sync.language import mark
from sync.places import Pack

KINDS = ("select_one", "integer")  # of questions whose answers make cells
NOT_ASKED = mark("“{path}” makes no cells: the form asks no one choice or whole number there.")
OPINION = mark(
    "“{path}” makes no cells. How many are in a cell is told to others, so cells are made only of what "
    "neighbours know, by these names of questions: {names}."
)
NO_CHOICE = mark("“{question}” has no choice “{name}”.")
BACKWARDS = mark("The survey ends before it begins.")
ELSEWHERE = mark("“{place}” lies in none of the districts of this survey.")


def problems(wave: Mapping[str, Any], form: Form | None, pack: Pack) -> dict[str, UserError]:
    """A sentence by field; empty when all is well. `form`: None where it is not on this laptop."""
    found = dict(quotas.problems(wave, pack))
    if day := _days(wave):
        found["ends_on"] = day
    if place := _place(wave, pack):
        found["places"] = place
    if form is not None:
        if told := next(telling(form), None):
            found["form"] = told.why
        if "groups" not in found and (group := _group(wave, form)):
            found["groups"] = group
    return found


def _days(wave: Mapping[str, Any]) -> UserError | None:
    begins, ends = (_day(wave.get(name)) for name in ("starts_on", "ends_on"))
    if begins is None or ends is None:
        return None
    return UserError(BACKWARDS) if ends < begins else None


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:  # said where it is typed
        return None


def _place(wave: Mapping[str, Any], pack: Pack) -> UserError | None:
    districts = wave.get("districts") or list(pack.districts)
    for place in wave.get("places") or []:
        if pack.district_of(str(place)) not in districts:
            return UserError(ELSEWHERE, place=pack.full_name(str(place)))
    return None


def _group(wave: Mapping[str, Any], form: Form) -> UserError | None:
    asked = {one.path: one for one in questions(form)}
    for path, groups in quotas.read(wave).groups.items():
        question = asked.get(path)
        if question is None or question.node.kind not in KINDS:
            return UserError(NOT_ASKED, path=path)
        if not makes_cells(path):
            return UserError(OPINION, path=path, names=", ".join(sorted(NAMES)))
        offered = {value for value, _ in question.choices}
        for name in (one for group in groups for one in group.split()):
            if offered and name not in offered:
                return UserError(NO_CHOICE, question=question.label, name=name)
    return None
