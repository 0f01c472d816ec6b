"""The pictures of a question and its choices, or of what repeats, to be looked at large."""

from collections.abc import Iterable

from desktop.surveys.interview import NodeState
from desktop.surveys.states import Picture
from ui.pictures import decoded
from ui.widgets.photo_view import PhotoView


def has_pictures(node: NodeState) -> bool:
    """Whether there is anything to look at."""
    return node.picture is not None or any(one.picture is not None for one in node.choices)


def pictures_of(node: NodeState) -> list[tuple[str, Picture]]:
    """Its own first, then those of the choices, with their words."""
    found = [(node.label, node.picture), *((one.label, one.picture) for one in node.choices)]
    return [(words, picture) for words, picture in found if picture is not None]


def look_at(view: PhotoView, pictures: Iterable[tuple[str, Picture]]) -> None:
    """Show them over the page, one after the other."""
    there = list(pictures)
    view.open([words for words, _ in there], [decoded(one.large) for _, one in there], 0)
