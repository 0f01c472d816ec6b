"""What the server told of who looked, for pictures and for tests of the screen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sync.audit import AuditPage, Seen
from sync.client import who_looked
from sync.exports import HELD
from sync.person import SERVER

DISTRICT, OTHER = "615600000", "615200000"
ROWS = (  # who, act, count, kind, command, about, district
    ("a.beisenova", "exported", 42, "issue", "", "", DISTRICT),
    ("n.tursynbek", "looked", 2, HELD, "", "", DISTRICT),
    ("n.tursynbek", "erased", 1, "issue", "", "", DISTRICT),
    (SERVER, "administered", 0, "", "enrol-code", "a.beisenova", DISTRICT),
    ("a.beisenova", "enrolled", 0, "", "", "", DISTRICT),
    ("zh.omarov", "exported", 1_250, "meeting", "", "", OTHER),
    ("m.qasym", "took_reports", 3, "", "", "", "region"),
    ("d.ospanov", "read_answers", 214, "", "", "", "region"),
    (SERVER, "term_ended", 12, "", "", "", OTHER),
    (SERVER, "administered", 340, "", "breach", "zh.omarov", "region"),
    ("a.beisenova", "recovered", 0, "", "", "", DISTRICT),
    (SERVER, "backed_up", 0, "", "", "", "region"),
    ("a.beisenova", "sang_a_song", 0, "", "", "", DISTRICT),
)


def told(
    desk, rows: Sequence[Seen] = (), *, known: str = "", restored: datetime | None = None
) -> None:
    """As if the server had answered with these, and its chain ended with the last one."""
    last = rows[-1].number if rows else 1
    page = AuditPage(
        rows=list(rows),
        number=last,
        hash=f"{last:064x}",
        now=datetime.now(UTC),
        known=known,
        restored=restored,
    )
    with desk.store.begin() as session:
        who_looked.take(session, page, desk.person)


def some(times: int = 1, districts: Sequence[str] = (DISTRICT, OTHER, "region")) -> list[Seen]:
    """Rows of all sorts, an hour and a half between two."""
    begun = datetime.now(UTC) - timedelta(hours=1.5) * (len(ROWS) * times)
    found = [
        Seen(
            number=number,
            at=begun + timedelta(hours=1.5) * number,
            who=who,
            district=district,
            act=act,
            count=count,
            kind=kind,
            command=command,
            about=about,
        )
        for number, (who, act, count, kind, command, about, district) in enumerate(ROWS * times, 1)
    ]
    return [one for one in found if one.district in districts]


def fill_who_looked(desk) -> None:
    """Rows, and a chain that does not go through what was seen."""
    told(desk, some(2))
    told(desk, known="another")
    told(desk, some(2))
