"""Lists and whole profiles leave in open formats: by the same rights, and noted."""

import json
import zipfile

import pytest

from desktop.actions import attachments, records
from desktop.actions.exporting import Wanted, export, exports, kind_words
from desktop.actions.exporting_all import count_all, export_all, schema, with_personal
from desktop.actions.exporting_open import properties
from desktop.actions.listing import Wish
from desktop.exports import limits
from sync.errors import Refused, Stopped, UserError
from sync.records import KINDS
from sync.records.base import fields
from tests.canaries import canary
from tests.profiles import ISSUE
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by

PERSON = {"applicant": "Қанат Серіков", "phone": "+77011234567", "consent_way": "signed"}


@pytest.fixture
def read(desk, tmp_path):
    """Export a list; what another program reads, and what was noted."""

    def exported(kind, ending, **more):
        path = tmp_path / f"out.{ending}"
        noted = export(desk, Wanted(kind, **more), path)
        return path.read_bytes().decode(), noted

    return exported


def test_a_list_as_json_says_fields_by_their_names_and_no_person(desk, read):
    id = record(desk, "issue", {**ISSUE, **PERSON})
    record(desk, "issue", {**ISSUE, "essence": "Жол"})

    text, noted = read("issue", "json", wish=Wish("draft", "су"))

    found = json.loads(text)
    assert (found["export"], found["filter"], noted.rows) == (noted.id, "Draft, “су”", 1)
    [row] = found["records"]
    assert (row["id"], row["village"], row["received_on"]) == (id.hex, VILLAGE, "2026-11-05")
    assert row["village_name"].startswith("Созақ")
    assert "applicant" in found["left_out"]
    assert "Қанат" not in text


def test_personal_data_leave_where_it_is_said_what_for(desk, read):
    record(desk, "issue", {**ISSUE, **PERSON})

    text, noted = read("issue", "json", personal=True, purpose="own_data")

    assert json.loads(text)["records"][0]["applicant"] == "Қанат Серіков"
    assert (noted.personal, noted.format) == (True, "json")
    with pytest.raises(UserError, match="what the personal data"):
        read("issue", "geojson", personal=True)


def test_records_stand_on_the_map_where_their_village_is(desk, read):
    record(desk, "issue", ISSUE)
    record(desk, "issue", {**ISSUE, "village": f"free:{SOZAQ}:Жаңа ауыл"})

    text, _ = read("issue", "geojson")

    village = desk.pack.village(VILLAGE)
    shapes = [one["geometry"] for one in json.loads(text)["features"]]
    assert {"type": "Point", "coordinates": [village.lon, village.lat]} in shapes
    assert None in shapes


def test_meetings_and_terms_stand_in_the_calendar(desk, read):
    meeting = {
        "title": "Су туралы",
        "held_on": "2026-11-05",
        "held_at": "14:30",
        "village": VILLAGE,
    }
    whole = record(desk, "meeting", meeting)
    record(desk, "decision", {"text": "Құбыр", "due_on": "2026-12-01"}, whole)

    text, noted = read("meeting", "ics")

    lines = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART;TZID=Asia/Almaty:20261105T143000" in lines
    assert "SUMMARY:Су туралы" in lines
    assert "DTSTART;VALUE=DATE:20261201" in lines
    assert noted.rows == 1


def test_a_kind_without_places_or_days_has_no_map_and_no_calendar(coordinator, tmp_path):
    for ending in ("geojson", "ics"):
        with pytest.raises(UserError, match=r"\.xlsx, \.csv, \.json"):
            export(coordinator, Wanted("competent_body"), tmp_path / f"a.{ending}")


# a whole profile


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_that_may_be_read_leaves_with_its_schema(desk, tmp_path):
    meeting = record(desk, "meeting", {"title": "Жиын", "village": VILLAGE})
    record(desk, "question", {"text": "Су қашан?", "asked_by": "Қанат"}, meeting)
    record(desk, "issue", {**ISSUE, **PERSON})
    path = tmp_path / "all.zip"

    noted = export_all(desk, path)

    found = parts_of(path)
    [question] = json.loads(found["records/question.json"])["records"]
    assert (question["parent"], question["text"]) == (meeting.hex, "Су қашан?")
    assert json.loads(found["schema.json"])["kinds"].keys() == KINDS.keys()
    assert {name for name in found if name.startswith("records/")} == {
        f"records/{kind}.json" for kind in KINDS
    }
    assert "Қанат".encode() not in b"".join(found.values())
    assert (noted.rows, kind_words(noted), exports(desk)[0]) == (3, "All records", noted)


