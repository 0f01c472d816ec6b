"""In a region where as many letters come each year, the fuse stands in the way of each new year."""

import os
from datetime import UTC, datetime

from sqlalchemy import update

from sync.reports import BOX, SEAL, SealedLetter
from sync.server.retention import run
from sync.server.tables import KeptLetter
from tests.sync.server.retention_people import given_clock, given_people, is_gone, last_of, visit  # noqa: F401


def test_a_years_letters_go_at_the_new_year_as_each_year(server, people, clock):
    """Eleven a year, kept for three: 44 stand there, and the eleven of one year go on one day."""
    year, aidana = clock.time.year, people[0]
    for back in range(4):
        for _ in range(11):
            letter = SealedLetter(box=os.urandom(BOX), seals=[os.urandom(SEAL)], body=b"?")
            aidana.transport.hand_in(letter)
            with server.looking() as session, session.begin():
                one = KeptLetter.id == letter.id
                session.execute(update(KeptLetter).where(one).values(year=year + back))
    clock.time = datetime(year + 4, 1, 1, 12, tzinfo=UTC)

    assert run(server.service).erased == {"report": 11}
