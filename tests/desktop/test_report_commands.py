"""Sealed reports by commands, with the custodians' own: from a region without officers to an answer."""

import json

import pytest

from sync.officers import read_list
from sync.region_key import read_row
from tests.profiles import PASSWORD
from tests.servers import regional

REPORT = {"what": "Ауыл әкімі ақша сұрады", "where": "Ақкөл"}


@pytest.fixture
def server(tmp_path):
    """A server of this test alone: it is told of a list."""
    folder = tmp_path / "server"
    folder.mkdir()
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture
def custodians(run, monkeypatch, tmp_path):
    """The region's key, and a function that runs a command with two of its sheets."""

    def command(*words):
        for number, sheet in enumerate(command.sheets[:2], 1):
            monkeypatch.setenv(f"DALA_SHEET_{number}", sheet)
        code, out, err = run("region-key", *words, "--json")
        return code, out and json.loads(out), err

    command.sheets = []
    command.key, command.list = tmp_path / "region-key.txt", tmp_path / "officers.txt"
    code, made, err = command("make", "--key", command.key)
    assert code == 0, err
    command.sheets = made["sheets"]
    return command


def tell(server, custodians):
    """The administrator gives the server both files, as DALA_REGION_KEY and DALA_OFFICERS do."""
    from dataclasses import replace

    server.app.state.service = replace(
        server.app.state.service,
        region_keys=tuple(read_row(custodians.key.read_text())),
        officers=read_list(custodians.list.read_text()),
    )


def test_the_way_of_a_report_by_commands(commander, custodians, server, monkeypatch, tmp_path):
    aigul, aidana, eset = (commander(role) for role in ("integrity_officer", "activist",
                                                        "coordinator"))  # fmt: skip
    card = aigul("officer", "key", "--to", tmp_path / "card.txt")
    code, signed, err = custodians(
        "officers", "--key", custodians.key, "--list", custodians.list,
        "--add", tmp_path / "card.txt",
    )  # fmt: skip
    assert code == 0, err
    assert card["check"] in err  # to be asked for by voice
    assert [one["check"] for one in signed["officers"]] == [card["check"]]
    tell(server, custodians)
    body = eset("record", "competent_body", stdin=json.dumps({"name": "ҰҚК"}))["id"]
    for who in (eset, aigul, aidana):
        who("sync")

    taken = aidana("report", "write", stdin=json.dumps(REPORT))
    assert aidana("sync")["waiting"] == 0
    aigul("sync")
    assert [one["number"] for one in aigul("officer", "list")["reports"]] == [taken["number"]]
    shown = aigul("officer", "show", taken["number"])
    assert (shown["said"][0]["what"], shown["said"][0]["where"]) == tuple(REPORT.values())
    aigul("officer", "answer", taken["number"].lower(), stdin="Қай күні?")
    aigul("officer", "hand-over", taken["number"], "--body", body, "--on", "2026-11-27",
          "--incoming", "17-05/331")  # fmt: skip
    aigul("sync")

    monkeypatch.setenv("DALA_REPORT_CODE", taken["code"])
    followed = aidana("report", "follow", taken["number"])
    assert followed["handed_to"] == "ҰҚК"
    assert [one["kind"] for one in followed["said"]] == ["report", "word", "handed_over"]
    monkeypatch.setenv("DALA_REPORT_CODE", taken["code"])
    assert aidana("report", "add", taken["number"], stdin="Жетісінде") == {"sent": True}
    aigul("sync")
    assert aigul("officer", "show", taken["number"])["said"][-1]["text"] == "Жетісінде"
    assert aigul("officer", "give-earlier") == {"letters": 0}


def test_one_custodian_puts_nobody_on_the_list(custodians, commander, run, monkeypatch, tmp_path):
    commander("integrity_officer")("officer", "key", "--to", tmp_path / "card.txt")
    custodians.sheets = [custodians.sheets[0]] * 2

    code, _, err = custodians(
        "officers", "--key", custodians.key, "--list", custodians.list,
        "--add", tmp_path / "card.txt",
    )  # fmt: skip

    assert (code, custodians.list.exists()) == (1, False)
    assert "same sheet twice" in err


def test_a_list_that_another_region_signed_is_not_gone_on_with(custodians, commander, tmp_path):
    from sync import officers
    from sync.sealing import Keys, new_seed

    commander("integrity_officer")("officer", "key", "--to", tmp_path / "card.txt")
    card = officers.read_card((tmp_path / "card.txt").read_text())
    foreign = officers.appoint(None, [card], [], Keys(new_seed()))
    custodians.list.write_text(officers.written(foreign))

    code, _, err = custodians("officers", "--key", custodians.key, "--list", custodians.list)

    assert code == 1
    assert "not signed by the region's key" in err


def test_a_list_goes_over_to_a_new_key_of_the_region(custodians, commander, tmp_path):
    """Nobody is added or dropped: the same officers, by the key that holds now."""
    from sync.officers import vouched

    commander("integrity_officer")("officer", "key", "--to", tmp_path / "card.txt")
    names = ("officers", "--key", custodians.key, "--list", custodians.list)
    custodians(*names, "--add", tmp_path / "card.txt")
    code, made, err = custodians("renew", "--key", custodians.key)
    assert code == 0, err
    custodians.sheets = made["sheets"]

    code, signed, err = custodians(*names)

    assert code == 0, err
    assert signed["serial"] == 2
    key = read_row(custodians.key.read_text())[-1].keys
    assert vouched(read_list(custodians.list.read_text()), key)


@pytest.mark.parametrize("said", ["", "[]", '{"why": "?"}', '{"what": ""}', '{"what": 5}'])
def test_what_is_no_report_is_answered_in_words(commander, run, said):
    aidana = commander()

    code, out, err = run("report", "write", "--profile", aidana.folder, stdin=said)

    assert (code, out) == (1, "")
    assert err.strip()


def test_a_code_is_never_an_argument(commander, run):
    aidana = commander()

    code, _, err = run("report", "follow", "ABCD-EFGH", "--profile", aidana.folder)

    assert code == 1
    assert "DALA_REPORT_CODE" in err
    assert PASSWORD not in err
