"""Workbooks from anywhere: a form, or a message that says where and what to do."""

import sys
import zipfile
from pathlib import Path
from time import monotonic

import pytest
from openpyxl import Workbook

import resources
from desktop.surveys import xlsform
from desktop.surveys.bundled import bundled_forms
from desktop.surveys.form import load_form
from desktop.surveys.xlsform import read_xlsform, worker_command
from sync.errors import Stopped

HEAD = ["type", "name", "label", "relevant", "calculation"]


def workbook(
    folder: Path, rows: list[list[str]], name: str = "form.xlsx", **others: list[list[str]]
) -> Path:
    """A workbook with these rows on its sheet `survey`, and other sheets."""
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [HEAD, *rows]:
        sheet.append(row)
    for title, lines in others.items():
        other = book.create_sheet(title)
        for line in lines:
            other.append(line)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("bundled", bundled_forms(), ids=lambda one: one.key)
def test_a_bundled_xform_is_what_its_workbook_compiles_to(bundled) -> None:
    with resources.path("forms", f"{bundled.key}.xlsx") as path:
        checked = read_xlsform(path)

    assert checked.ok
    assert checked.messages == ()
    assert checked.xform == bundled.xform()


def test_a_form_is_told_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text", "q", "Question"]]).rename(tmp_path / "form.xls")

    assert load_form(read_xlsform(path).xform or "").nodes["/data/q"].kind == "text"


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([["frob", "a", "A"]], ("survey", 2, "type"), "frob"),
        ([["text", "a", "A"], ["text", "b", "B", "${zz} = 1"]], ("survey", 3, "relevant"), "zz"),
        ([["text", "a", "A"], ["text", "a", "A"]], ("survey", 3, "name"), "twice"),
        ([["text", "", "A"]], ("survey", 2, None), "no name"),
        ([["text", "1 a", "A"]], ("survey", 2, "name"), "letter"),
        ([["text", "a"]], ("survey", 2, None), "label"),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], ("survey", 2, None), "never closed"),
        ([["text", "a", "A"], ["end_group"]], ("survey", 3, None), "before it"),
        ([["select_one x", "a", "A"]], ("choices", None, None), "choices"),
        ([["text", "a", "A", "1 +"]], ("survey", 2, "relevant"), "too early"),
        ([["calculate", "a", "", "", "foo(1)"]], ("survey", 2, "calculation"), "foo"),
        ([["calculate", "a", "", "", "lang('kk')"]], ("survey", 2, "calculation"), "lang"),
        ([["calculate", "a", "", "", "IF(1, 2, 3)"]], ("survey", 2, "calculation"), "Excel"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, rows: list[list[str]], place: tuple[str, int | None, str | None], words: str
) -> None:
    checked = read_xlsform(workbook(tmp_path, rows))

    (message,) = checked.messages
    assert not checked.ok
    assert (message.sheet, message.row, message.column) == place
    assert words in message.as_row("en")["text"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_photo_question_is_only_remarked_on_in_our_own_words(
    tmp_path: Path, language: str
) -> None:
    checked = read_xlsform(workbook(tmp_path, [["image", "a", "A"]]))

    assert checked.ok
    assert {(one.sheet, one.row) for one in checked.messages} == {("survey", 2)}
    assert not any("max-pixels" in str(one.as_row(language)["text"]) for one in checked.messages)


def test_two_choices_of_one_name_are_told_with_their_row(tmp_path: Path) -> None:
    choices = [["list_name", "name", "label"], ["x", "1", "a"], ["x", "1", "b"]]

    (message,) = read_xlsform(
        workbook(tmp_path, [["select_one x", "a", "A"]], choices=choices)
    ).messages

    assert (message.sheet, message.row) == ("choices", 3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"PK\x03\x04garbage",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        b"survey,type,name\n,text,a\n",
    ],
)
def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)

    checked = read_xlsform(path)

    assert checked.xform is None
    assert "workbook" in checked.messages[0].as_row("en")["text"]


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        assert not read_xlsform(path).ok


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("xl/workbook.xml", parts.pop("workbook", b"<workbook/>"))
        for name, content in parts.items():
            written.writestr(f"xl/{name}.xml", content)
    return path


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", sheet=b"0" * 100_000_000)

    assert "too large" in read_xlsform(path).messages[0].as_row("en")["text"]


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "entities.xlsx", workbook=b"<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>"
    )

    assert "entities" in read_xlsform(path).messages[0].as_row("en")["text"]


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text", "q", "Question"]])

    (message,) = read_xlsform(path, patience=0.01).messages

    assert "given up" in message.as_row("en")["text"]


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited by the system there")
def test_a_workbook_that_needs_too_much_memory_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = "from desktop.surveys import compiler as c; c._limit(); x = bytearray(c.MEMORY)"
    monkeypatch.setattr(
        "desktop.surveys.xlsform.worker_command", lambda: [sys.executable, "-c", greedy]
    )

    (message,) = read_xlsform(workbook(tmp_path, [["text", "q", "Question"]])).messages

    assert "memory" in message.as_row("en")["text"]


def test_a_bundle_starts_itself_as_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert worker_command() == [sys.executable, "--xlsform-worker"]


def test_reading_is_stopped_and_its_process_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(seconds: int, most: int) -> None:
        waited.append((seconds, most))
        raise Stopped

    waited: list[tuple[int, int]] = []
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(xlsform, "worker_command", lambda: sleeping)
    begun = monotonic()

    with pytest.raises(Stopped):
        read_xlsform(workbook(tmp_path, [["text", "a", "A"]]), tell=stop)

    assert waited == [(0, 10)]
    assert monotonic() - begun < 30
