"""Which answers of a form are which groups of the population.

A column of counts is called as the question is; its values are the choices' names, their labels in any
language, or ages from and to: 18-29, 60+. A choice with the same numbers in its name is the same group.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desktop.surveys.form import Form
from desktop.surveys.questions import Question, questions
from desktop.surveys.ratings.population import Population
from sync.folding import fold
from sync.quotas import NUMBERS, WHOLE, holds

DASHES = re.compile(r"\s*[‐-―−]\s*|\s+-\s*|-\s+")
DIGITS = re.compile(r"\d+")

Find = Callable[[object], str]  # an answer → its group; "" for none


@dataclass(frozen=True)
class Matched:
    """The counts by what the form asks; `groups` is {path: what finds the group of an answer}.

    `unasked` are columns that no question of the form has, `unknown` values that none of its answers is.
    """

    population: Population
    groups: Mapping[str, Find]
    unasked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether anything can be fitted by it."""
        return bool(self.population.counts) and (bool(self.groups) or self.population.by_district)


def match(population: Population, form: Form) -> Matched:
    """Bring the counts together with a form."""
    asked = {one.node.name: one for one in questions(form) if "[" not in one.path}
    found: dict[str, tuple[Question, dict[str, str]]] = {}
    unasked: list[str] = []
    unknown: list[str] = []
    for at, name in enumerate(population.questions):
        question = asked.get(name)
        values = population.values(at)
        choices = _choices(question, values) if question is not None else {}
        if question is None or not choices:
            unasked.append(name)
            continue
        found[name] = question, choices
        unknown += [value for value in values if value not in choices.values()]
    kept = population.only(tuple(found))
    known = [set(choices.values()) for _, choices in found.values()]
    counts = {
        (district, groups): count
        for (district, groups), count in kept.counts.items()
        if all(not one or one in here for one, here in zip(groups, known, strict=True))
    }
    groups = {question.path: _finder(choices) for question, choices in found.values()}
    return Matched(Population(kept.questions, counts), groups, tuple(unasked), tuple(unknown))


def _choices(question: Question, values: Iterable[str]) -> dict[str, str]:
    """{choice: group}, or {ages: group} of a question that asks for a number."""
    if not question.choices:
        ages = {value: DASHES.sub("-", value) for value in values}
        return {age: value for value, age in ages.items() if NUMBERS.fullmatch(age)}
    found: dict[str, str] = {}
    for value in values:
        for name, label in question.choices:
            said = {name, *(label.words(code) for code in ("kk", "ru", "en"))}
            if name in value.split() or fold(value) in map(fold, said):
                found.setdefault(name, value)
    by_numbers = {
        numbers: name
        for name, _ in question.choices
        if (numbers := tuple(DIGITS.findall(name))) and name not in found
    }
    for value in values:
        name = by_numbers.get(tuple(DIGITS.findall(value)), "")
        if name and value not in found.values():
            found[name] = value
    return found


def _finder(choices: Mapping[str, str]) -> Find:
    ages = [one for one in choices if NUMBERS.fullmatch(one)]

    def find(said: object) -> str:
        if not isinstance(said, str | int):
            return ""
        text = str(said)
        if text in choices:
            return choices[text]
        if ages and WHOLE.fullmatch(text.strip()):
            return next((choices[one] for one in ages if holds(one, text)), "")
        if planned := NUMBERS.fullmatch(text):  # what a wave's plan made of an age
            ends = planned[1], planned[2] or "999"
            return next((choices[one] for one in ages if all(holds(one, end) for end in ends)), "")
        several = {choices.get(one, "") for one in text.split()}
        return several.pop() if len(several) == 1 else ""

    return find
