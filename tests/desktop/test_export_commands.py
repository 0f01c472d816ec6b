"""Exports by commands, from the laptop to the server's list."""

import json

from sync.server import admin, audit
from tests.profiles import ISSUE


def test_an_export_is_written_noted_told_and_found_again(commander, server, tmp_path):
    command = commander("activist")
    command("record", "issue", stdin=json.dumps({**ISSUE, "essence": "Су жоқ"}))
    path = tmp_path / "out.xlsx"

    noted = command("export", "issue", "--to", path, "--filter", "draft", "--search", "су")
    assert noted["rows"] == 1
    assert path.exists()
    found = command("export", "whose", path)
    assert found["written"] == [noted["id"]]
    assert [one["id"] for one in found["here"]] == [noted["id"]]
    assert [one["id"] for one in command("export", "log")] == [noted["id"]]

    command("sync")
    command("sync")
    with server.service.store.reading() as session:
        assert audit.broken(session) is None
        rows = [row for row in admin.exports(session) if row["id"] == noted["id"]]
    assert [(row["rows"], row["flagged"]) for row in rows] == [(1, False)]
    assert "су" not in json.dumps(rows, ensure_ascii=False)


def test_a_file_that_is_there_is_not_written_over(run, commander, tmp_path):
    command = commander("activist")
    path = tmp_path / "mine.csv"
    path.write_text("менің", encoding="utf-8")

    code, _, err = run("export", "visit", "--to", path, "--profile", tmp_path)
    assert code == 1
    assert "is there already" in err
    assert path.read_text(encoding="utf-8") == "менің"

    assert command("export", "visit", "--to", path, "--replace")["rows"] == 0


def test_a_paper_of_a_record_is_saved_outside_noted_and_told(commander, server, tmp_path, run):
    command = commander("activist")
    issue = command("record", "issue", stdin=json.dumps({**ISSUE, "essence": "Су жоқ"}))
    paper, out = tmp_path / "хаттама.pdf", tmp_path / "out.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    id = command("attach", issue["id"], paper)["id"]

    noted = command("export", "file", id, "--to", out)
    assert out.read_bytes() == paper.read_bytes()
    code, _, err = run("export", "file", id, "--to", out, "--profile", tmp_path)
    assert code == 1
    assert "is there already" in err

    command("sync")
    command("sync")
    with server.service.store.reading() as session:
        [told] = [row for row in admin.exports(session) if row["id"] == noted["id"]]
    assert (told["kind"], told["rows"]) == ("attachment", 1)


def test_an_administrator_and_an_analyst_export_no_issues(run, commander, tmp_path):
    command = commander("analyst")
    assert command("export", "official", "--to", tmp_path / "o.csv")["rows"] == 0
