"""The real process: started by its command, spoken to over a socket, looked after by commands."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from sync.change import SyncRequest
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.errors import UserError
from sync.server import __main__ as server_main
from sync.server.__main__ import main
from sync.server.settings import read_settings
from tests.servers import SOZAQ, change, regional


def command(folder, *words, check=True):
    return subprocess.run(
        [sys.executable, "-m", "sync.server", *words],
        env=environment(folder),
        check=check,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def environment(folder):
    told = {name: value for name, value in os.environ.items() if not name.startswith("DALA_")}
    return told | {"DALA_DATA": str(folder), "DALA_PORT": "0", "PYTHONIOENCODING": "utf-8"}


def ask(folder, *words):
    return json.loads(command(folder, *words, "--json").stdout)


def invited(folder):
    """A prepared database; the code for somebody's first laptop."""
    with regional(f"sqlite:///{folder / 'server.db'}", folder) as server:
        server.account("aidana")
        return server.code("aidana")


@contextmanager
def served(folder, *words):
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sync.server", *words],
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        process.stdout.close()


@pytest.mark.slow
def test_a_server_that_is_told_to_stop_leaves_no_journal_beside_its_file(tmp_path):
    """And what was said to it stands in the file."""
    code = invited(tmp_path)

    with served(tmp_path) as url, open_http() as http:
        HttpTransport(http, url).enrol(code, "құпия сөз 1", "ноут")
        assert list(tmp_path.glob("*-wal"))

    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(("-wal", "-shm"))] == []
    [file] = tmp_path.glob("*.db")
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM device").fetchone() == (1,)


@pytest.mark.slow
def test_a_laptop_enrols_and_sends_over_a_real_socket(tmp_path):
    ask(tmp_path, "prepare")
    added = ask(
        tmp_path,
        *("admin", "add-account", "aidana", "--name", "Айдана"),
        *("--role", "activist", "--district", SOZAQ),
    )
    code = ask(tmp_path, "admin", "enrol-code", "aidana")["code"]
    visits = [change("visit", people=n, outcome="ұзақ мәтін " * 30) for n in range(40)]

    with served(tmp_path) as url:
        with open_http() as http:
            line = HttpTransport(http, url)
            enrolled = line.enrol(code, "құпия сөз 1", "ноут")
            line.use_token(enrolled.token)
            reply = line.exchange(SyncRequest(cursors={}, changes=visits))
        packed = line.sent_bytes

    assert added["name"] == enrolled.person.name == "Айдана"
    assert len(reply.accepted) == 40
    assert packed < 10_000
    accounts = ask(tmp_path, "admin", "list-accounts")
    assert [laptop["name"] for laptop in accounts[0]["devices"]] == ["ноут"]
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "POST /v1/sync 200" in log
    for secret in (enrolled.token, code, "құпия", "ұзақ", "127.0.0.1:5"):
        assert secret not in log


@pytest.mark.slow
def test_what_was_answered_survives_a_kill(tmp_path):
    code = invited(tmp_path)
    visit = change("visit", people=3)
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with open_http() as http:
        line = HttpTransport(http, json.loads(process.stdout.readline())["url"])
        token = line.enrol(code, "құпия сөз 1", "ноут").token
        line.use_token(token)
        first = line.exchange(SyncRequest(cursors={}, changes=[visit])).accepted
        process.kill()
        process.wait(timeout=20)
        process.stdout.close()

    with served(tmp_path) as url, open_http() as http:
        again = HttpTransport(http, url, token).exchange(SyncRequest(cursors={}, changes=[visit]))

    assert again.accepted == first == {visit.id: 1}


def copied(path):
    with closing(sqlite3.connect(path)) as file:
        return file.serialize()


@pytest.mark.slow
def test_a_backup_that_was_put_back_without_a_word_is_noticed_at_the_start(tmp_path):
    """Even where the numbers that were lost are given anew before anybody who knew them speaks."""
    with regional(f"sqlite:///{tmp_path / 'server.db'}", tmp_path) as server:
        tokens = [server.laptop(login).transport._token for login in ("a", "b")]
    backup = copied(tmp_path / "server.db")
    with served(tmp_path) as url, open_http() as http:
        asked = SyncRequest(cursors={}, changes=[change("visit", people=3)])
        known = HttpTransport(http, url, tokens[0]).exchange(asked)

    for old in tmp_path.glob("server.db*"):
        old.unlink()
    (tmp_path / "server.db").write_bytes(backup)
    with served(tmp_path) as url, open_http() as http:
        other = SyncRequest(cursors={}, changes=[change("visit", people=4)])
        HttpTransport(http, url, tokens[1]).exchange(other)
        back = SyncRequest(cursors=known.cursors, changes=[], epoch=known.epoch)
        told = HttpTransport(http, url, tokens[0]).exchange(back)

    assert known.cursors == {SOZAQ: 1}
    assert told.restored[SOZAQ] == 0


@pytest.mark.slow
def test_serving_an_unprepared_database_is_refused_in_words(tmp_path):
    refused = command(tmp_path, check=False)

    assert refused.returncode == 1
    assert "prepare" in refused.stderr
    assert "Traceback" not in refused.stderr


def taken_port():
    held = socket.create_server(("127.0.0.1", 0))
    return held, str(held.getsockname()[1])


