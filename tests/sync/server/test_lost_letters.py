"""A server is put back to before sealed letters came: officers' laptops bring them, once, by their years."""

from contextlib import contextmanager
from datetime import date

import msgspec
import pytest
from sqlalchemy import delete, select, update

from desktop.actions import exchange, lost_letters, officer, reports
from desktop.folder import choose_profile
from desktop.profile import close_desk, open_desk
from sync.client.tables import TakenLetter, WaitingLetter
from sync.errors import Refused
from sync.reports import SealedLetter
from sync.retention import first_letters
from sync.server.audit import Act
from sync.server.backing_up import back_up
from sync.server.restoring import restore
from sync.server.tables import Account, KeptLetter
from tests.desktop.actions.test_sealed_reports import officer_reads, write
from tests.guards import rewritten
from tests.integrity import Region
from tests.profiles import PASSWORD, line, new_profile
from tests.sync.server.conftest import prepared
from tests.sync.server.put_back import (  # noqa: F401
    given_data,
    given_folder,
    given_url,
    lose,
    running,
    settings_of,
)
from tests.sync.server.retention_people import rows


class Place:
    """A server that may break and be put back, its region's key, and laptops that work with it."""

    def __init__(self, url, data, profiles):
        self.url, self.data, self.profiles = url, data, profiles
        self.region, self.desks = Region(), {}
        self.server = None

    @contextmanager
    def at_work(self):
        """While it lasts the server runs, and all laptops are open; it tells what stands there."""
        with running(self.url, self.data) as self.server:
            if self.region.officers:
                self.region.tell(self.server, self.region.officers)
            for login in self.desks:
                self.open(login)
            yield
            for desk in self.desks.values():
                close_desk(desk)

    def enrol(self, login, role="activist"):
        new_profile(self.profiles / login, self.server, login, role)
        return self.open(login)

    def open(self, login):
        profile = choose_profile(self.profiles / login)
        self.desks[login] = open_desk(profile, PASSWORD, http=line(self.server))
        return self.desks[login]

    def shelf(self):
        """{letter: its year} on the server."""
        with self.server.looking() as session:
            return dict(session.execute(select(KeptLetter.id, KeptLetter.year)).all())

    def sync(self, *logins):
        for login in logins:
            exchange.exchange(self.desks[login])


def people(place):
    """Two officers on the list, and an activist who has heard of them."""
    for login in ("aigul", "bolat"):
        place.enrol(login, "integrity_officer")
    cards = [officer.make_key(place.desks[login]) for login in ("aigul", "bolat")]
    place.region.appoint(place.server, *cards)
    place.enrol("aidana")
    place.sync("aigul", "bolat", "aidana")


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    """A server on SQLite at which they work, for all tests that put nothing back."""
    folder = tmp_path_factory.mktemp("working")
    place = Place(prepared(f"sqlite:///{folder / 'server.db'}"), folder, folder / "laptops")
    with place.at_work():
        people(place)
        yield place


@pytest.fixture
def place(working):
    """The same without letters, and with officers as they were."""
    yield working
    with working.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))
        session.execute(
            update(Account).where(Account.id == "aigul").values(role="integrity_officer")
        )
    for desk in working.desks.values():
        with desk.store.begin() as session:
            session.execute(delete(TakenLetter))
            session.execute(delete(WaitingLetter))


def told(thread):
    return [(one.by, msgspec.json.encode(one.letter)) for one in thread.said]


def test_after_a_restore_no_letter_is_lost_and_each_is_there_once(url, data, folder, tmp_path):
    place = Place(url, data, tmp_path / "laptops")
    with place.at_work():
        people(place)
        before = write(place.desks["aidana"], "Алдында")
        place.sync("aidana", "aigul", "bolat")
        backup = made(place, folder)
        after = write(place.desks["aidana"], "Кейін")
        reports.send(place.desks["aidana"])
        thread = reports.follow(place.desks["aidana"], before)
        reports.add(place.desks["aidana"], before, "Тағы бірдеңе", thread)
        place.sync("aigul")
        mine = next(
            one for one in officer_reads(place.desks["aigul"]) if one.number == after.number
        )
        officer.answer(place.desks["aigul"], mine, "Қарап жатырмыз")
        place.sync("aigul", "bolat", "aigul")
        stood = place.shelf()
        said = [told(reports.follow(place.desks["aidana"], one)) for one in (before, after)]
    lose(url, data)
    data.mkdir(exist_ok=True)
    restore(settings_of(url, data), backup, give_up=True)

    with place.at_work():
        assert len(place.shelf()) == 1
        with pytest.raises(Refused):
            reports.follow(place.desks["aidana"], after)
        place.sync("aigul", "bolat", "aigul")

        assert place.shelf() == stood
        assert [
            told(reports.follow(place.desks["aidana"], one)) for one in (before, after)
        ] == said
        assert sorted(one for _, one in rows(place.server, Act.GAVE_BACK)) == sorted(
            str(id) for id in stood if id not in {first_of(place, before)}
        )


def first_of(place, reporter):
    """The letter that the backup had: the first one of its box."""
    box = place.desks["aidana"].server.open_box(reporter.box)
    return next(one.id for one in box if str(one.id) not in given(place))


def given(place):
    return {one for _, one in rows(place.server, Act.GAVE_BACK)}


def made(place, folder):
    return back_up(place.server.service, folder).folder


def ended(place, *, year):
    """All letters are of this year, as all laptops know, and then the server has none of them."""
    with place.server.looking() as session, session.begin():
        session.execute(update(KeptLetter).values(year=year))
    place.sync("aigul", "bolat")
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))


