"""The region's key as this laptop trusts it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from sync.client.facts import recall, remember
from sync.region_key import RegionKey, fingerprint, latest
from sync.sealing import PublicKeys

TRUSTED = "region_key"  # a fact


def trusted(session: Session) -> PublicKeys | None:
    """None before the server has told one."""
    key: PublicKeys | None = recall(session, TRUSTED, PublicKeys)
    return key


def known(session: Session) -> str:
    """Its fingerprint, for the server to compare; "" where there is none."""
    key = trusted(session)
    return fingerprint(key) if key else ""


def take(session: Session, row: Sequence[RegionKey]) -> bool:
    """Trust what the server tells, if the key that is trusted vouches for it → whether it does.

    A row that it does not vouch for changes nothing: it may be somebody else's.
    """
    key = latest(row, trusted(session))
    if key is None:
        return False
    remember(session, TRUSTED, key)
    return True
