"""What a repository says about updates, as far as the region signed it.

The repository follows TUF (theupdateframework.io, specification 1.0.33): `metadata/` and `targets/`
below one address. The laptop begins from the root of trust that its program brought.
"""

import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuf.api import exceptions as wrong
from tuf.api.metadata import Metadata
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from desktop.files import cannot_write, make_private_folder
from desktop.updates import UpdateFailed
from desktop.updates.versions import Version, number
from resources import entry
from sync.language import mark

NO_ROOT = mark(
    "This program was built without the key of a region, so it takes no updates: nobody could say "
    "whose they are. A newer version comes as a package from whoever gave you this one."
)
NOT_READ = mark(
    "The updates could not be read. Nothing was installed, and the program goes on as it is. Try "
    "again with a better network, or take the update from a stick."
)
EXPIRED = mark(
    "What is said there about updates is out of date, so newer ones may be kept from you; or the "
    "date of this computer is wrong. Nothing was installed. Look at the date, then ask the region."
)
OLDER = mark(
    "What is said there about updates is older than what this laptop knows already. Nothing was "
    "installed. Tell the region: somebody may be showing you an old state."
)
UNSIGNED = mark(
    "The updates there are not as the region signed them. Nothing was installed, and the program "
    "goes on as it is. Tell the region, and do not install anything from there."
)
MEANS = {  # in this order: the later ones are kinds of the last
    wrong.ExpiredMetadataError: EXPIRED,
    wrong.BadVersionNumberError: OLDER,
    wrong.DownloadLengthMismatchError: UNSIGNED,
    wrong.DownloadError: NOT_READ,
    wrong.RepositoryError: UNSIGNED,
}
NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")


@dataclass(frozen=True)
class Repository:
    """Where updates come from: a place, and how it is read."""

    place: str
    source: FetcherInterface


@dataclass(frozen=True)
class Offer:
    """A version that the region offers for this kind of computer."""

    version: Version
    size: int  # bytes of its package
    name: str  # of its package in the repository
    updater: Updater

    def fetch(self, path: Path) -> None:
        """Download its package to `path`, unless it is there already.

        Raises UpdateFailed where it is not as was signed, UserError where the disk is full.
        """
        with told(path):
            file = self.updater.get_targetinfo(self.name)
            assert file  # it was offered
            if not self.updater.find_cached_target(file, str(path)):
                self.updater.download_target(file, str(path))


def root_of_trust() -> bytes:
    """The region's root.json that this program was built with. Raises UpdateFailed for none."""
    root = entry("update", "root.json")
    if not root.is_file():
        raise UpdateFailed(NO_ROOT)
    return root.read_bytes()


def this_platform() -> str:
    """The kind of computer, as packages are named for it: linux-x86_64."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    return f"{system}-{'x86_64' if machine == 'amd64' else machine}"


def offers(repository: Repository, known: Path, root: bytes) -> list[Offer]:
    """All versions for this kind of computer, the newest first.

    `known` keeps what this laptop saw last, so that it is never shown an older state. Raises
    UpdateFailed where what is there is not the region's, not current, or cannot be read.
    """
    make_private_folder(known / "root_history")
    with told(known):
        updater = Updater(
            str(known),
            f"{repository.place}/metadata",
            target_base_url=f"{repository.place}/targets",
            fetcher=repository.source,
            bootstrap=root,
        )
        updater.refresh()
        names = Metadata[Any].from_file(str(known / "targets.json")).signed.targets
        found = [_offer(name, updater) for name in names]
    return sorted(
        (one for one in found if one), key=lambda one: number(one.version.name), reverse=True
    )


def _offer(name: str, updater: Updater) -> Offer | None:
    """What a file of the repository is to this laptop; None for another kind of computer's.

    Its name is made of what is signed about it, so that it can be no path to elsewhere.
    """
    file = updater.get_targetinfo(name)  # its word is the verified one
    said = file.custom or {} if file else {}
    version, kind, schema = (said.get(what) for what in ("version", "platform", "schema"))
    if kind != this_platform() or not isinstance(version, str) or not NUMBER.fullmatch(version):
        return None
    if type(schema) is not int or name != package_name(version, kind) or not file:
        return None
    return Offer(Version(version, schema), file.length, name, updater)


def package_name(version: str, kind: str) -> str:
    """What the package of a version is called in a repository."""
    return f"dala-{version}-{kind}.tar.zst"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what TUF and the disk say into words."""
    try:
        yield
    except (wrong.RepositoryError, wrong.DownloadError) as error:
        text = next(text for kind, text in MEANS.items() if isinstance(error, kind))
        raise UpdateFailed(text) from error
    except OSError as error:
        raise cannot_write(path) from error
