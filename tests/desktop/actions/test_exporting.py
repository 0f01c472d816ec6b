"""Records leave as tables: what the person may read, in words, noted, and known again."""

import csv
import os
import re
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from io import StringIO
from random import Random
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from desktop import files
from desktop.actions import exporting, exporting_table, records
from desktop.actions.exporting import KINDS_OUT, Wanted, export, exports, known_among
from desktop.actions.listing import Wish, read_listing
from desktop.exports import limits, tables
from desktop.exports.whose import marks_of_file
from sync.cells import holdable, in_excel, out_of_csv
from sync.client.exported import for_server
from sync.errors import Refused, Stopped, UserError
from sync.exports import AT_ONCE
from sync.language import speak
from sync.records import KINDS
from sync.records.base import Part, fields
from tests.canaries import canary
from tests.payloads import PAYLOADS
from tests.profiles import ISSUE
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by, story

PERSON = {"applicant": "Қанат Серіков", "phone": "+7 701 123 45 67", "consent_way": "signed"}
FILES = 100 if os.environ.get("DALA_SOAK") else 8
BEGUN = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)


def planted(desk, kind, count, **values):
    """Records as an exchange brings them, made over some months."""
    chance = Random(count)
    made = [BEGUN + timedelta(seconds=chance.randrange(200 * 86_400)) for _ in range(count)]
    record = KINDS[kind]
    district = "region" if record.regional else SOZAQ
    with desk.store.begin() as session:
        session.add_all(
            record(
                id=uuid4(), district=district, author="x", created=at, edited=at,
                **{name: value(n) if callable(value) else value for name, value in values.items()},
            )
            for n, at in enumerate(made)
        )  # fmt: skip


