"""Dynamic properties that the style sheet chooses by."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property of ours (role, kind, tone, wrong …) and have the widget drawn by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has no look yet: what is set now counts when it gets one
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_seen(widget: QWidget, seen: bool) -> None:
    """As setVisible, where it changes something: Qt dresses even what was going to be seen anyway."""
    if not seen or widget.isHidden():
        widget.setVisible(seen)
