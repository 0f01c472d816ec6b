"""Make the file that this version of the program writes: `python -m tests.stores.make`.

Done once at each release and then kept for ever: a test opens every one of them.
"""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from desktop import store as stores
from sync import VERSION
from sync.change import Change
from sync.client import outbox
from sync.client.facts import remember
from sync.person import Person

FOLDER = Path(__file__).parent
KEY = bytes(range(32))  # no secret: nobody's data is in these files
ISSUE = UUID("5d1f9a52-6d0a-4c0e-9a43-0f4c2f6c7f01")
STEP = UUID("5d1f9a52-6d0a-4c0e-9a43-0f4c2f6c7f02")
SOMEBODY = Person("a.beisenova", "Айгүл Бейсенова", "activist", "615600000")
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def changes() -> list[Change]:
    """What is in each file, besides what later versions add."""
    said = {"district": SOMEBODY.district, "by": SOMEBODY.id, "at": AT}
    issue = {"essence": "Көшеде су жоқ", "village": "615647100", "received_on": "2026-11-23"}
    step = {"done_on": "2026-11-24", "type": "note", "text": "Су құбыры тексерілді"}
    return [
        Change(kind="issue", record=ISSUE, fields=issue, **said),
        Change(kind="step", record=STEP, parent=ISSUE, fields=step, **said),
    ]


def main() -> None:
    """Write <version>.db beside this module."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dala.db"
        store = stores.create_store(path, KEY, Path(folder))
        with store.begin() as session:
            remember(session, "person", SOMEBODY)
            for change in changes():
                outbox.put(session, change)
        store.close()
        with closing(stores._connect(path, KEY)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        (FOLDER / f"{VERSION}.db").write_bytes(path.read_bytes())


if __name__ == "__main__":
    main()
