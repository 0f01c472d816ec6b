"""A laptop is bound by a join file: what it says is checked, and nothing is left where it fails."""

import msgspec
import pytest

from desktop import network
from desktop import profile as profiles
from desktop.folder import choose_profile, is_enrolled
from desktop.joining import OTHER_SERVER, bind_again_by, enrol_by, open_join
from desktop.profile import OTHER_KEY, close_desk, open_desk
from desktop.settings import load_settings, save_setting
from desktop.wiping import KEPT
from sync.client.trust import trusted
from sync.errors import Refused, UserError
from sync.join import LONGEST, Join, certificates, write_join
from sync.region_key import first, follow
from sync.sealing import Keys
from sync.server import admin
from tests.certificates import make
from tests.profiles import CHEAP, PASSWORD, URL, MemoryKeyring, keystore, line

OLD, NEW, FOREIGN = (Keys(bytes([at]) * 32) for at in (1, 2, 3))


@pytest.fixture(autouse=True)
def memory():
    with keystore(MemoryKeyring()):
        yield


@pytest.fixture
def profile(tmp_path):
    return choose_profile(tmp_path / "new")


@pytest.fixture
def invite(own_server):
    """A join file's content for somebody new."""
    own_server.account("aidana")

    def made(**more):
        said = Join(
            server=URL,
            code=own_server.code("aidana"),
            until=own_server.service.now(),
            login="aidana",
            name="Айдана",
        )
        return msgspec.structs.replace(said, **more)

    return made


@pytest.fixture
def region(own_server, monkeypatch):
    """Give the server these of the region's keys."""

    def has(row):
        plain = type(own_server.service).enrolled

        def enrolled(service, *given):
            return msgspec.structs.replace(plain(service, *given), region_keys=row)

        monkeypatch.setattr(type(own_server.service), "enrolled", enrolled)

    return has


@pytest.fixture
def bind(own_server, profile):
    def bound(join):
        return enrol_by(profile, join, PASSWORD, "ноут", cost=CHEAP, http=line(own_server))

    return bound


def test_a_newcomer_types_nothing_but_a_password(bind, invite, profile, own_server):
    assert bind(invite()).id == "aidana"

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))
    assert not profile.authority.exists()


@pytest.mark.parametrize("row", [first(OLD), follow(first(OLD), OLD, NEW)], ids=["it", "follower"])
def test_the_key_of_the_file_or_one_that_it_vouches_for_is_trusted(
    row, bind, invite, profile, region, own_server
):
    region(row)

    bind(invite(region_key=OLD.public))

    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with desk.store() as session:
        assert trusted(session) == row[-1].keys
    close_desk(desk)


@pytest.mark.parametrize("row", [[], first(FOREIGN)], ids=["none", "another"])
def test_a_server_without_the_key_of_the_file_binds_nothing(row, bind, invite, profile, region):
    region(row)

    with pytest.raises(Refused) as caught:
        bind(invite(region_key=OLD.public))

    assert caught.value.text == OTHER_KEY
    assert not is_enrolled(profile)
    assert list(profile.folder.iterdir()) == []


@pytest.fixture
def pem(tmp_path):
    return certificates(make(tmp_path / "tls").authority.read_bytes())


def test_certificates_of_the_file_are_the_only_ones_from_then_on(bind, invite, profile, pem):
    bind(invite(authority=pem))

    assert profile.authority.read_text() == pem
    assert load_settings(profile.settings)["authority"] == str(profile.authority)
    assert network.open_line(profile).verify == str(profile.authority)


def test_the_line_of_the_enrolment_itself_trusts_them(
    invite, profile, pem, monkeypatch, own_server
):
    lines = []

    def opened(proxy="", authority=None):
        lines.append(authority)
        return line(own_server)

    monkeypatch.setattr(network, "open_http", opened)
    enrol_by(profile, invite(authority=pem), PASSWORD, "ноут", cost=CHEAP)

    assert set(lines) == {profile.authority}


@pytest.mark.parametrize("before", ["", "/somewhere/ca.pem"])
def test_where_it_fails_the_laptop_trusts_whom_it_trusted(before, bind, invite, profile, pem):
    if before:
        save_setting(profile.settings, "authority", before)

    with pytest.raises(Refused):
        bind(invite(authority=pem, code="22222-22222"))

    assert load_settings(profile.settings)["authority"] == before
    assert not profile.authority.exists()
    assert [path.name for path in profile.folder.iterdir()] == [profile.settings.name]


