"""From the first paint to the last: opens the profile, signs in, works, locks.

What is heavy is imported on the first worker thread, after the window has been painted.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from sync.errors import Offline, Refused, UserError
from sync.language import spoken, tr
from sync.vocabulary import label
from ui import copying, memory, messages, opening, theme
from ui.clipboard import forget_copied
from ui.copies import Copies
from ui.entrance import Entrance
from ui.exchanges import MINUTE, Exchanges
from ui.frame import Frame, OpeningPage
from ui.held import ask_held
from ui.jobs import Jobs
from ui.joining import Joining
from ui.main_window import MainWindow
from ui.new_key import ask_new_key
from ui.newer_file import is_newer, write_letter
from ui.opening import Found, Opened
from ui.own_name import change_name
from ui.password_change import change_password, say_password_alone, say_recovered
from ui.region_help import ask_the_region
from ui.screens import Screen, screens_for
from ui.screens.sign_in import SignIn
from ui.sheets import Sheets
from ui.sleep import Sleep
from ui.translation import use_language
from ui.widgets.status_line import SyncState

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.session import Desk

SEEN = ("language", "scheme")  # settings that a window has before it has a person
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
        self.settings, self._speaks = settings, speaks
        self.frame, self.jobs = Frame(), Jobs(self)
        self.profile: Profile | None = None
        self.desk: Desk | None = None
        self.window: MainWindow | None = None
        self._name = ""  # what the button of this person says
        self.entrance = Entrance(self.jobs, self.frame, folder, self)
        self.entrance.found.connect(self._found)
        self.entrance.language_chosen.connect(self.change_language)
        self.joining = Joining(self.jobs, join, self)
        self.entrance.asked.connect(self.joining.stand_by_choice)
        self._token_gone = False  # the server asks for the password anew
        self._code_wanted = False  # the server closed this laptop
        self.exchanges = Exchanges(self.jobs, int(settings["sync_every"]), self)
        self.exchanges.told.connect(self._show_state)
        self.exchanges.to_review.connect(self._count)
        self.exchanges.work_changed.connect(self._begin_anew)
        self.exchanges.sign_in_wanted.connect(self._sign_in_again)
        self.exchanges.wipe_wanted.connect(self._wipe)
        self.copies = Copies(self.jobs, self.frame, self)
        self.copies.laid_ready.connect(self._restore)
        self.sheets = Sheets(self.jobs, self.frame, self)
        self._lock_timer = QTimer(self, singleShot=True)
        self._lock_timer.setInterval(int(settings["lock_after"]) * MINUTE)
        self._lock_timer.timeout.connect(self.lock)
        self.sleep = Sleep(self)
        self.sleep.coming.connect(self.lock)
        self.jobs.failed.connect(lambda words: messages.warn(words, about=messages.SAVING))
        self.frame.closing.connect(self.close)
        self.frame.painted.connect(self.entrance.begin)

    def start(self) -> None:
        """Show the window; the rest follows its first paint."""
        self.frame.show_page(OpeningPage())
        self.frame.show()

    def close(self) -> None:
        """End: what was asked for is finished, the file is closed, the profile is free."""
        self.frame.hide()
        desk = self._leave_desk()
        self.jobs.close()
        if self.profile is not None:
            copying.copy_and_close(self.profile, desk)
        self.entrance.leave()
        self.ended.emit()

    def lock(self) -> None:
        """Close the file and ask for the password again. What was typed is kept as a draft."""
        if self.desk is None:
            return
        desk = self._leave_desk()
        self._show_sign_in(True)
        self.jobs.stop_exchange()
        # without a copy: the key leaves the memory at once, also of a computer that falls asleep
        self._after_all(partial(self.jobs.call, self, lambda: _close(desk), _nothing))

    def _after_all(self, then: Callable[[], object]) -> None:
        """After the drafts on the store's lane, a search, and a copy that is being made.

        What comes then on the network's lane comes after an exchange that still runs.
        """
        lanes = (self.jobs.read, self.jobs.look, self.jobs.aside)
        for lane in reversed(lanes):
            then = partial(lane, self, bool, lambda _, then=then: then())
        then()

    def change_language(self, code: str) -> None:
        """Speak another language from now on, also next time."""
        use_language(code)
        self._keep("language", code)

    def change_scheme(self, choice: str) -> None:
        """Light, dark, or as the system has it, also next time."""
        theme.choose(choice)
        self._keep("scheme", choice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works: it need not be locked."""
        if self.desk is not None and event.type() in ACTIVITY:
            self._lock_timer.start()
        return False

    # opening

    def _found(self, found: Found) -> None:
        self.profile = found.profile
        self._called(found.name)
        if self.entrance.shared:
            self._follow(dict(found.settings), new=not found.enrolled)
        self._show_sign_in(found.enrolled)

    def _called(self, name: str) -> None:
        self._name = name

    def _follow(self, settings: dict[str, Any], *, new: bool) -> None:
        """The settings of the person who came in; somebody `new` goes on with what the window has."""
        seen = {name: self.settings[name] for name in SEEN}
        self.settings = settings
        if new:
            for name, value in seen.items():
                if settings[name] != value:
                    self._keep(name, value)
        language, scheme = str(self.settings["language"]), str(self.settings["scheme"])
        if not self._speaks and language != spoken():
            use_language(language)
        if scheme != theme.chosen():
            theme.choose(scheme)
        self._lock_timer.setInterval(int(self.settings["lock_after"]) * MINUTE)
        self.exchanges.set_every(int(self.settings["sync_every"]))

    def _another_person(self) -> None:
        """Whoever was here is wholly gone first: the file is closed, and its lock let go."""
        self.frame.show_page(OpeningPage())
        self.profile, self._token_gone, self._code_wanted = None, False, False
        self._after_all(self.entrance.choose_again)

    def _cannot_start(self, error: UserError) -> None:
        messages.fail(str(error), messages.Action(tr("Close the program"), self.frame.close))

    def _show_sign_in(self, enrolled: bool) -> SignIn:
        page = SignIn(
            enrolled=enrolled,
            closed=self._code_wanted,
            name=self._name if enrolled else "",
            shared=self.entrance.shared,
            others=self.entrance.others,
        )
        page.person_wanted.connect(self._another_person)
        page.language_chosen.connect(self.change_language)
        page.unlock.connect(lambda password: self._unlock(page, password))
        page.bind.connect(lambda *asked: self._open(page, opening.bind, *asked))
        page.enrol.connect(lambda *asked: self._open(page, opening.enrol, *asked))
        page.enrol_by.connect(lambda *asked: self._open(page, opening.enrol_by, *asked))
        page.bind_by.connect(lambda *asked: self._open(page, opening.bind_by, *asked))
        page.copies_wanted.connect(self._show_copies)
        page.custodians_wanted.connect(self._show_custodians)
        page.recover.connect(lambda *asked: self._open(page, opening.recover, *asked))
        page.region_wanted.connect(
            lambda: ask_the_region(
                self.jobs, page, self._own_profile(), partial(self._recovered, page)
            )
        )
        page.letter_wanted.connect(partial(write_letter, page, self.jobs, self.profile))
        self.frame.show_page(page)
        page.setFocus()
        self.joining.stand_by(page)
        return page

    def _show_custodians(self) -> None:
        """They come to a computer that is nobody's, and leave it so."""
        from ui.custodians import Custodians

        work = Custodians(self.jobs, self.frame, leaves=True, parent=self)
        work.language_chosen.connect(self.change_language)
        work.left.connect(lambda: self._show_sign_in(False))
        work.left.connect(work.deleteLater)
        work.begin()

    def _unlock(self, page: SignIn, password: str) -> None:
        self._open(page, partial(opening.unlock, token_gone=self._token_gone), password)

    def _recovered(self, page: SignIn, password: str, code: str) -> None:
        self._open(page, partial(opening.reopen, None, code), password)

    def _open(self, page: SignIn, work: Callable[..., Opened], *asked: object) -> None:
        page.set_busy(True)
        # on the network's lane: it may ask the server, and comes after a desk that is closing
        self.jobs.call(
            page,
            partial(work, self.profile, *asked),
            self._work,
            partial(self._not_opened, page),
        )

    def _not_opened(self, page: SignIn, error: UserError) -> None:
        from desktop.folder import is_enrolled

        if self.profile is not None and is_enrolled(self.profile) and not page.enrolled:
            page = self._show_sign_in(True)  # it was bound before something went wrong
        page.show_problem(str(error), _field(page, error))
        if _may_be_restored(error):
            page.offer_copies()
        if is_newer(error):
            page.offer_letter()

    def _work(self, opened: Opened) -> None:
        self.desk = desk = opened.desk
        self._token_gone = self._code_wanted = False
        self.window = window = MainWindow(
            screens_for(desk.person.role),
            self._build,
            desk.person.name,
            lambda: " · ".join(work_of(desk)),
        )
        self.frame.name_work(lambda: ", ".join(work_of(desk)))
        window.lock_requested.connect(self.lock)
        window.exchange_requested.connect(self.exchanges.exchange)
        window.quit_requested.connect(self.frame.close)
        window.language_chosen.connect(self.change_language)
        window.scheme_chosen.connect(self.change_scheme)
        window.sheet_wanted.connect(self.sheets.ask)
        window.copies_wanted.connect(self._show_copies)
        window.password_wanted.connect(
            lambda: change_password(self.jobs, self.frame, self._own_profile())
        )
        window.key_wanted.connect(
            lambda: ask_new_key(self.jobs, self.frame, self._own_profile(), self._turn_key)
        )
        window.name_wanted.connect(
            lambda: change_name(self.jobs, self.frame, self._own_profile(), desk, self._called)
        )
        window.held_wanted.connect(
            lambda: ask_held(desk, self.jobs, self.frame, window.open_record)
        )
        self.frame.show_page(window)
        window.go(next(iter(screens_for(desk.person.role))).key, into=True)
        memory.settle()
        self._lock_timer.start()
        if handle := self.frame.windowHandle():
            handle.installEventFilter(self)  # all keys and clicks of the window pass here
        if self.entrance.shared:
            self.jobs.aside(
                self, partial(opening.remember_person, self._own_profile(), desk), self._called
            )
        self.exchanges.begin(desk)
        self.copies.begin(self._own_profile(), desk)
        self.sheets.begin(
            self._own_profile(), lambda: (desk.person.name, ", ".join(work_of(desk)))
        )
        if opened.refused is None:
            self.exchanges.start()
        else:  # asking again by itself would only repeat the refusal
            again = messages.Action(tr("Enter a new code"), self._enter_code)
            messages.warn(str(opened.refused), again)
        say_recovered(opened.recoveries)
        if opened.mended is not None:
            messages.warn(opened.mended.words(), about=messages.MENDED)
        if opened.left is not None:
            messages.warn(str(opened.left))
        if opened.password_alone:
            say_password_alone()
        if opened.code:
            self.sheets.show(opened.code)
        if opened.no_code is not None:
            self.sheets.say_missing(opened.no_code)
        self.working.emit()

    def _build(self, screen: Screen) -> Any:
        assert self.desk is not None
        return screen.make(self.desk, self.jobs)

    # copies

    def _own_profile(self) -> "Profile":
        assert self.profile is not None
        return self.profile

    def _show_copies(self) -> None:
        self.copies.show(self._own_profile())

    def _restore(self, password: str, code: str) -> None:
        """A copy lies ready: the file is closed, and the next opening puts it in its place."""
        desk = self._leave_desk()
        page = self._show_sign_in(True)
        page.set_busy(True)
        reopen = partial(self._open, page, partial(opening.reopen, desk, code), password)
        self._after_all(reopen)

    def _turn_key(self, password: str, new: str) -> None:
        """The file is closed, written anew under another key, and opened."""
        desk = self._leave_desk()
        page = self._show_sign_in(True)
        page.set_busy(True)
        turn = partial(opening.turn_key, desk)
        self._after_all(partial(self._open, page, turn, password, new))

    # leaving

    def _leave_desk(self) -> "Desk | None":
        self.exchanges.rest()
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

    # what the exchanges tell

    def _show_state(self, state: SyncState) -> None:
        if self.window is not None:
            self.window.show_state(state)

    def _count(self, to_review: int) -> None:
        if self.window is not None:
            self.window.count("review", to_review, "accent")

    def _sign_in_again(self) -> None:
        """The password is asked, and serves for a new token too."""
        self._token_gone = True
        self.lock()

    def _enter_code(self) -> None:
        """A code is asked for with the password."""
        self._code_wanted = True
        self.lock()

    def _wipe(self) -> None:
        """Everything is sent, and the region has ended the work of this laptop."""
        wipe = partial(opening.wipe, self._own_profile(), self._leave_desk())
        self._after_all(partial(self.jobs.call, self, wipe, self._wiped, self._cannot_start))

    def _wiped(self, words: str) -> None:
        self._show_sign_in(False)
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

    def _keep(self, name: str, value: str) -> None:
        if self.profile is None:  # nobody has come in yet
            self.settings = {**self.settings, name: value}
            return
        from desktop.settings import save_setting

        self.settings = dict(save_setting(self.profile.settings, name, value))


def work_of(desk: "Desk") -> list[str]:
    """What the person is, and where: the role, and the district for those who have one."""
    district = desk.pack.district(desk.person.district)
    return [label("role", desk.person.role), *([district.words()] if district else [])]


def _field(page: SignIn, error: UserError) -> str:
    """At which field of the sign-in page a refusal is said."""
    if page.recovering:
        from desktop.keys import WrongCode
        from desktop.recovery_code import NoCode

        return "sheet" if isinstance(error, NoCode | WrongCode) else "following"
    if page.closed and isinstance(error, Refused):
        return "code"
    return "server" if isinstance(error, Offline) else "password"


def _may_be_restored(error: UserError) -> bool:
    from desktop.key_file import KeysDamaged
    from desktop.store_failures import StoreDamaged

    return isinstance(error, StoreDamaged | KeysDamaged)


def _close(desk: "Desk | None") -> None:
    from desktop.profile import close_desk

    if desk is not None:
        close_desk(desk)


def _nothing(_: object) -> None:
    """The file is closed; nobody waits for it."""