def rows_of(path):
    """The cells of the table, texts as they were."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return [list(row) for row in book.worksheets[-1].iter_rows(values_only=True)]
    text = path.read_bytes().decode("utf-8-sig")
    return [
        [out_of_csv(cell) for cell in row]
        for row in csv.reader(StringIO(text, newline=""), delimiter=";")
    ]


def names_in(folder):
    return [path.name for path in folder.iterdir()]


def column(path, label):
    names, *rows = rows_of(path)
    return [row[names.index(label)] for row in rows]


def cover_of(path):
    return dict(load_workbook(path).worksheets[0].iter_rows(values_only=True))


@pytest.fixture(params=["out.xlsx", "out.csv"])
def path(request, tmp_path):
    (tmp_path / "chosen").mkdir()
    return tmp_path / "chosen" / request.param


@pytest.fixture
def sheet(tmp_path):
    return tmp_path / "out.xlsx"


# what stands in the table


def test_a_list_leaves_in_its_order_and_in_the_words_of_the_language_spoken(desk, path):
    speak("kk")
    for number in range(3):
        record(desk, "issue", {**story()["issues"][number], "essence": f"мәселе {number}"})

    noted = export(desk, Wanted("issue"), path)

    shown = [str(row["essence"]) for row in records.list_records(desk, "issue")]
    assert column(path, "Мәні") == shown
    assert noted.rows == 3
    assert set(column(path, "Қарау")) == {"Шимай"}
    assert not {"housing", VILLAGE} & {str(cell) for row in rows_of(path) for cell in row}


def test_only_what_the_list_shows_leaves(desk, path):
    record(desk, "issue", {**ISSUE, "essence": "Су жоқ"})
    record(desk, "issue", {**ISSUE, "essence": "Жарық жоқ"})
    wish = Wish("draft", "жарық")

    export(desk, Wanted("issue", wish), path)

    listing = read_listing(desk, "issue", wish)
    assert listing is not None
    assert column(path, "Essence") == ["Жарық жоқ"]
    assert len(listing.ids) == 1


def test_days_are_days_and_numbers_numbers_in_excel(desk, sheet):
    record(desk, "visit", {"visited_on": "2026-11-05", "village": VILLAGE, "people": 4})

    export(desk, Wanted("visit"), sheet)

    assert column(sheet, "Date")[0] == datetime(2026, 11, 5)  # noqa: DTZ001  # as Excel has it
    assert column(sheet, "People met")[0] == 4


def test_phones_stay_texts(desk, path):
    planted(desk, "competent_body", 1, name="Агенттік", phone="87252123456")

    export(desk, Wanted("competent_body"), path)

    assert column(path, "Phone") == ["87252123456"]


def test_the_cover_says_what_when_whose_and_by_which_filter(desk, sheet):
    record(desk, "issue", ISSUE)

    noted = export(desk, Wanted("issue", Wish("draft", "су")), sheet)

    cover = cover_of(sheet)
    assert cover["Records"] == "Issue"
    assert cover["Filter"] == "Draft, “су”"
    assert cover["Rows"] == 1
    assert cover["Exported by"] == "Айгүл Бейсенова (a.beisenova)"
    assert cover["Export"] == noted.id
    footer = load_workbook(sheet).worksheets[-1].oddFooter.left.text
    assert "Айгүл Бейсенова" in footer
    assert noted.id in footer


def test_a_text_longer_than_a_cell_is_cut_and_the_cover_says_so(desk, sheet):
    record(desk, "issue", {**ISSUE, "essence": "ә" * 40_000})

    export(desk, Wanted("issue"), sheet)

    assert cover_of(sheet)["Cut"] == "1 text was too long for a cell and is cut"


# no text becomes a formula


@pytest.mark.parametrize("kind", KINDS_OUT)
def test_forty_payloads_in_every_text_column_are_texts_and_no_links(desk, path, kind):
    coordinator = seen_by(desk, "coordinator")
    texts = [one.name for one in fields(KINDS[kind]) if one.type is str]
    planted(
        desk, kind, len(PAYLOADS), **{name: lambda n: PAYLOADS[n].replace("\0", "") for name in texts}
    )  # fmt: skip
    personal = bool(exporting.personal_fields(coordinator, kind))

    export(coordinator, Wanted(kind, personal=personal, purpose="check" if personal else ""), path)

    told = {cell for row in rows_of(path) for cell in row if isinstance(cell, str)}
    wanted = {holdable(one.replace("\0", "")) for one in PAYLOADS}
    if path.suffix == ".xlsx":
        wanted = {in_excel(one)[0] for one in wanted}
        with zipfile.ZipFile(path) as book:
            xml = {name: book.read(name).decode() for name in book.namelist()}
        sheets = "".join(text for name, text in xml.items() if "/worksheets/" in name)
        assert not re.search(r"<(\w+:)?f[ >]", sheets)
        assert "hyperlink" not in "".join(xml.values()).lower().replace("=hyperlink", "")
        assert not [name for name in xml if "externalLink" in name]
        styles = load_workbook(path).worksheets[-1]
        reckoned = [
            c for row in styles.iter_rows() for c in row if str(c.value)[:1] in tuple("=+-@")
        ]
        assert reckoned
        assert all(cell.data_type == "s" or cell.quotePrefix for cell in reckoned)
        assert all(cell.quotePrefix for cell in reckoned)
    assert {one for one in wanted if one} <= told


# rights


def test_personal_columns_stay_away_unless_they_are_asked_for_with_a_purpose(desk, path):
    record(desk, "issue", {**ISSUE, **PERSON})

    export(desk, Wanted("issue"), path)
    assert "Applicant" not in rows_of(path)[0]
    assert not any("Серіков" in str(cell) for row in rows_of(path) for cell in row)

    with pytest.raises(UserError, match="taken out for"):
        export(desk, Wanted("issue", personal=True), path)
    with pytest.raises(UserError, match="taken out for"):
        export(desk, Wanted("issue", personal=True, purpose="curiosity"), path)

    noted = export(desk, Wanted("issue", personal=True, purpose="answer"), path)
    assert column(path, "Applicant") == [PERSON["applicant"]]
    assert column(path, "Phone") == [PERSON["phone"]]
    assert (noted.personal, noted.purpose) == (True, "answer")
    if path.suffix == ".xlsx":
        assert cover_of(path)["Taken out for"] == "To answer the applicant"


def test_records_of_a_district_that_is_not_ones_own_do_not_leave(desk, path):
    """Even where they still lie in the file."""
    planted(desk, "issue", 1, essence="біздікі")
    with desk.store.begin() as session:
        session.add(
            KINDS["issue"](
                id=uuid4(), district="615200000", author="x", created=BEGUN, edited=BEGUN,
                essence="басқа аудан", applicant="Біреу",
            )
        )  # fmt: skip

    noted = export(desk, Wanted("issue", personal=True, purpose="check"), path)

    assert noted.rows == 1
    assert column(path, "Essence") == ["біздікі"]


def test_an_analyst_gets_what_the_region_shares_and_nothing_of_districts(desk, path):
    planted(desk, "official", 2, post="Әкім", name="Біреу")
    planted(desk, "issue", 2, essence="мәселе")
    analyst = seen_by(desk, "analyst")

    assert export(analyst, Wanted("official"), path).rows == 2
    with pytest.raises(Refused):
        export(analyst, Wanted("issue"), path)
    assert exporting.personal_fields(analyst, "issue") == ()


def test_personal_columns_are_refused_to_a_role_that_may_not_read_them(desk, path, monkeypatch):
    planted(desk, "issue", 1, essence="мәселе", applicant="Біреу")
    monkeypatch.setattr(exporting, "personal_fields", lambda *_: ())

    with pytest.raises(Refused):
        export(desk, Wanted("issue", personal=True, purpose="check"), path)
    assert not path.exists()


def test_a_field_that_may_not_be_read_in_a_district_is_empty(desk, path, monkeypatch):
    planted(desk, "issue", 1, essence="мәселе", applicant="Біреу")
    allowed = exporting_table.may
    monkeypatch.setattr(
        exporting_table,
        "may",
        lambda person, action, district: (
            action != "read_private" and allowed(person, action, district)
        ),
    )

    export(desk, Wanted("issue", personal=True, purpose="check"), path)

    assert column(path, "Essence") == ["мәселе"]
    assert column(path, "Applicant") in ([None], [""])


def test_sealed_reports_parts_and_forms_are_no_kinds_that_can_leave():
    parts = {kind for kind, record in KINDS.items() if issubclass(record, Part)}

    assert set(KINDS_OUT) == set(KINDS) - parts - {"form"}
    assert "sealed_letter" not in KINDS_OUT


# files


def test_each_export_is_noted_and_waits_to_be_told(desk, path):
    record(desk, "issue", ISSUE)
    noted = export(desk, Wanted("issue", Wish("draft", "су")), path)

    assert exports(desk) == [noted]
    assert (noted.kind, noted.state, noted.searched) == ("issue", "draft", True)
    with desk.store() as session:
        assert for_server(session) == [noted]


def test_no_word_of_the_records_reaches_a_log_or_the_note(desk, path, caplog):
    caplog.set_level(0)
    record(desk, "issue", {**ISSUE, **PERSON, "essence": canary(1)})

    noted = export(
        desk, Wanted("issue", Wish("draft", canary(1)), personal=True, purpose="check"), path
    )

    assert canary(1) in str(rows_of(path))
    assert canary(1) not in caplog.text + repr(noted)
    assert PERSON["applicant"] not in caplog.text


def test_an_export_that_fails_leaves_no_file_and_no_note(desk, path):
    record(desk, "issue", ISSUE)
    path.write_bytes(b"before")

    def stop(done, of):
        raise Stopped

    with pytest.raises(Stopped):
        export(desk, Wanted("issue"), path, stop)

    assert path.read_bytes() == b"before"
    assert names_in(path.parent) == [path.name]
    assert exports(desk) == []


def test_the_note_is_written_before_the_file_has_its_name(desk, path, monkeypatch):
    record(desk, "issue", ISSUE)

    def power_cut(unfinished, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "put_in_place", power_cut)
    with pytest.raises(KeyboardInterrupt):
        export(desk, Wanted("issue"), path)

    assert len(exports(desk)) == 1
    assert not path.exists()


def test_a_full_disk_is_said_in_words_and_nothing_is_left(desk, path, monkeypatch):
    record(desk, "issue", ISSUE)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        export(desk, Wanted("issue"), path)

    assert names_in(path.parent) == []
    assert path.parent.exists()


def test_a_file_that_another_program_has_open_is_said_in_words(desk, path, monkeypatch):
    record(desk, "issue", ISSUE)

    def held(*_):
        raise PermissionError(13, "held")

    monkeypatch.setattr(files, "put_in_place", held)
    monkeypatch.setattr(files, "wait", lambda _: None)
    with pytest.raises(UserError, match="another program has it open"):
        export(desk, Wanted("issue"), path)

    assert names_in(path.parent) == []


@pytest.mark.parametrize("name", ["out.xls", "out", "out.csv.exe"])
def test_another_ending_is_refused(desk, tmp_path, name):
    with pytest.raises(UserError, match="must end in"):
        export(desk, Wanted("issue"), tmp_path / name)


def test_a_folder_that_is_not_there_is_said(desk, tmp_path):
    with pytest.raises(UserError, match="no folder"):
        export(desk, Wanted("issue"), tmp_path / "none" / "out.csv")


def test_more_rows_than_a_sheet_holds_are_refused_in_words(desk, path, monkeypatch):
    planted(desk, "visit", 5)
    monkeypatch.setattr(tables, "MOST_ROWS", 4)

    with pytest.raises(UserError, match="more than 4 records"):
        export(desk, Wanted("visit"), path)
    assert not path.exists()


def test_nothing_of_the_records_is_put_into_the_systems_folder_for_temporary_files(
    desk, path, monkeypatch, tmp_path
):
    planted(desk, "visit", 300)
    elsewhere = tmp_path / "system"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    seen = []

    export(desk, Wanted("visit"), path, lambda *_: seen.extend(names_in(elsewhere)))

    assert seen == []
    assert names_in(elsewhere) == []
    assert names_in(path.parent) == [path.name]


def test_a_progress_is_told(desk, path):
    planted(desk, "visit", 450)
    told = []

    export(desk, Wanted("visit"), path, lambda done, of: told.append((done, of)))

    assert told == [(0, 450), (200, 450), (400, 450)]


# whose


@pytest.fixture
def many(desk):
    planted(desk, "visit", 300, people=7)
    return desk


def saved_again(path):
    """As a program that knows the format writes it anew."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        book.save(path)
    else:
        rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))
        file = StringIO(newline="")
        csv.writer(file, delimiter="\t").writerows(rows)
        path.write_bytes(file.getvalue().encode("utf-16"))


