"""`python -m tests.gallery OUT`: a picture of every screen, filled, empty, and out of reach.

--lang kk|ru|en   --scheme light|dark   --scale 100|150|200   one combination; by default all
--lang pseudo     texts a third longer than in English; says which of them come from no catalogue
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

LANGUAGES, SCHEMES, SCALES = ("kk", "ru", "en"), ("light", "dark", "contrast"), (100, 150, 200)
PSEUDO = "pseudo"
SIZE = (1366, 740)  # of the smallest screen, less the system's bar
QUESTIONS = 100  # more than an interview asks
WRITTEN = ("text", "string", "integer", "int", "decimal")  # answers that are typed


def main(arguments: list[str]) -> int:
    """Draw all combinations asked for, and an index of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=Path("build/gallery"))
    parser.add_argument("--lang", choices=(*LANGUAGES, PSEUDO))
    parser.add_argument("--scheme", choices=SCHEMES)
    parser.add_argument("--scale", type=int, choices=SCALES)
    parser.add_argument("--docs", action="store_true", help="and those of docs/pictures, anew")
    said = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    said.out.mkdir(parents=True, exist_ok=True)
    chosen = [
        (language, scheme, scale)
        for language, scheme, scale in product((*LANGUAGES, PSEUDO), SCHEMES, SCALES)
        if said.lang in (None, language)
        and said.scheme in (None, scheme)
        and said.scale in (None, scale)
        and (language != PSEUDO or said.lang or (scheme, scale) == (SCHEMES[0], SCALES[0]))
    ]
    from tests.gallery_index import for_docs, write_index
    from tests.pseudo import CODE, NOTED, pseudo_spoken

    app = make_app()
    for language, scheme, scale in chosen:
        with pseudo_spoken() if language == PSEUDO else nullcontext():
            spoken = CODE if language == PSEUDO else language
            for name, picture in draw(app, spoken, scheme, scale):
                picture.save(str(said.out / f"{name}-{language}-{scheme}-{scale}.png"))
    for text in sorted(NOTED):
        sys.stdout.write(f"from no catalogue: {text}\n")
    write_index(said.out)
    if said.docs:
        for_docs(said.out)
    sys.stdout.write(f"{said.out / 'index.html'}\n")
    return 0


def make_app():
    """One application for all pictures."""
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.fonts import load_fonts

    app = QApplication.instance() or QApplication(sys.argv[:1])
    load_fonts()
    theme.install(app)
    return app


def draw(app, language: str, scheme: str, scale: int) -> Iterator[tuple[str, object]]:
    """(name of the state, picture) of every screen in one combination."""
    from tests.gallery_bare import bare_records
    from tests.gallery_consent import consents
    from tests.gallery_copies import copies_pictures
    from tests.gallery_custodians import custodians
    from tests.gallery_design import design
    from tests.gallery_doors import doors, key_dialogs
    from tests.gallery_duplicates import duplicates
    from tests.gallery_entry import entry
    from tests.gallery_exports import exports
    from tests.gallery_figures import figures
    from tests.gallery_held import held
    from tests.gallery_help import helps
    from tests.gallery_import import imports
    from tests.gallery_interview import interviews
    from tests.gallery_map import map_pictures
    from tests.gallery_month import fill
    from tests.gallery_named import named
    from tests.gallery_papers import papers
    from tests.gallery_parts import parts_pictures
    from tests.gallery_printing import printing
    from tests.gallery_quality import quality_pictures
    from tests.gallery_ratings import ratings
    from tests.gallery_reports import reports
    from tests.gallery_search import searching
    from tests.gallery_tasks import tasks
    from tests.gallery_terms import terms
    from tests.gallery_training import training
    from tests.gallery_undo import together, undoing
    from tests.gallery_views import saved_views
    from tests.gallery_waves import waves
    from tests.gallery_who_looked import fill_who_looked
    from tests.ui.desks import close, make_desk
    from ui import theme
    from ui.screens import screens_for
    from ui.translation import use_language

    theme.choose(scheme)
    theme.enlarge(scale / 100)
    use_language(language)
    yield from design(app)
    for name, page in (*doors(), *custodians()):
        yield name, shown(app, page)
    for name, dialog in key_dialogs():
        yield name, grabbed(app, dialog)
    yield "erase", erasing(app)
    yield from exports(app)
    yield from helps(app)
    yield from printing(app)
    yield from interviews(app)
    yield "recovery-sheet", recovery_sheet(app)
    yield from copies_pictures(app)
    with TemporaryDirectory() as folder:
        yield from reports(app, Path(folder))
        yield from terms(app, Path(folder))
        yield from training(app, Path(folder))
        yield from imports(app, Path(folder))
        yield from ratings(app, Path(folder))
        yield from figures(app, Path(folder))
        yield from map_pictures(app, Path(folder))
        yield from quality_pictures(app, Path(folder))
        for state, role in (
            ("empty", "activist"),
            ("filled", "activist"),
            ("coordinator", "coordinator"),
        ):
            desk = make_desk(Path(folder) / ("empty" if state == "empty" else "filled"), role)
            if state == "filled":
                fill(desk)
            if role == "coordinator":
                fill_who_looked(desk)
            screens = screens_for(role)
            for name, picture in windows(app, desk, screens, offline=state == "empty"):
                yield f"{state}-{name}", picture
            if state == "filled":
                yield from consents(app, desk)
                yield from papers(app, desk)
                yield from bare_records(app, desk)
                yield from named(app, desk)
                yield from tasks(app, desk)
                yield from parts_pictures(app, desk)
                yield from waves(app, desk)
                yield from saved_views(app, desk)
                yield from searching(app, desk)
                yield from duplicates(app, desk)
                yield from together(app, desk)
                yield from undoing(app, desk)
                yield from entry(app, desk)
            if role == "coordinator":
                yield from held(app, desk)
            close(desk)


