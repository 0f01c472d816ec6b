"""The page before the work: what was typed there opens the file, or what is wrong is said at its field."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sync.errors import Offline, Refused, UserError
from sync.language import tr
from ui import messages, opening
from ui.entrance import Entrance
from ui.frame import Frame, OpeningPage
from ui.jobs import Jobs
from ui.joining import Joining
from ui.newer_file import is_newer, write_letter
from ui.opening import Found, Opened
from ui.region_help import ask_the_region
from ui.screens.sign_in import SignIn
from ui.warming import FIRST

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.session import Desk


class SigningIn(QObject):
    """For one profile at a time, which `entrance` holds."""

    opened = Signal(object)  # an Opened
    language_chosen = Signal(str)
    size_stepped = Signal(int)
    copies_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        frame: Frame,
        entrance: Entrance,
        joining: Joining,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._frame = jobs, frame
        self._entrance, self._joining = entrance, joining
        self.profile: Profile | None = None
        self.name = ""  # what the button of this person says
        self.token_gone = False  # the server asks for the password anew
        self.code_wanted = False  # the server closed this laptop
        self._given: Opened | None = None  # it is open, and on its way to the window

    def begin(self, found: Found) -> None:
        """From now on it is about this profile."""
        self.profile, self.name = found.profile, found.name

    def show(self, *, enrolled: bool) -> SignIn:
        """Ask for the password, or for what binds a new laptop."""
        page = SignIn(
            enrolled=enrolled,
            closed=self.code_wanted,
            name=self.name if enrolled else "",
            shared=self._entrance.shared,
            others=self._entrance.others,
        )
        page.person_wanted.connect(self._another_person)
        page.language_chosen.connect(self.language_chosen)
        page.size_stepped.connect(self.size_stepped)
        page.unlock.connect(partial(self._unlock, page))
        for asked, work in (
            (page.bind, opening.bind),
            (page.enrol, opening.enrol),
            (page.enrol_by, opening.enrol_by),
            (page.bind_by, opening.bind_by),
            (page.recover, opening.recover),
        ):
            asked.connect(partial(self.open, page, work))
        page.copies_wanted.connect(self.copies_wanted)
        page.custodians_wanted.connect(self._show_custodians)
        page.training_wanted.connect(partial(self._practise, page))
        page.region_wanted.connect(partial(self._ask_region, page))
        page.letter_wanted.connect(partial(write_letter, page, self._jobs, self.profile))
        self._frame.show_page(page)
        page.setFocus()
        self._joining.stand_by(page)
        return page

    def open(self, page: SignIn, work: Callable[..., Opened], *asked: object) -> None:
        """Let `work` open the profile with what was asked for."""
        page.set_busy(True)
        self._open(page, work, asked, partial(self._not_opened, page))

    def practise(self) -> None:
        """Training opens, and asks for nothing."""
        page = OpeningPage(tr("Training opens…"))
        self._frame.show_page(page)
        self._open(page, opening.practise, (), self._not_practised)

    def _open(
        self,
        page: QWidget,
        work: Callable[..., Opened],
        asked: tuple[object, ...],
        failed: Callable[[UserError], None],
    ) -> None:
        profile = self.profile

        def asked_for() -> Opened:
            self._given = work(profile, *asked)
            import_module(FIRST)  # here, on the thread: the window would stand still for it
            return self._given

        # on the network's lane: it may ask the server. After all lanes: a desk that was locked is
        # closed before, whatever its closing waits for
        call = partial(self._jobs.call, page, asked_for, self._give, failed)
        self._jobs.after_all(page, call)

    def _not_practised(self, error: UserError) -> None:
        self._another_person()
        messages.warn(str(error))

    def claim(self) -> "Desk | None":
        """What was opened and nobody has taken yet: it is the caller's now, to work or to close."""
        opened, self._given = self._given, None
        return opened.desk if opened else None

    def _give(self, opened: Opened) -> None:
        if self.claim() is None:  # the window went meanwhile, and closed it
            return
        self.token_gone = self.code_wanted = False
        self.opened.emit(opened)

    def _unlock(self, page: SignIn, password: str) -> None:
        self.open(page, partial(opening.unlock, token_gone=self.token_gone), password)

    def _not_opened(self, page: SignIn, error: UserError) -> None:
        from desktop.folder import is_enrolled

        if self.profile is not None and is_enrolled(self.profile) and not page.enrolled:
            page = self.show(enrolled=True)  # it was bound before something went wrong
        page.show_problem(str(error), _field(page, error))
        if _may_be_restored(error):
            page.offer_copies()
        if is_newer(error):
            page.offer_letter()

    def _ask_region(self, page: SignIn) -> None:
        assert self.profile is not None
        ask_the_region(self._jobs, page, self.profile, partial(self._recovered, page))

    def _recovered(self, page: SignIn, password: str, code: str) -> None:
        self.open(page, partial(opening.reopen, None, code), password)

    def _practise(self, page: SignIn) -> None:
        page.set_busy(True)
        self._entrance.practise()

    def _another_person(self) -> None:
        """Whoever was here is wholly gone first: the file is closed, and its lock let go."""
        self._frame.show_page(OpeningPage())
        self.profile, self.token_gone, self.code_wanted = None, False, False
        self._jobs.after_all(self, self._entrance.choose_again)

    def _show_custodians(self) -> None:
        """They come to a computer that is nobody's, and leave it so."""
        from ui.custodians import Custodians

        work = Custodians(self._jobs, self._frame, leaves=True, parent=self)
        work.language_chosen.connect(self.language_chosen)
        work.left.connect(lambda: self.show(enrolled=False))
        work.left.connect(work.deleteLater)
        work.begin()


def _field(page: SignIn, error: UserError) -> str:
    """At which field of the page a refusal is said."""
    if page.recovering:
        from desktop.keys import WrongCode
        from desktop.recovery_code import NoCode

        return "sheet" if isinstance(error, NoCode | WrongCode) else "following"
    if isinstance(error, Refused) and (page.closed or error.at == "code"):
        return "code"
    return "server" if isinstance(error, Offline) else "password"


def _may_be_restored(error: UserError) -> bool:
    from desktop.key_file import KeysDamaged
    from desktop.store_failures import StoreDamaged

    return isinstance(error, StoreDamaged | KeysDamaged)
