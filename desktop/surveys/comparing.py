"""Two versions of a form: what is new, what is gone, and whether answers to the one fit the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.surveys.form import Form
from desktop.surveys.questions import Question, questions, text_words
from sync.errors import UserError
from sync.language import LANGUAGES, mark

Told = Iterator["Difference"]
ADDED = mark("New question: “{question}”")
REMOVED = mark("Question taken out: “{question}”")
RENAMED = mark("“{old}” is now called “{new}”: “{question}”")
MOVED = mark("“{name}” stands in another group: “{question}”")
ANOTHER_KIND = mark("Another kind of answer ({old}, now {new}): “{question}”")
CHOICES_ADDED = mark("New choices ({choices}): “{question}”")
CHOICES_REMOVED = mark("Choices taken out ({choices}): “{question}”")
REWORDED = mark("Other words: “{question}”")
NOW_REQUIRED = mark("An answer is needed now: “{question}”")
LANGUAGE_ADDED = mark("New language: {language}")
LANGUAGE_REMOVED = mark("Language taken out: {language}")


@dataclass(frozen=True)
class Difference:
    """One change. `breaks`: answers to the one version do not fit the other there."""

    text: UserError  # a sentence, as everywhere where words are shown in three languages
    breaks: bool = False


class _Names:
    """Labels of choices, one after the other."""

    def __init__(self, question: Question, values: Sequence[str]) -> None:
        self._labels = [label for value, label in question.choices if value in values]

    def words(self, language: str | None = None) -> str:
        return ", ".join(label.words(language) for label in self._labels)


def compare(old: Form, new: Form) -> list[Difference]:
    """What changed from one version to the next, in the order of the new one."""
    before = {one.path: one for one in questions(old)}
    after = {one.path: one for one in questions(new)}
    gone = {path: one for path, one in before.items() if path not in after}
    shared = tuple(code for code in old.languages if code in new.languages) or ("",)
    told: list[Difference] = []
    for path, question in after.items():
        if path in before:
            told += _changed(before[path], question, shared)
        elif (known := _same(question, gone)) is not None:
            del gone[known.path]
            told += [_elsewhere(known, question), *_changed(known, question, shared)]
        else:
            told.append(_difference(ADDED, question))
    told += [_difference(REMOVED, question, breaks=True) for question in gone.values()]
    return [*told, *_languages(old, new)]


def _same(question: Question, gone: dict[str, Question]) -> Question | None:
    """The question that it was: of its name in another group, else of its very words."""
    alike = [one for one in gone.values() if one.node.kind == question.node.kind]
    named = [one for one in alike if one.node.name == question.node.name]
    worded = [
        one
        for one in alike
        if one.node.label.parts and one.node.label.parts == question.node.label.parts
    ]
    return next((found[0] for found in (named, worded) if len(found) == 1), None)


def _elsewhere(old: Question, new: Question) -> Difference:
    if old.node.name == new.node.name:
        return _difference(MOVED, new, breaks=True, name=new.node.name)
    return _difference(RENAMED, new, breaks=True, old=old.node.name, new=new.node.name)


def _changed(old: Question, new: Question, shared: Sequence[str]) -> Told:
    if old.node.kind != new.node.kind:
        yield _difference(ANOTHER_KIND, new, breaks=True, old=old.node.kind, new=new.node.kind)
        return
    before, after = dict(old.choices), dict(new.choices)
    if added := [value for value in after if value not in before]:
        yield _difference(CHOICES_ADDED, new, choices=_Names(new, added))
    if removed := [value for value in before if value not in after]:
        yield _difference(CHOICES_REMOVED, new, breaks=True, choices=_Names(old, removed))
    if old.node.required is None and new.node.required is not None:
        yield _difference(NOW_REQUIRED, new)
    both = before.keys() & after.keys()
    if _words(old, both, shared) != _words(new, both, shared):
        yield _difference(REWORDED, new)


def _words(question: Question, values: set[str], languages: Sequence[str]) -> list[str]:
    """All that is read out of a question, in the languages that both versions have."""
    texts = [
        question.node.label,
        question.node.hint,
        *(label.text for value, label in question.choices if value in values),
    ]
    return [text_words(text, language) for text in texts for language in languages]


def _languages(old: Form, new: Form) -> Told:
    for code in new.languages:
        if code not in old.languages:
            yield Difference(UserError(LANGUAGE_ADDED, language=LANGUAGES.get(code, code)))
    for code in old.languages:
        if code not in new.languages:
            yield Difference(UserError(LANGUAGE_REMOVED, language=LANGUAGES.get(code, code)))


def _difference(
    text: str, question: Question, *, breaks: bool = False, **values: object
) -> Difference:
    return Difference(UserError(text, question=question.label, **values), breaks)
