"""The integrity officers as this laptop trusts them."""

from sqlalchemy.orm import Session

from sync.client import trust
from sync.client.facts import recall, remember
from sync.officers import Officers, vouched

TRUSTED = "officers"  # a fact


def trusted(session: Session) -> Officers | None:
    """None before a list came that the region's key had signed."""
    officers: Officers | None = recall(session, TRUSTED, Officers)
    return officers


def known(session: Session) -> int:
    """The serial of the list, for the server to compare; 0 where there is none."""
    officers = trusted(session)
    return officers.serial if officers else 0


def take(session: Session, told: Officers) -> bool:
    """Trust a newer list that the region's key has signed → whether it was taken."""
    key = trust.trusted(session)
    if key is None or told.serial <= known(session) or not vouched(told, key):
        return False
    remember(session, TRUSTED, told)
    return True
