"""Text is text: nothing that a record holds is read as HTML, wherever it is shown."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Guesses
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget

import ui
from desktop.actions import attachments, records
from tests.profiles import ISSUE
from tests.ui.desks import close, make_desk
from ui.jobs import Jobs
from ui.screens import screens_for
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

# What shows text and guesses what it is, or takes HTML, and who may use it nevertheless
GUESSING = {
    "QLabel": {"labels.py"},
    "QMessageBox": set(),
    "QTextBrowser": {"help.py"},  # pages of our own, and no link leads out
    "QTextEdit": set(),
    # breaks pages; words come by insertText alone, see test_pdf_pages
    "QTextDocument": {"pdf_stack.py"},
    "QErrorMessage": set(),
    "QWhatsThis": set(),
    "QToolTip": set(),
}
TAKING_HTML = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setWhatsThis",
    "setStatusTip",
    "setMarkdown",
}
HOSTILE = (
    '<img src="file:///etc/hostname"><b>Су</b> & <a href="http://example.test">жоқ</a>',
    "<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>",
    "<qt><h1>Су жоқ</h1></qt>",
    "&lt;b&gt; &nbsp; <br/>",
)


def modules():
    return {
        path.name: ast.parse(path.read_text(encoding="utf-8"))
        for path in Path(ui.__file__).parent.rglob("*.py")
    }


def calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_nothing_that_guesses_is_made_outside_of_its_one_place():
    found = [
        f"{name}: {call.func.id}"
        for name, tree in modules().items()
        for call in calls(tree)
        if isinstance(call.func, ast.Name) and name not in GUESSING.get(call.func.id, {name})
    ]

    assert found == []


def test_nobody_takes_html():
    found = [
        f"{name}: {call.func.attr}"
        for name, tree in modules().items()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in TAKING_HTML
        and (name, call.func.attr) != ("help.py", "setMarkdown")  # pages of our own
    ]

    assert found == []


def test_every_tooltip_goes_through_the_one_door():
    found = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "setToolTip"
        and not isinstance(call.args[0], ast.Constant)
        and not (isinstance(call.args[0], ast.Call) and ast.unparse(call.args[0].func) == "tip")
    ]

    assert found == []


@pytest.mark.parametrize("text", [*HOSTILE, "Су жоқ & жол"])
def test_a_tooltip_shows_the_letters_that_were_typed(qapp, text):
    shown = tip(text)
    if Guesses.mightBeRichText(shown):
        read = QTextDocument()
        read.setHtml(shown)
        shown = read.toPlainText()

    assert shown == text


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "desk", "leader")
    yield made
    close(made)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_screen_reads_a_record_as_html(qtbot, desk, text, tmp_path):
    fill(desk, text, tmp_path)
    jobs = Jobs()
    screens = [screen.build(desk, jobs) for screen in screens_for("leader")]
    for screen in screens:
        qtbot.addWidget(screen)
        screen.resize(1000, 700)
        screen.show()
    qtbot.waitUntil(lambda: not jobs.working(), timeout=20_000)

    shown = [one for screen in screens for one in screen.findChildren(QWidget)]

    labels = [one for one in shown if isinstance(one, QLabel)]
    assert any(text.split()[0] in one.text() for one in labels)
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}
    tips = {one.toolTip() for one in shown if Guesses.mightBeRichText(one.toolTip())}
    assert all(one.startswith("<qt>") and "<img" not in one for one in tips)
    jobs.close()
    QApplication.processEvents()


def fill(desk, text, tmp_path):
    records.save(desk, "meeting", {"title": text})
    issue = records.save(desk, "issue", {**ISSUE, "essence": text})[0].record
    records.save(desk, "comment", {"about": "essence", "text": text}, uuid4(), issue)
    file = tmp_path / "note.txt"
    file.write_text(text, encoding="utf-8")
    attachments.attach(desk, issue, file, text)


def test_a_label_never_guesses(qtbot):
    label = PlainLabel(HOSTILE[0])
    qtbot.addWidget(label)

    assert label.text() == HOSTILE[0]
    assert label.textFormat() == Qt.TextFormat.PlainText
