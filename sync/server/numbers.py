"""Numbers of issues: district, year, serial. Given with the first change, in its transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.merge import Standing
from sync.server.accounts import Clock, utc_now
from sync.server.tables import Serial

FIRST_YEAR = 2019  # no issue was received for us before


class Serials:
    """A district's counters. Its stream is locked meanwhile, so numbers have no gaps or doubles."""

    def __init__(self, session: Session, district: str, clock: Clock = utc_now) -> None:
        self._session, self._district, self._year = session, district, clock().year
        self._last: dict[int, int] = {}  # {year: the last number given in it}

    def give(self, standing: Standing) -> tuple[str, ...]:
        """Put the next number into a new issue; return the names of the fields that were filled in.

        The year is that of receipt where it is plausible, else the server's own.
        """
        if standing.kind != "issue":
            return ()
        year = _year(standing.fields.get("received_on"), self._year)
        last = self._last[year] = self._known(year) + 1
        standing.fields["number"] = f"{self._district[:4]}-{year}-{last:05d}"
        standing.touched["number"] = (standing.revision, "")
        return ("number",)

    def keep(self) -> None:
        """Write down how far the counters have come."""
        for year, last in self._last.items():
            self._session.merge(Serial(district=self._district, year=year, last=last))

    def _known(self, year: int) -> int:
        if year in self._last:
            return self._last[year]
        of_year = (Serial.district == self._district, Serial.year == year)
        return self._session.scalar(select(Serial.last).where(*of_year)) or 0


def _year(received_on: object, current: int) -> int:
    """The year of a date in JSON. A laptop's clock may be anything: then the current one."""
    said = str(received_on or "")[:4]
    return int(said) if said.isdigit() and FIRST_YEAR <= int(said) <= current else current
