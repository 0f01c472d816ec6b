"""Filled-in forms leave as a table: a column for each question, people's only where asked for."""

import csv
from io import StringIO

import pytest
from openpyxl import load_workbook

from desktop.actions import records
from desktop.actions.exporting import Wanted, export
from desktop.exports import answer_columns
from sync.errors import Refused
from tests.filled_forms import HOUSE, NAME, PEOPLE, fill_in, publish
from tests.ui.desks import seen_by

KIND = "filled_form"


def table(desk, folder, **more):
    """The rows of a CSV as {heading: cell}."""
    path = folder / "forms.csv"
    path.unlink(missing_ok=True)
    export(desk, Wanted(KIND, **more), path)
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))


def test_answers_stand_in_words_under_their_questions(desk, tmp_path):
    fill_in(desk)

    [row] = table(desk, tmp_path)

    assert row["Condition of the dwelling"] == "Unsafe"
    assert row["What the problem is"] == "Көпір құлап тұр"
    assert "Full name" not in row
    assert NAME not in str(row)


def test_what_tells_of_people_leaves_where_it_is_said_what_for(desk, tmp_path):
    fill_in(desk)

    [row] = table(desk, tmp_path, personal=True, purpose="check")

    assert row["Full name"] == NAME
    assert row["Age"] == "41; 7"  # of all members of the family
    assert not [cell for cell in row.values() if cell and cell.startswith("{")]


def test_versions_of_a_form_share_their_columns_and_other_forms_have_their_own(desk, tmp_path):
    fill_in(desk)
    fill_in(desk, HOUSE | {"/data/home/condition": "good"})
    [first, second] = table(desk, tmp_path)
    assert {first["Condition of the dwelling"], second["Condition of the dwelling"]} == {
        "Unsafe",
        "Good",
    }

    other = publish(desk, "reception", "named", "Қабылдау")
    fill_in(desk, {"/data/consent": "OK", "/data/waited": "15_30"}, other)
    rows = table(desk, tmp_path, personal=True, purpose="check")

    assert {row["Үй аралау: Condition of the dwelling"] for row in rows} == {"", "Good", "Unsafe"}
    waited = {row["Қабылдау: How long did you wait for your turn?"] for row in rows}
    assert waited == {"", "15 to 30 minutes"}


def test_words_that_are_on_the_server_alone_are_told_so(desk, tmp_path):
    id = fill_in(desk)
    with desk.store.begin() as session:
        row = session.get(records.KINDS[KIND], id)
        row.bare, row.answers, row.personal = True, None, None

    [row] = table(desk, tmp_path)

    assert row["Condition of the dwelling"] == "(on the server)"


def test_a_form_that_has_not_come_has_no_columns(desk, tmp_path):
    fill_in(desk)
    with desk.store.begin() as session:
        session.execute(records.KINDS["form"].__table__.delete())

    [row] = table(desk, tmp_path)

    assert row["What was filled in"] == "Үй аралау"
    assert "Condition of the dwelling" not in row


def test_excel_has_the_same_columns(desk, tmp_path):
    fill_in(desk, HOUSE | PEOPLE)
    export(seen_by(desk, "leader"), Wanted(KIND), tmp_path / "forms.xlsx")

    sheet = load_workbook(tmp_path / "forms.xlsx").worksheets[-1]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Condition of the dwelling" in cell for cell in cells)


def test_where_peoples_data_may_not_be_read_their_cells_are_empty(desk, tmp_path, monkeypatch):
    fill_in(desk)
    monkeypatch.setattr(answer_columns, "may", lambda *_: False)

    [row] = table(desk, tmp_path, personal=True, purpose="check")

    assert (row["Full name"], row["Age"]) == ("", "")
    assert row["Condition of the dwelling"] == "Unsafe"


@pytest.mark.parametrize("role", ["analyst", "officer"])
def test_who_reads_no_records_gets_no_table(desk, tmp_path, role):
    fill_in(desk)

    with pytest.raises(Refused):
        export(seen_by(desk, role), Wanted(KIND), tmp_path / "forms.csv")
