"""Passwords and recovery codes by commands, as a script gives them."""

import json

import pytest
from keyring.backends.null import Keyring as NullKeyring

from desktop import keys
from desktop.recovery_code import read_code
from desktop.store_failures import full
from sync.region_key import read_row
from tests.profiles import PASSWORD, URL, keystore, new_profile

OTHER = "жаңа құпия сөз"


@pytest.fixture
def folder(run, server, tmp_path):
    return new_profile(tmp_path / "aidana", server, f"u{tmp_path.name[-8:]}").folder


def lists(run, folder, password):
    return run("list", "issue", "--profile", folder, password=password)[0]


def test_another_password_opens_and_the_old_one_does_not(run, folder, monkeypatch):
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)

    code, out, _ = run("password", "--profile", folder)

    assert (code, out) == (0, "The new password opens the file from now on.\n")
    assert (lists(run, folder, OTHER), lists(run, folder, PASSWORD)) == (0, 1)


def test_a_recovery_code_is_shown_once_and_gives_another_password(run, folder, monkeypatch):
    sheet = run("recovery", "--profile", folder)[1].splitlines()[-1]
    monkeypatch.setenv("DALA_RECOVERY_CODE", sheet.replace("-", " ").lower())
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)

    code, out, err = run("recover", "--profile", folder)

    assert (code, err) == (0, "")
    assert read_code(out.splitlines()[-1]) != read_code(sheet)
    assert (lists(run, folder, OTHER), lists(run, folder, PASSWORD)) == (0, 1)


def test_a_slip_in_the_code_is_said_and_changes_nothing(run, folder, monkeypatch):
    run("recovery", "--profile", folder)
    monkeypatch.setenv("DALA_RECOVERY_CODE", "ABCD")
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)

    code, _, err = run("recover", "--profile", folder)

    assert code == 1
    assert "36 letters and digits; these are 4" in err
    assert lists(run, folder, PASSWORD) == 0


def test_without_a_terminal_the_variable_that_is_lacking_is_named(run, folder, monkeypatch):
    monkeypatch.delenv("DALA_RECOVERY_CODE", raising=False)

    code, _, err = run("recover", "--profile", folder)

    assert code == 1
    assert "set DALA_RECOVERY_CODE" in err


def test_two_that_differ_change_nothing(run, folder, monkeypatch):
    typed = iter(["one password", "another password"])
    monkeypatch.setattr("desktop.passwords.getpass", lambda _: next(typed))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    code, _, err = run("password", "--profile", folder)

    assert code == 1
    assert "were not the same" in err
    assert lists(run, folder, PASSWORD) == 0


def test_a_folder_that_nobody_enrolled_has_no_code(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DALA_RECOVERY_CODE", "A" * 36)
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)

    code, _, err = run("recover", "--profile", tmp_path / "empty")

    assert code == 1
    assert "Nobody is enrolled" in err


@pytest.fixture
def enrol(run, server, tmp_path):
    """The command, for somebody new → (folder, exit code, stdout, stderr)."""

    def enrolled(*more):
        login = f"e{tmp_path.name[-8:]}"
        server.account(login)
        asked = ("--server", URL, "--code", server.code(login), "--profile", tmp_path / "new")
        return tmp_path / "new", *run("enrol", *asked, *more)

    return enrolled


def test_an_enrolled_laptop_prints_its_recovery_code_once(run, enrol, monkeypatch):
    folder, code, out, err = enrol()

    assert (code, err) == (0, "")
    monkeypatch.setenv("DALA_RECOVERY_CODE", out.splitlines()[-1])
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)
    assert run("recover", "--profile", folder)[0] == 0
    assert lists(run, folder, OTHER) == 0


def test_where_no_code_can_be_made_the_laptop_is_bound_and_that_is_said(run, enrol, monkeypatch):
    with monkeypatch.context() as disk:
        disk.setattr(keys, "make_recovery_code", fails)
        folder, code, out, err = enrol("--json")

    assert code == 0
    assert "no recovery code yet" in err
    assert "code" not in json.loads(out)
    assert lists(run, folder, PASSWORD) == 0


def test_where_there_is_no_keystore_that_is_said(enrol):
    with keystore(NullKeyring()):
        _, code, out, _ = enrol()

    assert code == 0
    assert "password alone" in out


def fails(*_, **__):
    raise full("the profile")


def test_the_region_opens_a_file_by_commands_and_tells_the_server(
    run, server, folder, tmp_path, monkeypatch, caplog
):
    public, request, reply = (tmp_path / name for name in ("key.txt", "request", "reply"))
    made = json.loads(run("region-key", "make", "--key", public, "--json")[1])
    known = tuple(read_row(public.read_text()))
    monkeypatch.setattr(type(server.service), "newer_keys", lambda *_: list(known))
    assert run("sync", "--profile", folder)[0] == 0
    assert lists(run, folder, PASSWORD) == 0  # this opening seals the file's key
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)
    asked = json.loads(run("region-ask", "--to", request, "--profile", folder, "--json")[1])

    for number, sheet in enumerate(made["sheets"][1:], 1):
        monkeypatch.setenv(f"DALA_SHEET_{number}", sheet)
    _, out, err = run("region-key", "answer", request, "--to", reply)
    assert (asked["check"] in out, err) == (True, "")
    assert "The laptop is that of" in out
    code, out, err = run("region-use", reply, "--profile", folder, password=OTHER)

    assert (code, err) == (0, "")
    assert (lists(run, folder, OTHER), lists(run, folder, PASSWORD)) == (0, 1)
    assert run("sync", "--profile", folder, password=OTHER)[0] == 0
    [said] = [one for one in caplog.messages if "without its password" in one]
    assert "by the region's key" in said
    run("sync", "--profile", folder, password=OTHER)
    assert sum("without its password" in one for one in caplog.messages) == 1


def test_a_region_key_is_not_written_over(run, tmp_path):
    run("region-key", "make", "--key", tmp_path / "key.txt")
    before = (tmp_path / "key.txt").read_bytes()

    code, out, err = run("region-key", "make", "--key", tmp_path / "key.txt")

    assert (code, out) == (1, "")
    assert "there already" in err
    assert (tmp_path / "key.txt").read_bytes() == before


def test_the_sheets_of_a_region_key_are_on_no_disk(run, tmp_path):
    made = json.loads(run("region-key", "make", "--key", tmp_path / "key.txt", "--json")[1])

    text = (tmp_path / "key.txt").read_text()
    assert not any(sheet in text for sheet in made["sheets"])
    assert len(made["sheets"]) == 3