def test_the_exporter_is_found_from_every_file_also_after_it_was_saved_again(many, tmp_path):
    for number in range(FILES):
        path = tmp_path / f"{number}.{'csv' if number % 4 > 1 else 'xlsx'}"
        noted = export(many, Wanted("visit"), path)
        if number % 2:
            saved_again(path)

        found = marks_of_file(path)

        assert (found.written, found.seconds) == ({noted.id}, {noted.id})
        assert known_among(many, found) == [noted]


def test_by_the_seconds_alone_where_what_is_written_was_taken_out(many, tmp_path):
    """Another table with half of the rows, sorted by place, and two columns."""
    path, bare = tmp_path / "out.xlsx", tmp_path / "bare.csv"
    noted = export(many, Wanted("visit"), path)
    names, *rows = rows_of(path)
    at, what = names.index("Recorded"), names.index("People met")
    lines = sorted(f"{row[what]}\t{row[at]:%Y-%m-%d %H:%M:%S}" for row in rows[::2])
    bare.write_text("\n".join(lines), encoding="utf-8")

    found = marks_of_file(bare)

    assert found.written == frozenset()
    assert known_among(many, found) == [noted]


def test_what_the_marks_do_not_survive_is_not_found_rather_than_found_wrongly(many, tmp_path):
    """A file saved as a spreadsheet shows it: moments to the minute, without the last column."""
    path, shown = tmp_path / "out.xlsx", tmp_path / "shown.csv"
    export(many, Wanted("visit"), path)
    names, *rows = rows_of(path)
    at = names.index("Recorded")
    shown.write_text("\n".join(f"{row[at]:%d.%m.%Y %H:%M}" for row in rows), encoding="utf-8")

    found = marks_of_file(shown)

    assert found.written | found.seconds == frozenset()


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_none_is_said_in_words(desk, tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    with pytest.raises(UserError, match="cannot be read"):
        marks_of_file(path)


def test_many_exports_are_told_some_at_a_time(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_AN_HOUR", AT_ONCE + 6)
    for number in range(AT_ONCE + 5):
        export(desk, Wanted("visit"), tmp_path / f"{number}.csv")

    with desk.store() as session:
        assert len(for_server(session)) == AT_ONCE
    assert len(exports(desk)) == AT_ONCE + 5
