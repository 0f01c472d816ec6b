from uuid import UUID

import pytest

from desktop.actions import records
from desktop.actions.linked import begun_from, linked_to, linking_kinds
from sync.records import KINDS
from sync.records.base import Part, fields
from tests.examples import EXAMPLES, INSPECTION, keep
from tests.ui.desks import close, make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path)
    yield made
    close(made)


def test_every_link_of_a_whole_record_is_seen_from_the_other_end():
    for kind, record in KINDS.items():
        for field in fields(record):
            if field.link and not (issubclass(record, Part) or record.regional):
                assert (kind, field.name) in linking_kinds(field.link)


def test_a_project_shows_its_inspections_and_its_issues_and_nobody_elses(desk):
    first, second = (keep(desk, "project", *one) for one in EXAMPLES["project"])
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(first)}, [])
    issue = records.save(desk, "issue", {"essence": "Арық жабылмаған", "project": str(first)})

    rows = linked_to(desk, "project", first)

    assert {row["id"] for row in rows} == {seen, issue[0].record}
    assert linked_to(desk, "project", second) == []


def test_what_is_removed_belongs_to_nothing(desk):
    project = keep(desk, "project", *EXAMPLES["project"][0])
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(project)}, [])
    records.save(desk, "inspection", {"removed": True}, seen)

    assert linked_to(desk, "project", project) == []


def test_an_issue_that_a_visitor_brings_knows_all_but_who_they_are(desk):
    visitor = keep(desk, "reception", *EXAMPLES["reception"][0])
    row = records.show(desk, visitor)

    begun = begun_from(row, "issue")

    said = {name: begun[name] for name in ("essence", "category", "appeal", "village")}
    assert said == {name: row[name] for name in said}
    assert begun["reception"] == str(visitor)
    assert begun["received_on"] == "2026-11-24"
    assert not {"applicant", "phone", "consent_way", "state", "number"} & begun.keys()
    issue = records.save(desk, "issue", begun)[0].record
    assert [one["id"] for one in linked_to(desk, "reception", visitor)] == [issue]


def test_an_inspection_begins_with_the_village_of_its_project_not_with_its_progress(desk):
    project = keep(desk, "project", *EXAMPLES["project"][0])

    begun = begun_from(records.show(desk, project), "inspection")

    assert begun == {"project": str(project), "village": EXAMPLES["project"][0][0]["village"]}


@pytest.mark.parametrize(
    ("kind", "values", "parts"),
    [(kind, *one) for kind, examples in EXAMPLES.items() for one in examples],
    ids=[f"{kind}-{n}" for kind, examples in EXAMPLES.items() for n in range(len(examples))],
)
def test_a_lifelike_record_of_each_kind_is_kept_whole(desk, kind, values, parts):
    id = keep(desk, kind, values, parts)

    row = records.show(desk, id)
    assert isinstance(id, UUID)
    assert {name: str(row[name]) for name in values} == {n: str(v) for n, v in values.items()}
    for part, _ in parts:
        assert len(records.parts(desk, part, id)) == sum(one == part for one, _ in parts)
