"""Qt's own words that its catalogues lack in Russian, or say otherwise than Dala: the file dialog's.

What is not here, Qt's own catalogue says.
"""

from PySide6.QtCore import QObject, QTranslator

from sync.language import mark, tr

WORDS = {  # by the context of Qt
    "QFileDialog": (
        mark("&Look in:"),
        mark("Files of &type:"),
        mark("Parent Directory"),
        mark("Go to the parent directory"),
        mark("Show "),  # then the name of a column
        mark("Computer"),
        mark("Save As"),
        mark("Directories"),
        mark("Directory:"),
        mark("New Folder"),
        mark("&New Folder"),
        mark("Create New Folder"),
        mark("Create a New Folder"),
        mark("Find Directory"),
    ),
    "QFileSystemModel": (mark("Computer"), mark("Invalid filename")),
}


class QtWords(QTranslator):
    """Says them in the language spoken now, and all other words of Qt as `rest` does.

    One translator, not two: an empty answer from Python is taken as an empty text.
    """

    def __init__(self, rest: QTranslator, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = rest

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The words in the language spoken, else in English."""
        if source in WORDS.get(context, ()):
            return tr(source)
        return self._rest.translate(context, source, disambiguation, n) or source