def waiting(desk) -> int:
    """What the status line says, as the list above it does."""
    from desktop.actions import exchange

    return exchange.state(desk).waiting


def windows(app, desk, screens, *, offline: bool) -> Iterator[tuple[str, object]]:
    """Every screen of one person in the whole window."""
    from ui import messages
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.program import work_of
    from ui.widgets.notices import Notices
    from ui.widgets.status_line import SyncState

    jobs = Jobs()
    window = MainWindow(
        screens,
        lambda screen: screen.build(desk, jobs),
        desk.person.name,
        lambda: " · ".join(work_of(desk)),
    )
    now = datetime.now(UTC)
    state = (
        SyncState(offline=True, last_exchange=now - timedelta(days=2))
        if offline
        else SyncState(saved_at=now, waiting=waiting(desk), photos_waiting=3, last_exchange=now)
    )
    window.show_state(state)
    window.resize(*SIZE)
    window.show()
    notices = Notices(window)
    messages.show_with(notices.post)
    for screen in screens:
        window.go(screen.key, into=True)
        settle(app, jobs)
        yield screen.key, window.grab()
        if not offline:
            for name in worked(window.pages.currentWidget(), screen.key):
                settle(app, jobs)
                yield f"{screen.key}-{name}", window.grab()
            notices.clear()
    messages.stop_showing(notices.post)
    discard(window)
    jobs.close()


def worked(screen, key: str) -> Iterator[str]:
    """What a person sees in the middle of the work on one screen, step by step."""
    from desktop.actions.progress import Progress
    from ui.demo.hands import wait, write
    from ui.demo.story import answer_all

    if key in ("issues", "meetings", "visits"):
        screen.open_record(screen.list.model.id_at(screen.list.model.index(0)))
        yield "opened"
        bar = screen.editor.area.verticalScrollBar()
        bar.setValue(bar.maximum())
        yield "below"
        screen.begin()
        yield "new"
        screen._send()
        yield "problems"
        screen.editor.throw_away()
    elif key == "surveys":
        screen.begin(next(iter(screen.buttons)))
        yield "start"
        interview = screen.interview
        asked_at = interview.start_page.okrug_input
        asked_at.set_value(asked_at.choices()[0][0])
        asked_at.changed.emit()
        yield "place"
        interview.begin()
        yield "question"
        answer_all(interview.walk.interview, random.Random(2026))
        for _ in range(QUESTIONS):
            if step := interview.walk.step():
                if step.node.kind in WRITTEN:
                    yield "words"
                interview.asking.go_on()
        yield "summary"
        interview.throw_away()
    elif key == "directory":
        from tests.gallery_forms import directory

        yield from directory(screen)
    elif key == "sync":
        screen._busy(True)
        screen.progress.unheard.timeout.emit()
        yield "waiting"
        told = Progress(False, 1_250, 3_000, 4_250, 1_200_000, 300_000, seconds=150)
        screen.progress.show_progress(told)
        yield "running"
        screen.progress.stop_button.click()
        yield "stopping"
        screen._busy(False)
        yield from synced(screen)
    elif key == "review":
        wait(lambda: screen.case is not None)
        screen.late.show_lines(late_lines(screen.case.title))
        yield "late"
        screen.late.show_lines([])
        write("?", screen)
        yield "keys"
        write("r", screen)
        yield "return"
        screen._leave_return()
        write("a", screen)
        yield "approved"
        screen.undo()


