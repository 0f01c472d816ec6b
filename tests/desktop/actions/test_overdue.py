"""All that is late: by kinds, places and bodies, and as files."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from desktop.actions import terms
from desktop.actions.exporting import exports, kind_words
from desktop.actions.leaving import PRINTER
from desktop.actions.overdue import Choice, overdue
from desktop.actions.overdue_files import choice_words, export, look
from desktop.exports.marks import NOT_YET
from desktop.exports.pages import Grid
from sync.errors import Refused, UserError
from tests.ui.desks import VILLAGE, record, seen_by

TODAY = date(2026, 11, 24)
OTHER = "615634100"


@pytest.fixture
def issue(desk):
    return lambda **values: record(desk, "issue", {"essence": "Су жоқ", **values})


@pytest.fixture
def handed(issue):
    """Received by the akimat on 2 November 2026: the answer is due on the 23rd."""
    return lambda **values: issue(handed_to="Әкімдік", handed_on="2026-11-02", **values)


@pytest.fixture
def every(desk, issue, handed):
    """One of each that is late, by its kind; and of each one that is not."""
    meeting = record(desk, "meeting", {"title": "Жиын", "village": VILLAGE})
    plan = record(desk, "work_plan", {"title": "Жоспар"})
    inspection = record(desk, "inspection", {})
    late, done = {"due_on": "2026-11-20"}, {"due_on": "2026-11-20", "state": "done"}
    for values in (done, {"due_on": "2026-11-25"}):
        record(desk, "decision", {"text": "Жол", **values}, meeting)
    record(desk, "reception", {"due_on": "2026-11-10", "prolonged_to": "2026-11-24"})
    record(desk, "reception", {"due_on": "2026-11-10", "state": "closed"})
    return {
        "issue": handed(village=VILLAGE),
        "decision": record(
            desk, "decision", {"text": "Су", "responsible": "Әкімдік", **late}, meeting
        ),
        "measure": record(desk, "measure", {"text": "Оқу", "responsible": "Бөлім", **late}, plan),
        "defect": record(desk, "defect", {"text": "Жарық", **late}, inspection),
        "reception": record(desk, "reception", {"due_on": "2026-11-13", "village": OTHER}),
    }


def ids(late):
    return {one.row["kind"]: one.row["id"] for one in late.first}


def test_what_is_late_for_longest_comes_first_and_each_level_is_counted(
    coordinator, issue, handed
):
    first, second, third = issue(due_on="2026-11-10"), issue(due_on="2026-11-20"), handed()
    issue(due_on="2026-11-24")
    issue(due_on="2026-11-01", state="closed")

    late = overdue(coordinator, TODAY)
    assert [(one.row["id"], one.late, one.clock) for one in late.first] == [
        (first, 14, terms.OWN),
        (second, 4, terms.OWN),
        (third, 1, terms.ANSWER),
    ]
    assert late.counts == {1: 3, 7: 1, 30: 0}
    four = overdue(coordinator, TODAY, Choice(days=4))
    assert ([one.row["id"] for one in four.first], four.count) == ([first, second], 2)
    assert four.counts == late.counts
    assert len(overdue(coordinator, TODAY, most=1).first) == 1
    assert overdue(coordinator, TODAY, most=1).count == 3


def test_every_kind_that_has_a_term_is_listed_while_it_is_open(coordinator, every):
    late = overdue(coordinator, TODAY)

    assert ids(late) == every
    assert late.first[0].row["kind"] == "reception"
    assert {one.row["kind"]: one.body for one in late.first} == {
        "issue": "Әкімдік",
        "decision": "Әкімдік",
        "measure": "Бөлім",
        "defect": "",
        "reception": "",
    }
    assert {one.row["kind"]: one.late for one in late.first}["reception"] == 11


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(kind="measure"), {"measure"}),
        (Choice(village=VILLAGE), {"issue"}),
        (Choice(body="Әкімдік"), {"issue", "decision"}),
        (Choice(days=7), {"reception"}),
        (Choice(days=2, body="Әкімдік"), {"decision"}),
        (Choice(district="615600000"), {"issue", "decision", "measure", "defect", "reception"}),
        (Choice(district="612000000"), set()),
    ],
)
def test_what_is_chosen_is_left(coordinator, every, choice, left):
    late = overdue(coordinator, TODAY, choice)

    assert ids(late).keys() == left
    assert late.count == len(left)


def test_each_choice_says_how_many_it_would_leave_whatever_else_is_chosen(coordinator, every):
    late = overdue(coordinator, TODAY, Choice(kind="decision", body="Әкімдік"))

    assert late.kinds == {"issue": 1, "decision": 1}
    assert late.bodies == {"Әкімдік": 1}
    assert late.villages == {}
    assert late.districts == {"615600000": 1}
    assert late.counts == {1: 1, 7: 0, 30: 0}


@pytest.mark.parametrize("role", ["activist", "analyst", "officer"])
def test_what_is_late_is_listed_and_leaves_for_those_who_decide(desk, role, tmp_path):
    other = seen_by(desk, role)
    with pytest.raises(Refused):
        overdue(other, TODAY)
    with pytest.raises(Refused):
        export(other, TODAY, Choice(), tmp_path / "a.csv", draw)
    assert not list(tmp_path.glob("*.csv"))


def draw(pages):
    """In place of a PDF: what stands in its first table."""
    [table, *_] = [block for block in pages.blocks if isinstance(block, Grid)]
    return "\n".join(" | ".join(row) for row in table.rows).encode()


def test_the_list_leaves_as_it_is_chosen_and_is_noted(coordinator, every, tmp_path):
    noted = export(coordinator, TODAY, Choice(body="Әкімдік"), tmp_path / "late.csv", draw)

    text = (tmp_path / "late.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["Kind", "Decision", "Issue"]
    assert rows[1][2:] == ["Су", "Sozak District", "", "Әкімдік", "2026-11-20", "4"]
    assert (noted.rows, noted.personal, kind_words(noted)) == (2, False, "What is late")
    assert exports(coordinator)[0] == noted


def test_a_workbook_says_on_its_cover_what_was_chosen(coordinator, every, tmp_path):
    noted = export(coordinator, TODAY, Choice(7, "reception"), tmp_path / "late.xlsx", draw)

    cover, sheet = load_workbook(tmp_path / "late.xlsx").worksheets
    said = {row[0].value: row[1].value for row in cover.iter_rows()}
    assert said["Filter"] == "7 days or more · Visit to the reception"
    assert said["As of"] == "24.11.2026"
    assert said["Export"] == noted.id
    assert sheet.max_row == 2


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_list_becomes_a_paper(coordinator, every, tmp_path, ending):
    path = tmp_path / f"late.{ending}"
    export(coordinator, TODAY, Choice(kind="measure"), path, draw)

    if ending == "pdf":
        assert path.read_text() == "Measure |  | Оқу | Sozak District |  | Бөлім | 20.11.2026 | 4"
    assert path.stat().st_size > 20


def test_a_file_of_another_kind_is_refused_and_nothing_is_written(coordinator, tmp_path):
    with pytest.raises(UserError, match=r"\.pdf"):
        export(coordinator, TODAY, Choice(), tmp_path / "late.ods", draw)
    assert exports(coordinator) == []


def test_a_choice_is_told_in_words(coordinator):
    assert choice_words(coordinator, Choice()) == "All that is late"
    told = choice_words(coordinator, Choice(7, "issue", "615600000", VILLAGE, "Әкімдік"))
    assert told.startswith("7 days or more · Issue · Sozak District · ")
    assert told.endswith(" · Әкімдік")


def test_the_paper_is_looked_at_without_a_note_and_printed_with_one(coordinator, every):
    choice, printed = Choice(kind="measure"), []
    looked = look(coordinator, TODAY, choice)
    assert exports(coordinator) == []

    noted = export(coordinator, TODAY, choice, PRINTER, lambda pages: printed.append(pages) or b"")

    assert draw(looked) == draw(printed[0])
    assert (looked.mark, printed[0].mark, noted.format) == (NOT_YET, noted.id, "print")
