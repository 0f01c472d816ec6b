"""Slows the guessing of a password, per account, whether the account exists or not.

Five tries are free; then each waits twice as long as the one before, up to a quarter of an hour:
at most 14 tries are looked at in the first hour, four in each later one. A try is counted before
its password is looked at, so that guessing in parallel wins nothing.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.language import mark
from sync.server.problems import Problem
from sync.server.store import insert_new
from sync.server.tables import Try

FREE = 5
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=15)
MEMORY = timedelta(days=1)


def count_try(session: Session, login: str, now: datetime) -> None:
    """Note one try. Raises Problem 429 while further ones must wait."""
    session.execute(delete(Try).where(Try.forget < now))
    key = _key(login)
    fresh = {"login": key, "count": 0, "until": now, "forget": now + MEMORY}
    insert_new(session, Try, [fresh])
    row = session.scalars(select(Try).where(Try.login == key).with_for_update()).one()
    if row.until > now:
        minutes = -int(-(row.until - now).total_seconds() // 60)
        raise Problem(
            429,
            mark("Too many tries. Wait {minutes} min, then try again."),
            minutes=minutes,
        )
    row.count += 1
    row.until = now + wait_after(row.count)
    row.forget = now + MEMORY


def forgive(session: Session, login: str) -> None:
    """The right password was given."""
    session.execute(delete(Try).where(Try.login == _key(login)))


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many wrong tries in a row."""
    if tries < FREE:
        return timedelta(0)
    doubled: int = 2 ** min(tries - FREE, 20)
    return min(FIRST * doubled, LONGEST)


def _key(login: str) -> str:
    return sha256(login.encode()).hexdigest()
