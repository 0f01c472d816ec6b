"""A paper leaves like every export: by right, with a purpose, noted before its file is there."""

from datetime import date

import pytest

from desktop.actions import papers
from desktop.actions.exporting import exports, kind_words
from desktop.actions.leaving import PRINTER
from desktop.actions.paper_kinds import has_paper
from desktop.actions.papers import Asked, look, look_register, paper, personal_in, register
from desktop.exports import limits
from desktop.exports.marks import NOT_YET
from desktop.exports.whose import marks_of_file
from desktop.papers import drawing
from sync.errors import Refused, UserError
from tests.documents import pages_of, words_of
from tests.papers import DAY, VISITOR, meeting
from tests.profiles import ISSUE
from tests.ui.desks import record, seen_by

RUSSIAN = Asked("ru")
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


def undrawn(_pages):
    raise AssertionError("no PDF was asked for")


def test_a_paper_is_written_in_its_own_language_noted_and_known_again(desk, tmp_path):
    path = tmp_path / "a.docx"

    noted = paper(desk, meeting(desk), RUSSIAN, path, undrawn)

    assert "ПРОТОКОЛ № ______" in words_of(path)
    assert exports(desk) == [noted]
    assert (noted.kind, noted.format, noted.rows, noted.personal) == ("meeting", "docx", 1, False)
    assert kind_words(noted) == "Meeting"
    assert marks_of_file(path).written == {noted.id}


def test_a_pdf_is_what_was_drawn(desk, tmp_path):
    paper(desk, meeting(desk), RUSSIAN, tmp_path / "a.pdf", lambda pages: pages.title.encode())

    assert (tmp_path / "a.pdf").read_text() == "Протокол"


def test_a_command_has_the_pdf_drawn_by_another_process(desk, tmp_path):
    paper(desk, meeting(desk), RUSSIAN, tmp_path / "a.pdf", drawing.draw_apart)

    [page] = pages_of((tmp_path / "a.pdf").read_bytes())
    assert "ПРОТОКОЛ № ______" in page
    assert "Г. Һ. Ысқақова" in page


@pytest.mark.parametrize("command", [["/nowhere/dala"], ["false"]])
def test_where_that_process_fails_it_is_said_and_nothing_is_there(
    desk, tmp_path, monkeypatch, command
):
    monkeypatch.setattr(drawing, "command", lambda: command)

    with pytest.raises(UserError, match=r"ends in \.docx"):
        paper(desk, meeting(desk), RUSSIAN, tmp_path / "a.pdf", drawing.draw_apart)

    assert not (tmp_path / "a.pdf").exists()
    assert exports(desk) == []


def test_people_s_data_need_a_purpose_that_is_noted(desk, tmp_path):
    id = meeting(desk)
    with pytest.raises(UserError, match="what the personal data"):
        paper(desk, id, Asked("ru", personal=True), tmp_path / "a.docx", undrawn)
    assert exports(desk) == []

    noted = paper(desk, id, Asked("ru", True, "answer"), tmp_path / "a.docx", undrawn)

    assert (noted.personal, noted.purpose) == (True, "answer")
    assert any("Қуаныш Серікұлы" in line for line in words_of(tmp_path / "a.docx"))


def test_no_more_people_s_data_are_looked_at_than_may_leave(desk, tmp_path, monkeypatch):
    """Else a preview would show what an export refuses, and nobody would know of it."""
    for _ in range(3):
        record(desk, "reception", VISITOR)
    monkeypatch.setitem(limits.MOST_ROWS, False, 2)
    asked = Asked("ru", True, "answer")

    for_all = *NOVEMBER, asked
    with pytest.raises(Refused, match="No more than 2"):
        register(desk, *for_all, tmp_path / "a.docx", undrawn)
    with pytest.raises(Refused, match="No more than 2"):
        look_register(desk, *for_all)

    assert look_register(desk, *NOVEMBER, RUSSIAN)
    assert exports(desk) == []


def test_what_people_s_data_a_paper_may_have_says_its_kind_with_its_parts(desk):
    assert [one.name for one in personal_in(desk, "meeting")] == ["asked_by"]
    assert {"applicant", "iin"} <= {one.name for one in personal_in(desk, "reception")}
    assert "consent_way" not in {one.name for one in personal_in(desk, "reception")}
    assert personal_in(seen_by(desk, "analyst"), "reception") == ()


