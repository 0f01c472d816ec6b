"""What is shown when the mouse rests on something. Qt guesses whether that is HTML; here it never is."""

from html import escape

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """The text as a tooltip that shows it letter by letter.

    A name like `<img src="file:///…">` would else be loaded and drawn.
    """
    if not Qt.mightBeRichText(text):
        return text
    lines = escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"