def synced(screen) -> Iterator[str]:
    """What may have become of a sync, and of letters on a stick and in a room."""
    from dataclasses import replace
    from uuid import uuid4

    from desktop.actions.carry import Delivery, Written
    from desktop.actions.exchange import Held
    from desktop.actions.room import Met
    from desktop.carry_words import room_words
    from sync import carry
    from sync.client import failures, pairing
    from sync.client.carried import Taken
    from sync.errors import Offline, Refused, Stopped, UserError
    from ui.demo.hands import pause

    for name, error in (
        ("stopped", Stopped()),
        ("portal", Offline(failures.STRANGER)),
        ("certificate", Offline(failures.NOT_PROVEN)),
        ("proxy", Offline(failures.PROXY_PASSWORD)),
    ):
        screen._ended(error)
        yield name
    screen.result.hide()
    state = screen._state
    held = (Held(screen._desk.pack.district_of("615647000") or "", 212, 640),)
    screen._show(replace(state, saved=replace(state.saved, held=held)))
    yield "held"
    troubles = refused(screen._desk, state)
    saved = replace(state.saved, attention=len(troubles))
    screen._show(replace(state, saved=saved, troubles=troubles))
    yield "attention"
    screen._show(state)
    screen.show_all()
    yield "all"
    screen._all = False
    screen._show(state)
    bar = screen.area.verticalScrollBar()

    def below(name: str) -> Iterator[str]:
        pause(60)  # until the cards have their new height
        bar.setValue(bar.maximum())
        yield name

    def at(name: str, card: object) -> Iterator[str]:
        pause(60)
        bar.setValue(card.y() - 12)
        yield name

    yield from below("below")
    letter, stick = uuid4(), Path("/media/dala")
    screen.carry._written(Written(letter, 48, 12, left=3))
    screen.room.words.setText(room_words("192.168.43.17:40123", "K7QF4MZ2XA"))
    screen.room.words.show()
    screen.room._say_met(Met("Нұржан Тұрсынбек", 2, 1))
    yield from at("carry-written", screen.carry)
    bad = UserError(carry.ALTERED, name="b.dala")
    letters = [Delivery(stick / "a.dala", stick / "a.reply"), Delivery(stick / "b", problem=bad)]
    screen.carry._delivered(letters)
    screen.room.words.hide()
    screen.room._failed(Refused(pairing.WRONG_CODE))
    yield from at("carry-delivered", screen.carry)
    screen.carry._taken(Taken(sent=48, taken=130))
    yield from at("carry-taken", screen.carry)


def refused(desk, state) -> list[object]:
    """Edits that the server did not take: of a record that has a screen, and of another."""
    from desktop.actions import exchange
    from desktop.actions.attention import Held
    from sync.language import tr
    from ui.models.waiting import Trouble

    change = exchange.waiting(desk, 1)[0]
    told = state.waiting[0]
    held = Held(change, tr("This record belongs to another district."))
    kinds = (told.kind, "official")
    return [Trouble(held, told.record, kind, told.title, told.what) for kind in kinds]


def late_lines(title: str) -> list[object]:
    """Edits that came after their authors left."""
    from uuid import uuid4

    from ui.models.late_lines import LateLine

    said = (
        "Мекенжайы: Абай көшесі, 5-үй; Мәселе мәні: Су құбыры екінші аптадан бері жұмыс істемейді"
    )
    return [LateLine(uuid4(), title, "Зере Омарова", said) for _ in range(2)]


def shown(app, widget) -> object:
    """A picture of one widget by itself."""
    widget.resize(*SIZE)
    if widget.focusWidget() is None:
        widget.setFocus()  # as the program does
    widget.show()
    app.processEvents()
    picture = widget.grab()
    discard(widget)
    return picture


def grabbed(app, dialog) -> object:
    """A picture of a dialog as large as it makes itself."""
    dialog.show()
    app.processEvents()
    picture = dialog.grab()
    discard(dialog)
    return picture


def erasing(app) -> object:
    """The only question that is asked, answered with a reason."""
    from ui.dialogs.erase import EraseDialog

    dialog = EraseDialog("Су құбыры екінші аптадан бері жұмыс істемейді")
    dialog.show()
    dialog.reasons["request"].setChecked(True)
    app.processEvents()
    picture = dialog.grab()
    discard(dialog)
    return picture


def recovery_sheet(app) -> object:
    """A code as it is shown once; this one opens nothing."""
    from ui.dialogs.recovery_sheet import RecoverySheet

    code = "7QK4M2XW9TRB5HDC8VNZ3PJG6YF1SAE0K4MT"
    return grabbed(app, RecoverySheet(code, "Айгүл Бейсенова", "Созақ ауданы"))


def discard(widget) -> None:
    """Close a window at once: alive, it would ask for its texts in the next language."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from tests.pseudo import note

    note(widget)
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


def settle(app, jobs) -> None:
    """Let everything that was asked for arrive, and what it asks for in turn."""
    from ui.demo.hands import pause, wait

    for _ in range(3):
        pause(60)  # the screens gather keys for some 30 ms
        wait(lambda: not jobs.working())
    pause(60)  # what arrived finds its place


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
