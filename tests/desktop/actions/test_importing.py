"""A table becomes records: looked through, written in one go, once, and taken back."""

from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.actions import import_undone, importing, records, review
from desktop.actions.at_once import write_all
from desktop.actions.import_wrong import write_wrong
from desktop.actions.importing import Wanted
from desktop.imports.headings import importable_fields, targets
from desktop.imports.kinds import IMPORTABLE
from desktop.imports.templates import write_template
from sync.change import encode
from sync.client import outbox
from sync.client.tables import Pending
from sync.errors import Refused, Stopped, UserError
from sync.language import LANGUAGES, speak
from sync.records import KINDS
from sync.records.base import Part, fields
from tests.desktop.imports.registers import (
    CONSENT,
    HEADS,
    PERSON,
    ROW,
    csv_file,
    in_archive,
    workbook,
)
from tests.profiles import ISSUE
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by


@pytest.fixture
def path(tmp_path):
    return tmp_path / "тізілім.xlsx"


def look(desk, path, kind="issue", **more):
    return importing.check(desk, Wanted(kind, path, **more))


def bring(desk, path, kind="issue", **more):
    return importing.run(desk, look(desk, path, kind, **more))


def counts(found):
    return len(found.new), len(found.there), len(found.alike), len(found.wrong)


def told(found):
    return [(one.row, one.column, str(one.text), one.stops) for one in found.messages(99)]


# what comes


def test_a_register_becomes_drafts_of_this_person(desk, path):
    workbook(path, ["Өтініштер"], HEADS, ROW, ("06.11.2026", "Жарық жоқ", "housing", "с. Созак"))

    noted, changes = bring(desk, path)

    rows = records.list_records(desk, "issue")
    assert {row["essence"] for row in rows} == {"Су жоқ", "Жарық жоқ"}
    for row in rows:
        assert (row["category"], row["village"], row["state"]) == ("housing", VILLAGE, "new")
        assert (row["review"], row["author"], row["district"]) == ("draft", desk.person.id, SOZAQ)
    assert noted.rows == len(changes) == 2
    with desk.store() as session:
        assert outbox.count(session) == 2
        assert {one.record for one in outbox.waiting(session)} == {row["id"] for row in rows}


@pytest.mark.parametrize("kind", [one for one in IMPORTABLE if not issubclass(KINDS[one], Part)])
def test_what_comes_is_what_the_same_values_saved_one_by_one_would_be(desk, path, kind):
    person = seen_by(desk, "coordinator") if KINDS[kind].regional else desk
    values = _sample(desk, kind)
    workbook(path, list(values), [_typed(value) for value in values.values()])

    found = look(person, path, kind)
    assert [one for one in told(found) if one[3]] == []
    _, [change] = importing.run(person, found)
    [saved] = records.save(person, kind, {**_begins(kind), **change.fields})

    assert change.fields == saved.fields
    assert values.items() <= change.fields.items()
    assert (change.district, change.base, change.by) == (saved.district, saved.base, saved.by)


def test_nothing_is_written_while_it_is_looked_through(desk, path):
    workbook(path, HEADS, ROW)

    assert counts(look(desk, path)) == (1, 0, 0, 0)

    assert records.count_records(desk, "issue") == 0
    assert importing.imports(desk) == []


def test_parts_find_their_record_by_its_title(desk, path):
    school = record(desk, "project", {"title": "Мектеп", "village": VILLAGE})
    record(desk, "project", {"title": "Су құбыры", "village": VILLAGE})
    record(desk, "project", {"title": "Су құбыры", "village": VILLAGE})
    rows = (
        ("мектеп", "05.11.2026", "1 500 000 ₸"),
        ("Су құбыры", "05.11.2026", 1),
        ("Жол", "06.11.2026", 1),
    )
    workbook(path, ("Нысан", "Төленген күні", "Сомасы, теңге"), *rows)

    found = look(desk, path, "payment")
    importing.run(desk, found)

    [paid] = records.parts(desk, "payment", school)
    assert (paid["sum"], paid["paid_on"]) == (1_500_000, date(2026, 11, 5))
    assert [row for row, *_ in told(found)] == [3, 4]
    assert [words.split(".")[0] for *_, words, _ in told(found)] == [
        "2 records are called “Су құбыры”",
        "There is no record called “Жол” here",
    ]


