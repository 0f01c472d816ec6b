"""The questions that no anonymous wave may ask: they would say who answered.

Places finer than the okrug, pictures and sound, and whatever is known by its words to ask for a name,
a phone, a number or an address: see sync.political. The same words in a form that is no wave, but a
record with consent, are its author's affair.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.surveys.form import Form, FormNode
from desktop.surveys.questions import Label, questions, text_words
from sync.errors import UserError
from sync.language import mark
from sync.political import naming

PLACES = ("geopoint", "geotrace", "geoshape")
MEDIA = ("image", "audio", "video", "file")
TYPED = ("text", "integer", "decimal")  # answers that can say who somebody is

PLACE = mark(
    "“{question}” asks for a place on the map. A survey is anonymous, so it cannot ask by this form: "
    "take the question out, or use the form for records by name."
)
PICTURE = mark(
    "“{question}” asks for a picture, a sound or a file. A survey is anonymous, so it cannot ask by "
    "this form: take the question out, or use the form for records by name."
)
NAMED = mark(
    "“{question}” asks who answers ({words}). A survey is anonymous, so it cannot ask by this form: "
    "take the question out, or use the form for records by name."
)


@dataclass(frozen=True)
class Telling:
    """A question that would say who answered: its name, and why."""

    path: str
    why: UserError


def telling(form: Form) -> Iterator[Telling]:
    """Each question that keeps a form from being asked anonymously, in the form's order."""
    for one in questions(form):
        if why := _why(one.node, one.label):
            yield Telling(one.path, why)


def _why(node: FormNode, label: Label) -> UserError | None:
    if node.kind in PLACES:
        return UserError(PLACE, question=label, name=node.name)
    if node.kind in MEDIA:
        return UserError(PICTURE, question=label, name=node.name)
    if node.kind in TYPED:
        texts = (node.name, *(text_words(node.label, one) for one in node.label.parts))
        if words := next((found for text in texts if (found := naming(text))), ()):
            return UserError(NAMED, question=label, name=node.name, words=", ".join(words))
    return None
