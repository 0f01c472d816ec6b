"""The group of a district as its roster has it: how many, who leads, and which okrugs are nobody's."""

from dataclasses import dataclass

from sqlalchemy import or_

from desktop.actions.records import list_records
from desktop.session import Desk
from sync.records.group import Member

MOST = 10  # people in a group, by the task that was set in 2019


@dataclass(frozen=True)
class Roster:
    """Those who are in the group now."""

    people: int
    leaders: int
    uncovered: tuple[
        str, ...
    ]  # codes of the district's okrugs that no member covers, in Kazakh order

    @property
    def too_many(self) -> int:
        """By how many there are more than a group has."""
        return max(0, self.people - MOST)


def read_roster(desk: Desk, district: str) -> Roster:
    """The group of a district, by the records on this laptop."""
    here = or_(Member.state.is_(None), Member.state == "active")
    rows = list_records(desk, "member", {"district": district}, among=[here])
    covered = {code for row in rows for code in row["okrugs"] or ()}
    okrugs = [code for code, _ in desk.pack.okrugs_of(district, "kk")]
    return Roster(
        people=len(rows),
        leaders=sum(row["role"] == "leader" for row in rows),
        uncovered=tuple(code for code in okrugs if code not in covered),
    )