def test_papers_of_single_records_count_by_the_hour_and_not_as_files_of_the_day(
    desk, tmp_path, monkeypatch
):
    id = record(desk, "reception", VISITOR)
    record(desk, "reception", VISITOR)
    for at in range(11):
        paper(desk, id, Asked("ru", True, "answer"), tmp_path / f"{at}.docx", undrawn)
    register(desk, *NOVEMBER, Asked("ru", True, "answer"), tmp_path / "r.docx", undrawn)

    monkeypatch.setattr(papers, "exports", lambda _: exports(desk) * 3)
    with pytest.raises(Refused, match="within an hour"):
        paper(desk, id, RUSSIAN, tmp_path / "b.docx", undrawn)


def test_a_register_has_the_visitors_of_its_days_in_their_order(desk, tmp_path):
    for day, essence in (("2026-11-05", "бұрын"), ("2026-11-09", "кейін"), ("2026-12-01", "жоқ")):
        record(desk, "reception", {**VISITOR, "received_on": day, "essence": essence})

    noted = register(desk, *NOVEMBER, RUSSIAN, tmp_path / "a.docx", undrawn)

    whole = "\n".join(words_of(tmp_path / "a.docx"))
    assert whole.index("бұрын") < whole.index("кейін")
    assert "жоқ" not in whole
    assert "Қанат" not in whole
    assert (noted.kind, noted.rows) == ("reception", 2)


def test_who_reads_no_visitors_takes_no_register_out(desk, tmp_path):
    with pytest.raises(Refused):
        register(seen_by(desk, "analyst"), DAY, DAY, RUSSIAN, tmp_path / "a.docx", undrawn)


@pytest.mark.parametrize("name", ["a.xlsx", "a", "none/a.docx"])
def test_what_cannot_be_written_is_refused_in_words(desk, tmp_path, name):
    id = record(desk, "issue", ISSUE)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(UserError):
        paper(desk, id, RUSSIAN, tmp_path / name, undrawn)

    assert sorted(tmp_path.iterdir()) == before
    assert exports(desk) == []


def test_days_the_wrong_way_round_are_refused(desk, tmp_path):
    with pytest.raises(UserError, match="must not be after"):
        register(desk, *reversed(NOVEMBER), RUSSIAN, tmp_path / "a.docx", undrawn)


def test_parts_what_the_region_shares_and_forms_filled_in_have_no_paper(desk, tmp_path):
    assert not any(map(has_paper, ("step", "official", "wave", "filled_form")))
    assert all(map(has_paper, ("meeting", "issue", "inspection", "reception", "project", "visit")))
    [id] = [record(desk, "step", {"type": "note", "done_on": "2026-11-05", "text": "a"},
                   record(desk, "issue", ISSUE))]  # fmt: skip

    with pytest.raises(UserError, match="no paper"):
        paper(desk, id, RUSSIAN, tmp_path / "a.docx", undrawn)


def test_a_file_is_called_by_kind_number_and_day_in_the_language_of_the_paper(desk):
    id = meeting(desk)
    tag = id.hex[-5:].upper()

    assert papers.proposed_name(desk, id, "kk") == f"Хаттама {tag} 05.11.2026"
    assert papers.proposed_name(desk, id, "ru") == f"Протокол {tag} 05.11.2026"
    assert papers.register_name(*NOVEMBER, "ru") == "Журнал приёма 01.11.2026–30.11.2026"


def test_what_is_looked_at_says_the_same_and_leaves_nothing_behind(desk):
    id = meeting(desk)
    looked, left = look(desk, id, RUSSIAN), []
    assert exports(desk) == []

    noted = paper(desk, id, RUSSIAN, PRINTER, lambda pages: left.append(pages) or b"")

    assert looked.blocks == left[0].blocks
    assert (looked.mark, NOT_YET in looked.footer) == (NOT_YET, True)
    assert left[0].mark == noted.id


def test_what_a_printer_gets_is_noted_and_is_no_file(desk, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    noted = paper(desk, meeting(desk), RUSSIAN, PRINTER, lambda _: b"")

    assert exports(desk) == [noted]
    assert noted.format == "print"
    assert list((tmp_path / "here").iterdir()) == []


def test_people_s_data_are_looked_at_for_a_purpose_by_who_may(desk):
    id = meeting(desk)
    with pytest.raises(UserError, match="what the personal data"):
        look(desk, id, Asked("ru", personal=True))

    assert "Қуаныш Серікұлы" in str(look(desk, id, Asked("ru", True, "answer")).blocks)
    assert "Қуаныш Серікұлы" not in str(look(desk, id, RUSSIAN).blocks)


def test_the_register_is_looked_at_by_who_reads_visitors(desk):
    record(desk, "reception", VISITOR)

    assert "Жер кезегі" in str(look_register(desk, *NOVEMBER, RUSSIAN).blocks)
    with pytest.raises(Refused):
        look_register(seen_by(desk, "analyst"), *NOVEMBER, RUSSIAN)
    assert exports(desk) == []
