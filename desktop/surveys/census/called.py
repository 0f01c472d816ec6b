"""How questions are called in a sentence for people: as forms ask them, not by their machine names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.surveys.form import load_form
from desktop.surveys.questions import Label, questions
from sync.errors import UserError


@dataclass(frozen=True)
class Called:
    """Some questions, by their names; a question that no form asks is called by its name."""

    names: tuple[str, ...]
    labels: Mapping[str, Label]

    def words(self, language: str | None = None) -> str:
        """«Sex, Age», in the language of the sentence; a dash for none."""
        said = (
            self.labels[name].words(language) if name in self.labels else name
            for name in self.names
        )
        return ", ".join(said) or "—"


def called(names: tuple[str, ...], xforms: Iterable[str]) -> Called:
    """As the first of these forms asks them that does; no more of them is read than is needed."""
    labels: dict[str, Label] = {}
    for xform in xforms if names else ():
        found = _labels(xform)
        labels = {name: found[name] for name in names if name in found} | labels
        if len(labels) == len(set(names)):
            break
    return Called(names, labels)


@lru_cache(maxsize=64)
def _labels(xform: str) -> Mapping[str, Label]:
    """{name: label} of what a form asks once; of none where it is no form."""
    try:
        found = questions(load_form(xform))
    except UserError:
        return {}
    return {one.node.name: one.label for one in found if "[" not in one.path}
