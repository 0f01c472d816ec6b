"""The pictures of one question and its choices, to be looked at large."""

from desktop.surveys.interview import NodeState
from ui.pictures import decoded
from ui.widgets.photo_view import PhotoView


def has_pictures(node: NodeState) -> bool:
    """Whether there is anything to look at."""
    return node.picture is not None or any(one.picture is not None for one in node.choices)


def look_at(view: PhotoView, node: NodeState) -> None:
    """Show them over the page: its own first, then those of the choices with their words."""
    pictures = [(node.label, node.picture), *((one.label, one.picture) for one in node.choices)]
    there = [(words, one) for words, one in pictures if one is not None]
    view.open([words for words, _ in there], [decoded(one.large) for _, one in there], 0)
