"""Numbers of issues: district, year, serial. Given with the first change, in its transaction."""

from sqlalchemy.orm import Session

from sync.merge import Standing
from sync.server.tables import Serial


def give(session: Session, standing: Standing) -> tuple[str, ...]:
    """Put the next number into a new issue; return the names of the fields that were filled in.

    The district's stream is locked meanwhile, so numbers have neither gaps nor doubles.
    The year is that of receipt, else of the record's own date.
    """
    if standing.kind != "issue":
        return ()
    received = standing.fields.get("received_on") or standing.fields["created"]
    year = int(str(received)[:4])
    row = session.get(Serial, (standing.district, year)) or Serial(
        district=standing.district, year=year, last=0
    )
    row.last += 1
    session.add(row)
    standing.fields["number"] = f"{standing.district[:4]}-{year}-{row.last:05d}"
    standing.touched["number"] = (standing.revision, "")
    return ("number",)
