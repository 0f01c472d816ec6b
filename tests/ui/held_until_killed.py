"""A program that holds one interview by keys, to be killed: what it says it has, must be there."""

import os
from multiprocessing.connection import Connection
from pathlib import Path

PEOPLE = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance>'
    "<data id='t'><g><rooms/><water/></g><p jr:template=''><what/><cost/></p><p><what/><cost/></p></data>"
    "</instance><bind nodeset='/data/g/rooms' type='int'/><bind nodeset='/data/p/cost' type='int'/></model>"
    "</h:head><h:body><group ref='/data/g' appearance='field-list'><input ref='/data/g/rooms'><label>R</label>"
    "</input><input ref='/data/g/water'><label>W</label></input></group><group ref='/data/p'><label>P</label>"
    "<repeat nodeset='/data/p'><input ref='/data/p/what'><label>N</label></input>"
    "<input ref='/data/p/cost'><label>A</label></input></repeat></group></h:body></h:html>"
)
OKRUG = "615647000"


def hold(folder: Path, line: Connection) -> None:
    """The life of a forked process: people without end; after each key, what is on the disk."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from desktop.folder import choose_profile
    from tests import saving
    from tests.ui.keys import press, write
    from tests.ui.survey_waves import start_wave
    from tests.ui.typing import digits
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.screens.interview import InterviewScreen

    app = QApplication([])
    desk = saving.desk(choose_profile(folder))
    wave, _ = start_wave(desk, posts=(), xform=PEOPLE)
    jobs = Jobs()
    screen = InterviewScreen(desk, jobs)
    screen.show()
    screen.activateWindow()
    line.send(wave)
    screen.open(wave)
    wait(lambda: not jobs.working())
    screen.start_page.okrug_input.set_value(OKRUG)
    screen.setFocus()
    press(Qt.Key.Key_Return)

    def said() -> None:
        screen.keep()
        app.processEvents()
        wait(lambda: not jobs.working())
        body = screen._body()
        line.send((body["at"], body["counts"], body["answers"]))

    digits("3")
    said()
    for key in ("", "су"):
        write(key) if key else None
        press(Qt.Key.Key_Return)
        said()
    for number in range(1, 1_000):
        write(f"Адам{number}")
        press(Qt.Key.Key_Return)
        said()
        digits(str(number % 90))
        press(Qt.Key.Key_Return)
        said()
        write("+")
        said()
