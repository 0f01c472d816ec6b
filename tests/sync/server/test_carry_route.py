"""Letters delivered to a real server, by whoever's hand, on both databases."""

from contextlib import nullcontext
from functools import partial
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync import carry
from sync.carry import PIECE, CarryFile, Unusable, deliver_file
from sync.client import carried, identity, outbox
from sync.client.facts import remember
from sync.client.tables import Attention, Blob
from sync.erasure import ERASED
from sync.errors import Refused, SignInAgain
from sync.language import speak
from sync.records.base import Base
from sync.records.visit import Visit
from sync.sealing import Keys, PublicKeys, new_seed
from sync.server import __main__ as server_main
from sync.server import admin, exchange, news
from sync.server.problems import Problem
from sync.server.tables import Account, Device, Entry, Kept, OwnKeys
from tests.loopback import memory
from tests.servers import SAIRAM, change
from tests.sticks import NoFiles

PHOTO = bytes(range(256)) * 100
LARGE = bytes(range(256)) * (PIECE // 256 + 300)


class Walker:
    """A laptop with a file of its own, whose person walks about with a stick."""

    def __init__(self, server, login, **more):
        self.line = server.laptop(login, **more)
        self.store, self.files = memory(Base), NoFiles()
        with self.store.begin() as session:
            remember(session, "person", self.line.person)
        identity.introduce(self.store, self.line.transport)

    def record(self, **fields):
        made = change("visit", district=self.line.person.district, **fields)
        with self.store.begin() as session:
            return outbox.put(session, made)

    def keep(self, content):
        """A photo that waits to be sent."""
        name = sha256(content).hexdigest()
        self.files.kept[name] = content
        with self.store.begin() as session:
            session.add(Blob(sha256=name, size=len(content), here=True, there=False))
        return name

    def letter(self):
        file = BytesIO()
        carried.write_letter(self.store, self.files, file)
        return file.getvalue()

    def deliver(self, letter):
        file = CarryFile(BytesIO(letter), "letter.dala", "letter")
        return deliver_file(file, self.line.transport.deliver)

    def take(self, reply):
        return carried.take_reply(self.store, BytesIO(reply), "reply.dala")

    def waiting(self):
        with self.store() as session:
            return outbox.count(session)


@pytest.fixture
def walker(server):
    walkers = []

    def walk(login, **more):
        walkers.append(Walker(server, login, **more))
        return walkers[-1]

    yield walk
    for one in walkers:
        one.store.kw["bind"].dispose()


def entries(server):
    with server.looking() as session:
        return [entry.change for entry in session.query(Entry)]


def test_a_letter_is_answered_as_over_the_line_whoever_brings_it(server, walker):
    aidana, zoe = walker("aidana"), walker("zoe", district=SAIRAM)
    made = aidana.record(people=3)

    told = zoe.deliver(aidana.letter())
    done = aidana.take(told.reply)

    assert entries(server) == [made.id]
    assert (done.sent, done.waiting, told.again) == (1, 0, False)
    with server.looking() as session:
        assert session.query(Kept).one().by == "aidana"


def test_a_letter_counts_once_and_gets_its_first_answer_again(server, walker):
    aidana, zoe = walker("aidana"), walker("zoe")
    aidana.record(people=3)
    letter = aidana.letter()

    first, second = zoe.deliver(letter), aidana.deliver(letter)
    done = aidana.take(second.reply)

    assert (first.again, second.again) == (False, True)
    assert len(entries(server)) == 1
    assert (done.sent, aidana.waiting()) == (1, 0)
    assert aidana.take(first.reply).waiting == 0


def test_the_reply_brings_what_others_wrote_however_many_pages_that_is(
    server, walker, monkeypatch
):
    aidana, berik = walker("aidana"), walker("berik")
    made = [change("visit", people=number) for number in range(7)]
    berik.line.exchange(*made)
    monkeypatch.setattr(exchange.news, "since", partial(news.since, page=2))

    done = aidana.take(aidana.deliver(aidana.letter()).reply)

    assert {one.record for one in done.changes} == {one.record for one in made}


def test_what_went_on_to_a_later_page_comes_with_all_that_changed_in_it(
    server, walker, monkeypatch
):
    aidana, berik = walker("aidana"), walker("berik")
    known = change("visit", people=1)
    berik.line.exchange(known)
    aidana.take(aidana.deliver(aidana.letter()).reply)
    said = {"record": known.record, "base": 1}
    berik.line.exchange(
        change("visit", people=7, **said),
        *(change("visit", people=number) for number in range(5)),
        change("visit", households=9, **said),
    )
    monkeypatch.setattr(exchange.news, "since", partial(news.since, page=2))

    aidana.take(aidana.deliver(aidana.letter()).reply)

    with aidana.store() as session:
        row = session.get_one(Visit, known.record)
        assert (row.people, row.households) == (7, 9)


def test_a_refused_edit_comes_back_with_its_reason_in_the_writers_language(walker):
    aidana, zoe = walker("aidana"), walker("zoe")
    with aidana.store.begin() as session:
        outbox.put(session, change("well", depth=3))
    speak("ru")
    letter = aidana.letter()
    speak("en")

    done = aidana.take(zoe.deliver(letter).reply)

    assert (done.refused, done.waiting) == (1, 0)
    with aidana.store() as session:
        [held] = session.query(Attention)
        said = "The server does not know this kind of record yet. Your work is kept."
        assert held.reason == Refused(said).words("ru") != said


def test_photos_travel_in_the_letter_and_only_those_that_lack(server, walker):
    aidana, zoe = walker("aidana"), walker("zoe")
    aidana.record(people=3)
    small, large = aidana.keep(PHOTO), aidana.keep(LARGE)
    sent = []

    def send(parcel):
        sent.append(carry.unwrap(parcel)[2])
        return zoe.line.transport.deliver(parcel)

    letter = aidana.letter()
    told = deliver_file(CarryFile(BytesIO(letter), "", "letter"), send)
    aidana.take(told.reply)
    zoe.deliver(letter)

    assert sent == [0, 1, 2, 3, 0]
    assert zoe.line.transport.lacking_blobs([small, large]) == []
    assert b"".join(server.service.blobs.pieces(large, 0, len(LARGE))) == LARGE
    with aidana.store() as session:
        assert all(blob.there for blob in session.query(Blob))
    assert len(aidana.letter()) < 2_000


def test_a_photo_that_is_damaged_here_does_not_stop_the_others(walker):
    aidana = walker("aidana")
    gone, sound = aidana.keep(PHOTO), aidana.keep(PHOTO * 2)
    aidana.files.kept[gone] = PHOTO[:-1]

    told = aidana.deliver(aidana.letter())
    aidana.take(told.reply)

    assert aidana.line.transport.lacking_blobs([gone, sound]) == [gone]


def test_a_photo_that_is_damaged_on_the_stick_does_not_stop_the_records(walker):
    aidana = walker("aidana")
    aidana.record(people=3)
    photo, letter = aidana.keep(PHOTO), bytearray(aidana.letter())
    letter[-1] ^= 1

    done = aidana.take(aidana.deliver(bytes(letter)).reply)

    assert (done.sent, done.waiting) == (1, 0)
    assert aidana.line.transport.lacking_blobs([photo]) == [photo]
    with aidana.store() as session:
        assert not session.get(Blob, photo).there


def test_a_photo_of_what_was_erased_on_the_way_is_not_taken(server, walker):
    aidana, lea = walker("aidana"), server.laptop("lea", "leader")
    visit = aidana.record(people=3)
    aidana.deliver(aidana.letter())
    photo = aidana.keep(PHOTO)
    with aidana.store.begin() as session:
        outbox.put(session, change("attachment", parent=visit.record, sha256=photo, name="a.pdf"))
    letter = aidana.letter()
    lea.exchange(change("visit", visit.record, base=1, **{ERASED: "request"}))

    aidana.take(aidana.deliver(letter).reply)

    assert aidana.line.transport.lacking_blobs([photo]) == [photo]
    assert aidana.waiting() == 0


def revoke_laptop(server, walker):
    with server.service.store.writing.begin() as session:
        admin.revoke(session, str(walker.line.device))
    return "was closed"


def close_account(server, walker):
    with server.service.store.writing.begin() as session:
        admin.revoke(session, walker.line.person.id)
    return "was closed"


def forget_laptop(server, walker):
    with server.looking() as session, session.begin():
        session.delete(session.get(Device, walker.line.device))
    return "does not know the laptop"


def forget_keys(server, walker):
    with server.service.store.writing.begin() as session:
        session.get(Device, walker.line.device).signing_key = None
    return "does not know the laptop"


def become_another(server, _walker):
    with server.looking() as session, session.begin():
        session.get(OwnKeys, 1).seed = new_seed()
    return "for another server"


@pytest.mark.parametrize(
    "befall", [revoke_laptop, close_account, forget_laptop, forget_keys, become_another]
)
def test_a_letter_that_cannot_be_taken_is_refused_in_words(server, walker, befall):
    aidana, zoe = walker("aidana"), walker("zoe")
    aidana.record(people=3)
    letter = aidana.letter()
    words = befall(server, aidana)
    zoe.line.transport.use_token(zoe.line.transport._token)  # one that proves nothing

    with pytest.raises(Refused, match=words):
        zoe.deliver(letter)

    assert entries(server) == []
    assert aidana.waiting() == 1


def test_a_letter_in_another_laptops_name_is_refused(server, walker):
    aidana, zoe = walker("aidana"), walker("zoe")
    with zoe.store.begin() as session:
        remember(session, identity.DEVICE, aidana.line.device)
    zoe.record(people=3)

    with pytest.raises(Refused, match="altered"):
        zoe.deliver(zoe.letter())

    assert entries(server) == []


@pytest.fixture
def written(walker):
    """A letter, who may deliver it, and how."""
    aidana = walker("aidana")
    aidana.record(people=3)
    return aidana, aidana.letter()


def test_whatever_is_turned_or_cut_there_are_words_and_nothing_is_taken(server, written):
    aidana, letter = written

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(at=st.integers(0, len(letter) - 1), bit=st.integers(-1, 7))
    def damaged(at, bit):
        turned = letter[:at] + bytes([letter[at] ^ 1 << max(0, bit)]) + letter[at + 1 :]
        with pytest.raises((Refused, Unusable)) as told:
            aidana.deliver(letter[:at] if bit < 0 else turned)
        assert len(told.value.words()) > 20

    damaged()
    assert entries(server) == []
    assert aidana.take(aidana.deliver(letter).reply).sent == 1


def test_what_is_no_letter_at_all_is_told_in_words(walker):
    aidana = walker("aidana")

    for body in (b"", b"x", carry.MAGIC, carry.MAGIC + bytes(300)):
        with pytest.raises(Refused, match="could not read"):
            aidana.line.transport.deliver(body)


def test_only_a_laptop_that_is_signed_in_may_deliver(server, written):
    _, letter = written
    stranger = server.transport("nobody")

    with pytest.raises(SignInAgain):
        deliver_file(CarryFile(BytesIO(letter), "", "letter"), stranger.deliver)


def test_keys_that_are_none_are_not_noted(walker):
    aidana = walker("aidana")

    for none in (bytes(32), b""):
        with pytest.raises(Refused):
            aidana.line.transport.introduce(SimpleNamespace(public=PublicKeys(none, none)))
    told = aidana.line.transport.introduce(Keys(new_seed()))
    assert told.device == aidana.line.device


def test_a_server_that_knows_no_keys_is_left_in_peace(walker, monkeypatch):
    aidana = walker("aidana")
    with aidana.store.begin() as session:
        identity.renew(session)

    def unknown(_keys):
        raise Refused("There is nothing here.")

    monkeypatch.setattr(aidana.line.transport, "introduce", unknown)

    assert identity.introduce(aidana.store, aidana.line.transport) is False


@pytest.fixture
def at_the_server(server, monkeypatch, capsys):
    """`python -m sync.server carry …` on this server: (exit code, stdout, stderr)."""
    monkeypatch.setattr(server_main, "open_service", lambda _: nullcontext(server.service))

    def run(*words):
        code = server_main.main(["carry", *map(str, words)])
        return code, *capsys.readouterr()

    return run


def test_a_letter_is_taken_in_on_the_servers_own_machine(walker, written, at_the_server, tmp_path):
    aidana, letter = written
    path = tmp_path / "letter.dala"
    path.write_bytes(letter)

    code, out, _ = at_the_server(path)
    again = at_the_server(path)[1]

    assert (code, "again=False" in out, "again=True" in again) == (0, True, True)
    assert aidana.take((tmp_path / "letter-reply.dala").read_bytes()).sent == 1


def test_there_too_a_damaged_photo_does_not_stop_the_records_nor_the_reply(
    walker, at_the_server, tmp_path
):
    aidana = walker("aidana")
    aidana.record(people=3)
    photo, sound = aidana.keep(PHOTO * 2), aidana.keep(PHOTO)  # the smaller one goes first
    damaged = bytearray(aidana.letter())
    damaged[-1] ^= 1
    path = tmp_path / "letter.dala"
    path.write_bytes(damaged)

    assert at_the_server(path)[0] == 0

    assert aidana.take((tmp_path / "letter-reply.dala").read_bytes()).waiting == 0
    assert aidana.line.transport.lacking_blobs([photo, sound]) == [photo]


def test_nor_does_the_photo_of_who_may_attach_nothing_any_more(
    server, walker, at_the_server, tmp_path
):
    aidana = walker("aidana")
    aidana.record(people=3)
    aidana.keep(PHOTO)
    path = tmp_path / "letter.dala"
    path.write_bytes(aidana.letter())
    with server.service.store.writing.begin() as session:
        session.get_one(Account, "aidana").role = "analyst"

    assert at_the_server(path)[0] == 0

    assert (tmp_path / "letter-reply.dala").exists()


@pytest.mark.parametrize("status", [403, 503])
def test_what_the_server_itself_cannot_do_is_said_there_and_the_letter_goes_once_more(
    walker, at_the_server, tmp_path, monkeypatch, status
):
    aidana = walker("aidana")
    aidana.keep(PHOTO)
    path = tmp_path / "letter.dala"
    path.write_bytes(aidana.letter())

    def away(*_):
        raise Problem(status, "The files cannot be kept now.")

    with monkeypatch.context() as patched:
        patched.setattr("sync.server.carried._take_piece", away)
        code, _, err = at_the_server(path)

    assert (code, "cannot be kept now" in err) == ((1, True) if status == 503 else (0, False))
    assert at_the_server(path)[0] == 0


def test_on_the_servers_machine_too_each_strange_file_has_words(at_the_server, tmp_path):
    path = tmp_path / f"{uuid4().hex}.dala"

    assert at_the_server(path)[0] == 1
    path.write_bytes(b"nothing")
    code, out, err = at_the_server(path)

    assert (code, out) == (1, "")
    assert "no carry file" in err
