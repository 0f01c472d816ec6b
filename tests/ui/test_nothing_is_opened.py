"""Whatever a record says, showing it opens no file and asks no server.

Texts that would have something opened, were they read as HTML or as Markdown, go through all
screens of three roles; what they name is watched. 2,000 of them in `make soak`.
"""

import os
from functools import partial
from itertools import count
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from desktop.actions import attachments, records
from sync.records import KINDS
from sync.records.base import field_map
from tests.profiles import ISSUE
from tests.traps import POSSIBLE, traps
from tests.ui.desks import VILLAGE, close, make_desk, seen_by
from ui.demo.hands import wait
from ui.jobs import Jobs
from ui.screens import screens_for
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="only Linux tells who opened what")

TEXTS = 2_000 if os.environ.get("DALA_SOAK") else 48
AT_ONCE = min(TEXTS, 250)  # texts in one set of records
ROLES = ("activist", "leader", "coordinator")
BAITS = (
    '<img src="file://{path}">',
    "<img src='{path}'>Су жоқ",
    '<img src="{url}/{n}.png">',
    '<qt><body background="file://{path}">Су</body></qt>',
    '<table background="{path}"><tr><td>1</td></tr></table>',
    '<p style="background-image:url({path})">Су</p>',
    '<style>p {{ background: url("file://{path}"); }}</style><p>Су</p>',
    '<link rel="stylesheet" href="{path}"><p>Су</p>',
    '<ul style="list-style-image: url({path})"><li>Су</li></ul>',
    "![Су]({path})",
    "![Су]({url}/{n}.png)",
    '<!DOCTYPE html><html><head><base href="file://{folder}/"></head><img src="{n}.png"></html>',
    '<object data="{path}" type="image/png"></object>',
    '&lt;img src="{path}"&gt;<img src="{path}" width=1>',
    '"><img src="{path}" alt="',
    'file://{path}',
)  # fmt: skip


def bait(trap, number):
    """Each is another one."""
    words = {"path": trap.path(number), "url": trap.url, "n": number % 8, "folder": trap.folder}
    return BAITS[number % len(BAITS)].format(**words) + f" {number}"


@pytest.fixture
def trap(tmp_path):
    with traps(tmp_path / "traps") as made:
        yield made


def test_a_label_that_guesses_would_spring_them(qtbot, trap):
    sprung = []
    for number in range(len(BAITS)):
        label = QLabel(bait(trap, number))
        qtbot.addWidget(label)
        label.show()
        QApplication.processEvents()
        sprung.append(bool(trap.sprung()))

    assert sum(sprung) >= 5


@pytest.mark.timeout(1_200 if os.environ.get("DALA_SOAK") else 120)
def test_no_text_of_a_record_has_anything_opened_by_any_screen(qtbot, trap, tmp_path):
    for first in range(0, TEXTS, AT_ONCE):
        desk = make_desk(tmp_path / f"desk{first}", "leader")
        told = fill(desk, map(partial(bait, trap), count(first)), tmp_path)
        assert told >= AT_ONCE
        for role in ROLES:
            look_around(qtbot, seen_by(desk, role))
        close(desk)

    assert trap.sprung() == []


def test_no_label_tip_or_message_has_anything_opened(qtbot, trap):
    for number in range(TEXTS):
        label = PlainLabel(bait(trap, number))
        qtbot.addWidget(label)
        label.show()
        QToolTip.showText(label.mapToGlobal(label.rect().center()), tip(bait(trap, number)), label)
        QApplication.processEvents()
    QToolTip.hideText()

    assert trap.sprung() == []


def fill(desk, said, tmp_path):
    """Records of every kind that a team makes, with a bait in each field that takes words."""
    told = 0

    def save(kind, parent=None, **more):
        nonlocal told
        names = [field.name for field in field_map(KINDS[kind]).values() if takes_words(field)]
        told += len(names)
        words = {name: next(said) for name in names}
        known = {**ISSUE, "consent_way": "signed"} if kind == "issue" else {}
        return records.save(desk, kind, {**known, **words, **more}, uuid4(), parent)[0].record

    while told < AT_ONCE:
        visit = save("visit", village=VILLAGE)
        meeting = save("meeting", village=VILLAGE)
        issue = save("issue", village=VILLAGE)
        for kind, parent in (("question", meeting), ("decision", meeting), ("step", issue)):
            save(kind, parent, **({"type": "note"} if kind == "step" else {}))
        for parent in (visit, issue):
            save("comment", parent, about="outcome" if parent == visit else "essence")
            file = tmp_path / "note.txt"
            file.write_text(next(said), encoding="utf-8")
            attachments.attach(desk, parent, file, next(said))
    return told


def takes_words(field):
    """A text of a person's own."""
    return field.type is str and not (field.choices or field.place or field.link or field.given)


def look_around(qtbot, desk):
    """All screens, and the first record of each list opened."""
    jobs = Jobs()
    for one in screens_for(desk.person.role):
        screen = one.build(desk, jobs)
        qtbot.addWidget(screen)
        screen.resize(1000, 700)
        screen.show()
        wait(lambda: not jobs.working())
        if one.key in ("visits", "issues", "meetings"):
            screen.open_record(screen.list.model.id_at(screen.list.model.index(0)))
            wait(lambda: not jobs.working())
        screen.grab()
        screen.hide()
    jobs.close()
    QApplication.processEvents()
