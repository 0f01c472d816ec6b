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
from tuf.api._payload import TargetFile  # the public name has no type
from tuf.api.metadata import Metadata
from tuf.ngclient.updater import Updater

from desktop.files import cannot_write, make_private_folder
from desktop.updates import Unfit, UpdateFailed
from desktop.updates.sources import Source
from desktop.updates.versions import Version, number
from resources import entry
from sync.language import mark
from sync.wish import heed

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
THERE = (  # it was asked for and answered: the same will be answered again
    wrong.RepositoryError,
    wrong.DownloadLengthMismatchError,
    wrong.DownloadHTTPError,
)
NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")


@dataclass(frozen=True)
class Repository:
    """Where updates come from: a place, and how it is read."""

    place: str
    source: Source


@dataclass(frozen=True)
class Signed:
    """A file of a repository, and what the region signed about it."""

    targets: str  # where it lies
    file: TargetFile

    @property
    def name(self) -> str:
        """What it is called there: by its hash, as TUF does where `consistent_snapshot` is."""
        return f"{next(iter(self.file.hashes.values()))}.{self.file.path}"

    @property
    def url(self) -> str:
        """Where it is asked for."""
        return f"{self.targets}/{self.name}"

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.file.length


@dataclass(frozen=True)
class Offer:
    """A version that the region offers for this kind of computer."""

    version: Version
    package: Signed
    delta: Signed | None  # what changed since the version that is here
    sum: str  # SHA-256 of the tar that is inside the package, where there is a delta

    @property
    def size(self) -> int:
        """Bytes that have to come, if all goes well."""
        return (self.delta or self.package).size


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


def offers(repository: Repository, known: Path, root: bytes, here: str = "") -> list[Offer]:
    """All versions for this kind of computer, the newest first.

    `known` keeps what this laptop saw last, so that it is never shown an older state. `here` is
    the version whose files lie on this laptop. Raises UpdateFailed where what is there is not the
    region's, not current, or cannot be read.
    """
    make_private_folder(known / "root_history")
    with told(known):
        updater = Updater(
            str(known),
            f"{repository.place}/metadata",
            fetcher=repository.source,
            bootstrap=root,
        )
        updater.refresh()
        names = Metadata[Any].from_file(str(known / "targets.json")).signed.targets
        files = {name: updater.get_targetinfo(name) for name in names}  # the verified word
    targets = f"{repository.place}/targets"
    found = [_offer(name, files, targets, here) for name in files]
    return sorted(
        (one for one in found if one), key=lambda one: number(one.version.name), reverse=True
    )


def _offer(
    name: str, files: dict[str, TargetFile | None], targets: str, here: str
) -> Offer | None:
    """What a file of the repository is to this laptop; None for what is no package for it.

    Its name is made of what is signed about it, so that it can be no path to elsewhere.
    """
    file = files[name]
    said = file.custom or {} if file else {}
    version, kind, schema, sum = (said.get(of) for of in ("version", "platform", "schema", "tar"))
    if kind != this_platform() or not isinstance(version, str) or not NUMBER.fullmatch(version):
        return None
    if type(schema) is not int or name != package_name(version, kind) or not file:
        return None
    less = delta_name(here, version, kind)
    delta = files.get(less) if here and isinstance(sum, str) else None
    return Offer(
        Version(version, schema),
        Signed(targets, file),
        Signed(targets, delta) if delta else None,
        str(sum),
    )


def package_name(version: str, kind: str) -> str:
    """What the package of a version is called in a repository."""
    return f"dala-{version}-{kind}.tar.zst"


def delta_name(before: str, version: str, kind: str) -> str:
    """What a file is called that tells what changed between two versions."""
    return f"dala-{before}-to-{version}-{kind}.delta"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what TUF and the disk say into words: UpdateFailed, Unfit or UserError; Stopped where
    somebody wished it."""
    try:
        yield
    except (wrong.RepositoryError, wrong.DownloadError) as error:
        heed()  # TUF calls whatever ended a reading its own
        text = next(text for kind, text in MEANS.items() if isinstance(error, kind))
        raise (Unfit if isinstance(error, THERE) else UpdateFailed)(text) from error
    except OSError as error:
        raise cannot_write(path) from error
