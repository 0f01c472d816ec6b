"""What is held about a person: found wherever it lies, told to them, erased where it is about them."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.actions import attachments, drafts, exchange, records
from desktop.actions.holdings import erasable, erase_held, held_about
from desktop.holdings import paper
from desktop.holdings.whom import Named, whom
from desktop.store import Store
from sync.errors import Refused, UserError
from sync.language import speak
from sync.records.issue import Issue
from tests.pages import decrypted
from tests.profiles import ISSUE

NAME, OTHER = "Гүлсім Ахметова", "Болат Сейітов"
CONSENT = {"consent_way": "signed", "consent_on": "2026-11-05"}
HERS = ISSUE | {"applicant": NAME, "phone": "8 701 123 45 67"} | CONSENT
NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


def picture():
    made = BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(made, "PNG")
    return made.getvalue()


def saved(desk, kind, values, parent=None):
    [change] = records.save(desk, kind, values, parent=parent)
    return change.record


def ids(found):
    return {one.id for one in found.holdings}


@pytest.mark.parametrize(
    "typed",
    ["Гүлсім Ахметова", "ахметова гүлсім", "Гулсим", "ГYЛCIM", "+7 701 123-45-67", "87011234567"],
)
def test_a_person_is_found_as_people_write_them(lea, typed):
    hers, his = (
        saved(lea, "issue", HERS),
        saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER}),
    )

    found = held_about(lea, typed)

    assert ids(found) == {hers}
    assert his not in ids(found)


def test_too_little_to_search_by_is_told_in_words(lea):
    for typed in ("", "  ", "Ая", "\0"):
        with pytest.raises(UserError, match="name, or the whole phone"):
            held_about(lea, typed)


def test_texts_parts_photos_drafts_and_what_waits_are_looked_through(lea):
    in_text = saved(lea, "issue", ISSUE | {"essence": f"Сусыз отыр: {NAME}"})
    in_part = saved(lea, "issue", ISSUE)
    saved(lea, "comment", {"about": "essence", "text": f"{NAME}мен сөйлестім"}, in_part)
    by_photo = saved(lea, "issue", ISSUE)
    attachments.attach(lea, by_photo, picture(), f"{NAME}.png")
    drafts.keep(lea, "issue:new", {"values": {"essence": f"{NAME} тағы"}})
    no_more = saved(lea, "issue", HERS)
    exchange.exchange(lea)  # sent edits are kept for a month
    records.save(lea, "issue", {"applicant": OTHER}, no_more)
    removed = saved(lea, "visit", {"village": "615647100", "visited_on": "2026-11-05",
                                   "topic": "survey", "people": 4, "outcome": NAME})  # fmt: skip
    records.remove(lea, "visit", removed)

    found = held_about(lea, NAME)

    assert ids(found) == {in_text, in_part, by_photo, no_more, removed}
    assert [one.removed for one in found.holdings if one.id == removed] == [True]
    [loose] = found.loose
    assert f"{NAME} тағы" in loose.words


def test_a_record_is_about_who_stands_in_a_private_field_and_else_only_names_them(lea):
    hers = saved(lea, "issue", HERS)
    named = saved(
        lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "essence": f"Жол жоқ\n{NAME} айтты"}
    )

    found = {one.id: one for one in held_about(lea, NAME).holdings}

    assert found[hers].about
    assert found[hers].erasable == (hers,)
    assert not found[named].about
    assert found[named].erasable == ()
    told = paper.text(lea, held_about(lea, NAME).only([named]), NOW)
    assert f"{NAME} айтты" in told
    assert OTHER not in told  # whose record it is
    assert "Жол жоқ" not in told  # nor what is said of others


def test_the_paper_says_what_why_how_long_by_what_right_and_what_it_does_not_reach(lea):
    hers = saved(lea, "issue", HERS)
    attachments.attach(lea, hers, picture(), "паспорт.png")

    told = paper.text(lea, held_about(lea, NAME).only([hers]), NOW)

    for words in (
        *("Гүлсім Ахметова", "Phone: ", "To tell the applicant the answer", "3 years after"),
        *("Consent: ", "паспорт.png", "not synced yet", "Made by Lea", "operative group"),
    ):
        assert words in told, words
    for language, words in (("kk", "туралы не сақталады"), ("ru", "Что хранится")):
        speak(language)
        assert words in paper.text(lea, held_about(lea, NAME), NOW)
    speak("en")


def test_the_paper_is_a_text_a_document_or_both_with_the_photos(lea, tmp_path):
    hers = saved(lea, "issue", HERS)
    attachments.attach(lea, hers, picture(), "../қайда.png")
    found = held_about(lea, NAME)

    for ending in paper.ENDINGS:
        paper.write(lea, found, tmp_path / f"her{ending}")

    assert NAME in (tmp_path / "her.txt").read_text("utf-8")
    assert json.loads((tmp_path / "her.json").read_text("utf-8"))["about"] == NAME
    with zipfile.ZipFile(tmp_path / "her.zip") as archive:
        names = archive.namelist()
        assert {"dala.txt", "dala.json"} < set(names)
        [photo] = [name for name in names if name.startswith("photos/")]
        assert ".." not in photo
        assert len(archive.read(photo)) > 1_000
    with pytest.raises(UserError, match=r"\.txt, \.json or \.zip"):
        paper.write(lea, found, tmp_path / "her.exe")
    with pytest.raises(UserError, match="could not be written"):
        paper.write(lea, found, tmp_path / "nowhere" / "her.txt")


def test_what_was_chosen_is_erased_here_and_everywhere_and_a_namesake_stays(lea, aidana):
    hers, namesake = saved(aidana, "issue", HERS), saved(aidana, "issue", HERS | {"phone": ""})
    exchange.exchange(aidana)
    exchange.exchange(lea)
    found = held_about(lea, NAME)
    assert ids(found) == {hers, namesake}

    [gone] = erase_held(lea, found, [hers], "request")
    exchange.exchange(lea)
    exchange.exchange(aidana)

    assert gone.record == hers
    for desk in (lea, aidana):
        assert ids(held_about(desk, NAME)) == {namesake}
        assert b"7011234567" not in bytes_of(desk)


def bytes_of(desk):
    assert isinstance(desk.store, Store)
    return decrypted(desk.store.path, desk.store._key)


def test_nothing_is_erased_on_a_name_alone_nor_what_only_names_them(lea):
    named = saved(lea, "issue", ISSUE | {"essence": f"{NAME} айтты"})
    found = held_about(lea, NAME)

    for chosen, words in (
        ([], "among others"),
        ([named], "among others"),
        ([uuid4()], "does not"),
    ):
        with pytest.raises(Refused, match=words):
            erase_held(lea, found, chosen, "request")
    assert ids(held_about(lea, NAME)) == {named}


def test_who_may_not_erase_is_told_so_and_nothing_goes(aidana):
    first, second = saved(aidana, "issue", HERS), saved(aidana, "issue", HERS)
    found = held_about(aidana, NAME)

    assert not any(erasable(aidana, one) for one in found.holdings)
    with pytest.raises(Refused):
        erase_held(aidana, found, [first, second], "request")
    assert ids(held_about(aidana, NAME)) == {first, second}


def test_who_may_is_shown_that_they_may(lea):
    saved(lea, "issue", HERS)

    assert all(erasable(lea, one) for one in held_about(lea, NAME).holdings)


def test_what_was_anothers_before_is_not_told_to_whose_it_is_now(lea):
    one = saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "phone": "8 702 555 66 77"})
    exchange.exchange(lea)  # sent edits are kept for a month
    records.save(lea, "issue", {"applicant": NAME, "phone": "8 701 123 45 67"}, one)

    told = paper.text(lea, held_about(lea, NAME).only([one]), NOW)

    assert told.count("701 123 45 67") == 2  # as it stands, and as it was written
    assert OTHER not in told
    assert "555" not in told


def test_a_rival_value_that_names_somebody_else_is_theirs(lea):
    one = saved(lea, "issue", HERS)
    with lea.store.begin() as session:
        session.get_one(Issue, one).conflicts = {
            "applicant": [{"value": OTHER}],
            "address": [{"value": "Абай көшесі 5"}],
        }

    told = paper.text(lea, held_about(lea, NAME).only([one]), NOW)

    assert OTHER not in told
    assert "Абай көшесі 5" in told


def test_who_stands_in_a_rival_value_alone_is_told_that_line_and_nothing_of_the_other(lea):
    one = saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "phone": "8 702 555 66 77"})
    with lea.store.begin() as session:
        session.get_one(Issue, one).conflicts = {"applicant": [{"value": NAME}]}

    [holding] = held_about(lea, NAME).holdings

    told = paper.text(lea, held_about(lea, NAME), NOW)
    assert (holding.id, holding.about) == (one, False)
    assert f"Applicant: {NAME}" in told
    assert OTHER not in told
    assert "555" not in told


def test_of_what_belongs_to_no_record_only_the_lines_are_told_that_name_them(lea):
    typed = {"essence": f"{OTHER} айтты\n{NAME} естіді\nСу жоқ"}
    drafts.keep(lea, "issue:new", {"values": typed})

    [loose] = held_about(lea, NAME).loose

    assert loose.words == f"{NAME} естіді"


def test_a_name_on_two_lines_brings_no_others_with_it():
    assert whom(NAME).lines_of(f"{OTHER}\nГүлсім\nАхметова\nСу жоқ") == "Гүлсім\nАхметова"
    assert whom(NAME).lines_of(f"{OTHER}\nСу жоқ") == ""


def test_a_piece_of_a_longer_number_is_no_phone():
    phone = whom("+7 701 123 45 67")

    for text in ("8 (701) 123-45-67", "77011234567", "+7701 1234567", "тел. 7011234567."):
        assert phone.named_in(text), text
    for text in ("97701123456 7", "1234567011234567", "70112345678"):
        assert not phone.named_in(text), text


@given(st.text(max_size=200), st.sampled_from([NAME, "87011234567", "Li Wang", "abc.d(e"]))
def test_any_text_is_looked_through_without_a_fault(text, typed):
    person = whom(typed)

    assert person.named_in(text) in Named
    assert person.named_in(f"{text} {NAME} 8 (701) 123-45-67 Li Wang, abc.d(e {text}") > Named.NOT
