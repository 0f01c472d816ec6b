"""Sealed letters that a restored server lost: who may give them back, which, and how often."""

import os
from dataclasses import replace
from threading import Barrier, Thread

import msgspec
import pytest
from sqlalchemy import delete, select, update

from sync.errors import Refused
from sync.officers import Officer, appoint
from sync.reports import BOX, MoreSeals, OnShelf, given_back
from sync.retention import first_letters
from sync.sealing import Keys, new_seed
from sync.server import reports
from sync.server.audit import Act
from sync.server.tables import Account, KeptLetter
from tests.guards import guards, rewritten
from tests.sync.server.retention_people import letters, rows
from tests.sync.server.test_reports_route import letter

OLD = Keys(bytes(31) + b"1")  # on the list with the other, then taken off it
OFFICER = Keys(bytes(31) + b"2")


class Lost:
    """A server that lost a letter, and an officer's laptop that has it."""

    def __init__(self, server):
        self.server = server
        region = Keys(new_seed())
        both = appoint(
            None, [Officer("Ескі", OLD.public), Officer("Айгүл", OFFICER.public)], [], region
        )
        self.list = appoint(both, [], [Officer("Ескі", OLD.public).check], region)
        self.tell(self.list)
        self.officer = server.laptop("o", "integrity_officer")
        self.aidana = server.laptop("aidana")
        self.letter = self.put()
        self.year = self.officer.transport.shelf().letters[self.letter.id].year
        self.lose(self.letter)

    def tell(self, told):
        state = self.server.app.state
        state.service = replace(state.service, officers=told)

    def put(self, **more):
        one = letter(**more)
        self.aidana.transport.hand_in(one)
        return one

    def lose(self, *lost):
        with self.server.looking() as session, session.begin():
            session.execute(delete(KeptLetter).where(KeptLetter.id.in_([one.id for one in lost])))

    def give(self, one=None, year=None, by=OFFICER, line=None):
        line = line or self.officer
        line.transport.give_back(given_back(one or self.letter, year or self.year, by))


@pytest.fixture
def lost(server):
    return Lost(server)


def test_it_lies_in_its_box_again_as_it_was_and_under_its_year(lost):
    lost.give(year=lost.year - 1)

    assert lost.aidana.transport.open_box(lost.letter.box) == [lost.letter]
    assert lost.officer.transport.shelf().letters == {lost.letter.id: OnShelf(1, lost.year - 1)}


def test_it_is_there_once_whoever_gives_it_and_written_down_once(lost):
    second = lost.server.laptop("p", "integrity_officer")
    lost.give()
    lost.give()
    lost.give(line=second)

    assert letters(lost.server) == {lost.letter.id}
    assert rows(lost.server, Act.GAVE_BACK) == [("o", str(lost.letter.id))]


