"""Work that a newer program wrote: this one cannot open it, but writes what waits as a letter."""

from functools import partial
from typing import TYPE_CHECKING

from sync.errors import UserError
from ui import messages
from ui.dialogs.letter import choose_letter
from ui.jobs import Jobs
from ui.screens.sign_in import SignIn

if TYPE_CHECKING:
    from desktop.folder import Profile
    from sync.client.carried import Written


def is_newer(error: UserError) -> bool:
    """Whether the work was not opened because a newer program wrote it."""
    from desktop.store_failures import StoreNewer

    return isinstance(error, StoreNewer)


def write_letter(page: SignIn, jobs: Jobs, profile: "Profile | None", password: str) -> None:
    """Write what waits in the file as a letter, where the person says; the file stays as it is."""
    if profile is None or (path := choose_letter(page)) is None:
        return

    def work() -> "Written":
        from desktop import newer

        return newer.write_letter(profile, password, path)

    page.set_busy(True)
    jobs.call(page, work, partial(_written, page), partial(_not_written, page))


def _written(page: SignIn, told: "Written") -> None:
    from desktop.carry_words import written_words

    page.set_busy(False)
    messages.say(written_words(told))


def _not_written(page: SignIn, error: UserError) -> None:
    page.show_problem(str(error))