# what is wrong


def test_each_wrong_cell_is_told_with_its_place_and_remedy(desk, path):
    wrong = ("31.02.2026", "Су жоқ", "Тұрғын үйі", "615999999")
    workbook(path, HEADS, ROW, wrong, title="Қараша")

    found = look(desk, path)
    noted, _ = importing.run(desk, found)

    assert counts(found) == (1, 0, 0, 1)
    assert noted.rows == 1
    messages = told(found)
    assert [(row, column) for row, column, *_ in messages] == [
        (3, one) for one in (HEADS[0], *HEADS[2:])
    ]
    assert "Write it as 05.11.2026" in messages[0][2]
    assert "Is “Housing” meant?" in messages[1][2]
    assert "list of places" in messages[2][2]
    assert {one.sheet for one in found.messages(9)} == {"Қараша"}


def test_a_village_that_the_list_lacks_comes_as_it_is_written_and_is_told(desk, path):
    workbook(path, HEADS, ROW, ("05.11.2026", "Жол жоқ", ROW[2], "Атлантида"))

    found = look(desk, path)
    importing.run(desk, found)

    assert counts(found) == (2, 0, 0, 0), told(found)
    said = [one for one in told(found) if "Атлантида" in one[2]]
    assert [(row, column, stops) for row, column, _, stops in said] == [(3, HEADS[3], False)]
    assert "comes as it is written" in said[0][2]
    villages = {row["village"] for row in records.list_records(desk, "issue")}
    assert f"free:{SOZAQ}:Атлантида" in villages


def test_what_is_needed_before_sending_is_a_remark_and_keeps_nothing_out(desk, path):
    workbook(path, HEADS, ("", "Су жоқ", "", "Созақ"))

    found = look(desk, path)

    assert counts(found) == (1, 0, 0, 0)
    assert [(column, stops) for _, column, _, stops in told(found)] == [
        ("Санаты", False),
        ("Түскен күні", False),
    ]


def test_rows_that_did_not_come_are_a_table_that_comes_once_mended(desk, path, tmp_path):
    workbook(path, HEADS, ROW, ("31.02.2026", "'=1+1", "housing", "Созақ"))
    in_archive(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"'=1+1", b"=1+1"))
    out = tmp_path / "қате.xlsx"
    write_wrong(desk, look(desk, path), out)

    book = load_workbook(out)
    heads, row = book.worksheets[-1].iter_rows(values_only=True)
    assert heads == (*HEADS, "What is wrong")
    assert "“31.02.2026” is no day" in row[-1]
    cell = book.worksheets[-1]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    book.worksheets[-1]["A2"] = "28.02.2026"
    book.save(out)
    assert counts(look(desk, out)) == (1, 0, 0, 0)


# consent


def test_people_come_with_their_consent_alone(desk, path):
    heads = (*HEADS, *CONSENT)
    workbook(
        path, heads, (*ROW, *PERSON), (*ROW, *PERSON[:2], "", "", ""), (*ROW, *PERSON[:3], "", "")
    )

    found = look(desk, path)
    importing.run(desk, found)

    [row] = records.list_records(desk, "issue")
    assert (row["applicant"], row["phone"]) == ("Қанат Серіков", "+77011234567")
    assert (row["consent_way"], row["consent_text"]) == ("signed", "applicant_1")
    assert row["consent_language"] == "kk"
    where = {(row, column) for row, column, *_ in told(found)}
    assert where == {(3, "Өтініш беруші"), (3, "Телефон"), (4, CONSENT[3]), (4, CONSENT[4])}


def test_without_its_columns_of_people_a_table_comes_without_consent(desk, path):
    workbook(path, (*HEADS, "ФИО"), (*ROW, "Қанат Серіков"))

    assert counts(look(desk, path)) == (0, 0, 0, 1)
    bring(desk, path, mapping={"ФИО": ""})

    [row] = records.list_records(desk, "issue")
    assert row["applicant"] is None


def test_data_of_people_whose_consent_ended_stay_out(desk, path):
    workbook(path, (*HEADS, *CONSENT, "consent_ended"), (*ROW, *PERSON, "29.11.2026"))

    assert counts(look(desk, path)) == (0, 0, 0, 1)


# once


