"""Workbooks from anywhere: a form, or a message that says where and what to do."""

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest
from openpyxl import Workbook

import resources
from desktop.surveys import xlsform
from desktop.surveys.bundled import bundled_forms
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.xlsform import read_xlsform, worker_command
from sync.errors import Stopped
from tests.desktop.surveys.small import small_form

HEAD = ["type", "name", "label", "relevant", "calculation"]
HERE = pytest.mark.usefixtures("compiled_here")


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


@HERE
def test_a_form_is_told_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text", "q", "Question"]]).rename(tmp_path / "form.xls")

    assert load_form(read_xlsform(path).xform or "").nodes["/data/q"].kind == "text"


@HERE
@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([["frob", "a", "A"]], ("survey", 2, "type"), "frob"),
        ([["text", "a", "A"], ["text", "b", "B", "${zz} = 1"]], ("survey", 3, "relevant"), "zz"),
        ([["text", "a", "A"], ["text", "a", "A"]], ("survey", 3, "name"), "twice"),
        ([["text", "", "A"]], ("survey", 2, "name"), "no name"),
        ([["text", "1 a", "A"]], ("survey", 2, "name"), "letter"),
        ([["text", "a"]], ("survey", 2, "label"), "label"),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], ("survey", 2, "type"), "never closed"),
        ([["text", "a", "A"], ["end_group"]], ("survey", 3, "type"), "before it"),
        ([["select_one x", "a", "A"]], ("choices", None, None), "choices"),
        ([["text", "a", "A", "1 +"]], ("survey", 2, "relevant"), "too early"),
        ([["calculate", "a", "", "", "foo(1)"]], ("survey", 2, "calculation"), "foo"),
        ([["calculate", "a", "", "", "property('kk')"]], ("survey", 2, "calculation"), "property"),
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


@HERE
def test_a_label_that_quotes_what_cannot_be_read_is_told_with_its_row(tmp_path: Path) -> None:
    choices = [["list_name", "name", "label"], ["x", "1", "a"]]
    rows = [["select_one x", "q", "Q"], ["note", "n", "instance('x')/root/item[frob(1)]/label"]]
    told = read_xlsform(workbook(tmp_path, rows, choices=choices)).messages

    assert [(one.sheet, one.row, one.column) for one in told] == [("survey", 3, "label")]


def test_a_text_that_cannot_be_read_costs_no_other_text() -> None:
    texts = (
        "<text id='x-1'><value><output value='frob(1)'/></value></text>"
        "<text id='/data/q:label'><value>Q</value></text>"
    )
    form = small_form(
        "",
        "<q/>",
        "<input ref='/data/q'><label ref=\"jr:itext('/data/q:label')\"/></input>",
        itext=f"<itext><translation lang='kk'>{texts}</translation></itext>",
    )

    (message,) = form.messages
    assert (message.sheet, message.column, message.text.values["place"]) == (
        "choices",
        "label",
        "1",
    )
    assert Interview(form).state("/data/q").label == "Q"


@HERE
def test_a_label_may_compare_what_it_quotes(tmp_path: Path) -> None:
    choices = [["list_name", "name", "label", "n"], ["x", "1", "a&b", "1"], ["x", "2", "b", "2"]]
    quoted = "instance('x')/root/item[n < 2 and label = 'a&b']/label"
    checked = read_xlsform(
        workbook(tmp_path, [["select_one x", "q", "Q"], ["note", "n", quoted]], choices=choices)
    )

    assert Interview(load_form(checked.xform or "")).state("/data/n").label == "a&b"


@HERE
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_photo_question_is_only_remarked_on_in_our_own_words(
    tmp_path: Path, language: str
) -> None:
    checked = read_xlsform(workbook(tmp_path, [["image", "a", "A"]]))

    assert checked.ok
    assert {(one.sheet, one.row) for one in checked.messages} == {("survey", 2)}
    assert not any("max-pixels" in str(one.as_row(language)["text"]) for one in checked.messages)


@HERE
def test_two_choices_of_one_name_are_told_with_their_row(tmp_path: Path) -> None:
    choices = [["list_name", "name", "label"], ["x", "1", "a"], ["x", "1", "b"]]

    (message,) = read_xlsform(
        workbook(tmp_path, [["select_one x", "a", "A"]], choices=choices)
    ).messages

    assert (message.sheet, message.row) == ("choices", 3)


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@HERE
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"garbage", "not an Excel workbook"),
        (b"PK\x03\x04garbage", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "damaged"),
        (LOCKED, "has a password"),
        (zipped(word__document_xml=b"<w/>"), "not an Excel workbook"),
        (zipped(content_xml=b"<o/>", mimetype=b"application/vnd.oasis"), "OpenDocument"),
        (b"<html><table><tr><td>type</td></tr></table></html>", "not an Excel workbook"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "not an Ex"),
        ("type;name;label\r\ntext;a;Атыңыз".encode("utf-8-sig"), "one sheet"),
        ("label::Қазақша (kk),name,type\n".encode("utf-16"), "one sheet"),
    ],
    ids=range(12),
)
def test_what_is_no_workbook_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)

    checked = read_xlsform(path)

    assert checked.xform is None
    assert words in checked.messages[0].as_row("en")["text"]


TABLE = "survey\n,type,name,label\n,text,q,Атыңыз кім?\nchoices\n,list_name,name,label\n,a,b,C\n"


@HERE
@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.replace(",", ";").encode("utf-8-sig"),
        TABLE.replace("survey\n", "survey;;;;\r\n").replace(",", ";").encode("kz1048"),
        TABLE.replace(",", "\t").encode("utf-16"),
        "| survey |\n| | type | name | label |\n| | text | q | Атыңыз кім? |\n".encode(),
    ],
    ids=["commas", "semicolons", "code page", "tabs", "markdown"],
)
def test_a_form_may_be_a_table_of_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "form.csv").write_bytes(content)

    checked = read_xlsform(tmp_path / "form.csv")

    assert checked.ok
    interview = Interview(load_form(checked.xform or ""))
    assert interview.state("/data/q").label == "Атыңыз кім?"


@HERE
def test_a_table_of_text_in_whose_words_there_is_a_table_is_what_it_begins_as(
    tmp_path: Path,
) -> None:
    told = '"Атыңыз кім?\n| survey |\n| | type | name |\n| | text | other |\n"'
    (tmp_path / "form.csv").write_text(TABLE.replace("Атыңыз кім?", told), encoding="utf-8")

    checked = read_xlsform(tmp_path / "form.csv")

    assert "/data/q" in load_form(checked.xform or "").nodes


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

    assert waited == [(0, int(xlsform.PATIENCE))]
    assert monotonic() - begun < 30
