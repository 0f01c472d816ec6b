"""The program by commands: data on stdout, words on stderr, and a code that says how it went."""

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import update

from desktop import keys
from desktop import profile as profiles
from desktop import store as stores
from desktop.cli import main
from desktop.folder import Profile
from desktop.lock import only_here
from sync.client import migrations
from sync.server.tables import Device
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line
from tests.servers import SOZAQ, regional

VISIT = {"visited_on": "2026-11-05", "village": "615647100", "topic": "survey", "people": 4}
ISSUE = {
    "essence": "Су жоқ",
    "category": "housing",
    "village": "615647100",
    "received_on": "2026-11-05",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture
def run(server, monkeypatch, capsys):
    """Run one command as a script would: (exit code, stdout, stderr)."""
    monkeypatch.setattr(profiles, "open_http", lambda: line(server))
    monkeypatch.setattr(keys, "SAFE", CHEAP)
    monkeypatch.setitem(profiles.enrol.__kwdefaults__, "cost", CHEAP)

    def command(*words, stdin="", password=PASSWORD):
        monkeypatch.setenv("DALA_PASSWORD", password)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main(["--lang", "en", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    with keystore(MemoryKeyring()):
        yield command


@pytest.fixture
def laptop(run, server, tmp_path):
    """Enrol somebody; a function that runs their commands and returns the JSON document."""

    def enrolled(role="activist"):
        login = f"u{uuid4().hex[:10]}"
        server.account(login, role)
        folder = tmp_path / login
        code = server.code(login)

        def command(*words, stdin=""):
            code, out, err = run(*words, "--profile", folder, "--json", stdin=stdin)
            assert code == 0, err
            return json.loads(out)

        command.folder = folder
        command.person = command("enrol", "--server", "https://server.test", "--code", code)
        return command

    return enrolled


@pytest.fixture
def mine(laptop):
    return laptop()


def test_enrolling_says_who_one_is(mine):
    assert (mine.person["role"], mine.person["district"]) == ("activist", SOZAQ)


def test_a_record_is_made_changed_and_shown(mine):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    changed = mine("record", "visit", "--id", id, stdin='{"people": 5}')
    shown = mine("show", id)

    assert changed == {"id": id, "changed": True}
    assert (shown["id"], shown["people"], shown["visited_on"]) == (id, 5, "2026-11-05")
    assert set(shown["parts"]) == {"comment", "attachment"}


def test_an_edit_that_changes_nothing_says_so(mine):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    assert mine("record", "visit", "--id", id, stdin='{"people": 4}')["changed"] is False


def test_a_part_belongs_to_its_record(mine):
    meeting = mine("record", "meeting", stdin='{"title": "Су", "village": "615647100"}')["id"]
    mine("record", "question", "--parent", meeting, stdin='{"text": "Қашан?"}')

    assert [one["text"] for one in mine("show", meeting)["parts"]["question"]] == ["Қашан?"]


def test_records_are_listed_by_their_fields(mine):
    few = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    mine("record", "visit", stdin=json.dumps(VISIT | {"people": 40}))

    listed = mine("list", "visit", "--where", "people=4", "--where", "visited_on=2026-11-05")

    assert [row["id"] for row in listed] == [few]
    assert len(mine("list", "visit", "--where", "review=draft")) == 2


@pytest.mark.parametrize("where", ["wings=2", "people=many", "metadata=1", "visited_on=soon"])
def test_a_field_or_value_that_is_none_is_refused(mine, run, where):
    code, out, err = run("list", "visit", "--where", where, "--profile", mine.folder)

    assert (code, out) == (1, "")
    assert where.partition("=")[0] in err


def test_the_way_of_an_issue_by_commands(laptop, tmp_path):
    mine, coordinator = laptop(), laptop("coordinator")
    Image.new("RGB", (2000, 1000)).save(tmp_path / "photo.png")

    id = mine("record", "issue", stdin=json.dumps(ISSUE))["id"]
    attached = mine("attach", id, tmp_path / "photo.png", "--caption", "Құбыр")
    mine("review", id, "send")
    sent = mine("sync")
    coordinator("sync")
    coordinator("review", id, "return", "--comment", "essence=Қай көше?")
    coordinator("sync")
    mine("sync")
    back = mine("show", id)

    assert (sent["sent"], sent["waiting"]) == (3, 0)
    assert (sent["photos"]["sent"], sent["photos"]["done"], sent["photos"]["of"]) == (1, 1, 1)
    assert sent["bytes"]["up"] > 0
    assert (back["review"], back["number"] is not None) == ("returned", True)
    comments = [(one["about"], one["text"]) for one in back["parts"]["comment"]]
    assert comments == [("essence", "Қай көше?")]
    assert back["parts"]["attachment"][0]["sha256"] == attached["sha256"]


def test_a_laptop_with_a_lost_token_signs_in_by_itself(mine, server):
    with server.service.store.writing.begin() as session:
        lost = update(Device).where(Device.account == mine.person["id"])
        session.execute(lost.values(token="as it was in the backup"))

    assert mine("sync")["waiting"] == 0


def test_what_a_rule_forbids_is_refused_with_the_reason(mine, run):
    id = mine("record", "issue", stdin="{}")["id"]

    code, out, err = run("review", id, "send", "--profile", mine.folder)

    assert (code, out) == (1, "")
    assert "please fill in: Essence" in err


def test_each_wrong_field_is_named(mine, run):
    values = {"people": "many", "visited_on": "soon"}

    code, _, err = run("record", "visit", "--profile", mine.folder, stdin=json.dumps(values))

    assert code == 1
    assert "people: Write a whole number." in err
    assert "visited_on: Write the date" in err


@pytest.mark.parametrize("stdin", ["", "[1]", "{", '"text"'])
def test_values_that_are_no_object_are_refused(mine, run, stdin):
    code, _, err = run("record", "visit", "--profile", mine.folder, stdin=stdin)

    assert code == 1
    assert "one JSON object" in err


def test_a_file_that_is_none_is_refused(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    code, _, err = run("attach", id, tmp_path / "nowhere.jpg", "--profile", mine.folder)

    assert (code, "cannot be read" in err) == (1, True)


def test_a_record_that_is_not_here_is_refused(mine, run):
    code, _, err = run("show", uuid4(), "--profile", mine.folder)

    assert (code, "not on this laptop" in err) == (1, True)


@pytest.mark.parametrize(
    "words",
    [[], ["fly"], ["list", "drone"], ["show", "12"], ["record", "visit", "--id", "x"]],
)
def test_wrong_usage_is_code_2(run, words):
    with pytest.raises(SystemExit) as caught:
        run(*words)

    assert caught.value.code == 2


def test_a_wrong_password_is_code_1(mine, run):
    code, out, err = run("list", "visit", "--profile", mine.folder, password="another one")

    assert (code, out) == (1, "")
    assert "Wrong password. Your work is safe" in err


def test_a_folder_of_nobody_is_code_1(run, tmp_path):
    code, _, err = run("list", "visit", "--profile", tmp_path / "new")

    assert (code, "enrol" in err) == (1, True)


def test_a_closed_laptop_says_so_and_a_new_code_opens_it_again(laptop, run, server):
    mine = laptop()
    login = mine.person["id"]
    mine("record", "visit", stdin=json.dumps(VISIT))
    with server.service.store.writing.begin() as session:
        closed = update(Device).where(Device.account == login)
        session.execute(closed.values(revoked=server.service.now()))

    code, out, err = run("sync", "--profile", mine.folder)
    assert (code, out) == (1, "")
    assert "This laptop was closed" in err
    mine("enrol", "--server", "https://server.test", "--code", server.code(login))

    assert mine("sync")["sent"] == 1


def test_a_profile_in_use_is_code_3(mine, run):
    with only_here(Profile(mine.folder).lock):
        code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "already open" in err) == (3, True)


def test_a_damaged_file_is_code_4(mine, run):
    path = Profile(mine.folder).store
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "Delete nothing" in err) == (4, True)


def test_damaged_keys_are_code_4(mine, run):
    Profile(mine.folder).keys.write_bytes(b"{")

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "keys.json" in err) == (4, True)


def test_a_newer_file_is_code_5(mine, run):
    profile = Profile(mine.folder)
    with closing(stores._connect(profile.store, keys.unwrap(profile.keys, PASSWORD))) as raw:
        raw.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "newer version" in err) == (5, True)


