import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeView,
)

from ui.translation import use_language

ENGLISH = re.compile(r"\b(?!Ctrl|Alt|Shift|Del)[A-Za-z]{3,}")


@pytest.fixture
def speaking():
    yield use_language
    use_language("en")


def words_of(dialog):
    """All that a file dialog says, except names of files."""
    said = [w.text() for w in dialog.findChildren(QLabel)]
    for button in dialog.findChildren(QAbstractButton):
        said += [button.text(), button.toolTip(), button.accessibleName()]
    for view in dialog.findChildren(QTreeView):
        model = view.model()
        across = range(model.columnCount())
        said += [model.headerData(column, Qt.Orientation.Horizontal) for column in across]
        said += [action.text() for action in view.actions()]
        said += [action.text() for action in view.header().actions()]
    return [words for words in said if words]


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("mode", QFileDialog.AcceptMode)
def test_qts_own_file_dialog_has_no_english_words(qtbot, tmp_path, speaking, language, mode):
    speaking(language)
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    qtbot.addWidget(dialog)
    dialog.show()

    said = words_of(dialog)

    assert len(said) > 10
    assert [words for words in said if ENGLISH.search(words)] == []


def test_in_kazakh_a_folder_is_what_it_is_elsewhere_in_the_program(qtbot, tmp_path, speaking):
    speaking("kk")
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()

    said = " ".join(words_of(dialog)).lower()

    assert "қалта" in said
    assert "бума" not in said


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("sort", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_has_no_english_words(qtbot, speaking, language, sort):
    speaking(language)
    field = sort()
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()  # held, or its entries go

    said = [action.text().split("\t")[0] for action in menu.actions()]

    assert len([words for words in said if words]) > 5
    assert [words for words in said if ENGLISH.search(words)] == []


def test_back_in_english_qt_says_its_own_words_again(qtbot, tmp_path, speaking):
    speaking("kk")
    speaking("en")
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()

    assert "&Look in:" in words_of(dialog)
