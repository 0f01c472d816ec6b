"""One person's folder on this laptop: what lies where. Imports nothing heavy: it is looked at
before the first window takes a key.

keys.json      the key of the file, wrapped          photos/   one encrypted file each
dala.db        the encrypted file                     copies/   of dala.db
outbox.journal its edits a second time, encrypted     (dala.db-wal: what SQLite has not moved in)
lock           held while a program works on it       settings.json  no one's data
person.json    the name on the button of who works here, see desktop.this_computer
bag/           sealed letters of others, and replies to them
authority.pem  the certificates that a join file brought: no one's data
letters.json   letters that were written while the file could not be: no one's data
ballast        room on the disk, given up when it is full
training       there where it is training: no one's data, and no one's password
people/        in the first one's folder: those of others who use this computer
"""

from dataclasses import dataclass
from pathlib import Path

from desktop.files import UNFINISHED, make_private_folder
from sync.errors import UserError
from sync.language import mark

PEOPLE = "people"
SHARED = ("onedrive", "dropbox", "google drive", "googledrive", "yandexdisk", "yandex.disk")


@dataclass(frozen=True)
class Profile:
    """The folder of a profile, and what is where in it."""

    folder: Path

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    @property
    def store(self) -> Path:
        return self.folder / "dala.db"

    @property
    def coming(self) -> Path:
        """A copy that is to take the place of the file, see `desktop.restoring`."""
        return self.folder / "dala.db.coming"

    @property
    def coming_keys(self) -> Path:
        return self.folder / "keys.json.coming"

    @property
    def journal(self) -> Path:
        """The journal of the outbox, see `desktop.journal`."""
        return self.folder / "outbox.journal"

    @property
    def coming_journal(self) -> Path:
        return self.folder / "outbox.journal.coming"

    @property
    def coming_photos(self) -> Path:
        """Photos under a new key, see `desktop.new_key`."""
        return self.folder / "photos.coming"

    @property
    def seen_damaged(self) -> Path:
        """Beside the file when a part of it could not be read while somebody worked with it."""
        return self.folder / "dala.db.damaged"

    @property
    def photos(self) -> Path:
        return self.folder / "photos"

    @property
    def bag(self) -> Path:
        return self.folder / "bag"

    @property
    def copies(self) -> Path:
        return self.folder / "copies"

    @property
    def ballast(self) -> Path:
        """Room on the disk, see desktop.ballast."""
        return self.folder / "ballast"

    @property
    def letters(self) -> Path:
        return self.folder / "letters.json"

    @property
    def wiping(self) -> Path:
        """There while the work is being deleted, see desktop.wiping."""
        return self.folder / "wiping"

    @property
    def training(self) -> Path:
        """There where all in it is invented, see desktop.training."""
        return self.folder / "training"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def authority(self) -> Path:
        """The only certificates that may name the server, where a join file brought them."""
        return self.folder / "authority.pem"

    @property
    def person(self) -> Path:
        return self.folder / "person.json"


def data_folder() -> Path:
    """This user's folder for data: the profile of the first person, with those of others in it."""
    from platformdirs import user_data_path

    return user_data_path("Dala", appauthor=False, roaming=False)


def choose_profile(folder: Path | None = None) -> Profile:
    """The profile in `folder`, by default in this user's folder for data; it exists afterwards.

    Raises UserError for a folder that is shared with other computers, or that cannot be used.
    """
    folder = (folder or data_folder()).expanduser().absolute()
    if folder.drive.startswith("\\\\") or any(_is_shared(part) for part in folder.parts):
        raise UserError(
            mark(
                "{folder} is shared with other computers, which damages the file sooner or later. "
                "Choose a folder of this computer."
            ),
            folder=folder,
        )
    make_private_folder(folder)
    return Profile(folder)


def is_enrolled(profile: Profile) -> bool:
    """Whether this profile belongs to somebody already."""
    return (
        profile.store.exists()
        or profile.coming.exists()
        or (profile.keys.exists() and not _half_made(profile))
    )


def unfinished(profile: Profile) -> Path:
    """Where the file is made before it is put in place."""
    return profile.store.with_name(profile.store.name + UNFINISHED)


def _half_made(profile: Profile) -> bool:
    """An enrolment was cut between the keys and the file: there is no work in it yet."""
    return unfinished(profile).exists()


def _is_shared(part: str) -> bool:
    return part.lower().startswith(SHARED)
