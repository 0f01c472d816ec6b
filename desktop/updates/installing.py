"""A newer version is found, fetched, tried, and only then becomes the current one."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.files import make_private_folder
from desktop.lock import only_here
from desktop.updates import Unfit, UpdateFailed, deltas, versions
from desktop.updates.fetching import Hear, fetch
from desktop.updates.launching import own_environment
from desktop.updates.trust import Offer, Repository, Signed, offers
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


@dataclass(frozen=True)
class Installed:
    """A version that starts from the next time on."""

    version: Version
    size: int  # bytes of what it was made from
    whole_instead: bool = False  # what changed did not fit, so the whole package was fetched


def find(programs: Programs, repository: Repository, root: bytes) -> Offer | None:
    """The newest version that is newer than the current one; None where there is none.

    A version that did not come up here is passed over. Raises UpdateFailed as `trust.offers`.
    """
    make_private_folder(programs.folder)
    with only_here(programs.lock):
        return _newest(programs, repository, root)


def install(
    programs: Programs, repository: Repository, root: bytes, hear: Hear = lambda *_: None
) -> Installed | None:
    """Fetch the newest version, try it, and make it the current one; None where there is none.

    Only what changed is fetched where the region offers that for the version that is here; where
    it does not fit, the whole package. The next start of Dala becomes it. Raises UpdateFailed, and
    UserError where the disk is full or another install runs: then the current one stays. Killed at
    any moment, the old version or the new one is current, whole; what came so far is kept.
    """
    make_private_folder(programs.folder)
    with only_here(programs.lock):
        offer = _newest(programs, repository, root)
        installed = None
        if offer:
            folder, installed = _come(programs, repository, offer, hear)
            try_out(folder, offer.version)
            versions.keep(programs, offer.version, folder)
            versions.make_current(programs, offer.version)
        versions.tidy(programs)
        return installed


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


def _come(
    programs: Programs, repository: Repository, offer: Offer, hear: Hear
) -> tuple[Path, Installed]:
    """The files of a version, in a folder that nobody starts yet; and how they came there."""
    ways = [one for one in (offer.delta, offer.package) if one]
    versions.drop_coming(programs, *(programs.coming(one.name) for one in ways))
    if offer.delta:
        try:
            folder = _from_delta(programs, repository, offer, offer.delta, hear)
            return folder, Installed(offer.version, offer.delta.size)
        except Unfit:
            versions.drop_coming(programs, programs.coming(offer.package.name))
    path = programs.coming(offer.package.name)
    fetch(offer.package, repository.source, path, hear)
    with versions.inside(path) as tar:
        folder = versions.unpack(programs, offer.version, tar)
    return folder, Installed(offer.version, offer.package.size, bool(offer.delta))


def _from_delta(
    programs: Programs, repository: Repository, offer: Offer, delta: Signed, hear: Hear
) -> Path:
    """As _come, from what changed. Raises Unfit where that does not give what the region signed."""
    here = versions.folder_here(programs, versions.read_state(programs))
    assert here  # else no delta would have been looked for
    path = programs.coming(delta.name)
    fetch(delta, repository.source, path, hear)
    with deltas.put_together(path, here, offer.sum) as tar:
        return versions.unpack(programs, offer.version, tar)


def _newest(programs: Programs, repository: Repository, root: bytes) -> Offer | None:
    state = versions.read_state(programs)
    now = versions.running(state)
    here = now if versions.folder_here(programs, state) else ""
    for offer in offers(repository, programs.known, root, here):
        if number(offer.version.name) > number(now) and offer.version.name != state.failed:
            return offer
    return None
