"""What was seen of a project: by its inspections, their defects, and all photos."""

from datetime import date

import pytest

from desktop.actions import attachments, records
from desktop.actions.project_look import look_at, next_day
from sync.local_day import local_day
from tests.examples import INSPECTION, PROJECT, keep
from tests.photos import picture


@pytest.fixture
def project(desk):
    return keep(desk, "project", *PROJECT)


def inspect(desk, project, day, *defects):
    values = {**INSPECTION[0], "project": str(project), "inspected_on": day}
    return keep(desk, "inspection", values, [("defect", one) for one in defects])


def defect(text, severity, state="open", due="2026-10-02"):
    return {"text": text, "severity": severity, "due_on": due, "state": state}


def test_open_defects_are_told_the_gravest_first_and_those_that_are_mended_are_not(desk, project):
    first = inspect(
        desk,
        project,
        "2026-05-04",
        defect("ауыр емес", "minor"),
        defect("жойылған", "dangerous", "mended"),
    )
    inspect(
        desk,
        project,
        "2026-09-18",
        defect("кейін", "dangerous", due="2026-11-02"),
        defect("дау", "dangerous", "disputed"),
    )
    keep(desk, "inspection", INSPECTION[0], INSPECTION[1])  # of no project

    look = look_at(desk, project)

    assert [row["text"] for row in look.defects] == ["дау", "кейін", "ауыр емес"]
    assert look.defects[-1]["parent"] == first
    assert (look.inspections, look.last) == (2, date(2026, 9, 18))


def test_before_is_the_first_day_that_a_photo_shows_and_now_the_last(desk, project):
    inspect(desk, project, "2026-05-04")
    may, september = (inspect(desk, project, day) for day in ("2026-05-05", "2026-09-18"))
    for record, seed in ((september, 1), (may, 2), (may, 3)):
        attachments.attach(desk, record, picture(seed), f"{seed}")

    assert [(one.caption, one.day) for one in look_at(desk, project).photos] == [
        ("2", date(2026, 5, 5)),
        ("1", date(2026, 9, 18)),
    ]

    own = attachments.attach(desk, project, picture(4), "4")[0]
    assert [one.caption for one in look_at(desk, project).photos] == ["2", "4"]
    assert look_at(desk, project).photos[1].day == local_day(own.at)


def test_a_paper_is_no_photo_and_one_photo_stands_alone(desk, project):
    attachments.attach(desk, project, b"%PDF-1.7 contract", "Шарт")
    assert look_at(desk, project).photos == ()

    attachments.attach(desk, project, picture(1), "1")
    assert [one.caption for one in look_at(desk, project).photos] == ["1"]


def test_a_removed_inspection_is_no_more(desk, project):
    seen = inspect(desk, project, "2026-09-18", defect("бар", "minor"))
    records.remove(desk, "inspection", seen)

    assert look_at(desk, project).last is None
    assert look_at(desk, project).defects == ()


@pytest.mark.parametrize(
    ("said", "next"),
    [
        ({}, None),
        ({"ends_on": 1}, ("ends_on", 1)),
        ({"ends_on": 1, "warranty_until": 9}, ("ends_on", 1)),
        ({"ends_on": 1, "warranty_until": 9, "state": "accepted"}, ("warranty_until", 9)),
        ({"ends_on": 1, "warranty_until": 9, "accepted_on": 2}, ("warranty_until", 9)),
        ({"ends_on": 1, "state": "accepted"}, None),
        ({"warranty_until": 9, "state": "closed"}, None),
    ],
)
def test_the_end_of_the_work_is_next_until_it_is_accepted_then_that_of_the_warranty(said, next):
    days = {
        name: date(2026, 1, one) if isinstance(one, int) else one for name, one in said.items()
    }

    assert next_day(days) == (next and (next[0], date(2026, 1, next[1])))