def test_with_a_purpose_personal_data_and_files_leave_too(desk, tmp_path):
    issue = record(desk, "issue", {**ISSUE, **PERSON})
    paper = tmp_path / "хаттама.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    attachments.attach(desk, issue, paper)
    path = tmp_path / "all.zip"

    export_all(desk, path, "own_data")

    found = parts_of(path)
    assert json.loads(found["records/issue.json"])["records"][0]["applicant"] == "Қанат Серіков"
    assert [content for name, content in found.items() if name.startswith("files/")] == [
        b"%PDF-1.7 x"
    ]


def test_comments_and_names_of_files_which_may_name_anybody_stay_without_a_purpose(desk, tmp_path):
    issue = record(desk, "issue", ISSUE)
    record(desk, "comment", {"about": "", "text": "Қанат келді"}, issue)
    paper = tmp_path / "Қанат.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    attachments.attach(desk, issue, paper, "Қанаттың өтініші")
    path = tmp_path / "all.zip"

    export_all(desk, path)

    found = parts_of(path)
    assert [json.loads(found[f"records/{kind}.json"])["records"][0]["parent"]
            for kind in ("comment", "attachment")] == [issue.hex] * 2  # fmt: skip
    assert "Қанат".encode() not in b"".join(found.values())


def test_every_private_field_stays_without_a_purpose(desk, tmp_path):
    secret = canary(1)
    for kind, record_type in KINDS.items():
        names = [one.name for one in fields(record_type) if one.private and one.type is str]
        names = [
            name
            for name in names
            if not any(f.choices for f in fields(record_type) if f.name == name)
        ]
        with desk.store.begin() as session:
            session.add(_planted(record_type, dict.fromkeys(names, str(secret))))
        assert kind
    path = tmp_path / "all.zip"

    export_all(desk, path)

    assert str(secret).encode() not in b"".join(parts_of(path).values())


def _planted(record_type, values):
    from uuid import uuid4

    from sync.change import now
    from sync.records.base import Part

    more = {"parent": uuid4()} if issubclass(record_type, Part) else {}
    district = "region" if record_type.regional else SOZAQ
    return record_type(
        id=uuid4(), district=district, author="x", created=now(), edited=now(), **more, **values
    )


def test_limits_and_a_stop_leave_no_file(desk, tmp_path, monkeypatch):
    record(desk, "issue", ISSUE)
    path = tmp_path / "all.zip"
    monkeypatch.setattr(limits, "MOST_ROWS", {False: 0, True: 0})
    with pytest.raises(Refused, match="personal data may leave"):
        export_all(desk, path, "own_data")

    def stop(*_):
        raise Stopped

    with pytest.raises(Stopped):
        export_all(desk, path, tell=stop)
    with pytest.raises(UserError, match=r"\.zip"):
        export_all(desk, tmp_path / "all.rar")
    assert list(tmp_path.glob("*.zip*")) == []
    assert exports(desk) == []


def test_what_would_leave_is_counted_before(desk, tmp_path):
    meeting = record(desk, "meeting", {"title": "Жиын", "village": VILLAGE})
    for _ in range(2):
        record(desk, "question", {"text": "Су қашан?"}, meeting)
    records.remove(desk, "issue", record(desk, "issue", ISSUE))

    counted = count_all(desk)

    assert counted == {"meeting": 1, "question": 2}
    assert export_all(desk, tmp_path / "all.zip").rows == 3
    assert with_personal(desk)


def test_who_reads_no_records_takes_none_out(desk, tmp_path):
    record(desk, "issue", ISSUE)
    analyst = seen_by(desk, "analyst")
    assert count_all(analyst) == {}
    assert not with_personal(analyst)

    noted = export_all(seen_by(desk, "analyst"), tmp_path / "all.zip")

    assert noted.rows == 0


def test_the_schema_explains_each_key_that_a_record_may_have():
    told = schema()

    for kind, record_type in KINDS.items():
        for one in fields(record_type):
            said = told["kinds"][kind]["fields"][one.name]
            assert set(said["label"]) == {"kk", "ru", "en"}
            assert not one.choices or told["lists"][one.choices]


def test_parts_of_other_records_stay_out_of_a_calendar(desk, read):
    first = record(desk, "work_plan", {"title": "Жоспар", "starts_on": "2026-11-01"})
    other = record(desk, "work_plan", {"title": "Басқа"})
    record(desk, "measure", {"text": "Дәріс", "due_on": "2026-11-20"}, other)
    records.remove(desk, "work_plan", other)

    text, _ = read("work_plan", "ics")

    assert text.count("BEGIN:VEVENT") == 1
    assert first.hex in text.replace("\r\n ", "")


def test_of_a_record_whose_people_one_may_not_read_no_person_is_told(desk):
    id = record(desk, "issue", {**ISSUE, **PERSON})
    row = records.show(desk, id, "issue")
    shown = fields(KINDS["issue"])

    assert properties(desk, row, shown)["applicant"] == "Қанат Серіков"
    assert not PERSON.keys() & properties(seen_by(desk, "analyst"), row, shown).keys()
