"""An integrity officer no more: what is left on the laptop opens nothing, in whatever order it came."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from desktop.actions import carry, exchange, former_officer, officer
from desktop.backups import list_backups, make_backup
from desktop.folder import Profile
from desktop.profile import close_desk, open_desk
from desktop.reports.letters import open_letter
from sync.client.facts import recall
from sync.client.tables import TakenLetter, WaitingLetter
from sync.errors import Offline
from sync.sealing import Keys
from sync.server import admin, lives
from sync.server.accounts import utc_now
from sync.server.tables import Account, KeptLetter
from tests.canaries import ROOT, canary, found_in
from tests.desktop.actions.test_sealed_reports import (
    _letters,
    everything,
    like_keys,
    officer_reads,
    without_network,
    write,
)
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)
from tests.profiles import PASSWORD, line
from tests.servers import SOZAQ


def role(server, desk, name):
    with server.service.store.writing.begin() as session:
        session.get_one(Account, desk.person.id).role = name


def holds(desk):
    """(letters, keys) on this laptop."""
    with desk.store() as session:
        return len(list(session.scalars(select(TakenLetter.id)))), len(officer.own_keys(session))


def profile_of(desk):
    return Profile(desk.photos._folder.parent)


@pytest.fixture
def bolat(enrolled, region, server, aigul):
    """Another officer, on the list since the second one."""
    desk = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(desk))
    exchange.exchange(desk)
    return desk


@pytest.fixture
def letters(aidana, aigul, bolat):
    """Reports of canaries, read and answered by both officers → as they lie sealed."""
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    for number in range(3):
        write(aidana, canary(number))
    exchange.exchange(aidana)
    for desk in (aigul, bolat):
        officer.answer(desk, officer_reads(desk)[0], canary(9))
        exchange.exchange(desk)
    exchange.exchange(aigul)
    exchange.exchange(bolat)
    return list(_letters(bolat, TakenLetter))


def test_who_left_by_role_and_list_keeps_nothing_that_opens_a_letter(
    aigul, region, server, letters
):
    profile = profile_of(aigul)
    make_backup(profile, aigul, utc_now())
    own = [Keys(seed) for seed in secrets(aigul)]
    assert all(open_letter(one, own) for one in letters)

    region.appoint(server, drop=(officer.standing(aigul).card.check,))
    role(server, aigul, "activist")
    exchange.exchange(aigul)
    told = former_officer.words(aigul)
    close_desk(aigul)
    again = open_desk(profile, PASSWORD, http=line(server))  # with its free space written anew

    assert "left it" in told
    assert former_officer.words(again) == ""
    assert holds(again) == (0, 0)
    assert list_backups(profile.copies) == []
    found = list(everything(again.store))
    assert not any(ROOT.encode() in value for value in found)
    assert not any(keys.seed in value for keys in own for value in found)
    assert not any(one.body in value for one in letters for value in found)
    keys = [Keys(seed) for seed in like_keys(found)]
    assert [open_letter(one, keys) for one in letters] == [None] * len(letters)
    assert found_in([profile.folder]) == []
    close_desk(again)


def secrets(desk):
    with desk.store() as session:
        return recall(session, officer.SEEDS, list[bytes])


def test_the_servers_word_alone_takes_the_letters_and_not_the_key(aigul, server, letters):
    role(server, aigul, "activist")
    exchange.exchange(aigul)

    assert holds(aigul) == (0, 1)
    assert "come again with the role" in former_officer.words(aigul)
    role(server, aigul, "integrity_officer")
    assert [one.report.what for one in officer_reads(aigul) if one.report]
    assert holds(aigul) == (len(letters), 1)


def test_the_list_alone_takes_both_where_another_officer_has_all(
    aigul, bolat, enrolled, region, server, letters
):
    """Who came with the same list can have the earlier ones from her."""
    card = officer.make_key(enrolled("integrity_officer"))
    region.appoint(server, card, drop=(officer.standing(bolat).card.check,))
    exchange.exchange(bolat)

    assert holds(bolat) == (0, 0)
    exchange.exchange(bolat)
    assert holds(bolat) == (0, 0)  # what no key here opens is not taken again
    assert len(officer.threads(aigul)) == 3


def test_who_alone_can_give_earlier_reports_keeps_them_until_they_are_given(
    aigul, aidana, enrolled, region, server
):
    """The custodians change the only officer in one list: nothing may be lost by that."""
    write(aidana)
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    new = enrolled("integrity_officer")
    region.appoint(server, officer.make_key(new), drop=(officer.standing(aigul).card.check,))
    for desk in (aigul, new):
        exchange.exchange(desk)
    assert holds(aigul) == (1, 1)
    assert officer.standing(aigul).owed == (new.person.name,)

    officer.give_earlier(aigul)
    exchange.exchange(aigul)
    assert holds(aigul) == (1, 1)  # what was written without a network may be on its way still
    assert len(officer_reads(new)) == 1

    role(server, aigul, "activist")
    exchange.exchange(aigul)
    assert holds(aigul) == (0, 0)


def test_a_key_on_its_way_to_the_custodians_holds_the_former_one(
    aigul, bolat, region, server, letters
):
    """The list drops the old one first, and names the new one with the next."""
    former = officer.standing(aigul).card
    officer.make_key(aigul)
    region.appoint(server, drop=(former.check,))
    exchange.exchange(aigul)

    assert holds(aigul) == (len(letters), 2)
    assert former_officer.words(aigul) == ""


def test_a_key_that_no_list_has_named_yet_is_not_the_servers_to_end(enrolled, server):
    desk = enrolled("integrity_officer")
    officer.make_key(desk)
    exchange.exchange(desk)
    assert holds(desk) == (0, 1)

    role(server, desk, "activist")
    exchange.exchange(desk)

    assert holds(desk) == (0, 1)


def test_an_administrator_withdraws_the_role_by_a_command(aigul, bolat, region, server, letters):
    region.appoint(server, drop=(officer.standing(aigul).card.check,))
    with server.service.store.writing.begin() as session:
        admin.set_role(session, server.service.pack, aigul.person.id, "activist", SOZAQ)

    exchange.exchange(aigul)

    assert holds(aigul) == (0, 0)


def test_an_answer_that_waits_goes_out_although_the_letters_have_left(
    aigul, bolat, aidana, server, letters
):
    officer.answer(aigul, officer.threads(aigul)[0], "Рақмет")
    role(server, aigul, "activist")
    with without_network(aigul), pytest.raises(Offline):
        exchange.exchange(aigul)
    assert holds(aigul)[0] == len(letters) + 1  # nobody has told this laptop yet
    exchange.exchange(aigul)

    assert not list(_letters(aigul, WaitingLetter))
    officer_reads(bolat)
    assert holds(bolat)[0] == len(letters) + 1


def test_a_reply_on_a_stick_is_news_too(aigul, bolat, server, letters, tmp_path):
    letter = tmp_path / "a.dala-letter"
    carry.write_letter(aigul, letter)
    role(server, aigul, "activist")
    [delivered] = carry.deliver(bolat, [letter])
    carry.take_reply(aigul, delivered.reply)

    assert holds(aigul) == (0, 1)


def test_an_officer_in_office_and_an_activist_are_left_alone(aigul, aidana, letters):
    for desk in (aigul, aidana):
        before = holds(desk)
        exchange.exchange(desk)
        assert holds(desk) == before
        assert former_officer.words(desk) == ""


def new_life(server):
    """The server starts again; perhaps with a database from before."""
    with server.service.store.writing.begin() as session:
        lives.begin(session, at_once=True)


def test_a_restored_server_that_lost_role_and_letters_has_both_back(aigul, server, letters):
    """The role was given after the backup was made; the administrator gives it again."""
    with server.service.store.writing.begin() as session:
        session.execute(delete(KeptLetter))
    role(server, aigul, "activist")
    new_life(server)
    exchange.exchange(aigul)
    exchange.exchange(aigul)
    assert holds(aigul) == (len(letters), 1)
    assert former_officer.words(aigul) == ""

    role(server, aigul, "integrity_officer")
    exchange.exchange(aigul)
    exchange.exchange(aigul)

    with server.service.store.reading() as session:
        assert set(session.scalars(select(KeptLetter.id))) == {one.id for one in letters}


def test_a_role_that_nobody_gives_again_takes_the_letters_in_seven_days(aigul, server, letters):
    role(server, aigul, "activist")
    new_life(server)
    exchange.exchange(aigul)
    first = utc_now()
    former_officer.let_go(aigul, first + former_officer.STAY - timedelta(minutes=5))
    assert holds(aigul) == (len(letters), 1)

    former_officer.let_go(aigul, first + former_officer.STAY)

    assert holds(aigul) == (0, 1)
    assert "come again with the role" in former_officer.words(aigul)


def test_in_the_life_that_gave_the_role_again_its_end_counts_at_once(aigul, server, letters):
    role(server, aigul, "activist")
    new_life(server)
    exchange.exchange(aigul)
    role(server, aigul, "integrity_officer")
    exchange.exchange(aigul)
    role(server, aigul, "activist")
    exchange.exchange(aigul)

    assert holds(aigul) == (0, 1)


def test_after_a_new_life_the_list_still_takes_both_at_once(aigul, region, server, letters):
    region.appoint(server, drop=(officer.standing(aigul).card.check,))
    role(server, aigul, "activist")
    new_life(server)
    exchange.exchange(aigul)

    assert holds(aigul) == (0, 0)


def test_a_server_that_tells_no_hour_takes_nothing_after_a_new_life(aigul, server, letters):
    role(server, aigul, "activist")
    new_life(server)
    exchange.exchange(aigul)
    former_officer.let_go(aigul, None)

    assert holds(aigul) == (len(letters), 1)


def test_each_restore_gives_the_whole_seven_days(aigul, server, letters):
    for _ in range(2):
        role(server, aigul, "activist")
        new_life(server)
        exchange.exchange(aigul)
        later = utc_now() + former_officer.STAY - timedelta(minutes=5)
        former_officer.let_go(aigul, later)
        role(server, aigul, "integrity_officer")
        exchange.exchange(aigul)
    with aigul.store() as session:
        assert recall(session, former_officer.MISSED, str) is None
    assert holds(aigul) == (len(letters), 1)
