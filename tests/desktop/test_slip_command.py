"""A slip by a command: drawn by another process, since commands have no window."""

import json
import subprocess

from pypdf import PdfReader

VISIT = {"essence": "Кеңес керек", "village": "615647100", "received_on": "2026-11-23"}


def test_a_slip_is_written_with_the_tag_and_after_an_exchange_with_the_number(commander, tmp_path):
    aigul = commander()
    id = aigul("record", "reception", stdin=json.dumps(VISIT))["id"]
    path = tmp_path / "talon.pdf"

    before = aigul("slip", id, "--to", str(path), "--in", "ru")
    aigul("sync")
    after = aigul("slip", id, "--to", str(path), "--replace")

    assert (before["number"], before["given"]) == (f"~{id[-5:].upper()}", False)
    assert after == {"id": id, "number": "6156-2026-K00001", "given": True, "file": str(path)}
    [page] = PdfReader(path).pages
    assert "6156-2026-K00001" in page.extract_text()


def test_a_process_that_cannot_draw_is_told_in_words_that_help(
    monkeypatch, run, commander, tmp_path
):
    aigul = commander()
    id = aigul("record", "reception", stdin=json.dumps(VISIT))["id"]

    def fail(*_, **__):
        raise subprocess.TimeoutExpired("python", 120)

    monkeypatch.setattr(subprocess, "run", fail)
    code, _, told = run("slip", id, "--to", tmp_path / "a.pdf", "--profile", aigul.folder)

    assert (code, "from the window" in told) == (1, True)
    assert not (tmp_path / "a.pdf").exists()
