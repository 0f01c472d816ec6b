"""An answer as a person reads it."""

from desktop.surveys.interview import NodeState
from sync.language import tr

CHOSEN = ("select_one", "select_multiple")
LISTED = (*CHOSEN, "rank")
SEPARATOR = ", "


def answer_words(node: NodeState) -> str:
    """Names of the choices instead of their keys, days as they are written."""
    if node.kind in LISTED:
        names = {choice.value: choice.label for choice in node.choices}
        chosen = [node.value] if node.kind == "select_one" else node.value.split()
        return SEPARATOR.join(names.get(one, one) for one in chosen)
    if node.kind == "acknowledge":
        return tr("Yes") if node.value else ""
    return node.value
