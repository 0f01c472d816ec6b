"""Numbers of issues: district, year, serial. Given with the first change, in its transaction."""

from sqlalchemy.orm import Session

from sync.merge import Standing
from sync.server.accounts import Clock, utc_now
from sync.server.tables import Serial

FIRST_YEAR = 2019  # no issue was received for us before


def give(session: Session, standing: Standing, clock: Clock = utc_now) -> tuple[str, ...]:
    """Put the next number into a new issue; return the names of the fields that were filled in.

    The district's stream is locked meanwhile, so numbers have neither gaps nor doubles.
    The year is that of receipt where it is plausible, else the server's own.
    """
    if standing.kind != "issue":
        return ()
    year = _year(standing.fields.get("received_on"), clock().year)
    row = session.get(Serial, (standing.district, year)) or Serial(
        district=standing.district, year=year, last=0
    )
    row.last += 1
    session.add(row)
    standing.fields["number"] = f"{standing.district[:4]}-{year}-{row.last:05d}"
    standing.touched["number"] = (standing.revision, "")
    return ("number",)


def _year(received_on: object, current: int) -> int:
    """The year of a date in JSON. A laptop's clock may be anything: then the current one."""
    said = str(received_on or "")[:4]
    return int(said) if said.isdigit() and FIRST_YEAR <= int(said) <= current else current
