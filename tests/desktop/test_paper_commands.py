"""Papers by commands: of a record, and the register of the reception."""

import json

from tests.documents import pages_of, words_of
from tests.papers import MEETING, VISITOR


def test_a_record_and_a_register_are_written_and_noted(commander, run, tmp_path):
    command = commander("activist")
    meeting = command("record", "meeting", stdin=json.dumps(MEETING))["id"]
    command("record", "reception", stdin=json.dumps(VISITOR))
    minutes, register = tmp_path / "a.pdf", tmp_path / "b.docx"
    days = ("--from", "2026-11-01", "--until", "2026-11-30")

    told = command("paper", meeting, "--to", minutes, "--in", "kk")
    assert (told["kind"], told["format"]) == ("meeting", "pdf")
    [page] = pages_of(minutes.read_bytes())
    assert "ХАТТАМА" in page
    assert "Ауыл ішіндегі су құбыры" in page

    command("paper", "reception", *days, "--to", register, "--in", "ru", "--personal", "answer")
    assert any("Қанат Серіков" in line for line in words_of(register))
    assert [one["kind"] for one in command("export", "log")] == ["reception", "meeting"]

    code, _, err = run("paper", meeting, "--to", minutes, "--profile", tmp_path)
    assert code == 1
    assert "is there already" in err


def test_what_is_no_id_and_a_register_without_days_are_errors_of_usage(run, tmp_path, capsys):
    import pytest

    for words in (("paper", "x", "--to", "a.pdf"), ("paper", "reception", "--to", "a.pdf")):
        with pytest.raises(SystemExit) as left:
            run(*words)
        assert left.value.code == 2
