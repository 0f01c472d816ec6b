"""Each paper has its requisites, in its own language, and no more of people than was asked for."""

from datetime import date
from io import BytesIO

import pytest

from desktop.actions import attachments, records, review
from desktop.actions.standing import find
from desktop.exports.pages import LINE, shares
from desktop.exports.word_pages import write_docx
from desktop.papers import card, inspection_report, minutes, reception_register
from desktop.papers.source import read_source, without_private
from desktop.papers.wording import counted, long_day, office, title_of
from sync.errors import Refused, UserError
from tests.documents import words_of
from tests.papers import DAY, VISITOR, inspection, meeting
from tests.profiles import ISSUE
from tests.ui.desks import record, seen_by


def said(pages):
    """The paper as it is read in Word."""
    written = BytesIO()
    write_docx(written, pages)
    return words_of(written)


def paper(desk, id, stamp, lay_out=card.lay_out):
    return said(lay_out(desk, read_source(desk, id, stamp), stamp))


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        (
            "kk",
            ["№ ______ ХАТТАМА", "КҮН ТӘРТІБІ:", "ШЕШІЛДІ:", "2026 жылғы 5 қараша, сағат 15:30"],
        ),
        ("ru", ["ПРОТОКОЛ № ______", "ПОВЕСТКА ДНЯ:", "РЕШИЛИ:", "5 ноября 2026 года, 15:30"]),
        ("en", ["MINUTES No. ______", "AGENDA:", "DECIDED:", "5 November 2026, 15:30"]),
    ],
)
def test_minutes_have_the_requisites_of_their_language(desk, stamp, language, heads):
    whole = paper(desk, meeting(desk), stamp(language), minutes.lay_out)

    title, agenda, decided, day = heads
    assert [whole.index(one) for one in (title, agenda, decided)] == sorted(
        whole.index(one) for one in (title, agenda, decided)
    )
    assert any(line.startswith(f"{day}\t") for line in whole)
    assert "1. Су құбыры" in whole
    row = whole.index("Құбырды аяқтау")
    assert whole[row - 1 : row + 3] == ["1", "Құбырды аяқтау", "Б. Үсенов", "20.12.2026"]
    assert [line for line in whole if "Г. Һ. Ысқақова" in line][-1] == "Г. Һ. Ысқақова"


def test_minutes_name_who_asked_only_where_people_were_asked_for(desk, stamp):
    id = meeting(desk)

    without = paper(desk, id, stamp(), minutes.lay_out)
    named = paper(desk, id, stamp(personal=True), minutes.lay_out)

    assert "1. СЛУШАЛИ: Су қашан келеді?" in without
    assert "1. СЛУШАЛИ: Су қашан келеді? (Қуаныш Серікұлы)" in named
    assert "ВЫСТУПИЛИ: Б. Үсенов — Желтоқсанда (Ответ обещан)" in without


def test_minutes_of_an_empty_meeting_leave_room_to_write_and_say_that_nothing_was_decided(
    desk, stamp
):
    id = record(desk, "meeting", {"title": "Жиналыс"})

    whole = paper(desk, id, stamp(), minutes.lay_out)

    assert "Решений не принято." in whole
    assert any(line.startswith("Председатель: ____") for line in whole)


def test_an_inspection_report_tells_the_object_the_defects_and_who_signs(desk, stamp):
    whole = paper(desk, inspection(desk), stamp(), inspection_report.lay_out)

    assert whole[whole.index("Подрядчик") + 1] == "«Жол-Құрылыс» ЖШС"
    assert whole[whole.index("Сумма договора, тенге") + 1] == "148 600 000 ₸".replace(" ", "\xa0")
    row = whole.index("Арық қазылмаған")
    assert whole[row + 2] == "10.12.2026"
    assert "Жиек тас" in whole
    assert "Файлы: Смета" in whole
    signing = whole[whole.index("Подписи") :]
    assert "А. Бейсенова, жедел топ" in signing
    assert "Е. Үсіпов, прораб" in signing


def test_a_photo_that_is_not_on_the_laptop_is_said_to_be_missing(desk, stamp):
    id = inspection(desk)
    for row in attachments.attachments(desk, id):
        for sha256 in filter(None, (row["sha256"], row["thumbnail"])):
            desk.photos.drop(sha256)

    whole = paper(desk, id, stamp(), inspection_report.lay_out)

    assert "[Этого фото нет на ноутбуке] Жиек тас" in whole


def test_what_is_no_picture_of_the_program_s_own_is_not_put_into_a_paper(desk, stamp, monkeypatch):
    id = inspection(desk)
    monkeypatch.setattr(attachments, "picture", lambda *_: b"GIF89a")

    [photo] = read_source(desk, id, stamp()).photos

    assert photo.content == b""


