"""A profile: enrolled, opened, and nothing in it readable without its key."""

import base64
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from desktop import keys
from desktop import profile as profiles
from desktop.actions import attachments, drafts, records
from desktop.folder import Profile, choose_profile, is_enrolled
from desktop.profile import bind_again, close_desk, enrol, open_desk, sign_in_again
from sync.carry import CarryFile, deliver_file
from sync.client.carried import take_reply, write_letter
from sync.client.engine import sync_once
from sync.client.facts import recall
from sync.client.identity import introduce
from sync.client.tables import Fact, WaitingAnswer
from sync.enrolment import check_url
from sync.errors import Offline, Refused, SignInAgain, UserError
from sync.language import speak, spoken
from sync.person import Person
from sync.server.tables import Account, Device, Life
from tests.profiles import CHEAP, PASSWORD, URL, MemoryKeyring, keystore, line, new_profile
from tests.servers import SOZAQ

CANARY = "Канарейка-4711"


@pytest.fixture
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


@pytest.fixture
def profile(own_server, memory, tmp_path):
    return new_profile(tmp_path / "profile", own_server)


@pytest.fixture
def desk(profile, own_server):
    opened = open_desk(profile, PASSWORD, http=line(own_server))
    yield opened
    close_desk(opened)


def test_an_enrolled_laptop_knows_whose_it_is(desk):
    assert desk.person == Person("aidana", "Aidana", "activist", SOZAQ, "en")
    assert desk.pack.id == "turkistan"


def test_an_enrolled_laptop_can_sync_at_once(desk):
    records.save(desk, "visit", {"visited_on": "2026-11-05", "village": "615647100"})

    assert sync_once(desk.store, desk.server).sent == 1


def test_a_profile_is_enrolled_once(profile, own_server):
    assert is_enrolled(profile)
    before = profile.keys.read_bytes(), profile.store.read_bytes()

    with pytest.raises(UserError) as caught:
        enrol(
            profile,
            URL,
            own_server.code("aidana"),
            PASSWORD,
            "x",
            cost=CHEAP,
            http=line(own_server),
        )

    assert "nothing in it was changed" in caught.value.words("en")
    assert (profile.keys.read_bytes(), profile.store.read_bytes()) == before


def test_a_wrong_code_leaves_the_folder_as_it_was(own_server, tmp_path):
    profile = choose_profile(tmp_path / "new")

    with pytest.raises(UserError):
        enrol(profile, URL, "WRONGCODE", PASSWORD, "x", cost=CHEAP, http=line(own_server))

    assert not is_enrolled(profile)
    assert list(profile.folder.iterdir()) == []


def test_a_server_that_is_away_leaves_the_folder_as_it_was(tmp_path):
    profile = choose_profile(tmp_path / "new")

    with pytest.raises(Offline):
        enrol(profile, "http://127.0.0.1:9", "CODE", PASSWORD, "x", cost=CHEAP)

    assert list(profile.folder.iterdir()) == []


def test_an_enrolment_that_was_cut_can_be_done_again(own_server, memory, tmp_path, monkeypatch):
    own_server.account("aidana")
    profile = choose_profile(tmp_path / "new")

    def cut(*_):
        raise KeyboardInterrupt

    code, again = own_server.code("aidana"), own_server.code("aidana")
    with monkeypatch.context() as patch:
        patch.setattr(profiles, "put_in_place", cut)
        with pytest.raises(KeyboardInterrupt):
            enrol(profile, URL, code, PASSWORD, "x", cost=CHEAP, http=line(own_server))
    assert not is_enrolled(profile)
    enrol(profile, URL, again, PASSWORD, "x", cost=CHEAP, http=line(own_server))

    close_desk(open_desk(profile, PASSWORD))


@pytest.mark.parametrize(
    "url", ["http://dala.kz", "ftp://dala.kz", "dala.kz", "https://", "", "https://[", "http:///x"]
)
def test_an_address_without_tls_is_refused(url):
    with pytest.raises(UserError, match="https"):
        check_url(url)


@pytest.mark.parametrize("url", ["https://dala.kz", "http://localhost:8000", "http://[::1]:80"])
def test_tls_is_needed_only_to_other_computers(url):
    assert check_url(f" {url} ") == url


@pytest.mark.parametrize("part", ["OneDrive", "OneDrive - Nur", "Dropbox", "Yandex.Disk"])
def test_a_shared_folder_is_refused(tmp_path, part):
    with pytest.raises(UserError) as caught:
        choose_profile(tmp_path / part / "dala")

    assert "shared with other computers" in caught.value.words("en")
    assert not (tmp_path / part).exists()


def test_the_password_is_asked_for_before_the_file_is_touched(profile):
    before = profile.store.read_bytes()

    with pytest.raises(keys.WrongPassword):
        open_desk(profile, "another password")

    assert profile.store.read_bytes() == before


def test_a_profile_on_another_computer_does_not_open(profile, memory):
    with keystore(MemoryKeyring()), pytest.raises(keys.KeystoreSilent):
        open_desk(profile, PASSWORD)


def test_a_laptop_with_a_lost_token_signs_in_again_and_learns_its_new_role(desk, own_server):
    with own_server.service.store.writing.begin() as session:
        session.execute(
            update(Device).values(token="as it was in the backup", refresh=None, family=None)
        )
        session.get_one(Account, "aidana").role = "leader"
    with pytest.raises(SignInAgain):
        sync_once(desk.store, desk.server)

    again = sign_in_again(desk, PASSWORD)

    assert again.person.role == "leader"
    sync_once(again.store, again.server)
    with again.store() as session:
        assert recall(session, "person", Person).role == "leader"


