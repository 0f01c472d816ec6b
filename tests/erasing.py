"""A record of a person's data on the laptops of `tests.loopback`, and what is left of it."""

from uuid import uuid4

from sync.client import erasure
from sync.client.facts import remember
from sync.person import Person
from tests.loopback import SOZAQ, raw

SECRET = "Гүлсім Ахметова"  # what must not be left
LEA = Person(id="lea", name="Леа", role="leader", district=SOZAQ, language="en")
DAN = Person(id="dan", name="Дан", role="leader", district="615200000", language="en")
FILLED = {"essence": SECRET, "village": "615647100", "applicant": SECRET, "consent_way": "signed"}


def told(*laptops):
    for laptop in laptops:
        with laptop.store.begin() as session:
            remember(session, "person", laptop.person)


def everywhere(laptops):
    """All files that are left."""
    return [raw(store) for store in (laptops[0].region.store, *(one.store for one in laptops))]


def holds(content, text=SECRET):
    return text.encode() in content or text.encode("utf-16-le") in content


def issue_with_parts(laptop):
    issue = uuid4()
    laptop.edit("issue", issue, **FILLED)
    laptop.edit("step", uuid4(), issue, done_on="2026-11-05", type="note", text=f"{SECRET} 1")
    laptop.edit("comment", uuid4(), issue, about="essence", text=f"{SECRET} 2")
    photo = {"name": f"{SECRET}.jpg", "media_type": "image/jpeg", "size": 5}
    laptop.edit("attachment", uuid4(), issue, sha256="a" * 64, thumbnail="b" * 64, **photo)
    return issue


def erase(laptop, record, kind="issue", reason="request"):
    return laptop.edit(kind, record, erased=reason)


def stone(laptop, record):
    with laptop.store() as session:
        return erasure.erased_as(session, record)
