"""Pictures of what stands before the work: who comes, the password, an enrolment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.store_failures import newer
from desktop.updates.asking import Looked
from sync.join import NOT_OURS, Join, Unusable
from sync.language import tr
from sync.places import load_pack
from sync.sealing import Keys
from ui.dialogs.ask_region import AskRegionDialog
from ui.dialogs.new_key import NewKeyDialog
from ui.dialogs.new_password import NewPasswordDialog
from ui.dialogs.own_name import OwnNameDialog
from ui.dialogs.update import UpdateDialog
from ui.opening import Here
from ui.screens.choose_person import ChoosePerson
from ui.screens.sign_in import SignIn


def doors() -> Iterator[tuple[str, QWidget]]:
    """(name of the state, page), in the language spoken now."""
    yield "sign-in", SignIn(enrolled=True)
    yield "enrolment", SignIn(enrolled=False)
    yield "who", who()
    yield "enrolment-shared", SignIn(enrolled=False, shared=True, others=True)
    yield "sign-in-shared", SignIn(enrolled=True, name="Айдана Ерланқызы", shared=True)
    yield "enrolment-join", joining()
    yield "enrolment-join-refused", not_joining()
    forgotten = SignIn(enrolled=True)
    forgotten.set_recovering(True)
    yield "forgotten", forgotten
    yield "newer-file", of_a_newer_program()


def joining() -> QWidget:
    """A join file was dropped on the page of a new laptop, with all that a file may bring."""
    page = SignIn(enrolled=False, shared=True, others=True)
    page.show_join(
        Join(
            server="https://dala.turkistan.example.kz:8443",
            code="7QK4M-2XW9T",
            until=datetime(2026, 11, 20, tzinfo=UTC),
            login="aidana",
            name="Айдана Ерланқызы",
            region_key=Keys(b"7" * 32).public,
            authority="…",
        )
    )
    return page


def not_joining() -> QWidget:
    """What was dropped is something else."""
    page = SignIn(enrolled=False)
    page.show_problem(str(Unusable(NOT_OURS, name="тізім.xlsx")), "server")
    return page


def key_dialogs() -> Iterator[tuple[str, QDialog]]:
    """(name, dialog) of what the key button asks."""
    yield "new-key", NewKeyDialog()
    yield "new-password", NewPasswordDialog()
    yield "ask-region", asking_the_region()
    yield "own-name", OwnNameDialog("Айдана Ерланқызы")
    for name in ("none", "newer", "comes", "whole", "installed"):
        yield f"version-{name}", version(name)


def version(state: str) -> QDialog:
    """A newer version of the program: looked for, found, on its way, there."""
    dialog = UpdateDialog(asks=True)
    newer = state != "none"
    found = Looked("0.2.0", "0.3.0" if newer else "", 499_962, before="0.1.4", whole=59_241_309)
    dialog.show_looked(found, asked=True)
    if state in ("comes", "whole"):
        dialog.install_button.click()
        of = found.whole if state == "whole" else found.size
        dialog.show_come(of * 2 // 5, of)
    elif state == "installed":
        dialog.show_done(tr("Version {version} is installed.", version="0.3.0"))
    return dialog


def asking_the_region() -> QDialog:
    """The request is written."""
    dialog = AskRegionDialog()
    dialog.show()
    dialog.show_check(Path("dala-request.txt"), "4271ab90ff3c")
    return dialog


def who() -> QWidget:
    """Those who share a computer, one without a name, one whose keys are damaged."""
    districts = list(load_pack().districts.values())
    people = (
        ("Айдана Ерланқызы", districts[0], False),
        ("Нұрлан", districts[1], False),
        ("", districts[1], False),
        ("Сара апай — есепші, әлеуметтік жұмыс бөлімі", None, True),
    )
    return ChoosePerson(
        [
            Here(Path(str(at)), name, district, broken, last=at == 1)
            for at, (name, district, broken) in enumerate(people)
        ]
    )


def of_a_newer_program() -> QWidget:
    """The sign-in page before work that this program is too old for."""
    page = SignIn(enrolled=True)
    page.show_problem(str(newer()))
    page.offer_letter()
    return page
