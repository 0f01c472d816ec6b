"""From the first paint to the last: opens the profile, signs in, works, locks.

What is heavy is imported on the first worker thread, after the window has been painted.
"""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from sync.errors import UserError
from sync.language import tr
from sync.vocabulary import label
from ui import copying, memory, messages, opening
from ui.clipboard import forget_copied
from ui.copies import Copies
from ui.digest import Morning
from ui.entrance import Entrance
from ui.exchanges import MINUTE, Exchanges
from ui.frame import Frame, OpeningPage
from ui.held import ask_held
from ui.jobs import Jobs
from ui.joining import Joining
from ui.main_window import MainWindow
from ui.new_key import ask_new_key
from ui.opening import Found, Opened
from ui.opening_words import tell
from ui.own_name import change_name
from ui.own_settings import OwnSettings
from ui.password_change import change_password
from ui.screens import Screen, screens_for
from ui.searching import Indexing, ask_search
from ui.sheets import Sheets
from ui.signing_in import SigningIn
from ui.sleep import Sleep
from ui.type_size import SystemSize
from ui.undoing import Undoing, redo, undo
from ui.updating import Updating
from ui.warming import Warming
from ui.widgets.status_line import SyncState

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.session import Desk

ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Program(QObject):
    """One person's work at a time in one window. `folder`: their profile, where it was named.

    `settings` are those of desktop.settings. `speaks`: the language that was asked for at the start;
    `join`: the join file that was named there.
    """

    working = Signal()  # signed in; `window` is there
    ended = Signal()

    def __init__(
        self,
        folder: Path | None,
        settings: dict[str, Any],
        *,
        speaks: str = "",
        join: Path | None = None,
    ) -> None:
        super().__init__()
        self.settings = OwnSettings(settings, lambda: self.profile, speaks)
        self.frame, self.jobs = Frame(), Jobs(self)
        SystemSize(self.settings.follow_size, self)
        self.desk: Desk | None = None
        self._shutting: Desk | None = None  # it was locked, and its file is not closed yet
        self.window: MainWindow | None = None
        self.entrance = Entrance(self.jobs, self.frame, folder, self)
        self.entrance.found.connect(self._found)
        self.entrance.language_chosen.connect(self.settings.change_language)
        self.entrance.size_stepped.connect(self.settings.step_size)
        self.joining = Joining(self.jobs, join, self)
        self.entrance.asked.connect(self.joining.stand_by_choice)
        self.signing_in = SigningIn(self.jobs, self.frame, self.entrance, self.joining, self)
        self.signing_in.opened.connect(self._work)
        self.signing_in.language_chosen.connect(self.settings.change_language)
        self.signing_in.size_stepped.connect(self.settings.step_size)
        self.signing_in.copies_wanted.connect(self._show_copies)
        self.exchanges = Exchanges(self.jobs, self.settings.minutes("sync_every"), self)
        self.exchanges.told.connect(self._show_state)
        self.exchanges.to_review.connect(self._count)
        self.exchanges.work_changed.connect(self._begin_anew)
        self.exchanges.sign_in_wanted.connect(self._sign_in_again)
        self.exchanges.wipe_wanted.connect(self._wipe)
        self.indexing = Indexing(self.jobs, self)
        self.undoing = Undoing(self.jobs, self)
        self.warming = Warming(self.jobs, self)
        self.copies = Copies(self.jobs, self.frame, self)
        self.copies.laid_ready.connect(self._restore)
        self.updating = Updating(self.jobs, self.frame, self)
        self.morning = Morning(self.jobs, self.frame, self)
        self.morning.wanted.connect(self._show_day)
        self.exchanges.reached.connect(self.morning.read)
        self.exchanges.reached.connect(self.updating.look_if_due)
        self.sheets = Sheets(self.jobs, self.frame, self)
        self._lock_timer = QTimer(self, singleShot=True)
        self._lock_timer.setInterval(self.settings.minutes("lock_after") * MINUTE)
        self._lock_timer.timeout.connect(self.lock)
        self.sleep = Sleep(self)
        self.sleep.coming.connect(self.lock)
        self.jobs.failed.connect(lambda words: messages.warn(words, about=messages.SAVING))
        self.frame.closing.connect(self.close)
        self.frame.painted.connect(self.entrance.begin)

    @property
    def profile(self) -> "Profile | None":
        """Whose work it is, as soon as that is known."""
        return self.signing_in.profile

    def start(self) -> None:
        """Show the window; the rest follows its first paint."""
        self.frame.show_page(OpeningPage())
        self.frame.show()

    def close(self) -> None:
        """End: what was asked for is finished, the file is closed, the profile is free."""
        self.frame.hide()
        desk = self._leave_desk()
        self.jobs.close()
        desk = desk or self._shutting or self.signing_in.claim()
        if self.profile is not None:
            if desk is not None and desk.training and self.entrance.shared:
                with suppress(UserError):  # the next training wipes what is left
                    opening.leave_training(self.profile, desk)
            else:
                copying.copy_and_close(self.profile, desk)
        self.entrance.leave()
        self.ended.emit()

    def lock(self) -> None:
        """Close the file and ask for the password again. What was typed is kept as a draft."""
        if self.desk is None or self.desk.training:
            return
        self._shutting = self._leave_desk()
        self.signing_in.show(enrolled=True)
        self.jobs.stop_exchange()
        # without a copy: the key leaves the memory at once, also of a computer that falls asleep
        close = partial(self.jobs.call, self, self._shut, _nothing)
        self.jobs.after_all(self, close)

    def _shut(self) -> None:
        """On a thread: the file of what was locked."""
        from desktop.profile import close_desk

        if self._shutting is not None:
            close_desk(self._shutting)
            self._shutting = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works: it need not be locked."""
        if self.desk is not None and event.type() in ACTIVITY:
            self._lock_timer.start()
            self.warming.touched()
        return False

    # opening

    def _found(self, found: Found) -> None:
        self.morning.forget()  # of whoever worked before
        self.signing_in.begin(found)
        if self.entrance.shared:
            new = found.training or not found.enrolled
            self.settings.follow(dict(found.settings), new=new)
            self._lock_timer.setInterval(self.settings.minutes("lock_after") * MINUTE)
            self.exchanges.set_every(self.settings.minutes("sync_every"))
        if found.training:
            self.signing_in.practise()
        else:
            self.signing_in.show(enrolled=found.enrolled)

    def _called(self, name: str) -> None:
        self.signing_in.name = name

    def _cannot_start(self, error: UserError) -> None:
        messages.fail(str(error), messages.Action(tr("Close the program"), self.frame.close))

    def _work(self, opened: Opened) -> None:
        self.desk = desk = opened.desk
        self.window = window = MainWindow(
            screens_for(desk.person.role),
            self._build,
            desk.person.name,
            lambda: " · ".join(work_of(desk)),
            training=desk.training,
        )
        self.frame.name_work(lambda: ", ".join(work_of(desk)))
        self._serve(window, desk)
        self.frame.show_page(window)
        window.go(next(iter(screens_for(desk.person.role))).key, into=True)
        memory.settle()
        self.warming.begin(desk)
        self._lock_timer.start()
        if handle := self.frame.windowHandle():
            handle.installEventFilter(self)  # all keys and clicks of the window pass here
        if self.entrance.shared and not desk.training:
            self.jobs.aside(
                self, partial(opening.remember_person, self._own_profile(), desk), self._called
            )
        self.exchanges.begin(desk)
        if desk.training:
            self.working.emit()
            return
        self.copies.begin(self._own_profile(), desk)
        self.indexing.begin(desk)
        self.updating.begin(self._own_profile(), window)
        if self.settings.values["digest"]:
            self.morning.begin(desk)
        self.sheets.begin(
            self._own_profile(), lambda: (desk.person.name, ", ".join(work_of(desk)))
        )
        if opened.refused is None:
            self.exchanges.start()
        tell(opened, self.sheets, self._enter_code)
        self.working.emit()

    def _serve(self, window: MainWindow, desk: "Desk") -> None:
        """What is asked for from the window, beside its screens."""
        window.search_wanted.connect(lambda: ask_search(desk, self.jobs, self.frame, window))
        self.undoing.begin(window.tell_steps)
        window.undo_wanted.connect(partial(undo, desk, self.jobs))
        window.redo_wanted.connect(partial(redo, desk, self.jobs))
        window.lock_requested.connect(self.lock)
        window.exchange_requested.connect(self.exchanges.exchange)
        window.quit_requested.connect(self.frame.close)
        window.language_chosen.connect(self.settings.change_language)
        window.scheme_chosen.connect(self.settings.change_scheme)
        window.size_stepped.connect(self.settings.step_size)
        window.sheet_wanted.connect(self.sheets.ask)
        window.copies_wanted.connect(self._show_copies)
        window.password_wanted.connect(
            lambda: change_password(self.jobs, self.frame, self._own_profile())
        )
        window.key_wanted.connect(
            lambda: ask_new_key(self.jobs, self.frame, self._own_profile(), self._turn_key)
        )
        window.everything_wanted.connect(lambda: self._export_everything(desk))
        window.phrases_wanted.connect(lambda: self._edit_phrases(desk))
        window.training_left.connect(self._leave_training)
        window.name_wanted.connect(
            lambda: change_name(self.jobs, self.frame, self._own_profile(), desk, self._called)
        )
        window.digest_tick.setChecked(bool(self.settings.values["digest"]))
        window.digest_tick.toggled.connect(self._give_digest)
        window.lock_after = self.settings.minutes("lock_after")
        window.lock_after_chosen.connect(partial(self._lock_after, window))
        window.version_wanted.connect(lambda: self.updating.show(self._own_profile()))
        window.held_wanted.connect(
            lambda: ask_held(desk, self.jobs, self.frame, window.open_record)
        )

    def _edit_phrases(self, desk: "Desk") -> None:
        from ui.phrases import edit_phrases  # as the next

        edit_phrases(desk, self.jobs, self.frame)

    def _export_everything(self, desk: "Desk") -> None:
        from ui.exports import ask_export_all  # heavy, and not wanted before the first paint

        ask_export_all(desk, self.jobs, self.frame)

    def _lock_after(self, window: MainWindow, minutes: int) -> None:
        window.lock_after = minutes
        self.settings.change_lock(minutes)
        self._lock_timer.setInterval(minutes * MINUTE)

    def _give_digest(self, wanted: bool) -> None:
        self.settings.change_digest(wanted)
        if wanted and self.desk is not None:
            self.morning.begin(self.desk)
        else:
            self.morning.forget()

    def _show_day(self) -> None:
        """The notice was pressed: the window, and Today where nobody has to sign in first."""
        self.frame.raise_()
        self.frame.activateWindow()
        if self.window is not None:
            self.window.go("today", into=True)

    def _build(self, screen: Screen) -> Any:
        assert self.desk is not None
        return screen.build(self.desk, self.jobs)

    # copies

    def _own_profile(self) -> "Profile":
        assert self.profile is not None
        return self.profile

    def _show_copies(self) -> None:
        self.copies.show(self._own_profile())

    def _restore(self, password: str, code: str) -> None:
        """A copy lies ready: the file is closed, and the next opening puts it in its place."""
        desk = self._leave_desk()
        page = self.signing_in.show(enrolled=True)
        page.set_busy(True)
        reopen = partial(opening.reopen, desk, code)
        self.jobs.after_all(self, partial(self.signing_in.open, page, reopen, password))

    def _turn_key(self, password: str, new: str) -> None:
        """The file is closed, written anew under another key, and opened."""
        desk = self._leave_desk()
        page = self.signing_in.show(enrolled=True)
        page.set_busy(True)
        turn = partial(opening.turn_key, desk)
        self.jobs.after_all(self, partial(self.signing_in.open, page, turn, password, new))

    # leaving

    def _leave_desk(self) -> "Desk | None":
        self.exchanges.rest()
        self.indexing.rest()
        self.warming.rest()
        self.updating.rest()
        self.morning.rest()
        self.undoing.rest()
        self.copies.rest()
        self._lock_timer.stop()
        desk, self.desk, self.window = self.desk, None, None
        if handle := self.frame.windowHandle():
            handle.removeEventFilter(self)
        for dialog in self.frame.findChildren(QDialog):  # a recovery code may stand in it
            dialog.hide()
            dialog.deleteLater()
        forget_copied()
        self.frame.name_work(str)
        self.frame.show_page(OpeningPage())  # the screens keep what was typed as they go
        return desk

    def _leave_training(self) -> None:
        """Nothing of it stays; the program is as it was before."""
        leave = partial(opening.leave_training, self._own_profile(), self._leave_desk())
        call = partial(self.jobs.call, self, leave, self._training_left, self._cannot_start)
        self.jobs.after_all(self, call)

    def _training_left(self, _: None) -> None:
        if self.entrance.shared:
            self.entrance.choose_again()
        else:
            self.signing_in.show(enrolled=False)

    # what the exchanges tell

    def _show_state(self, state: SyncState) -> None:
        if self.window is not None:
            self.window.show_state(state)

    def _count(self, to_review: int) -> None:
        if self.window is not None:
            self.window.count("review", to_review, "accent")

    def _sign_in_again(self) -> None:
        """The password is asked, and serves for a new token too."""
        self.signing_in.token_gone = True
        self.lock()

    def _enter_code(self) -> None:
        """A code is asked for with the password."""
        self.signing_in.code_wanted = True
        self.lock()

    def _wipe(self) -> None:
        """Everything is sent, and the region has ended the work of this laptop."""
        wipe = partial(opening.wipe, self._own_profile(), self._leave_desk())
        call = partial(self.jobs.call, self, wipe, self._wiped, self._cannot_start)
        self.jobs.after_all(self, call)

    def _wiped(self, words: str) -> None:
        self.signing_in.show(enrolled=False)
        messages.fail(words)

    def _begin_anew(self, desk: "Desk") -> None:
        """The person may do other things than before: the screens are made for that."""
        front = self.window.current if self.window else ""
        self._leave_desk()
        self._work(opening.Opened(desk))
        if self.window is not None:
            self.window.go(front, into=True)
        messages.say(
            tr("Your role or district has changed: {work}.").format(work=", ".join(work_of(desk)))
        )


def work_of(desk: "Desk") -> list[str]:
    """What the person is, and where: the role, and the district for those who have one."""
    district = desk.pack.district(desk.person.district)
    said = [label("role", desk.person.role), *([district.words()] if district else [])]
    return [tr("Training"), *said] if desk.training else said


def _nothing(_: object) -> None:
    """The file is closed; nobody waits for it."""
