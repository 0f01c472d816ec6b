"""What stands on an applicant's slip: the number, what happens next, and nothing of the matter."""

import pytest

from desktop.actions import records, slip
from desktop.actions.slip import ROOM, make_slip, qr_code
from sync.errors import UserError
from sync.records.issue import Issue
from tests.ui.desks import record, seen_by

NAME, PHONE, WORDS = "Гүлсім Ахметова", "+77011234567", "Көшеде жарық жоқ, бала жылайды"
ISSUE = {"essence": WORDS, "village": "615647100", "category": "housing"} | {
    "received_on": "2026-11-23", "applicant": NAME, "phone": PHONE, "consent_way": "signed",
}  # fmt: skip
VISIT = {"essence": WORDS, "village": "615647100", "category": "housing"} | {
    "received_on": "2026-11-23", "received_at": "10:30", "received_by": "Болат Жүніс",
    "applicant": NAME, "phone": PHONE, "iin": "850101300019", "consent_way": "signed",
}  # fmt: skip


def slip_of(desk, kind, values, language="en"):
    return make_slip(desk, records.show(desk, record(desk, kind, values)), language)


def numbered(desk, values, number="6156-2026-00042"):
    id = record(desk, "issue", values)
    with desk.store.begin() as session:
        session.get(Issue, id).number = number
    return records.show(desk, id)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(("kind", "values"), [("issue", ISSUE), ("reception", VISIT)])
def test_nothing_on_a_slip_tells_whose_it_is_or_about_what(desk, kind, values, language):
    told = repr(slip_of(desk, kind, values, language))

    for secret in (NAME, "Гүлсім", PHONE, "701123", "850101", WORDS, "жарық", "Қызылкөл"):
        assert secret not in told


def test_the_number_is_coded_and_until_it_comes_the_tag_with_words_about_it(desk):
    row = numbered(desk, ISSUE)
    with_number, without = make_slip(desk, row, "en"), slip_of(desk, "issue", ISSUE)

    assert (with_number.number, with_number.note) == ("6156-2026-00042", "")
    assert with_number.code == qr_code("6156-2026-00042")
    assert without.number.startswith("~")
    assert "next exchange" in without.note
    assert without.code == qr_code(without.number)


def test_a_slip_says_when_who_and_where_it_was_received(desk):
    said = slip_of(desk, "reception", VISIT)

    assert said.office == ["Turkistan Region", "Sozak District", "Operative group"]
    assert said.facts == [("Received on", "23.11.2026 10:30"), ("Received by", "Болат Жүніс")]
    assert slip_of(desk, "issue", ISSUE).facts[1] == ("Received by", desk.person.name)


def test_what_happens_next_follows_the_two_clocks(desk):
    handed = {"handed_to": "Созақ ауданының әкімдігі", "handed_on": "2026-11-30",
              "incoming_number": "17-05/331", "state": "handed_over", "due_on": "2026-12-25"}  # fmt: skip

    assert slip_of(desk, "issue", ISSUE | handed).following == [
        "Handed over on 30.11.2026: Созақ ауданының әкімдігі. Their number: 17-05/331.",
        "Their answer is due by 22.12.2026.",
        "The group tells you the outcome by 25.12.2026.",
    ]
    assert slip_of(desk, "issue", ISSUE).following == [
        "The group has set no term yet. Ask by the number."
    ]
    visit = VISIT | {"due_on": "2026-12-10"}
    assert slip_of(desk, "reception", visit).following[0].endswith("by 10.12.2026.")
    visit |= {"prolonged_to": "2026-12-20"}
    assert slip_of(desk, "reception", visit).following[0].endswith("by 20.12.2026.")
    assert slip_of(desk, "reception", visit | {"state": "closed"}).following == [
        "It is closed. Ask by the number what the answer was."
    ]


def test_whoever_has_a_part_of_it_is_told_by_name(desk):
    id = record(desk, "issue", ISSUE | {"handed_to": "Әкімдік", "handed_on": "2026-11-30"})
    step = {"type": "forwarded", "done_on": "2026-12-02", "body": "Су басқармасы", "part": True}
    records.save(desk, "step", step, parent=id)

    following = make_slip(desk, records.show(desk, id), "en").following

    assert "Their answer is due by 22.12.2026." in following
    assert any(one.endswith(": Су басқармасы.") for one in following)


def test_long_names_are_cut_to_what_a_small_sheet_has_room_for(desk):
    long = {"handed_to": "Ә" * 2000, "handed_on": "2026-11-30", "incoming_number": "1\n" * 500}

    told = slip_of(desk, "issue", ISSUE | long)

    assert all(len(one) < 2 * ROOM + 60 and "\n" not in one for one in told.following)


def test_the_phone_of_the_reception_is_said_where_the_region_has_one(desk):
    plain = slip_of(desk, "issue", ISSUE)
    desk.pack.phones[desk.person.district] = "+7 725 46 2-11-22"
    try:
        assert slip_of(desk, "issue", ISSUE).keep == f"{plain.keep[:-1]}. Phone: +7 725 46 2-11-22"
    finally:
        desk.pack.phones.clear()


def test_kinds_without_numbers_have_no_slip_and_it_is_a_pdf(desk, tmp_path):
    visit, issue = record(desk, "visit", {"village": "615647100"}), record(desk, "issue", ISSUE)

    with pytest.raises(UserError, match="Slips are for issues"):
        slip.save_slip(desk, visit, "en", tmp_path / "a.pdf", repr)
    with pytest.raises(UserError, match=r"ends in \.pdf"):
        slip.save_slip(desk, issue, "en", tmp_path / "a.docx", repr)
    assert [*tmp_path.glob("a.*")] == []


def test_a_slip_is_given_by_whoever_has_the_record(desk, tmp_path):
    leader = seen_by(desk, "leader")
    id = record(desk, "issue", ISSUE)

    said = slip.save_slip(leader, id, "kk", tmp_path / "a.pdf", lambda one: one.title.encode())

    assert (tmp_path / "a.pdf").read_text(encoding="utf-8") == said.title == "Өтініш талоны"


def test_a_file_is_named_by_the_number_or_the_tag(desk):
    row = numbered(desk, ISSUE)

    assert slip.file_name(row) == "6156-2026-00042.pdf"
    assert slip.file_name(row | {"number": None}) == f"{row['id'].hex[-5:].upper()}.pdf"