def garbage(folder):
    path = folder / "garbage"
    path.write_text("neither a database nor a certificate\n" * 100)
    return path


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DALA_DATABASE": "postgresql+psycopg://dala@127.0.0.1:1/dala"}, "cannot be reached"),
        ({"DALA_DATABASE": "postgresql+psycopg://dala@nowhere.invalid/dala"}, "cannot be reached"),
        ({"DALA_DATABASE": "postgresql+psycopg://dala@host:port/dala"}, "DALA_DATABASE"),
        ({"DALA_DATABASE": "sqlite:///{garbage}"}, "cannot be reached"),
        ({"DALA_DATABASE": "sqlite:////nowhere/at/all/server.db"}, "cannot be reached"),
        ({"DALA_DATA": "{garbage}"}, "cannot be used"),
        ({"DALA_DATA": "{garbage}/below"}, "cannot be used"),
        ({"DALA_DATA": "/proc/nowhere"}, "cannot be used"),
    ],
    ids=lambda one: one if isinstance(one, str) else ",".join(one.values()),
)
@pytest.mark.parametrize("words", [("prepare",), ("admin", "list-accounts"), ()], ids=" ".join)
def test_what_is_not_there_is_said_in_one_sentence(
    tmp_path, monkeypatch, capsys, words, wrong, said
):
    monkeypatch.setenv("DALA_DATA", str(tmp_path / "data"))
    for name, value in wrong.items():
        monkeypatch.setenv(name, value.format(garbage=garbage(tmp_path)))

    assert main(list(words)) == 1

    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert said in told.err
    assert "sqlalche.me" not in told.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DALA_TLS_CERT": "/nowhere/at/all.pem"}, "certificate"),
        ({"DALA_TLS_CERT": "{garbage}"}, "certificate"),
        ({"DALA_PORT": "{taken}"}, "cannot listen on 127.0.0.1, port {taken}"),
        ({"DALA_HOST": "nowhere.invalid"}, "cannot listen on nowhere.invalid"),
        ({"DALA_HOST": "192.0.2.7"}, "cannot listen on 192.0.2.7"),
    ],
    ids=lambda one: one if isinstance(one, str) else ",".join(one.values()),
)
def test_a_server_that_cannot_listen_says_so_in_one_sentence(tmp_path, wrong, said):
    held, taken = taken_port()
    names = {"garbage": garbage(tmp_path), "taken": taken}
    told = environment(tmp_path) | {name: text.format(**names) for name, text in wrong.items()}
    with held:
        left = subprocess.run(
            [sys.executable, "-m", "sync.server", "--prepare"],
            env=told,
            check=False,
            capture_output=True,
            text=True,
        )

    assert (left.returncode, left.stdout) == (1, "")
    assert said.format(**names) in left.stderr.splitlines()[-1]
    assert "Traceback" not in left.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("add-account", "a", "--role", "king", "--district", SOZAQ),
        ("add-account", "a", "--role", "activist", "--district", "region"),
        ("add-account", "a b", "--role", "activist", "--district", SOZAQ),
        ("set-role", "nobody", "--role", "activist", "--district", SOZAQ),
        ("set-role", "taken", "--role", "king", "--district", SOZAQ),
        ("set-role", "taken", "--role", "activist", "--district", "region"),
        ("add-account", "taken", "--role", "activist", "--district", SOZAQ),
        ("enrol-code", "nobody"),
        ("revoke", "nobody"),
        ("wipe", "nobody"),
        ("reopen", "nobody"),
    ],
    ids=" ".join,
)
def test_wrong_words_are_refused_in_words(tmp_path, monkeypatch, capsys, words):
    monkeypatch.setenv("DALA_DATA", str(tmp_path))
    main(["prepare"])
    main(["admin", "add-account", "taken", "--role", "activist", "--district", SOZAQ])
    capsys.readouterr()

    assert main(["admin", *words]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip()


def test_every_command_prints_one_json_document(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DALA_DATA", str(tmp_path))

    def said(*words):
        assert main([*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    assert said("prepare")["prepared"] == 17
    assert said("admin", "add-account", "a", "--role", "leader", "--district", SOZAQ)["active"]
    assert said("admin", "enrol-code", "a")["login"] == "a"
    assert said("admin", "revoke", "a") == {"closed": "a", "devices": []}
    assert said("admin", "reopen", "a")["active"]
    assert len(said("admin", "list-accounts")) == 1
    assert said("admin", "epoch") != said("admin", "epoch", "--renew")
    assert {"account", "ledger"} <= {column["table"] for column in said("admin", "inventory")}


def test_settings_have_defaults_and_secrets_come_from_files(tmp_path):
    secret = tmp_path / "database"
    secret.write_text("postgresql+psycopg://dala:secret@db/dala\n", encoding="utf-8")

    settings = read_settings({"DALA_DATABASE_FILE": str(secret), "DALA_PORT": "0"})

    assert settings.database == "postgresql+psycopg://dala:secret@db/dala"
    assert settings.port == 0
    assert "secret" not in repr(settings)
    assert read_settings({"DALA_DATA": "here"}).database.endswith("/here/server.db")


@pytest.mark.parametrize(
    "wrong",
    [
        {"DALA_PORT": "http"},
        {"DALA_PORT": "70000"},
        {"DALA_DATABASE": "mysql://x"},
        {"DALA_DATABASE_FILE": "/nowhere/at/all"},
        {"DALA_TLS_KEY": "key.pem"},
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(wrong):
    with pytest.raises(UserError, match=next(iter(wrong)).replace("KEY", "CERT")):
        read_settings(wrong)


def test_each_administrative_action_of_the_command_line_is_done_by_somebody():
    parser = server_main._parser()
    actions = {
        name
        for sort in (one for one in parser._actions if one.dest == "command")
        for one in sort.choices["admin"]._actions
        if one.dest == "action"
        for name in one.choices
    }

    apart = {*server_main.APART, "restore"}  # with transactions of their own, or none
    assert actions == {*server_main.ADMIN, *apart}