def test_two_officers_at_once_give_it_back_as_one_row(lost):
    lines = [lost.officer, lost.server.laptop("p", "integrity_officer")]
    together = Barrier(2)

    def give(line):
        together.wait(timeout=20)
        lost.give(line=line)

    threads = [Thread(target=give, args=[line]) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert letters(lost.server) == {lost.letter.id}


def someone_else(lost):
    lost.give(line=lost.aidana)


def role_withdrawn(lost):
    with lost.server.looking() as session, session.begin():
        session.execute(update(Account).where(Account.id == "o").values(role="activist"))
    lost.give()


def key_taken_off(lost):
    lost.give(by=OLD)


def key_never_listed(lost):
    lost.give(by=Keys(new_seed()))


def no_list(lost):
    lost.tell(None)
    lost.give()


def signed_by_another(lost):
    given = given_back(lost.letter, lost.year, Keys(new_seed()))
    lost.officer.transport.give_back(msgspec.structs.replace(given, by=OFFICER.public))


def another_year_than_signed(lost):
    given = given_back(lost.letter, lost.year, OFFICER)
    lost.officer.transport.give_back(msgspec.structs.replace(given, year=lost.year - 1))


def no_letter(lost):
    lost.give(msgspec.structs.replace(lost.letter, box=b""))


def past_its_term(lost):
    lost.give(year=first(lost) - 1)


def full_box(lost):
    for _ in range(reports.MOST_IN_BOX):
        lost.put(box=lost.letter.box)
    lost.give()


def first(lost):
    service = lost.server.app.state.service
    return first_letters(service.terms, service.now().date())


WRONGS = (someone_else, role_withdrawn, key_taken_off, key_never_listed, no_list, signed_by_another,
          another_year_than_signed, no_letter, past_its_term, full_box)  # fmt: skip


@pytest.fixture
def small_boxes(monkeypatch):
    monkeypatch.setattr(reports, "MOST_IN_BOX", 2)


def test_nothing_comes_back_from_whom_it_may_not(lost, small_boxes):
    assert [wrong.__name__ for wrong in WRONGS if passes(wrong, lost)] == []


def test_each_guard_of_it_removed_is_missed(lost, small_boxes):
    found = [*guards(reports.take_back, reports._insert)]
    whole = "require(person, Action.READ_REPORTS, REGION)"
    found.append(rewritten(reports.take_back, whole, "pass"))
    missed = {}
    for guard in found:
        with guard.removed():
            missed[guard.name] = [wrong.__name__ for wrong in WRONGS if passes(wrong, lost)]

    assert len(found) >= 6
    assert [name for name, which in missed.items() if not which] == []


def passes(wrong, lost):
    """Whether a wrong thing is not refused in words; what it changed is put back."""
    try:
        wrong(lost)
    except Refused:
        return False
    except Exception:  # noqa: BLE001  # a failure of the server is no refusal
        return True
    finally:
        lost.tell(lost.list)
        with lost.server.looking() as session, session.begin():
            session.execute(delete(KeptLetter))
            session.execute(
                update(Account).where(Account.id == "o").values(role="integrity_officer")
            )
    return True


def test_a_former_officer_gives_back_what_nobody_else_can_have(server):
    """Decision 42: who came later can have it from them alone."""
    lost = Lost(server)
    region = Keys(new_seed())
    alone = appoint(None, [Officer("Ескі", OLD.public)], [], region)
    card = Officer("Ескі", OLD.public).check
    lost.tell(appoint(alone, [Officer("Айгүл", OFFICER.public)], [card], region))

    lost.give(by=OLD)

    assert letters(server) == {lost.letter.id}


def test_an_old_letter_stays_with_a_younger_one_of_its_box(lost):
    young = lost.put(box=lost.letter.box)
    lost.give(year=first(lost) - 1)

    assert letters(lost.server) == {lost.letter.id, young.id}


def test_a_year_that_is_to_come_is_this_one(lost):
    lost.give(year=lost.year + 50)
    assert lost.officer.transport.shelf().letters[lost.letter.id].year == lost.year


def test_a_letter_of_no_known_year_counts_from_this_one(lost):
    lost.officer.transport.give_back(given_back(lost.letter, None, OFFICER))
    assert lost.officer.transport.shelf().letters[lost.letter.id].year == lost.year


def test_what_is_there_is_not_replaced_by_what_is_given_back(lost):
    there = lost.put()
    lost.give(msgspec.structs.replace(there, body=b"other", box=os.urandom(BOX)))

    assert lost.aidana.transport.open_box(there.box) == [there]


def test_seals_of_a_letter_that_is_there_are_told_by_their_own_door(lost):
    lost.give()
    more = [*lost.letter.seals, os.urandom(len(lost.letter.seals[0]))]
    lost.officer.transport.add_seals(MoreSeals(lost.letter.id, more))

    assert lost.officer.transport.shelf().letters[lost.letter.id].seals == 2
    with lost.server.looking() as session:
        assert session.scalar(select(KeptLetter.year)) == lost.year
