"""What a person asks of updates, by a command or in the window: look, install, go back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.folder import Profile
from desktop.network import open_line
from desktop.settings import load_settings
from desktop.updates import installing, trust, versions
from desktop.updates.fetching import Hear
from desktop.updates.installing import Installed
from desktop.updates.sources import FolderSource, LineSource
from desktop.updates.trust import Repository
from sync.errors import UserError
from sync.language import mark

NO_ADDRESS = mark(
    "No address of updates is set on this laptop. Ask the region for it (update address URL), or "
    "take the update from a stick: --from FOLDER."
)
NO_FOLDER = mark("{name} is no folder with updates: it has no “metadata” in it.")


@dataclass(frozen=True)
class Looked:
    """What there is: the version that starts from now on, and one that is newer, if any."""

    current: str
    offered: str = ""
    size: int = 0  # bytes that have to come of it
    failed: str = ""  # a version that did not come up here
    before: str = ""  # to which there is a way back
    whole: int = 0  # bytes of its package


def stand() -> Looked:
    """What is known without asking anybody."""
    state = versions.read_state(versions.this_users_programs())
    before = state.before or state.package if state.now else None
    return Looked(
        versions.running(state), failed=state.failed, before=before.name if before else ""
    )


def last_looked() -> datetime:
    """When this user's programs were told last what there is; long ago where never."""
    try:
        seen = (versions.this_users_programs().known / "timestamp.json").stat().st_mtime
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromtimestamp(seen, UTC)


def has_address(profile: Profile) -> bool:
    """Whether the region serves updates that this laptop knows of."""
    return bool(load_settings(profile.settings)["updates"])


def look(profile: Profile | None, folder: Path | None = None) -> Looked:
    """Whether there is a newer version, at the address that is set or in `folder`, a stick's.

    Raises UserError where neither is there, UpdateFailed where what is there is not the region's.
    """
    root, programs = trust.root_of_trust(), versions.this_users_programs()
    with repository(profile, folder) as place:
        offer = installing.find(programs, place, root)
    now = stand()
    if offer is None:
        return now
    return replace(now, offered=offer.version.name, size=offer.size, whole=offer.package.size)


def take(
    profile: Profile | None, folder: Path | None = None, hear: Hear = lambda *_: None
) -> Installed | None:
    """Fetch the newest version, try it, and start it from the next time on; None for none.

    `hear` is told how many bytes came, and of how many. Raises as installing.install.
    """
    root, programs = trust.root_of_trust(), versions.this_users_programs()
    with repository(profile, folder) as place:
        return installing.install(programs, place, root, hear)


def back(*, anyway: bool = False) -> str:
    """The version before starts from now on; its number. Raises Refused as installing.back."""
    return installing.back(versions.this_users_programs(), anyway)


@contextmanager
def repository(profile: Profile | None, folder: Path | None = None) -> Iterator[Repository]:
    """The folder that was named, or the address that is set. Raises UserError for neither."""
    if folder:
        if not (folder / "metadata").is_dir():
            raise UserError(NO_FOLDER, name=folder)
        yield Repository(str(folder.absolute()), FolderSource())
        return
    if profile is None or not has_address(profile):
        raise UserError(NO_ADDRESS)
    address = str(load_settings(profile.settings)["updates"])
    with open_line(profile) as http:
        yield Repository(address, LineSource(http))