@pytest.fixture
def english():
    """The server refuses in the language that the laptop speaks."""
    before = spoken()
    speak("en")
    yield
    speak(before)


def close_laptops(own_server):
    with own_server.service.store.writing.begin() as session:
        session.execute(update(Device).values(revoked=own_server.service.now()))


def test_a_closed_laptop_keeps_its_work_and_sends_it_after_a_new_code(english, desk, own_server):
    records.save(desk, "visit", {"people": 3})
    close_laptops(own_server)
    with pytest.raises(Refused, match="laptop was closed"):
        sign_in_again(desk, PASSWORD)

    bound = bind_again(desk, own_server.code("aidana"), PASSWORD)

    assert sync_once(bound.store, bound.server).sent == 1


def test_a_laptop_that_was_bound_again_is_not_taken_for_a_sign_of_a_restored_server(
    desk, own_server
):
    records.save(desk, "visit", {"people": 3})
    sync_once(desk.store, desk.server)
    close_laptops(own_server)

    bound = bind_again(desk, own_server.code("aidana"), PASSWORD)
    done = sync_once(bound.store, bound.server)

    assert done.offered_again == 0
    with own_server.service.store.reading() as session:
        assert session.query(Life).count() == 1


def test_a_laptop_that_was_bound_again_writes_letters_under_its_new_name(desk, own_server):
    sync_once(desk.store, desk.server)
    introduce(desk.store, desk.server)
    close_laptops(own_server)
    bound = bind_again(desk, own_server.code("aidana"), PASSWORD)
    sync_once(bound.store, bound.server)
    introduce(bound.store, bound.server)
    records.save(bound, "visit", {"people": 3})
    letter = BytesIO()

    write_letter(bound.store, bound.photos, letter)
    carried = CarryFile(BytesIO(letter.getvalue()), "letter", "letter")
    told = deliver_file(carried, bound.server.deliver)

    assert take_reply(bound.store, BytesIO(told.reply), "reply").sent == 1


def test_a_closed_laptop_is_not_bound_by_a_code_of_another_account(desk, own_server):
    own_server.account("nurlan")
    close_laptops(own_server)

    with pytest.raises(Refused, match="nurlan"):
        bind_again(desk, own_server.code("nurlan"), PASSWORD)

    with desk.store() as session:
        assert recall(session, "person", Person).id == "aidana"
    with pytest.raises(SignInAgain):
        sync_once(desk.store, desk.server)


def fill(desk):
    """The canary in every place where a person's words may stand."""
    issue = records.save(desk, "issue", {"essence": CANARY, "village": "615647100"})[0].record
    records.save(desk, "comment", {"text": CANARY, "about": "essence"}, parent=issue)
    attachments.attach(desk, issue, b"%PDF-1.7 " + CANARY.encode(), name=f"{CANARY}.pdf")
    drafts.keep(desk, "issue:new", {"essence": CANARY})
    with desk.store.begin() as session:
        session.add(WaitingAnswer(id=uuid4(), wave=uuid4(), body=CANARY.encode()))


def found(folder, secrets):
    """Which of the secrets stand in which file, in any usual writing."""
    hits = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for name, secret in secrets.items():
            writings = [secret, secret.hex().encode(), base64.b64encode(secret)]
            try:
                text = secret.decode()
            except UnicodeDecodeError:
                pass
            else:
                writings += [text.encode("utf-16-le"), ascii(text)[1:-1].encode()]
            hits += [(path.name, name) for one in writings if one in content]
    return hits


def secrets_of(profile, desk, memory):
    key = keys.unwrap(profile.keys, PASSWORD)
    with desk.store() as session:
        token, refresh = (recall(session, name, str) for name in ("token", "refresh"))
    return {
        "words": CANARY.encode(),
        "password": PASSWORD.encode(),
        "key": key,
        "photo key": keys.derive(key, "photos"),
        "token": token.encode(),
        "refresh": refresh.encode(),
        "device secret": base64.b64decode(next(iter(memory.kept.values()))),
        "person": b"aidana",
    }


def test_nothing_in_the_folder_can_be_read(desk, profile, memory):
    fill(desk)
    secrets = secrets_of(profile, desk, memory)

    during = found(profile.folder, secrets)
    names = [path.name for path in profile.folder.rglob("*")]
    close_desk(desk)

    assert during == []
    assert "dala.db-wal" in names
    assert not any(CANARY in name for name in names)
    assert found(profile.folder, secrets) == []


def test_a_key_in_the_folder_would_be_found(desk, profile, memory):
    secrets = secrets_of(profile, desk, memory)
    (profile.folder / "settings.json").write_text(f'{{"key": "{secrets["key"].hex()}"}}')

    assert found(profile.folder, secrets) == [("settings.json", "key")]


def test_a_file_that_is_not_encrypted_would_be_found(desk, profile, memory, tmp_path):
    fill(desk)
    with desk.store() as session:
        plain = b"".join(row.value for row in session.scalars(select(Fact)))
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "dala.db").write_bytes(plain + CANARY.encode())

    hits = found(tmp_path / "plain", secrets_of(profile, desk, memory))

    assert {name for _, name in hits} == {"words", "token", "refresh", "person"}


def test_only_the_owner_may_enter(profile, desk):
    fill(desk)

    modes = {path: path.stat().st_mode & 0o777 for path in profile.folder.rglob("*")}

    assert profile.folder.stat().st_mode & 0o777 == 0o700
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_a_profile_has_its_place_where_the_system_keeps_data(monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "Dala")

    assert choose_profile() == Profile(tmp_path / "Dala")