def test_an_issue_has_a_card_as_its_form_has_it_with_its_steps_and_terms(desk, stamp):
    id = record(desk, "issue", {**ISSUE, "handed_to": "Әкімдік", "handed_on": "2026-11-06"})
    record(desk, "step", {"type": "call", "done_on": "2026-11-07", "text": "Қоңырау"}, id)

    whole = paper(desk, id, stamp())

    assert whole[whole.index("Суть") + 1] == "Су жоқ"
    assert whole[whole.index("Предпринятые шаги") + 1 :][:2] == ["Что сделано", "Дата"]
    assert "Звонок" in whole
    assert whole[whole.index("Ответ: Әкімдік") + 1] == "27.11.2026"
    assert f"КАРТОЧКА ПРОБЛЕМЫ № ~{id.hex[-5:].upper()}" in whole


def test_a_card_has_people_only_where_they_were_asked_for_and_never_the_proof_of_consent(
    desk, stamp
):
    id = record(desk, "reception", VISITOR)

    without = paper(desk, id, stamp())
    named = paper(desk, id, stamp(personal=True))

    assert not {"Қанат Серіков", "Подписано"} & set(without)
    assert "Қанат Серіков" in named
    assert not {"Согласие", "Подписано"} & set(named)


def test_what_another_role_may_not_read_is_not_in_its_papers(desk, stamp):
    id = record(desk, "reception", VISITOR)

    with pytest.raises(Refused):
        read_source(seen_by(desk, "analyst"), id, stamp())

    found = read_source(seen_by(desk, "coordinator"), id, stamp())
    assert found.row["applicant"] is None


def test_what_is_on_the_server_alone_is_no_paper_with_gaps(desk, stamp):
    id = record(desk, "issue", ISSUE)
    with desk.store.begin() as session:
        find(session, id).bare = True

    with pytest.raises(UserError, match="серверде"):
        read_source(desk, id, stamp())


def test_a_paper_that_is_not_approved_yet_says_so_below_each_page(desk, stamp):
    id = record(desk, "issue", ISSUE)
    assert (
        "Проверка: Черновик" in card.lay_out(desk, read_source(desk, id, stamp()), stamp()).footer
    )

    review.decide(desk, id, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.APPROVE)
    assert "Проверка" not in card.lay_out(desk, read_source(desk, id, stamp()), stamp()).footer


def test_the_register_has_a_line_for_each_visitor_and_adds_them_up(desk, stamp):
    rows = [
        {**records.show(desk, record(desk, "reception", {**VISITOR, **more}))}
        for more in ({"outcome": "refused"}, {"asked_of": "Жер бөлімі", "outgoing_number": "17"})
    ]

    whole = said(
        reception_register.lay_out(
            desk, [without_private(row, personal=False) for row in rows], DAY, DAY, stamp()
        )
    )

    assert "05.11.2026 – 05.11.2026" in whole
    assert "Физическое лицо\nс. Сузак, Сузакский сельский округ" in whole
    assert "Жер бөлімі\n№ 17" in whole
    assert "Всего: 2 посетителя" in whole
    assert "Результата пока нет: 1" in whole
    assert "Составлено без персональных данных." in whole
    assert not any("Қанат" in line for line in whole)


def test_what_was_numbered_by_hand_is_not_numbered_again():
    assert counted(["Су", "Жол"]) == ("1. Су", "2. Жол")
    assert counted(["1) Су", "2) Жол"]) == ("1) Су", "2) Жол")
    assert counted([]) == ()


def test_days_are_spelt_as_offices_write_them():
    assert long_day(date(2026, 3, 1), "kk") == "2026 жылғы 1 наурыз"
    assert long_day(date(2026, 3, 1), "ru") == "1 марта 2026 года"


def test_a_coordinator_s_paper_of_the_region_names_no_district(desk):
    assert len(office(desk, "region", "ru")) == 2
    assert office(desk, desk.person.district, "ru")[1] == "Сузакский район"


def test_a_record_without_words_has_the_name_of_its_kind(desk):
    row = records.show(desk, record(desk, "inspection", {"physical": 3}))

    assert title_of(row, "en") == "Inspection"


def test_a_column_of_a_table_is_as_wide_as_its_longest_word():
    """A heading was broken in its midst where other columns had long texts."""
    long = "Ауылдағы су құбырын жөндеу туралы өтініш"
    heads = ("Вид", *["О чём"] * 7, "Дней просрочки")
    widths = shares(heads, [("Проблема", *[long] * 7, "17")] * 3)

    assert sum(widths) == pytest.approx(1)
    assert widths[-1] * LINE >= len("просрочки") + 2