def here(desk):
    with desk.store() as session:
        return [msgspec.json.decode(one, type=SealedLetter).id
                for one in session.scalars(select(TakenLetter.body))]  # fmt: skip


def first_kept(place):
    service = place.server.service
    return first_letters(service.terms, service.now().date())


def test_what_ended_by_its_term_does_not_return_and_leaves_the_laptops(place):
    write(place.desks["aidana"])
    place.sync("aidana")
    ended(place, year=first_kept(place) - 1)

    place.sync("aigul", "bolat")

    assert place.shelf() == {}
    assert [here(place.desks[login]) for login in ("aigul", "bolat")] == [[], []]


def test_what_is_within_its_term_returns_however_old_and_a_word_keeps_its_box(place):
    old = write(place.desks["aidana"])
    place.sync("aidana")
    year = first_kept(place)
    with place.server.looking() as session, session.begin():
        session.execute(update(KeptLetter).values(year=year - 5))
    place.sync("aigul")
    reports.add(place.desks["aidana"], old, "Сөз", reports.follow(place.desks["aidana"], old))
    place.sync("aigul", "bolat")
    stood = place.shelf()
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))

    place.sync("aigul")

    assert len(stood) == 2
    assert place.shelf() == stood


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("first is not None and all", "first is None and all"),
        ("year is not None and year < first", "year is not None and year <= first"),
        ("all(", "any("),
    ],
)
def test_another_rule_of_what_has_ended_is_missed(place, words, others):
    first = first_kept(place)
    box, old, young = bytes(16), lost_letters._Here(bytes(16), first - 1), None
    young = lost_letters._Here(box, first)
    cases = [({"a": old}, True), ({"a": old, "b": young}, False), ({"b": young}, False)]

    def right():
        return [lost_letters._has_ended(box, here, first) for here, _ in cases]

    assert right() == [is_ for _, is_ in cases]
    with rewritten(lost_letters._has_ended, words, others).removed():
        assert right() != [is_ for _, is_ in cases]


def test_who_is_an_officer_no_more_gives_nothing_back(place):
    write(place.desks["aidana"])
    place.sync("aidana", "aigul", "bolat")
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))
        session.execute(update(Account).where(Account.id == "aigul").values(role="activist"))

    place.sync("aigul")
    assert place.shelf() == {}
    assert here(place.desks["aigul"]) == []
    place.sync("bolat")
    assert len(place.shelf()) == 1


def test_readers_that_were_added_since_the_backup_are_added_again(place):
    write(place.desks["aidana"])
    place.sync("aidana", "aigul")
    with place.server.looking() as session:
        before = session.scalar(select(KeptLetter.seals))
    place.enrol("new", "integrity_officer")
    place.region.appoint(place.server, officer.make_key(place.desks["new"]))
    place.sync("aigul", "new")
    officer.give_earlier(place.desks["aigul"])
    place.sync("aigul")
    with place.server.looking() as session, session.begin():
        session.execute(update(KeptLetter).values(seals=before))
    assert not officer.threads(place.desks["new"])

    place.sync("aigul", "new")

    assert officer.threads(place.desks["new"])


def test_what_a_server_from_before_does_not_tell_costs_nothing(place, monkeypatch):
    write(place.desks["aidana"])
    place.sync("aidana", "aigul")
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))

    offered = []

    def unknown(*said):
        offered.extend(said)
        raise Refused("Not Found")

    server = place.desks["aigul"].server
    monkeypatch.setattr(server, "shelf", unknown)
    monkeypatch.setattr(server, "give_back", unknown)
    write(place.desks["aidana"], "Жаңа")
    place.sync("aidana", "aigul", "aigul")

    assert len(here(place.desks["aigul"])) == 2
    assert offered == []  # whole letters would go over the line with each exchange


def test_a_letter_whose_year_was_never_told_has_that_of_its_own_day(place):
    write(place.desks["aidana"], on=reports.today().replace(year=first_kept(place) - 1))
    place.sync("aidana", "aigul")
    with place.desks["aigul"].store.begin() as session:
        session.execute(update(TakenLetter).values(year=None))
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))

    place.sync("aigul")

    assert (place.shelf(), here(place.desks["aigul"])) == ({}, [])


def test_after_a_new_list_of_another_key_it_stays_here_until_the_list_comes(place):
    """Whose own key is not listed gives nothing back, and loses nothing."""
    write(place.desks["aidana"])
    place.sync("aidana")
    place.enrol("gul", "integrity_officer")
    officer.make_key(place.desks["gul"])
    place.sync("gul")
    with place.server.looking() as session, session.begin():
        session.execute(delete(KeptLetter))

    place.sync("gul")

    assert (place.shelf(), len(here(place.desks["gul"]))) == ({}, 1)


def test_an_own_answer_that_waits_is_neither_given_back_nor_ended_by_a_wrong_clock(
    place, monkeypatch
):
    aigul = place.desks["aigul"]
    write(place.desks["aidana"])
    place.sync("aidana", "aigul")
    [thread] = officer_reads(aigul)
    monkeypatch.setattr(officer, "today", lambda: date(2001, 1, 1))
    officer.answer(aigul, thread, "Қарап жатырмыз")

    def refused(_):
        raise Refused("not now")

    monkeypatch.setattr(aigul.server, "hand_in", refused)
    place.sync("aigul")

    assert (len(here(aigul)), len(place.shelf())) == (2, 1)
