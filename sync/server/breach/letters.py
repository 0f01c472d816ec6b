"""What is to be sent about a breach: drafts in Kazakh and Russian, and a table of whom to tell.

The words are resources/breach/; what nobody here knows stays in square brackets. All of it holds
people's names, so only its owner may read the folder.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import resources
from sync.csv_file import Cell, csv_rows
from sync.errors import UserError
from sync.inventory import field_words
from sync.language import mark, tr
from sync.records import KINDS
from sync.server.breach.holding import Found
from sync.server.breach.report import Breach
from sync.server.breach.words import due, page, places, protection
from sync.server.service import Service

SPOKEN = ("kk", "ru")  # the languages of letters
LETTERS = ("authority", "person")
DAY = "%d.%m.%Y"
CONSENT = {
    "given": mark("given"),
    "ended": mark("withdrawn"),
    "none": mark("none"),
    "": mark("not asked for"),
}
COLUMNS = (
    mark("Person"),
    mark("Phone"),
    mark("Kind"),
    mark("Number"),
    mark("District"),
    mark("Came on"),
    mark("Consent"),
    mark("Words have left a laptop in use"),
    mark("Record"),
)


def write_folder(folder: Path, service: Service, told: Breach, found: list[Found]) -> list[str]:
    """Write report, letters and table into a folder that is made → their names.

    Raises UserError where there is a folder already, or the disk does not take it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise UserError(
            mark("There is a folder {folder} already, and it stays. Choose another name."),
            folder=folder,
        ) from error
    except OSError as error:
        raise _not_written(folder, error) from error
    today = service.now().astimezone().date()
    try:
        for language in SPOKEN:
            _write(folder / f"report.{language}.txt", "\n".join(page(service, told, language)))
            for name in LETTERS:
                _write(
                    folder / f"{name}.{language}.txt",
                    "\n\n".join(_letter(name, service, told, today, language)),
                )
        with (folder / "people.csv").open("xb") as file, csv_rows(file) as write:
            write([tr(one) for one in COLUMNS])
            for row in _rows(service, found):
                write(row)
        for path in folder.iterdir():
            path.chmod(0o600)
    except OSError as error:
        raise _not_written(folder, error) from error
    return sorted(path.name for path in folder.iterdir())


def _letter(
    name: str, service: Service, told: Breach, today: date, language: str
) -> Iterator[str]:
    said = {
        "found": today.strftime(DAY),
        "due": due(today).strftime(DAY),
        "since": told.since.astimezone().strftime(DAY),
        "until": told.until.astimezone().strftime(DAY),
        "districts": ", ".join(places(service, told.districts, language)),
        "citizens": told.citizens,
        "officials": told.officials,
        "team": told.team,
        "records": told.with_people,
        "fields": "; ".join(field_words(one.kind, one.field, language) for one in told.fields),
        "closed": " ".join(dict.fromkeys(protection(one, language) for one in told.laptops)),
    }
    for row in resources.table("breach", f"{name}.csv"):
        yield row[language].format(**said)


def _rows(service: Service, found: list[Found]) -> Iterator[list[Cell]]:
    """A row for each person of each record, those who can be called first."""
    rows: list[list[Cell]] = [
        [
            someone.who,
            someone.phone,
            tr(KINDS[one.kind].label),
            one.number,
            " ".join(places(service, [one.district])),
            one.came.astimezone().date(),
            tr(CONSENT[one.consent]),
            tr(mark("yes") if one.left else mark("no")),
            str(one.record),
        ]
        for one in found
        for someone in one.people
    ]
    yield from sorted(rows, key=lambda row: (not row[1], str(row[4]), str(row[3]), str(row[0])))


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text + "\n")


def _not_written(folder: Path, error: OSError) -> UserError:
    return UserError(
        mark("{file} cannot be written: {said}. The folder may hold a part of it: delete it."),
        file=folder,
        said=error.strerror or str(error),
    )
