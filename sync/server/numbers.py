"""Numbers of issues: district, year, serial. Given with the first change, in its transaction."""

from sqlalchemy.orm import Session

from sync.merge import Standing
from sync.server.accounts import Clock, utc_now
from sync.server.tables import Serial

FIRST_YEAR = 2019  # no issue was received for us before


class Serials:
    """A district's counters. Its stream is locked meanwhile, so numbers have no gaps or doubles."""

    def __init__(self, session: Session, district: str, clock: Clock = utc_now) -> None:
        self._session, self._district, self._year = session, district, clock().year
        self._rows: dict[int, Serial] = {}

    def give(self, standing: Standing) -> tuple[str, ...]:
        """Put the next number into a new issue; return the names of the fields that were filled in.

        The year is that of receipt where it is plausible, else the server's own.
        """
        if standing.kind != "issue":
            return ()
        year = _year(standing.fields.get("received_on"), self._year)
        row = self._row(year)
        row.last += 1
        standing.fields["number"] = f"{self._district[:4]}-{year}-{row.last:05d}"
        standing.touched["number"] = (standing.revision, "")
        return ("number",)

    def _row(self, year: int) -> Serial:
        if year not in self._rows:
            key = (self._district, year)
            row = self._session.get(Serial, key) or Serial(
                district=self._district, year=year, last=0
            )
            self._session.add(row)
            self._rows[year] = row
        return self._rows[year]


def _year(received_on: object, current: int) -> int:
    """The year of a date in JSON. A laptop's clock may be anything: then the current one."""
    said = str(received_on or "")[:4]
    return int(said) if said.isdigit() and FIRST_YEAR <= int(said) <= current else current
