"""A closed issue on two laptops of a region, whose words are to leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete

from sync.client import bare, check, opened
from sync.client.tables import Pending
from sync.records import KINDS
from tests.loopback import AMA, EVA, NOW, SOZAQ, region_of

DAY = timedelta(days=1)
WORDS = "Қожабектің үйінде су жоқ"
ISSUE = {
    "essence": WORDS,
    "category": "housing",
    "village": "615647100",
    "received_on": "2026-11-05",
    "applicant": "Қожабек",
    "phone": "87010000000",
    "consent_way": "signed",
    "consent_on": "2026-11-05",
}


@pytest.fixture(name="laptops")
def given_laptops():
    """Ama's and Eva's, with one issue that is closed and has two words beside it."""
    with region_of(AMA, EVA) as (ama, eva):
        issue = ama.edit("issue", uuid4(), **ISSUE).record
        ama.edit("step", uuid4(), issue, done_on="2026-11-06", type="note", text="Барып көрдік")
        ama.edit("issue", issue, review="sent")
        sync(ama, eva)
        eva.edit("issue", issue, review="approved", state="closed")
        eva.edit("comment", uuid4(), issue, text="Рахмет, Қожабекке")
        sync(eva, ama, eva)
        yield ama, eva, issue


def sync(*laptops):
    for laptop in laptops:
        laptop.sync()


def look(laptop, days):
    """It is so many days later on the server."""
    return bare.let_go(laptop.store, NOW + days * DAY)


def go_bare(laptop, days=0):
    assert look(laptop, days) == 0
    assert look(laptop, days + 90) == 1
    with (
        laptop.store.begin() as session
    ):  # answered edits are let go of by an exchange a month later
        session.execute(delete(Pending).where(Pending.revision.is_not(None)))


def row(laptop, record):
    with laptop.store() as session:
        return next(one for kind in KINDS.values() if (one := session.get(kind, record)))


def open_it(laptop, record):
    with laptop.store.begin() as session:
        opened.want(session, record)
    laptop.sync()


def tally(laptop):
    with laptop.store() as session:
        return check.count(session, SOZAQ)


def asked(laptop):
    """One exchange's requests and replies."""
    passed, plain = [], laptop.exchange

    def note(request):
        passed.append((request, plain(request)))
        return passed[-1][1]

    laptop.exchange = note
    try:
        laptop.sync()
    finally:
        laptop.exchange = plain
    return passed