def test_what_an_ended_laptop_trusted_it_trusts_after_another_file_failed(
    bind, invite, profile, pem
):
    profile.authority.write_bytes(b"of the first file")
    save_setting(profile.settings, "authority", str(profile.authority))

    with pytest.raises(Refused):
        bind(invite(authority=pem, code="22222-22222"))

    assert load_settings(profile.settings)["authority"] == str(profile.authority)
    assert profile.authority.read_bytes() == b"of the first file"


def test_an_ended_laptop_keeps_the_certificates_that_its_settings_name(profile):
    assert profile.authority.name in KEPT


def test_a_folder_that_is_somebodys_is_not_touched(bind, invite, profile, pem):
    bind(invite(authority=pem))
    before = {path: path.read_bytes() for path in profile.folder.iterdir() if path.is_file()}

    with pytest.raises(UserError) as caught:
        bind(invite(authority=pem))

    assert "nothing in it was changed" in caught.value.words("en")
    assert before == {
        path: path.read_bytes() for path in profile.folder.iterdir() if path.is_file()
    }


def close_laptop(server):
    with server.service.store.writing.begin() as session:
        [account] = admin.list_accounts(session)
        admin.revoke(session, account["devices"][0]["device"])


def test_a_closed_laptop_is_bound_again_by_a_file_of_its_server(bind, invite, profile, own_server):
    bind(invite())
    close_laptop(own_server)
    desk = open_desk(profile, PASSWORD, http=line(own_server))

    again = bind_again_by(desk, invite(server=f"{URL}/"), PASSWORD)

    assert again.person.id == "aidana"
    close_desk(desk)


def test_a_closed_laptop_is_never_led_to_another_server(
    bind, invite, profile, own_server, monkeypatch
):
    bind(invite())
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    asked = []
    monkeypatch.setattr(profiles, "bind_again", lambda *said: asked.append(said))

    with pytest.raises(Refused) as caught:
        bind_again_by(desk, invite(server="https://evil.example"), PASSWORD)

    assert caught.value.text == OTHER_SERVER
    assert "evil.example" in caught.value.words("en")
    assert asked == []
    close_desk(desk)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"", "no join file"),
        (b"x" * (LONGEST + 1), "no join file"),
        (b"DALA-JOIN 9\n", "newer version"),
        (b"DALA-JOIN 1\n0000\n{}", "damaged or cut short"),
    ],
)
def test_what_is_no_join_file_is_said_in_words(content, words, tmp_path):
    path = tmp_path / "айдана.dala-join"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UserError) as caught:
        open_join(path)

    assert words in caught.value.words("en")


def test_a_large_file_is_not_read_at_all(tmp_path, monkeypatch):
    path = tmp_path / "film.mkv"
    path.write_bytes(b"x" * (LONGEST + 1))
    read = []
    monkeypatch.setattr(type(path), "read_bytes", lambda one: read.append(one) or b"")

    with pytest.raises(UserError):
        open_join(path)

    assert read == []


def test_a_folder_is_no_join_file(tmp_path):
    with pytest.raises(UserError):
        open_join(tmp_path)


# by commands


@pytest.fixture
def file(server, tmp_path):
    """A join file for somebody new, on the shared server of the commands."""
    login = f"j{tmp_path.name[-8:]}"
    server.account(login)
    join = Join(
        server=URL,
        code=server.code(login),
        until=server.service.now(),
        login=login,
        name="Айдана",
        region_key=None,
    )
    path = tmp_path / "a.dala-join"
    path.write_bytes(write_join(join))
    return path


def test_the_command_tells_the_server_before_it_asks_for_the_password(
    run, file, tmp_path, monkeypatch
):
    monkeypatch.setattr("desktop.enrol_command.ask_password", stops)

    with pytest.raises(KeyboardInterrupt):
        run("enrol", "--join", file, "--profile", tmp_path / "new")

    assert not is_enrolled(choose_profile(tmp_path / "new"))


def stops():
    raise KeyboardInterrupt


def test_the_command_binds_and_binds_again(run, file, tmp_path, server):
    folder = tmp_path / "new"

    code, out, err = run("enrol", "--join", file, "--profile", folder, "--json")

    assert code == 0
    assert f"Server: {URL}" in err
    assert msgspec.json.decode(out)["id"].startswith("j")
    code, _, err = run("enrol", "--join", file, "--profile", folder)  # as after a lost answer
    assert (code, f"Server: {URL}" in err) == (0, True)


@pytest.mark.parametrize(
    "words",
    [(), ("--server", URL), ("--code", "X"), ("--join", "f", "--code", "X")],
    ids=["nothing", "no code", "no server", "both"],
)
def test_file_and_typed_words_are_not_mixed(run, tmp_path, words):
    code, _, err = run("enrol", *words, "--profile", tmp_path / "new")

    assert code == 1
    assert "either --join, or both" in err