def test_the_same_file_twice_makes_nothing_twice(desk, path):
    workbook(path, HEADS, ROW, ROW, ("06.11.2026", *ROW[1:]))

    first, again = bring(desk, path)[0], look(desk, path)

    assert first.rows == 2
    assert counts(again) == (0, 3, 0, 0)
    assert importing.run(desk, again)[0].rows == 0
    assert len(importing.imports(desk)) == 1


def test_a_row_that_was_corrected_here_meanwhile_does_not_come_again(desk, path):
    workbook(path, HEADS, ROW)
    _, [change] = bring(desk, path)
    records.save(desk, "issue", {"essence": "Басқа", "received_on": "2026-01-01"}, change.record)

    assert counts(look(desk, path)) == (0, 1, 0, 0)


def test_a_record_that_looks_alike_is_told_and_comes_only_if_wanted(desk, path):
    record(desk, "issue", {**ISSUE, "essence": "су  жок"})
    workbook(path, (*HEADS, "Нақты жері"), (*ROW, "Абай 5"))

    assert counts(look(desk, path)) == (0, 0, 1, 0)
    assert counts(look(desk, path, alike=True)) == (1, 0, 0, 0)


def test_rows_that_came_in_meanwhile_do_not_come_twice(desk, path):
    workbook(path, HEADS, ROW)
    first, second = look(desk, path), look(desk, path)
    importing.run(desk, first)

    with pytest.raises(UserError, match="came in meanwhile"):
        importing.run(desk, second)
    assert records.count_records(desk, "issue") == 1


# stopped, and taken back


def test_stopped_in_its_midst_nothing_of_it_is_there(desk, path, monkeypatch):
    monkeypatch.setattr("desktop.actions.at_once.AT_ONCE", 2)
    workbook(path, HEADS, *[(*ROW[:1], f"Су жоқ {n}", *ROW[2:]) for n in range(5)])
    found, seen = look(desk, path), []

    def stop(done, of):
        seen.append((done, of))
        if done == 4:
            raise Stopped

    with pytest.raises(Stopped):
        importing.run(desk, found, stop)

    assert seen == [(0, 5), (2, 5), (4, 5)]
    assert records.count_records(desk, "issue") == 0
    with desk.store() as session:
        assert session.scalar(select(Pending.number).limit(1)) is None
    assert importing.run(desk, found)[0].rows == 5


def test_an_import_is_taken_back_as_one_but_for_what_somebody_worked_at(desk, path):
    workbook(path, HEADS, *[(*ROW[:1], f"Су жоқ {n}", *ROW[2:]) for n in range(4)])
    own = record(desk, "issue", ISSUE)
    noted, changes = bring(desk, path)
    records.save(desk, "issue", {"address": "Абай 5"}, changes[0].record)
    review.decide(desk, changes[1].record, review.Decision.SEND)

    done, gone = import_undone.undo(desk, noted.id)

    assert (done.removed, done.stay) == (2, 2)
    left = {row["id"] for row in records.list_records(desk, "issue")}
    assert left == {own, changes[0].record, changes[1].record}
    assert {one.record for one in gone} == {changes[2].record, changes[3].record}
    assert importing.imports(desk)[0].undone
    assert counts(look(desk, path)) == (2, 2, 0, 0)
    assert bring(desk, path)[0].rows == 2


def test_an_import_that_never_was_is_not_taken_back(desk, path):
    with pytest.raises(UserError, match="no such import"):
        import_undone.undo(desk, record(desk, "issue", ISSUE))


def test_each_row_is_told_to_the_journal(desk, path):
    workbook(path, HEADS, ROW, ("06.11.2026", *ROW[1:]))
    changes = [one.change for one in look(desk, path).new]

    with desk.store() as session:
        write_all(session, changes, lambda *_: None)
        bodies = outbox.just_put(session)

    assert sorted(bodies) == sorted(map(encode, changes))


# who, and which file


def test_who_may_not_record_does_not_import(desk, path):
    workbook(path, HEADS, ROW)

    for kind, role in (
        *(("issue", "analyst"), ("issue", "officer"), ("form", "coordinator")),
        ("official", "activist"),
    ):
        with pytest.raises(Refused):
            look(seen_by(desk, role), path, kind)


