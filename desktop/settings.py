"""What a person may choose about the program, as rows of data. Kept as plain JSON: no one's data.

The language is needed before anybody has signed in, hence outside the encrypted file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.files import SMALL, read_whole, write_whole
from sync.decoding import decode
from sync.language import LANGUAGES, mark

Value = str | int | bool


@dataclass(frozen=True)
class Setting:
    """One row of the settings page: its label, default and, where it is a list, the choices."""

    name: str
    label: str  # English, marked for translation
    default: Value
    choices: Mapping[str, str] | None = None  # {value: label}
    smallest: int = 0
    largest: int = 0

    def fits(self, value: object) -> bool:
        """Whether this may be its value."""
        if type(value) is not type(self.default):
            return False
        if self.choices is not None:
            return isinstance(value, str) and value in self.choices
        if isinstance(value, bool) or not isinstance(value, int):
            return True
        return self.smallest <= value <= self.largest


SETTINGS = (
    Setting("language", mark("Language"), "kk", choices=LANGUAGES),
    Setting(
        "scheme",
        mark("Colours"),
        "system",
        choices={
            "system": mark("As the system"),
            "light": mark("Light"),
            "dark": mark("Dark"),
            "contrast": mark("High contrast"),
        },
    ),
    Setting(
        "size",
        mark("Size of words"),
        "system",
        choices={
            "system": mark("As the system"),
            **{str(percent): f"{percent} %" for percent in (100, 125, 150, 175, 200)},
        },
    ),
    Setting("lock_after", mark("Lock after minutes without work"), 5, smallest=1, largest=120),
    Setting("sync_every", mark("Minutes between syncs"), 5, smallest=1, largest=240),
    Setting("digest", mark("Notice in the morning"), True),
    Setting("proxy", mark("Proxy of the network"), ""),  # "": the system's; "direct": none
    Setting("authority", mark("File with the server's certificates"), ""),  # "": the public ones
    Setting("updates", mark("Address of updates"), ""),  # "": the region serves none
    Setting("second_place", mark("Second place for copies"), ""),  # "": none was chosen
    Setting("second_place_holds", mark("Newest copy there"), ""),  # its moment, see backups.STAMP
)


def load_settings(path: Path) -> dict[str, Value]:
    """Every setting's value; what is missing or does not fit is its default."""
    try:
        kept = decode(read_whole(path, SMALL), dict[str, object])
    except (OSError, ValueError):  # never written, or damaged: nothing of value is lost
        kept = {}
    values: dict[str, Value] = {}
    for setting in SETTINGS:
        value = kept.get(setting.name)
        fits = isinstance(value, str | int) and setting.fits(value)
        values[setting.name] = value if fits else setting.default  # type: ignore[assignment]  # fits
    return values


def save_setting(path: Path, name: str, value: Value) -> dict[str, Value]:
    """Keep one choice; all values as they are now. Raises ValueError for what does not fit."""
    setting = next(one for one in SETTINGS if one.name == name)
    if not setting.fits(value):
        raise ValueError(f"{name} cannot be {value!r}")
    values = {**load_settings(path), name: value}
    write_whole(path, msgspec.json.format(msgspec.json.encode(values)))
    return values
