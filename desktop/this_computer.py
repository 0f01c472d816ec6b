"""Who has a file on this computer, and what tells them apart before anybody has typed a password.

    <data>/                  the profile of the first one, see desktop.folder
    <data>/people/<random>/  those of the others: each whole, with a key and a lock of its own
    <data>/people/last       which of them was opened last

What stands in person.json may be read by anybody who sits here: a name that the person gave for
that, which may be a nickname or nothing, and the code of the district. Nothing is taken out of the
encrypted file for it. Why so: docs/decisions/0032-keys-of-many.md.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec

from desktop.files import SMALL, read_whole, write_whole
from desktop.folder import PEOPLE, Profile, is_enrolled
from desktop.key_file import read_key_file
from sync.decoding import decode
from sync.errors import UserError

LAST = "last"
LONGEST = 40  # characters of a name on a button


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """person.json: all that is told of a person outside the encrypted file."""

    name: str = ""
    district: str = ""  # KATO code


@dataclass(frozen=True)
class Owner:
    """Somebody whose file lies here. `broken`: their folder cannot be read, or its keys cannot."""

    folder: Path
    name: str = ""
    district: str = ""
    broken: bool = False


def owners(data: Path) -> list[Owner]:
    """Those who have a file in this folder for data: the first one, then the others by name."""
    found = [_owner(folder) for folder in _folders(data)]
    return sorted(filter(None, found), key=lambda one: (one.folder != data, one.name.casefold()))


def last_folder(data: Path) -> Path:
    """The folder of who was here last; of the first person where nobody knows."""
    with suppress(OSError, ValueError):
        name = read_whole(data / PEOPLE / LAST, SMALL).decode()
        if name in {folder.name for folder in _others(data)}:
            return data / PEOPLE / name
    return data


def free_folders(data: Path) -> Iterator[Path]:
    """Where somebody new may have their file: folders that are nobody's, then new ones."""
    for folder in _folders(data):
        with suppress(OSError):
            if not is_enrolled(Profile(folder)):
                yield folder
    while True:
        yield data / PEOPLE / uuid4().hex[:8]


def introduce(profile: Profile, name: str, district: str) -> None:
    """Write what the button of this person shows. Raises UserError where the disk does not take it."""
    card = Card(name=_tidy(name), district=district)
    write_whole(profile.person, msgspec.json.encode(card))


def seen(profile: Profile, district: str) -> None:
    """This person's file was opened: they come first the next time, with the district of now.

    For convenience alone: what the disk does not take is done the next time.
    """
    people = _people_of(profile)
    with suppress(UserError):
        if (card := _card(profile)) is not None and card.district != district:
            introduce(profile, card.name, district)
        if people.is_dir():
            name = profile.folder.name if profile.folder.parent == people else ""
            write_whole(people / LAST, name.encode())


def name_of(profile: Profile) -> str:
    """The name that this person gave; "" where they gave none."""
    card = _card(profile)
    return card.name if card is not None else ""


def _people_of(profile: Profile) -> Path:
    inside = profile.folder.parent.name == PEOPLE
    return profile.folder.parent if inside else profile.folder / PEOPLE


def _folders(data: Path) -> list[Path]:
    return [data, *_others(data)]


def _others(data: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(one for one in (data / PEOPLE).iterdir() if one.is_dir())
    return []


def _owner(folder: Path) -> Owner | None:
    """Who has a file there; None where nobody has."""
    profile = Profile(folder)
    try:
        if not is_enrolled(profile):
            return None
        read_key_file(profile.keys)
        broken = False
    except (OSError, UserError):
        broken = True
    card = _card(profile) or Card()
    return Owner(folder, card.name, card.district, broken)


def _card(profile: Profile) -> Card | None:
    """None where there is none that can be read: a name is not worth a word of failure."""
    try:
        card = decode(read_whole(profile.person, SMALL), Card)
    except (OSError, ValueError):
        return None
    return msgspec.structs.replace(card, name=_tidy(card.name))


def _tidy(name: str) -> str:
    """As it fits on a button: one line, nothing unseen, not too long."""
    shown = "".join(
        char if unicodedata.category(char)[0] not in "CZ" else " "
        for char in unicodedata.normalize("NFC", name)
    )
    return " ".join(shown.split())[:LONGEST].rstrip()
