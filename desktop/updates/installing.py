"""A newer version is found, fetched, tried, and only then becomes the current one."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.files import make_private_folder
from desktop.lock import only_here
from desktop.updates import UpdateFailed, versions
from desktop.updates.launching import own_environment
from desktop.updates.trust import Offer, Repository, offers
from desktop.updates.versions import Programs, Version, number
from sync.decoding import decode
from sync.errors import Refused
from sync.language import mark

PATIENCE = 120  # seconds that a version may take to look itself over
NOT_WELL = mark(
    "Version {version} does not work on this computer, so it was not installed. The program goes "
    "on as it is. Tell the region what this computer is."
)
NOT_THAT = mark(
    "The package says that it is version {version} and is another one. It was not installed, and "
    "the program goes on as it is. Tell the region."
)
NO_WAY_BACK = mark("There is no version to go back to: this one was installed as a package.")
NEWER_FILE = mark(
    "Version {now} keeps the file of your work in a newer way than {before}, which will not open "
    "it once it was opened by {now}: it only says so, and changes nothing. Sync first. To go back "
    "all the same: --anyway."
)


def find(programs: Programs, repository: Repository, root: bytes) -> Offer | None:
    """The newest version that is newer than the current one; None where there is none.

    A version that did not come up here is passed over. Raises UpdateFailed as `trust.offers`.
    """
    make_private_folder(programs.folder)
    with only_here(programs.lock):
        return _newest(programs, repository, root)


def install(programs: Programs, repository: Repository, root: bytes) -> Version | None:
    """Fetch the newest version, try it, and make it the current one; None where there is none.

    The next start of Dala becomes it. Raises UpdateFailed, and UserError where the disk is full
    or another install runs: then the current one stays. Killed at any moment, the old version or
    the new one is current, whole.
    """
    make_private_folder(programs.folder)
    with only_here(programs.lock):
        offer = _newest(programs, repository, root)
        if offer:
            offer.fetch(programs.package)
            folder = versions.unpack(programs, offer.version)
            try_out(folder, offer.version)
            versions.keep(programs, offer.version, folder)
            versions.make_current(programs, offer.version)
        versions.tidy(programs)
        return offer.version if offer else None


def back(programs: Programs, anyway: bool = False) -> str:
    """Make the version before the current one; its number.

    Raises Refused where there is none, or where it would not open the file of the current one
    and `anyway` is not said.
    """
    make_private_folder(programs.folder)
    with only_here(programs.lock):
        state = versions.read_state(programs)
        before = state.before or state.package
        if state.now is None or before is None:
            raise Refused(NO_WAY_BACK)
        if state.now.schema > before.schema and not anyway:
            raise Refused(NEWER_FILE, now=state.now.name, before=before.name)
        versions.go_back(programs)
        return before.name


def try_out(folder: Path, version: Version) -> None:
    """Let a version look itself over, in a home of its own. Raises UpdateFailed where it is not
    well, or not the version that was signed."""
    with TemporaryDirectory() as home:
        try:
            done = subprocess.run(  # noqa: S603  # signed by the region
                [versions.executable(folder), "--self-test"],
                env=own_environment(HOME=home),
                cwd=home,
                timeout=PATIENCE,
                capture_output=True,
                check=True,
            )
            said = decode(done.stdout, dict[str, object])
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise UpdateFailed(NOT_WELL, version=version.name) from error
    if said.get("ok") is not True:
        raise UpdateFailed(NOT_WELL, version=version.name)
    if said.get("version") != version.name:
        raise UpdateFailed(NOT_THAT, version=version.name)


def _newest(programs: Programs, repository: Repository, root: bytes) -> Offer | None:
    state = versions.read_state(programs)
    least = number(versions.running(state))
    for offer in offers(repository, programs.known, root):
        if number(offer.version.name) > least and offer.version.name != state.failed:
            return offer
    return None