def test_a_coordinator_imports_into_the_district_of_the_village(coordinator, path):
    workbook(path, HEADS, ROW, ("06.11.2026", "Жол", "roads", "Ақдала, Ақдала а.о., Арыс қ."))

    _, changes = bring(coordinator, path)

    assert [one.district for one in changes] == [SOZAQ, "611600000"]


def test_a_mapping_that_names_what_is_not_there_is_told(desk, path):
    workbook(path, ("Мәні", "Ескерту"), ("Су жоқ", "x"))

    with pytest.raises(UserError, match=r"no field “sun”.*essence"):
        look(desk, path, mapping={"Ескерту": "sun"})
    with pytest.raises(UserError, match=r"no column “Басқа”.*Ескерту"):
        look(desk, path, mapping={"Басқа": "address"})
    with pytest.raises(UserError, match=r"no sheet “Желтоқсан”.*Лист1"):
        look(desk, path, sheet="Желтоқсан")
    [row] = look(desk, path, mapping={"Ескерту": "address"}).new
    assert row.change.fields["address"] == "x"


def test_a_table_of_unknown_columns_or_without_rows_is_told(desk, path):
    with pytest.raises(UserError, match="None of the columns"):
        look(desk, workbook(path, ("а", "б"), (1, 2)))
    with pytest.raises(UserError, match="There is no table"):
        look(desk, workbook(path, HEADS))
    with pytest.raises(UserError, match="There is no table"):
        look(desk, workbook(path))


def test_the_sheet_with_most_known_columns_is_taken(desk, path):
    workbook(path, ["Есеп"], ["Барлығы", 5], more=[("Қараша", [HEADS, ROW])])

    assert look(desk, path).headed.sheet.title == "Қараша"


def test_csv_comes_as_excel_does(desk, tmp_path):
    path = csv_file(tmp_path / "a.csv", HEADS, ROW, encoding="kz1048")

    assert counts(look(desk, path)) == (1, 0, 0, 0)


# templates


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_table_of_each_kind_is_known_again_in_each_language(desk, path, language):
    speak(language)
    for kind in ("issue", "member", "payment"):
        write_template(desk, kind, path)
        book = load_workbook(path)
        sheet = book.worksheets[0]
        sheet.append(["x"])
        book.save(path)

        headed, titles = importing.read_table(desk, Wanted(kind, path))

        can = [one for one in targets(KINDS[kind]) if one not in ("okrug", "district")]
        assert [head.target for head in headed.heads] == can
        assert not any(head.guessed for head in headed.heads)
        assert len(titles) >= 2


def test_lists_of_the_empty_table_offer_what_is_taken(desk, path):
    write_template(desk, "issue", path)

    book = load_workbook(path)
    rules = {
        str(one.sqref): one.formula1 for one in book.worksheets[0].data_validations.dataValidation
    }
    lists = {
        column[0].value: [cell.value for cell in column[1:] if cell.value]
        for column in book["Lists"].columns
    }
    assert len(rules) == len(lists)
    assert "Housing" in lists["Category"]
    assert any("Созақ" in one for one in lists["Village"])
    assert len(lists["Village"]) == len(desk.pack.places(SOZAQ))


def _begins(kind):
    return {name: value for name, value in KINDS[kind].begins.items() if value is not None}


def _typed(value):
    return ";".join(value) if isinstance(value, list) else value


def _sample(desk, kind):
    """A value for each field that a table may say, but those of a consent."""
    from sync.vocabulary import choices

    by_type = {"float": 1.5, "bool": True, "date": "2026-11-05", "time": "14:30:00"}
    found = {}
    for one in importable_fields(KINDS[kind]):
        if one.private and KINDS[kind].consent_field:
            continue
        if one.okrugs:
            found[one.name] = [desk.pack.okrug_of(VILLAGE)]
        elif one.place:
            found[one.name] = VILLAGE
        elif one.choices:
            found[one.name] = choices(one.choices)[-1].key
        elif one.name == "phone":
            found[one.name] = "+77011234567"
        elif one.type is int:
            found[one.name] = max(7, one.smallest or 0)
        else:
            found[one.name] = by_type.get(one.type.__name__, f"мәтін {one.name}")
    assert found
    assert len(found) >= len([one for one in fields(KINDS[kind]) if one.required])
    return found