def test_a_sound_file_is_found_sound(mine, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")

    assert mine("check") == {"sound": True, "file": [], "photos": 1, "photos_damaged": 0}


def test_a_page_that_is_damaged_is_found_by_the_check(mine, run):
    path = Profile(mine.folder).store
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)

    code, out, _ = run("check", "--profile", mine.folder, "--json")

    assert code == 4
    assert json.loads(out)["sound"] is False


def test_a_photo_that_is_damaged_is_found_by_the_check(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")
    next(Profile(mine.folder).photos.iterdir()).write_bytes(b"")

    code, out, _ = run("check", "--profile", mine.folder, "--json")

    assert (code, json.loads(out)["photos_damaged"]) == (4, 1)


def test_a_backup_opens_in_place_of_the_profile(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")
    saved = mine("backup", "--to", tmp_path / "usb")["folder"]
    shutil.rmtree(mine.folder)
    shutil.copytree(saved, mine.folder)

    assert mine("show", id)["people"] == 4
    assert mine("check")["photos"] == 1


def test_diagnostics_tell_counts_and_nobodys_data(mine, run):
    mine("record", "issue", stdin=json.dumps(ISSUE))

    said = mine("diagnostics")

    assert (said["records"]["issue"], said["waiting"], said["keystore"]) == (1, 1, True)
    text = json.dumps(said, ensure_ascii=False)
    private = [mine.person[name] for name in ("id", "name", "district")]
    for word in (*private, ISSUE["essence"], ISSUE["village"], "server.test"):
        assert word not in text
    assert str(mine.folder) not in text


def test_diagnostics_of_a_file_that_cannot_be_opened_tell_why(mine, run):
    Profile(mine.folder).store.write_bytes(b"garbage")

    code, out, _ = run("diagnostics", "--profile", mine.folder, "--json")

    assert (code, json.loads(out)["not_opened"]) == (0, "StoreDamaged")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_words_for_people_are_also_there_without_json(mine, run, lang):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    for words in (["list", "visit"], ["show", id], ["sync"], ["check"], ["diagnostics"]):
        code, out, err = run(*words, "--profile", mine.folder, "--lang", lang)
        assert (code, err) == (0, "")
        assert out.strip()


def test_the_commands_about_forms_are_there_too(run, capsys):
    with pytest.raises(SystemExit) as caught:
        run("rate", "--help")

    assert caught.value.code == 0


def test_the_password_is_not_left_to_other_processes(mine, run):
    run("list", "visit", "--profile", mine.folder)

    assert "DALA_PASSWORD" not in os.environ


def start(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        env={
            **os.environ,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONIOENCODING": "cp1251",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_real_process_speaks_kazakh_whatever_the_code_page(tmp_path):
    done = start("list", "visit", "--profile", tmp_path / "new", "--lang", "kk")

    assert done.returncode == 1
    assert done.stderr.decode("utf-8").strip()
    assert b"Traceback" not in done.stderr


def test_a_real_process_without_password_or_terminal_says_what_it_needs(mine):
    environment = dict.fromkeys(("PYTHONPATH",), "")
    done = start("list", "visit", "--profile", mine.folder, "--lang", "en", **environment)

    assert done.returncode == 1
    assert b"set DALA_PASSWORD" in done.stderr
